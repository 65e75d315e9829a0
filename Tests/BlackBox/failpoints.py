#!/usr/bin/env python3
"""Show 2: every failpoint of the binary, in every mode, at its first hits; afterwards the oracle finds nothing missing.

    failpoints.py [--only NAME[,NAME]] [--hits 3] [--jobs 3] [--from N] [--keep]

Needs a binary with failpoints: `swift build --product bellman`, BELLMAN=.build/debug/bellman. First each scenario runs
once and writes down which points it reaches and how often; a point that none reaches is a failure. Then each case arms
one point, lets the program die or err, starts it again without, waits until the outbox is empty and asks checker.py.
"""
import argparse, collections, concurrent.futures, datetime, html, json, os, re, shutil, sqlite3, subprocess, sys, tempfile, time, urllib.error, urllib.request
from pathlib import Path
from kit import BINARY, free_port
from workload import FAST, MEMBERS, Night, wait

ZONE = datetime.timezone(datetime.timedelta(hours=8))
# Points that very different steps come by are looked at so many times as often.
MANY = {"transaction-begin": 4, "commit": 4, "mail-reply": 2, "documents-write": 2}
# What a message passes through is looked at with bundles and refusals as well.
CROWDED = {"claim", "claim-mark", "http-sent", "http-answer", "http-done", "completions-write", "delivered-mark"}
APPROVAL = """
- id: pay
  when: {changes: contract.status, to: review}
  then:
    - approve: {by: contract.owner, via: mail, then: {approve: [{set: {status: approved}}]}}
"""


def day(days):
    return (datetime.datetime.now(ZONE) + datetime.timedelta(days)).date().isoformat()


def tasks(first, count, status="open"):
    rows = "".join(f"T{n},task {n},{'wang' if n % 2 else 'li'},{status}\n" for n in range(first, first + count))
    return "id,title,assignee,status\n" + rows


def contracts(usage, days=0):
    rows = "".join(f"C{n},contract {n},wang,{day(d + days)},{usage}\n" for n, d in enumerate([0, 5, 20, 45, 60, -2]))
    return "id,name,owner,expires_on,usage\n" + rows


class Broken(Exception):
    """A scenario in which something ended otherwise than it may."""


class Scenario:
    """Steps with the armed program; then the same without, and the oracle."""

    wants_records = True
    quiet = False
    extra = {}

    def __init__(self, template, armed, listen=0):
        self.night = Night(template if self.wants_records else None, self.quiet, listen)
        self.hits = self.night.folder / "hits"
        self.armed = {"BELLMAN_FAILPOINT_HITS": str(self.hits)}
        if armed:
            self.armed["BELLMAN_FAILPOINTS"] = armed
        self.mode = armed.rsplit(":", 1)[-1] if armed else ""

    def reached(self):
        return collections.Counter(self.hits.read_text().split()) if self.hits.exists() else collections.Counter()

    def may_die(self):
        """The armed daemon has either lived or killed itself."""
        daemon = self.night.daemon
        if daemon and self.night.is_over and daemon.returncode not in (-9, 0) and self.mode not in ("error", "lost"):
            raise Broken(f"daemon ended with {daemon.returncode}: {self.night.said()[-500:]}")

    def run(self):
        self.act()
        self.may_die()
        if self.night.daemon and not self.night.is_over:
            self.night.stop()
            self.may_die()
        self.recover()
        self.night.finish()
        return self.judge()

    def act(self):
        raise NotImplementedError

    def again(self):
        """Commands that the failpoint may have cut short, without it."""

    def recover(self):
        self.night.start()
        if not self.night.ready():
            raise Broken(f"no start after the fault: {self.night.said()[-500:]}")
        self.again()
        if not self.night.rest(25):
            raise Broken("not at rest after the fault: " + str(self.night.query("SELECT * FROM outbox WHERE finished_at IS NULL")[:3]))
        if (code := self.night.stop()) != 0:
            raise Broken(f"SIGTERM ended it with {code}: {self.night.said()[-300:]}")

    def judge(self):
        problems, self.figures = self.night.check()
        return problems + self.more()

    def more(self):
        return []

    def rounds(self, *imports):
        """Each in its turn, whether the daemon lives or not."""
        for kind, text in imports:
            if (done := self.night.table(kind, text)).returncode:
                raise Broken(f"import ended with {done.returncode}: {done.both[-300:]}")
            self.night.rest(0.6)


class NightShift(Scenario):
    """Records of all kinds are waiting at start, then change twice while the daemon runs."""

    def act(self):
        self.night.start(self.armed)
        self.night.ready(20)
        self.night.rest(0.6)
        self.rounds(("task", tasks(1, 4, "done")), ("contract", contracts(0.2, 3)), ("risk", "id,title\nR9,good one\n"))


class Trouble(Scenario):
    """Bundles, quiet hours that are edited, refusals, a dead letter, the admin channel."""

    quiet = True

    def act(self):
        self.night.start(self.armed)
        self.night.ready(20)
        self.rounds(("task", tasks(100, 24)), ("risk", "id,title\nR20,bad\nR21,lost\nR22,good\n"), ("risk", "id,title\nR23,bad\nR24,lost\nR25,good\n"))
        self.night.configure(False)
        if not self.night.is_over:
            self.night.daemon.send_signal(1)
            wait(lambda: self.night.is_over or "[reloaded]" in self.night.said(), 5)
            self.night.rest(0.6)

    def recover(self):
        self.night.configure(False)
        super().recover()


class Importing(Scenario):
    """A file of several batches with rows that are rejected."""

    def table(self):
        rows = "".join(f"P{n},project {n}\n" for n in range(2300)) + "P1,again\nP2,again\n,\n"
        return "id,name\n" + rows

    def act(self):
        self.night.start()
        self.night.ready()
        self.night.table("project", self.table(), self.armed)

    def again(self):
        done = self.night.table("project", self.table())
        if done.returncode not in (0, 3, 1):
            raise Broken(f"import ended with {done.returncode}: {done.both[-300:]}")

    def more(self):
        count = self.night.query("SELECT count(*), count(DISTINCT record) FROM history WHERE record LIKE 'project/%' AND operation = 'created'")
        return [] if count == [(2300, 2300)] else [f"2300 projects, in the journal {count}"]


class People(Scenario):
    """Commands by which people act; each is repeated without the failpoint."""

    def act(self):
        self.night.write("rules/pay.yaml", APPROVAL)
        self.night.command("run", "--once")
        self.night.must("records", "set", "contract/C1", "status=review")
        self.night.start()
        self.night.ready()
        self.night.rest(5)
        self.question = self.night.query("SELECT substr(record, 10) FROM records WHERE record LIKE 'approval/%'")[0][0]
        self.sent = self.night.query("SELECT id FROM outbox WHERE state = 'sent' AND channel = 'hook' ORDER BY 1 LIMIT 1")[0][0]
        self.commands = [
            ["ack", "made", "T1", "--by", "wang"], ["snooze", "made", "T2", "--for", "1h", "--by", "li"],
            ["silence", "add", "--record", "task/T3", "--for", "1h", "--reason", "away", "--by", "wang"],
            ["approve", self.question, "--by", "wang"], ["deliveries", "resend", self.sent]]
        for command in self.commands:
            self.night.command(*command, armed=self.armed)

    def again(self):
        for command in self.commands:
            self.night.command(*command)

    def more(self):
        acts = dict(self.night.query("SELECT verb, count(*) FROM act GROUP BY 1"))
        wrong = {verb: acts.get(verb) for verb in ("ack", "decide") if acts.get(verb) != 1}
        return [f"acts {wrong}"] if wrong else []


def found(text):
    return re.findall(r"http://[\d.:]+/act/[\w.-]+", text)


class Link(Scenario):
    """An approval by the link of its mail; the daemon holds the failpoint."""

    def __init__(self, template, armed):
        super().__init__(template, armed, free_port())

    def act(self):
        self.night.write("rules/pay.yaml", APPROVAL)
        self.night.configure(False, f"public_url: http://127.0.0.1:{self.night.listen}\n")
        self.night.command("run", "--once")
        self.night.must("records", "set", "contract/C1", "status=review")
        self.night.start(self.armed)
        self.night.ready()
        self.night.rest(5)
        self.press()

    def press(self):
        """The links of one mail of each kind; the last of a notice puts it off, before another would acknowledge it."""
        lines = (self.night.folder / "received.jsonl").read_text().splitlines()
        mails = [text for line in lines if (text := json.loads(line)["content"].get("text"))]
        asked = [found(text)[0] for text in mails if "bellman approve" in text][:1]
        told = [found(text)[-1] for text in mails if text.startswith("made T") and found(text)][:1]
        self.pressed = bool(asked and told)
        for url in asked + told:
            request = urllib.request.Request(html.unescape(url), data=b"comment=&until=hour", method="POST")
            try:
                urllib.request.urlopen(request, timeout=10).read()
            except (OSError, ValueError):
                pass  # a killed daemon hangs up, and a used link is a 409

    def again(self):
        self.night.rest(10)
        self.press()

    def more(self):
        decided = self.night.query("SELECT count(*) FROM act WHERE verb = 'decide'")[0][0]
        return [] if (decided, self.pressed) == (1, True) else [f"decided {decided} times, link {self.pressed}"]


class Birth(Scenario):
    """The first start in an empty folder."""

    wants_records = False

    def act(self):
        self.night.configure(False, "public_url: http://127.0.0.1:1\n")
        self.night.start(self.armed)
        self.night.ready(20)

    def again(self):
        self.rounds(("member", MEMBERS), ("task", tasks(1, 2)))


class Backup(Scenario):
    """A backup while the daemon runs."""

    def act(self):
        self.night.start()
        self.night.ready()
        self.night.command("backup", "b.db", armed=self.armed)

    def again(self):
        if not (self.night.folder / "b.db").exists():
            self.night.must("backup", "b.db")

    def more(self):
        link = sqlite3.connect(f"file:{self.night.folder}/b.db?mode=ro", uri=True)
        sound, count = link.execute("PRAGMA integrity_check").fetchall(), link.execute("SELECT count(*) FROM record").fetchone()
        link.close()
        return [] if sound == [("ok",)] and count[0] > 10 else [f"the backup is {sound} with {count} records"]


class Restoring(Scenario):
    """A restore that is cut short, and done again: nothing of the gap rings, and neither store is lost."""

    def act(self):
        self.night.command("run", "--once")
        self.night.must("backup", "b.db")
        self.before = self.night.query("SELECT count(*) FROM ledger")[0][0]
        self.rounds(("task", tasks(50, 3)))
        self.night.start()
        self.night.ready()
        self.night.rest(5)
        self.night.kill()  # its log stays behind, full
        self.held = self.night.query("SELECT count(*) FROM ledger")[0][0]
        self.night.command("restore", "b.db", armed=self.armed)

    def recover(self):
        self.refusals()
        self.night.must("restore", "b.db")
        super().recover()

    def refusals(self):
        """A daemon that is started in between either finds a whole store or says that it finds none."""
        done = self.night.command("run", "--once")
        found = self.night.query("SELECT count(*) FROM ledger")[0][0] if self.night.store.exists() else None
        if done.returncode == 0 and found not in (self.held, self.before):
            raise Broken(f"started on a store of {found} decisions; there were {self.held}, in the backup {self.before}")

    def judge(self):
        """The store is the backup; the journal of the gap is in the one that was put aside."""
        self.figures = {}
        aside = [p for p in self.night.folder.glob("bellman.db.replaced-*") if not p.name.endswith(("-wal", "-shm", ".mark"))]
        problems = [] if self.night.query("PRAGMA integrity_check") == [("ok",)] else ["the store is damaged"]
        (ledger,), (open_,) = self.night.query("SELECT count(*) FROM ledger")[0], self.night.query("SELECT count(*) FROM outbox WHERE finished_at IS NULL")[0]
        if (ledger, open_) != (self.before, 0):
            problems.append(f"{ledger} decisions, in the backup {self.before}; {open_} open")
        sizes = sorted(decisions(path) for path in aside)
        if self.held not in sizes:
            problems.append(f"the replaced store is lost: {sizes}, wanted {self.held}")
        return problems


def decisions(path):
    link = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return link.execute("SELECT count(*) FROM ledger").fetchone()[0]
    except sqlite3.Error as problem:
        return -1
    finally:
        link.close()


SCENARIOS = {c.__name__: c for c in [NightShift, Trouble, Importing, People, Link, Birth, Backup, Restoring]}


def make_template():
    """A store after its first tick, with changes of every kind that no tick has seen."""
    night = Night()
    for kind, text in [("member", MEMBERS), ("task", tasks(1, 2))]:
        night.table(kind, text)
    night.must("run", "--once")
    for kind, text in [("task", tasks(1, 6)), ("contract", contracts(0.5)), ("risk", "id,title\nR1,bad\nR2,good\nR3,lost\n"),
                       ("contract", contracts(0.1)), ("contract", contracts(0.4)), ("task", tasks(2, 2, "done"))]:
        night.table(kind, text)
    night.must("records", "delete", "task/T4")
    folder = Path(tempfile.mkdtemp(prefix="bellman-template-", dir=FAST))
    shutil.copy(night.store, folder)
    lines = night.receivers.file.name
    night.receivers.file.flush()
    shutil.copy(lines, folder / "received.jsonl")
    night.remove()
    return folder


def points():
    done = subprocess.run([BINARY], env={**os.environ, "BELLMAN_FAILPOINTS": "list"}, capture_output=True, text=True)
    rows = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 2]
    if not rows:
        raise SystemExit(f"{BINARY} has no failpoints: build with `swift build`, or with -Xswiftc -DBELLMAN_FAILPOINTS")
    return {name: modes.split(",") for name, modes, _ in rows}


def attempt(scenario, template, armed, keep):
    """(scenario, armed, problems, how often the point was reached, seconds)"""
    began, problems, stage = time.monotonic(), [], None
    try:
        stage = SCENARIOS[scenario](template, armed)
        problems = stage.run()
    except Exception as problem:
        problems = [f"{type(problem).__name__}: {problem}"]
    reached = stage.reached() if stage else collections.Counter()
    if stage and not (problems and keep):
        stage.night.remove()
    elif stage:
        problems.append(f"kept {stage.night.folder}")
        stage.night.kill()
    return scenario, armed, problems, reached, time.monotonic() - began


def survey(template, names, keep):
    """Which scenario reaches which point how often, without a fault."""
    reached = {}
    for name in SCENARIOS:
        _, _, problems, counts, seconds = attempt(name, template, "", keep)
        print(f"{name}: {len(counts)} points, {seconds:.1f} s" + (f"; FAIL {problems}" if problems else ""), flush=True)
        if problems:
            raise SystemExit("a scenario fails without any fault")
        reached[name] = counts
    missing = [name for name in names if not any(counts[name] for counts in reached.values())]
    return reached, missing


def enumerate_cases(names, reached, hits):
    """Each point where it is reached first; what every scenario reaches, in each."""
    for name, modes in names.items():
        homes = [scenario for scenario in SCENARIOS if reached[scenario][name]]
        crowded = [home for home in homes[1:] if home == "Trouble" and name in CROWDED]
        for scenario in homes if name in ("commit", "transaction-begin") else homes[:1] + crowded:
            most = min(MANY.get(name, 1) * hits if scenario == homes[0] else hits, reached[scenario][name])
            for mode in modes:
                for nth in range(1, most + 1):
                    yield scenario, f"{name}:{nth}:{mode}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--hits", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--from", dest="first", type=int, default=0, help="leave out so many cases, after a run that was cut")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    names = points()
    template = make_template()
    reached, missing = survey(template, names, options.keep)
    for name in missing:
        print(f"FAIL no scenario reaches {name}", flush=True)
    wanted = {n: m for n, m in names.items() if not options.only or n in options.only.split(",")}
    cases = sorted(enumerate_cases(wanted, reached, options.hits), key=lambda case: int(case[1].split(":")[1]))[options.first:]
    print(f"{len(names)} points, {len(cases)} cases", flush=True)
    failed, untouched, began = [], collections.Counter(), time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = [pool.submit(attempt, scenario, template, armed, options.keep) for scenario, armed in cases]
        for number, run in enumerate(concurrent.futures.as_completed(runs), 1):
            scenario, armed, problems, counts, seconds = run.result()
            name, nth, _ = armed.split(":")
            if counts[name] < int(nth):
                untouched[name] += 1
            if problems:
                failed.append(armed)
                print(f"FAIL {scenario} {armed}: {'; '.join(problems)}"[:1200], flush=True)
            if number % 50 == 0:
                left = (time.monotonic() - began) / number * (len(cases) - number)
                print(f"{number} of {len(cases)}, {len(failed)} failed, {left:.0f} s left", flush=True)
    shutil.rmtree(template, ignore_errors=True)
    every = collections.Counter(armed.split(":")[0] for _, armed in cases)
    never = [name for name in every if untouched[name] >= every[name]]
    for name in never:
        print(f"FAIL {name} was never hit", flush=True)
    seconds = time.monotonic() - began
    print(f"{len(wanted)} points, {len(cases)} cases in {seconds:.0f} s, {sum(untouched.values())} of them did not come to their hit")
    print(f"{len(cases) - len(failed)} passed, {len(failed) + len(missing) + len(never)} failed", flush=True)
    sys.exit(1 if failed or missing or never else 0)


if __name__ == "__main__":
    main()
