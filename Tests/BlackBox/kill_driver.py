#!/usr/bin/env python3
"""Show 1: the real daemon under `kill -9` at random instants, again and again, while records change.

    kill_driver.py [--cycles 200] [--round 500] [--jobs 2] [--seed N] [--keep]

A round is one store: so many cycles of start, kill, start; meanwhile a writer imports, edits, deletes and posts to the
API, and is killed itself at times. Kills fall 5 ms to somewhat past the time of a start, some into a SIGTERM that is
under way. At the end of a round the daemon rests once, and checker.py judges store, receivers and confirmed writes. What
was said to be written must be there; every occurrence is decided once; every notice arrives, repeats under their id.
"""
import argparse, collections, concurrent.futures, datetime, http.client, json, os, random, signal, subprocess, sys, threading, time, urllib.error
from kit import BINARY, free_port, get
from workload import MEMBERS, Night

ZONE = datetime.timezone(datetime.timedelta(hours=8))
WORDS = ["good", "bad", "lost"]


class Writer(threading.Thread):
    """Changes records without a pause worth speaking of, and notes what was confirmed."""

    def __init__(self, night, token, dice, pause):
        super().__init__(daemon=True)
        self.night, self.token, self.dice, self.pause = night, token, dice, pause
        self.over, self.number, self.tasks, self.counts, self.trouble = False, 0, [], collections.Counter(), None
        self.confirmed = open(night.folder / "confirmed.jsonl", "w", buffering=1)

    def run(self):
        try:
            while not self.over:
                self.number += 1
                kind, rows = self.change()
                self.write(kind, rows, self.dice.random())
                time.sleep(self.dice.uniform(0, self.pause))
        except RuntimeError as problem:
            self.trouble = str(problem)
        self.confirmed.close()

    def change(self):
        n, way = self.number, self.dice.random()
        if way < 0.45 or len(self.tasks) < 3:
            # More than twenty at once leave as one message.
            fresh = [f"T{n}-{k}" for k in range(self.dice.choice([1, 1, 1, 2, 2, 3, 3, 24]))]
            self.tasks += fresh
            return "task", [self.task(id, "open") for id in fresh]
        if way < 0.65:
            # Whole rows: the write that should have made the record may have died.
            return "task", [self.task(id, self.dice.choice(["open", "doing", "done"])) for id in self.dice.sample(self.tasks, 2)]
        if way < 0.70:
            return "delete", [{"id": self.tasks.pop(self.dice.randrange(len(self.tasks)))}]
        if way < 0.75:
            return "risk", [{"id": f"R{n}", "title": f"{self.dice.choice(WORDS)} {n}"}]
        date = datetime.datetime.now(ZONE).date() + datetime.timedelta(self.dice.randrange(-3, 70))
        return "contract", [{"id": f"C{self.dice.randrange(12)}", "name": "c", "owner": "wang",
                             "expires_on": date.isoformat(), "usage": self.dice.choice([0.1, 0.2, 0.5, 0.9])}]

    def task(self, id, status):
        return {"id": id, "title": "task " + id, "assignee": "li" if id.endswith("1") else "wang", "status": status}

    def write(self, kind, rows, way):
        if kind == "delete":
            done = self.night.command("records", "delete", f"task/{rows[0]['id']}").returncode == 0
        elif way < 0.75:
            done = self.post(kind, rows)
        else:
            done = self.file(kind, rows, dies=way > 0.92)
        self.counts[f"{'confirmed' if done else 'unconfirmed'}"] += 1
        for row in rows if done and kind != "delete" else []:
            for field in row.keys() - {"id"}:
                self.confirmed.write(json.dumps([f"{kind}/{row['id']}", field, row[field]]) + "\n")

    def post(self, kind, rows):
        """Again and again while nobody answers: a write that is repeated is no second write."""
        url = f"http://127.0.0.1:{self.night.listen}/v1/records/{kind}"
        for _ in range(40):
            if self.over:
                return False
            try:
                status, _ = get(url, self.token, json.dumps(rows).encode())
                return status == 200
            except (OSError, EOFError, http.client.HTTPException) as problem:
                if isinstance(problem, urllib.error.HTTPError) and problem.code < 500:
                    raise RuntimeError(f"the API refused: {problem.code} {problem.read()[:300]}")
                time.sleep(0.02)
        return False

    def file(self, kind, rows, dies):
        names = list(rows[0])
        name = f"w{self.number % 50}.csv"
        self.night.write(name, "\n".join([",".join(names)] + [",".join(str(row[n]) for n in names) for row in rows]) + "\n")
        command = subprocess.Popen([BINARY, "import", name, "--kind", kind], cwd=self.night.folder, env=self.night.env,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if dies:
            time.sleep(self.dice.uniform(0.005, 0.15))
            command.kill()
            self.counts["imports killed"] += 1
        return command.wait() == 0


class Round:
    def __init__(self, number, cycles, seed):
        self.number, self.cycles, self.dice = number, cycles, random.Random(seed)
        self.night = Night(listen=free_port())
        self.deaths, self.stages = 0, collections.Counter()

    def run(self, progress):
        night = self.night
        night.write("m.csv", MEMBERS)
        night.must("import", "m.csv", "--kind", "member")
        night.must("run", "--once")
        token = night.command("token", "create", "--role", "admin").stdout.decode().split()[-1]
        start = self.time_of_start()
        writer = Writer(night, token, random.Random(self.dice.random()), start / 2)
        writer.start()
        for _ in range(self.cycles):
            self.cycle(start)
            progress()
        writer.over = True
        writer.join(60)
        return self.judge(writer)

    def time_of_start(self):
        begun = time.monotonic()
        self.night.start()
        if not self.night.ready():
            raise SystemExit("the daemon does not start:\n" + self.night.said())
        took = time.monotonic() - begun
        self.night.stop()
        return took

    def cycle(self, start):
        self.night.start()
        time.sleep(self.dice.uniform(0.005, 0.02 + 2.5 * start))
        if self.dice.random() < 0.1:
            self.night.daemon.send_signal(signal.SIGTERM)
            time.sleep(self.dice.uniform(0, 0.06))
        early = self.night.is_over
        if early and self.night.daemon.returncode not in (0, -signal.SIGTERM):
            self.deaths += 1
        said = self.night.said()
        words = ["ready", "rules-loaded", "started"]
        self.stages["stopping" if "[stopping]" in said else next((w for w in words if f"[{w}]" in said), "loading")] += 1
        self.night.kill()

    def judge(self, writer):
        problems, night = [], self.night
        if writer.trouble:
            problems.append(f"the writer stopped: {writer.trouble}")
        if self.deaths:
            problems.append(f"{self.deaths} daemons ended by themselves")
        night.start()
        if not night.ready(60) or not night.rest(120):
            problems.append("not at rest after the last start: " + night.said()[-400:])
        if (code := night.stop()) != 0:
            problems.append(f"SIGTERM ended it with {code}")
        night.finish()
        found, figures = night.check()
        figures.update(writer.counts, **{f"killed {stage}": count for stage, count in self.stages.items()})
        return problems + found, figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--round", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    sizes = [min(options.round, options.cycles - n) for n in range(0, options.cycles, options.round)]
    print(f"{options.cycles} cycles in {len(sizes)} rounds, seed {options.seed}", flush=True)
    began, lock, done, sums, failed = time.monotonic(), threading.Lock(), [0], collections.Counter(), 0

    def progress():
        with lock:
            done[0] += 1
            if done[0] % 250 == 0:
                each = (time.monotonic() - began) / done[0]
                print(f"{done[0]} cycles, {each * 1000:.0f} ms each, {each * (options.cycles - done[0]):.0f} s left", flush=True)

    def play(number, cycles):
        stage = Round(number, cycles, f"{options.seed}-{number}")
        try:
            problems, figures = stage.run(progress)
        except Exception as problem:
            problems, figures = [f"{type(problem).__name__}: {problem}"], {}
        if problems and options.keep:
            problems.append(f"kept {stage.night.folder}")
            stage.night.kill()
        else:
            stage.night.remove()
        return problems, figures

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for number, run in enumerate([pool.submit(play, n, size) for n, size in enumerate(sizes)]):
            problems, figures = run.result()
            sums.update(figures)
            failed += bool(problems)
            for problem in problems:
                print(f"FAIL round {number}: {problem}"[:1500], flush=True)
    print(", ".join(f"{count} {name}" for name, count in sums.items()))
    print(f"{options.cycles} kills in {time.monotonic() - began:.0f} s, seed {options.seed}")
    print(f"{len(sizes) - failed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
