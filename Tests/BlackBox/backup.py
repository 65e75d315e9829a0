#!/usr/bin/env python3
"""Backups while the daemon works, restored elsewhere: whole, a prefix of what the original knows, nothing rung twice."""
import sqlite3, sys, threading, time
from kit import Box, HTTPReceiver, Tally, until

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 20
RULE = """
id: started
when: {changes: task.status, to: 进行中}
then:
  - notify: {via: hook, title: "{{ task.title }}"}
"""


def configuration(port):
    return f"""
language: en
timezone: Asia/Shanghai
listen: 127.0.0.1:0
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{port}/in", allow_private: true}}
"""


def feed(box, stop):
    number = 0
    while not stop.is_set():
        number += 1
        state = "进行中" if number % 2 else "待办"
        rows = "".join(f"T{n},task {n} round {number},{state}\n" for n in range(40))
        box.write("tasks.csv", "id,title,status\n" + rows)
        box.run("import", "tasks.csv", "--kind", "task")


def ledger(path):
    with sqlite3.connect(path) as db:
        return [row for row in db.execute("SELECT sequence, rule, subject, occurrence, firing FROM ledger ORDER BY sequence")]


def main():
    tally = Tally()
    receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
    box = Box(configuration(receiver.port), {"started.yaml": RULE})
    daemon = box.start()
    until(lambda: "8 " in box.log() or "rules" in box.log() or daemon.poll() is not None, 10)
    stop = threading.Event()
    feeder = threading.Thread(target=feed, args=(box, stop))
    feeder.start()
    for number in range(ROUNDS):
        done = box.run("backup", f"b{number}.db")
        tally.check(done.returncode == 0, f"backup {number} while writing", done.both)
    stop.set()
    feeder.join()
    time.sleep(1)
    refused = box.run("restore", "b0.db")
    tally.check(refused.returncode == 1 and "runs on" in refused.both, "restore beside a daemon is refused", refused.both)
    daemon.terminate()
    tally.equal(daemon.wait(20), 0, "daemon ends well")
    whole = ledger(box.folder / "bellman.db")
    for number in range(ROUNDS):
        rows = ledger(box.folder / f"b{number}.db")
        tally.check(rows == whole[: len(rows)], f"backup {number} is a prefix of the ledger")
        with sqlite3.connect(box.folder / f"b{number}.db") as db:
            tally.equal(db.execute("PRAGMA integrity_check").fetchone()[0], "ok", f"backup {number} is sound")
        tally.check(not (box.folder / f"b{number}.db.partial").exists(), "no half file")
    restores(tally, box, receiver, whole)
    box.remove()
    tally.end()


def restores(tally, box, receiver, whole):
    before = len(receiver.posts)
    dry = box.must("restore", "b0.db", "--dry-run").out
    tally.check("rang after the backup" in dry, "the gap is listed", dry)
    tally.equal(ledger(box.folder / "bellman.db"), whole, "a dry run changes nothing")
    box.must("restore", "b0.db")
    kept = [path for path in box.folder.glob("bellman.db.replaced-*") if not path.name.endswith(("-wal", "-shm", ".mark"))]
    tally.equal(len(kept), 1, "the replaced store is kept")
    box.run("run", "--once")
    tally.equal(len(receiver.posts), before, "nothing of the gap rings")
    restored = {row[0] for row in ledger(box.folder / "bellman.db")}
    for state in ("待办", "进行中"):
        box.write("again.csv", "id,title,status\n" + "".join(f"T{n},again,{state}\n" for n in range(40)))
        box.must("import", "again.csv", "--kind", "task")
    box.run("run", "--once")
    new = [row for row in ledger(box.folder / "bellman.db") if row[0] not in restored]
    tally.check(len(new) == 40, "changes after a restore ring", len(new))
    known = {(row[2], row[3]) for row in whole}
    tally.check(not known & {(row[2], row[3]) for row in new}, "and under no id that was given before", new[:3])
    tally.equal(box.run("doctor").returncode, 0, "doctor is content")
    identity = lambda: sqlite3.connect(box.folder / "bellman.db").execute("SELECT text FROM document WHERE name = 'store/id'").fetchone()
    was = identity()
    box.must("restore", "b0.db")
    tally.equal(identity(), was, "a restored store keeps its identity")
    box.must("restore", "b0.db", "--new-identity")
    box.run("run", "--once")
    tally.check(identity() not in (was, None), "a copy beside the original gets one of its own", (was, identity()))
    kept = [path for path in box.folder.glob("bellman.db.replaced-*") if not path.name.endswith(("-wal", "-shm", ".mark"))]
    tally.equal(len(kept), 3, "every store that was replaced is kept, also of restores within one second")
    damaged = box.folder / "torn.db"
    damaged.write_bytes((box.folder / "b1.db").read_bytes()[:9000])
    done = box.run("restore", "torn.db")
    tally.check(done.returncode == 1 and "damaged" in done.both, "a torn backup is refused", done.both)
    tally.equal(box.run("status").returncode, 0, "and the store is as it was")


main()
