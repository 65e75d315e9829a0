"""Show 3: 300 notices at once for one DingTalk robot that shuts out whoever sends more than 20 a minute."""

import re, sys, time
from collections import Counter
from datetime import timedelta
from kit import Tally, free_port, until
from stage import START, Stage

COUNT, LIMIT, BLOCK = 300, 20, 600
READABLE = 100  # notices in one message at most
# rule id, condition, step options, rank (the lowest leaves first)
LEVELS = [
    ("urgent", "task.priority == 1", "", 0),
    ("high", "task.priority == 2", ", priority: high", 1),
    ("normal", "task.priority == 3", "", 2),
    ("low", "task.priority == 4", ", priority: low", 3),
]


def rules(name):
    return "".join(
        f"""- id: {id}
  when: {{created: task}}
  if: {condition}
{"  urgent: true" if id == "urgent" else "  enabled: true"}
  then:
    - notify: {{via: {name}, to: task.assignee, title: "{{{{ task.title }}}}", text: "{{{{ task.note }}}}"{options}}}
"""
        for id, condition, options, _ in LEVELS
    )


def tasks():
    """Mixed on purpose: the urgent ones are spread over the whole list."""
    return [
        {
            "id": f"K{n:03}",
            "title": f"事项{n:03}号",
            "note": f"说明{n:03}",
            "assignee": f"p{n % 7}",
            "priority": 1 if n % 29 == 0 else 2 if n % 7 == 0 else 4 if n % 3 == 0 else 3,
        }
        for n in range(COUNT)
    ]


def prepare():
    stage = Stage(extra=f"listen: 127.0.0.1:{free_port()}\n")
    robot = stage.vendor("dingtalk")
    robot.limits["room"] = (LIMIT, 60, BLOCK)
    line, env = robot.channel("room")
    stage.configure(line, env, {"levels.yaml": rules("room")})
    stage.load("member", [{"id": f"p{n}", "name": f"同事{n}", "phone": f"1380000000{n}"} for n in range(7)])
    return stage, robot


def judge(tally, what, robot):
    posts = robot.of("room")
    if not tally.check(posts, f"{what}: something arrived"):
        return
    throttled = [p.refused for p in posts if p.refused]
    tally.equal(throttled[:2], [], f"{what}: nothing was throttled or refused")
    clocks = [p.clock for p in posts]
    most = busiest(clocks)
    tally.check(most <= LIMIT, f"{what}: at most {LIMIT} in any minute", most)
    texts = [p.reading.everything for p in posts if p.reading]
    times = Counter(title for text in texts for title in set(re.findall(r"事项\d{3}号", text)))
    wanted = {t["title"] for t in tasks()}
    tally.equal(sorted(wanted - set(times)), [], f"{what}: every notice is seen")
    tally.equal([t for t, n in times.items() if n > 1], [], f"{what}: in one message only")
    order(tally, what, texts)
    readable(tally, what, texts)
    spread = clocks[-1] - clocks[0]
    print(
        f"{what}: {len(posts)} messages in {spread:.0f} s, at most {most} a minute, {Counter(text.count('号') for text in texts)}"
        f" lines with a title in a message"
    )


def busiest(clocks):
    """The most messages in any sixty seconds."""
    return max((sum(1 for c in clocks if t - 60 < c <= t) for t in clocks), default=0)


def order(tally, what, texts):
    """Inside a message and from message to message the more urgent stand first."""
    rank = {t["title"]: t["priority"] for t in tasks()}
    ranks = [[rank[title] for title in re.findall(r"事项\d{3}号", text)] for text in texts]
    tally.check(all(r == sorted(r) for r in ranks), f"{what}: most urgent first inside a message", ranks[:3])
    whole = [r for part in ranks for r in part]
    turned = sum(1 for a, b in zip(whole, whole[1:]) if b < a)
    tally.check(turned == 0, f"{what}: most urgent first from message to message", (turned, whole[:80]))


def readable(tally, what, texts):
    tally.check(len(texts) <= 40, f"{what}: people are not flooded", len(texts))
    tally.check(all(text.count("号") <= 2 * READABLE for text in texts), f"{what}: no endless message")
    tally.check(all(max(map(len, text.split("\n"))) < 400 for text in texts), f"{what}: a line for each")


def stepping(tally):
    stage, robot = prepare()
    stage.tick(START - timedelta(minutes=5))
    stage.load("task", tasks())
    for step in range(0, 1800, 10):
        done = stage.tick(START + timedelta(seconds=step))
        if done.returncode == 0:
            break
    tally.equal(done.returncode, 0, f"stepping: nothing is left over after {step} s")
    judge(tally, "stepping", robot)
    states = Counter(r["state"] for r in stage.rows())
    tally.equal(states, Counter(sent=COUNT), "stepping: all are sent")
    stage.end(keep=tally.failed and "--keep" in sys.argv)


def live(tally, limit=400):
    stage, robot = prepare()
    robot.clock = time.time
    stage.box.must("run", "--once")
    daemon = stage.box.start()
    time.sleep(1)
    stage.load("task", tasks())
    titles = {t["title"] for t in tasks()}
    took = until(
        lambda: (
            titles
            <= set(re.findall(r"事项\d{3}号", "".join(p.reading.everything for p in robot.of("room") if p.reading)))
        ),
        limit,
        0.5,
    )
    tally.check(took is not None, f"live: {stage.box.log()[-300:] if took is None else ''} all arrived within {limit} s", len(robot.of("room")))
    print(f"live: all 300 were seen {took or -1:.1f} s after the import")
    daemon.terminate()
    tally.equal(daemon.wait(timeout=40), 0, "live: SIGTERM ends the daemon well")
    judge(tally, "live", robot)
    stage.end(keep=tally.failed and "--keep" in sys.argv)


def trickle(tally):
    """The same number one by one, faster than the robot takes them: the pace holds, then what waits leaves together."""
    stage, robot = prepare()
    stage.tick(START - timedelta(minutes=5))
    rows = tasks()[:120]
    for n, row in enumerate(rows):
        stage.load("task", [row])
        done = stage.tick(START + timedelta(seconds=n))
    for step in range(120, 1800, 5):
        if done.returncode == 0:
            break
        done = stage.tick(START + timedelta(seconds=step))
    tally.equal(done.returncode, 0, f"trickle: nothing is left over after {step} s")
    posts = robot.of("room")
    tally.equal([p.refused for p in posts if p.refused][:2], [], "trickle: nothing was throttled")
    text = "\n".join(p.reading.everything for p in posts if p.reading)
    seen = Counter(re.findall(r"事项\d{3}号", text))
    tally.equal(sorted({r["title"] for r in rows} - set(seen)), [], "trickle: every notice is seen")
    clocks = [p.clock for p in posts]
    most = busiest(clocks)
    tally.check(most <= LIMIT, f"trickle: at most {LIMIT} in any minute", most)
    print(
        f"trickle: 120 notices in 120 s left as {len(posts)} messages within {clocks[-1] - clocks[0]:.0f} s, at most {most} a minute"
    )
    stage.end()


if __name__ == "__main__":
    tally = Tally()
    for part in (stepping, trickle, live):
        if part.__name__ in sys.argv[1:] or not set(sys.argv[1:]) & {"stepping", "trickle", "live"}:
            part(tally)
    tally.end()
