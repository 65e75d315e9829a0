"""Show 1: hostile text through every channel: whole, split or visibly shortened, and nothing of it has power."""

import html.parser, sys
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from kit import Tally
from reading import skeleton
from stage import PEOPLE, Stage, authority, known_types

RULE = """id: hostile
title: 新任务
when: {created: task}
then:
  - notify:
      via: [CHANNELS]
      to: task.assignee
      title: "新任务：{{ task.title }}"
      text: "说明 **{{ task.title }}** 如下\\n\\n{{ task.note }}\\n\\n完"
      links: [{label: "打开 {{ task.title }}", url: "{{ task.url }}"}]
"""
TEXTS = {
    "markdown": "*粗* _斜_ ~~删~~ `码` **x** __y__ ||z|| # 标",
    "brackets": "<b>粗</b> [点我](javascript:alert(1)) ![](http://track.example/x.png) <img src=x onerror=alert(1)>",
    "mentions": "@all @everyone @here @channel <!channel> <!here|x> <@U0EVIL00> <!subteam^S1> <at id=all></at> "
    '<at user_id="all">所有人</at> <at>王</at> <@all> <@evil> @13911112222 <@&1> <@1> <users/all> @所有人 '
    "<at email=a@b.c></at> @some_body <#C1> <t:1>",
    "header": "第一行\r\nBcc: victim@example.com\nSubject: forged\r\n\r\n<b>正文</b>\r\n.\r\nMAIL FROM:<x@y.z>\u2028二\u0085三",
    "blocks": "- 一\n* 二\n+ 三\n1. 四\n> 五\n# 六\n    七\n---\n===\n| a | b |\n|---|---|\n```\n码\n```\n:::\n",
    "emoji": "👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 🇨🇳 ❤️\u200d🔥 e\u0301\u0301 한국어 ไทย 𠮷野家 💩",
    "bidi": "\u202eexe.fdp\u202c \u2066x\u2069 a\u200bb \u200f\ufeff 中\u2060文 \U000e0041",
    "encoded": "=?utf-8?q?=0d=0aBcc:_x@y.z?= &lt;script&gt; &#64;all &#x40;all &commat;all %0d%0a {{ 1 }} ${env:HOME} $(id) \\u0040",
    "tags": '</at></font></a></textarea></script><script>alert(1)</script> & " \' <font color="warning">红</font> ]]> <!-- x -->',
    "links": '[内网](http://169.254.169.254/) <https://evil.example|看> <https://evil.example> [b][a] [x](https://e.example "t") '
    "[a]: http://evil.example\n[a]: http://evil.example",
    "backslashes": "\\*x\\* \\\\[a](https://evil.example) \\<!channel> \\@all \\` \\\\*y\\\\* \\",
    "stars inside": "a*b*c 2*3*4 snake_case_name x_y_ _z_a **",
    "terminal": "\x1b[31m红\x1b[0m \x07 \x08 \x7f",
    "nul": "前\x00后",
    "template": "{{ task.note }} {% raw %} #{x} <%= 7*7 %> __proto__",
}
LONG = {
    "long cjk": ("甲乙丙丁戊己庚辛壬癸" * 9 + "👨\u200d👩\u200d👧\u200d👦e\u0301\n") * 32,
    "long markup": "<b>*a*_b_[c](d)@all&`x`</b>~ \n" * 1000,
    "long word": "x" * 30_000,
}
URLS = {
    "script": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "breaking": 'https://x.example/a)b](javascript:alert(1))"><script>alert(1)</script>|c>',
    "spaces": "https://x.example/a b\r\nc",
    "wide": "https://x.example/" + "路" * 50,
    "plain": "https://x.example/t?a=1&b=2",
}
EVERYONE = {
    "all",
    "everyone",
    "@all",
    "@here",
    "@channel",
    "@everyone",
    "!channel",
    "!here",
    "!everyone",
    "user:all",
    "user:@all",
    "at:all",
}


class Tags(html.parser.HTMLParser):
    """What an HTML mail reader would build: tags with their attributes, link targets, visible text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.targets, self.text = Counter(), [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags[(tag, tuple(sorted(name for name, _ in attributes)))] += 1
        self.targets += [value for name, value in attributes if name in ("href", "src", "action")]

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.tags["comment"] += 1


class Play:
    def __init__(self, tally, kinds):
        self.tally, self.serial = tally, 0
        self.stage = Stage()
        self.vendors = {kind: self.stage.vendor(kind) for kind in kinds}
        ca = authority()
        self.desk = self.stage.desk(tls=ca.context("relay"))
        lines, env = "", {"SMTP_PASSWORD": "pass word", "BELLMAN_CA_FILE": str(ca.file)}
        for kind, vendor in self.vendors.items():
            line, more = vendor.channel(kind, extra="allow_private: true, limit: 6000 per minute")
            lines, env = lines + line, {**env, **more}
        lines += (
            f'  mail: {{type: email, relay: "smtp://localhost:{self.desk.port}", from: "更夫 <bell@example.com>", '
            'username: bell, password: "${env:SMTP_PASSWORD}", allow_private: true}\n'
        )
        self.stage.configure(lines, env, {"a.yaml": RULE.replace("CHANNELS", ", ".join([*self.vendors, "mail"]))})
        self.stage.load("member", [{"id": "wang", "name": "王芳", **PEOPLE}])
        self.stage.tick()

    def ring(self, title, note="普通的话", url="https://x.example/t", member=None):
        """Rings one task through all channels; what each vendor and the relay got of it."""
        self.serial += 1
        before = {k: len(v.seen) for k, v in self.vendors.items()}
        mails = len(self.desk.mails)
        task = {"id": f"T{self.serial}", "title": title, "note": note, "url": url, "assignee": "wang"}
        if member:
            task["assignee"] = f"m{self.serial}"
            self.stage.load("member", [{"id": task["assignee"], **member}])
        done = self.stage.load("task", [task])
        if done.returncode:
            return None
        self.done = self.stage.tick(self.stage.now + timedelta(minutes=30))
        return ({k: v.seen[before[k] :] for k, v in self.vendors.items()}, self.desk.mails[mails:])


def readings(seen):
    return [s.reading for s in seen if s.reading]


def power(seen):
    """What has power in these messages: mentions, markup, targets."""
    mentions, shapes, targets = set(), Counter(), []
    for reading in readings(seen):
        mentions |= reading.mentions
        shapes += reading.shapes
        targets += [target for _, target in reading.links]
    return mentions, shapes, targets


def shown(tally, what, text, wanted, least=600):
    """The wanted text is there whole, or a good beginning of it with a mark."""
    seen, whole = skeleton(text), skeleton(wanted)
    if whole in seen:
        return True
    low, high = 0, len(whole)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if whole[:middle] in seen else (low, middle - 1)
    after = seen[seen.find(whole[:low]) + low :][:60]
    marked = any(mark in after for mark in ("…", "...", "截", "省略", "全文", "缩短", "未显示"))
    return tally.check(
        low >= min(least, len(whole)) and marked,
        f"{what}: shown whole or visibly shortened",
        (low, len(whole), whole[max(0, low - 20) : low + 40], after),
    )


def judge(play, name, got, base, title, note, long=False, urls=None):
    tally = play.tally
    if not tally.check(got, f"{name}: the record was taken"):
        return
    tally.check(play.done.returncode == 0, f"{name}: nothing is left over", play.done.both[-400:])
    for kind, seen in got[0].items():
        what = f"{kind}, {name}"
        refused = [s.refused for s in seen if s.refused]
        tally.equal(refused[:2], [], f"{what}: the vendor takes it")
        if not tally.check(seen, f"{what}: arrived"):
            continue
        mentions, shapes, targets = power(seen)
        wanted = power(base[0][kind])
        tally.equal(sorted(mentions), sorted(wanted[0]), f"{what}: calls whom the rule names")
        extra = set(shapes) - set(wanted[1]) if long else dict(shapes - wanted[1])
        tally.check(not extra, f"{what}: no markup of its own", extra)
        good = urls or (lambda target: target in wanted[2])
        if kind == "webhook":  # a fact in JSON, not markup
            good = lambda target: target.startswith("https://x.example/")
        tally.equal([t for t in targets if not good(t)][:3], [], f"{what}: links where the rule says")
        text = "\n".join(r.everything for r in readings(seen))
        shown(tally, f"{what}, title", text, title, least=60)
        if note:
            shown(tally, f"{what}, text", text, note)
        broken(tally, what, text)
    mails(tally, name, got[1], base[1], title, note, urls)


def broken(tally, what, text):
    """No character as people see it was cut in two."""
    bad = [
        text[i - 3 : i + 3]
        for i, c in enumerate(text)
        if c == "\u200d" and (i + 1 == len(text) or text[i + 1] in " \n…")
    ]
    tally.equal(bad[:2], [], f"{what}: no torn emoji")
    tally.check("\ufffd" not in text, f"{what}: no torn character")


def mails(tally, name, got, base, title, note, urls):
    if not tally.equal(len(got), 1, f"mail, {name}: one mail"):
        return
    people, raw, *_ = got[0]
    mail, plain = (message_from_bytes(m[0][1], policy=policy.default) for m in (got, base))
    tally.equal(people, ["wang@example.com"], f"mail, {name}: envelope")
    tally.equal(
        sorted(k.lower() for k in mail.keys()), sorted(k.lower() for k in plain.keys()), f"mail, {name}: headers"
    )
    tally.equal([a.addr_spec for a in mail["to"].addresses], ["wang@example.com"], f"mail, {name}: To")
    tally.equal(
        [len(mail.defects), len(mail["to"].defects), len(mail["subject"].defects)], [0, 0, 0], f"mail, {name}: defects"
    )
    tally.check(
        all(len(line) <= 998 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b""),
        f"mail, {name}: lines of 998 octets, CR LF alone",
    )
    tally.equal(
        [p.get_content_type() for p in mail.walk()],
        [p.get_content_type() for p in plain.walk()],
        f"mail, {name}: parts",
    )
    text = mail.get_body(("plain",)).get_content()
    shown(tally, f"mail, {name}, subject", mail["subject"] + "\n" + text, title, least=60)
    note and shown(tally, f"mail, {name}, text", text, note, least=10_000)
    broken(tally, f"mail, {name}", text)
    if plain.get_body(("html",)):
        rich, usual = (Tags(m.get_body(("html",)).get_content()) for m in (mail, plain))
        ignore = {("br", ())}
        tally.equal(
            {k: v for k, v in rich.tags.items() if k not in ignore},
            {k: v for k, v in usual.tags.items() if k not in ignore}
            if not urls
            else rich.tags - Counter({("br", ()): rich.tags[("br", ())]}),
            f"mail, {name}: HTML tags",
        )
        good = urls or (lambda target: target in usual.targets)
        tally.equal([t for t in rich.targets if not good(t)], [], f"mail, {name}: HTML links")
        note and shown(tally, f"mail, {name}, html", rich.text, note, least=10_000)


def safe_target(target):
    return target.startswith("https://x.example/") and not set(target) & set("<>\"' \r\n")


def handles(play, base):
    """Ids of people that would call everybody, were they taken as they stand."""
    fields = {
        "phone": ["all", "@all"],
        "dingtalk_id": ["all"],
        "wecom_id": ["@all", "all", "a><@all"],
        "feishu_id": ["all", "x></at><at id=all>"],
        "slack_id": ["!channel", "U1><!channel", "here"],
        "teams_id": ["x</at><at>all", "all\n"],
        "telegram_id": ['1"><b>', "everyone", "@everyone"],
        "discord_id": ["everyone", "&1"],
        "mattermost_id": ["all", "channel"],
    }
    for key, values in fields.items():
        for value in values:
            got = play.ring("平常", member={"name": "李雷", "email": "wang@example.com", key: value})
            if got is None:
                continue
            for kind, seen in got[0].items():
                mentions, shapes, targets = power(seen)
                what = f"{kind}, {key}={value!r}"
                loud = {m for m in mentions if m.lower() in EVERYONE or "all" in m.lower().split(":")[-1:]}
                play.tally.equal(sorted(loud), [], f"{what}: nobody else is called")
                play.tally.equal([s.refused for s in seen if s.refused], [], f"{what}: the vendor takes it")
                extra = shapes - power(base[0][kind])[1]
                play.tally.equal(dict(extra), {}, f"{what}: no markup")


def addresses(play):
    """A mail address with a second command in it reaches nobody."""
    for value in (
        "x@y.z\r\nRCPT TO:<victim@example.com>",
        "x@y.z>\r\nDATA",
        "a@b.c, victim@example.com",
        "<victim@example.com>",
        '"a\r\nb"@c.d',
        "a b@c.d",
    ):
        count = len(play.desk.lines)
        got = play.ring("平常", member={"name": "李雷", "email": value})
        lines = b"".join(play.desk.lines[count:])
        play.tally.check(b"victim" not in lines, f"mail address {value!r} injects nothing", lines[:200])
        if got:
            play.tally.equal([m[0] for m in got[1]], [], f"mail address {value!r} gets nothing")


def main():
    tally, kinds = Tally(), known_types()
    play = Play(tally, kinds)
    base = play.ring("平常")
    judge(play, "plain", base, base, "平常", "普通的话")
    for kind in kinds:
        print(
            f"{kind}: a plain message has {dict(power(base[0][kind])[1])}, calls {sorted(power(base[0][kind])[0])}, "
            f"links {power(base[0][kind])[2]}"
        )
    for name, text in TEXTS.items():
        got = play.ring(text, text)
        if got is None and "\x00" in text:
            print(
                f"{name}: refused at the door: {play.stage.load('task', [{'id': 'N', 'title': text}]).both.strip()[:160]}"
            )
            continue
        judge(play, name, got, base, text, text)
        person = play.ring("平常", member={**PEOPLE, "name": text})
        judge(play, f"member named {name}", person, base, "平常", "普通的话")
    for name, text in LONG.items():
        judge(play, name, play.ring("平常", text), base, "平常", text, long=True)
        judge(play, name + " title", play.ring(text[:5000]), base, text[:5000], "", long=True)
    for name, url in URLS.items():
        judge(play, "url " + name, play.ring("平常", url=url), base, "平常", "普通的话", long=True, urls=safe_target)
    handles(play, base)
    addresses(play)
    play.stage.end(keep=tally.failed and "--keep" in sys.argv)
    tally.end()


if __name__ == "__main__":
    main()
