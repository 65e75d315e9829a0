"""The pages of the documentation as blocks: what is shown, what is run, what is written into files."""
import re
from dataclasses import dataclass, field
from pathlib import Path

# Language and words of a fence, and what becomes of the block.
TAGS = {
    "sh": "run", "console": "session", "yaml title": "file", "yaml title wrong": "wrong", "json": "json", "csv": "csv",
    "text": "shown", "text received": "received",
    "sh no-run": "silent", "console no-run": "silent", "swift no-run": "silent", "yaml no-run": "silent",
}
FENCE = re.compile(r"^( *)```(.*)$")
COMMENT = re.compile(r"^ *<!-- *(run|let|file|no-run|posted): *(.*?) *-->$")
LISTED = re.compile(r"^ *([-*]|\d+\.) ")

# What a block may call: nothing that reaches beyond the folder of its page.
ALLOWED = set("bellman cat cd done for chmod cp cut date diff echo export false git grep head ls mkdir mv printf sed sort tail test "
              "touch true [ curl unzip".split())


@dataclass
class Block:
    """One thing to do: a fenced block, or a comment that arranges what the reader is taken to have."""
    line: int
    does: str
    text: str
    notes: dict = field(default_factory=dict)


@dataclass
class Page:
    path: Path
    blocks: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    @property
    def chinese(self):
        return self.path.name.endswith(".zh-CN.md")


def read(path):
    """The blocks of a page, and what is wrong with its fences."""
    page, lines, notes, at = Page(path), path.read_text().split("\n"), {}, 0
    while at < len(lines):
        comment, fence = COMMENT.match(lines[at]), FENCE.match(lines[at])
        if comment and comment[1] in ("run", "let", "posted"):
            page.blocks.append(Block(at + 1, {"run": "arrange"}.get(comment[1], comment[1]), comment[2]))
        elif comment:
            notes[comment[1]] = comment[2]
        elif fence:
            end = next((n for n in range(at + 1, len(lines)) if lines[n].strip() == "```"), None)
            if end is None:
                page.faults.append((at + 1, "the block has no end"))
                break
            take(page, at + 1, fence[2].strip(), [line.removeprefix(fence[1]) for line in lines[at + 1:end]], notes)
            at, notes = end, {}
        elif lines[at].strip():
            if lines[at].startswith("    ") and at and not lines[at - 1].strip() and not after_list(lines, at):
                page.faults.append((at + 1, "an indented block; fence it and give it a tag"))
            notes = {}
        at += 1
    return page


def take(page, line, tag, text, notes):
    does = TAGS.get(tag)
    if does is None:
        return page.faults.append((line, f"unknown tag {tag!r}; known: {', '.join(TAGS)}"))
    if does == "silent" and not notes.get("no-run"):
        return page.faults.append((line, "a block that does not run needs <!-- no-run: reason --> above it"))
    if does in ("file", "wrong"):
        named = re.match(r"# (\S+\.yaml)$", text[0] if text else "")
        if not named:
            return page.faults.append((line, "the first line of a yaml title block is a comment with the file's name"))
        notes = {**notes, "file": named[1]}
    page.blocks.append(Block(line, does, "\n".join(text) + "\n", notes))


def after_list(lines, at):
    """Whether an indented line goes on with an entry of a list."""
    before = [line for line in lines[:at] if line.strip()]
    while before and before[-1].startswith("  "):
        before.pop()
    return bool(before) and bool(LISTED.match(before[-1]))


LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def dead_links(path):
    """Links of a page into the repository that lead nowhere: (line, target)."""
    found, fenced = [], False
    for number, line in enumerate(path.read_text().split("\n"), 1):
        fenced ^= bool(FENCE.match(line))
        for target in LINK.findall("" if fenced else re.sub(r"`[^`]*`", "", line)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            other = (path.parent / name).resolve() if name else path
            if not other.exists() or anchor and anchor not in anchors(other):
                found.append((number, target))
    return found


def anchors(path):
    """The anchors of a page's headings, as the forges make them."""
    titles = re.findall(r"(?m)^#+ +(.*?) *$", re.sub(r"(?ms)^```.*?^```$", "", path.read_text()))
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)|`", r"\1", title) for title in titles]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in plain}


def foreign(script):
    """The first command that a block may not call, or None. Heredocs, quoted text and comments are no commands."""
    script = re.sub(r"<<-?\s*['\"]?(\w+)['\"]?(.*)\n(?:.*\n)*?\1(?=\n|$)", r"\2", script)
    script = re.sub(r"'[^']*'", "_", script)
    script = re.sub(r'"((?:[^"\\]|\\.)*)"', lambda text: " ".join(["_"] + re.findall(r"\$\([^)]*\)", text[1])), script)
    script = re.sub(r"(^|\s)#.*", r"\1", script).replace("\\\n", " ")
    for part in re.split(r"\n|\|\|?|&&?|;|\$\(|\)", script):
        words = [word for word in part.split() if not re.match(r"\w+=|do$", word)]
        if words and words[0] not in ALLOWED and words[0] != "_":
            return words[0]
        if words and words[0] == "curl" and not re.search(r"http://127\.0\.0\.1[:/]", part):
            return "curl to elsewhere"
        if any(word.startswith(("/", "~", "..")) and word != "/dev/null" for word in words):
            return next(word for word in words if word.startswith(("/", "~", "..")))
    return None


def steps(text):
    """The commands of a console block, each with the output that stands below it."""
    found = []
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append([line[2:], []])
        elif line.startswith("> ") and found and not found[-1][1]:
            found[-1][0] += "\n" + line[2:]
        elif found:
            found[-1][1].append(line)
    return found


def alike(expected, seen):
    """Whether output is as the page shows it: `…` (or `……`) stands for anything in its line, a line of it alone for any
    number of lines, and the number of spaces between columns does not count."""
    def neat(lines):
        rows = [re.sub(r"[ \t]+", " ", re.sub(r"─+", "─", line)).strip() for line in lines]
        return [row for row in rows if row]

    pattern = []
    for line in neat(expected):
        if line.strip("…") == "":
            pattern.append(r"(?:[^\n]*\n)*?")
        else:
            pattern.append(r"[^\n]*".join(re.escape(part) for part in re.split(" ?…+ ?", line)) + "\n")
    return re.fullmatch("".join(pattern), "".join(row + "\n" for row in neat(seen))) is not None
