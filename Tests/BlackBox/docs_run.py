"""Every code block of README, tutorial, how-to pages and guides is run as a reader would, in a folder of the page.

How a block is tagged says what becomes of it (README.md, “Pages that are run”). `docs_run.py [PAGE …]` takes only pages
whose path has one of these words; `--keep` leaves the folders,
`--show` prints what each command of a console block printed."""
import json, os, re, shlex, signal, subprocess, sys, urllib.request
from pathlib import Path

import docs_pages
from kit import BINARY, ROOT, Box, HTTPReceiver, Tally, free_port, until
from vendors import VENDORS

PAGES = ("README*.md", "docs/tutorial*.md", "docs/howto/*.md", "docs/guides/*.md")
LIMIT = 120
# Kept in each page's folder between its blocks, as a shell of the reader's would.
STATE = 'declare -px > "$STATE"; pwd > "$STATE.cwd"'


class Reader:
    """Somebody who does what a page says. What stands outside (DingTalk, a heartbeat) is stood in for on the loopback,
    under the addresses that the page's own settings name."""

    def __init__(self, page, tally):
        self.page, self.tally, self.box, self.daemon = page, tally, Box(), None
        self.where = page.path.relative_to(ROOT)
        self.robot, self.other = VENDORS["dingtalk"](), HTTPReceiver(lambda *_: (200, "{}"))
        self.names, self.port = {}, free_port()
        (self.box.folder / "rules").rmdir()
        home = self.box.folder.parent / (self.box.folder.name + "-home")
        (home / "bin").mkdir(parents=True)
        (home / "bin/bellman").symlink_to(BINARY)
        self.home, self.state = home, home / "state"
        self.box.env.update(
            HOME=str(home), STATE=str(self.state), REPOSITORY=str(ROOT), PATH=f"{home}/bin:{os.environ['PATH']}",
            LANG="zh_CN.UTF-8" if page.chinese else "en_US.UTF-8", LC_CTYPE="C.UTF-8", TZ="Asia/Shanghai",
            USER="reader", COLUMNS="200")

    def read(self):
        for line, words in self.page.faults:
            self.tally.check(False, f"{self.where}:{line}: {words}")
        dead = docs_pages.dead_links(self.page.path)
        self.tally.check(not dead, f"{self.where}: every link leads somewhere", dead)
        for block in self.page.blocks:
            getattr(self, block.does)(block)

    def end(self, keep):
        if self.daemon:
            self.daemon.send_signal(signal.SIGTERM)
            self.tally.equal(self.daemon.wait(60), 0, f"{self.where}: bellman run ends well")
        self.robot.stop()
        self.other.stop()
        if keep:
            print(f"kept {self.where} in {self.box.folder}")
        else:
            self.box.remove()
            subprocess.run(["rm", "-rf", self.home])

    # Blocks

    def run(self, block):
        self.good(block, self.shell(block.text))

    arrange = run

    def session(self, block):
        for command, expected in docs_pages.steps(block.text):
            done = self.shell(command)
            seen = self.told(done.stdout).rstrip("\n").split("\n")
            if "--show" in sys.argv:
                print(f"{self.where}:{block.line} $ {command}\n" + "\n".join(seen), flush=True)
            self.say(block, docs_pages.alike(expected, seen), f"“{command}” prints what the page shows", "\n".join(seen))
            self.say(block, done.returncode in (0, 1, 3), f"“{command}” is a command", done.returncode)

    def file(self, block):
        self.write(block)
        name = block.notes["file"]
        self.good(block, self.shell("bellman check"))
        if name.endswith(".test.yaml"):
            self.good(block, self.shell(f"bellman test {shlex.quote(name)}"))
        elif Path(name).parts[0] == "rules":
            self.good(block, self.shell(f"bellman fmt --check {shlex.quote(name)}"))
            if self.daemon:
                self.say(block, until(lambda: self.arms(block.text), 10) is not None, "the daemon takes the rule")

    def wrong(self, block):
        self.write(block)
        self.say(block, self.shell("bellman check").returncode == 1, "bellman check finds the mistake")

    def json(self, block):
        try:
            json.loads(block.text)
            self.say(block, True, "is JSON")
        except ValueError as problem:
            self.say(block, False, f"is JSON: {problem}")
        if "file" in block.notes:
            self.write(block)

    def csv(self, block):
        self.say(block, "file" in block.notes, "a csv block needs <!-- file: NAME --> above it")
        self.write(block)

    def received(self, block):
        """The robot's last message, as it stands in the room."""
        until(lambda: self.robot.seen, 10)
        taken = [seen.fact for seen in self.robot.seen if seen.taken]
        seen = taken[-1]["markdown"]["text"] if taken else "(nothing)"
        if "--show" in sys.argv:
            print(f"{self.where}:{block.line} came\n{seen}", flush=True)
        self.say(block, docs_pages.alike(block.text.split("\n"), seen.split("\n")), "the message is as shown", seen)

    def posted(self, block):
        """<!-- posted: 2 -->: so many messages the robot has taken by now."""
        wanted = int(block.text)
        until(lambda: sum(seen.taken for seen in self.robot.seen) >= wanted, 20)
        self.say(block, sum(seen.taken for seen in self.robot.seen) == wanted, f"{wanted} messages came",
                 [seen.refused or seen.fact for seen in self.robot.seen])

    def let(self, block):
        """<!-- let: A-7Q2MXK4B = command -->: what the command prints stands for that word from here on."""
        word, command = block.text.split(" = ", 1)
        done = self.shell(command)
        if self.say(block, done.stdout.strip() and not done.returncode, f"“{command}” names {word}", done.stdout):
            self.names[word] = done.stdout.strip()

    def told(self, text):
        for word, given in self.names.items():
            text = text.replace(given, word)
        return text.replace(f":{self.port}", ":8420")

    def shown(self, block):
        pass

    silent = shown

    # How

    def real(self, text):
        """Text of a page with what the reader would fill in."""
        robot = f"http://localhost:{self.robot.port}/robot/send?access_token=docs"
        text = re.sub(r"https://oapi\.dingtalk\.com/robot/send\?access_token=[\w…]+", robot, text)
        text = text.replace("SEC…", self.robot.secret).replace(":8420", f":{self.port}")
        for word, given in self.names.items():
            text = text.replace(word, given)
        return text

    def write(self, block):
        path = self.cwd() / block.notes["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.real(block.text))

    def settle(self):
        """The loopback is a private address, and port 8420 may be somebody's: the one liberty taken with a page's file."""
        path = self.cwd() / "bellman.yaml"
        if not path.exists():
            return
        text = before = path.read_text()
        text = re.sub(r"(?m)^(?!\s*#)(.*\{type: dingtalk, (?!allow_private))", r"\1allow_private: true, ", text)
        text = text.replace(":8420", f":{self.port}")
        if not re.search(r"(?m)^listen:", text):
            text += f"listen: 127.0.0.1:{self.port}\n"
        if text != before:
            path.write_text(text)

    def shell(self, text):
        """One block, in a shell that remembers variables and folder from the blocks before. A block that calls what
        reaches beyond its folder is not run at all: a document must not be able to change the machine."""
        if outside := docs_pages.foreign(text):
            words = f"not run: {outside!r} reaches beyond the page's folder; tag the block no-run"
            return subprocess.CompletedProcess(text, 126, words)
        self.settle()
        kept = [line for line in text.split("\n") if not re.fullmatch(r"bellman run( +#.*)?", line)]
        head = f'source "$STATE" 2>/dev/null || true; cd "$(cat "$STATE.cwd")"; ' if self.state.exists() else ""
        script = f"{head}trap '{STATE}' EXIT; set -e\n" + self.real("\n".join(kept))
        done = self.finish(subprocess.Popen(
            ["bash", "-c", script], cwd=self.box.folder, env=self.box.env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True))
        self.settle()
        if len(kept) < len(text.split("\n")) and done.returncode == 0:
            self.start()
        return done

    def finish(self, process):
        try:
            out, code = process.communicate(timeout=LIMIT)[0], process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, code = process.communicate()[0] + f"\nno end within {LIMIT} s".encode(), 124
        return subprocess.CompletedProcess(process.args, code, out.decode("utf-8", "replace"))

    def start(self):
        """`bellman run` on a line of its own: from here on in the background, as in the reader's second window."""
        if self.daemon:
            return
        log = open(self.home / "daemon.log", "ab")
        script = f'source "$STATE"; cd "$(cat "$STATE.cwd")"; exec bellman run'
        self.daemon = subprocess.Popen(["bash", "-c", script], cwd=self.box.folder, env=self.box.env, stdout=log, stderr=log)
        ready = until(lambda: self.asked("/readyz") is not None, 30)
        self.tally.check(ready is not None, f"{self.where}: bellman run becomes ready",
                         (self.home / "daemon.log").read_text(errors="replace"))

    def arms(self, text):
        """Whether the daemon lists the rule; that it is to be there within two seconds is reload.py's to hold."""
        return re.search(r"(?m)^(?:- )?id: *(\S+)", text)[1] in (self.asked("/v1/rules") or "")

    def asked(self, path):
        """What the daemon answers, or None while it does not, or not with 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            return None

    def cwd(self):
        path = Path(str(self.state) + ".cwd")
        return Path(path.read_text().strip()) if path.exists() else self.box.folder

    def good(self, block, done):
        return self.say(block, done.returncode == 0, f"ends with 0, not {done.returncode}", self.told(done.stdout))

    def say(self, block, good, words, seen=None):
        return self.tally.check(good, f"{self.where}:{block.line}: {words}", seen)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    paths = sorted({path for pattern in PAGES for path in ROOT.glob(pattern)})
    tally = Tally()
    for path in paths:
        if words and not any(word in str(path.relative_to(ROOT)) for word in words):
            continue
        reader = Reader(docs_pages.read(path), tally)
        try:
            reader.read()
        finally:
            reader.end("--keep" in sys.argv)
    tally.end()


if __name__ == "__main__":
    main()
