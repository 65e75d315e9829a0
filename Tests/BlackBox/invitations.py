#!/usr/bin/env python3
"""Invitations from a rule file to a mail box: a real relay, and two calendar parsers that are not ours. A meeting is
asked for, gets a second attendee, is moved, loses one, and is called off. Then `call` with its signature, a loop that
is named, Bellman's own troubles as one message, and the heartbeat."""
import base64, hashlib, hmac, json, sys, threading, time
from datetime import datetime, timezone
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from kit import Box, HTTPReceiver, Tally
import icalendar, vobject
from aiosmtpd.controller import Controller

tally = Tally()
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


class Desk:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos[0], bytes(envelope.content)))
        return "250 ok"


desk = Desk()
relay = Controller(desk, hostname="127.0.0.1", port=0)
# port=0: the system chooses; the controller connects to itself on the port that it is told, so it is told the real one.
import socket
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    relay.port = free.getsockname()[1]
relay.start()
endpoint = HTTPReceiver(lambda path, headers, body: (200, "{}"))
beats = []


class Watcher(BaseHTTPRequestHandler):
    def do_GET(self):
        beats.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


watcher = ThreadingHTTPServer(("127.0.0.1", 0), Watcher)
threading.Thread(target=watcher.serve_forever, daemon=True).start()

CONFIG = f"""language: en
timezone: Asia/Shanghai
listen: 127.0.0.1:0
heartbeat: {{url: "http://127.0.0.1:{watcher.server_address[1]}/alive", file: alive, every: 1 minute, allow_private: true}}
expect_data: {{task: 1 day}}
channels:
  mail: {{type: email, relay: "smtp://127.0.0.1:{relay.port}", from: "Bell <bell@example.com>", tls: none, allow_private: true}}
endpoints:
  erp: {{url: "http://127.0.0.1:{endpoint.port}/hook", secret: "${{env:ERP_SECRET}}", allow_private: true}}
"""
RULES = {"meetings.yaml": """- id: invite
  when: {created: meeting}
  then:
    - invite: {to: meeting.attendees, starts_at: meeting.starts_at}
- id: tell-erp
  when: {changes: contract.status, to: signed}
  then:
    - call: {endpoint: erp, body: {id: "{{ contract.id }}", amount: "{{ contract.amount }}", who: "{{ contract.owner }}"}}
- id: ping
  when: {changes: task.status, to: ping}
  then: [{set: {status: pong}}]
- id: pong
  when: {changes: task.status, to: pong}
  then: [{set: {status: ping}}]
"""}
box = Box(CONFIG, RULES, {"ERP_SECRET": SECRET})


def put(kind, id, **fields):
    box.must("records", "set", f"{kind}/{id}", *[f"{name}={value}" for name, value in fields.items()])


def once(at=None):
    return box.must("run", "--once", *(["--now", at] if at else []))


def read(raw):
    """One mail through the mail parser and both calendar parsers."""
    mail = message_from_bytes(raw, policy=policy.default)
    tally.check(not mail.defects, "the mail has no defects", mail.defects)
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    text = part.get_payload(decode=True)
    one = icalendar.Calendar.from_ical(text)
    two = vobject.readOne(text.decode())
    event = one.walk("VEVENT")[0]
    people = event.get("ATTENDEE", [])
    people = [str(p).removeprefix("mailto:") for p in (people if isinstance(people, list) else [people])]
    tally.equal(two.vevent.uid.value, str(event["UID"]), "both parsers: uid")
    tally.equal(two.vevent.dtstart.value, event.decoded("DTSTART"), "both parsers: start")
    tally.equal(two.vevent.summary.value, str(event["SUMMARY"]), "both parsers: title")
    tally.equal(two.method.value, str(one["METHOD"]), "both parsers: method")
    tally.equal(part.get_param("method"), str(one["METHOD"]), "the part says the method")
    return {"to": str(mail["to"]), "subject": str(mail["subject"]), "method": str(one["METHOD"]), "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]), "start": event.decoded("DTSTART"), "end": event.decoded("DTEND"),
            "status": str(event.get("STATUS", "")), "people": people, "place": str(event.get("LOCATION", ""))}


def arrived(at):
    """What this round brought: (recipient, facts)."""
    desk.mails.clear()
    once(at)
    return sorted(((to, read(raw)) for to, raw in desk.mails), key=lambda pair: pair[0])


try:
    for id in ("wang", "li"):
        put("member", id, name=id.title(), email=f"{id}@example.com")
    once()
    put("meeting", "M", title="Kick-off; part 1, \\ \"quoted\"", location="3F", starts_at="2031-03-10T10:00:00+08:00",
        duration="90 minutes", attendees="wang")
    first = arrived(None)
    if tally.equal([(to, m["method"], m["sequence"]) for to, m in first], [("wang@example.com", "REQUEST", 0)], "asked"):
        tally.equal(first[0][1]["start"], datetime(2031, 3, 10, 2, tzinfo=timezone.utc), "start")
        tally.equal(first[0][1]["end"], datetime(2031, 3, 10, 3, 30, tzinfo=timezone.utc), "end")
        tally.equal(first[0][1]["people"], ["wang@example.com"], "people")
    put("meeting", "M", attendees="wang,li")
    second = arrived(None)
    tally.equal([(to, m["method"], m["sequence"]) for to, m in second], [("li@example.com", "REQUEST", 1)], "a second attendee")
    put("meeting", "M", starts_at="2031-03-11T10:00:00+08:00")
    put("meeting", "M", location="4F")
    moved = arrived(None)
    tally.equal([(to, m["method"], m["sequence"], m["place"]) for to, m in moved],
                [("li@example.com", "REQUEST", 2, "4F"), ("wang@example.com", "REQUEST", 2, "4F")], "moved: one update each")
    tally.equal(arrived(None), [], "nothing new, nothing sent")
    put("meeting", "M", attendees="li")
    left = arrived(None)
    tally.equal([(to, m["method"], m["sequence"], m["status"], m["people"]) for to, m in left],
                [("wang@example.com", "CANCEL", 3, "", ["wang@example.com"])], "one is taken out")
    box.must("records", "delete", "meeting/M")
    off = arrived(None)
    tally.equal([(to, m["method"], m["sequence"], m["status"]) for to, m in off],
                [("li@example.com", "CANCEL", 4, "CANCELLED")], "called off")
    tally.equal(len({m["uid"] for _, m in first + second + moved + left + off}), 1, "one UID for all of it")

    # call
    put("contract", "C", name="Cloud", status="draft", amount="1234.5")
    once()
    put("contract", "C", status="signed")
    once()
    once()
    if tally.equal(len(endpoint.posts), 1, "one call"):
        path, headers, body, _ = endpoint.posts[0]
        tally.equal(json.loads(body), {"id": "C", "amount": 1234.5, "who": None}, "the body keeps its types")
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        wanted = "v1," + base64.b64encode(hmac.new(b"k" * 32, signed, hashlib.sha256).digest()).decode()
        tally.equal(headers.get("webhook-signature"), wanted, "signed as Standard Webhooks")
    tally.check("delivered" in box.must("channel", "test", "endpoint:erp").out, "an endpoint can be tested")

    # chains
    put("task", "T", title="x", status="todo")
    once()
    put("task", "T", status="ping")
    once()
    words = box.must("status").out
    tally.check("ping → pong → ping" in words or "pong → ping → pong" in words, "a loop is named", words)

    # heartbeat
    tally.check(beats and set(beats) == {"/alive"}, "run --once sends a sign of life", beats)
    tally.check((box.folder / "alive").exists(), "and touches its file")
    tally.check("heartbeat" in box.must("status").out, "status tells of it")

    # own troubles: three at once are one message, told once
    for name in ("one", "two"):
        box.write(f"rules/{name}.yaml", "id: [")
    year = datetime.now().year + 1
    before = len(box.json("deliveries", "list", "--channel", "inbox"))
    once(f"{year}-12-01T09:00:00+08:00")
    told = box.json("deliveries", "list", "--channel", "inbox")
    tally.equal(len(told) - before, 1, "three troubles are one message")
    text = box.must("deliveries", "show", told[0]["id"]).out
    tally.check("one.yaml" in text and "two.yaml" in text and "No new data: task" in text, "it tells all three", text)
    once(f"{year}-12-01T10:00:00+08:00")
    tally.equal(len(box.json("deliveries", "list", "--channel", "inbox")) - before, 1, "told once")
finally:
    relay.stop()
    endpoint.stop()
    box.remove()
tally.end()
