"""A month of a made-up company of 200 people under all shipped rules, hour by hour, against a second reading of the promise.

    python3 Tests/BlackBox/company_month.py [--days N] [--seed N] [--keep DIR] [--rules DIR]

company_world.py makes the company and what people do, company_rules.py says what each rule means, company_model.py works
out what must be decided. At the end the ledger must hold just that, and people must not have been flooded."""
import argparse, glob, json, os, re, shutil, subprocess, sys, time as clock
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
import kit
from kit import Box, HTTPReceiver, MailReceiver, Tally, dingtalk_signed, read_store
from company_model import Model
from company_records import Span, working
from company_rules import RULES
from company_world import Company

ZONE = timezone(timedelta(hours=8))
START = date(2026, 9, 15)
SECRET = "SECblackbox0123456789"
FAKETIME = next(iter(sorted(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"))), None)
# Nobody runs it between these instants; people work on.
DOWN = [(datetime(2026, 9, 23, 13), datetime(2026, 9, 23, 18)), (datetime(2026, 10, 9, 6), datetime(2026, 10, 9, 11))]
BULK = datetime(2026, 9, 22, 14, 30)
QUIET = (datetime(2026, 9, 18, 0, 5), "task-started", timedelta(hours=24))  # a silence: from, rule, how long
ACKS = [(datetime(2026, 9, 21, 11, 5), "contract-expired"), (datetime(2026, 9, 22, 11, 5), "task-overdue")]
SNOOZE = (datetime(2026, 9, 24, 11, 5), "task-overdue")
P95 = 3


def config(http, mail):
    return f"""store: sqlite:bellman.db
timezone: Asia/Shanghai
language: zh
calendar: CN
listen: 127.0.0.1:8420
channels:
  mail: {{type: email, relay: "smtp://localhost:{mail}", from: "更夫 <bell@example.com>", username: bell, password: "${{env:SMTP_PASSWORD}}", allow_private: true}}
  chat: {{type: dingtalk, url: "${{env:ROBOT_URL}}", secret: "${{env:ROBOT_SECRET}}", allow_private: true}}
"""


def ids_of(folder):
    """The ids of the rules in a folder, and nothing else of them."""
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        if not path.name.endswith(".test.yaml"):
            found += re.findall(r"^(?:- )?id: *([a-z0-9-]+)", path.read_text(), re.M)
    return found


def plain(value):
    if isinstance(value, datetime):
        return value.isoformat() + "+08:00"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.days} days" if isinstance(value, Span) else value


class Stage:
    """The binary in a folder, with a mail server and a chat room on the loopback."""

    def __init__(self, tally, rules):
        self.tally, self.commands, self.spent = tally, 0, Counter()
        self.http = HTTPReceiver(self.answer)
        self.box = Box()
        self.mail = MailReceiver(self.box.folder)
        self.box.env.update(SMTP_PASSWORD="pass word", ROBOT_SECRET=SECRET, BELLMAN_CA_FILE=str(self.mail.authority),
                            ROBOT_URL=f"http://127.0.0.1:{self.http.port}/robot/send?access_token=abc")
        self.box.write("bellman.yaml", config(self.http.port, self.mail.port))
        for path in rules.rglob("*.yaml"):
            if not path.name.endswith(".test.yaml"):
                shutil.copy(path, self.box.folder / "rules" / path.name)
        self.mails, self.chats = [], []  # (tick, …)

    def answer(self, path, headers, body):
        good = dingtalk_signed(path, SECRET)
        self.tally.check(good, "DingTalk signature holds", path)
        return 200, '{"errcode":0,"errmsg":"ok"}' if good else '{"errcode":310000,"errmsg":"sign not match"}'

    def at(self, moment, *arguments):
        """A command as if it were that instant. The clock stands, so that the journal has the very second.

        libfaketime exports a variable when it is loaded first; the Swift runtime then no longer finds its arguments, so
        that `env` is loaded before. Its shared memory is named for the process and stays behind."""
        begun = clock.monotonic()
        env = dict(self.box.env, LD_PRELOAD=FAKETIME, FAKETIME_DONT_FAKE_MONOTONIC="1", TZ="UTC",
                   FAKETIME=(moment - timedelta(hours=8)).strftime("%Y-%m-%d %H:%M:%S"))
        process = subprocess.Popen(["/usr/bin/env", kit.BINARY, *map(str, arguments)], cwd=self.box.folder, env=env,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        out = process.communicate(timeout=120)[0].decode("utf-8", "replace")
        for name in (f"faketime_shm_{process.pid}", f"sem.faketime_sem_{process.pid}"):
            Path("/dev/shm", name).unlink(missing_ok=True)
        self.spent[arguments[0]] += clock.monotonic() - begun
        self.commands += 1
        self.tally.equal(process.returncode, 0, f"{moment}: {' '.join(map(str, arguments))} ({out[-400:]})")
        return out

    def bring(self, moment, kind, rows):
        self.box.write("in.jsonl", "".join(json.dumps(
            {"id": i, **{k: plain(v) for k, v in fields.items()}}, ensure_ascii=False) + "\n" for i, fields in rows))
        self.at(moment, "import", "in.jsonl", "--kind", kind)

    def tick(self, now):
        begun = clock.monotonic()
        done = self.box.run("run", "--once", "--now", now.isoformat() + "+08:00", limit=120)
        self.spent["run"] += clock.monotonic() - begun
        self.commands += 1
        self.tally.check(done.returncode in (0, 3), f"{now}: run --once ({done.both[-600:]})", done.returncode)
        with self.http.lock:
            posts, self.http.posts[:] = list(self.http.posts), []
        mails, self.mail.mails[:] = list(self.mail.mails), []
        for to, mail, secure, known in mails:
            self.tally.check(secure and known, "mail came by STARTTLS with AUTH", (secure, known))
            self.mails.append((now, to[0], str(mail["subject"])))
        self.chats += [(now, json.loads(body)) for _, _, body, _ in posts]
        return done

    def rows(self, query):
        return read_store(self.box.folder / "bellman.db", query)

    def end(self, keep):
        self.http.stop()
        self.mail.stop()
        if keep:
            shutil.copytree(self.box.folder, keep, dirs_exist_ok=True, ignore=lambda folder, names: [n for n in names if n.endswith(".sock")])
        self.box.remove()


class Month:
    def __init__(self, tally, options):
        self.tally, self.options = tally, options
        self.ids = ids_of(options.rules)
        known = {r.id for r in RULES}
        tally.check(self.ids, f"there are rules in {options.rules}")
        for id in self.ids:
            tally.check(id in known, f"rule {id} has no model: describe it in company_rules.py")
        self.model = Model([r for r in RULES if r.id in self.ids], START)
        self.company = Company(options.seed, START, options.days)
        self.stage = Stage(tally, options.rules)
        self.made = {}
        self.verbs, self.begun = {}, clock.monotonic()

    def write(self, moment, edits):
        """Edits of one instant: a file for each kind, deletions last; the model in the same order."""
        edits = sorted(edits, key=lambda e: (e[2] is None, e[0]))
        files = defaultdict(list)
        for kind, id, fields in edits:
            self.model.write(kind, id, fields, moment)
            if fields is not None:
                files[kind].append((id, fields))
        for kind, rows in files.items():
            self.stage.bring(moment, kind, [(self.real(kind, i), f) for i, f in rows])
        for kind, id, fields in edits:
            if fields is None:
                self.stage.at(moment, "records", "delete", f"{kind}/{self.real(kind, id)}")

    def real(self, kind, id):
        """The product's id of a record that a rule made; the model calls it by what it was first like."""
        return {alias: real for real, alias in self.made.items()}[id] if (kind, id) in self.model.aliases else id

    def meet(self):
        """Records that rules made in this tick."""
        if len(self.made) < len(self.model.aliases):
            new = self.stage.rows("""
                SELECT record, body FROM records WHERE record LIKE 'task/%' AND record NOT LIKE 'task/t%'
                ORDER BY (SELECT min(sequence) FROM history WHERE history.record = records.record)""")
            for record, body in new:
                body, id = json.loads(body), record.split("/", 1)[1]
                if id in self.made:
                    continue
                alias = f"{body.get('title')}@{body.get('due')}"
                while alias in self.made.values():
                    alias += "~"
                self.made[id] = alias

    def live(self):
        done = self.stage.box.run("check")
        self.tally.equal(done.returncode, 0, f"check passes ({done.both[-3000:]})")
        history = self.company.history()
        self.stage.at(history[0][0], "clock", "accept")  # it is before this binary was released
        for moment, kind, rows in history:
            self.write(moment, [(kind, i, f) for i, f in rows])
        self.tick(datetime.combine(START, time()))
        for n in range(self.options.days):
            self.day(START + timedelta(days=n))
            wrong = self.model.audit()
            self.tally.equal(wrong, [], f"day {n}: the model's levels are whole")

    def day(self, day):
        world = self.model.world
        sessions = self.company.sessions(day, world)
        for hour in range(1, 25):
            now = datetime.combine(day, time()) + timedelta(hours=hour)
            for moment, what in [s for s in sessions if now - timedelta(hours=1) <= s[0] < now]:
                self.write(moment, self.company.session(day, what, moment, world))
            if now - timedelta(hours=1) <= BULK < now:
                self.write(BULK, self.company.bulk(day, world))
            self.acts(now - timedelta(hours=1), now)
            if not any(a <= now < b for a, b in DOWN):
                self.tick(now)
        print(f"{day}: {clock.monotonic() - self.begun:.0f} s", flush=True)

    # What people do about notices

    def acts(self, since, now):
        start, rule, length = QUIET
        if since <= start < now and self.can("silence", rule):
            self.stage.at(start, "silence", rule, "--for", f"{length.total_seconds() / 3600:.0f} hours", "--reason", "培训日", "--by", "m001")
            self.model.silences.append(lambda r, subject, at: r.id == QUIET[1] and start <= at < start + length)
        for at, rule in ACKS:
            if since <= at < now:
                self.acknowledge(at, rule)
        at, rule = SNOOZE
        if since <= at < now and self.can("snooze", rule):
            row = self.stage.rows(f"SELECT subject, recipient FROM ledger JOIN outbox USING (firing) WHERE rule = '{rule}' AND channel = 'mail'"
                                  f" AND state = 'sent' AND outcome LIKE 'fired%' ORDER BY ledger.sequence DESC LIMIT 1")
            for subject, recipient in row:
                self.stage.at(at, "snooze", rule, subject, "--by", recipient.split("@")[0].split("/")[-1], "--for", "1d")
        if since.hour == 14 and working(since.date()) and any(r.approve for r in self.model.rules):
            self.approvals(since + timedelta(minutes=5))

    def acknowledge(self, at, rule):
        """Two of the day's records, each its newest firing."""
        rang = sorted({k[1] for k, v in self.model.ledger.items() if k[0] == rule and v[0].startswith("fired") and v[1].date() == at.date()})
        if rang and self.can("ack", rule):
            for subject in rang[:2]:
                self.stage.at(at, "ack", rule, subject, "--by", "m001", "--comment", "在谈")
                self.model.acknowledge(rule, subject)

    def can(self, verb, rule):
        if rule not in self.ids:
            return False
        if verb not in self.verbs:
            told = self.stage.box.run(verb, "--help")
            self.verbs[verb] = told.returncode == 0 and "更夫" not in told.out  # an unknown verb shows the general help
            if not self.verbs[verb]:
                print(f"note: this binary has no `{verb}`")
        return self.verbs[verb]

    def approvals(self, at):
        """The open questions are the model's; most are answered the same day."""
        rows = [(r.split("/", 1)[1], json.loads(b)) for r, b in self.stage.rows("SELECT record, body FROM records WHERE record LIKE 'approval/%'")]
        seen = {(b["subject"], b["approver"]): id for id, b in rows if not b.get("decision")}
        must = {(q.subject, q.approvers[0]): q for q in self.model.questions}
        self.tally.equal(sorted(seen), sorted(must), f"{at}: the open questions")
        for key in sorted(set(seen) & set(must)):
            if self.company.random.random() < 0.6:
                choice = "approve" if self.company.random.random() < 0.8 else "reject"
                self.stage.at(at, "approve", seen[key], "--choice", choice, "--by", key[1], "--comment", "预算内" if choice == "approve" else "太贵")
                must[key].answer = choice

    def tick(self, now):
        self.stage.tick(now)
        self.model.tick(now)
        self.meet()

    # At the end

    def compare(self):
        local = lambda micros: datetime.fromtimestamp(micros / 1e6, ZONE).replace(tzinfo=None)
        made = {f"task/{r}": f"task/{a}" for r, a in self.made.items()}
        rows = self.stage.rows(
            "SELECT sequence, slot.kind || '/' || coalesce(record.id, gone.id), operation, at FROM journal"
            " LEFT JOIN record ON record.key = journal.record LEFT JOIN gone ON gone.key = journal.record"
            " JOIN slot ON slot.number = coalesce(record.kind, gone.kind) ORDER BY sequence")
        rows = [row for row in rows if not row[1].startswith("approval/")]  # questions are the product's own records
        journal = [(n, made.get(r, r), o, local(a)) for n, r, o, a in rows]
        wanted = [(c.seq, f"{c.kind}/{c.id}", c.op, c.at) for c in self.model.world.journal]
        # What one tick writes about several records has no promised order: a change is named by its place in its record.
        seen_as, wanted_as = places(journal), places(wanted)
        a, b = Counter(seen_as.values()), Counter(wanted_as.values())
        self.tally.check(a == b, f"the journal holds what was written: {len(wanted)} changes", (sorted(a - b)[:4], sorted(b - a)[:4]))
        named = lambda names, o: re.sub(r"(?<=(?:ange|rise)=)\d+", lambda m: str(names.get(int(m[0]), "?")), o)
        ranked = lambda o: named(seen_as, o)
        self.wanted_as = lambda o: named(wanted_as, o)
        seen = Counter((r, made.get(s, s), ranked(o), x, local(at)) for r, s, o, x, at in self.stage.rows(
            "SELECT rule, subject, occurrence, outcome, decided_at FROM ledger"))
        must = Counter((r, s, self.wanted_as(o), outcome, at) for (r, s, o), (outcome, at) in self.model.ledger.items())
        for id in self.ids:
            missing = sorted(((k, n) for k, n in (must - seen).items() if k[0] == id), key=str)
            extra = sorted(((k, n) for k, n in (seen - must).items() if k[0] == id), key=str)
            rows = sum(n for k, n in must.items() if k[0] == id)
            self.tally.check(not missing and not extra, f"{id}: {rows} rows in the ledger; {len(missing)} missing, {len(extra)} too many",
                             {"missing": [k[0][1:] for k in missing[:6]], "extra": [k[0][1:] for k in extra[:6]]})
        self.compare_steps(made, ranked)
        others = sorted({k[0] for k in seen if k[0] not in self.ids})
        self.tally.equal(others, [], "no rule that is not there has rows")
        return must, seen

    def compare_steps(self, made, ranked):
        """What became of the steps that wait; those of an approval are told by its questions."""
        steps = {(r, made.get(s, s), ranked(o), n): state for r, s, o, n, state in self.stage.rows(
            "SELECT rule, subject, occurrence, step, state FROM step WHERE step < 1000000000")}
        must = {(r, s, self.wanted_as(o), n): state for (r, s, o, n), state in self.model.steps.items()}
        asking = {r.id for r in RULES if r.approve}
        seen = {k: v for k, v in steps.items() if k[0] not in asking}
        for id in sorted({k[0] for k in seen} | {k[0] for k in must}):
            a = {k: v for k, v in seen.items() if k[0] == id}
            b = {k: v for k, v in must.items() if k[0] == id}
            odd = sorted(k for k in a.keys() | b.keys() if a.get(k) != b.get(k))
            self.tally.check(not odd, f"{id}: {len(b)} waiting steps; {len(odd)} differ", [(k[1:], a.get(k), "wanted", b.get(k)) for k in odd[:5]])

    def figures(self, seen):
        stage = self.stage
        waiting = stage.rows("SELECT state, count(*) FROM outbox GROUP BY state")
        rang = Counter(k[0] for k, n in seen.items() for _ in range(n) if k[3].startswith("fired"))
        print("\nrang, by rule:", ", ".join(f"{id} {rang[id]}" for id in sorted(self.ids, key=lambda i: -rang[i])))
        print("outbox:", ", ".join(f"{s} {n}" for s, n in waiting))
        people = [f"{i}@example.com" for i in self.company.members]
        staff = set(people) | {"m201@example.com"}
        days = [START + timedelta(days=n) for n in range(self.options.days)]
        got = Counter((to, (now - timedelta(seconds=1)).date()) for now, to, _ in stage.mails if to in staff)
        every = sorted(got[p, d] for p in people for d in days if working(d))
        some = sorted(got.values())
        mentions = Counter()
        for now, body in stage.chats:
            for phone in body.get("at", {}).get("atMobiles", []):
                mentions[phone, now.date()] += 1
        print(f"mails to staff: {sum(got.values())}, to others: {len(stage.mails) - sum(got.values())}; chat messages: {len(stage.chats)}")
        print("mails a person and working day:", spread(every))
        print("…of those with any:            ", spread(some))
        print("chat mentions a person and day, of those with any:", spread(sorted(mentions.values())))
        worst = Counter()
        for (to, day), n in got.items():
            worst[to] = max(worst[to], n)
        print("most in a day:", ", ".join(f"{to.split('@')[0]} {n}" for to, n in worst.most_common(10)))
        self.noise()
        share = percentile(every, 95)
        self.tally.check(share <= P95, f"mails a person and working day: p95 {share} ≤ {P95}")

    def noise(self):
        """Where the mails come from: by rule, by rule and person, and on the days on which a person got more than three."""
        rows = self.stage.rows(
            "SELECT ledger.rule, outbox.recipient, coalesce(outbox.bundle, outbox.id), outbox.finished_at FROM outbox JOIN ledger"
            " ON ledger.firing = outbox.firing WHERE outbox.channel = 'mail' AND outbox.state = 'sent'")
        notices, messages, people, days = Counter(), Counter(), Counter(), defaultdict(lambda: defaultdict(set))
        for rule, person, message in {(r, p, m) for r, p, m, _ in rows}:
            messages[rule] += 1
            people[rule, person] += 1
        for rule, person, message, at in rows:
            notices[rule] += 1
            days[person, datetime.fromtimestamp(at / 1e6, ZONE).date()][message].add(rule)
        heavy = Counter(rule for day in days.values() if len(day) > P95 for rules in day.values() for rule in rules)
        print("mails by rule (notices in them):", ", ".join(f"{r} {n} ({notices[r]})" for r, n in messages.most_common(15)))
        print("mails by rule and person:", ", ".join(f"{r} → {p} {n}" for (r, p), n in people.most_common(10)))
        print(f"on the {sum(len(d) > P95 for d in days.values())} days on which a person got more than {P95}:",
              ", ".join(f"{r} {n}" for r, n in heavy.most_common(10)))


def places(journal):
    """Each change's name: the record, and which of its changes it is."""
    count, names = Counter(), {}
    for sequence, record, operation, at in journal:
        count[record] += 1
        names[sequence] = f"{record}#{count[record]} {operation} {at}"
    return names


def percentile(values, share):
    return values[min(len(values) - 1, -(-len(values) * share // 100) - 1)] if values else 0


def spread(values):
    return f"p50 {percentile(values, 50)}, p95 {percentile(values, 95)}, p99 {percentile(values, 99)}, max {values[-1] if values else 0} ({len(values)} days)"


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("--days", type=int, default=31)
    reader.add_argument("--seed", type=int, default=int(clock.time()) % 100000)
    reader.add_argument("--keep", type=Path)
    reader.add_argument("--rules", type=Path, default=kit.RULES)
    options = reader.parse_args()
    if not FAKETIME:
        sys.exit("skipped: libfaketime not found (Debian: faketime)")
    print(f"seed {options.seed}", flush=True)
    begun, tally = clock.monotonic(), Tally()
    month = Month(tally, options)
    try:
        month.live()
        must, seen = month.compare()
        month.figures(seen)
    finally:
        month.stage.end(options.keep)
    spent = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in month.stage.spent.most_common())
    print(f"{month.stage.commands} commands in {clock.monotonic() - begun:.0f} s ({spent})")
    tally.end()
