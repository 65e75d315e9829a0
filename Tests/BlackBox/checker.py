#!/usr/bin/env python3
"""The oracle: reads a store that is at rest and what its receivers wrote down, and says what the promise lacks.

    checker.py STORE RECEIVED [CONFIRMED]

It knows the workload's rules (workload.py), works out from the journal alone what must have rung, and compares with
ledger, outbox and receivers: P1 every occurrence one outcome, P2 nothing sent that is not in the ledger, P3 everything
delivered or visibly dead and repeats under the same id with the same content, P4 a reason for everything. It shares no
code with Bellman. RECEIVED has one JSON object a line: way, id, accepted, content. CONFIRMED has one line a write that a
command or the API confirmed: kind/id, field, value.
"""
import collections, datetime, json, sqlite3, sys
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MILESTONES = [60, 30, 7, 0]
# Rule, and the channels that each of its firings goes through.
CHANNELS = {"made": ["hook", "mail"], "changed": ["hook"], "gone": ["hook"], "due": ["hook"], "low": ["mail"],
            "noted": [], "risky": ["bad", "hook"], "deadly": ["lost"], "shy": ["shy"]}
# Whom each rule for risks is about: the first word of the title.
RISKS = {"risky": "bad", "deadly": "lost", "shy": "good"}
OUTCOMES = {"fired", "fired_late", "superseded", "condition_false", "silenced", "skipped", "expired", "failed"}
RANG = {"fired", "fired_late"}
USAGE = 0.3


class Journal:
    """What happened to the records, from the `history` view."""

    def __init__(self, db):
        self.edges = collections.Counter()  # (rule, record, occurrence)
        self.untrue = set()  # those of them whose condition is false
        self.dates = collections.defaultdict(set)  # contract -> every date it ever had
        self.risks, self.made_by_rule, self.values = 0, collections.Counter(), collections.defaultdict(set)
        self.fields, low = {}, set()
        for n, record, operation, actor, _, text in db.execute("SELECT * FROM history ORDER BY 1"):
            kind, now = record.split("/")[0], json.loads(text)
            before = self.fields.pop(record, {})
            if operation == "created":
                fields = now
            elif operation == "updated":
                fields = {**before, **{name: pair[1] for name, pair in now.items()}}
            else:
                fields = {}
            fields = {name: value for name, value in fields.items() if value is not None}
            if operation != "deleted":
                self.fields[record] = fields
                for name, value in fields.items():
                    self.values[record].add((name, str(value)))
            self.take(kind, record, operation, n, now, actor)
            holds = kind == "contract" and operation != "deleted" and fields.get("usage", 1) < USAGE
            if holds and record not in low:
                self.edges["low", record, f"rise={n}"] += 1
            (low.add if holds else low.discard)(record)
            if kind == "contract" and "expires_on" in fields:
                self.dates[record].add(fields["expires_on"])

    def take(self, kind, record, operation, n, now, actor):
        if kind == "task":
            rule = {"created": "made", "deleted": "gone"}.get(operation) or ("changed" if "status" in now else None)
            if rule:
                self.edges[rule, record, f"change={n}"] += 1
            if operation == "created" and actor == "rule noted":
                self.made_by_rule[record] += 1
        if kind == "risk" and operation == "created":
            self.edges["noted", record, f"change={n}"] += 1
            for rule, word in RISKS.items():
                self.edges[rule, record, f"change={n}"] += 1
                if not now["title"].startswith(word):
                    self.untrue.add((rule, record, f"change={n}"))
            self.risks += 1

    def due(self, watermark):
        """Milestones of the dates that records have now, whose instant is past."""
        for record, fields in self.fields.items():
            if record.startswith("contract/") and "expires_on" in fields:
                day = datetime.date.fromisoformat(fields["expires_on"])
                for days in MILESTONES:
                    at = datetime.datetime.combine(day - datetime.timedelta(days), datetime.time(), ZONE)
                    if at.timestamp() <= watermark:
                        yield record, milestone(fields["expires_on"], days)


def milestone(date, days):
    return f"expires_on={date} {'-' if days else ''}P{days}D"


class Checker:
    def __init__(self, store, received, confirmed=None):
        self.db = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30)
        self.problems, self.figures = [], {}
        # Bellman's own word about a store that refuses needs no store, and is in none.
        self.received = [row for row in map(json.loads, lines(received)) if not row["id"].startswith("n-store-")]
        self.confirmed = [json.loads(line) for line in lines(confirmed)] if confirmed else []

    def lack(self, words, rows):
        rows = list(rows)
        if rows:
            self.problems.append(f"{words}: {len(rows)}, such as {rows[:3]}")

    def run(self):
        self.lack("integrity", [r for r in self.db.execute("PRAGMA integrity_check") if r != ("ok",)])
        journal = Journal(self.db)
        self.ledger(journal)
        self.outbox()
        self.receivers()
        self.lack("confirmed writes that are gone", [
            c for c in self.confirmed if (c[1], str(c[2])) not in journal.values[c[0]]])
        self.figures["confirmed"] = len(self.confirmed)
        self.db.close()
        return self.problems

    def ledger(self, journal):
        rows = self.db.execute("SELECT rule, subject, occurrence, outcome, reason, firing FROM ledger").fetchall()
        keys = collections.Counter((rule, subject, occurrence) for rule, subject, occurrence, *_ in rows)
        self.lack("P1 decided twice", [key for key, count in keys.items() if count > 1])
        self.lack("P1 lost edges", journal.edges.keys() - keys.keys())
        watermark = self.db.execute("SELECT watermark FROM progress").fetchone()[0] / 1e6
        self.lack("P1 lost milestones", [d for d in journal.due(watermark) if ("due", *d) not in keys])
        possible = {("due", record, milestone(date, days))
                    for record, dates in journal.dates.items() for date in dates for days in MILESTONES}
        self.lack("P1 decisions about nothing", [
            key for key in keys.keys() - journal.edges.keys() - possible if key[0] in CHANNELS])
        self.lack("P4 no outcome or no reason", [r for r in rows if r[3] not in OUTCOMES or not r[4]])
        self.lack("wrong outcomes", [
            r for r in rows if r[0] in CHANNELS and r[0] != "due" and (r[3] in RANG) == ((r[0], r[1], r[2]) in journal.untrue)])
        self.lack("one date rang twice", rang_twice(rows))
        self.lack("records a rule made twice", [r for r, n in journal.made_by_rule.items() if n > 1])
        if len(journal.made_by_rule) != journal.risks:
            self.problems.append(f"{journal.risks} risks, {len(journal.made_by_rule)} tasks made for them")
        self.firings = {firing: rule for rule, *_, outcome, _, firing in rows if outcome in RANG}
        self.figures.update(decisions=len(rows), occurrences=sum(journal.edges.values()))

    def outbox(self):
        self.rows = self.db.execute(
            "SELECT id, firing, channel, recipient, state, reason, bundle, finished_at FROM outbox").fetchall()
        self.lack("P3 neither delivered nor dead", [r for r in self.rows if r[7] is None])
        self.lack("P4 ended without a reason", [r for r in self.rows if r[4] in ("dead", "dropped") and not r[5]])
        # What people put off comes again, unless they put it off once more or the record goes.
        put_off = {target for target, in self.db.execute("SELECT target FROM act WHERE verb = 'snooze'")}
        causes = {True: ("snoozed_again", "record_deleted"), False: ("fallback",)}
        self.lack("P3 dropped without cause", [
            r for r in self.rows if r[4] == "dropped" and r[5] not in causes[r[1] in put_off]])
        self.lack("P3 dead where the receiver takes all", [r for r in self.rows if r[4] == "dead" and r[2] != "lost"])
        self.lack("P2 notices of no decision", [r for r in self.rows if r[1] and r[1] not in self.firings])
        ways = collections.defaultdict(collections.Counter)
        for _, firing, channel, *_ in self.rows:
            ways[firing][channel] += 1
        # Other rules than the workload's are only held against their receivers.
        wanted = {firing: collections.Counter(CHANNELS[rule]) for firing, rule in self.firings.items()
                  if rule in CHANNELS and firing not in put_off}
        self.lack("P1 notices of a decision", [
            (self.firings[f], ways[f], wanted[f]) for f in wanted if ways[f] != wanted[f]])
        self.figures["notices"] = len(self.rows)

    def receivers(self):
        known = {r[0] for r in self.rows} | {r[6] for r in self.rows if r[6]}
        self.lack("P2 delivered, and not in the outbox", [r["id"] for r in self.received if r["id"] not in known])
        contents, accepted, repeats = {}, collections.Counter(), 0
        for row in self.received:
            repeats += row["id"] in contents
            if contents.setdefault(row["id"], row["content"]) != row["content"]:
                self.problems.append(f"P3 other content under the same id: {row} {contents[row['id']]}"[:900])
            accepted[row["id"]] += row["accepted"]
        outward = [r for r in self.rows if r[4] == "sent" and r[2] != "inbox"]
        self.lack("P3 said to be sent, and never taken", [r for r in outward if not accepted[r[6] or r[0]]])
        under = collections.defaultdict(set)
        for id, content in contents.items():
            for notice in content.get("notices", [id]):
                under[notice].add(id)
        self.lack("P3 one notice under two ids", [n for n, ids in under.items() if len(ids) > 1])
        self.figures.update(posts=len(self.received), repeats=repeats)


def rang_twice(rows):
    """Of one date of one record, down time and late arrival ring the nearest milestone alone."""
    count = collections.Counter((s, o.split(" ")[0]) for rule, s, o, outcome, *_ in rows
                                if rule == "due" and outcome in RANG)
    return [key for key, number in count.items() if number > 1]


def lines(path):
    try:
        with open(path, encoding="utf-8") as file:
            return [line for line in file if line.strip()]
    except FileNotFoundError:
        return []


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    checker = Checker(*sys.argv[1:4])
    problems = checker.run()
    for problem in problems:
        print("FAIL", problem)
    print(", ".join(f"{count} {name}" for name, count in checker.figures.items()))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
