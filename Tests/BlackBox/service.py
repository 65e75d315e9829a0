"""The daemon as a service, in the sandbox of deploy/systemd/bellman.service (see sandbox.py): ready, alive, reloaded,
stopped, and what it shows to the administrator: log, metrics, files. Needs root and python3-seccomp; promtool is used
where it is found (PROMTOOL names it)."""
import json, os, re, shutil, signal, socket, sqlite3, stat, subprocess, sys, tempfile, threading, time
from pathlib import Path
from kit import BINARY, ROOT, HTTPReceiver, Tally, free_port, get, until

UNIT = ROOT / "deploy/systemd/bellman.service"
WATCHDOG = 4  # seconds; short, so that the test sees pings
HOSTILE = 'x\nlevel=error \x1b[31m"}\u202e 更'
CANARY = "canary-5f1d0c7a-secret"
RULE = """id: new-task
when: {created: task}
then:
  - notify: {via: erp, title: "%s {{ task.title }}"}
"""


class Manager:
    """The service manager's socket, with an abstract name that the sandbox does not hide."""

    def __init__(self):
        self.name = f"@bellman-service-{os.getpid()}-{time.monotonic_ns()}"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + self.name[1:])
        self.messages = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            text = self.socket.recv(8192).decode()
            self.messages.append((time.monotonic(), dict(line.split("=", 1) for line in text.split("\n"))))

    def seen(self, key):
        return [(at, m[key]) for at, m in list(self.messages) if key in m]


class Service:
    def __init__(self, answer=lambda path, headers, body: (200, "{}"), sandboxed=True, umask=0o000, journal=False):
        self.manager = Manager()
        self.receiver = HTTPReceiver(answer)
        self.port = free_port()
        base = Path(tempfile.mkdtemp(prefix="bellman-service-"))
        base.chmod(0o755)
        self.state, self.config = base / "state", base / "config"
        self.state.mkdir()
        (self.config / "rules").mkdir(parents=True)
        (self.config / "rules/new.yaml").write_text(RULE % "A")
        folder = "/run/bellman-configuration" if sandboxed else str(self.config)
        store = "/var/lib/bellman/bellman.db" if sandboxed else str(self.state / "bellman.db")
        (self.config / "bellman.yaml").write_text(f"""store: sqlite:{store}
rules: {folder}/rules
timezone: Asia/Shanghai
language: en
listen: 127.0.0.1:{self.port}
log: json debug
channels:
  erp: {{type: webhook, url: "http://127.0.0.1:{self.receiver.port}/hook", secret: "${{file:{folder}/secret}}", allow_private: true}}
""")
        (self.config / "secret").write_text("whsec_" + "Y2FuYXJ5LTVmMWQwYzdhLXNlY3JldC1sb25nLWVub3VnaA==")
        (self.config / "secret").chmod(0o644)
        self.log = base / "log"
        command = [BINARY, "run", "--config", f"{folder}/bellman.yaml"]
        if sandboxed:
            command = [sys.executable, str(Path(__file__).with_name("sandbox.py")), str(UNIT), str(self.state), str(self.config)] + command
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "NOTIFY_SOCKET": self.manager.name,
               "WATCHDOG_USEC": str(WATCHDOG * 1_000_000), "BELLMAN_TEST_SECRET": CANARY}
        if journal:
            self.log.touch()
            env.update(BELLMAN_LOG="text", JOURNAL_STREAM=f"{self.log.stat().st_dev}:{self.log.stat().st_ino}")
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=open(self.log, "ab"),
                                        cwd=self.config, preexec_fn=lambda: os.umask(umask))

    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def events(self, name):
        return [line for line in self.lines() if line.get("event") == name]

    def post(self, id, title):
        body = json.dumps({"id": id, "title": title}).encode()
        return get(f"http://127.0.0.1:{self.port}/v1/records/task", self.token, body)

    def register(self):
        """A token, made by a command beside the daemon as root would give it."""
        path = self.config / "token"
        path.write_text("t" * 40 + "\n")
        config = self.config / "outer.yaml"
        config.write_text(f"store: sqlite:{self.state}/bellman.db\nlanguage: en\n")
        done = subprocess.run([BINARY, "token", "create", "--config", str(config), "--role", "admin", "--from", str(path)],
                              capture_output=True, text=True, timeout=60, cwd=self.config)
        self.token = "t" * 40
        return done

    def metrics(self):
        return get(f"http://127.0.0.1:{self.port}/metrics", getattr(self, "token", None))[1]

    def titles(self):
        return [json.loads(body).get("title", "") for path, headers, body, status in list(self.receiver.posts)]

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.receiver.stop()
        shutil.rmtree(self.state.parent, ignore_errors=True)


def life(tally):
    service = Service()
    try:
        ready = until(lambda: service.manager.seen("READY"), 30)
        if not tally.check(ready is not None, "the daemon becomes ready in the sandbox", service.log.read_text()):
            return
        print(f"ready after {ready:.2f} s in the sandbox")
        confined(tally, service)
        first = service.manager.seen("READY")[0][0]
        tally.check("new-task" in get(f"http://127.0.0.1:{service.port}/v1/rules")[1], "the server listens when ready is told")
        tally.check("1 rules armed" in service.manager.seen("STATUS")[0][1], "status names the rules", service.manager.seen("STATUS"))
        made = service.register()
        tally.equal((made.returncode, made.stdout), (0, ""), f"a command beside the service registers a token: {made.stderr}")
        tally.equal(service.register().returncode, 0, "the same token again is no change")
        tally.equal(service.post("1", HOSTILE)[0], 201, "a record is imported")
        tally.check(until(lambda: any(t.startswith("A x") for t in service.titles()), 10) is not None, "it rings", service.titles())
        time.sleep(WATCHDOG * 2.5)
        pings = [at for at, _ in service.manager.seen("WATCHDOG")]
        gaps = [b - a for a, b in zip(pings, pings[1:])]
        tally.check(len(pings) >= 4 and max(gaps) < WATCHDOG, "pings come in time", gaps)
        tally.equal(len(service.manager.seen("READY")), 1, "ready once")
        reload(tally, service, first)
        observed(tally, service)
        files(tally, service)
        began = time.monotonic()
        service.process.send_signal(signal.SIGTERM)
        code = service.process.wait(timeout=30)
        tally.equal(code, 0, "SIGTERM ends it well")
        tally.check(time.monotonic() - began < 10, "and soon", time.monotonic() - began)
        tally.check(service.manager.seen("STOPPING"), "stopping is told")
        written = service.log.read_text()
        tally.check(CANARY not in written and "whsec_" not in written, "no secret in the log")
        tally.check(all(line.startswith("{") for line in written.splitlines()), "every line of the log is JSON", written[:600])
    finally:
        service.end()


def confined(tally, service):
    """What /proc says of the running daemon: the sandbox holds."""
    pid = service.process.pid
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
    tally.equal(status["Uid"].split()[0], "61184", "an unprivileged user")
    tally.equal([int(status[k], 16) for k in ("CapPrm", "CapEff", "CapBnd", "CapAmb")], [0] * 4, "no capabilities")
    tally.equal((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"), "no new privileges, filtered calls")
    core = [line for line in Path(f"/proc/{pid}/limits").read_text().splitlines() if "core file" in line][0]
    tally.equal(core.split()[4:6], ["0", "0"], "no core file")
    tally.equal(os.stat(f"/proc/{pid}/environ").st_uid, 0, "not dumpable: its /proc belongs to root")
    tally.equal(status["Umask"], "0077", "umask")
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    tally.equal([m for m in maps if "wx" in m.split()[1]], [], "no memory is writable and executable")
    names = [e.split(b"=")[0].decode() for e in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if e]
    tally.check("PATH" in names, "the environment can be read", names)


def reload(tally, service, first):
    (service.config / "rules/new.yaml").write_text(RULE % "B")
    config = service.config / "bellman.yaml"
    good = config.read_text()
    # The receiver's path changes: a channel is read anew without a restart.
    config.write_text(good.replace("/hook", "/other"))
    service.process.send_signal(signal.SIGHUP)
    tally.check(until(lambda: len(service.manager.seen("READY")) == 2, 10) is not None, "ready again after SIGHUP", service.manager.messages[-3:])
    stamp = [int(v) for _, v in service.manager.seen("MONOTONIC_USEC")]
    tally.check(len(stamp) == 1 and abs(stamp[0] / 1e6 - time.clock_gettime(time.CLOCK_MONOTONIC)) < 60, "with the monotonic time", stamp)
    service.post("2", "second")
    tally.check(until(lambda: "B second" in service.titles(), 10) is not None, "the new rule rings", service.titles())
    paths = [p for p, h, b, s in list(service.receiver.posts) if b"B second" in b]
    tally.equal(paths, ["/other"], "to the channel's new address")
    config.write_text(good.replace("type: webhook", "type: webhok"))
    service.process.send_signal(signal.SIGHUP)
    tally.check(until(lambda: service.events("reload-refused"), 10) is not None, "a wrong configuration is refused in the log")
    until(lambda: len(service.manager.seen("READY")) == 3, 10)
    service.post("3", "third")
    tally.check(until(lambda: "B third" in service.titles(), 10) is not None, "and the old one stays", service.titles())
    config.write_text(good.replace("language: en", "language: zh"))
    service.process.send_signal(signal.SIGHUP)
    tally.check(until(lambda: service.events("restart-needed"), 10) is not None, "what takes a restart is named")
    tally.check("language" in str(service.events("restart-needed")), "by its key", service.events("restart-needed"))


def observed(tally, service):
    """Metrics: promtool agrees, and the board and the alerts name nothing that is not there."""
    for path in ("/healthz", "/v1/rules", "/nothing"):
        try:
            get(f"http://127.0.0.1:{service.port}{path}", service.token)
        except OSError:
            pass
    text = service.metrics()
    tool = os.environ.get("PROMTOOL") or shutil.which("promtool")
    if tool:
        done = subprocess.run([tool, "check", "metrics"], input=text, capture_output=True, text=True, timeout=60)
        tally.equal((done.returncode, done.stdout + done.stderr), (0, ""), "promtool check metrics")
        done = subprocess.run([tool, "check", "rules", str(ROOT / "deploy/prometheus/alerts.yaml")], capture_output=True, text=True, timeout=60)
        tally.equal(done.returncode, 0, "promtool check rules: " + done.stdout + done.stderr)
    else:
        print("promtool is not here: its two checks are left out")
    names = set(re.findall(r"^([a-z_]+)", text, re.M))
    for file in ("deploy/grafana/bellman.json", "deploy/prometheus/alerts.yaml"):
        wanted = set(re.findall(r"\b(?:bellman|process)_[a-z_]+[a-z]", (ROOT / file).read_text()))
        tally.equal(sorted(wanted - names), [], f"{file} names metrics that exist")
    board = (ROOT / "deploy/grafana/bellman.json").read_text()
    tally.equal(sorted(n for n in names if n not in board and n != "bellman_next_tick_timestamp_seconds" and n != "bellman_next_delivery_timestamp_seconds"
                       and n != "bellman_reloads_total"), [], "the board shows every other metric")
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    tally.check(float(values['bellman_delivery_attempts_total{channel="erp",verdict="delivered"}']) >= 3, "deliveries are counted")
    tally.equal(values['bellman_rules{state="armed"}'], "1", "rules are counted")
    tally.check(float(values['bellman_notices{state="sent"}']) >= 3, "notices are counted")
    tally.check(float(values["process_open_fds"]) > 5 and float(values["process_resident_memory_bytes"]) > 1e6, "the process sees itself although it is not dumpable")
    tally.equal(values['bellman_reloads_total{result="refused"}'], "1", "a refused reload is counted")
    print(f"resident in the sandbox: {float(values['process_resident_memory_bytes']) / 1e6:.1f} MB")


def files(tally, service):
    wrong = []
    for folder, folders, names in os.walk(service.state):
        for name in folders + names:
            path = Path(folder) / name
            mode = stat.S_IMODE(path.lstat().st_mode)
            if mode & 0o077:
                wrong.append((str(path), oct(mode)))
    tally.equal(wrong, [], "files are their owner's alone, whatever the umask was")
    tally.equal(stat.S_IMODE(service.state.stat().st_mode), 0o700, "and so is the folder")


def stop_gives_back(tally):
    """A receiver that does not answer: the exchange may end, the rest of the queue goes back at once."""
    go, started = threading.Event(), threading.Event()

    def answer(path, headers, body):
        started.set()
        go.wait(20)
        return 200, "{}"

    service = Service(answer, sandboxed=False)
    try:
        tally.check(until(lambda: service.manager.seen("READY"), 30) is not None, "ready outside the sandbox", service.log.read_text())
        service.register()
        for number in range(200):
            service.post(f"t{number}", f"task {number}")
        tally.check(started.wait(20), "deliveries are under way")
        service.process.send_signal(signal.SIGTERM)
        tally.check(until(lambda: service.manager.seen("STOPPING"), 5) is not None, "stopping is told while deliveries are under way")
        store = sqlite3.connect(service.state / "bellman.db")
        claims = lambda: store.execute("SELECT count(*) FROM outbox WHERE claim IS NOT NULL").fetchone()[0]
        time.sleep(1)
        tally.equal(service.process.poll(), None, "it waits for what is under way")
        go.set()
        tally.equal(service.process.wait(timeout=45), 0, "and ends well")
        claimed = claims()
        sent = store.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()[0]
        waiting = store.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0]
        tally.equal(claimed, 0, "no claim is left")
        tally.equal(sent + waiting, 200, "every notice is sent or waits")
        answered = sum(1 for p in service.receiver.posts if p[3] == 200)
        print(f"stopped with {sent} sent in {answered} messages, {waiting} given back")
        tally.check(waiting > 0, "the queue was given back", (sent, waiting))
    finally:
        go.set()
        service.end()


def journal_and_hang(tally):
    """Lines for the journal begin with their priority; a daemon that hangs falls silent."""
    service = Service(sandboxed=False, journal=True)
    try:
        tally.check(until(lambda: service.manager.seen("READY"), 30) is not None, "ready", service.log.read_text())
        until(lambda: "[ready]" in service.log.read_text(), 5)
        lines = service.log.read_text().splitlines()
        tally.check(lines and all(re.match(r"<[3-7]>\[[a-z-]+\] ", line) for line in lines), "every line has its priority and code", lines)
        service.process.send_signal(signal.SIGSTOP)
        time.sleep(1)
        before = len(service.manager.seen("WATCHDOG"))
        time.sleep(WATCHDOG * 1.5)
        tally.equal(len(service.manager.seen("WATCHDOG")), before, "no ping while it hangs")
        service.process.send_signal(signal.SIGCONT)
        tally.check(until(lambda: len(service.manager.seen("WATCHDOG")) > before, 10) is not None, "pings again when it goes on")
        service.process.terminate()
        tally.equal(service.process.wait(timeout=20), 0, "and ends well")
    finally:
        service.end()


def unit_is_sound(tally):
    if not shutil.which("systemd-analyze"):
        return print("systemd-analyze is not here: its checks are left out")
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", str(UNIT)], capture_output=True, text=True, timeout=60)
    print(done.stdout.strip().splitlines()[-1])
    tally.equal(done.returncode, 0, "systemd-analyze security is at most 1.5: " + done.stdout[-300:])
    # `verify` wants the binary in its place, so a copy of the unit names this one.
    with tempfile.TemporaryDirectory() as folder:
        for name in ("bellman.service", "bellman-backup.service", "bellman-backup.timer"):
            text = (ROOT / "deploy/systemd" / name).read_text().replace("/usr/bin/bellman", BINARY)
            text = re.sub(r"^Documentation=.*\n", "", text, flags=re.M)
            (Path(folder) / name).write_text(text)
        paths = [str(Path(folder) / n) for n in ("bellman.service", "bellman-backup.service", "bellman-backup.timer")]
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, timeout=60)
        own = [line for line in (done.stdout + done.stderr).splitlines() if "bellman" in line]
        tally.equal((done.returncode, own), (0, []), "systemd-analyze verify: " + done.stderr[-400:])


if __name__ == "__main__":
    tally = Tally()
    unit_is_sound(tally)
    stop_gives_back(tally)
    journal_and_hang(tally)
    if os.geteuid() == 0:
        life(tally)
    else:
        print("not root: the sandbox is left out")
    tally.end()
