"""System calls of the real binary, as strace saw them: in their order, with whole buffers and the names of files."""
import ast, functools, re, shutil, subprocess
from dataclasses import dataclass

CALLS = "openat,creat,write,writev,pwrite64,pwritev,sendto,sendmsg,connect,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat"
LINE = re.compile(r"^(\d+)\s+(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))$", re.S)
RESULT = re.compile(r"\)\s+= (-?\d+|0x[0-9a-f]+|\?)(?:<[^>]*>)?( [A-Z]+ .*)?$")
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"(\.\.\.)?')
NAMED = re.compile(r"^(-?\d+|AT_FDCWD)<((?:[^<>\\]|\\.|->|<[^<>]*>)*)>")


@dataclass
class Call:
    """One call: where in the trace it began and where it returned."""
    name: str
    arguments: str
    begun: int
    ended: int = 0
    result: int | None = None

    @property
    def done(self):
        return self.result is not None and self.result >= 0

    @property
    def file(self):
        """The name behind the first argument, when it is a descriptor."""
        match = NAMED.match(self.arguments)
        return match[2] if match else ""

    @functools.cached_property
    def texts(self):
        return [ast.literal_eval('b"' + text + '"') for text, _ in TEXT.findall(self.arguments)]

    @functools.cached_property
    def data(self):
        return b"".join(self.texts)

    @property
    def offset(self):
        """Of pwrite64."""
        return int(self.arguments.rsplit(", ", 1)[1].split(")")[0])


def missing():
    """Why nothing can be traced here; None when it can."""
    if not shutil.which("strace"):
        return "strace not found"
    tried = subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True, text=True)
    return None if tried.returncode == 0 else "skipped: ptrace is forbidden here: " + tried.stderr.strip()[:80]


def command(output, *arguments):
    return ["strace", "-f", "-y", "-s", "1000000", "-e", "trace=" + CALLS, "-e", "signal=none", "-o", str(output), *map(str, arguments)]


def read(path):
    """All calls by the order in which they began. What a thread had not finished when it ended has no result."""
    calls, under_way = [], {}
    for number, line in enumerate(open(path, encoding="latin-1")):
        match = LINE.match(line.rstrip("\n"))
        if not match:
            continue
        thread, name, rest, resumed, tail = match.groups()
        if resumed:
            call = under_way.pop(thread, None)
            if call is None:
                continue
            call.arguments += tail
        else:
            call = Call(name, rest, number)
            calls.append(call)
            if rest.endswith("<unfinished ...>"):
                call.arguments = rest[: -len("<unfinished ...>")]
                under_way[thread] = call
                continue
        call.ended = number
        result = RESULT.search(call.arguments)
        if result and result[1] != "?":
            call.result = int(result[1], 0)
    return calls


class Log:
    """A write-ahead log as the trace saw it grow: which bytes were in a commit that was synced, and when."""

    def __init__(self, calls, name):
        self.writes = [c for c in calls if c.name == "pwrite64" and c.file.endswith(name) and c.done]
        self.syncs = [c for c in calls if c.name in ("fsync", "fdatasync") and c.file.endswith(name) and c.result == 0]

    def durable_at(self, text):
        """The line at which the commit that first holds the text was synced; None when it never was."""
        first = next((i for i, c in enumerate(self.writes) if text in c.data), None)
        if first is None:
            return None
        # A frame is a header of 24 bytes and its page. Bytes 4-7 of a header are 0 but in the last frame of a commit
        # (sqlite.org/fileformat2.html#walformat).
        headers = [i for i in range(max(first - 1, 0), len(self.writes)) if len(self.writes[i].data) == 24]
        last = next((i for i in headers if self.writes[i].data[4:8] != bytes(4)), None)
        if last is None or last + 1 >= len(self.writes):
            return None
        written = self.writes[last + 1].ended
        return min((c.ended for c in self.syncs if c.begun > written), default=None)

    def unsynced_before(self, line):
        """Writes that returned before the line and were covered by no sync that did."""
        covered = max((c.begun for c in self.syncs if c.ended < line), default=-1)
        return [c for c in self.writes if covered < c.ended < line]
