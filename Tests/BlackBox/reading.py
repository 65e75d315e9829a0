"""A reader of Markdown as chat clients show it: visible text, calls, targets, and what markup was live."""

import html, re, unicodedata
from collections import Counter
from dataclasses import dataclass, field

SHIELD = 0xE000  # private use: a character that lost its power stands there until the end


@dataclass
class Reading:
    """One message: visible text, whom the vendor would call, link targets, and what markup was live."""

    text: str = ""
    title: str = ""
    mentions: set = field(default_factory=set)
    links: list = field(default_factory=list)
    shapes: Counter = field(default_factory=Counter)

    def add(self, other, gap="\n"):
        self.text += (gap if self.text and other.text else "") + other.text
        self.title = self.title or other.title
        self.mentions |= other.mentions
        self.links += other.links
        self.shapes += other.shapes
        return self

    @property
    def everything(self):
        return self.title + "\n" + self.text


def shield(text):
    return "".join(chr(SHIELD + ord(c)) if ord(c) < 0x800 else c for c in text)


def bare(text):
    return "".join(chr(ord(c) - SHIELD) if SHIELD <= ord(c) < SHIELD + 0x800 else c for c in text)


class Markdown:
    """CommonMark as far as chat clients go. `mentions` maps a name to a pattern; what matches would call someone."""

    def __init__(
        self,
        escapes=True,
        emphasis=("**", "__", "*", "_", "~~"),
        blocks=True,
        lists=True,
        images=True,
        tags=False,
        entities=False,
        mentions=None,
        headings=True,
        code=True,
        tables=False,
        quotes=True,
        autolinks=True,
        setext=True,
    ):
        self.__dict__.update(locals())
        self.mentions = mentions or {}

    def read(self, text):
        reading = Reading()
        if self.escapes:
            text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda m: shield(m[1]), text)
        if self.code:
            text = self.spans(text, reading)
        for name, pattern in self.mentions.items():
            text = re.sub(pattern, lambda m: self.called(name, m, reading), text)
        text = self.links(text, reading)
        if self.tags:
            text = re.sub(r"</?[a-zA-Z][^<>]*>", lambda m: self.shape(reading, "tag", ""), text)
        text = "\n".join(self.line(line, reading) for line in text.split("\n"))
        text = self.stress(text, reading)
        if self.entities:
            text = re.sub(r"&(#\d+|#x[0-9a-fA-F]+|\w+);", lambda m: shield(html.unescape(m[0])), text)
        reading.text = bare(text)
        return reading

    @staticmethod
    def shape(reading, name, text):
        reading.shapes[name] += 1
        return text

    def called(self, name, match, reading):
        who = next((g for g in match.groups() if g), "") if match.groups() else ""
        reading.mentions.add(f"{name}:{bare(who)}" if who else name)
        return shield(match[0])

    def spans(self, text, reading):
        text = re.sub(
            r"(?ms)^ {0,3}(```+|~~~+)[^\n]*\n(.*?)(^ {0,3}\1|\Z)",
            lambda m: self.shape(reading, "fence", shield(m[2])),
            text,
        )
        return re.sub(
            r"(?s)(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", lambda m: self.shape(reading, "code", shield(m[2])), text
        )

    def links(self, text, reading):
        def link(match):
            kind = "image" if match[1] else "link"
            reading.links.append((bare(match[2]), bare(match[3])))
            return self.shape(reading, kind, match[2])

        inside = r"((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:\s+[^)]*)?\)"
        text = re.sub(r"(!?)\[" + inside, link, text)
        text = re.sub(r"(?m)^ {0,3}\[[^\]]+\]:\s*\S+", lambda m: self.shape(reading, "definition", m[0]), text)
        if self.autolinks:
            text = re.sub(r"<((?:https?|mailto|javascript|data)[^<>\s]*)>", lambda m: link((0, "", m[1], m[1])), text)
        return text

    def line(self, line, reading):
        if not self.blocks:
            return line
        patterns = []
        if self.headings:
            patterns += [("heading", r"^ {0,3}(#{1,6})\s+(?=\S)")]
        if self.setext:
            patterns += [("setext", r"^ {0,3}(=+|-{2,})\s*$")]
        if self.quotes:
            patterns += [("quote", r"^ {0,3}(>+)\s?")]
        if self.lists:
            patterns += [
                ("rule", r"^ {0,3}([-*_])(\s*\1){2,}\s*$"),
                ("list", r"^\s*([-*+])\s+(?=\S)"),
                ("number", r"^\s*(\d{1,9})[.)]\s+(?=\S)"),
                ("indent", r"^(    |\t)(?=\S)"),
            ]
        if self.tables:
            patterns += [("table", r"^\s*(\|?)[\s:]*-+[\s:]*\|")]
        for name, pattern in patterns:
            if match := re.match(pattern, line):
                reading.shapes[name] += 1
                kept = match[1] + ". " if name == "number" else ""
                return (
                    kept + self.line(line[match.end() :], reading)
                    if name in ("quote", "list")
                    else kept + line[match.end() :]
                )
        return line

    def stress(self, text, reading):
        for mark in self.emphasis:
            sign = re.escape(mark)
            word = r"(?<![\w])" if mark[0] == "_" else ""
            tail = r"(?![\w])" if mark[0] == "_" else ""
            pattern = (
                rf"{word}(?<!{re.escape(mark[0])}){sign}(?=[^\s{re.escape(mark[0])}])([^\n]*?[^\s])??{sign}"
                rf"(?!{re.escape(mark[0])}){tail}"
            )
            text = re.sub(pattern, lambda m: self.shape(reading, "stress " + mark, m[1] or ""), text)
        return text


def plain(text):
    return Reading(text=text)


INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def skeleton(text):
    """Text without what a channel may do to it: marks for invisible characters, full-width forms, white space."""
    text = re.sub(r"⟦U\+[0-9A-F]+⟧", "", text)
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", INVISIBLE.sub("", text))
