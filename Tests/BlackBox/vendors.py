"""One strict receiver a vendor: documented paths, signatures, shapes and limits enforced, real bodies answered."""

import base64, hashlib, hmac, json, random, re
import markup
from vendor import Refused, Vendor, link, only, utf16
from wire import Answer


class DingTalk(Vendor):
    kind, secret = "dingtalk", "SECstrict0123456789"

    def path(self, robot):
        return f"/robot/send?access_token={robot}"

    def robot(self, request):
        return request.query.get("access_token", "")

    def say(self, code, words):
        return Refused(200, {"errcode": code, "errmsg": words})

    def shape(self, request, robot):
        if request.path != "/robot/send" or not robot:
            raise self.say(300005, "token is not exist")
        if len(re.findall("[?&]timestamp=", request.raw_path)) != 1:
            raise self.say(310000, "sign not match, timestamp given " + request.raw_path)
        stamp = request.query.get("timestamp", "")
        if not re.fullmatch(r"\d{13}", stamp) or abs(int(stamp) / 1000 - self.clock()) > 3600:
            raise self.say(310000, "invalid timestamp " + stamp)
        key = f"{stamp}\n{self.secret}".encode()
        wanted = base64.b64encode(hmac.new(self.secret.encode(), key, hashlib.sha256).digest()).decode()
        if request.query.get("sign") != wanted:
            raise self.say(310000, "sign not match")
        fact = super().shape(request, robot)
        only(fact, ("msgtype", "markdown", "at", "text", "link", "actionCard", "feedCard"))
        kind = fact["msgtype"]
        if kind not in ("markdown", "text") or not all(
            fact[kind][k] for k in (("title", "text") if kind == "markdown" else ("content",))
        ):
            raise self.say(40035, "缺少参数")
        at = fact.get("at", {})
        only(at, ("atMobiles", "atUserIds", "isAtAll"))
        return fact

    def limit(self, fact, request):
        if len(request.body) > 20_000:
            raise self.say(460101, "message too long, exceed 20000 bytes")

    def bad_shape(self, problem):
        return Answer(
            200, json.dumps({"errcode": 40035, "errmsg": f"不合法的参数 {problem!r}"}, ensure_ascii=False).encode()
        )

    def throttled(self):
        return Refused(200, {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"})


class WeCom(Vendor):
    kind = "wecom"

    def path(self, robot):
        return f"/cgi-bin/webhook/send?key={robot}"

    def robot(self, request):
        return request.query.get("key", "")

    def say(self, code, words):
        return Refused(200, {"errcode": code, "errmsg": f"{words}, hint: [1700000000], from ip: 203.0.113.9"})

    def shape(self, request, robot):
        if request.path != "/cgi-bin/webhook/send" or set(request.query) != {"key"}:
            raise self.say(93000, "invalid webhook url")
        fact = super().shape(request, robot)
        kind = fact["msgtype"]
        if kind not in ("text", "markdown", "markdown_v2", "template_card"):
            raise self.say(40008, "invalid message type")
        only(fact, ("msgtype", kind))
        if kind == "template_card":
            self.card(fact["template_card"])
        else:
            only(fact[kind], ("content",) + (("mentioned_list", "mentioned_mobile_list") if kind == "text" else ()))
            if not fact[kind]["content"]:
                raise self.say(44004, "content is empty")
        return fact

    def card(self, card):
        if card["card_type"] != "text_notice" or not (
            card.get("main_title", {}).get("title") or card.get("sub_title_text")
        ):
            raise self.say(40058, "invalid Request Parameter: template_card")
        if (
            "card_action" not in card
            or len(card.get("jump_list", [])) > 3
            or len(card.get("horizontal_content_list", [])) > 6
        ):
            raise self.say(40058, "invalid Request Parameter: card_action")

    def limit(self, fact, request):
        kind = fact["msgtype"]
        most = {"text": 2048, "markdown": 4096, "markdown_v2": 4096}.get(kind)
        if most and len(fact[kind]["content"].encode()) > most:
            raise self.say(40058, f"{kind}.content exceed max length {most}. invalid Request Parameter")

    def bad_shape(self, problem):
        return Answer(200, json.dumps({"errcode": 40058, "errmsg": f"invalid Request Parameter {problem!r}"}).encode())

    def throttled(self):
        return Refused(200, {"errcode": 45009, "errmsg": "api freq out of limit"})


class Feishu(Vendor):
    kind, secret = "feishu", "strict-feishu-secret"
    OK = b'{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}'

    def path(self, robot):
        return f"/open-apis/bot/v2/hook/{robot}"

    def robot(self, request):
        return request.path.rsplit("/", 1)[-1]

    def say(self, code, words, status=200):
        return Refused(status, {"code": code, "msg": words, "data": {}})

    def shape(self, request, robot):
        if not request.path.startswith("/open-apis/bot/v2/hook/") or request.query:
            raise self.say(19001, "param invalid: incoming webhook access token invalid")
        fact = super().shape(request, robot)
        only(fact, ("msg_type", "content", "card", "timestamp", "sign"))
        stamp = fact.get("timestamp", "")
        key = f"{stamp}\n{self.secret}".encode()
        wanted = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
        if (
            not isinstance(stamp, str)
            or not re.fullmatch(r"\d{10}", stamp)
            or fact.get("sign") != wanted
            or abs(int(stamp) - self.clock()) > 3600
        ):
            raise self.say(19021, "sign match fail or timestamp is not within one hour from current time")
        needed = {"interactive": "card", "text": "content", "post": "content"}
        if fact.get("msg_type") not in needed or needed[fact["msg_type"]] not in fact:
            raise self.say(9499, "Bad Request", 400)
        if fact["msg_type"] == "interactive":
            self.card(fact["card"])
        return fact

    def card(self, card):
        new = card.get("schema") == "2.0"
        only(
            card,
            ("schema", "config", "header", "body", "card_link")
            if new
            else ("config", "header", "elements", "card_link"),
        )
        elements = card["body"]["elements"] if new else card["elements"]
        known = ("markdown", "div", "hr", "column_set", "img") + (("button", "table") if new else ("action", "note"))
        for element in elements:
            if element["tag"] not in known:
                raise self.say(230099, f"Failed to create card content, unsupported tag {element['tag']}")
            for button in element.get("actions", []) + ([element] if element["tag"] == "button" else []):
                link(button.get("url") or button["behaviors"][0]["default_url"])

    def limit(self, fact, request):
        if len(request.body) > 20_000:
            raise self.say(9499, "Bad Request: request body is too large", 400)

    def success(self, robot, fact):
        return Answer(200, self.OK)

    def bad_shape(self, problem):
        return Answer(400, json.dumps({"code": 9499, "msg": f"Bad Request {problem!r}", "data": {}}).encode())

    def throttled(self):
        return Refused(200, {"code": 11232, "msg": "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]"})


class Slack(Vendor):
    kind = "slack"

    def path(self, robot):
        return f"/services/T00000000/B00000000/{robot}"

    def robot(self, request):
        return request.path.rsplit("/", 1)[-1]

    def say(self, status, word):
        return Refused(status, Answer(status, word.encode(), kind="text/plain"), word)

    def shape(self, request, robot):
        if not re.fullmatch(r"/services/T\w+/B\w+/[\w-]+", request.path):
            raise self.say(404, "no_service")
        fact = super().shape(request, robot)
        only(
            fact, ("text", "blocks", "attachments", "mrkdwn", "unfurl_links", "unfurl_media", "username", "icon_emoji")
        )
        if not fact.get("text") and not fact.get("blocks") and not fact.get("attachments"):
            raise self.say(400, "no_text")
        blocks = fact.get("blocks", [])
        if len(blocks) > 50:
            raise self.say(400, "invalid_blocks")
        for block in blocks:
            self.block(block)
        if len(fact.get("attachments", [])) > 100:
            raise self.say(400, "too_many_attachments")
        return fact

    def block(self, block):
        limits = {"header": 150, "section": 3000, "context": 3000, "markdown": 12_000}
        texts = [block["text"]] if isinstance(block.get("text"), dict) else []
        texts += block.get("elements", []) if block["type"] == "context" else []
        for text in texts:
            if not 1 <= utf16(text["text"]) <= limits.get(block["type"], 3000):
                raise self.say(400, "invalid_blocks")
            if block["type"] == "header" and text["type"] != "plain_text":
                raise self.say(400, "invalid_blocks")
        if len(block.get("fields", [])) > 10 or any(utf16(f["text"]) > 2000 for f in block.get("fields", [])):
            raise self.say(400, "invalid_blocks")
        for button in block["elements"] if block["type"] == "actions" else []:
            if (
                utf16(button["text"]["text"]) > 75
                or button["text"]["type"] != "plain_text"
                or len(button["url"]) > 3000
            ):
                raise self.say(400, "invalid_blocks")
            link(button["url"])
        if len(block.get("elements", [])) > 25:
            raise self.say(400, "invalid_blocks")

    def limit(self, fact, request):
        total = sum(utf16(json.dumps(b, ensure_ascii=False)) for b in fact.get("blocks", []))
        if total > 13_200:
            raise self.say(400, "msg_blocks_too_long")
        if utf16(fact.get("text", "")) > 40_000:
            raise self.say(400, "msg_too_long")

    def success(self, robot, fact):
        return Answer(200, b"ok", kind="text/html")

    def bad_shape(self, problem):
        return Answer(400, b"invalid_payload", kind="text/plain")

    def throttled(self):
        return Refused(
            429,
            Answer(429, b'{"retry_after":1,"ok":false,"error":"rate_limited"}', [("Retry-After", "1")]),
            "rate_limited",
        )


class Teams(Vendor):
    kind = "teams"

    def path(self, robot):
        return (
            f"/workflows/{robot}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun"
            f"&sv=1.0&sig=a-B_c%2B{robot}"
        )

    def robot(self, request):
        return request.path.split("/")[2] if request.path.count("/") > 2 else ""

    def say(self, status, code):
        return Refused(status, {"error": {"code": code, "message": "The request is not accepted."}}, code)

    def shape(self, request, robot):
        if request.raw_path != self.path(robot):
            raise self.say(401, "DirectApiAuthorizationRequired " + request.raw_path)
        fact = super().shape(request, robot)
        only(fact, ("type", "attachments", "summary"))
        if fact["type"] != "message" or len(fact["attachments"]) != 1:
            raise self.say(400, "TriggerInputSchemaMismatch")
        attachment = fact["attachments"][0]
        if attachment["contentType"] != "application/vnd.microsoft.card.adaptive":
            raise self.say(400, "TriggerInputSchemaMismatch")
        card = attachment["content"]
        only(card, ("$schema", "type", "version", "body", "actions", "msteams", "fallbackText", "lang"))
        if card["type"] != "AdaptiveCard" or not card["body"] or float(card["version"]) > 1.5:
            raise self.say(400, "TriggerInputSchemaMismatch")
        for action in card.get("actions", []):
            if action["type"] != "Action.OpenUrl":
                raise self.say(400, "UnsupportedAction")
            link(action["url"])
        for entity in card.get("msteams", {}).get("entities", []):
            if entity["type"] != "mention" or not re.fullmatch(r"<at>[^<>]*</at>", entity["text"]):
                raise self.say(400, "BadEntity")
        return fact

    def limit(self, fact, request):
        if len(request.body) > 20_480:  # expanded by Teams about 1.2 to 1.4 times; over 28 KB it is lost after the 202
            raise self.say(413, "RequestEntityTooLarge")

    def success(self, robot, fact):
        return Answer(202, b"", kind="text/plain")


class Discord(Vendor):
    kind = "discord"

    def path(self, robot):
        return f"/api/webhooks/123456789012345678/{robot}"

    def robot(self, request):
        return request.path.rsplit("/", 1)[-1]

    def say(self, status, code, words, errors=None):
        return Refused(status, {"message": words, "code": code, **({"errors": errors} if errors else {})})

    def shape(self, request, robot):
        if not request.path.startswith("/api/webhooks/123456789012345678/"):
            raise self.say(404, 10015, "Unknown Webhook")
        if request.query.get("wait") != "true":
            raise self.say(400, 0, "this receiver wants wait=true")
        fact = super().shape(request, robot)
        only(fact, ("content", "embeds", "allowed_mentions", "components", "username", "avatar_url", "tts", "flags"))
        only(fact.get("allowed_mentions", {}), ("parse", "users", "roles", "replied_user"))
        if not fact.get("content") and not fact.get("embeds"):
            raise self.say(400, 50006, "Cannot send an empty message")
        if fact.get("components") and request.query.get("with_components") != "true":
            raise self.say(400, 50035, "components without with_components")
        return fact

    def limit(self, fact, request):
        wrong, total = {}, 0
        if utf16(fact.get("content") or "") > 2000:
            wrong["content"] = {
                "_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}]
            }
        limits = {"title": 256, "description": 4096}
        for embed in fact.get("embeds", []):
            only(embed, ("title", "type", "description", "url", "timestamp", "color", "footer", "author", "fields"))
            if embed.get("url"):
                link(embed["url"])
            sizes = [(k, utf16(embed.get(k) or ""), most) for k, most in limits.items()]
            sizes += [("footer", utf16(embed.get("footer", {}).get("text", "")), 2048)]
            for f in embed.get("fields", []):
                sizes += [("name", utf16(f["name"]), 256), ("value", utf16(f["value"]), 1024)]
            total += sum(size for _, size, _ in sizes)
            wrong.update({k: {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH"}]} for k, size, most in sizes if size > most})
            if len(embed.get("fields", [])) > 25:
                wrong["fields"] = {}
        if wrong or total > 6000 or len(fact.get("embeds", [])) > 10:
            raise self.say(400, 50035, "Invalid Form Body", wrong or {"embeds": {}})

    def success(self, robot, fact):
        return Answer(
            200,
            json.dumps({"id": str(random.randrange(10**18)), "type": 0, "content": ""}).encode(),
            [("X-RateLimit-Limit", "5"), ("X-RateLimit-Remaining", "4"), ("X-RateLimit-Reset-After", "1.000")],
        )

    def bad_shape(self, problem):
        return Answer(
            400, json.dumps({"message": f"Invalid Form Body {problem!r}", "code": 50035, "errors": {}}).encode()
        )

    def throttled(self):
        body = b'{"message": "You are being rate limited.", "retry_after": 0.376, "global": false}'
        return Refused(429, Answer(429, body, [("Retry-After", "1"), ("X-RateLimit-Scope", "user")]), "rate limited")


class Telegram(Vendor):
    kind = "telegram"

    def path(self, robot):
        return ""

    def more(self, robot, word, fields, env):
        env[f"{word}_TOKEN"] = "123456789:AAstrict" + robot
        fields.update(token="${env:%s_TOKEN}" % word, chat_id="-1001234567890")

    def robot(self, request):
        match = re.match(r"/bot\d+:AAstrict([^/]+)/", request.path)
        return match[1] if match else ""

    def say(self, status, words, **parameters):
        more = {"parameters": parameters} if parameters else {}
        return Refused(status, {"ok": False, "error_code": status, "description": words, **more})

    def shape(self, request, robot):
        if not re.fullmatch(r"/bot\d+:[^/]+/sendMessage", request.path):
            raise self.say(404, "Not Found")
        fact = super().shape(request, robot)
        only(
            fact,
            (
                "chat_id",
                "message_thread_id",
                "text",
                "parse_mode",
                "entities",
                "link_preview_options",
                "disable_notification",
                "reply_markup",
                "protect_content",
            ),
        )
        if str(fact.get("chat_id")) != "-1001234567890":
            raise self.say(400, "Bad Request: chat not found")
        for row in fact.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                only(button, ("text", "url"))
                link(button["url"])
        return fact

    def read(self, fact):
        try:
            return markup.telegram(fact)
        except markup.MarkupRefused as problem:
            raise self.say(400, f"Bad Request: can't parse entities: {problem}") from None

    def limit(self, fact, request):
        length = utf16(self.read({**fact, "reply_markup": {}}).text)
        if length > 4096:
            raise self.say(400, "Bad Request: message is too long")
        if not length:
            raise self.say(400, "Bad Request: message text is empty")

    def success(self, robot, fact):
        return Answer(200, b'{"ok":true,"result":{"message_id":1,"date":1700000000,"chat":{"id":-1001234567890}}}')

    def bad_shape(self, problem):
        return self.say(400, f"Bad Request: {problem!r}").answer

    def throttled(self):
        refusal = self.say(429, "Too Many Requests: retry after 7", retry_after=7)
        refusal.answer.headers.append(("Retry-After", "7"))
        return refusal


class Mattermost(Vendor):
    kind = "mattermost"

    def path(self, robot):
        return f"/hooks/{robot}"

    def robot(self, request):
        return request.path.rsplit("/", 1)[-1]

    def say(self, status, words):
        return Refused(status, {"id": "web.incoming_webhook." + words, "message": words, "status_code": status})

    def shape(self, request, robot):
        fact = super().shape(request, robot)
        only(
            fact, ("text", "username", "icon_url", "icon_emoji", "channel", "attachments", "type", "props", "priority")
        )
        if not fact.get("text") and not fact.get("attachments"):
            raise self.say(400, "text.app_error")
        return fact

    def limit(self, fact, request):
        if len(fact.get("text", "")) > 16_383 or len(json.dumps(fact.get("attachments", []))) > 8_000 * 10:
            raise self.say(400, "text.length")

    def success(self, robot, fact):
        return Answer(200, b"ok", kind="text/plain")


class Ntfy(Vendor):
    kind = "ntfy"

    def path(self, robot):
        return ""

    def more(self, robot, word, fields, env):
        env[f"{word}_TOKEN"] = "tk_" + robot
        fields.update(token="${env:%s_TOKEN}" % word, topic=robot)

    def robot(self, request):
        return request.headers.get("authorization", "").removeprefix("Bearer tk_")

    def say(self, status, code, words):
        return Refused(status, {"code": code, "http": status, "error": words, "link": "https://ntfy.sh/docs/publish/"})

    def shape(self, request, robot):
        if request.path != "/":
            raise self.say(400, 40000, "this receiver takes the JSON form at / alone")
        fact = json.loads(request.body.decode())
        only(fact, ("topic", "title", "message", "priority", "tags", "click", "actions", "markdown", "icon"))
        if fact["topic"] != robot:
            raise self.say(403, 40301, "forbidden")
        if not re.fullmatch(r"[-_A-Za-z0-9]{1,64}", fact["topic"]):
            raise self.say(400, 40009, "invalid request: topic invalid")
        if fact.get("priority", 3) not in (1, 2, 3, 4, 5):
            raise self.say(400, 40007, "invalid request: priority invalid")
        if len(fact.get("actions", [])) > 3:
            raise self.say(400, 40018, "invalid request: actions invalid")
        for action in fact.get("actions", []):
            if action["action"] != "view" or not action["label"]:
                raise self.say(400, 40018, "invalid request: actions invalid")
            link(action["url"])
        return fact

    def limit(self, fact, request):
        if len(request.body) > 8192:
            raise self.say(413, 41303, "JSON body too large")
        if len(fact["message"].encode()) > 4096:
            raise self.say(400, 40014, "message would become an attachment")

    def success(self, robot, fact):
        return Answer(
            200, json.dumps({"id": "sPs71M8A2T", "time": 1700000000, "event": "message", "topic": robot}).encode()
        )

    def throttled(self):
        return self.say(429, 42901, "limit reached: too many requests")


class Gotify(Vendor):
    kind = "gotify"

    def path(self, robot):
        return ""

    def more(self, robot, word, fields, env):
        env[f"{word}_TOKEN"] = "A" + robot
        fields["token"] = "${env:%s_TOKEN}" % word

    def robot(self, request):
        return request.headers.get("x-gotify-key", "A")[1:]

    def say(self, status, error, words):
        return Refused(status, {"error": error, "errorCode": status, "errorDescription": words})

    def shape(self, request, robot):
        if not robot:
            raise self.say(
                401, "Unauthorized", "you need to provide a valid access token or user credentials to access this api"
            )
        if request.path != "/message":
            raise self.say(404, "Not Found", "page not found")
        fact = super().shape(request, robot)
        only(fact, ("title", "message", "priority", "extras"))
        if not fact.get("message") or not isinstance(fact.get("priority", 0), int):
            raise self.say(400, "Bad Request", "Field 'message' is required")
        return fact

    def success(self, robot, fact):
        return Answer(200, json.dumps({"id": 1, "appid": 1, "date": "2026-01-01T00:00:00Z", **fact}).encode())


class Webhook(Vendor):
    kind, secret = "webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    def path(self, robot):
        return f"/hook/{robot}"

    def robot(self, request):
        return request.path.rsplit("/", 1)[-1]

    def shape(self, request, robot):
        heads = request.headers
        id, stamp = heads.get("webhook-id", ""), heads.get("webhook-timestamp", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", id) or not re.fullmatch(r"\d{10}", stamp):
            raise Refused(400, {"error": "webhook-id or -timestamp"})
        if abs(int(stamp) - self.clock()) > 300:
            raise Refused(400, {"error": f"timestamp {stamp} outside five minutes of {self.clock()}"})
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = f"{id}.{stamp}.".encode() + request.body
        wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        if wanted not in heads.get("webhook-signature", "").split(" "):
            raise Refused(401, {"error": "signature"})
        return super().shape(request, robot)

    def limit(self, fact, request):
        if len(request.body) > 20_480:
            raise Refused(413, {"error": f"{len(request.body)} bytes"})

    def success(self, robot, fact):
        return Answer(204, b"")


VENDORS = {
    v.kind: v for v in (DingTalk, WeCom, Feishu, Slack, Teams, Discord, Telegram, Mattermost, Ntfy, Gotify, Webhook)
}
