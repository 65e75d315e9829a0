"""What vendors answer when something is wrong, and what must follow: the tables of the vendors' pages as cases."""

import json
from dataclasses import dataclass, field
import wire
from vendor import http_date
from wire import Answer

MESSAGE, TARGET, TRANSIENT = {"permanent_message"}, {"permanent_target"}, {"transient"}
THROTTLED, AMBIGUOUS, DELIVERED = {"throttled"}, {"ambiguous"}, {"delivered"}
PERMANENT, AGAIN = MESSAGE | TARGET, TRANSIENT | THROTTLED | AMBIGUOUS
DAY = 86_400


@dataclass
class Case:
    """`script` is what the receiver does first; with `always` it never does otherwise. `wait` is the range of seconds
    until the second try."""

    kind: str
    name: str
    script: list
    verdict: set
    wait: tuple = (0.5, DAY * 1.5)
    always: bool = False
    early: bool = False
    extra: str = ""
    base: str = ""
    robot: str = field(init=False)

    def __post_init__(self):
        self.robot = f"{self.kind}-{self.name}".replace("_", "-").replace(" ", "-").lower()


def said(status, fact, headers=()):
    body = json.dumps(fact, ensure_ascii=False).encode() if not isinstance(fact, (bytes, str)) else fact
    body = body.encode() if isinstance(body, str) else body
    kind = "application/json" if body[:1] in b"{[" and body else "text/plain"
    return Answer(status, body, list(headers), kind)


PORTAL = Answer(200, b"<html><body>Please log in to the network</body></html>", kind="text/html")


def coded(kind, key, words, table):
    return [
        Case(
            kind,
            f"{code}{suffix}",
            [said(status, {key: code, words: text}, head)],
            verdict,
            wait,
            always=verdict <= PERMANENT,
        )
        for code, suffix, status, text, verdict, wait, head in (row + ((),) * (7 - len(row)) for row in table)
    ]


ANY = (0.5, DAY * 1.5)


def dingtalk():
    table = [
        (310000, "-keyword", 200, "keywords not in content", MESSAGE, ANY),
        (
            310000,
            "-sign",
            200,
            "description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中",
            TARGET,
            ANY,
        ),
        (310000, "-ip", 200, "ip 203.0.113.9 not in whitelist", TARGET, ANY),
        (310000, "-time", 200, "invalid timestamp", TRANSIENT, ANY),
        (300001, "", 200, "token is not exist", TARGET, ANY),
        (300005, "", 200, "token is not exist", TARGET, ANY),
        (130101, "", 200, "send too fast, exceed 20 times per minute", THROTTLED, (60, 1200)),
        (660026, "", 200, "too fast", THROTTLED, (60, 1200)),
        (90030, "", 200, "webhook over limit", THROTTLED, (600, DAY * 1.1)),
        (460101, "", 200, "message too long, exceed 20000 bytes", MESSAGE, ANY),
        (101002, "", 200, "message is too long", MESSAGE, ANY),
        (40035, "", 200, "缺少参数 json", MESSAGE, ANY),
        (-1, "", 200, "系统繁忙", TRANSIENT, ANY),
    ]
    return coded("dingtalk", "errcode", "errmsg", table)


def wecom():
    hint = ", hint: [1700000000], from ip: 203.0.113.9"
    table = [
        (93000, "", 200, "invalid webhook url" + hint, TARGET, ANY),
        (40058, "", 200, "markdown.content exceed max length 4096. invalid Request Parameter" + hint, MESSAGE, ANY),
        (40008, "", 200, "invalid message type" + hint, MESSAGE, ANY),
        (45009, "", 200, "api freq out of limit" + hint, THROTTLED, (60, 1200)),
        (45033, "", 200, "api concurrent out of limit" + hint, THROTTLED, ANY),
        (45002, "", 200, "content size out of limit" + hint, MESSAGE, ANY),
        (-1, "", 200, "system busy", TRANSIENT, ANY),
    ]
    return coded("wecom", "errcode", "errmsg", table)


def feishu():
    table = [
        (19021, "", 200, "sign match fail or timestamp is not within one hour from current time", TARGET, ANY),
        (19022, "", 200, "Ip Not Allowed", TARGET, ANY),
        (19024, "", 200, "Key Words Not Found", MESSAGE, ANY),
        (19001, "", 400, "param invalid: incoming webhook access token invalid", TARGET, ANY),
        (9499, "", 400, "Bad Request", MESSAGE, ANY),
        (9499, "-200", 200, "Bad Request", MESSAGE, ANY),
        (11232, "", 200, "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]", THROTTLED, (1, 600)),
        (2200, "", 500, "internal error", TRANSIENT, ANY),
        (99991400, "", 429, "request trigger frequency limit", THROTTLED, (30, 300), [("x-ogw-ratelimit-reset", "30")]),
        (230099, "", 200, "Failed to create card content, ext=ErrCode: 11310", MESSAGE, ANY),
    ]
    return coded("feishu", "code", "msg", table) + [
        Case("feishu", "legacy-ok", [said(200, {"StatusCode": 0, "StatusMessage": "success"})], DELIVERED)
    ]


def slack():
    words = [
        (400, "invalid_payload", MESSAGE),
        (400, "no_text", MESSAGE),
        (400, "invalid_blocks", MESSAGE),
        (400, "user_not_found", MESSAGE),
        (400, "too_many_attachments", MESSAGE),
        (403, "action_prohibited", TARGET),
        (403, "invalid_token", TARGET),
        (404, "channel_not_found", TARGET),
        (404, "no_service", TARGET),
        (404, "no_active_hooks", TARGET),
        (404, "no_team", TARGET),
        (410, "channel_is_archived", TARGET),
        (500, "rollup_error", TRANSIENT),
    ]
    cases = [
        Case("slack", word, [said(status, word)], verdict, always=verdict <= PERMANENT)
        for status, word, verdict in words
    ]
    body = {"retry_after": 30, "ok": False, "error": "rate_limited"}
    return cases + [
        Case("slack", "rate-limited", [said(429, body, [("Retry-After", "30")])], THROTTLED, (30, 120)),
        Case("slack", "ok-false", [said(200, {"ok": False, "error": "fatal_error"})], AGAIN | PERMANENT),
    ]


def teams():
    failed = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error {} with ContextId tcid=1"
    error = {"error": {"code": "WorkflowTriggerIsNotEnabled", "message": "Could not execute workflow"}}
    return [
        Case("teams", "old-ok", [said(200, "1")], DELIVERED),
        Case("teams", "old-429", [said(200, failed.format(429))], THROTTLED | TRANSIENT),
        Case("teams", "old-413", [said(200, failed.format(413))], MESSAGE, always=True),
        Case("teams", "400", [said(400, error)], PERMANENT, always=True),
        Case(
            "teams",
            "401",
            [said(401, {"error": {"code": "DirectApiAuthorizationRequired", "message": "x"}})],
            TARGET,
            always=True,
        ),
        Case("teams", "404", [said(404, {"error": {"code": "WorkflowNotFound", "message": "x"}})], TARGET, always=True),
        Case("teams", "429", [said(429, {"error": {"code": "429"}}, [("Retry-After", "45")])], THROTTLED, (45, 180)),
        Case("teams", "408", [said(408, "")], TRANSIENT),
        Case("teams", "502", [said(502, "")], TRANSIENT),
    ]


def discord():
    slow = {"message": "You are being rate limited.", "retry_after": 0.376, "global": False}
    return [
        Case("discord", "10015", [said(404, {"message": "Unknown Webhook", "code": 10015})], TARGET, always=True),
        Case("discord", "50027", [said(401, {"message": "Invalid Webhook Token", "code": 50027})], TARGET, always=True),
        Case(
            "discord",
            "50035",
            [said(400, {"message": "Invalid Form Body", "code": 50035, "errors": {}})],
            MESSAGE,
            always=True,
        ),
        Case("discord", "429-fraction", [said(429, slow)], THROTTLED, (0.376, 90)),
        Case(
            "discord",
            "429-long",
            [said(429, {**slow, "retry_after": 64.57}, [("Retry-After", "65")])],
            THROTTLED,
            (64.5, 300),
        ),
        Case("discord", "429-only-json", [said(429, {**slow, "retry_after": 90.2})], THROTTLED, (90.2, 300)),
        Case("discord", "429-html", [Answer(429, b"<html>error 1015</html>", [], "text/html")], THROTTLED),
        Case("discord", "204", [Answer(204)], DELIVERED),
        Case("discord", "500", [said(500, "")], TRANSIENT),
    ]


def telegram():
    def no(status, words, **more):
        return said(status, {"ok": False, "error_code": status, "description": words, **more})

    slow = no(429, "Too Many Requests: retry after 35", parameters={"retry_after": 35})
    return [
        Case("telegram", "429", [Answer(429, slow.body, [("Retry-After", "35")])], THROTTLED, (35, 180)),
        Case("telegram", "429-body", [slow], THROTTLED, (35, 180)),
        Case("telegram", "blocked", [no(403, "Forbidden: bot was blocked by the user")], TARGET, always=True),
        Case(
            "telegram", "kicked", [no(403, "Forbidden: bot was kicked from the supergroup chat")], TARGET, always=True
        ),
        Case("telegram", "no-chat", [no(400, "Bad Request: chat not found")], TARGET, always=True),
        Case("telegram", "401", [no(401, "Unauthorized")], TARGET, always=True),
        Case("telegram", "404", [no(404, "Not Found")], TARGET, always=True),
        Case("telegram", "parse", [no(400, "Bad Request: can't parse entities: x")], MESSAGE | TRANSIENT | DELIVERED),
        Case("telegram", "500", [no(500, "Internal Server Error")], TRANSIENT),
    ]


def mattermost():
    def no(status, word):
        return said(status, {"id": "web.incoming_webhook." + word, "message": word, "status_code": status})

    return [
        Case("mattermost", "400", [no(400, "text.app_error")], MESSAGE, always=True),
        Case("mattermost", "403", [no(403, "disabled.app_error")], TARGET, always=True),
        Case("mattermost", "404", [no(404, "invalid.app_error")], TARGET, always=True),
        Case("mattermost", "429", [said(429, "limit exceeded", [("Retry-After", "10")])], THROTTLED, (10, 90)),
        Case("mattermost", "501", [no(501, "disabled.app_error")], AGAIN | PERMANENT),
        Case("mattermost", "500", [no(500, "x")], TRANSIENT),
    ]


def ntfy():
    table = [
        (42901, 429, THROTTLED, ANY),
        (42908, 429, THROTTLED, (600, DAY * 1.5)),
        (42909, 429, THROTTLED | TARGET, ANY),
        (40101, 401, TARGET, ANY),
        (40301, 403, TARGET, ANY),
        (40009, 400, MESSAGE, ANY),
        (40018, 400, MESSAGE, ANY),
        (41303, 413, MESSAGE, ANY),
        (50701, 507, AGAIN | PERMANENT, ANY),
        (50001, 500, TRANSIENT, ANY),
    ]
    return [
        Case(
            "ntfy",
            str(code),
            [said(status, {"code": code, "http": status, "error": "x", "link": "y"})],
            verdict,
            wait,
            always=verdict <= PERMANENT,
        )
        for code, status, verdict, wait in table
    ]


def gotify():
    return [
        Case(
            "gotify",
            str(status),
            [said(status, {"error": "x", "errorCode": status, "errorDescription": "y"})],
            verdict,
            always=verdict <= PERMANENT,
        )
        for status, verdict in ((400, MESSAGE), (401, TARGET), (403, TARGET), (500, TRANSIENT))
    ]


def webhook():
    table = [
        (410, TARGET),
        (400, PERMANENT),
        (401, PERMANENT),
        (403, PERMANENT),
        (404, PERMANENT),
        (413, PERMANENT),
        (422, PERMANENT),
        (408, TRANSIENT),
        (425, TRANSIENT),
        (500, TRANSIENT),
        (502, TRANSIENT | THROTTLED),
        (504, TRANSIENT | THROTTLED),
        (503, TRANSIENT),
        (204, DELIVERED),
        (202, DELIVERED),
        (418, PERMANENT),
        (599, TRANSIENT),
    ]
    return [
        Case("webhook", str(status), [said(status, "{}")], verdict, always=verdict <= PERMANENT)
        for status, verdict in table
    ]


def waits(now):
    """Every form of Retry-After. The bounds are the vendor's wish within one second and one day."""
    forms = {
        "seconds": (["120"], (120, 260)),
        "date": ([http_date(now + 90)], (89, 200)),
        "old-date": ([http_date(now + 90).replace(" GMT", " +0000")], (0.5, DAY)),
        "zero": (["0"], (0.5, 120)),
        "past": ([http_date(now - 3600)], (0.5, 120)),
        "ten-years": (["315360000"], (3600, DAY * 1.02)),
        "far-date": ([http_date(now + 315360000)], (3600, DAY * 1.02)),
        "negative": (["-5"], (0.5, 3600)),
        "garbage": (["soon"], (0.5, 3600)),
        "fraction": (["1.5"], (0.5, 3600)),
        "twice": (["120", "600"], (120, 1300)),
        "twice-down": (["600", "120"], (120, 1300)),
        "huge": (["9" * 40], (3600, DAY * 1.02)),
        "empty": ([""], (0.5, 3600)),
        "spaces": (["  120  "], (120, 260)),
        "list": (["120, 600"], (0.5, 3600)),
        "month-name": (["Sun, 99 Foo 2030 99:99:99 GMT"], (0.5, 3600)),
        "none": ([], (0.5, 3600)),
    }
    cases = [
        Case("webhook", "after-" + name, [said(429, "{}", [("Retry-After", v) for v in values])], THROTTLED, wait)
        for name, (values, wait) in forms.items()
    ]
    return cases + [
        Case("webhook", "503-after", [said(503, "{}", [("Retry-After", "120")])], THROTTLED | TRANSIENT, (120, 260))
    ]


def transport(kind):
    """The same trouble below every vendor's protocol. Until the head of an answer is there, nobody knows whether it came."""
    by_status = kind in ("webhook", "teams", "discord", "mattermost", "ntfy", "gotify")
    lost, partly = AMBIGUOUS, AGAIN | DELIVERED if by_status else AGAIN
    # A kept connection that dies before the first byte of an answer may be tried once more on a fresh one (F15).
    cut = lost | DELIVERED
    cases = [
        Case(kind, "500", [said(500, "<html>")], TRANSIENT),
        Case(kind, "503", [said(503, "")], TRANSIENT | THROTTLED),
        Case(kind, "reset-early", [wire.reset], AGAIN | DELIVERED, early=True),
        Case(kind, "reset-late", [wire.reset], cut),
        Case(kind, "silence", [wire.never], lost),
        Case(kind, "slow-head", [wire.slow_head], lost),
        Case(kind, "endless-head", [wire.endless_head], lost | TRANSIENT),
        Case(kind, "slow-body", [wire.slow_body], partly),
        Case(kind, "endless-body", [wire.endless_body], partly),
        Case(kind, "cut-body", [wire.cut_body], partly),
        Case(kind, "not-http", [wire.not_http], AGAIN),
    ]
    if kind in ("dingtalk", "wecom", "feishu", "slack", "telegram"):
        cases.append(Case(kind, "portal", [PORTAL], AGAIN))
    return cases


def redirects(target):
    return [
        Case(
            "webhook",
            f"redirect-{status}-{n}",
            [Answer(status, b"", [("Location", place)])],
            PERMANENT | TRANSIENT,
            always=True,
        )
        for status in (301, 302, 303, 307, 308)
        for n, place in enumerate(
            (target, target.replace("http:", ""), "file:///etc/passwd", "gopher://127.0.0.1:25/x")
        )
    ]


TABLES = {
    f.__name__: f for f in (dingtalk, wecom, feishu, slack, teams, discord, telegram, mattermost, ntfy, gotify, webhook)
}


def all_cases(kinds, now, inward):
    cases = [c for kind in kinds for c in TABLES[kind]() + transport(kind)] + waits(now) + redirects(inward)
    return list({c.robot: c for c in cases}.values())
