#!/usr/bin/env python3
"""The store guards itself: an older copy put back, a changed row, a lost mark, kills. Real daemon, real receiver.

    integrity.py [kills]
"""
import random, shutil, signal, sqlite3, sys, time, urllib.error
from kit import Box, HTTPReceiver, Tally, free_port, get, read_store, until

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 20
RULE = """
id: made
when: {created: task}
then:
  - notify: {via: hook, title: "{{ task.title }}"}
"""


class House:
    def __init__(self, language="en"):
        self.receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
        self.port = free_port()
        self.box = Box(f"""language: {language}
timezone: Asia/Shanghai
listen: 127.0.0.1:{self.port}
admin: hook
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{self.receiver.port}/in", allow_private: true, limit: 60000 per minute}}
""", {"made.yaml": RULE})
        self.box.must("run", "--once")
        self.daemon, self.number = None, 0

    def start(self):
        self.daemon = self.box.start()
        return until(lambda: self.answers("/healthz"), 30)

    def answers(self, path):
        try:
            return get(f"http://127.0.0.1:{self.port}{path}")[0]
        except urllib.error.HTTPError as problem:
            self.last = problem.read().decode()
            return problem.code
        except OSError:
            return 0

    def stop(self, how=signal.SIGTERM):
        self.daemon.send_signal(how)
        return self.daemon.wait(30)

    def make(self, count):
        rows = ""
        for _ in range(count):
            self.number += 1
            rows += f"T{self.number},任务 {self.number}\n"
        self.box.write("t.csv", "id,title\n" + rows)
        self.box.must("import", "t.csv", "--kind", "task")

    def titles(self):
        with self.receiver.lock:
            return [body.decode() for _, _, body, _ in self.receiver.posts]

    def count(self, word):
        return sum(word in text for text in self.titles())

    def decided(self):
        return self.query("SELECT count(*) FROM ledger WHERE rule = 'made'")[0][0]

    def query(self, text):
        return read_store(self.box.folder / "bellman.db", text)

    def settle(self):
        return until(lambda: self.decided() == self.number
                     and not self.query("SELECT 1 FROM outbox WHERE finished_at IS NULL"), 60, 0.2)

    def end(self):
        self.receiver.stop()
        self.box.remove()


def older_copy(tally, gap, language):
    house = House(language)
    path = house.box.folder / "bellman.db"
    house.start()
    house.make(3)
    tally.check(house.settle() is not None, f"{gap}: three leave")
    house.stop()
    house.box.must("backup", "old.db")
    house.start()
    house.make(4)
    tally.check(house.settle() is not None, f"{gap}: four more leave")
    house.stop()
    for left in ["bellman.db-wal", "bellman.db-shm"]:
        (house.box.folder / left).unlink(missing_ok=True)
    shutil.copy(house.box.folder / "old.db", path)
    before = len(house.titles())
    house.start()
    tally.equal(house.answers("/readyz"), 503, f"{gap}: /readyz of an older copy")
    tally.check("ledger accept" in house.box.log(), "the log says what to do", house.box.log()[-800:])
    tally.equal(house.answers("/"), 200, f"{gap}: the dashboard is there")
    word = "older than it was" if language == "en" else "存储比之前旧"
    tally.check(until(lambda: house.count(word) == 1, 10) is not None, "the admin channel is told", house.titles()[before:])
    house.make(2)
    time.sleep(3)
    tally.equal(len(house.titles()), before + 1, "nothing else leaves")
    tally.equal(house.decided(), 3, "nothing is decided")
    refused = house.box.run("ledger", "accept")
    tally.check(refused.returncode == 1, "accepting beside a daemon is refused", refused.both)
    house.stop()
    once = house.box.run("run", "--once")
    tally.check(once.returncode == 1 and "ledger accept" in once.err, "run --once refuses", once.both)
    check = house.box.run("ledger", "check")
    tally.check(check.returncode == 1, "ledger check says so", check.both)
    doctor = house.box.run("doctor")
    tally.check(doctor.returncode == 1 and "ledger accept" in doctor.out, "doctor says so", doctor.both)
    status = house.box.must("status").out
    tally.check("ledger accept" in status, "status says so", status)
    house.box.must("ledger", "accept", "--gap", gap, "--comment", "put back")
    tally.check("put back" in house.box.must("acts").out, "the audit log has it")
    house.start()
    tally.check(until(lambda: house.answers("/readyz") == 200, 20) is not None, f"{gap}: ready again", getattr(house, "last", ""))
    rung = 2 if gap == "ring" else 0
    tally.check(until(lambda: house.count("任务 8") + house.count("任务 9") >= rung, 10) is not None, "what came rings as chosen")
    time.sleep(2)
    tally.equal(house.count("任务 8") + house.count("任务 9"), rung, f"{gap}: what was written meanwhile")
    tally.equal([house.count(f"任务 {n}\"") for n in range(1, 8)], [1] * 7, "nothing leaves twice")
    house.stop()
    house.end()


def changed_row(tally, language):
    house = House(language)
    house.start()
    house.make(5)
    house.settle()
    house.stop()
    link = sqlite3.connect(house.box.folder / "bellman.db")
    link.execute("UPDATE ledger SET outcome = 'skipped' WHERE sequence = 3")
    link.commit()
    link.close()
    house.start()
    tally.equal(house.answers("/readyz"), 503, "a changed row: /readyz")
    house.make(1)
    time.sleep(2)
    tally.equal(house.count("任务 6"), 0, "nothing leaves")
    house.stop()
    doctor = house.box.run("doctor")
    named = "decisions, row 3" in doctor.out if language == "en" else "判定第 3 行" in doctor.out
    tally.check(doctor.returncode == 1 and named, "doctor names the row", doctor.both)
    tally.equal(house.box.run("run", "--once").returncode, 1, "run --once refuses")
    house.box.must("ledger", "accept")
    house.start()
    tally.check(until(lambda: house.count("任务 6") == 1, 20) is not None, "accepted: it goes on")
    house.stop()
    house.end()


def no_mark(tally):
    house = House()
    house.start()
    house.make(2)
    house.settle()
    house.stop()
    mark = house.box.folder / "bellman.db.mark"
    tally.check(mark.exists(), "there is a mark")
    mark.unlink()
    house.start()
    tally.check(until(lambda: house.answers("/readyz") == 200, 20) is not None, "a store without its mark works")
    tally.check("there is no mark" in house.box.log(), "and the log says a word", house.box.log()[-600:])
    tally.check(until(mark.exists, 10) is not None, "the mark is written again")
    house.stop()
    house.end()


def kills(tally, count):
    """The mark is never ahead: however a daemon dies, the next start believes its store."""
    house, dice = House(), random.Random(7)
    held = 0
    for _ in range(count):
        house.start()
        house.make(5)
        time.sleep(dice.uniform(0, 0.4))
        house.stop(signal.SIGKILL)
    house.start()
    house.settle()
    held = house.box.log().count("is not what it was") + house.box.log().count("store-held")
    tally.equal(held, 0, f"no start doubts its store after {count} kills")
    house.stop()
    tally.equal(house.box.run("ledger", "check").returncode, 0, "every row is what was written")
    house.end()


def main():
    tally = Tally()
    older_copy(tally, "skip", "en")
    older_copy(tally, "ring", "zh")
    changed_row(tally, "en")
    changed_row(tally, "zh")
    no_mark(tally)
    kills(tally, KILLS)
    tally.end()


main()
