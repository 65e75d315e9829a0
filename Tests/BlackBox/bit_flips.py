#!/usr/bin/env python3
"""Single flipped bits over database and log: each is found by `doctor`, or everything reads back as it was.

    bit_flips.py [flips] [seed]
"""
import concurrent.futures, datetime, json, os, random, shutil, signal, sqlite3, sys, tempfile, time
from collections import Counter
from pathlib import Path
from kit import Box, HTTPReceiver, Tally, until

FLIPS = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
WORKERS = int(os.environ.get("WORKERS", "2"))
RULES = """
- id: started
  when: {changes: task.status, to: 进行中}
  then:
    - notify: {via: hook, to: task.assignee, title: "{{ task.title }}"}
- id: due
  when: {before: task.due, by: [30 days, 3 days]}
  then:
    - notify: {via: hook, to: task.assignee, title: "{{ task.title }}"}
    - {wait: 3 days, notify: {via: hook, title: "again {{ task.title }}"}}
- id: crowded
  when: {while: records.size() > 3}
  select: task
  where: task.status == "进行中"
  group: task.assignee
  then:
    - notify: {via: hook, to: group, title: "many"}
"""
CORE = ["ledger", "outbox", "outbox_notice", "record", "journal", "attempt", "act", "step", "level", "progress", "armed", "acknowledgement", "silence", "invitation"]


def configuration(port):
    return f"""
language: en
timezone: Asia/Shanghai
listen: 127.0.0.1:0
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{port}/in", allow_private: true, limit: 60000 per minute}}
"""


def make(base):
    """A store with a history, half of it still in the log, as a kill leaves it."""
    receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
    box = Box(configuration(receiver.port), {"all.yaml": RULES})
    today = datetime.date.today()
    people = [f"m{n}" for n in range(8)]
    box.write("members.csv", "id,name,email\n" + "".join(f"{p},人{p},{p}@example.com\n" for p in people))
    box.must("import", "members.csv", "--kind", "member")
    for half in range(2):
        daemon = box.start()
        until(lambda: box.log().count('ready') > half or box.log().count("http://") > half, 20)
        for wave in range(6):
            rows = [f"T{n},任务 {n} 波 {half}-{wave},{'进行中' if (n + wave) % 2 else '待办'},"
                    f"{today + datetime.timedelta(days=(n + wave) % 40)},{people[n % 8]}\n" for n in range(60)]
            box.write("tasks.csv", "id,title,status,due,assignee\n" + "".join(rows))
            box.must("import", "tasks.csv", "--kind", "task")
        time.sleep(4)
        if half == 0:
            daemon.terminate()
            daemon.wait(30)
        else:
            daemon.send_signal(signal.SIGKILL)
            daemon.wait(10)
    receiver.stop()
    base.mkdir(parents=True, exist_ok=True)
    for name in ["bellman.yaml", "bellman.db", "bellman.db-wal", "bellman.db.mark", "bellman.db.key"]:
        if (box.folder / name).exists():
            shutil.copy2(box.folder / name, base / name)
    for extra in box.folder.glob("bellman.db.*"):
        if extra.suffix not in (".lock", ".sock") and extra.is_file():
            shutil.copy2(extra, base / extra.name)
    shutil.copytree(box.folder / "rules", base / "rules")
    box.remove()


def dump(folder):
    """Every table as rows, read by another program."""
    link = sqlite3.connect(folder / "bellman.db")
    link.text_factory = bytes
    try:
        names = [n.decode() for (n,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        found = {name: sorted(link.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}
        found["sqlite_master"] = link.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        return found
    finally:
        link.close()


def bellman(folder, *arguments):
    import subprocess
    from kit import BINARY
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "NO_COLOR": "1"}
    return subprocess.run([BINARY, *arguments], cwd=folder, env=environment, capture_output=True, timeout=120)


def findings(done):
    """What `doctor` holds against the store, or how the store was refused."""
    try:
        rows = json.loads(done.stdout)
    except ValueError:
        return ["refused: " + done.stderr.decode(errors="replace").strip()[:160]] if done.returncode else []
    return [f"{r['subject']}: {r['finding'][:120]}" for r in rows if r["state"] == "bad"]


def flipped(base, work, name, bit):
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(base, work)
    with open(work / name, "r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ (1 << (bit % 8))]))


def one(job):
    base, work, name, bit, whole = job
    flipped(base, work, name, bit)
    found = findings(bellman(work, "doctor", "--format", "json"))
    rings = None
    if found and whole is not None and bit % 10 == 0:
        flipped(base, work, name, bit)
        rings = bellman(work, "run", "--once").returncode
    if found:
        shutil.rmtree(work, ignore_errors=True)
        return name, bit, "found", found[0], rings
    flipped(base, work, name, bit)
    try:
        seen = dump(work)
    except Exception as problem:
        seen = {"error": repr(problem)}
    shutil.rmtree(work, ignore_errors=True)
    different = [t for t in sorted(set(whole) | set(seen)) if whole.get(t) != seen.get(t)]
    if not different:
        return name, bit, "harmless", "", rings
    return name, bit, "missed" if set(different) & set(CORE + ["error"]) else "other", ",".join(different), rings


def kind(words):
    for sign, name in [("integrity", "integrity_check"), ("damaged", "SQLite or its header"), ("is not what was written", "row hash"),
                       ("knew what it does not", "mark"), ("names another rule", "row hash"), ("gone, before", "row hash"),
                       ("not a Bellman store", "header"), ("refused", "refused at opening")]:
        if sign in words:
            return name
    return words.split(":")[0]


def main():
    tally, dice = Tally(), random.Random(SEED)
    root = Path(tempfile.mkdtemp(prefix="bellman-flips-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    base = root / "base"
    make(base)
    copy = root / "copy"
    shutil.copytree(base, copy)
    well = bellman(copy, "doctor", "--format", "json")
    tally.equal(findings(well), [], "nothing is held against the unharmed store")
    shutil.rmtree(copy)
    shutil.copytree(base, copy)
    whole = dump(copy)
    sizes = {name: (base / name).stat().st_size for name in ["bellman.db", "bellman.db-wal"]}
    print(f"seed {SEED}, database {sizes['bellman.db'] >> 10} kB, log {sizes['bellman.db-wal'] >> 10} kB,",
          {name: len(rows) for name, rows in whole.items() if name in CORE}, flush=True)
    tally.check(sizes["bellman.db-wal"] > 0, "the kill left a log")
    jobs = []
    for number in range(FLIPS):
        name = "bellman.db" if number % 2 else "bellman.db-wal"
        jobs.append((base, root / f"w{number}", name, dice.randrange(sizes[name] * 8), whole))
    began, results = time.monotonic(), []
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for result in pool.map(one, jobs):
            results.append(result)
            if len(results) % 200 == 0:
                print(len(results), dict(Counter((r[0], r[2]) for r in results)), flush=True)
    for name in sizes:
        count = Counter(r[2] for r in results if r[0] == name)
        how = Counter(kind(r[3]) for r in results if r[0] == name and r[2] == "found")
        print(f"{name}: {dict(count)}; found by {dict(how)}")
    missed = [r for r in results if r[2] == "missed"]
    others = Counter(r[3] for r in results if r[2] == "other")
    tally.equal(missed[:5], [], f"no flip changed the ledger, a notice or a record unseen ({len(missed)} did)")
    # A kind's shape that reads otherwise has the search tables made anew when the store is opened.
    print("in other tables, unseen:", dict(others))
    rang = [r for r in results if r[4] not in (None, 1)]
    tally.equal(rang[:3], [], "run --once refuses what doctor finds")
    print(f"{len(results)} flips in {time.monotonic() - began:.0f} s")
    shutil.rmtree(root, ignore_errors=True)
    tally.end()


main()
