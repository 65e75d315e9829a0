"""Show 4: names, numbers and redirects that lead inward, with listeners waiting there, in a network of our own.

It starts itself again in new user, network and mount namespaces; nothing of the machine's network is touched."""

import atexit, ipaddress, os, random, re, shutil, socket, struct, subprocess, sys, tempfile, threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

INSIDE = "BELLMAN_SSRF_INSIDE"
PUBLIC = "93.184.216.34"  # stands for the public internet: the control that the guard lets pass
NOWHERE = "198.41.0.4"  # public, and no route leads there
V4 = [
    "127.0.0.1",
    "127.8.8.8",
    "127.255.255.254",
    "10.0.0.1",
    "10.255.255.254",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "169.254.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.255.254",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "198.18.0.1",
    "198.19.255.254",
    "240.0.0.1",
    "255.255.255.254",
    "168.63.129.16",
    "192.88.99.1",
    "0.1.2.3",
]
V6 = [
    "::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fec0::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2002:a00:1::",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "100::1",
    "5f00::1",
    "::2",
]
OPENED = {
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "100.64.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "::1",
    "fc00::1",
}  # by allow_private
PORTS = (80, 443, 8443, 25, 465, 587, 3128)


def enter():
    """Runs this file again inside the namespaces, or says why that cannot be."""
    command = ["unshare", "-Urnm", sys.executable, __file__] + sys.argv[1:]
    probe = subprocess.run(["unshare", "-Urnm", "true"], capture_output=True)
    if probe.returncode or not shutil.which("ip"):
        print("skipped: this machine gives no namespaces (unshare -Urnm) or has no ip command")
        sys.exit(0)
    sys.exit(subprocess.run(command, env={**os.environ, INSIDE: "1"}).returncode)


def sh(*words, check=True):
    return subprocess.run(words, check=check, capture_output=True, text=True)


def network():
    sh("ip", "link", "set", "lo", "up")
    absent = []
    for address in V4 + [PUBLIC]:
        if (
            address not in ("127.0.0.1",)
            and sh("ip", "addr", "add", address + "/32", "dev", "lo", check=False).returncode
        ):
            absent.append(address)
    for address in V6:
        if (
            address != "::1"
            and sh("ip", "-6", "addr", "add", address + "/128", "dev", "lo", "nodad", check=False).returncode
        ):
            absent.append(address)
    return absent


class Listeners:
    """Everything that knocks, by the address that was knocked at. TLS is spoken at 443 and 8443."""

    def __init__(self, tls):
        self.accepts, self.heads, self.lock, self.tls = Counter(), [], threading.Lock(), tls
        for port in PORTS:
            for family, place in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
                listener = socket.socket(family, socket.SOCK_STREAM)
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                listener.bind((place, port))
                listener.listen(200)
                threading.Thread(target=self.loop, args=(listener, port), daemon=True).start()

    def loop(self, listener, port):
        while True:
            connection, _ = listener.accept()
            address = connection.getsockname()[0].split("%")[0]
            with self.lock:
                self.accepts[(address, port)] += 1
            threading.Thread(target=self.answer, args=(connection, address, port), daemon=True).start()

    def answer(self, connection, address, port):
        try:
            connection.settimeout(3)
            if port in (443, 8443):
                connection = self.tls.wrap_socket(connection, server_side=True)
            if port in (25, 587):
                connection.sendall(b"220 relay.test ESMTP\r\n")
            head = connection.recv(65536)
            with self.lock:
                self.heads.append((address, port, head))
            redirect = re.search(rb"POST /redirect/(\d+)/(\S+)", head)
            if redirect:
                place = bytes.fromhex(redirect[2].decode())
                connection.sendall(b"HTTP/1.1 %s X\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (redirect[1], place))
            else:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def inner(self):
        """Knocks at any address but the public one and the machine's own name server."""
        with self.lock:
            return {k: n for k, n in self.accepts.items() if k[0] != PUBLIC}

    def clear(self):
        with self.lock:
            self.accepts.clear()
            self.heads.clear()


class Names:
    """A name server on UDP 53: `name` → a function of (question number) that gives addresses."""

    def __init__(self):
        self.zone, self.asked = {}, Counter()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self.loop, daemon=True).start()

    def loop(self):
        while True:
            data, peer = self.socket.recvfrom(4096)
            name, kind, end = self.question(data)
            addresses = self.zone.get(name.lower().rstrip("."))
            self.asked[(name.lower(), kind)] += 1
            given = addresses(self.asked[(name.lower(), kind)]) if addresses else []
            records = b"".join(self.record(a, kind) for a in given if (":" in a) == (kind == 28))
            count = sum(1 for a in given if (":" in a) == (kind == 28))
            flags = 0x8180 if addresses else 0x8183
            self.socket.sendto(data[:2] + struct.pack(">HHHHH", flags, 1, count, 0, 0) + data[12:end] + records, peer)

    @staticmethod
    def question(data):
        place, labels = 12, []
        while data[place]:
            labels.append(data[place + 1 : place + 1 + data[place]].decode("latin-1"))
            place += data[place] + 1
        return ".".join(labels), struct.unpack(">H", data[place + 1 : place + 3])[0], place + 5

    @staticmethod
    def record(address, kind):
        raw = ipaddress.ip_address(address).packed
        return b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(raw)) + raw

    def fixed(self, name, *addresses):
        self.zone[name] = lambda number: list(addresses)
        return name


def spellings(address):
    """The ways in which a URL may write an IPv4 address."""
    a, b, c, d = (int(x) for x in address.split("."))
    number = a << 24 | b << 16 | c << 8 | d
    yield from (
        address,
        str(number),
        hex(number),
        f"0{number:o}",
        f"0x{a:02x}.0x{b:02x}.0x{c:02x}.0x{d:02x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        address + ".",
        f"0x{a:x}.{b}.0{c:o}.{d}",
        f"{a:03}.{b:03}.{c:03}.{d:03}",
        address.replace(".", "。"),
        address.replace(".", "%2e"),
        "".join(chr(0xFF10 + int(x)) if x.isdigit() else x for x in address),
        f"[::ffff:{address}]",
        f"[::ffff:{a:02x}{b:02x}:{c:02x}{d:02x}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"user@{address}",
        f"{PUBLIC}@{address}",
        f"{PUBLIC}:443@{address}",
        f"{address}#@{PUBLIC}",
        f"{address}?@{PUBLIC}",
        f"{PUBLIC}\\@{address}",
        f"{address}%00.example.com",
        f"{address}%2523@example.com",
    )


def urls(names):
    """(url, whether a name leads inward) – some hundreds."""
    for address in V4:
        for host in spellings(address):
            yield f"https://{host}/hook"
    for address in V6:
        for host in (
            f"[{address}]",
            f"[{ipaddress.ip_address(address).exploded}]",
            f"[{address}%25lo]",
            f"[{address}%lo]",
        ):
            yield f"https://{host}/hook"
    for host in (
        "0",
        "0.0.0.0",
        "[::]",
        "127.1",
        "127.0.1",
        "0x7f.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "ip6-localhost",
        "LocalHost.localdomain",
        "0177.1",
        "2130706433",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::1]",
        "[0000::0001]",
        "①②⑦.⓪.⓪.①",
        "ⓛocalhost",
        "127.0.0.1:8443",
        "127.0.0.1:25",
        "[::1]:465",
    ):
        yield f"https://{host}/hook"
    for n, address in enumerate(V4 + V6):
        yield f"https://{names.fixed(f'to-{n}.evil.test', address)}/hook"
        yield f"https://{names.fixed(f'mixed-{n}.evil.test', NOWHERE, address)}:8443/hook"
        yield f"https://{names.fixed(f'turned-{n}.evil.test', address, NOWHERE)}/hook"
    yield f"https://{names.fixed('many.evil.test', *[NOWHERE] * 20, *[f'10.0.0.{n}' for n in range(1, 60)], '127.0.0.1')}/hook"
    yield f"https://{names.fixed('both.evil.test', NOWHERE, '::1', '127.0.0.1', 'fc00::1')}/hook"
    names.zone["rebind.evil.test"] = lambda number: [NOWHERE] if number == 1 else ["127.0.0.1"]
    names.zone["back.evil.test"] = lambda number: ["127.0.0.1"] if number % 2 else [NOWHERE]
    names.zone["again.evil.test"] = lambda number: [PUBLIC] if number == 1 else ["169.254.169.254"]
    yield from (
        f"https://{name}/hook"
        for name in (
            "rebind.evil.test",
            "back.evil.test",
            "again.evil.test",
            "rebind.evil.test.",
            "REBIND.EVIL.TEST",
            names.fixed("xn--e1afmkfd.evil.test", "127.0.0.1"),
        )
    )
    yield f"https://{names.fixed('münchen.evil.test'.encode('idna').decode(), '10.0.0.1').encode().decode('idna')}/hook"
    for scheme in (
        "http",
        "HTTP",
        "ftp",
        "file",
        "gopher",
        "dict",
        "ldap",
        "smb",
        "telnet",
        "ws",
        "unix",
        "https:http",
        "data",
    ):
        yield f"{scheme}://127.0.0.1/etc/passwd"
    yield from (
        "https:///127.0.0.1/x",
        "https:127.0.0.1",
        "//127.0.0.1/x",
        "https://",
        "https://\t127.0.0.1/",
        "https://127.0.0.1\r\n/",
        "https://①②⑦。0。0。1/",
    )


def redirects():
    places = [
        "http://127.0.0.1/x",
        "https://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/x",
        "http://[::1]/x",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/_HELO",
        "https://to-0.evil.test/x",
        "/relative",
        "http://2130706433/",
    ]
    for status in (300, 301, 302, 303, 305, 307, 308):
        for place in places:
            yield f"https://public.evil.test/redirect/{status}/{place.encode().hex()}"


RULE = 'id: ring\nwhen: {{created: task}}\nthen:\n  - notify: {{via: [{}], to: task.assignee, title: "{{{{ task.title }}}}"}}\n'
TYPES = {
    "webhook": '{{type: webhook, url: "${{env:{}}}"{}}}',
    "dingtalk": '{{type: dingtalk, url: "${{env:{}}}"{}}}',
    "slack": '{{type: slack, url: "${{env:{}}}"{}}}',
    "feishu": '{{type: feishu, url: "${{env:{}}}"{}}}',
}


class Trial:
    """Channels of many addresses: what `check` refuses is taken out, the rest is rung in earnest."""

    def __init__(self, tally, stage, listeners):
        self.tally, self.stage, self.listeners, self.serial = tally, stage, listeners, 0

    def configure(self, lines, env):
        """Takes out refused lines until the configuration loads; gives the names of those that stayed."""
        box, head = self.stage.box, self.stage.head
        box.env.update(env)
        first = head.count("\n") + 2
        (box.folder / "rules/a.yaml").unlink(missing_ok=True)  # it names the channels of the batch before
        for _ in range(40):
            box.write("bellman.yaml", head + "channels:\n" + "".join(lines.values()))
            done = box.run("check")
            wrong = {int(n) - first for n in re.findall(r"bellman\.yaml:(\d+):", done.both)}
            if not wrong or done.returncode == 0:
                break
            lines = {k: v for n, (k, v) in enumerate(lines.items()) if n not in wrong}
        self.tally.equal(
            done.returncode, 0, f"the rest of the configuration loads: {done.both[:300] if done.returncode else ''}"
        )
        box.write("rules/a.yaml", RULE.format(", ".join(lines)))
        box.must("check")
        return list(lines)

    def ring(self):
        self.serial += 1
        self.stage.tick(self.stage.now + timedelta(minutes=1))
        self.stage.load("task", [{"id": f"T{self.serial}", "title": "x", "assignee": "wang"}])
        for _ in range(2):
            done = self.stage.tick(self.stage.now + timedelta(minutes=20), limit=300)
        return done

    def batch(self, what, places, extra="", kinds=("webhook",)):
        lines, env = {}, {}
        for n, place in enumerate(places):
            if "\0" in place:
                continue
            name, word = f"c{n}", f"URL_{n}"
            lines[name] = f"  {name}: " + TYPES[kinds[n % len(kinds)]].format(word, extra) + "\n"
            env[word] = place
        self.listeners.clear()
        kept = self.configure(lines, env)
        self.ring()
        print(
            f"{what}: {len(lines)} addresses, {len(lines) - len(kept)} refused at the door, {len(kept)} tried, "
            f"knocks: {sum(self.listeners.inner().values())} inside, {sum(n for k, n in self.listeners.accepts.items() if k[0] == PUBLIC)} "
            f"at the public one",
            flush=True,
        )
        return kept, env


def prepare():
    from kit import Tally
    from stage import Stage, authority

    absent = network()
    files = Path(tempfile.mkdtemp(prefix="bellman-ssrf-"))
    (files / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    (files / "hosts").write_text("127.0.0.1 localhost LocalHost.localdomain\n::1 localhost ip6-localhost\n")
    for name in ("resolv.conf", "hosts"):
        sh("mount", "--bind", str(files / name), "/etc/" + name)
    atexit.register(shutil.rmtree, files, ignore_errors=True)
    ca = authority()
    listeners = Listeners(
        ca.context(
            "public",
            names=f"DNS:*.evil.test,DNS:localhost,DNS:public.evil.test,IP:{PUBLIC},IP:127.0.0.1,"
            + ",".join(f"IP:{a}" for a in sorted(OPENED - {"127.0.0.1"})),
        )
    )
    names, tally, stage = Names(), Tally(), Stage()
    names.fixed("public.evil.test", PUBLIC)
    stage.box.env["BELLMAN_CA_FILE"] = str(ca.file)
    stage.load("member", [{"id": "wang", "name": "王芳", "email": "wang@example.com"}])
    if absent:
        print("addresses that this kernel does not take:", " ".join(absent))
    return tally, stage, listeners, names


def forbidden(trial, names):
    tally, listeners = trial.tally, trial.listeners
    places = list(dict.fromkeys(urls(names)))
    random.Random(3).shuffle(places)
    for n in range(0, len(places), 200):
        trial.batch(f"inward {n // 200 + 1}", places[n : n + 200], kinds=tuple(TYPES))
        tally.equal(listeners.inner(), {}, f"addresses {n} to {n + 199}: nobody knocks inside")
    trial.batch("redirects", list(redirects()))
    tally.equal(listeners.inner(), {}, "redirects: nobody knocks inside")
    tally.check(
        sum(n for k, n in listeners.accepts.items() if k[0] == PUBLIC) >= 70,
        "redirects: the public one was asked",
        listeners.accepts,
    )


def control(trial, names):
    """The same listeners are reached where it is allowed, so the zero above is not for want of a way."""
    tally, listeners = trial.tally, trial.listeners
    trial.batch("control, public", ["https://public.evil.test/hook", f"https://{PUBLIC}/hook"])
    tally.check(listeners.accepts.get((PUBLIC, 443), 0) >= 1, "control: a public address is reached", listeners.accepts)
    rows = [r for r in trial.stage.rows(record=f"task/T{trial.serial}")]
    tally.equal({r["state"] for r in rows}, {"sent"}, "control: and takes the notice")
    hosts = [f"[{a}]" if ":" in a else a for a in sorted(OPENED)]
    trial.batch(
        "control, private",
        [f"https://{h}/hook" for h in hosts] + [f"http://{h}/hook" for h in hosts],
        ", allow_private: true",
    )
    reached = {address for address, port in listeners.inner() if port in (80, 443)}
    tally.equal(sorted(OPENED - reached), [], "control: with allow_private the private ones are reached")
    shut = [
        f"https://{f'[{a}]' if ':' in a else a}/hook"
        for a in V4 + V6
        if ipaddress.ip_address(a).is_link_local
        or a in ("168.63.129.16", "240.0.0.1", "192.0.2.1", "64:ff9b::7f00:1", "2002:7f00:1::1")
    ]
    trial.batch("closed even then", shut, ", allow_private: true")
    tally.equal(listeners.inner(), {}, "with allow_private: metadata, documentation and tunnel addresses stay shut")


def relays(trial, names):
    tally, listeners = trial.tally, trial.listeners
    hosts = (
        [f"[{a}]" if ":" in a else a for a in V4 + V6]
        + [f"to-{n}.evil.test" for n in range(len(V4 + V6))]
        + ["localhost", "2130706433", "0x7f.1", "127.1", "both.evil.test", "many.evil.test"]
    )
    lines = {
        f"m{n}": f'  m{n}: {{type: email, relay: "{("smtp://", "smtps://")[n % 2]}{host}:{(587, 465)[n % 2]}", from: "a@example.com"}}\n'
        for n, host in enumerate(hosts)
    }
    listeners.clear()
    kept = trial.configure(lines, {})
    trial.ring()
    print(f"relays: {len(lines)} addresses, {len(kept)} tried, knocks inside: {sum(listeners.inner().values())}")
    tally.equal(listeners.inner(), {}, "mail relays: nobody knocks inside")
    trial.configure(
        {"m": '  m: {type: email, relay: "smtp://10.0.0.1:587", from: "a@example.com", allow_private: true}\n'}, {}
    )
    trial.ring()
    tally.check(
        listeners.inner().get(("10.0.0.1", 587)),
        "mail relays, control: with allow_private it is reached",
        listeners.inner(),
    )


def surroundings(trial, names):
    """Proxies of the environment, .netrc and .curlrc change nothing."""
    tally, listeners, box = trial.tally, trial.listeners, trial.stage.box
    proxies = {
        name: "http://user:pw@127.0.0.1:3128"
        for word in ("http", "https", "all", "ftp")
        for name in (f"{word}_proxy", f"{word.upper()}_PROXY")
    }
    box.env.update(proxies, CURL_HOME=str(box.folder), SSL_CERT_FILE="/nonexistent", NETRC=str(box.folder / ".netrc"))
    box.write(
        ".netrc",
        "machine public.evil.test login mallory password netrcsecret\ndefault login mallory password netrcsecret\n",
    )
    box.write(".curlrc", 'proxy = http://127.0.0.1:3128\nheader = "X-Curlrc: yes"\ninsecure\nlocation\n')
    trial.batch("environment", ["https://public.evil.test/hook", "https://to-0.evil.test/hook"])
    tally.equal(listeners.inner(), {}, "proxies of the environment are not asked")
    heads = b"".join(head for address, port, head in listeners.heads if address == PUBLIC)
    tally.check(
        b"POST /hook" in heads and not re.search(rb"(?i)authorization|x-curlrc|mallory|cookie", heads),
        ".netrc and .curlrc are not read",
        heads[:300],
    )
    for name in proxies:
        box.env.pop(name)


def tests(trial, names):
    """`channel test` goes the same way, and tells nothing of what an inner address would answer."""
    tally, listeners = trial.tally, trial.listeners
    kept, _ = trial.batch(
        "by hand", ["https://to-0.evil.test/hook", "https://to-7.evil.test/hook", "https://both.evil.test/hook"]
    )
    listeners.clear()
    for name in kept:
        done = trial.stage.box.run("channel", "test", name)
        tally.check(done.returncode == 1 and "\nok" not in done.both, f"channel test {name}: refused", done.both[-300:])
    tally.equal(listeners.inner(), {}, "channel test: nobody knocks inside")


def main():
    tally, stage, listeners, names = prepare()
    trial = Trial(tally, stage, listeners)
    for part in (control, forbidden, relays, surroundings, tests):
        part(trial, names)
    stage.end(keep=tally.failed and "--keep" in sys.argv)
    tally.end()


if __name__ == "__main__":
    main() if os.environ.get(INSIDE) else enter()
