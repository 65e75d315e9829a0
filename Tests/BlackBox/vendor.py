"""What all strict receivers share: scripts of answers, what was seen and when, rate limits."""

import email.utils, json, re, threading, time
from dataclasses import dataclass
import markup
from wire import Answer, WebServer


@dataclass
class Seen:
    robot: str
    at: float
    clock: float
    request: object
    fact: object
    reading: object
    refused: str
    answer: object

    @property
    def taken(self):
        return not self.refused and not callable(self.answer) and self.answer.status < 300


class Refused(Exception):
    """The vendor's own error: HTTP status and body."""

    def __init__(self, status, body, why=""):
        super().__init__(why or str(body))
        self.answer = (
            body if isinstance(body, Answer) else Answer(status, json.dumps(body, ensure_ascii=False).encode())
        )


class Vendor:
    """`scripts[robot]` is a list of answers for its first requests (an Answer, or a function of the connection);
    then the vendor behaves, unless the robot is in `always`. `clock` is the receiver's time, so that simulated time works."""

    kind, secret, member = "", None, ""

    def __init__(self, tls=None, address="127.0.0.1", port=0):
        self.seen, self.scripts, self.early_scripts, self.limits, self.always = [], {}, {}, {}, set()
        self.clock, self.lock = time.time, threading.Lock()
        self.server = WebServer(self.respond, self.early, tls, address=address, port=port)
        self.port = self.server.port
        self.base = f"{'https' if tls else 'http'}://localhost:{self.port}"

    # What the configuration says

    def path(self, robot):
        raise NotImplementedError

    def channel(self, robot, name=None, extra="allow_private: true"):
        """One line of `channels:` and the environment that it refers to."""
        name, word = name or robot, re.sub(r"\W", "_", f"{self.kind}_{robot}").upper()
        fields, env = {"url": "${env:%s_URL}" % word}, {f"{word}_URL": self.base + self.path(robot)}
        if self.secret:
            fields["secret"], env[f"{word}_SECRET"] = "${env:%s_SECRET}" % word, self.secret
        self.more(robot, word, fields, env)
        inside = ", ".join(
            [f"type: {self.kind}"] + [f'{k}: "{v}"' for k, v in fields.items()] + ([extra] if extra else [])
        )
        return f"  {name}: {{{inside}}}\n", env

    def more(self, robot, word, fields, env):
        pass

    # What happens to a request

    def early(self, request):
        robot = self.robot(request)
        with self.lock:
            queue = self.early_scripts.get(robot, [])
            odd = queue.pop(0) if queue else None
        if odd:
            self.note(robot, request, None, None, "cut off before the body", odd)
        return odd

    def respond(self, request):
        robot, fact, reading, refused = self.robot(request), None, None, ""
        try:
            if request.method != "POST":
                raise Refused(405, {"error": "method"}, "method " + request.method)
            fact = self.shape(request, robot)
            self.limit(fact, request)
            reading = self.read(fact)
            self.pace(robot)
            answer = self.success(robot, fact)
        except Refused as refusal:
            answer, refused = refusal.answer, str(refusal)
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as problem:
            answer, refused = self.bad_shape(problem), f"shape: {problem!r}"
        with self.lock:
            queue = self.scripts.get(robot, [])
            if queue and not refused:
                answer = queue[0] if robot in self.always else queue.pop(0)
        self.note(robot, request, fact, reading, refused, answer)
        return answer

    def note(self, robot, request, fact, reading, refused, answer):
        with self.lock:
            self.seen.append(Seen(robot, time.monotonic(), self.clock(), request, fact, reading, refused, answer))

    def of(self, robot):
        with self.lock:
            return [s for s in self.seen if s.robot == robot]

    def stop(self):
        self.server.stop()

    # What each vendor does its own way

    def robot(self, request):
        raise NotImplementedError

    def shape(self, request, robot):
        """The body as the vendor reads it; raises Refused."""
        kind = request.headers.get("content-type", "")
        if not kind.startswith("application/json"):
            raise Refused(415, {"error": "content type"}, "content type " + kind)
        return json.loads(request.body.decode("utf-8"))

    def limit(self, fact, request):
        pass

    def read(self, fact):
        return getattr(markup, self.kind)(fact)

    def success(self, robot, fact):
        return Answer(200, b'{"errcode":0,"errmsg":"ok"}')

    def bad_shape(self, problem):
        return Answer(400, json.dumps({"error": repr(problem)}).encode())

    def throttled(self):
        return Refused(429, Answer(429, b"{}", [("Retry-After", "60")]), "too fast")

    def pace(self, robot):
        """`limits[robot]` is (count, seconds, block): more than count in seconds shuts the robot out."""
        if robot not in self.limits:
            return
        count, seconds, block = self.limits[robot]
        now, state = self.clock(), self.__dict__.setdefault("paces", {}).setdefault(robot, {"times": [], "until": 0})
        with self.lock:
            state["times"] = [t for t in state["times"] if t > now - seconds] + [now]
            if now < state["until"] or len(state["times"]) > count:
                if now >= state["until"]:
                    state["until"] = now + block
                raise self.throttled()


def only(fact, allowed, where=""):
    extra = set(fact) - set(allowed)
    if extra:
        raise ValueError(f"unknown field {sorted(extra)} {where}")


def link(url):
    if not re.match(r"https?://[^\s<>\"]+$|mailto:[^\s<>\"]+$", url):
        raise ValueError(f"bad url {url!r}")


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def http_date(moment):
    return email.utils.formatdate(moment, usegmt=True)
