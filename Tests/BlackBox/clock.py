"""The clock under a running daemon: set forward and back, implausible at the start, 2000 and 2099, and a tz database that
changes. Drives the real binary under libfaketime (Debian: faketime), which shifts what it is told and nothing else; the
machine's own clock is not touched."""
import datetime, glob, json, os, re, shutil, socket, sqlite3, subprocess, sys, tempfile, time
from pathlib import Path
import kit
from kit import Box, HTTPReceiver, Tally, free_port, read_store, until

LIBRARY = next(iter(sorted(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"))), None)
UTC = datetime.timezone.utc
BEGIN = datetime.datetime(2027, 3, 1, 1, 0, 30, tzinfo=UTC)  # 09:00:30 in Shanghai
HOURLY = """id: hourly
when: {every: 1 hour}
then:
  - notify: {via: hook, title: "HOURLY {{ firing.scheduled_at }}"}
"""
EDGE = """id: new-task
when: {created: task}
then:
  - notify: {via: hook, title: "NEW {{ task.title }}"}
"""
DUE = """id: due
when: {before: task.due, by: [3 days, 1 day]}
then:
  - notify: {via: hook, title: "DUE {{ task.title }} {{ days_left }}"}
"""


class Stage:
    """A box whose daemon and commands see a clock that the test sets."""

    def __init__(self, tzdir=None, rules=None, config=""):
        self.receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
        self.port = free_port()
        config = config + f"""timezone: Asia/Shanghai
language: en
listen: 127.0.0.1:{self.port}
log: json debug
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{self.receiver.port}/hook", secret: "${{env:HOOK}}", allow_private: true}}
admin: hook
"""
        env = {"HOOK": "whsec_" + "Y2FuYXJ5LTVmMWQwYzdhLXNlY3JldC1sb25nLWVub3VnaA=="}
        if tzdir:
            env["TZDIR"] = str(tzdir)
        self.box = Box(config, rules or {"hourly.yaml": HOURLY, "edge.yaml": EDGE, "due.yaml": DUE}, env)
        self.stamp = self.box.folder / "clock"
        self.box.env.update(LD_PRELOAD=LIBRARY, FAKETIME_TIMESTAMP_FILE=str(self.stamp), FAKETIME_NO_CACHE="1",
                            FAKETIME_DONT_FAKE_MONOTONIC="1", TZ="UTC")
        self.daemon = None

    def set(self, moment):
        """From now on the clock says so, and goes on from there."""
        shift = moment - datetime.datetime.now(UTC)
        part = self.stamp.with_suffix(".part")
        part.write_text(f"{shift.total_seconds():+.0f}s\n")
        part.replace(self.stamp)
        return self

    def start(self):
        self.daemon = self.box.start()
        if until(lambda: '"ready"' in self.box.log() or self.daemon.poll() is not None, 30) is None or self.daemon.poll() is not None:
            raise SystemExit(f"the daemon did not start: {self.box.log()[-2000:]}")
        return self

    def stop(self):
        if self.daemon and self.daemon.poll() is None:
            self.daemon.terminate()
            self.daemon.wait(60)
        self.daemon = None
        (self.box.folder / "daemon.log").rename(self.box.folder / f"daemon-{time.monotonic_ns()}.log")

    def end(self):
        if self.daemon:
            self.stop()
        self.receiver.stop()
        self.box.remove()

    def task(self, name, **fields):
        """A write by a command, which also makes the daemon look at its clock."""
        self.box.must("records", "set", f"task/{name}", f"title={name}", *[f"{k}={v}" for k, v in fields.items()])

    def titles(self):
        notices = [json.loads(body) for _, _, body, _ in list(self.receiver.posts)]
        return [title for n in notices for title in [n.get("title", "")] + [m.get("title", "") for m in n.get("notices", [])]]

    def events(self, code):
        return [line for line in self.box.log().splitlines() if f'"{code}"' in line]

    def told(self, part):
        return [title for title in self.titles() if part in title]

    def code(self, path):
        import urllib.error, urllib.request
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def outcomes(self, rule):
        return read_store(self.box.folder / "bellman.db", "SELECT occurrence, outcome FROM ledger WHERE rule = ? ORDER BY scheduled_at", rule)


def settled(stage, name, tally, words):
    """The daemon has decided a write that was made just now."""
    return tally.check(until(lambda: stage.told(f"NEW {name}"), 20) is not None, f"{words}: a new task rings at once", stage.titles())


def jumps(tally):
    stage = Stage().set(BEGIN).start()
    stage.task("first", due="2027-03-04")
    settled(stage, "first", tally, "a plausible clock")
    tally.check(not stage.told("HOURLY"), "nothing is due yet", stage.titles())

    stage.set(BEGIN + datetime.timedelta(days=3))
    stage.task("forward")
    settled(stage, "forward", tally, "3 days forward")
    tally.check(until(lambda: len(stage.told("HOURLY")) == 1, 10) is not None, "a missed schedule rings once", stage.titles())
    tally.check(until(lambda: stage.told("The clock was set"), 10) is not None, "the jump is told to the admin channel", stage.titles())
    tally.equal(len(stage.events("clock-jumped")), 1, "and logged once")
    rows = stage.outcomes("hourly")
    tally.equal(sum(o == "fired_late" or o == "fired" for _, o in rows), 1, "one of the missed runs rang")
    tally.equal(len(rows), 72, "every missed run has an outcome")
    due = [o for _, o in stage.outcomes("due")]
    tally.check(sorted(due) in (["fired_late", "superseded"], ["fired_late", "skipped"]), "of two missed milestones the nearest rang", due)

    before = len(stage.titles())
    stage.set(BEGIN + datetime.timedelta(days=3, hours=-2))
    stage.task("back")
    settled(stage, "back", tally, "2 hours back")
    tally.equal(len(stage.events("clock-jumped")), 2, "the second jump is logged")
    time.sleep(1)
    tally.equal(len(stage.titles()), before + 1, "nothing rings twice, and the admin channel hears of jumps once a day")
    status, _ = stage.code("/readyz")
    tally.equal(status, 200, "ready, a few hours back")
    words = stage.box.must("status").out
    tally.check(re.search(r"jumped back by (2 h|1 h 59 min)", words), "status shows the jump", words)

    stage.set(BEGIN + datetime.timedelta(days=0, minutes=5))
    stage.task("far")
    tally.check(until(lambda: stage.events("clock-held"), 20) is not None, "3 days back: held", stage.box.log()[-600:])
    tally.check(until(lambda: stage.told("The clock is implausible"), 10) is not None, "held: told", stage.titles())
    tally.equal(stage.code("/readyz")[0], 503, "held: not ready")
    _, body = stage.code("/v1/health")
    tally.check("bellman clock accept" in body, "held: the reason is there for those who may read", body)
    tally.equal(stage.code("/healthz")[0], 200, "held: alive")
    tally.check("nothing rings" in stage.box.must("status").out, "held: status says so")
    doctor = stage.box.run("doctor")
    tally.check(doctor.returncode == 1 and "lived until" in doctor.both, "held: doctor says so", doctor.both)
    tally.check(not stage.told("NEW far"), "held: nothing rings")
    tally.equal(stage.box.run("clock").returncode, 1, "held: bellman clock fails")

    stage.set(BEGIN + datetime.timedelta(days=3, hours=2))
    stage.task("good")
    settled(stage, "good", tally, "right again")
    settled(stage, "far", tally, "what was written while held")
    tally.equal(stage.code("/readyz")[0], 200, "right again: ready")
    tally.equal(len(stage.told("The clock is implausible")), 1, "held: told once")
    hourly = [o for _, o in stage.outcomes("hourly")]
    tally.equal(hourly.count("fired") + hourly.count("fired_late"), 2, "the hours after it are one missed schedule")
    numbers = [title for title in stage.titles() if title.startswith(("NEW", "DUE", "HOURLY"))]
    tally.equal(len(numbers), len(set(numbers)), "no notice twice")
    stage.end()


def starts(tally):
    stage = Stage().set(BEGIN).start()
    stage.task("first")
    settled(stage, "first", tally, "a first run")
    stage.stop()
    for name, moment in [("2000", datetime.datetime(2000, 1, 1, tzinfo=UTC)), ("1970", datetime.datetime(1970, 1, 1, 0, 2, tzinfo=UTC)),
                         ("2099", datetime.datetime(2099, 6, 1, tzinfo=UTC)), ("3 days back", BEGIN - datetime.timedelta(days=3))]:
        stage.set(moment).start()
        tally.equal(len(stage.events("clock-held")), 1, f"a start in {name} is held")
        tally.equal(stage.code("/readyz")[0], 503, f"a start in {name} is not ready")
        stage.task(f"in-{name.replace(' ', '-')}")
        time.sleep(1)
        tally.check(not stage.told("HOURLY"), f"a start in {name} rings nothing", stage.titles())
        stage.stop()
        once = stage.box.run("run", "--once")
        tally.check(once.returncode == 1 and "clock" in once.both, f"run --once refuses in {name}", once.both)
    tally.check(stage.told("The clock is implausible"), "the admin channel hears of it", stage.titles())

    stage.set(BEGIN + datetime.timedelta(minutes=2)).start()
    for name in ("in-2000", "in-2099", "in-3-days-back"):
        settled(stage, name, tally, "a good start")
    tally.equal(stage.code("/readyz")[0], 200, "a good start is ready")
    stage.stop()

    # Off for two years: right, but only the administrator can know it.
    later = BEGIN + datetime.timedelta(days=730)
    stage.set(later).start()
    tally.equal(len(stage.events("clock-held")), 1, "two years later: held")
    said = stage.box.must("clock", "accept")
    tally.check(until(lambda: stage.events("clock-good"), 20) is not None, "accepted: goes on", stage.box.log()[-800:])
    stage.task("accepted")
    settled(stage, "accepted", tally, "accepted")
    tally.check("nothing to accept" in stage.box.must("clock", "accept").out, "accepted once is enough", said.out)
    stage.stop()
    # And back again: the store lived in 2029, the machine is right in 2027.
    stage.set(BEGIN + datetime.timedelta(days=5)).start()
    tally.equal(len(stage.events("clock-held")), 1, "two years back: held")
    stage.box.must("clock", "accept")
    tally.check(until(lambda: stage.events("clock-good"), 20) is not None, "accepted back: goes on", stage.box.log()[-800:])
    stage.task("home")
    settled(stage, "home", tally, "accepted back")
    stage.end()


def zones(tally):
    """A package upgrade under the running daemon: Shanghai moves by an hour (it becomes Tokyo), and the release changes."""
    folder = Path(tempfile.mkdtemp(prefix="bellman-tz-"))
    for name in ("Asia/Shanghai", "Asia/Tokyo", "Europe/Berlin"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(f"/usr/share/zoneinfo/{name}", folder / name)
    (folder / "tzdata.zi").write_text("# version 2030a\nZ Asia/Shanghai 8 - CST\nZ Asia/Tokyo 9 - JST\nZ Europe/Berlin 1 - CET\n")
    rule = """id: daily
when: {every: day at 12:00}
then:
  - notify: {via: hook, title: "DAILY"}
"""
    waiting = """id: later
when: {created: task}
then:
  - {wait: 3 days, notify: {via: hook, title: "LATER {{ task.title }}"}}
"""
    stage = Stage(tzdir=folder, rules={"daily.yaml": rule, "later.yaml": waiting}).set(BEGIN).start()
    tally.check("2030a" in stage.box.log(), "the release is logged at the start")
    tally.check("2030a" in stage.box.must("status").out, "status shows it")
    tally.check("2030a" in stage.box.run("doctor").both, "doctor shows it")
    stage.task("t")
    tally.check(until(lambda: stored(stage, "SELECT count(*) FROM step") == 1, 20) is not None, "a step waits")
    before = stored(stage, "SELECT due_at FROM step")

    part = folder / "part"
    shutil.copy("/usr/share/zoneinfo/Asia/Tokyo", part)
    part.replace(folder / "Asia/Shanghai")
    part.write_text((folder / "tzdata.zi").read_text().replace("2030a", "2030b"))
    part.replace(folder / "tzdata.zi")
    stage.box.must("records", "set", "task/u", "title=u")  # it looks with every wake, at the latest within a minute
    tally.check(until(lambda: stage.events("zones-changed"), 70) is not None, "the change is noticed", stage.box.log()[-500:])
    tally.check(until(lambda: stage.events("replanned"), 10) is not None, "pending times are computed anew")
    tally.equal(stored(stage, "SELECT text FROM document WHERE name = 'zones/version'"), "2030b", "the store keeps the release")
    # Three days later at the same wall-clock time: both ends moved alike.
    tally.equal(stored(stage, "SELECT due_at FROM step WHERE subject = 'task/t'"), before, "a step that means the same stays")
    # Noon is now an hour earlier.
    stage.set(BEGIN.replace(hour=3, minute=1))
    stage.box.must("records", "set", "task/v", "title=v")
    tally.check(until(lambda: stage.told("DAILY"), 20) is not None, "the schedule rings by the new database", stage.titles())
    stage.stop()

    part.write_text((folder / "tzdata.zi").read_text().replace("2030b", "2030c"))
    part.replace(folder / "tzdata.zi")
    stage.set(BEGIN.replace(hour=3, minute=5)).start()
    tally.equal(len(stage.events("zones-changed")), 1, "a change between two runs is noticed at the start")
    tally.equal(stored(stage, "SELECT text FROM document WHERE name = 'zones/version'"), "2030c", "and kept")
    stage.end()
    shutil.rmtree(folder)

    empty = Path(tempfile.mkdtemp(prefix="bellman-tz-"))
    box = Box("timezone: Asia/Shanghai\nlanguage: en\n", env={"TZDIR": str(empty)})
    done = box.run("run", "--once")
    tally.check(done.returncode == 1 and "apt install tzdata" in done.both, "no tz database: the package is named", done.both)
    box.remove()
    empty.rmdir()


def held(tally):
    """A false clock under a running daemon: nothing that waits grows old by it, and a busy store loses nothing of its end."""
    stage = Stage(config='quiet_hours: {from: "09:00", to: "19:00"}\n').set(BEGIN).start()
    for name in ("one", "two"):
        stage.task(name)
    states = lambda: stored(stage, "SELECT count(*) FROM outbox WHERE state = 'held'")
    tally.check(until(lambda: states() == 2, 20) is not None, "quiet hours hold two notices", states())
    for years in (75, 80):
        stage.set(BEGIN.replace(year=BEGIN.year + years))
        stage.task("one", note=f"nudge {years}")
        tally.check(until(lambda: stage.events("clock-held"), 20) is not None, "a false clock is held", stage.box.log()[-600:])
        time.sleep(1)
        tally.equal(states(), 2, f"{years} years ahead: what was held is held")
    tally.check(until(lambda: stage.told("The clock is implausible"), 10) is not None, "the word of it leaves", stage.titles())
    tally.equal(stage.code("/readyz")[0], 503, "not ready")

    lock = sqlite3.connect(f"{stage.box.folder}/bellman.db", isolation_level=None, timeout=20)
    lock.execute("BEGIN IMMEDIATE")
    stage.set(BEGIN + datetime.timedelta(minutes=20))
    nudge(stage)
    tally.check(until(lambda: stage.events("clock-unwritten"), 60) is not None, "a busy store is named", stage.box.log()[-600:])
    tally.equal(len(stage.events("clock-good")), 0, "nothing is said that is not written")
    lock.execute("ROLLBACK")
    lock.close()
    nudge(stage)
    tally.check(until(lambda: stage.events("clock-good"), 20) is not None, "then the clock is good", stage.box.log()[-600:])
    tally.equal(stage.code("/readyz")[0], 200, "and the daemon ready")
    tally.equal(states(), 2, "the quiet hours go on")
    stage.set(BEGIN + datetime.timedelta(hours=10))
    nudge(stage)
    tally.check(until(lambda: sorted(stage.told("NEW")) == ["NEW one", "NEW two"], 20) is not None, "they end", stage.titles())
    tally.equal(stored(stage, "SELECT count(*) FROM outbox WHERE state = 'dead'"), 0, "nothing is dead")
    stage.end()


def nudge(stage):
    """What a command sends after a write, without the write."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
        one.sendto(b"\x01", f"{stage.box.folder}/bellman.db.sock")


def stored(stage, query):
    rows = read_store(stage.box.folder / "bellman.db", query)
    return rows[0][0] if rows else None


def through_a_shell():
    """libfaketime moves the environment of the first process that loads it, by which Swift loses its arguments: a shell is
    that first process."""
    path = Path(tempfile.mkdtemp(prefix="bellman-clock-")) / "bellman"
    path.write_text(f'#!/bin/sh\nexec "{kit.BINARY}" "$@"\n')
    path.chmod(0o755)
    kit.BINARY = str(path)


def main():
    if LIBRARY is None:
        print("skipped: libfaketime not found (Debian: apt install faketime)")
        return
    through_a_shell()
    tally = Tally()
    parts = {"jumps": jumps, "starts": starts, "zones": zones, "held": held}
    for name in sys.argv[1:] or parts:
        parts[name](tally)
    tally.end()


if __name__ == "__main__":
    main()
