"""Show 2: every fault at every receiver: right class, right wait, right end; and nobody waits for a neighbour."""

import statistics, sys, time
from collections import Counter
from datetime import timedelta
from kit import Tally, free_port, get, until
from stage import START, Stage, authority, known_types
from wire import Server
import fault_mail, fault_tables, json, ssl, wire

RULE = """id: ring
when: {created: task}
if: task.id == "T1" || task.id.startsWith("N")
then:
  - notify: {via: [CHANNELS], title: "{{ task.title }}", text: "{{ task.note }}"}
"""
# A step each: what falls to one channel from one step is one notice there.
FALLS = 'id: falls\nwhen: {created: task}\nif: task.id == "T2"\nthen:\n' + "".join(
    f'  - notify: {{via: {name}, title: "{name}"}}\n'
    for name in ("fall-message", "fall-target", "fall-age", "no-fall-age")
)
STEPS = [
    0,
    0.6,
    2,
    6,
    20,
    29,
    31,
    36,
    44,
    46,
    59,
    61,
    66,
    88,
    92,
    118,
    121,
    140,
    200,
    298,
    302,
    400,
    598,
    602,
    800,
    1202,
    2000,
    3590,
    3660,
    5500,
    7300,
    14_000,
    20_000,
    43_000,
    86_300,
    88_200,
    100_000,
    140_000,
    200_000,
    300_000,
    420_000,
    440_000,
    700_000,
]
REQUESTS_AT_DEAD_TARGET = 12


class Table:
    def __init__(self, tally, kinds):
        self.tally, self.stage, self.inward = tally, Stage(extra="admin: ops\n"), Server()
        self.inward.serve = lambda connection: time.sleep(0.2)
        inside = f"http://127.0.0.1:{self.inward.port}/inside"
        self.cases = fault_tables.all_cases(kinds, START.timestamp(), inside)
        self.vendors = {kind: self.stage.vendor(kind) for kind in {*kinds, "webhook"}}
        self.ca, self.outside = authority(), {}
        lines, env = self.channels()
        rules = {
            "a.yaml": RULE.replace("CHANNELS", ", ".join([c.robot for c in self.cases] + list(self.outside))),
            "b.yaml": FALLS,
        }
        self.stage.configure(lines, {**env, "BELLMAN_CA_FILE": str(self.ca.file)}, rules)
        self.stage.tick(START - timedelta(hours=1))

    def channels(self):
        lines, env = "", {}
        for case in self.cases:
            line, more = self.vendors[case.kind].channel(case.robot)
            lines, env = lines + line, {**env, **more}
            vendor = self.vendors[case.kind]
            (vendor.early_scripts if case.early else vendor.scripts)[case.robot] = list(case.script)
            if case.always:
                vendor.always.add(case.robot)
        for robot, extra in (
            ("ops", ""),
            ("spare", ""),
            ("fall-message", ", fallback: spare"),
            ("fall-target", ", fallback: spare"),
            ("fall-age", ", fallback: spare, max_age: 2 hours"),
            ("no-fall-age", ", max_age: 2 hours"),
        ):
            line, more = self.vendors["webhook"].channel(robot, extra="allow_private: true" + extra)
            lines, env = lines + line, {**env, **more}
        hook = self.vendors["webhook"]
        for robot, status in (("fall-message", 400), ("fall-target", 410), ("fall-age", 500), ("no-fall-age", 500)):
            hook.scripts[robot] = [fault_tables.said(status, "{}")]
            hook.always.add(robot)
        lines += self.unreachable(env)
        return lines, env

    def unreachable(self, env):
        """Receivers behind bad TLS, unknown names and closed doors: no request may ever come through."""
        kinds = {
            "tls-good": {},
            "tls-self": {"own": True},
            "tls-name": {"names": "DNS:other.test"},
            "tls-expired": {"dates": ("20190101000000Z", "20200101000000Z")},
            "tls-early": {"dates": ("20380101000000Z", "20390101000000Z")},
            "tls-one": {"oldest": ssl.TLSVersion.TLSv1},
        }
        lines = ""
        for name, how in kinds.items():
            vendor = self.stage.vendor("webhook", tls=self.ca.context(name, **how))
            line, more = vendor.channel(name)
            lines, self.outside[name] = lines + line, vendor
            env.update(more)
        for name, url in (
            ("dns", "https://bellman-test.invalid/hook"),
            ("refused", f"http://127.0.0.1:{free_port()}/hook"),
        ):
            lines += f'  {name}: {{type: webhook, url: "${{env:AT_{name.upper()}}}", allow_private: true}}\n'
            env[f"AT_{name.upper()}"], self.outside[name] = url, None
        return lines

    def play(self):
        self.stage.load("task", [{"id": f"T{n}", "title": "提醒", "note": "话"} for n in (1, 2)])
        for seconds in STEPS:
            begun = time.monotonic()
            done = self.stage.tick(START + timedelta(seconds=seconds))
            took = time.monotonic() - begun
            self.tally.check(
                done.returncode in (0, 3), f"step {seconds}: exit code", (done.returncode, done.both[-300:])
            )
            if seconds == 0:
                print(f"{len(self.cases)} receivers misbehave: the first call took {took:.1f} s", flush=True)
                self.tally.check(took < 45, "the longest answer is waited for less than 45 s", took)
        self.rows = self.stage.rows()

    def judge(self):
        for case in self.cases:
            self.case(case)
        self.admin()
        self.fallbacks()
        self.outer()
        self.tally.equal(self.inward.accepts, 0, "redirects: nobody came to the inner address")

    def case(self, case):
        tally, what = self.tally, case.robot
        seen = self.vendors[case.kind].of(case.robot)
        rows = [r for r in self.rows if r["channel"] == case.robot and r["record"] == "task/T1"]
        if not tally.check(len(rows) == 1 and seen, f"{what}: one delivery, tried", (rows, len(seen))):
            return
        bad = [s.refused for s in seen if s.refused and not case.early]
        tally.equal(bad, [], f"{what}: what came was well formed")
        tries = self.stage.attempts(rows[0]["id"])
        tally.check(tries and tries[0][1] in case.verdict, f"{what}: class {case.verdict}", tries[:1])
        self.end(case, rows[0], seen, what)
        again = tries and tries[0][1] in fault_tables.AGAIN
        if (
            len(seen) > 1
            and again
            and case.verdict <= fault_tables.AGAIN | fault_tables.DELIVERED
            and case.name != "parse"
        ):
            self.wait(case, seen, what)
        if case.kind == "webhook":
            ids = {s.request.headers.get("webhook-id") for s in seen}
            tally.equal(len(ids), 1, f"{what}: one webhook-id")

    def end(self, case, row, seen, what):
        tally = self.tally
        if case.verdict <= fault_tables.MESSAGE:
            tally.equal(row["state"], "dead", f"{what}: end")
            tally.check(len(seen) <= 2, f"{what}: not tried over and over", len(seen))
        elif case.always:
            tally.check(row["state"] == "dead", f"{what}: end", row["state"])
            tally.check(len(seen) <= REQUESTS_AT_DEAD_TARGET, f"{what}: a dead target is left alone", len(seen))
        else:
            tally.equal(row["state"], "sent", f"{what}: end")
            delivered = fault_tables.DELIVERED
            most = 1 if case.verdict == delivered else 2
            tally.check(len(seen) <= most and (len(seen) == 2 or case.verdict & delivered), f"{what}: tries", len(seen))

    def wait(self, case, seen, what):
        """The second try came at one step and not at the step before."""
        second = round(seen[1].clock - START.timestamp(), 3)
        step = min(STEPS, key=lambda s: abs(s - second))
        before = STEPS[max(0, STEPS.index(step) - 1)]
        low, high = case.wait
        self.tally.check(step >= low and before < high, f"{what}: second try after {low} to {high} s", (before, step))

    def admin(self):
        words = [s.fact for s in self.vendors["webhook"].of("ops") if s.fact]
        text = json.dumps(words, ensure_ascii=False)
        for case in self.cases:
            if case.verdict == fault_tables.TARGET:
                told = sum(f"{case.robot} 已停用" in json.dumps(w, ensure_ascii=False) for w in words)
                self.tally.equal(told, 1, f"{case.robot}: the admin channel was told once")
        print(f"the admin channel got {len(words)} messages of {len(text)} characters")

    def fallbacks(self):
        spare = self.vendors["webhook"].of("spare")
        self.tally.equal(len(spare), 3, "fallback: three notices came to the spare channel")
        at = sorted(round(s.clock - START.timestamp()) for s in spare)
        self.tally.check(len(at) > 1 and at[1] <= 0, "fallback: permanent failures go there at once", at)
        self.tally.check(at[-1:] and 300 <= at[-1] <= 7300, "fallback: before the end of max_age the third", at)
        states = {r["channel"]: r["state"] for r in self.rows if r["record"] == "task/T2" and r["channel"] != "spare"}
        self.tally.equal(
            states,
            {"fall-message": "dropped", "fall-target": "dropped", "fall-age": "dropped", "no-fall-age": "dead"},
            "fallback: states",
        )
        tries = self.vendors["webhook"].of("no-fall-age")
        late = [s for s in tries if s.clock - START.timestamp() > 7200 + 60]
        self.tally.check(
            not late and len(tries) >= 3,
            "max_age: no try after two hours",
            [s.clock - START.timestamp() for s in tries],
        )

    def outer(self):
        for name, vendor in self.outside.items():
            row = next(r for r in self.rows if r["channel"] == name)
            tries = self.stage.attempts(row["id"])
            if name == "tls-good":
                self.tally.check(
                    row["state"] == "sent" and len(vendor.seen) == 1, "good TLS is taken", (row, tries[:2])
                )
                continue
            if vendor:
                self.tally.equal(len(vendor.seen), 0, f"{name}: no request came through")
            verdicts = {t[1] for t in tries}
            self.tally.check(
                verdicts and verdicts <= (fault_tables.TRANSIENT | fault_tables.TARGET), f"{name}: class", tries[:2]
            )
            self.tally.check(row["state"] == "dead", f"{name}: end", row["state"])
            self.tally.check(tries and tries[0][2], f"{name}: the try says why", tries[:1])
            print(f"{name}: {tries[0][1] if tries else ''}: {tries[0][2] if tries else ''}")


def table(tally):
    play = Table(tally, known_types())
    play.play()
    play.judge()
    counts = Counter(case.kind for case in play.cases)
    print("cases: " + ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items())))
    play.stage.end(keep=tally.failed and "--keep" in sys.argv)


# A hanging receiver beside a good one


def poison(tally):
    """A message that is always answered 500 does not stop those after it."""
    stage = Stage()
    hook = stage.vendor("webhook")
    line, env = hook.channel("good", extra="allow_private: true")
    stage.configure(line, env, {"a.yaml": RULE.replace("CHANNELS", "good")})
    hook.scripts["good"], usual = [], hook.success
    hook.success = lambda robot, fact: fault_tables.said(500, "{}") if "毒" in fact["title"] else usual(robot, fact)
    stage.tick(START)
    for n in range(6):
        stage.load("task", [{"id": f"N{n}", "title": "毒" if n == 0 else f"好{n}"}])
        stage.tick(START + timedelta(minutes=n + 1))
    for hours in (2, 10, 50):
        stage.tick(START + timedelta(hours=hours))
    states = {r["title"]: r["state"] for r in stage.rows()}
    tally.equal(
        states, {"毒": "waiting", **{f"好{n}": "sent" for n in range(1, 6)}}, "a poisoned message blocks nobody"
    )
    stage.end()


class Neighbours:
    """A live daemon with one good channel and, beside it, as many bad ones as asked, each at a host of its own or all
    at the good one's."""

    def __init__(self, bad, script, same_host=False):
        self.stage, self.port, self.arrived = Stage(extra=f"listen: 127.0.0.1:{(port := free_port())}\n"), port, {}
        hook, lines, env = self.stage.vendor("webhook"), "", {}
        usual = hook.success

        def note(robot, fact):
            if robot == "good":
                self.arrived[fact["title"]] = time.monotonic()
            return usual(robot, fact)

        hook.success = note
        for robot in ["good"] + [f"bad{n}" for n in range(bad)]:
            place = hook if robot == "good" or same_host else self.stage.vendor("webhook")
            place.clock = time.time
            line, more = place.channel(robot, extra="allow_private: true, limit: 60000 per minute")
            lines, env = lines + line, {**env, **more}
            if robot != "good":
                place.scripts[robot] = [script]
                place.always.add(robot)
        names = ["good"] + [f"bad{n}" for n in range(bad)]
        self.stage.configure(lines, env, {"a.yaml": RULE.replace("CHANNELS", ", ".join(names))})
        self.stage.box.must("run", "--once")
        self.token = self.stage.box.must("token", "create", "--role", "admin").out.split()[-1]
        self.daemon = self.stage.box.start()
        until(self.up, 20)

    def up(self):
        try:
            return get(f"http://127.0.0.1:{self.port}/healthz")[0] == 200
        except OSError:
            return False

    def send(self, name):
        begun = time.monotonic()
        get(
            f"http://127.0.0.1:{self.port}/v1/records/task",
            self.token,
            json.dumps({"id": name, "title": name}).encode(),
        )
        until(lambda: name in self.arrived, 20, 0.001)
        return self.arrived.get(name, begun + 20) - begun

    def end(self):
        self.daemon.terminate()
        code = self.daemon.wait(timeout=60)
        self.stage.end()
        return code


def measure(plays, rounds, each):
    """Notices one after the other, the plays taking turns, so that the machine's own noise falls on all alike."""
    times = {name: [] for name in plays}
    for turn in range(rounds):
        for name, play in plays.items():
            times[name] += [play.send(f"N{turn}-{n}") for n in range(each)]
    return times


def neighbours(tally, rounds=12, each=12):
    """The same daemon with a neighbour that answers, that is silent, that drips: what the good channel feels of it."""
    plays = {
        "answering": Neighbours(1, fault_tables.said(200, "{}")),
        "silent": Neighbours(1, wire.never),
        "dripping": Neighbours(1, wire.slow_body),
    }
    for play in plays.values():
        for n in range(5):
            play.send(f"Nwarm{n}")
    times = measure(plays, rounds, each)
    base = statistics.median(times["answering"])
    for name, all_times in times.items():
        ratio, ordered = statistics.median(all_times) / base, sorted(all_times)
        print(
            f"{name} neighbour: {len(all_times)} notices, total {sum(all_times):.2f} s, median {base * ratio * 1000:.1f} ms, "
            f"ratio {ratio:.2f}, 95 % {ordered[int(len(ordered) * 0.95)] * 1000:.1f} ms, longest {ordered[-1]:.2f} s",
            flush=True,
        )
        tally.check(ratio < 1.10, f"{name} neighbour: the good channel is less than 10 % slower", ratio)
        tally.check(max(all_times) < 5, f"{name} neighbour: no notice waits", max(all_times))
    for name, play in plays.items():
        tally.equal(play.end(), 0, f"{name}: SIGTERM ends the daemon well")


def crowds(tally, notices=80):
    """Many neighbours, and many of their requests under way: the good channel still goes on at once."""
    plays = {
        "1 silent at the same host": lambda: Neighbours(1, wire.never, same_host=True),
        "3 dripping at the same host": lambda: Neighbours(3, wire.slow_body, same_host=True),
        "20 silent": lambda: Neighbours(20, wire.never),
        "50 silent": lambda: Neighbours(50, wire.never),
    }
    for name, make in plays.items():
        play, times = make(), []
        for n in range(notices):
            times.append(play.send(f"N{n}"))
            if times[-1] > 5:
                break
        under_way = sum(v.server.accepts for v in play.stage.vendors)
        print(
            f"{name}: {len(times)} notices, median {statistics.median(times) * 1000:.1f} ms, longest {max(times):.2f} s, "
            f"{under_way} connections",
            flush=True,
        )
        tally.check(max(times) < 5, f"{name}: no notice waits for them (number {len(times)})", max(times))
        begun = time.monotonic()
        tally.equal(play.end(), 0, f"{name}: SIGTERM ends the daemon well")
        print(f"{name}: the end took {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    tally = Tally()
    parts = {"table": table, "mail": fault_mail.mail, "poison": poison, "neighbours": neighbours, "crowds": crowds}
    for name, part in parts.items():
        if not set(sys.argv[1:]) & set(parts) or name in sys.argv[1:]:
            print(f"-- {name}", flush=True)
            part(tally)
    tally.end()
