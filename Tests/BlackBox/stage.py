"""A box with a strict receiver for every channel type that the binary knows, in simulated or real time."""

import atexit, json, shutil, subprocess, tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from kit import BINARY, Box, read_store
from vendors import VENDORS
from wire import Authority, MailDesk

ZONE = timezone(timedelta(hours=8))
START = datetime(2030, 3, 4, 10, 0, tzinfo=ZONE)
PEOPLE = {
    "phone": "13800000000",
    "wecom_id": "wang",
    "feishu_id": "ou_7d8a6e6df7621556ce0d21922b676706",
    "slack_id": "U012AB3CD",
    "teams_id": "wang@corp.example",
    "telegram_id": "123456789",
    "email": "wang@example.com",
}


def known_types():
    """The channel types that this binary takes, asked of the binary itself."""
    kinds = []
    for kind, maker in VENDORS.items():
        vendor = maker()
        line, env = vendor.channel("probe")
        vendor.stop()
        box = Box("channels:\n" + line, env=env)
        if box.run("check").returncode == 0:
            kinds.append(kind)
        else:
            said = box.run("check").both.strip().splitlines()
            print(f"type {kind} is not taken, skipped: {said[0] if said else ''}", flush=True)
        box.remove()
    return kinds


class Stage:
    """One box; receivers are made first, then `configure` writes what names them."""

    def __init__(self, extra="", language="zh"):
        self.now, self.vendors, self.desks, self.box = START, [], [], Box()
        self.head = f"timezone: Asia/Shanghai\nlanguage: {language}\ncalendar: MON-FRI\n{extra}"

    def configure(self, lines, env=None, rules=None):
        """`lines` are those of `channels:`, `env` the variables that they refer to."""
        self.box.write("bellman.yaml", self.head + "channels:\n" + lines)
        self.box.env.update(env or {})
        for name, text in (rules or {}).items():
            self.box.write("rules/" + name, text)
        self.box.must("check")

    def vendor(self, kind, **options):
        vendor = VENDORS[kind](**options)
        vendor.clock = lambda: self.now.timestamp()
        self.vendors.append(vendor)
        return vendor

    def desk(self, **options):
        desk = MailDesk(**options)
        self.desks.append(desk)
        return desk

    def tick(self, moment=None, limit=200):
        """One evaluation and delivery as if it were that moment; the receivers live in the same time."""
        self.now = moment or self.now
        return self.box.run("run", "--once", "--now", self.now.isoformat(), limit=limit)

    def load(self, kind, rows):
        self.box.write(f"in-{kind}.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return self.box.run("import", f"in-{kind}.jsonl", "--kind", kind)

    def rows(self, **where):
        return [
            r
            for r in self.box.json("deliveries", "list", "--limit", "100000")
            if all(r.get(k) == v for k, v in where.items())
        ]

    def attempts(self, id):
        """The tries of one delivery as `deliveries show` tells them: (instant, verdict, words)."""
        tries = []
        for row in self.box.json("deliveries", "show", id):
            if row["what"].startswith(("第 ", "try ", "Try ")) or " 次" in row["what"]:
                stamp, _, rest = row["value"].partition(" ")
                verdict, _, words = rest.partition(":")
                tries.append((datetime.fromisoformat(stamp), verdict.strip(), words.strip()))
        return tries

    def query(self, text):
        return read_store(self.box.folder / "bellman.db", text)

    def end(self, keep=False):
        for receiver in self.vendors + self.desks:
            receiver.stop()
        if keep:
            print("kept", self.box.folder, flush=True)
        else:
            self.box.remove()


def authority():
    folder = Path(tempfile.mkdtemp(prefix="bellman-ca-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Authority(folder)


def version():
    return subprocess.run([BINARY, "--version"], capture_output=True, text=True, timeout=20).stdout.strip()
