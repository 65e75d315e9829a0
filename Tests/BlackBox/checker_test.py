#!/usr/bin/env python3
"""Who watches the oracle: one sound night, then the same with one thing wrong at a time; checker.py must find each."""
import json, shutil, sqlite3, tempfile
from pathlib import Path
from checker import Checker
from failpoints import contracts, tasks
from kit import Tally
from workload import MEMBERS, Night

# What is done to the store, and a word of the finding.
TAMPERED = {
    "a lost edge": ("DELETE FROM ledger WHERE rule = 'changed' AND sequence = (SELECT max(sequence) FROM ledger WHERE rule = 'changed')", "lost edges"),
    "a lost rise": ("DELETE FROM ledger WHERE rule = 'low' AND sequence = (SELECT max(sequence) FROM ledger WHERE rule = 'low')", "lost edges"),
    "a lost milestone": ("DELETE FROM ledger WHERE rule = 'due' AND outcome = 'skipped' AND subject = 'contract/C0'", "lost milestones"),
    "an edge of nothing": ("UPDATE ledger SET occurrence = 'change=999' WHERE rule = 'gone'", "about nothing"),
    "a milestone of another date": ("UPDATE ledger SET occurrence = 'expires_on=2019-01-01 -P7D' WHERE sequence = (SELECT max(sequence) FROM ledger WHERE rule = 'due')", "about nothing"),
    "an outcome without a reason": ("UPDATE ledger SET reason = '' WHERE rule = 'gone'", "no reason"),
    "an unknown outcome": ("UPDATE ledger SET outcome = 'perhaps' WHERE rule = 'gone'", "no outcome"),
    "a true condition that did not ring": ("UPDATE ledger SET outcome = 'condition_false' WHERE rule = 'gone'", "wrong outcomes"),
    "a false condition that rang": ("UPDATE ledger SET outcome = 'fired' WHERE outcome = 'condition_false'", "wrong outcomes"),
    "two milestones of one date": ("UPDATE ledger SET outcome = 'fired' WHERE rule = 'due' AND subject = 'contract/C0'", "rang twice"),
    "a lost notice": ("DELETE FROM outbox WHERE channel = 'mail' AND sequence = (SELECT max(sequence) FROM outbox WHERE channel = 'mail')", "notices of a decision"),
    "a notice of no decision": ("UPDATE outbox SET firing = 'f-none' WHERE sequence = (SELECT max(sequence) FROM outbox)", "of no decision"),
    "an open notice": ("UPDATE outbox SET finished_at = NULL, state = 'waiting' WHERE sequence = (SELECT max(sequence) FROM outbox)", "neither delivered nor dead"),
    "a dead one that could have been sent": ("UPDATE outbox SET state = 'dead' WHERE sequence = (SELECT max(sequence) FROM outbox WHERE channel = 'hook')", "receiver takes all"),
    "a dropped one": ("UPDATE outbox SET state = 'dropped', reason = 'whim' WHERE sequence = (SELECT max(sequence) FROM outbox)", "without cause"),
    "a task made twice": ("UPDATE journal SET record = (SELECT min(record) FROM journal WHERE actor = noted.number) FROM (SELECT number FROM actor WHERE name = 'rule noted') AS noted WHERE actor = noted.number", "made twice"),
}


def without_last(rows):
    return rows[:-1]


def other_content(rows):
    return rows + [{**rows[-1], "content": {"notices": ["other"]}}]


def other_id(rows):
    return rows + [{**rows[-1], "id": "n-unknown"}]


def two_ids(rows):
    mail = [row for row in rows if row["way"] == "mail"]
    return rows + [{**mail[0], "content": {"notices": mail[1]["content"]["notices"]}, "id": mail[2]["id"]}]


def refused(rows):
    return rows[:-1] + [{**rows[-1], "accepted": False}]


RECEIVED = {without_last: "never taken", refused: "never taken", other_content: "other content", other_id: "not in the outbox",
            two_ids: "content"}


def findings(folder, rows, confirmed=()):
    (folder / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in confirmed))
    return Checker(folder / "bellman.db", folder / "r.jsonl", folder / "c.jsonl").run()


def tampered(source, statement):
    folder = Path(tempfile.mkdtemp())
    shutil.copy(source, folder / "bellman.db")
    link = sqlite3.connect(folder / "bellman.db")
    link.execute(statement)
    link.commit()
    link.close()
    return folder


def main():
    tally, night = Tally(), Night()
    for kind, text in [("member", MEMBERS), ("task", tasks(1, 3)), ("contract", contracts(0.5)), ("contract", contracts(0.1)),
                       ("task", tasks(1, 2, "done")), ("risk", "id,title\nR1,bad\nR2,good\nR3,lost\n")]:
        night.table(kind, text)
    night.command("records", "delete", "task/T3")
    night.command("run", "--once")
    night.finish()
    night.receivers.file.flush()
    rows = [json.loads(line) for line in (night.folder / "received.jsonl").read_text().splitlines()]
    folder = tampered(night.store, "SELECT 1")
    tally.equal(findings(folder, rows, [["task/T1", "status", "done"]]), [], "a sound night")
    tally.check(any("confirmed" in f for f in findings(folder, rows, [["task/T1", "status", "never"]])), "a confirmed write that is gone")
    for change, word in RECEIVED.items():
        found = findings(folder, change(rows))
        tally.check(any(word in f for f in found), change.__name__, found)
    for name, (statement, word) in TAMPERED.items():
        copy = tampered(night.store, statement)
        found = findings(copy, rows)
        tally.check(found and any(word in f for f in found), name, found)
        shutil.rmtree(copy)
    shutil.rmtree(folder)
    night.remove()
    tally.end()


if __name__ == "__main__":
    main()
