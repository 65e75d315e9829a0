"""Show 5: 64 secrets in the configuration, a busy life, and then not one of them in any byte that was produced."""

import base64, http.client, json, os, random, re, string, subprocess, sys, time, urllib.parse
from collections import Counter
from kit import Tally, free_port, until
from stage import PEOPLE, Stage, authority, known_types
from wire import Answer
import wire

COUNT = 64
RULE = """id: ring
when: {created: task}
then:
  - notify: {via: [CHANNELS], to: task.assignee, title: "{{ task.title }}", text: "{{ task.note }}", links: [{label: 看, url: "{{ task.url }}"}]}
"""


CLEAR = {"raw", "percent", "percent small", "escaped"}


class Canaries:
    """Random words that mean nothing and stand nowhere else."""

    def __init__(self, seed):
        dice = random.Random(seed)
        self.words = [
            "".join(dice.choice(string.ascii_letters + string.digits) for _ in range(28)) for _ in range(COUNT)
        ]
        self.used = 0

    def take(self):
        self.used += 1
        return self.words[self.used - 1]


def forms(word):
    """The raw word and what encodings make of it, wherever it stands in what was encoded."""
    raw = word.encode()
    found = {
        "raw": raw,
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "reversed": raw[::-1],
        "percent": "".join(f"%{b:02X}" for b in raw).encode(),
        "percent small": "".join(f"%{b:02x}" for b in raw).encode(),
        "utf-16": word.encode("utf-16-le"),
        "escaped": "".join(f"\\u{b:04x}" for b in raw).encode(),
    }
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw)
        found[f"base64 {shift}"] = text[(0, 2, 3)[shift] : len(text) - 4]
        found[f"base64url {shift}"] = base64.urlsafe_b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] : len(text) - 4]
    return found


def whsec(word):
    """A Standard Webhooks secret whose decoded bytes are the word: both forms are looked for."""
    return "whsec_" + base64.b64encode(word.encode()).decode()


class Life:
    def __init__(self, tally, kinds):
        self.tally, self.kinds, self.bytes, self.places = tally, kinds, {}, {}
        self.canaries = Canaries(random.randrange(10**9))
        self.port, self.ca = free_port(), authority()
        self.stage = Stage(
            extra=f'listen: 127.0.0.1:{self.port}\nadmin: ops\nheartbeat: {{url: "${{env:HEARTBEAT}}", every: 1 minute}}\n'
        )
        self.lines, self.env, self.names = "", {"BELLMAN_CA_FILE": str(self.ca.file)}, []
        self.secrets = self.stage.box.folder.parent / (self.stage.box.folder.name + "-secrets")
        self.secrets.mkdir(mode=0o700)
        self.env["CREDENTIALS_DIRECTORY"] = str(self.secrets)
        self.echo = wire.WebServer(self.echoed, tls=None)
        self.beat()
        for kind in kinds:
            self.kind(kind)
        self.mail()
        self.more()

    def beat(self):
        self.env["HEARTBEAT"] = f"http://127.0.0.1:{self.echo.port}/beat/{self.secret('heartbeat')}"

    def secret(self, place):
        word = self.canaries.take()
        self.places[word] = place
        return word

    def reference(self, word, value):
        """By turns from the environment, a file and a credential."""
        turn = len(self.env) + len(list(self.secrets.iterdir()))
        if turn % 3 == 0:
            self.env[word] = value
            return f"${{env:{word}}}"
        path = self.secrets / word
        path.write_text(value + "\n")
        path.chmod(0o600)
        return f"${{file:{path}}}" if turn % 3 == 1 else f"${{credential:{word}}}"

    def add(self, name, kind, fields, extra="allow_private: true"):
        inside = ", ".join([f"type: {kind}"] + [f'{k}: "{v}"' for k, v in fields.items()] + [extra])
        self.lines += f"  {name}: {{{inside}}}\n"
        self.names.append(name)

    def kind(self, kind, behaviour=("good", "echo", "gone")):
        """Three channels of each kind: one that delivers, one that fails and tells all it heard, one that is nowhere."""
        for how in behaviour:
            word, base = f"{kind}_{how}".upper(), f"http://127.0.0.1:{self.echo.port}/{how}"
            if how == "gone":
                base = f"http://127.0.0.1:{free_port()}"
            fields, token = {}, self.secret(f"{kind} {how} url or token")
            if kind == "telegram":
                fields = {"url": base, "token": self.reference(word + "_T", "123456789:AA" + token), "chat_id": "-1001"}
            elif kind == "ntfy":
                fields = {"url": base, "token": self.reference(word + "_T", "tk_" + token), "topic": "team"}
            elif kind == "gotify":
                fields = {"url": base, "token": self.reference(word + "_T", "A" + token)}
            else:
                fields = {
                    "url": self.reference(
                        word + "_U",
                        f"{base}/hook?access_token={token}&key={token}#{token}"
                        if kind == "webhook"
                        else f"{base}/hook/{token}?access_token={token}",
                    )
                }
            if kind in ("dingtalk", "feishu", "webhook"):
                second = self.secret(f"{kind} {how} secret")
                fields["secret"] = self.reference(word + "_S", whsec(second) if kind == "webhook" else "SEC" + second)
            self.add(f"{kind}-{how}", kind, fields)

    def mail(self):
        for how, says in (
            ("good", {}),
            ("refusing", {"auth": lambda desk, argument: "535 5.7.8 bad password " + self.passwords["refusing"]}),
            ("echo", {"mail": lambda desk, argument: "550 5.7.1 no " + self.passwords["echo"]}),
        ):
            self.passwords = getattr(self, "passwords", {})
            self.passwords[how] = self.secret(f"mail {how} password")
            desk = self.stage.desk(says=says, tls=self.ca.context("relay-" + how), password=self.passwords[how])
            self.add(
                f"mail-{how}",
                "email",
                {
                    "relay": f"smtp://localhost:{desk.port}",
                    "from": "bell@example.com",
                    "username": "bell",
                    "password": self.reference(f"MAIL_{how}".upper(), self.passwords[how]),
                },
            )

    def more(self):
        """The rest of the 64: webhooks with a user and password in the URL, old secrets, and the admin channel."""
        self.add(
            "ops",
            "webhook",
            {
                "url": f"http://127.0.0.1:{self.echo.port}/good/ops",
                "secret": self.reference("OPS", whsec(self.secret("ops secret"))),
            },
        )
        while self.canaries.used < COUNT - 1:
            n = self.canaries.used
            url = f"http://127.0.0.1:{self.echo.port}/{('echo', 'good')[n % 2]}/{self.secret(f'more {n} path')}/x"
            self.add(
                f"more-{n}",
                "webhook",
                {
                    "url": self.reference(f"MORE_{n}", url),
                    "old_secret": self.reference(f"OLD_{n}", whsec(self.secret(f"more {n} old secret"))),
                },
            )

    def echoed(self, request):
        """Refuses, and tells back the address, the headers and the body, in several encodings."""
        if request.path.startswith(("/good", "/beat")):
            return Answer(200, b'{"errcode":0,"errmsg":"ok","code":0,"ok":true,"id":"x"}')
        told = "\n".join([request.raw_path, *(f"{k}: {v}" for k, v in request.header_list)])
        said = [
            told,
            urllib.parse.quote(told, safe=""),
            base64.b64encode(told.encode()).decode(),
            told.encode().hex(),
            request.path.encode().hex(),
            base64.b64encode(request.raw_path.encode()).decode(),
            json.dumps(request.raw_path),
            urllib.parse.quote(request.raw_path.lower()),
        ]
        random.shuffle(said)  # only the beginning of an answer is kept
        told = "\n".join(said)
        fact = {
            "errcode": 40035,
            "errmsg": told,
            "code": 9499,
            "msg": told,
            "message": told,
            "description": told,
            "error": told,
            "ok": False,
        }
        status = random.choice((400, 404, 429, 500, 200, 302))
        return Answer(
            status,
            json.dumps(fact).encode(),
            [("X-Echo", request.raw_path), ("Location", "http://127.0.0.1:1" + request.raw_path)],
        )

    # What is produced

    def keep(self, name, data):
        self.bytes[f"{len(self.bytes)} {name}"] = data if isinstance(data, bytes) else data.encode()

    def run(self, *words, limit=120):
        done = self.stage.box.run(*words, limit=limit)
        self.keep("output of " + " ".join(words), done.stdout + b"\n" + done.stderr)
        return done

    def page(self, path, token=None, method="GET", body=None, headers=None):
        try:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            head = {
                **({"Authorization": "Bearer " + token} if token else {}),
                "Content-Type": "application/json",
                **(headers or {}),
            }
            link.request(method, path, body, head)
            answer = link.getresponse()
            data = str(answer.getheaders()).encode() + (b"" if "events" in path else answer.read())
            self.keep(f"{method} {path}", data)
            return answer.status, data
        except OSError as problem:
            self.keep(f"{method} {path} failed", str(problem))
            return 0, b""


def commands(life):
    for words in (
        ["status"],
        ["check"],
        ["check", "--format", "json"],
        ["check", "--format", "sarif"],
        ["rules", "list"],
        ["rules", "list", "--format", "json"],
        ["deliveries", "list", "--format", "json"],
        ["deliveries", "list"],
        ["dead"],
        ["dead", "--format", "csv"],
        ["doctor"],
        ["schema"],
        ["--help"],
        ["run", "--help"],
        ["channel", "--help"],
        ["help", "channel", "test"],
        ["records", "list", "task"],
        ["export", "task"],
        ["export", "member"],
        ["forecast", "--days", "9"],
        ["calendar"],
        ["why", "ring", "task/T1"],
        ["fmt"],
        ["plan", "rules"],
        ["token", "list"],
        ["--version"],
        ["status", "--format", "json"],
    ):
        life.run(*words)
    for row in life.stage.box.json("deliveries", "list", "--limit", "500")[:120]:
        life.run("deliveries", "show", row["id"])
        life.run("deliveries", "show", row["id"], "--format", "json")
    for name in life.names:
        life.run("channel", "test", name, *(["--to", "wang@example.com"] if name.startswith("mail") else []))
    life.run("backup", "copy.bak")


def broken_configurations(life):
    """Errors point at the line with the secret's reference, and never show what it stands for."""
    box = life.stage.box
    good = (box.folder / "bellman.yaml").read_text()
    for change in (
        lambda t: t.replace("type: webhook", "type: webhok"),
        lambda t: t.replace("allow_private: true", "allow_privat: true"),
        lambda t: t.replace("allow_private: true", "allow_private: false"),
        lambda t: t.replace("${env:", "${env:NO_"),
        lambda t: t.replace("${file:", "${file:/no"),
        lambda t: t.replace("${credential:", "${credential:NO"),
        lambda t: t + "  x: {type: [",
        lambda t: t.replace("secret:", "secrt:"),
        lambda t: re.sub(r'secret: "\$\{env:\w+\}"', 'secret: "${env:HEARTBEAT}"', t),
        lambda t: t.replace('relay: "smtp:', 'relay: "${env:HEARTBEAT}" #'),
        lambda t: re.sub(r'from: "[^"]+"', 'from: "${env:HEARTBEAT}"', t),
        lambda t: t.replace("type: slack", "type: email"),
        lambda t: t.replace("type: dingtalk", "type: telegram"),
    ):
        box.write("broken.yaml", change(good))
        for words in (["check"], ["check", "--format", "json"], ["run", "--once"], ["status"], ["doctor"]):
            life.run(words[0], "--config", "broken.yaml", *words[1:])
    os.unlink(box.folder / "broken.yaml")
    literal = life.secret("literal in the file")
    box.write(
        "literal.yaml",
        f'channels:\n  a: {{type: dingtalk, url: "https://oapi.dingtalk.com/robot/send?access_token={literal}", secret: SEC{literal}}}\n'
        f'  b: {{type: webhook, url: "https://u:{literal}@x.example/hook?token={literal}"}}\n  c: {{type: email, relay: "smtps://u:{literal}@x.example", from: a@b.c, password: {literal}}}\n',
    )
    for words in (["check"], ["check", "--format", "json"], ["check", "--format", "sarif"], ["run", "--once"]):
        life.run(words[0], "--config", "literal.yaml", *words[1:])
    os.unlink(box.folder / "literal.yaml")


def interface(life, token):
    paths = [
        "/",
        "/healthz",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/v1/rules",
        "/v1/deliveries",
        "/v1/deliveries?state=dead",
        "/v1/firings",
        "/v1/forecast",
        "/v1/records/task",
        "/v1/records/member",
        "/v1/channels",
        "/v1/why?rule=ring&record=task/T1",
        "/deliveries",
        "/dead",
        "/channels",
        "/rules",
        "/inbox",
        "/renewals",
        "/people",
        "/timeline",
        "/login",
        "/calendar.ics",
        "/no/such",
        "/v1/config",
        "/bellman.yaml",
        "/../bellman.yaml",
        "/%2e%2e/bellman.yaml",
    ]
    for path in paths:
        for given in (None, token, "wrong"):
            life.page(path, given)
    status, data = life.page("/v1/deliveries", token)
    ids = re.findall(rb'"id":\s*"([\w-]+)"', data)[:20]
    for id in ids:
        for path in (f"/v1/deliveries/{id.decode()}", f"/deliveries/{id.decode()}"):
            life.page(path, token)
        life.page(f"/v1/deliveries/{id.decode()}/resend", token, "POST", b"")
    life.page("/v1/records/task", token, "POST", b'{"id": 5, "tit')
    life.page(
        "/v1/records/task",
        token,
        "POST",
        json.dumps([{"id": f"A{n}", "title": f"第{n}", "assignee": "wang"} for n in range(6)]).encode(),
    )


def scan(life):
    """Every byte: what was kept here, and every file below the box."""
    tally, hits, size, files = life.tally, [], 0, 0
    pools = dict(life.bytes)
    for path in life.stage.box.folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            pools[f"file {path.relative_to(life.stage.box.folder)}"] = path.read_bytes()
            files += 1
    needles = [(word, form, needle) for word in life.canaries.words for form, needle in forms(word).items()]
    for name, data in pools.items():
        size += len(data)
        hits += [
            (life.places.get(word, "?"), form, name, data[max(0, data.find(needle) - 60) : data.find(needle) + 10])
            for word, form, needle in needles
            if needle in data
        ]
    clear = [hit for hit in hits if hit[1] in CLEAR]
    tally.equal(clear[:4], [], f"{len(clear)} places hold a secret that reads as it is written")
    coded = [hit for hit in hits if hit[1] not in CLEAR]
    tally.equal(coded[:4], [], f"{len(coded)} places hold a secret in another form")
    for (place, form), where in sorted(Counter((h[0], h[1]) for h in hits).items()):
        print(f"  {place} as {form}: {where} places")
    for place, form, name, around in hits[:12]:
        print(f"  {place} as {form} in {name}: …{around!r}")
    print(
        f"{len(life.canaries.words)} secrets in {len(set(f for _, f, _ in needles))} forms, looked for in {len(pools)} outputs "
        f"({files} files), {size:,} bytes"
    )
    tally.check(size > 500_000 and files >= 3, "there was something to look at", (size, files))


def environment_of(pid):
    """Arguments are public on most machines: no secret may stand there."""
    return open(f"/proc/{pid}/cmdline", "rb").read()


def main():
    tally = Tally()
    life = Life(tally, known_types())
    stage = life.stage
    stage.configure(life.lines, life.env, {"a.yaml": RULE.replace("CHANNELS", ", ".join(life.names))})
    stage.load("member", [{"id": "wang", "name": "王芳", **PEOPLE}])
    life.run("run", "--once")
    token = stage.box.must("token", "create", "--role", "admin").out.split()[-1]
    stage.load("task", [{"id": "T1", "title": "事", "note": "话", "assignee": "wang", "url": "https://x.example/t"}])
    for _ in range(2):
        life.run("run", "--once", limit=200)
    daemon = stage.box.start()
    until(lambda: life.page("/healthz")[0] == 200, 20)
    life.keep("command line", environment_of(daemon.pid))
    for n in range(2, 6):
        stage.load("task", [{"id": f"T{n}", "title": f"事{n}", "note": "话", "assignee": "wang"}])
        time.sleep(1)
    interface(life, token)
    commands(life)
    time.sleep(8)
    daemon.terminate()
    tally.equal(daemon.wait(timeout=60), 0, "SIGTERM ends the daemon well")
    broken_configurations(life)
    life.canaries.words.append(token)
    life.places[token] = "API token"
    told_by = [w for w in life.canaries.words if w not in life.places]
    tally.equal(told_by, [], "every secret has its place")
    scan(life)
    for path in (stage.box.folder).rglob("*"):
        if path.suffix in (".db", ".bak") or "bellman.db" in path.name:
            tally.check(
                path.stat().st_mode & 0o077 == 0, f"{path.name} is for its owner alone", oct(path.stat().st_mode)
            )
    life.echo.stop()
    subprocess.run(["rm", "-rf", str(life.secrets)], check=True)
    stage.end(keep=tally.failed and "--keep" in sys.argv)
    tally.end()


if __name__ == "__main__":
    main()
