#!/usr/bin/env python3
"""The disk, the kernel and other processes against the running daemon: what it does meanwhile, what its people see, and
that it goes on by itself. `hard_times.py [part …]` runs only those parts.

It starts itself again in new user and mount namespaces (unshare -Urm), where a full disk is one small tmpfs. Single
system calls are made to fail by strace, attached to the daemon and taken off again; nothing of the machine is touched.
Clocks that jump have a script of their own, clock.py; kill -9 has kill_driver.py."""
import json, os, re, resource, shutil, signal, sqlite3, subprocess, sys, threading, time, urllib.error, urllib.request
from pathlib import Path
from kit import BINARY, Box, HTTPReceiver, Tally, free_port, get, read_store, until

INSIDE = "BELLMAN_HARD_TIMES_INSIDE"
RULES = {
    "new.yaml": """id: new-task
when: {created: task}
then:
  - notify: {via: hook, title: "NEW {{ task.title }}"}
""",
    "due.yaml": """id: due
when: {before: task.due, by: 0 minutes}
then:
  - notify: {via: hook, title: "DUE {{ task.title }}"}
""",
}
CONFIG = """timezone: Asia/Shanghai
language: en
listen: 127.0.0.1:{port}
log: json debug
store: sqlite:data/bellman.db
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{hook}/hook", allow_private: true, limit: 60000 per minute}}
admin: hook
"""


def enter():
    """Runs this file again inside the namespaces, or says why that cannot be."""
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True).returncode:
        print("skipped: this machine gives no namespaces (unshare -Urm)")
        sys.exit(0)
    command = ["unshare", "-Urm", sys.executable, __file__] + sys.argv[1:]
    sys.exit(subprocess.run(command, env={**os.environ, INSIDE: "1"}).returncode)


class Stage:
    """A daemon whose store has a folder, and where that is wanted a disk, of its own."""

    def __init__(self, disk=None, answer=None):
        self.receiver = HTTPReceiver(answer or (lambda path, headers, body: (200, "{}")))
        self.port = free_port()
        self.box = Box(CONFIG.format(port=self.port, hook=self.receiver.port), RULES)
        self.data = self.box.folder / "data"
        self.data.mkdir()
        self.store = self.data / "bellman.db"
        self.mounts = []
        if disk:
            self.mount("-t", "tmpfs", "-o", f"size={disk}", "tmpfs", str(self.data))
        self.daemon, self.token, self.number = None, None, 0

    def mount(self, *arguments):
        subprocess.run(["mount", *arguments], check=True, timeout=20)
        self.mounts.append(arguments[-1])

    def start(self, wait=True, **options):
        """`options` go to Popen; `wait` until it is ready or has ended."""
        log = open(self.box.folder / "daemon.log", "ab")
        seen = len(self.box.log())
        command = options.pop("command", [BINARY, "run"])
        self.daemon = subprocess.Popen(command, cwd=self.box.folder, env=self.box.env, stdout=log, stderr=log, **options)
        if wait:
            until(lambda: '"ready"' in self.box.log()[seen:] or self.daemon.poll() is not None, 30)
            if self.daemon.poll() is not None:
                raise SystemExit(f"the daemon did not start: {self.box.log()[-2000:]}")
        return self

    def stop(self):
        if self.daemon and self.daemon.poll() is None:
            self.daemon.terminate()
            self.daemon.wait(60)
        self.daemon = None

    def end(self):
        self.stop()
        self.receiver.stop()
        for place in reversed(self.mounts):
            subprocess.run(["umount", "-l", place], timeout=20)
        self.box.remove()

    # What people do.

    def admit(self):
        """A token of the API, from now on used with every call."""
        self.token = self.box.must("token", "create", "--role", "admin").out.split()[-1]
        return self

    def tasks(self, count, due=None):
        """So many new tasks in one file, due in `due` seconds; their titles."""
        when = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + due)) if due is not None else ""
        names = [f"T{self.number + n}" for n in range(count)]
        self.number += count
        self.box.write("tasks.csv", "id,title,due\n" + "".join(f"{n},{n},{when}\n" for n in names))
        done = self.box.run("import", "tasks.csv", "--kind", "task")
        return names if done.returncode == 0 else done

    def grow(self, seconds):
        """One task that is due then, by a command."""
        return self.tasks(1, seconds)

    def api(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def kill(self):
        self.daemon.kill()
        self.daemon.wait(20)

    # What can be seen.

    def ready(self):
        try:
            return self.api("GET", "/readyz")[0]
        except OSError:
            return None

    def reasons(self):
        return self.api("GET", "/v1/health")[1]

    def titles(self):
        notices = [json.loads(body) for _, _, body, _ in list(self.receiver.posts)]
        return [title for n in notices for title in [n.get("title", "")] + [m.get("title", "") for m in n.get("notices", [])]]

    def raw(self, part):
        """Posts with these words anywhere."""
        return [body for _, _, body, _ in list(self.receiver.posts) if part.encode() in body]

    def told(self, part):
        return [title for title in self.titles() if part in title]

    def events(self, code):
        return [line for line in self.box.log().splitlines() if f'"{code}"' in line]

    def rows(self, text):
        return read_store(self.store, text)

    def rang_once(self, tally, names, words, prefix="DUE"):
        """Every one rang, each under one id; a repeat under that id is what a lost acknowledgement costs."""
        wanted = {f"{prefix} {name}" for name in names}

        def here():
            notices = [json.loads(body) for _, _, body, _ in list(self.receiver.posts)]
            return {(n["title"], n["id"]) for n in notices if n.get("title") in wanted}

        until(lambda: len({title for title, _ in here()}) >= len(wanted), 30)
        time.sleep(0.3)
        tally.equal(sorted(title for title, _ in here()), sorted(wanted), f"{words}: each rings once")


class Failing:
    """System calls of the daemon fail while this lasts, as `strace -e inject` says it."""

    def __init__(self, stage, *faults, path=None):
        calls = ",".join(dict.fromkeys(call for fault in faults for call in fault.split(":")[0].split(",")))
        command = ["strace", "-f", "-qq", "-o", str(stage.box.folder / "strace.log"), "-p", str(stage.daemon.pid)]
        command += ["-e", f"trace={calls}"]
        for fault in faults:
            command += ["-e", f"inject={fault}"]
        for one in path or []:
            command += ["-P", str(one)]
        self.command, self.stage = command, stage

    def __enter__(self):
        self.tracer = subprocess.Popen(self.command, stderr=subprocess.PIPE)
        threads = lambda: [open(p / "status").read() for p in Path(f"/proc/{self.stage.daemon.pid}/task").iterdir()]
        until(lambda: all("TracerPid:\t0" not in text for text in threads()), 10)
        return self

    def hits(self):
        log = self.stage.box.folder / "strace.log"
        return log.read_text(errors="replace").count("(INJECTED)") if log.exists() else 0

    def __exit__(self, *_):
        self.tracer.send_signal(signal.SIGINT)
        self.tracer.wait(20)


def processor_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def fill(path):
    """To the last block."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(file, b"x" * 4096)
    except OSError:
        os.close(file)


def refused(tally, stage, words, names, reason, told=20):
    """While the store refuses: nothing rings, the pages are there, and everybody who asks is told why."""
    tally.check(until(lambda: stage.ready() == 503, 70) is not None, f"{words}: not ready", stage.box.log()[-600:])
    tally.check(re.search(reason, stage.reasons()), f"{words}: the health report says why", stage.reasons())
    tally.equal(stage.api("GET", "/healthz")[0], 200, f"{words}: alive")
    tally.equal(stage.api("GET", "/")[0], 200, f"{words}: the dashboard is served")
    tally.equal([t for t in stage.told("DUE") if t[4:] in names], [], f"{words}: nothing rings")
    tally.equal(stage.box.run("status").returncode, 0, f"{words}: bellman status answers")
    tally.check(not told or until(lambda: stage.raw("Bellman cannot use its store"), told) is not None, f"{words}: the admin channel is told past the store",
                [p[2][:300] for p in stage.receiver.posts[-3:]])
    spent = processor_seconds(stage.daemon.pid)
    time.sleep(2)
    spent = processor_seconds(stage.daemon.pid) - spent
    tally.check(spent < 0.5, f"{words}: it does not spin", spent)
    tally.check(1 <= len(stage.events("tick-failed")) <= 6, f"{words}: said in the log, and not again and again", len(stage.events("tick-failed")))


def mended(tally, stage, words, names):
    """By itself, within a minute."""
    took = until(lambda: len([t for t in stage.told("DUE") if t[4:] in names]) >= len(names), 75)
    tally.check(took is not None, f"{words}: it goes on by itself", stage.box.log()[-800:])
    stage.rang_once(tally, names, words)
    tally.equal(stage.ready(), 200, f"{words}: ready again")
    tally.check(stage.events("store-mended"), f"{words}: the log says that it works again")
    tally.equal(stage.rows("PRAGMA integrity_check"), [("ok",)], f"{words}: the store is sound")
    due = stage.rows("SELECT subject, count(*) FROM ledger WHERE rule = 'due' GROUP BY 1 HAVING count(*) > 1")
    tally.equal(due, [], f"{words}: one decision each")


def full(tally):
    """A4, A5: no room at all, then room again."""
    stage = Stage(disk="6m").start().admit()
    reserve = Path(f"{stage.store}.reserve")
    tally.check(until(reserve.exists, 10) is not None and reserve.stat().st_blocks * 512 >= 1 << 20, "a reserve is kept")
    first = stage.tasks(20, due=4)
    stage.rang_once(tally, first, "with room", "NEW")
    fill(stage.data / "filler")
    stage.rang_once(tally, first, "full: on the reserve")
    tally.check(stage.events("reserve-used"), "full: the log says so")
    tally.check(not reserve.exists(), "full: the reserve is given up")
    tally.check(until(lambda: stage.raw("The disk is full"), 130) is not None, "full: written down and told", stage.titles()[-4:])
    (stage.data / "filler").unlink()
    tally.check(until(reserve.exists, 70) is not None, "room again: a reserve is kept again")

    second = stage.tasks(20, due=6)
    stage.rang_once(tally, second, "with room", "NEW")
    reserve.unlink()  # another program was quicker
    fill(stage.data / "filler")
    status, words = stage.api("POST", "/v1/records/task", [{"id": "big", "title": "x" * 5_000}])
    tally.check(status in (503, 507) and "full" in words, "full: a write is refused in words", (status, words))
    refused(tally, stage, "full without a reserve", second, "is full")
    (stage.data / "filler").unlink()
    mended(tally, stage, "room again", second)
    tally.check(until(lambda: stage.raw("The store works again"), 20) is not None, "and told", stage.titles()[-3:])

    # A start on a full disk: the reserve makes the room that opening takes.
    tally.check(until(reserve.exists, 70) is not None, "a reserve is kept for the start")
    stage.kill()
    for name in ("-shm",):
        Path(f"{stage.store}{name}").unlink(missing_ok=True)
    fill(stage.data / "filler")
    stage.start()
    tally.equal(stage.ready(), 200, "a start on a full disk: served")
    (stage.data / "filler").unlink()
    stage.end()


def readonly(tally):
    """A6: a read-only file system before the start and during the run."""
    stage = Stage(disk="8m").start()
    stage.rang_once(tally, stage.tasks(3), "before", "NEW")
    stage.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(stage.data)], check=True)
    done = stage.box.run("run", limit=30)
    tally.check(done.returncode == 1 and "bellman.db" in done.both and "\n" not in done.both.strip().split("error")[-1][:-1],
                "read-only at the start: one sentence that names the file", (done.returncode, done.both))
    subprocess.run(["mount", "-o", "remount,rw", str(stage.data)], check=True)
    stage.start()
    names = stage.tasks(5, due=4)
    stage.rang_once(tally, names, "writable", "NEW")
    with Failing(stage, "pwrite64,ftruncate,fallocate:error=EROFS"):
        refused(tally, stage, "read-only", names, "bellman.db")
    mended(tally, stage, "writable again", names)
    stage.end()


def unlockable(tally):
    """A13: a folder in which files cannot be locked."""
    stage = Stage()
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK", BINARY, "run"]
    done = subprocess.run(command, cwd=stage.box.folder, env=stage.box.env, capture_output=True, text=True, timeout=60)
    tally.check(done.returncode == 1 and "cannot be locked" in done.stderr, "no locks: refused with the reason", (done.returncode, done.stderr))
    stage.end()


def sync(tally):
    """A7: a sync that fails ends the use of the store; the next start goes on from what is really there."""
    for number in (1, 2):  # of each thread: the round's own commit, and one after it
        stage = Stage().start()
        names = stage.tasks(3, due=3)
        stage.rang_once(tally, names, f"sync {number}", "NEW")
        with Failing(stage, f"fdatasync,fsync:error=EIO:when={number}") as failing:
            until(lambda: stage.daemon.poll() is not None or len(stage.told("DUE")) >= 3 and failing.hits(), 30)
            hits = failing.hits()
        words = f"sync {number} fails"
        tally.check(hits >= 1, f"{words}: it did", hits)
        until(lambda: stage.daemon.poll() is not None, 40)
        tally.equal(stage.daemon.poll(), 1, f"{words}: the daemon ends")
        tally.equal(len(stage.events("store-failed")), 1, f"{words}: the log says why")
        tally.check("could not be made durable" in stage.box.log().splitlines()[-1], f"{words}: in one sentence", stage.box.log()[-400:])
        tally.check(stage.raw("could not be made durable"), f"{words}: the admin channel is told past the store")
        writes = [e for e in stage.box.log().split('"store-failed"', 1)[-1].splitlines() if '"tick"' in e]
        tally.equal(writes, [], f"{words}: nothing is decided after it")
        stage.start()
        stage.rang_once(tally, names, f"{words}, started again")
        tally.equal(stage.rows("PRAGMA integrity_check"), [("ok",)], f"{words}: the store is sound")
        stage.end()


CALLS = [
    "pwrite64:error=EINTR:when=1+3", "pread64:error=EINTR:when=1+3", "fdatasync:error=EINTR:when=1", "ftruncate:error=EINTR:when=1+2",
    "pwrite64:error=EAGAIN:when=2+3", "pwrite64:error=EIO:when=1+2", "pread64:error=EIO:when=3+5",
    "openat:error=EMFILE", "openat,socket:error=ENFILE", "socket,accept4,accept:error=EMFILE", "mmap:error=ENOMEM:when=1..4",
    "sendto,sendmsg:error=EAGAIN:when=1+2", "connect:error=EINTR:when=1+2", "poll,ppoll,epoll_wait:error=EINTR:when=1+2",
]


def calls(tally):
    """A8: single system calls fail. Whatever came of it – also an end, which a supervisor mends –, each rings once."""
    ended = []
    for fault in CALLS:
        stage = Stage().start()
        names = stage.tasks(3, due=3)
        stage.rang_once(tally, names, fault, "NEW")
        with Failing(stage, fault) as failing:
            until(lambda: failing.hits() >= 1, 10)
            begun, spent = time.monotonic(), processor_seconds(stage.daemon.pid) if stage.daemon.poll() is None else 0
            time.sleep(4)
            if stage.daemon.poll() is None:
                share = (processor_seconds(stage.daemon.pid) - spent) / (time.monotonic() - begun)
                tally.check(share < 0.7, f"{fault}: it does not spin", share)
        if stage.daemon.poll() is not None:
            ended.append(f"{fault} ({stage.daemon.poll()})")
            stage.start()
        until(lambda: len(stage.told("DUE")) >= 3, 75)
        # A delivery that failed twice waits for minutes: then it must be there, and wait.
        left = stage.rows("SELECT count(*) FROM outbox WHERE channel = 'hook' AND state = 'waiting' AND claim IS NULL")[0][0]
        tally.equal(len(set(stage.told("DUE"))) + left, 3, f"{fault}: each rang, or waits for its next try")
        due = stage.rows("SELECT count(*), count(DISTINCT subject) FROM ledger WHERE rule = 'due' AND outcome LIKE 'fired%'")
        tally.equal(due, [(3, 3)], f"{fault}: one decision each")
        tally.equal(stage.rows("PRAGMA integrity_check"), [("ok",)], f"{fault}: the store is sound")
        stage.end()
    print("ended the daemon:", ", ".join(ended) or "none")


def short(tally):
    """A8: writes that the kernel takes in part only, by a limit of the size of files."""
    stage = Stage().start()
    names = stage.tasks(5, due=4)
    stage.rang_once(tally, names, "no limit", "NEW")
    size = Path(f"{stage.store}-wal").stat().st_size
    soft, hard = resource.prlimit(stage.daemon.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(stage.daemon.pid, resource.RLIMIT_FSIZE, (size + 1_000, hard))
    refused(tally, stage, "writes cut short", names, "bellman.db")
    resource.prlimit(stage.daemon.pid, resource.RLIMIT_FSIZE, (soft, hard))
    mended(tally, stage, "no limit again", names)
    stage.end()


def descriptors(tally):
    """A8: too few file descriptors, from the start and later."""
    for count in (8, 12, 16, 24, 32, 63, 64, 65):
        stage = Stage()
        stage.start(wait=False, command=["sh", "-c", f'ulimit -n {count}; exec "{BINARY}" run'])
        seen = until(lambda: stage.daemon.poll() is not None or '"ready"' in stage.box.log(), 30)
        code = stage.daemon.poll()
        print(f"{count} descriptors: {'runs' if code is None else f'ends with {code}'}", stage.box.log()[-200:] if code is not None else "")
        tally.check(seen is not None and code in (None, 1), f"{count} descriptors: it runs or says why not", (code, stage.box.log()[-500:]))
        tally.check("Fatal" not in stage.box.log(), f"{count} descriptors: no crash", stage.box.log()[-500:])
        tally.check((code is None) == (count >= 64) and (code is None or f"only {count} files" in stage.box.log()),
                    f"{count} descriptors: 64 are enough, fewer are named", (code, stage.box.log()[-300:]))
        stage.end()
    stage = Stage().start()
    names = stage.tasks(5, due=4)
    stage.rang_once(tally, names, "enough descriptors", "NEW")
    soft, hard = resource.prlimit(stage.daemon.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(stage.daemon.pid, resource.RLIMIT_NOFILE, (3, hard))
    for knock in range(20):  # accepting them takes descriptors that are not there
        try:
            socket_to(stage.port)
        except OSError:
            pass
    spent = processor_seconds(stage.daemon.pid)
    time.sleep(8)
    spent = processor_seconds(stage.daemon.pid) - spent
    tally.check(spent < 2, "no descriptors: it does not spin", spent)
    tally.equal(stage.daemon.poll(), None, "no descriptors: it lives")
    resource.prlimit(stage.daemon.pid, resource.RLIMIT_NOFILE, (soft, hard))
    until(lambda: len(stage.told("DUE")) >= 5, 120)
    stage.rang_once(tally, names, "descriptors again")
    tally.equal(stage.ready(), 200, "descriptors again: the server answers")
    stage.end()


def socket_to(port):
    import socket
    one = socket.create_connection(("127.0.0.1", port), timeout=1)
    one.settimeout(0.05)
    KNOCKS.append(one)


KNOCKS = []


def lock(tally):
    """A10: another process holds the write lock for a minute."""
    stage = Stage().start().admit()
    names = stage.tasks(5, due=4)
    stage.rang_once(tally, names, "before the lock", "NEW")
    other = sqlite3.connect(stage.store, isolation_level=None, timeout=20)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    status, words = stage.api("POST", "/v1/records/task", [{"id": "waits", "title": "waits"}])
    tally.check(status == 503 and "another process" in words, "locked: a write is refused in words after its patience", (status, words))
    # Delivery waits for the same lock, so the word may come only once it is given up.
    refused(tally, stage, "locked", names, "another process", told=0)
    time.sleep(max(0, 60 - (time.monotonic() - begun)))
    other.execute("ROLLBACK")
    other.close()
    mended(tally, stage, "lock given up", names)
    tally.check(until(lambda: stage.raw("Bellman cannot use its store"), 30) is not None, "locked: told", stage.titles()[-3:])
    stage.end()


def reader(tally):
    """A11: a reader that does not end keeps the log from being written back."""
    stage = Stage().start()
    log = Path(f"{stage.store}-wal")
    other = sqlite3.connect(stage.store, isolation_level=None, timeout=20)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM ledger").fetchone()
    for _ in range(3):
        stage.tasks(3000)
    tally.check(log.stat().st_size > 6 << 20, "a stuck reader: the log grows", log.stat().st_size)
    os.truncate(log, 300 << 20)  # a hole: as long as hours of it, without their bytes
    names = stage.tasks(1)
    tally.check(until(lambda: stage.raw("The store's log grows"), 130) is not None, "told", stage.titles()[-2:])
    tally.check("log" in stage.box.run("doctor").both and "300 MB" in stage.box.run("doctor").both, "doctor names it", stage.box.run("doctor").both)
    other.execute("ROLLBACK")
    other.close()
    for _ in range(4):
        stage.tasks(400)
        time.sleep(0.5)
    tally.check(until(lambda: log.stat().st_size <= 64 << 20, 75) is not None, "the reader ends: the log is cut", log.stat().st_size)
    stage.rang_once(tally, names, "all the while", "NEW")
    stage.end()


def moved(tally):
    """A6, A9: the file is moved away under the daemon, and put back."""
    stage = Stage().start()
    names = stage.tasks(5, due=4)
    stage.rang_once(tally, names, "in place", "NEW")
    away = stage.box.folder / "away.db"
    stage.store.rename(away)
    tally.check(until(lambda: stage.ready() == 503, 70) is not None, "moved away: not ready", stage.box.log()[-500:])
    tally.check("Put it back" in stage.reasons(), "moved away: the reason says what to do", stage.reasons())
    time.sleep(4)
    tally.equal(stage.told("DUE"), [], "moved away: nothing rings that would be forgotten")
    tally.check(stage.raw("Put it back"), "moved away: told past the store")
    away.rename(stage.store)
    mended(tally, stage, "put back", names)
    stage.end()


def terms(tally):
    """A14: SIGTERM twice while a receiver does not answer."""
    go, hold = threading.Event(), threading.Event()

    def answer(path, headers, body):
        if b"NEW" in body and not hold.is_set():
            go.set()
            hold.wait(60)
        return 200, "{}"

    stage = Stage(answer=answer).start()
    names = stage.tasks(1)
    tally.check(go.wait(30), "a delivery is under way")
    stage.daemon.send_signal(signal.SIGTERM)
    time.sleep(1)
    stage.daemon.send_signal(signal.SIGTERM)
    begun = time.monotonic()
    tally.check(until(lambda: stage.daemon.poll() is not None, 60) is not None, "two SIGTERMs: it ends within its time")
    tally.equal(stage.daemon.poll(), 0, "and well")
    print(f"ended after {time.monotonic() - begun:.0f} s")
    states = stage.rows("SELECT state, claim IS NULL FROM outbox WHERE channel = 'hook'")
    tally.equal(states, [("waiting", 1)], "the delivery waits, and nobody holds it")
    hold.set()
    stage.start()
    tally.check(until(lambda: len(stage.receiver.posts) >= 2, 60) is not None, "after the next start it leaves", stage.rows("SELECT state, reason FROM outbox"))
    ids = {headers["webhook-id"] for _, headers, body, _ in stage.receiver.posts if b"NEW" in body}
    tally.equal(len(ids), 1, "under the same id")
    stage.end()


def blind(tally):
    """C6: a system that gives no inotify: edits count all the same."""
    Path("/proc/sys/user/max_inotify_instances").write_text("0")
    try:
        stage = Stage().start()
        stage.box.write("rules/new.yaml", RULES["new.yaml"].replace("NEW", "EDITED"))
        tally.check(until(lambda: len(stage.events("rules-loaded")) >= 2, 15) is not None, "blind: an edit is seen", stage.box.log()[-400:])
        stage.rang_once(tally, stage.tasks(1), "blind: and counts", "EDITED")
        stage.end()
    finally:
        Path("/proc/sys/user/max_inotify_instances").write_text("128")


if __name__ == "__main__":
    if not os.environ.get(INSIDE):
        enter()
    tally = Tally()
    parts = [full, readonly, unlockable, sync, calls, short, descriptors, lock, reader, moved, terms, blind]
    traced = shutil.which("strace") is not None
    for part in parts:
        if sys.argv[1:] and part.__name__ not in sys.argv[1:]:
            continue
        if part in (readonly, unlockable, sync, calls) and not traced:
            print(f"{part.__name__} is left out: there is no strace")
            continue
        begun = time.monotonic()
        part(tally)
        print(f"{part.__name__}: {time.monotonic() - begun:.0f} s", flush=True)
    tally.end()
