#!/usr/bin/env python3
"""A daemon that writes its log back all the time beside commands that commit all the time: the arrangement that keeps
old SQLite versions from their WAL-reset race, under load. Afterwards every row is what was written.

    wal_race.py [seconds] [writers]
"""
import sys, threading, time
from kit import Box, HTTPReceiver, Tally, until

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 60
WRITERS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
RULE = """
id: changed
when: {changes: task}
then:
  - notify: {via: hook, to: task.assignee, title: "{{ task.title }}"}
"""


def main():
    tally = Tally()
    receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
    box = Box(f"""language: en
timezone: Asia/Shanghai
listen: 127.0.0.1:0
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{receiver.port}/in", allow_private: true, limit: 60000 per minute}}
""", {"changed.yaml": RULE})
    box.write("m.csv", "id,name,email\nwang,王芳,wang@example.com\n")
    box.must("import", "m.csv", "--kind", "member")
    daemon = box.start()
    over, written, problems = threading.Event(), [0] * WRITERS, []
    top, resets = [0], [0]

    def write(worker):
        # Large enough for the log to fill every second or so: then the daemon writes it back and starts it anew.
        while not over.is_set():
            written[worker] += 1
            rows = "".join(f"W{worker}-{n},{'长' * 200}{written[worker]} {n},wang\n" for n in range(600))
            box.write(f"w{worker}.csv", "id,title,assignee\n" + rows)
            done = box.run("import", f"w{worker}.csv", "--kind", "task", limit=300)
            if done.returncode:
                problems.append(done.both)

    def look():
        log, last = box.folder / "bellman.db-wal", 0
        while not over.is_set():
            size = log.stat().st_size if log.exists() else 0
            database = (box.folder / "bellman.db").stat().st_mtime_ns
            resets[0] += database != last
            last, top[0] = database, max(top[0], size)
            time.sleep(0.05)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)] + [threading.Thread(target=look)]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    over.set()
    for thread in threads:
        thread.join()
    tally.equal(problems[:2], [], "every import was taken")
    tally.check(resets[0] > 3, "the log was written back again and again", resets[0])
    beside = box.run("ledger", "check", limit=300)
    tally.equal(beside.returncode, 0, f"beside the daemon every row is what was written ({beside.both[-300:]})")
    daemon.terminate()
    tally.equal(daemon.wait(60), 0, "daemon ends well")
    doctor = box.run("doctor", limit=300)
    tally.equal(doctor.returncode, 0, f"doctor finds nothing ({doctor.both[-600:]})")
    print(f"{sum(written)} imports of 600 rows by {WRITERS} writers in {SECONDS:.0f} s,"
          f" database written {resets[0]} times, log up to {top[0] >> 10} kB")
    receiver.stop()
    box.remove() if not tally.failed else print("kept", box.folder)
    tally.end()


main()
