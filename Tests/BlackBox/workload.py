"""A small team's records, rules simple enough for checker.py to work out, and receivers that write down what comes."""
import datetime, email, email.policy, json, os, shutil, signal, sqlite3, subprocess, tempfile, threading, time
from pathlib import Path
from checker import Checker
from kit import BINARY, read_store
from wire import Answer, MailDesk, WebServer

RULES = """
- id: made
  when: {created: task}
  then: [{notify: {via: [hook, mail], to: task.assignee, title: "made {{ task.id }}"}}]
- id: changed
  when: {changes: task.status}
  then: [{notify: {via: hook, title: "changed {{ task.id }} {{ task.status }}"}}]
- id: gone
  when: {deleted: task}
  then: [{notify: {via: hook, title: "gone {{ task.id }}"}}]
- id: due
  when: {before: contract.expires_on, by: [60 days, 30 days, 7 days, 0 days]}
  at: "00:00"
  then: [{notify: {via: hook, title: "due {{ contract.id }} {{ contract.expires_on }}"}}]
- id: low
  when: {while: contract.usage < 0.3}
  then: [{notify: {via: mail, to: contract.owner, title: "low {{ contract.id }}"}}]
- id: noted
  when: {created: risk}
  then: [{create: {kind: task, fields: {title: "look at {{ risk.id }}", assignee: wang, status: open}}}]
- id: risky
  when: {created: risk}
  if: risk.title.startsWith("bad")
  then: [{notify: {via: bad, title: "risk {{ risk.id }}"}}]
- id: deadly
  when: {created: risk}
  if: risk.title.startsWith("lost")
  then: [{notify: {via: lost, title: "risk {{ risk.id }}"}}]
- id: shy
  when: {created: risk}
  if: risk.title.startsWith("good")
  then: [{notify: {via: shy, title: "risk {{ risk.id }}"}}]
"""
CONFIG = """timezone: Asia/Shanghai
language: en
listen: 127.0.0.1:{listen}
admin: hook
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{web}/hook", allow_private: true, limit: 60000 per minute}}
  shy: {{type: webhook, url: "http://127.0.0.1:{web}/shy", allow_private: true, limit: 60000 per minute{quiet}}}
  bad: {{type: webhook, url: "http://127.0.0.1:{web}/bad", allow_private: true, fallback: hook}}
  lost: {{type: webhook, url: "http://127.0.0.1:{web}/bad", allow_private: true}}
  mail: {{type: email, relay: "smtp://127.0.0.1:{mail}", from: "bell@example.com", tls: none, allow_private: true}}
"""
MEMBERS = "id,name,email\nwang,Wang,wang@example.com\nli,Li,li@example.com\n"
FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Receivers:
    """Two HTTP ways and a mail relay. Each line is on record before the sender hears that it arrived."""

    def __init__(self, folder):
        self.file = open(folder / "received.jsonl", "a", buffering=1, encoding="utf-8")
        self.lock, self.seen, self.mode = threading.Lock(), set(), "good"
        self.web = WebServer(self.post)
        self.mail = MailDesk(says={"no-auth": None, "dot": self.letter})

    def note(self, way, id, accepted, content):
        with self.lock:
            if not self.file.closed:
                self.file.write(json.dumps({"way": way, "id": id, "accepted": accepted, "content": content}) + "\n")

    def post(self, request):
        body, id = json.loads(request.body), request.headers["webhook-id"]
        fresh, _ = id not in self.seen, self.seen.add(id)
        status = 400 if request.path == "/bad" else 500 if request.path == "/shy" and fresh else 200
        self.note(request.path, id, status == 200, content(id, body))
        return Answer(status, b"{}")

    def letter(self, desk, body):
        mail = email.message_from_bytes(body, policy=email.policy.default)
        id = mail["Message-ID"].strip("<>").split("@")[0]
        text = mail.get_body(("plain",)).get_content()
        self.note("mail", id, True, {"to": mail["To"], "subject": mail["Subject"], "text": text, "notices": [id]})

    def stop(self):
        self.web.stop()
        self.mail.stop()
        with self.lock:
            self.file.close()


def content(id, body):
    """What must stay the same under one id, and the notices in it."""
    parts = body["notices"] if "notices" in body else [body]
    return {"body": body, "notices": sorted(part.get("id", id) for part in parts)}


class Night:
    """One folder, its receivers, and daemons and commands in it."""

    def __init__(self, source=None, quiet=False, listen=0):
        self.folder = Path(tempfile.mkdtemp(prefix="bellman-night-", dir=FAST))
        if source:
            shutil.copytree(source, self.folder, dirs_exist_ok=True)
        self.env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "NO_COLOR": "1"}
        self.receivers, self.listen, self.daemon = Receivers(self.folder), listen, None
        (self.folder / "rules").mkdir(exist_ok=True)
        self.write("rules/all.yaml", RULES)
        self.configure(quiet)

    def configure(self, quiet, more=""):
        ports = {"web": self.receivers.web.port, "mail": self.receivers.mail.port, "listen": self.listen}
        self.write("bellman.yaml", CONFIG.format(quiet=', quiet_hours: "00:00-23:59"' if quiet else "", **ports) + more)

    @property
    def store(self):
        return self.folder / "bellman.db"

    def write(self, name, text):
        path = self.folder / name
        part = path.with_name("." + path.name + ".part")
        part.write_text(text)
        part.replace(path)

    def command(self, *arguments, armed=None, limit=60):
        done = subprocess.run([BINARY, *map(str, arguments)], cwd=self.folder, env={**self.env, **(armed or {})},
                              capture_output=True, timeout=limit)
        done.both = (done.stdout + done.stderr).decode("utf-8", "replace")
        return done

    def must(self, *arguments):
        done = self.command(*arguments)
        if done.returncode:
            raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.both[-600:]}")
        return done.both

    def table(self, kind, text, armed=None):
        name = f"{kind}-{time.monotonic_ns()}.csv"
        self.write(name, text)
        return self.command("import", name, "--kind", kind, armed=armed)

    def start(self, armed=None):
        self.log = open(self.folder / "daemon.log", "ab")
        self.mark = self.log.tell()
        self.daemon = subprocess.Popen([BINARY, "run"], cwd=self.folder, env={**self.env, **(armed or {})},
                                       stdout=self.log, stderr=self.log)
        self.log.close()

    def said(self):
        with open(self.folder / "daemon.log", "rb") as log:
            log.seek(self.mark)
            return log.read().decode("utf-8", "replace")

    @property
    def is_over(self):
        return self.daemon is None or self.daemon.poll() is not None

    def ready(self, limit=30):
        return wait(lambda: self.is_over or "[ready]" in self.said(), limit) and not self.is_over

    def query(self, text):
        return read_store(self.store, text)

    def settled(self, at=None):
        """All changes are decided, and nothing is due."""
        try:
            (seen,), (head,), (open_,) = (
                self.query("SELECT coalesce(max(sequence), 0) FROM progress")[0],
                self.query("SELECT coalesce(max(sequence), 0) FROM journal")[0],
                self.query("SELECT count(*) FROM outbox WHERE finished_at IS NULL AND (claim IS NOT NULL OR "
                           f"not_before <= {int((at or time.time()) * 1e6)})")[0])
        except sqlite3.Error:
            return False
        return seen >= head and open_ == 0

    def rest(self, limit):
        return wait(lambda: self.is_over or self.settled(), limit)

    def stop(self, limit=40):
        """SIGTERM; the exit code, or None where it had to be killed."""
        self.daemon.send_signal(signal.SIGTERM)
        try:
            return self.daemon.wait(limit)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def kill(self):
        if self.daemon and not self.is_over:
            self.daemon.kill()
            self.daemon.wait()

    def finish(self):
        """What waits for its next try is delivered in the hours that it would wait for."""
        for hours in range(1, 60, 3):
            if self.query("SELECT count(*) FROM outbox WHERE finished_at IS NULL")[0][0] == 0:
                return
            then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
            self.command("run", "--once", "--now", then.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def check(self):
        checker = Checker(self.store, self.folder / "received.jsonl", self.folder / "confirmed.jsonl")
        return checker.run(), checker.figures

    def remove(self):
        self.kill()
        self.receivers.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def wait(condition, limit, pause=0.01):
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True
