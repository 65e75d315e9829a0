#!/usr/bin/env python3
"""`bellman doctor --audit` on a store that lived, whole and then damaged by hand: each damage is named, with exit code 1."""
import datetime, json, shutil, sqlite3
from kit import Box, Tally

RULES = """
- id: due
  when: {before: task.due, by: [3 days, 1 day]}
  then: [{notify: {via: inbox}}]
- id: started
  when: {changes: task.status, to: doing}
  then: [{notify: {via: inbox}}]
- id: daily
  when: {every: day at 12:00}
  then: [{notify: {via: inbox}}]
"""
# What is done to the file; kind, rule and record of what must be found beside gone rows.
DAMAGES = [
    ("DELETE FROM ledger WHERE rule = 'due' AND subject = 'task/T1' AND occurrence LIKE '%-P3D'", ("missing", "due", "task/T1")),
    ("DELETE FROM ledger WHERE rule = 'started'", ("missing", "started", "task/T2")),
    ("DELETE FROM ledger WHERE rule = 'daily' AND sequence = (SELECT max(sequence) FROM ledger WHERE rule = 'daily')", ("missing", "daily", "")),
    ("UPDATE ledger SET occurrence = '-P3D' WHERE rule = 'due' AND subject = 'task/T1' AND occurrence LIKE '%-P3D'", ("invented", "due", "task/T1")),
    ("UPDATE ledger SET subject = 'task/T9' WHERE rule = 'due' AND subject = 'task/T1' AND occurrence LIKE '%-P3D'", ("invented", "due", "task/T9")),
    ("DELETE FROM outbox WHERE firing = (SELECT firing FROM ledger WHERE rule = 'started')", ("unheard", "started", "task/T2")),
    ("UPDATE ledger SET scheduled_at = scheduled_at + 1000000 WHERE rule = 'started'", ("mistimed", "started", "task/T2")),
]


def live(box, begin):
    """Ten days, a round every six hours, in the days before `begin`."""
    today = begin.date()
    box.write("tasks.csv", f"id,title,status,due\nT1,one,todo,{today - datetime.timedelta(days=2)}\nT2,two,todo,\n")
    box.write("later.csv", "id,title,status\nT2,two,doing\n")
    at = begin - datetime.timedelta(days=10)
    box.must("run", "--once", "--now", at.isoformat())
    box.must("import", "tasks.csv", "--kind", "task")
    number = 0
    while at < begin:
        at += datetime.timedelta(hours=6)
        number += 1
        box.run("run", "--once", "--now", min(at, begin).isoformat())


def main():
    tally = Tally()
    box = Box("language: en\ntimezone: Asia/Shanghai\nlisten: 127.0.0.1:0\n", {"rules.yaml": RULES})
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) - datetime.timedelta(minutes=1)
    live(box, now)
    box.must("import", "later.csv", "--kind", "task")
    box.must("run", "--once")
    whole = box.run("doctor", "--audit")
    tally.equal(whole.returncode, 0, "a healthy store")
    tally.check("nothing lost, nothing invented" in whole.out, "says so", whole.both)
    tally.check("occurrences of 3 rules" in whole.out, "says what was looked at", whole.out)
    tally.equal(box.run("doctor", "--audit", "--days", "0").returncode, 2, "days are checked")
    store = box.folder / "bellman.db"
    box.must("backup", "whole.db")
    for sql, wanted in DAMAGES:
        for suffix in ("-wal", "-shm"):
            (box.folder / f"bellman.db{suffix}").unlink(missing_ok=True)
        shutil.copy(box.folder / "whole.db", store)
        db = sqlite3.connect(store)
        changed = db.execute(sql).rowcount
        db.commit()
        db.close()
        tally.check(changed > 0, f"the damage is done: {sql}")
        done = box.run("doctor", "--audit", "--format", "json")
        tally.equal(done.returncode, 1, f"exit code after {sql}")
        found = [(row["kind"], row["rule"], row["record"]) for row in json.loads(done.out)]
        tally.check(wanted in found, f"{wanted} after {sql}", done.both)
    box.write("bellman.yaml", "language: zh\ntimezone: Asia/Shanghai\nlisten: 127.0.0.1:0\n")
    tally.check("自查" in box.run("status").out, "status speaks of it in Chinese")
    tally.check("时刻不符" in box.run("doctor", "--audit").out, "findings in Chinese")
    box.remove()
    tally.end()


if __name__ == "__main__":
    main()
