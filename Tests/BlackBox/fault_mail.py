"""The mail half of show 2: what relays say and leave unsaid."""

import re, time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from stage import START, Stage, authority

PEOPLE = ("an", "bo", "chen")
STEPS = [
    0,
    2,
    30,
    61,
    299,
    320,
    605,
    700,
    1200,
    1900,
    3700,
    5500,
    7300,
    12_000,
    20_000,
    43_000,
    90_000,
    140_000,
    220_000,
    300_000,
    440_000,
    520_000,
]
RULE = """id: mails
when: {created: task}
then:
  - notify: {via: [CHANNELS], to: "role('all')", title: "{{ task.title }}", text: "话"}
"""
AGAIN, TARGET, MESSAGE = {"transient", "ambiguous", "throttled"}, {"permanent_target"}, {"permanent_message"}


def first(reply, times=1, only=None):
    """That reply for the first so many askings of each argument, then the usual."""
    count = Counter()

    def say(desk, argument):
        key = argument if isinstance(argument, str) else ""
        if only and only not in key:
            return None
        count[key] += 1
        return reply if count[key] <= times else None

    return say


def always(reply, only=None):
    return first(reply, 10**9, only)


def once_each_mail(reply):
    """The first time that each Message-ID is seen."""
    seen = set()

    def say(desk, body):
        id = message_id(body)
        if id in seen:
            return None
        seen.add(id)
        return reply

    return say


def message_id(body):
    return message_from_bytes(body, policy=policy.default)["message-id"]


# name: (what the relay says, class of the first try, end, options)
SCRIPTS = {
    "good": ({}, {"delivered"}, "sent", {}),
    "greylist": ({"rcpt": first("450 4.2.0 greylisted, come again")}, {"transient"}, "sent", {}),
    "twice-451": ({"rcpt": first("451 4.7.1 try later", 2)}, {"transient"}, "sent", {}),
    "one-bad": ({"rcpt": always("550 5.1.1 no such user", "bo@")}, None, "mixed", {}),
    "greet-421": ({"greeting": first("421 4.3.2 too busy", 3)}, {"transient"}, "sent", {}),
    "greet-554": ({"greeting": always("554 5.7.1 not for you")}, AGAIN | TARGET | MESSAGE, "dead", {}),
    "mail-452": ({"mail": first("452 4.3.1 no room", 1)}, {"transient", "delivered"}, "sent", {}),
    "mail-550": ({"mail": always("550 5.7.1 sender refused")}, MESSAGE | TARGET, "dead", {}),
    "data-451": ({"data": first("451 4.3.0 local error", 3)}, {"transient"}, "sent", {}),
    "dot-452": ({"dot": once_each_mail("452 4.3.1 no room")}, {"transient"}, "sent", {}),
    "dot-552": ({"dot": always("552 5.3.4 too big")}, MESSAGE, "dead", {}),
    "dot-554": ({"dot": always("554 5.6.0 looks like spam")}, MESSAGE, "dead", {}),
    "dot-lost": ({"dot": once_each_mail("reset")}, {"ambiguous"}, "twice", {}),
    "no-starttls": ({"no-starttls": None}, TARGET | {"transient"}, "dead", {}),
    "starttls-454": ({"starttls": always("454 4.7.0 TLS not available")}, AGAIN | TARGET, "dead", {}),
    "bad-name": ({}, AGAIN | TARGET, "dead", {"names": "DNS:other.test"}),
    "self-signed": ({}, AGAIN | TARGET, "dead", {"own": True}),
    "auth-535": ({"auth": always("535 5.7.8 bad credentials")}, TARGET, "dead", {}),
    "auth-454": ({"auth": first("454 4.7.0 temporary failure", 1)}, {"transient", "delivered"}, "sent", {}),
    "no-auth": ({"no-auth": None}, TARGET | AGAIN | MESSAGE, "dead", {}),
    "reset-rcpt": ({"rcpt": first("reset")}, AGAIN, "sent", {}),
    "junk": ({"greeting": always("HTTP/1.1 400 Bad Request\r\n\r\nclose")}, AGAIN | TARGET | MESSAGE, "dead", {}),
    "long-line": ({"greeting": first("220 " + "x" * 8_000_000, 3)}, AGAIN | {"delivered"}, "sent", {}),
    "implicit": ({}, {"delivered"}, "sent", {"implicit": True}),
}


def build(stage, ca):
    desks, lines = {}, ""
    env = {"SMTP_PASSWORD": "pass word", "BELLMAN_CA_FILE": str(ca.file)}
    for name, (says, _, _, how) in SCRIPTS.items():
        how = dict(how)
        implicit = how.pop("implicit", False)
        says = {step: say or (lambda desk, argument: None) for step, say in says.items()}
        desk = desks[name] = stage.desk(says=says, tls=ca.context("relay-" + name, **how), implicit=implicit)
        scheme = "smtps" if implicit else "smtp"
        lines += (
            f'  m-{name}: {{type: email, relay: "{scheme}://localhost:{desk.port}", from: "bell@example.com", '
            'username: bell, password: "${env:SMTP_PASSWORD}", allow_private: true}\n'
        )
    stage.configure(lines, env, {"a.yaml": RULE.replace("CHANNELS", ", ".join("m-" + n for n in desks))})
    return desks


def mail(tally):
    stage = Stage()
    desks = build(stage, authority())
    stage.load(
        "member", [{"id": p, "name": p, "email": f"{p}@example.com", "role": "all", "active": True} for p in PEOPLE]
    )
    stage.tick(START - timedelta(hours=1))
    stage.load("task", [{"id": "T1", "title": "信"}])
    for seconds in STEPS:
        begun = time.monotonic()
        done = stage.tick(START + timedelta(seconds=seconds), limit=400)
        if seconds == 0:
            print(f"{len(desks)} relays: the first call took {time.monotonic() - begun:.1f} s", flush=True)
        for desk in desks.values():
            with desk.lock:
                desk.steps = getattr(desk, "steps", []) + [
                    (seconds, len(desk.mails), Counter(t[0] for t in desk.tries))
                ]
        tally.check(done.returncode in (0, 3), f"mail step {seconds}: exit code", (done.returncode, done.both[-300:]))
    rows = stage.rows()
    for name, desk in desks.items():
        judge(tally, stage, name, desk, [r for r in rows if r["channel"] == "m-" + name])
    stage.end()


def judge(tally, stage, name, desk, rows):
    what, (_, verdict, end, _) = f"relay {name}", SCRIPTS[name]
    tally.equal(len(rows), 3, f"{what}: three deliveries")
    tries = {r["to"]: stage.attempts(r["id"]) for r in rows}
    if verdict:
        seen = {t[0][1] for t in tries.values() if t}
        tally.check(
            seen and seen <= verdict, f"{what}: class {sorted(verdict)}", [(k, v[:1]) for k, v in tries.items()]
        )
    states = Counter(r["state"] for r in rows)
    people = Counter(person for people, *_ in desk.mails for person in people)
    everyone = {f"{p}@example.com" for p in PEOPLE}
    if end == "sent":
        tally.equal((states, people), (Counter(sent=3), Counter(everyone)), f"{what}: each gets it once")
    elif end == "twice":
        tally.equal((states, set(people)), (Counter(sent=3), everyone), f"{what}: each gets it")
    elif end == "mixed":
        tally.equal(
            (states, people),
            (Counter(sent=2, dead=1), Counter(everyone - {"bo@example.com"})),
            f"{what}: the others get it once",
        )
        tally.equal(desk.lines.count(b"RCPT TO:<bo@example.com>\r\n"), 1, f"{what}: the refused one is asked once")
    else:
        tally.equal((states, people), (Counter(dead=3), Counter()), f"{what}: nobody gets it, all end dead")
    tally.check(all(len(m[0]) == 1 for m in desk.mails), f"{what}: one recipient per transaction")
    repeats(tally, what, desk)
    secrets(tally, what, desk)
    extra(tally, name, what, desk, tries)


def repeats(tally, what, desk):
    """A mail that comes again comes under the same Message-ID."""
    ids = {}
    for body in [argument for step, argument, _ in desk.tries if step == "dot"]:
        mail = message_from_bytes(body, policy=policy.default)
        ids.setdefault(mail["to"].addresses[0].addr_spec, set()).add(mail["message-id"])
    tally.check(all(len(v) == 1 for v in ids.values()), f"{what}: one Message-ID for each person", ids)


def secrets(tally, what, desk):
    """The password and the mail travel only under TLS."""
    tally.check(all(secure and known for _, _, secure, known, _ in desk.mails), f"{what}: only under TLS and known")
    if desk.count("starttls") == 0 and not desk.implicit:
        text = b"".join(desk.lines)
        tally.check(
            not re.search(rb"(?i)^(AUTH|MAIL|RCPT|DATA)", text, re.M), f"{what}: nothing said in clear", text[:300]
        )


def extra(tally, name, what, desk, tries):
    if name in ("greylist", "twice-451", "dot-452"):
        second = [s for s, mails, _ in desk.steps if mails][:1]
        waits = [t[1][0] - t[0][0] for t in tries.values() if len(t) > 1]
        tally.check(
            waits and all(timedelta(minutes=5) <= w <= timedelta(minutes=35) for w in waits),
            f"{what}: the second try after 5 to 35 minutes",
            (waits, second),
        )
    if name == "auth-535":
        day = next(c["auth"] for s, _, c in desk.steps if s >= 1900)
        tally.check(day <= 3, f"{what}: no storm of passwords", day)
        print(f"{what}: {day} tries with the password in the first half hour, {desk.count('auth')} in six days")
    if name == "dot-lost":
        tally.check(len(desk.mails) == 6, f"{what}: retried once", len(desk.mails))
