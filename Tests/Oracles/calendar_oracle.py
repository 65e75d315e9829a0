#!/usr/bin/env python3
"""Reads invitation mails (`*.eml` in a folder) with Python's email, with icalendar and with vobject, and holds what they
find against each other and against what each case must say. Ends with 77 where a package is missing."""
import sys
from datetime import date, datetime, timezone
from email import message_from_bytes, policy
from pathlib import Path

try:
    import icalendar, vobject
except ImportError as missing:
    print(f"no Python module {missing.name}; pip install icalendar vobject")
    sys.exit(77)

failures = []


def check(good, words):
    if not good:
        failures.append(words)


def parts(mail):
    """The calendar inside the alternative, and the attached file."""
    inner = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    files = [part for part in mail.walk() if part.get_filename()]
    return inner, files


def read(name, raw):
    mail = message_from_bytes(raw, policy=policy.default)
    check(not mail.defects and all(not part.defects for part in mail.walk()), f"{name}: the mail has defects")
    check(mail.get_content_type() == "multipart/mixed", f"{name}: {mail.get_content_type()}")
    alternative = next(mail.iter_parts())
    kinds = [part.get_content_type() for part in alternative.iter_parts()]
    check(kinds == ["text/plain", "text/html", "text/calendar"], f"{name}: {kinds}")
    inner, files = parts(mail)
    check(len(inner) == 1 and [part.get_filename() for part in files] == ["invite.ics"], f"{name}: parts")
    text = inner[0].get_payload(decode=True)
    check(text == files[0].get_payload(decode=True), f"{name}: the file is another calendar")
    first = icalendar.Calendar.from_ical(text)
    check(inner[0].get_param("method") == str(first["METHOD"]), f"{name}: method parameter")
    second = vobject.readOne(text.decode())
    events = first.walk("VEVENT")
    check(len(events) == 1 and len(second.vevent_list) == 1, f"{name}: one event")
    event, other = events[0], second.vevent
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    facts = {
        "method": str(first["METHOD"]), "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]),
        "title": str(event["SUMMARY"]), "place": str(event.get("LOCATION", "")), "start": event.decoded("DTSTART"),
        "end": event.decoded("DTEND"), "status": str(event.get("STATUS", "")), "stamp": event.decoded("DTSTAMP"),
        "people": [str(one) for one in attendees], "organizer": str(event["ORGANIZER"]),
        "names": [str(one.params.get("CN", "")) for one in attendees],
    }
    check(second.method.value == facts["method"], f"{name}: vobject's method")
    check(other.uid.value == facts["uid"], f"{name}: vobject's uid")
    check(other.summary.value == facts["title"], f"{name}: vobject's title {other.summary.value!r} {facts['title']!r}")
    check(other.dtstart.value == facts["start"], f"{name}: vobject's start {other.dtstart.value} {facts['start']}")
    check(other.dtend.value == facts["end"], f"{name}: vobject's end")
    check([one.value for one in other.contents.get("attendee", [])] == facts["people"], f"{name}: vobject's people")
    check(not list(event.subcomponents), f"{name}: something inside the event")
    return facts


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


WANTED = {
    "request": {"method": "REQUEST", "sequence": 0, "title": "Kick-off", "place": "3F", "status": "CONFIRMED",
                "start": utc(2026, 3, 10, 2), "end": utc(2026, 3, 10, 3, 30), "names": ["王芳", "Li, Na"],
                "people": ["mailto:wang@example.com", "mailto:li+a%25b@example.com"]},
    "update": {"method": "REQUEST", "sequence": 3, "place": "", "status": "CONFIRMED"},
    "cancel": {"method": "CANCEL", "sequence": 4, "status": "CANCELLED"},
    "uninvite": {"method": "CANCEL", "sequence": 4, "status": ""},
    "whole-day": {"start": date(2026, 12, 31), "end": date(2027, 1, 2)},
    "hostile": {"people": ["mailto:wang@example.com"], "method": "REQUEST"},
}

found = {}
for path in sorted(Path(sys.argv[1]).glob("*.eml")):
    found[path.stem] = read(path.stem, path.read_bytes())
for name, wanted in WANTED.items():
    for key, value in wanted.items():
        seen = found.get(name, {}).get(key)
        check(seen == value, f"{name}: {key} is {seen!r}, wanted {value!r}")
check(len({facts["uid"] for facts in found.values()}) == 1, "one uid for all")
hostile = found.get("hostile", {}).get("title", "")
check(hostile.startswith('a;b,c\\d"e\nATTENDEE:mailto:x@evil.example\n'), f"hostile title {hostile!r}")
for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)
