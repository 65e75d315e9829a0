"""What the black-box tests share: the binary, receivers on the loopback, a tally."""
import base64, hashlib, hmac, json, logging, os, shutil, socket, sqlite3, ssl, subprocess, sys, tempfile, threading, time, urllib.parse, urllib.request
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.path.abspath(os.environ.get("BELLMAN", ROOT / ".build/release/bellman"))
RULES = ROOT / "rules"
LIMIT = 60


class Tally:
    """Counts checks and says each failure as it comes."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, good, words, seen=None):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {words}" + ("" if seen is None else f"\n     seen: {seen!r}"[:1500]), flush=True)
        return bool(good)

    def equal(self, seen, wanted, words):
        return self.check(seen == wanted, f"{words}: wanted {wanted!r}"[:1500], seen)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)


def read_store(path, query, *values):
    """Rows of a store that others may be writing."""
    link = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return link.execute(query, values).fetchall()
    finally:
        link.close()


class Box:
    """One folder with a configuration, its environment, and commands run in it."""

    def __init__(self, config="", rules=None, env=None):
        self.folder = Path(tempfile.mkdtemp(prefix="bellman-box-"))
        self.env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "NO_COLOR": "1"}
        self.env.update(env or {})
        (self.folder / "rules").mkdir()
        if config:
            self.write("bellman.yaml", config)
        for name, text in (rules or {}).items():
            self.write("rules/" + name, text)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name("." + path.name + ".part")
        part.write_bytes(text if isinstance(text, bytes) else text.encode())
        part.replace(path)
        return path

    def run(self, *arguments, limit=LIMIT):
        done = subprocess.run(
            [BINARY, *map(str, arguments)], cwd=self.folder, env=self.env, capture_output=True, timeout=limit)
        done.out, done.err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        done.both = done.out + done.err
        return done

    def must(self, *arguments, limit=LIMIT):
        done = self.run(*arguments, limit=limit)
        if done.returncode != 0:
            raise SystemExit(f"{arguments} ended with {done.returncode}: {done.both}")
        return done

    def json(self, *arguments):
        return json.loads(self.must(*arguments, "--format", "json").out)

    def start(self):
        log = open(self.folder / "daemon.log", "ab")
        return subprocess.Popen([BINARY, "run"], cwd=self.folder, env=self.env, stdout=log, stderr=log)

    def log(self):
        path = self.folder / "daemon.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def until(condition, limit=10.0, pause=0.02):
    """The seconds it took until the condition held, or None."""
    start = time.monotonic()
    while time.monotonic() - start < limit:
        if condition():
            return time.monotonic() - start
        time.sleep(pause)
    return None


def get(url, token=None, body=None, kind="application/json"):
    request = urllib.request.Request(url, data=body, headers={"Content-Type": kind})
    if token:
        request.add_header("Authorization", "Bearer " + token)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.read().decode()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class HTTPReceiver:
    """Takes posts; `answer(path, headers, body)` gives (status, text)."""

    def __init__(self, answer):
        self.posts, self.lock = [], threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {k.lower(): v for k, v in self.headers.items()}
                status, text = answer(self.path, headers, body)
                with receiver.lock:
                    receiver.posts.append((self.path, headers, body, status))
                data = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a killed daemon hangs up in the middle
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()


def dingtalk_signed(path, secret):
    """The robot's signature: base64(HMAC-SHA256(secret, ms + LF + secret)), percent-encoded once."""
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)
    stamp, sign = query.get("timestamp", [""])[0], query.get("sign", [""])[0]
    wanted = base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()).decode()
    return len(stamp) == 13 and sign == wanted


def webhook_signed(headers, body, secret):
    """Standard Webhooks: v1,base64(HMAC-SHA256(key, id.timestamp.body))."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return wanted in headers.get("webhook-signature", "").split(" ")


class MailReceiver:
    """A real SMTP server with STARTTLS and AUTH, its certificate signed by a CA made here."""

    def __init__(self, folder, user="bell", password="pass word"):
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, AuthResult

        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self.mails, self.authority = [], make_certificates(folder)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        receiver = self

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                mail = message_from_bytes(envelope.content, policy=policy.default)
                receiver.mails.append((envelope.rcpt_tos, mail, session.ssl is not None, session.authenticated))
                return "250 taken"

        def authenticate(server, session, envelope, mechanism, data):
            good = data.login == user.encode() and data.password == password.encode()
            return AuthResult(success=good)

        class Served(Controller):
            def factory(self):
                return SMTP(self.handler, hostname="localhost", tls_context=context, require_starttls=True,
                            authenticator=authenticate, auth_required=True)

        self.port = free_port()
        self.controller = Served(Handler(), hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        self.controller.stop()


def make_certificates(folder):
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=30)

    (folder / "san").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650", "-subj", "/CN=test CA")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "server.pem", "-days", "3650", "-extfile", "san")
    return folder / "ca.pem"
