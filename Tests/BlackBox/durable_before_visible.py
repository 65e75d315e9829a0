"""What is seen outside is on the disk before: proved from the system calls of the real binary.

Needs strace and the right to trace. For each notice that a receiver sees, the commit that holds its row was synced
before its first byte went to the socket; for each write that a command or the API confirms, before the confirmation; and
each file that gets its name by renaming was synced before, and its folder after."""
import json, os, re, socketserver, subprocess, sys, threading
from kit import BINARY, Box, HTTPReceiver, Tally, free_port, get, until
import trace

RULE = """id: made
when: {created: task}
then:
  - notify: {via: [erp, mail], to: task.assignee, title: "{{ task.title }}"}
"""


class PlainMail(socketserver.BaseRequestHandler):
    """SMTP without encryption, so that the trace shows what goes out."""
    ids = []

    def handle(self):
        wire, in_data = self.request.makefile("rb"), False
        self.request.sendall(b"220 here\r\n")
        for line in wire:
            if in_data:
                if line.lower().startswith(b"message-id: <"):
                    PlainMail.ids.append(line.split(b"<")[1].split(b"@")[0])
                in_data = line != b".\r\n"
                if not in_data:
                    self.request.sendall(b"250 taken\r\n")
            elif line.upper().startswith(b"DATA"):
                in_data = True
                self.request.sendall(b"354 go\r\n")
            else:
                self.request.sendall(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


def serve_mail():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), PlainMail)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def configuration(listen, http, mail):
    return f"""timezone: Asia/Shanghai
language: en
listen: 127.0.0.1:{listen}
public_url: http://127.0.0.1:{listen}
channels:
  erp: {{type: webhook, url: "http://127.0.0.1:{http}/hook", allow_private: true, limit: 60000 per minute}}
  mail: {{type: email, relay: "smtp://127.0.0.1:{mail}", from: bell@example.com, tls: none, allow_private: true}}
"""


def traced(box, output, *arguments):
    done = subprocess.run(
        trace.command(box.folder / output, BINARY, *arguments), cwd=box.folder, env=box.env, capture_output=True, timeout=300)
    return done.returncode, trace.read(box.folder / output)


def work(box, port, token, receiver, count):
    """Tasks by the API, one by one and in batches that leave as bundles."""
    for number in range(count):
        size = 30 if number % 8 == 7 else 1
        rows = [{"id": f"T{number}-{k}", "title": f"task {number}-{k}", "assignee": "wang"} for k in range(size)]
        status, _ = get(f"http://127.0.0.1:{port}/v1/records/task", token, json.dumps(rows).encode())
        if status != 200:
            raise SystemExit(f"the API answers {status}")
        wanted = len(receiver.posts) + 1
        until(lambda: len(receiver.posts) >= wanted, limit=20)


def sent_ids(calls):
    """(id, call) of each message that goes to a socket, the first time that it does."""
    seen = {}
    for call in calls:
        if call.name in ("sendto", "sendmsg", "write", "writev") and "socket:" in call.file.lower() or call.name == "sendto":
            data = call.data
            for found in re.findall(rb"(?mi)^webhook-id: (\S+)", data) + re.findall(rb"(?mi)^message-id: <([^@>]+)@", data):
                seen.setdefault(found, call)
    return seen


def check_sends(tally, calls, came, what):
    log, sent, late = trace.Log(calls, ".db-wal"), sent_ids(calls), []
    for id in sorted(came):
        call = sent.get(id)
        if not tally.check(call is not None, f"{what}: the trace shows message {id.decode()} leave"):
            continue
        durable = log.durable_at(id)
        if durable is None or durable >= call.begun:
            late.append((id, durable, call.begun))
    tally.equal(late, [], f"{what}: every message left after its commit was synced")
    # The proof must fail where the syncs are missing.
    blind = trace.Log([c for c in calls if c.name not in ("fsync", "fdatasync")], ".db-wal")
    tally.check(all(blind.durable_at(id) is None for id in came), f"{what}: without its syncs the trace proves nothing")
    return len(came)


def check_answers(tally, calls):
    """The API confirms a record when the commit that holds it is synced."""
    log, seen = trace.Log(calls, ".db-wal"), set()
    for call in calls:
        if call.name not in ("write", "writev", "sendto", "sendmsg") or not call.data.startswith(b"HTTP/1.1 200"):
            continue
        for name in set(re.findall(rb"\bT(\d+-\d+)\b", call.data)) - seen:
            seen.add(name)
            durable = log.durable_at(b"task " + name)
            tally.check(durable is not None and durable < call.begun,
                        f"the API confirmed T{name.decode()} after its commit was synced", (durable, call.begun))
    return len(seen)


def check_names(tally, calls, what, least, base):
    """fsync of the file, its name, fsync of the folder. Names are relative to `base`."""
    named = 0
    for call in calls:
        if call.name not in ("rename", "renameat", "renameat2", "link", "linkat") or not call.done:
            continue
        paths = [text.decode() for text in call.texts]
        if len(paths) != 2:
            continue
        source, target = paths
        named += 1
        folder = os.path.realpath(os.path.join(base, os.path.dirname(target)))
        after = [c for c in calls if c.name == "fsync" and c.result == 0 and c.begun > call.ended and c.file == folder]
        tally.check(after, f"{what}: the folder is synced after {source.rsplit('/')[-1]} became {target.rsplit('/')[-1]}")
        short = source.rsplit("/", 1)[-1]
        same = [c for c in calls if c.file.rsplit("/", 1)[-1] == short and c.ended < call.begun and c.done]
        writes = [c.ended for c in same if c.name in ("write", "pwrite64", "writev", "ftruncate")]
        syncs = [c.begun for c in same if c.name in ("fsync", "fdatasync") and c.result == 0]
        tally.check(not writes or syncs and max(syncs) > max(writes), f"{what}: {short} is synced before it gets its name",
                    (max(writes, default=None), max(syncs, default=None)))
    tally.check(named >= least, f"{what}: at least {least} files get their names so", named)
    return named


def check_command(tally, code, calls, what):
    """A command says what it did when that is durable."""
    tally.equal(code, 0, f"{what} ends well")
    log = trace.Log(calls, ".db-wal")
    words = [c for c in calls if c.name == "write" and c.arguments.startswith("1<")]
    tally.check(words and log.writes, f"{what} writes and says so")
    unsynced = [log.unsynced_before(c.begun) for c in words]
    tally.check(not any(unsynced), f"{what}: nothing is unsynced when it says so", sum(map(len, unsynced)))


def main(count):
    why = trace.missing()
    if why:
        raise SystemExit(why if why.startswith("skipped") else "skipped: " + why)
    tally, mail = Tally(), serve_mail()
    receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
    port = free_port()
    box = Box(configuration(port, receiver.port, mail.server_address[1]), {"made.yaml": RULE})
    box.write("m.csv", "id,name,email\nwang,Wang,wang@example.com\nli,Li,li@example.com\n")
    check_command(tally, *traced(box, "import.trace", "import", "m.csv", "--kind", "member"), "bellman import")
    box.must("run", "--once")
    token = box.must("token", "create", "--role", "admin").out.split()[-1]
    (box.folder / "bellman.db.key").unlink(missing_ok=True)
    log = open(box.folder / "daemon.log", "ab")
    daemon = subprocess.Popen(
        trace.command(box.folder / "run.trace", BINARY, "run"), cwd=box.folder, env=box.env, stdout=log, stderr=log)
    if until(lambda: answers(port), limit=60) is None:
        raise SystemExit(f"the daemon does not start: {box.log()[-800:]}")
    work(box, port, token, receiver, count)
    until(lambda: len(PlainMail.ids) >= len(receiver.posts), limit=60)
    subprocess.run(["pkill", "-TERM", "-P", str(daemon.pid)], check=False)
    daemon.wait(timeout=60)
    calls = trace.read(box.folder / "run.trace")
    hooks = {h["webhook-id"].encode() for _, h, _, s in receiver.posts}
    figures = [check_sends(tally, calls, hooks, "webhook"), check_sends(tally, calls, set(PlainMail.ids), "mail"),
               check_answers(tally, calls), check_names(tally, calls, "daemon", 1, box.folder)]
    tally.check(min(figures) > 0, "webhook, mail, the API and a key file were all seen", figures)
    names = care(tally, box)
    print(f"{figures[0]} webhook messages, {figures[1]} mails, {figures[2]} confirmed records, {figures[3] + names} files named")
    receiver.stop()
    if tally.failed:
        print("kept", box.folder)
    else:
        box.remove()
    tally.end()


def care(tally, box):
    """Commands that write files of their own."""
    named = 0
    (box.folder / "new").mkdir()
    for what, least, arguments in [
        ("bellman backup", 1, ["backup", "b.db"]), ("bellman restore", 2, ["restore", "b.db"]),
        ("bellman fmt", 1, ["fmt", "rules"]), ("bellman init", 1, ["init", "-C", "new"]),
    ]:
        if arguments[0] == "fmt":
            box.write("rules/made.yaml", RULE.replace("when: {", "when:   {"))
        code, calls = traced(box, "care.trace", *arguments)
        tally.equal(code, 0, f"{what} ends well")
        named += check_names(tally, calls, what, least, box.folder / "new" if "-C" in arguments else box.folder)
    return named


def answers(port):
    try:
        return get(f"http://127.0.0.1:{port}/healthz")[0] == 200
    except Exception:
        return False


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
