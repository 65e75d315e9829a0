"""What a person sees of a vendor's markup and whom it calls: small readers, written from the vendors' pages alone."""

import html, re
from collections import Counter
from reading import Markdown, Reading, bare, plain, shield

# DingTalk: a mention lives when the text holds @mobile or @userId and `at` names it.

DINGTALK = Markdown()


def dingtalk(fact):
    body = fact[fact["msgtype"]]
    text = body.get("text") or body["content"]
    reading = DINGTALK.read(text) if fact["msgtype"] == "markdown" else plain(text)
    reading.title = body.get("title", "")
    at = fact.get("at", {})
    for who in at.get("atMobiles", []) + at.get("atUserIds", []):
        if "@" + who in text:
            reading.mentions.add(who)
    if at.get("isAtAll") is not False and at.get("isAtAll") is not None:
        reading.mentions.add("all")
    return reading


# WeCom: markdown has no documented escape, so a backslash is only a backslash.

WECOM_AT = {"user": r"<@([^<>]*)>"}
WECOM = Markdown(
    escapes=False,
    emphasis=("**",),
    lists=False,
    images=False,
    tags=True,
    mentions=WECOM_AT,
    autolinks=False,
    setext=False,
)
WECOM_V2 = Markdown(escapes=False, tables=True)


def wecom(fact):
    kind = fact["msgtype"]
    if kind == "text":
        body = fact["text"]
        reading = (
            Markdown(
                escapes=False, emphasis=(), blocks=False, code=False, images=False, autolinks=False, mentions=WECOM_AT
            ).read(body["content"])
            if "<@" in body["content"]
            else plain(body["content"])
        )
        people = body.get("mentioned_list", []) + body.get("mentioned_mobile_list", [])
        reading.mentions |= {"all" if who == "@all" else who for who in people}
        return reading
    if kind == "template_card":
        return wecom_card(fact["template_card"])
    return (WECOM if kind == "markdown" else WECOM_V2).read(fact[kind]["content"])


def wecom_card(card):
    main = card.get("main_title", {})
    reading = plain(
        "\n".join(
            filter(
                None,
                [main.get("title"), main.get("desc"), card.get("sub_title_text")]
                + [
                    f"{row.get('keyname', '')} {row.get('value', '')}"
                    for row in card.get("horizontal_content_list", [])
                ],
            )
        )
    )
    for jump in card.get("jump_list", []):
        reading.links.append((jump.get("title", ""), jump.get("url", "")))
    return reading


# Feishu: cards (1.0 and 2.0), text, post.

FEISHU_AT = {"at": r"<at\s+(?:id|user_id|ids|email|open_id)\s*=\s*[\"']?([^\"'<>]*)[\"']?\s*/?>(?:[^<]*</at>)?"}
FEISHU = Markdown(tags=True, entities=True, mentions=FEISHU_AT, tables=True)
LARK_MD = Markdown(
    tags=True, entities=True, mentions=FEISHU_AT, headings=False
)  # tables and headings are only in `markdown`
FEISHU_TEXT = re.compile(FEISHU_AT["at"])


def feishu(fact):
    if fact["msg_type"] == "text":
        text = fact["content"]["text"]
        reading = plain(FEISHU_TEXT.sub("", text))
        reading.mentions |= {"at:" + who for who in FEISHU_TEXT.findall(text)}
        return reading
    reading = Reading()
    if fact["msg_type"] == "post":
        for body in fact["content"]["post"].values():
            reading.title = reading.title or body.get("title", "")
            for row in body["content"]:
                for piece in row:
                    reading.add(feishu_piece(piece))
        return reading
    card = fact["card"]
    head = card.get("header", {}).get("title", {})
    reading.title = feishu_text(head).text
    reading.add(Reading(mentions=feishu_text(head).mentions, shapes=feishu_text(head).shapes))
    for element in card.get("elements") or card.get("body", {}).get("elements", []):
        reading.add(feishu_element(element))
    return reading


def feishu_piece(piece):
    reading = plain(piece.get("text", ""))
    if piece["tag"] == "a":
        reading.links.append((piece["text"], piece["href"]))
    if piece["tag"] == "at":
        reading.mentions.add("at:" + piece["user_id"])
    if piece["tag"] == "md":
        return FEISHU.read(piece["text"])
    return reading


def feishu_text(text):
    if not text:
        return Reading()
    return plain(text["content"]) if text["tag"] == "plain_text" else LARK_MD.read(text["content"])


def feishu_element(element):
    tag, reading = element["tag"], Reading()
    if tag in ("markdown", "lark_md"):
        return FEISHU.read(element["content"])
    if tag == "plain_text":
        return plain(element["content"])
    if tag == "div":
        reading.add(feishu_text(element.get("text")))
        for item in element.get("fields", []):
            reading.add(feishu_text(item["text"]))
    for item in element.get("actions", []) + element.get("elements", []) + element.get("columns", []):
        reading.add(feishu_element(item))
    if tag == "button":
        label = feishu_text(element["text"]).text
        target = element.get("url") or next((b["default_url"] for b in element.get("behaviors", [])), "")
        reading.links.append((label, target))
        reading.shapes["button"] += 1
        reading.text = label
    return reading


# Slack: `<…>` is all the power there is besides emphasis; `&lt;` is only text. Without `verbatim` certain bare
# mentions are read as well.

SLACK_EMPHASIS = Markdown(
    escapes=False, emphasis=("*", "_", "~"), lists=False, headings=False, images=False, autolinks=False
)


def slack_mrkdwn(text, verbatim=False):
    reading = Reading()

    def angle(match):
        inside = match[1]
        head, _, label = inside.partition("|")
        if head.startswith(("!", "@", "#")):
            reading.mentions.add(head if head[0] != "!" else "!" + head[1:].split("^")[0])
            return shield(label or head)
        reading.links.append((html.unescape(label or head), html.unescape(head)))
        reading.shapes["link"] += 1
        return label or head

    if not verbatim:
        for word in re.findall(r"(?<![\w<!])@(channel|here|everyone)\b", text):
            reading.mentions.add("!" + word)
    text = re.sub(r"<([^<>]*)>", angle, text)
    text = re.sub(
        r"(?m)^&gt;(&gt;&gt;)?", lambda m: Markdown.shape(reading, "quote", shield(">" * (3 if m[1] else 1))), text
    )
    text = re.sub(r"\[([^\[\]]*)\]\(([^\s()]+)\)", r"[\1](\2)", text)  # mrkdwn has no such links
    spans = Markdown(escapes=False, emphasis=("*", "_", "~"), blocks=False, autolinks=False)
    spans.links = lambda text, reading: text
    inner = spans.read(text)
    reading.shapes += inner.shapes
    reading.text = bare(html.unescape(inner.text))
    return reading


def slack(fact):
    reading = Reading()
    for block in fact.get("blocks", []):
        reading.add(slack_block(block))
    for attachment in fact.get("attachments", []):
        for block in attachment.get("blocks", []):
            reading.add(slack_block(block))
        for name in ("pretext", "title", "text", "footer"):
            reading.add(slack_mrkdwn(attachment.get(name, "")))
    if "text" in fact:
        text = slack_mrkdwn(fact["text"], verbatim=bool(fact.get("blocks")))
        if fact.get("mrkdwn") is False:
            text.shapes = Counter()
        reading.mentions |= text.mentions
        if not fact.get("blocks"):
            reading.add(text)
        else:
            reading.title = text.text
    return reading


def slack_block(block):
    kind, reading = block["type"], Reading()
    if kind == "header":
        reading = slack_text(block["text"])
    elif kind in ("section", "context"):
        for text in [block.get("text")] + block.get("fields", []) + (block["elements"] if kind == "context" else []):
            reading.add(slack_text(text) if text else Reading())
    elif kind == "markdown":
        reading = Markdown(mentions={"slack": r"<([!@#][^<>]*)>"}).read(block["text"])
    elif kind == "rich_text":
        reading = slack_rich(block["elements"])
    elif kind == "actions":
        for button in block["elements"]:
            reading.links.append((button["text"]["text"], button["url"]))
            reading.shapes["button"] += 1
            reading.add(plain(button["text"]["text"]))
    return reading


def slack_rich(elements):
    reading = Reading()
    for element in elements:
        if "elements" in element:
            reading.add(slack_rich(element["elements"]), "")
            reading.text += "\n"
        elif element["type"] == "text":
            reading.text += element["text"]
            for name in element.get("style", {}):
                reading.shapes["stress " + name] += 1
        elif element["type"] == "link":
            reading.text += element.get("text", element["url"])
            reading.links.append((element.get("text", ""), element["url"]))
        elif element["type"] == "user":
            reading.mentions.add("@" + element["user_id"])
        elif element["type"] == "broadcast":
            reading.mentions.add("!" + element["range"])
    return reading


def slack_text(text):
    return (
        plain(text["text"]) if text["type"] == "plain_text" else slack_mrkdwn(text["text"], text.get("verbatim", False))
    )


# Teams: Adaptive Cards. A mention is `<at>X</at>` with an entity of the same text.

TEAMS = Markdown(headings=False, code=False, quotes=False, images=False, emphasis=("**", "__", "*", "_"))


def teams(fact):
    reading = Reading()
    for attachment in fact["attachments"]:
        card = attachment["content"]
        entities = {e["text"]: e["mentioned"]["id"] for e in card.get("msteams", {}).get("entities", [])}
        for element in card["body"]:
            reading.add(teams_element(element, entities))
        for action in card.get("actions", []):
            reading.add(teams_action(action))
    return reading


def teams_action(action):
    reading = plain(action["title"])
    reading.links.append((action["title"], action["url"]))
    reading.shapes["button"] += 1
    return reading


def teams_element(element, entities):
    reading = Reading()
    if element["type"] == "TextBlock":
        text = element["text"]
        for mark, who in entities.items():
            if mark in text:
                reading.mentions.add(who)
                text = text.replace(mark, shield(re.sub(r"</?at>", "", mark)))
        reading.add(TEAMS.read(text))
    if element["type"] == "RichTextBlock":
        reading.add(plain("".join(run if isinstance(run, str) else run["text"] for run in element["inlines"])))
    for fact in element.get("facts", []):
        reading.add(plain(fact["title"])).add(plain(fact["value"]))
    for inner in element.get("items", []) + element.get("columns", []):
        reading.add(teams_element({"type": "Container", **inner}, entities))
    for action in element.get("actions", []):
        reading.add(teams_action(action))
    return reading


# Discord: whom `allowed_mentions` lets through, and only in `content`.

DISCORD = Markdown(emphasis=("**", "__", "~~", "||", "*", "_"))


def discord(fact):
    content = fact.get("content") or ""
    reading = DISCORD.read(content)
    allowed = fact.get("allowed_mentions")
    kinds = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse", []))
    active = re.sub(r"(?s)```.*?```|`[^`]*`|\\.", "", content)
    for who in re.findall(r"<@!?(\d+)>", active):
        if "users" in kinds or who in (allowed or {}).get("users", []):
            reading.mentions.add(who)
    for role in re.findall(r"<@&(\d+)>", active):
        if "roles" in kinds or role in (allowed or {}).get("roles", []):
            reading.mentions.add("role:" + role)
    if "everyone" in kinds and re.search(r"@(everyone|here)", active):
        reading.mentions.add("everyone")
    odd = r"<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^<>]+:\d+|id:\w+)>"
    reading.shapes["discord"] += len(re.findall(odd, re.sub(r"<@!?\d+>", "", active)))
    for embed in fact.get("embeds", []):
        reading.add(discord_embed(embed, odd))
    for row in fact.get("components", []):
        for button in row["components"]:
            reading.links.append((button["label"], button["url"]))
            reading.add(plain(button["label"]))
            reading.shapes["button"] += 1
    return reading


def discord_embed(embed, odd):
    reading = DISCORD.read(embed.get("title", ""))
    if embed.get("url"):
        reading.links.append((embed.get("title", ""), embed["url"]))
    for text in [embed.get("description", "")] + [f[k] for f in embed.get("fields", []) for k in ("name", "value")]:
        reading.add(DISCORD.read(text))
        reading.shapes["discord"] += len(re.findall(odd, re.sub(r"\\.", "", text)))
    reading.add(plain(embed.get("footer", {}).get("text", "")))
    return reading


# Telegram: HTML mode, or no mode. A bare @username calls too.

TELEGRAM_TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-spoiler",
    "span",
    "tg-emoji",
}


class MarkupRefused(Exception):
    """What the vendor says of markup that it cannot read."""


def telegram(fact):
    text, mode = fact["text"], fact.get("parse_mode")
    if mode is None:
        reading = plain(text)
    elif mode == "HTML":
        reading = telegram_html(text)
    else:
        reading = Markdown(emphasis=("*", "_", "__", "~", "||"), blocks=False).read(text)
    for entity in fact.get("entities", []):
        reading.shapes[entity["type"]] += 1
        if entity["type"] == "text_mention":
            reading.mentions.add(str(entity["user"]["id"]))
        if entity["type"] == "text_link":
            reading.links.append(("", entity["url"]))
    for who in re.findall(r"(?<![\w@])@([A-Za-z]\w{3,31})", reading.text):
        reading.mentions.add("@" + who)
    for row in fact.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            reading.links.append((button["text"], button["url"]))
            reading.shapes["button"] += 1
    return reading


def telegram_html(text):
    reading, stack, out = Reading(), [], []
    for piece in re.split(r"(<[^<>]*>)", text):
        if not piece.startswith("<"):
            if "<" in piece or ">" in piece:
                raise MarkupRefused("Unclosed or stray bracket")
            if re.search(r"&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)", piece):
                pass  # a lone ampersand is shown as it is
            out.append(html.unescape(piece))
            continue
        match = re.fullmatch(r"<(/?)([a-z-]+)((?:\s+[a-z-]+=\"[^\"]*\")*)>", piece)
        if not match or match[2] not in TELEGRAM_TAGS:
            raise MarkupRefused(f"Unsupported start tag {piece}")
        if match[1]:
            if not stack or stack.pop() != match[2]:
                raise MarkupRefused(f"Unexpected end tag {piece}")
            continue
        stack.append(match[2])
        reading.shapes["tag " + match[2]] += 1
        if match[2] == "a":
            target = html.unescape(re.search(r'href="([^"]*)"', match[3])[1])
            if target.startswith("tg://user?id="):
                reading.mentions.add(target[13:])
            else:
                reading.links.append(("", target))
    if stack:
        raise MarkupRefused(f"Can't find end tag corresponding to start tag {stack[-1]}")
    reading.text = "".join(out)
    return reading


# Mattermost: @name calls wherever it stands, with a backslash too; Slack's forms are translated.

MATTERMOST = Markdown(tables=True, entities=True, tags=True)
MATTERMOST_AT = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9._-]*)", re.I)


def mattermost(fact):
    reading = Reading()
    texts = [fact.get("text", "")]
    for attachment in fact.get("attachments", []):
        texts += [attachment.get(k, "") for k in ("pretext", "text")]
        texts += [str(f[k]) for f in attachment.get("fields", []) for k in ("title", "value")]
        reading.add(plain(attachment.get("title", "")))
        if attachment.get("title_link"):
            reading.links.append((attachment["title"], attachment["title_link"]))
    for text in texts:
        part = MATTERMOST.read(text)
        loud = re.sub(r"(?s)```.*?```|`[^`]*`", " ", text)
        part.mentions |= {"@" + who.rstrip(".-_").lower() for who in MATTERMOST_AT.findall(loud)}
        part.mentions |= {m for m in re.findall(r"<([!@][^<>\s]+)>", loud)}
        reading.add(part)
    return reading


# ntfy, gotify: no mentions; markdown only when asked for.


def ntfy(fact):
    text = fact.get("message", "")
    reading = Markdown().read(text) if fact.get("markdown") else plain(text)
    reading.title = fact.get("title", "")
    for action in fact.get("actions", []):
        reading.links.append((action["label"], action["url"]))
    if fact.get("click"):
        reading.links.append(("click", fact["click"]))
    return reading


def gotify(fact):
    extras = fact.get("extras", {})
    mode = extras.get("client::display", {}).get("contentType", "text/plain")
    reading = (
        Markdown(tags=True, entities=True).read(fact["message"]) if mode == "text/markdown" else plain(fact["message"])
    )
    reading.title = fact.get("title", "")
    if click := extras.get("client::notification", {}).get("click", {}).get("url"):
        reading.links.append(("click", click))
    return reading


def webhook(fact):
    reading = plain(fact.get("text", ""))
    reading.title = fact["title"]
    reading.links = [(link["label"], link["url"]) for link in fact.get("links", [])]
    for notice in fact.get("notices", []):
        reading.add(plain(notice["title"]))
    return reading
