"""Receivers under the protocol libraries: HTTP and SMTP by hand, so that they can misbehave to the byte."""

import base64, contextlib, re, socket, ssl, struct, subprocess, threading, time, urllib.parse
from dataclasses import dataclass, field


@dataclass
class Request:
    method: str
    path: str
    query: dict
    raw_path: str
    headers: dict
    header_list: list
    body: bytes
    at: float
    wall: float
    secure: bool


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: list = field(default_factory=list)
    kind: str = "application/json"


def reset(connection):
    """Closes with RST: the other side gets "connection reset", not an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Server:
    """Accepts on one port; `serve(connection)` runs in a thread of its own."""

    def __init__(self, address="127.0.0.1", port=0):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((address, port))
        self.listener.listen(512)
        self.port, self.accepts, self.stopped = self.listener.getsockname()[1], 0, False
        self.lock = threading.Lock()
        threading.Thread(target=self.loop, daemon=True).start()

    def loop(self):
        while not self.stopped:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.accepts += 1
            threading.Thread(target=self.guard, args=(connection,), daemon=True).start()

    def guard(self, connection):
        with contextlib.suppress(OSError, ValueError, IndexError):
            self.serve(connection)
        with contextlib.suppress(OSError):
            connection.close()

    def serve(self, connection):
        raise NotImplementedError

    def stop(self):
        self.stopped = True
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class WebServer(Server):
    """`respond(request)` gives an Answer, or a function of the connection that misbehaves; `early(request)` is asked
    when the head is read and the body not yet."""

    def __init__(self, respond, early=None, tls=None, **where):
        self.respond, self.early, self.tls = respond, early or (lambda request: None), tls
        super().__init__(**where)

    def serve(self, connection):
        connection.settimeout(90)
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        source = connection.makefile("rb")
        while head := self.head(source):
            request = self.parse(head, connection)
            if odd := self.early(request):
                return odd(connection)
            request.body = source.read(int(request.headers.get("content-length", 0)))
            request.at, request.wall = time.monotonic(), time.time()
            answer = self.respond(request)
            if callable(answer):
                return answer(connection)
            connection.sendall(wire(answer))
            if request.headers.get("connection", "").lower() == "close":
                return

    @staticmethod
    def head(source):
        lines = []
        while (line := source.readline(70_000)) not in (b"\r\n", b"\n"):
            if not line:
                return None
            lines.append(line)
        return lines

    def parse(self, lines, connection):
        method, target, _ = lines[0].decode("latin-1").split(" ", 2)
        pairs = [tuple(part.strip() for part in line.decode("latin-1").split(":", 1)) for line in lines[1:]]
        parts = urllib.parse.urlsplit(target)
        query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        return Request(
            method,
            urllib.parse.unquote(parts.path),
            query,
            target,
            {k.lower(): v for k, v in pairs},
            pairs,
            b"",
            0,
            0,
            isinstance(connection, ssl.SSLSocket),
        )


def wire(answer):
    lines = [f"HTTP/1.1 {answer.status} X", f"Content-Type: {answer.kind}", f"Content-Length: {len(answer.body)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + answer.body


# Misbehaviour, each a function of the connection


def never(connection, seconds=80):
    time.sleep(seconds)


def slow_head(connection):
    for letter in b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok":
        connection.sendall(bytes([letter]))
        time.sleep(2)


def endless_head(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200_000):
        connection.sendall(b"X-More: " + b"y" * 1000 + b"\r\n")


def slow_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
    for _ in range(80):
        connection.sendall(b" ")
        time.sleep(1)


def endless_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(200_000):
        connection.sendall(b"1000\r\n" + b" " * 4096 + b"\r\n")


def cut_body(connection):
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"errcode":0')
    reset(connection)


def not_http(connection):
    connection.sendall(b"SSH-2.0-OpenSSH_9.2p1\r\n")


# SMTP


class MailDesk(Server):
    """A mail relay by hand. `says` maps a step (greeting, ehlo, starttls, auth, mail, rcpt, data, dot) to a function
    (desk, argument) that gives a reply, or None for the usual one; "reset" and "hang" as replies do that."""

    def __init__(
        self,
        says=None,
        tls=None,
        implicit=False,
        features=("SIZE 30000000", "8BITMIME"),
        user="bell",
        password="pass word",
        **where,
    ):
        self.says, self.tls, self.implicit, self.features = says or {}, tls, implicit, list(features)
        self.login = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        self.mails, self.lines, self.tries = [], [], []
        super().__init__(**where)

    def serve(self, connection):
        connection.settimeout(90)
        if self.implicit:
            connection = self.tls.wrap_socket(connection, server_side=True)
        talk = Dialogue(self, connection)
        talk.run()

    def count(self, step):
        return sum(1 for s, *_ in self.tries if s == step)


class Dialogue:
    def __init__(self, desk, connection):
        self.desk, self.connection, self.source = desk, connection, connection.makefile("rb")
        self.secure = isinstance(connection, ssl.SSLSocket)
        self.sender, self.people, self.known, self.over = None, [], False, False

    def say(self, step, argument, usual):
        desk = self.desk
        with desk.lock:
            desk.tries.append((step, argument, time.monotonic()))
        reply = desk.says.get(step, lambda desk, argument: None)(desk, argument)
        reply = usual if reply is None else reply
        if reply == "reset":
            reset(self.connection)
            self.over = True
        elif reply == "hang":
            never(self.connection)
            self.over = True
        elif reply:
            self.connection.sendall(reply.encode("latin-1") + b"\r\n")
            self.over = reply.startswith("421") or reply.endswith("close")
        return reply

    def run(self):
        self.say("greeting", "", "220 relay.test ESMTP")
        while not self.over and (line := self.source.readline(70_000)):
            self.desk.lines.append(line)
            words = line.decode("latin-1").rstrip("\r\n")
            verb, _, rest = words.partition(" ")
            step = getattr(self, "on_" + verb.lower(), None)
            step(rest) if step else self.say("other", words, "502 unknown")

    def on_ehlo(self, rest):
        offers = list(self.desk.features)
        if self.desk.tls and not self.secure and "no-starttls" not in self.desk.says:
            offers.append("STARTTLS")
        if (self.secure or not self.desk.tls) and "no-auth" not in self.desk.says:
            offers.append("AUTH PLAIN LOGIN")
        lines = ["relay.test"] + offers
        self.say(
            "ehlo", rest, "\r\n".join(f"250{'-' if n < len(lines) - 1 else ' '}{text}" for n, text in enumerate(lines))
        )

    def on_helo(self, rest):
        self.say("helo", rest, "250 relay.test")

    def on_starttls(self, rest):
        if (self.say("starttls", rest, "220 go") or "").startswith("220"):
            self.connection = self.desk.tls.wrap_socket(self.connection, server_side=True)
            self.source, self.secure = self.connection.makefile("rb"), True

    def on_auth(self, rest):
        kind, _, given = rest.partition(" ")
        if kind.upper() == "LOGIN":
            return self.login(given)
        if not given:
            self.connection.sendall(b"334 \r\n")
            given = self.source.readline().decode().strip()
        self.judge(given == self.desk.login)

    def login(self, given):
        words = [base64.b64decode(given).decode()] if given else []
        while len(words) < 2:
            self.connection.sendall(b"334 " + base64.b64encode(b"Username:" if not words else b"Password:") + b"\r\n")
            words.append(base64.b64decode(self.source.readline()).decode())
        self.judge(base64.b64encode(("\0" + "\0".join(words)).encode()).decode() == self.desk.login)

    def judge(self, good):
        reply = self.say("auth", "", "235 welcome" if good else "535 5.7.8 authentication failed")
        self.known = (reply or "").startswith("235")

    def on_mail(self, rest):
        usual = "250 ok" if self.known or "no-auth" in self.desk.says else "530 5.7.0 authentication required"
        self.sender, self.people = rest, []
        self.say("mail", rest, usual)

    def on_rcpt(self, rest):
        person = re.search(r"<([^>]*)>", rest).group(1)
        if (self.say("rcpt", person, "250 ok") or "").startswith("250"):
            self.people.append(person)

    def on_data(self, rest):
        if not (self.say("data", rest, "354 go on" if self.people else "503 no recipient") or "").startswith("354"):
            return
        body = b""
        while (line := self.source.readline(1_000_000)) not in (b".\r\n", b""):
            body += line[1:] if line.startswith(b".") else line
        if not line:
            self.over = True  # hung up before the dot: nothing was handed over
            return
        with self.desk.lock:
            self.desk.lines.append(body)
        mail = (list(self.people), body, self.secure, self.known, time.monotonic())
        reply = self.say("dot", body, "250 2.0.0 taken")
        if (reply or "").startswith("250") or reply in ("reset", "hang"):
            with self.desk.lock:
                self.desk.mails.append(mail)

    def on_rset(self, rest):
        self.people = []
        self.say("rset", rest, "250 ok")

    def on_noop(self, rest):
        self.say("noop", rest, "250 ok")

    def on_quit(self, rest):
        self.say("quit", rest, "221 bye")
        self.over = True


# Certificates


class Authority:
    """A CA of its own in `folder`; `context(name)` is a server's TLS context."""

    CURVE = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index").write_text("")
        (folder / "serial").write_text("01\n")
        (folder / "ca.cnf").write_text(
            f"[ca]\ndefault_ca=own\n[own]\ndatabase={folder}/index\nserial={folder}/serial\nnew_certs_dir={folder}\n"
            "default_md=sha256\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n"
        )
        self.openssl(
            "req",
            "-x509",
            *self.CURVE,
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-days",
            "3650",
            "-subj",
            "/CN=Bellman test CA",
        )
        self.file = folder / "ca.pem"

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True, timeout=30)

    def context(
        self,
        name,
        names="DNS:localhost,IP:127.0.0.1",
        dates=("20200101000000Z", "20400101000000Z"),
        own=False,
        oldest=None,
    ):
        (self.folder / "san").write_text(f"subjectAltName={names}\n")
        self.openssl("req", *self.CURVE, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        if own:
            self.openssl(
                "x509",
                "-req",
                "-in",
                f"{name}.csr",
                "-signkey",
                f"{name}.key",
                "-out",
                f"{name}.pem",
                "-days",
                "3650",
                "-extfile",
                "san",
            )
        else:
            self.openssl(
                "ca",
                "-batch",
                "-config",
                "ca.cnf",
                "-in",
                f"{name}.csr",
                "-out",
                f"{name}.pem",
                "-cert",
                "ca.pem",
                "-keyfile",
                "ca.key",
                "-startdate",
                dates[0],
                "-enddate",
                dates[1],
                "-extfile",
                "san",
                "-notext",
            )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if oldest:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = oldest
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context
