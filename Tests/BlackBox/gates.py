#!/usr/bin/env python3
"""Quiet hours, digests, fallback and max_age as an administrator writes them, on virtual time."""
import json
from aiosmtpd.controller import Controller
from kit import Box, HTTPReceiver, Tally, free_port

RULES = {
    "due.yaml": """
- id: due
  when: {before: task.due, by: 3 days}
  if: task.open
  at: "22:00"
  then: [{notify: {via: hook, title: "{{ task.title }}"}}]
- id: urgent-due
  urgent: true
  when: {before: task.due, by: 4 days}
  at: "22:00"
  then: [{notify: {via: hook, title: "urgent {{ task.title }}"}}]
- id: digested
  when: {before: task.due, by: 10 days}
  at: "12:00"
  then: [{notify: {via: hook, digest: day at 17:00, title: "digest {{ task.title }}"}}]
"""
}


def configuration(port, more=""):
    return f"""
language: en
timezone: Asia/Shanghai
channels:
  hook: {{type: webhook, url: "http://127.0.0.1:{port}/in", allow_private: true{more}}}
quiet_hours: {{from: "21:00", to: "08:00", days: [mon, tue, wed, thu, fri], then: hold}}
"""


def at(box, text):
    return box.run("run", "--once", "--now", text + "+08:00")


def titles(receiver):
    found = []
    for _, _, body, _ in receiver.posts:
        data = json.loads(body)
        found.append(data)
    return found


def states(box):
    return {row["title"]: (row["state"], row["reason"]) for row in box.json("deliveries", "list")}


def tasks(box, *rows):
    box.write("t.csv", "id,title,due\n" + "\n".join(rows) + "\n")
    box.must("import", "t.csv", "--kind", "task")


def quiet(tally):
    receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
    box = Box(configuration(receiver.port), RULES)
    at(box, "2026-11-01T09:00:00")
    tasks(box, "1,one,2026-11-20", "2,two,2026-11-20", "3,three,2026-11-21")
    at(box, "2026-11-09T13:00:00")
    at(box, "2026-11-10T12:00:00")
    tally.equal(states(box)["digest one"], ("held", "digest"), "a digest waits for its hour")
    tally.equal(len(receiver.posts), 0, "nothing left yet")
    at(box, "2026-11-10T17:00:00")
    tally.equal(len(receiver.posts), 1, "the digest leaves as one")
    at(box, "2026-11-16T22:00:00")
    tally.equal(len(receiver.posts), 3, "urgent notices ring in quiet hours")
    done = at(box, "2026-11-17T22:00:00")
    tally.equal(done.returncode, 3, "what waits is not finished")
    tally.equal(states(box)["one"], ("held", "quiet_hours"), "quiet hours hold")
    box.must("records", "set", "task/2", "status=done")
    at(box, "2026-11-18T07:59:59")
    before = len(receiver.posts)
    at(box, "2026-11-18T08:00:00")
    tally.equal(len(receiver.posts), before + 1, "the gate opens at eight")
    tally.equal(states(box)["two"], ("dropped", "condition_false"), "what was done meanwhile does not ring")
    tally.equal(states(box)["one"][0], "sent", "what still holds does")
    box.remove()


def weekend(tally):
    receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
    box = Box(configuration(receiver.port), RULES)
    at(box, "2026-11-01T09:00:00")
    tasks(box, "1,one,2026-11-24")
    at(box, "2026-11-21T22:00:00")  # a Saturday: no quiet hours begin
    tally.equal(states(box).get("one", ("",))[0], "sent", "quiet hours begin only on their days")
    box.remove()


def fallback(tally):
    def answer(path, headers, body):
        return (410, "gone") if path == "/in" else (200, "{}")
    receiver = HTTPReceiver(answer)
    text = configuration(receiver.port, ", fallback: spare") .replace(
        "quiet_hours", f"  spare: {{type: webhook, url: \"http://127.0.0.1:{receiver.port}/spare\", allow_private: true}}\nquiet_hours")
    box = Box(text, RULES)
    at(box, "2026-11-01T09:00:00")
    tasks(box, "1,one,2026-11-23")
    at(box, "2026-11-20T22:00:00")
    at(box, "2026-11-21T08:00:00")
    tally.equal([path for path, *_ in receiver.posts].count("/spare"), 2, "both notices take the fallback")
    status = box.must("status").out
    tally.check("out of use" in status and "410" in status, "status names the dead channel and its words", status)
    doctor = box.run("doctor")
    tally.equal(doctor.returncode, 1, "doctor says that a channel is out of use")
    shown = box.json("deliveries", "list")
    tally.check(1 <= len([row for row in shown if row["rule"] == "bellman"]) <= 2, "one word a day to the admin channel", shown)
    box.remove()


def old(tally):
    receiver = HTTPReceiver(lambda path, headers, body: (503, "later"))
    box = Box(configuration(receiver.port, ", max_age: 2 hours"), RULES)
    at(box, "2026-11-01T09:00:00")
    tasks(box, "1,one,2026-11-24")
    for minute in range(0, 24 * 60, 20):
        at(box, f"2026-11-2{1 if minute < 120 else 2}T{(22 + minute // 60) % 24:02d}:{minute % 60:02d}:00")
    item = [row for row in box.json("deliveries", "list") if row["title"] == "one"][0]
    tally.equal(item["state"], "dead", "max_age ends the tries")
    tally.check("max_age" in item["reason"] and "503" in item["reason"], "with the receiver's last words", item)
    tally.equal(box.must("deliveries", "resend", "--dead").returncode, 0, "and can be sent again")
    tally.equal(states(box)["one"][0], "waiting", "it waits again")
    box.remove()


def mistakes(tally):
    wrong = {
        "quiet_hours: {from: \"25:00\", to: \"08:00\"}": "25:00", "quiet_hours: sometimes": "sometimes",
        "quiet_hours: {from: \"21:00\", to: \"08:00\", days: [mon, funday]}": "funday",
        "quiet_hours: {from: \"21:00\", to: \"08:00\", then: ignore}": "ignore",
        "quiet_hours: {from: \"09:00\", to: \"09:00\"}": "never end",
        "quiet_hours: {form: \"21:00\", to: \"08:00\"}": "from",
    }
    for text, word in wrong.items():
        box = Box("language: en\n" + text + "\n", {})
        done = box.run("check")
        tally.check(done.returncode == 1 and word in done.both, f"refused: {text}", done.both)
        box.remove()
    for key, word in {"limit: fast": "20 per minute", "max_age: old": "5 days", "allow_private: perhaps": "true or false",
                      "fallback: nowhere": "nowhere"}.items():
        box = Box("language: en\nchannels:\n  ops: {type: webhook, url: \"https://example.com\", " + key + "}\n", {})
        done = box.run("check")
        tally.check(done.returncode == 1 and word in done.both, f"refused: {key}", done.both)
        box.remove()


def edited(tally):
    """Quiet hours are edited between two runs on one store, while notices are held for the old ones."""
    receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
    box = Box(configuration(receiver.port), RULES)
    at(box, "2026-11-01T09:00:00")
    tasks(box, "1,one,2026-11-20", "2,two,2026-11-20")
    at(box, "2026-11-17T22:00:00")
    tally.equal(states(box)["one"], ("held", "quiet_hours"), "held until the morning")
    sent = len(receiver.posts)
    box.write("bellman.yaml", configuration(receiver.port).replace('"08:00"', '"23:00"'))
    at(box, "2026-11-17T22:30:00")
    tally.equal(len(receiver.posts), sent, "shorter hours still hold")
    at(box, "2026-11-17T23:00:00")
    tally.equal(len(receiver.posts), sent + 1, "and let go when they end, as one message")
    tally.equal(states(box)["two"], ("sent", "delivered"), "none is stuck")
    tasks(box, "3,three,2026-11-21")
    at(box, "2026-11-18T22:00:00")
    box.write("bellman.yaml", configuration(receiver.port).replace("then: hold", "then: drop"))
    at(box, "2026-11-18T22:01:00")
    tally.equal(states(box)["three"], ("dropped", "quiet_hours"), "now they drop, with the reason")
    box.remove()


class PlainMail:
    """A relay of the local network: no encryption, no login."""

    def __init__(self):
        self.mails, self.port = [], free_port()
        receiver = self

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                receiver.mails.append(envelope.rcpt_tos)
                return "250 taken"

        self.controller = Controller(Handler(), hostname="127.0.0.1", port=self.port)
        self.controller.start()


def members(tally):
    """A member's own times that cannot be read are named by import, check, doctor, and to the admin channel."""
    mail = PlainMail()
    text = f"""
language: en
timezone: Asia/Shanghai
channels:
  mail: {{type: email, relay: "smtp://127.0.0.1:{mail.port}", tls: none, from: "bell@example.com", allow_private: true}}
"""
    rules = {"due.yaml": """
id: due
when: {before: task.due, by: 3 days}
at: "22:00"
then: [{notify: {via: mail, to: task.assignee, title: "{{ task.title }}"}}]
"""}
    box = Box(text, rules)
    box.write("m.csv", "id,name,email,quiet_hours,timezone\n"
              "ann,Ann,ann@example.com,21:00至08:00 周一至周五,\n"
              "bob,Bob,bob@example.com,at night,Moon/Base\n"
              "cy,Cy,cy@example.com,21:00-23:00,Europe/Berlin\n")
    done = box.must("import", "m.csv", "--kind", "member")
    for command, done in {"import": done, "check": box.run("check"), "doctor": box.run("doctor")}.items():
        tally.check("bob" in done.both and "at night" in done.both and "21:00-08:00 mon-fri" in done.both,
                    f"{command} names the member, the text and the right form", done.both)
        tally.check("Moon/Base" in done.both and "Europe/Berlin" in done.both, f"{command} names the zone", done.both)
        tally.check("ann" not in done.both.replace("channel", ""), f"{command} says nothing of what is right", done.both)
    tally.equal(box.run("check").returncode, 0, "check warns only")
    at(box, "2026-11-01T09:00:00")
    box.write("t.csv", "id,title,due,assignee\n1,one,2026-11-20,ann\n2,two,2026-11-20,bob\n3,three,2026-11-20,cy\n")
    box.must("import", "t.csv", "--kind", "task")
    at(box, "2026-11-17T22:00:00")
    tally.equal([states(box)[title][0] for title in ("one", "two", "three")], ["held", "sent", "sent"],
                "each by their own hours, on their own clock; who cannot be read has none")
    told = [row["title"] for row in box.json("deliveries", "list") if row["rule"] == "bellman"]
    tally.equal(told, ["Member bob: a time cannot be read"] * 2, "the admin channel hears of both")
    box.must("records", "set", "member/ann", "quiet_hours=21:00-22:30")
    at(box, "2026-11-17T22:29:00")
    tally.equal(states(box)["one"], ("held", "quiet_hours"), "their edited hours hold")
    at(box, "2026-11-17T22:30:00")
    tally.equal(states(box)["one"], ("sent", "delivered"), "and end")
    tally.equal(sorted(mail.mails), [[f"{name}@example.com"] for name in ("ann", "bob", "cy")], "each got one mail")
    mail.controller.stop()
    box.remove()


tally = Tally()
for story in (quiet, weekend, fallback, old, mistakes, edited, members):
    story(tally)
tally.end()
