#!/usr/bin/env python3
"""What people do about notices, with a real daemon: acknowledge, put off, silence, and the log of it all."""
import json, time, urllib.error, urllib.request
from kit import Box, Tally, free_port

PEOPLE = "id,name,email\nwang,王芳,wang@example.com\nli,李强,li@example.com\n"
RULES = {
    "r.yaml": """
- id: again
  when: {created: task}
  if: task.status == "open"
  tags: [noisy]
  repeat: {every: PT4S, times: 30}
  then: [{notify: {via: inbox, to: task.assignee, title: "{{ task.title }}"}}]
- id: other
  when: {created: risk}
  then: [{notify: {via: inbox, title: "{{ risk.title }}"}}]
"""
}


def configuration(port):
    return f"language: en\ntimezone: Asia/Shanghai\nlisten: 127.0.0.1:{port}\n"


def notices(box, title):
    return [row for row in box.json("deliveries", "list") if row["title"] == title]


def until(what, limit=40):
    """Waits for something to be so."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        seen = what()
        if seen:
            return seen
        time.sleep(0.3)
    return what()


def records(box, kind, *rows):
    box.write("in.csv", "id,title,status,assignee\n" + "\n".join(rows) + "\n")
    box.must("import", "in.csv", "--kind", kind)


def call(port, method, path, token=None, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def acknowledged(tally, box):
    records(box, "task", "A,first,open,wang")
    tally.check(until(lambda: len(notices(box, "first")) >= 2), "it is repeated", notices(box, "first"))
    done = box.run("ack", "again", "A", "--by", "王芳", "--comment", "on it")
    tally.check(done.returncode == 0 and "again task/A (王芳)" in done.out, "ack", done.both)
    count = len(notices(box, "first"))
    time.sleep(9)
    tally.equal(len(notices(box, "first")), count, "an acknowledgement ends the repetition")
    twice = box.run("ack", "again", "task/A", "--by", "li")
    tally.check(twice.returncode == 0 and "before, by 王芳" in twice.out, "ack twice tells who did it", twice.both)
    unknown = box.run("ack", "agian")
    tally.check(unknown.returncode == 1 and "did you mean again?" in unknown.err, "ack of unknown", unknown.both)
    who = box.run("ack", "again", "A", "--by", "wnag")
    tally.check(who.returncode == 1 and "did you mean wang?" in who.err, "an unknown member", who.both)
    rows = box.json("firings", "list", "--rule", "again")
    tally.equal([row["acknowledged"] for row in rows], ["wang"], "firings tell who acknowledged")


def ends_with_record(tally, box):
    records(box, "task", "B,second,open,wang")
    until(lambda: notices(box, "second"))
    records(box, "task", "B,second,done,wang")
    time.sleep(1)
    count = len(notices(box, "second"))
    time.sleep(6)
    tally.equal(len(notices(box, "second")), count, "a closed task is not repeated")


def snoozed(tally, box):
    records(box, "risk", "I,third,,")
    firing = until(lambda: box.json("firings", "list", "--rule", "other"))[0]["id"]
    nobody = box.run("snooze", firing, "--for", "1d")
    tally.check(nobody.returncode != 0 and "bellman ack" in nobody.err, "nobody's notice cannot be put off", nobody.both)
    records(box, "task", "C,fourth,open,li")
    until(lambda: notices(box, "fourth"))
    for words, code in ([["--for", "nonsense"], 2], [["--until", "2020-01-01"], 1], [[], 2]):
        done = box.run("snooze", "again", "C", "--by", "li", *words)
        tally.check(done.returncode == code, f"snooze {words}", done.both)
    wrong = box.run("snooze", "again", "C", "--by", "wang", "--for", "1d")
    tally.check(wrong.returncode == 1 and "went to: li" in wrong.err, "another's notice", wrong.both)
    records(box, "task", "C,fourth,open,li")
    done = box.run("snooze", "again", "C", "--by", "li", "--for", "1d")
    tally.check(done.returncode == 0 and "comes again to 李强" in done.out, "snooze", done.both)
    held = [row for row in box.json("deliveries", "list", "--state", "held") if row["title"] == "fourth"]
    tally.equal([row["reason"].split(":")[0] for row in held], ["snooze"], "it waits")
    done = box.run("snooze", "again", "C", "--by", "li", "--for", "PT5S")
    states = lambda: sorted(row["state"] for row in box.json("deliveries", "list")
                            if row["title"] == "fourth" and "snooze" in row["reason"])
    tally.equal(states(), ["dropped", "held"], "the later snooze takes the place of the earlier one")
    tally.check(until(lambda: "held" not in states()), "it comes again", states())
    box.must("ack", "again", "C")


def silenced(tally, box):
    for words, said in (
        (["again", "--for", "3d"], "reason"), (["agian", "--for", "3d", "--reason", "x"], "did you mean again?"),
        (["again", "--reason", "x"], "--for"), (["again", "--until", "2020-01-01", "--reason", "x"], "over already"),
        (["--kind", "taks", "--for", "1d", "--reason", "x"], "did you mean task?"),
        (["--record", "task/none", "--for", "1d", "--reason", "x"], "there is no task/none"),
        (["--kind", "task", "--if", "task.nme == 1", "--for", "1d", "--reason", "x"], "nme"),
        (["--tag", "noisi", "--for", "1d", "--reason", "x"], "did you mean noisy?"),
        (["--kind", "task", "--every", "fryday at 18:00", "--for", "1h", "--reason", "x"], "friday"),
        (["--reason", "x", "--for", "1d"], "what is to be silent"),
    ):
        done = box.run("silence", *words)
        tally.check(done.returncode == 1 and said in done.err, f"silence {words}", done.both)
    made = box.must("silence", "again", "--for", "3d", "--reason", "stocktaking", "--by", "li").out
    silence = made.split(":")[0]
    records(box, "task", "D,fifth,open,wang")
    entry = until(lambda: box.json("firings", "list", "--record", "task/D", "--all"))[0]
    tally.equal((entry["outcome"], entry["reason"]), ("silenced", f"silence {silence}"), "silenced, with the id")
    tally.equal(notices(box, "fifth"), [], "nothing came")
    tally.check("stocktaking" in box.must("status").out, "status tells of it")
    box.must("silence", "end", silence, "--by", "li")
    again = box.run("silence", "end", silence)
    tally.check(again.returncode == 0 and "over before" in again.out, "ended twice", again.both)
    tally.equal(box.run("silence", "end", "s-none").returncode, 1, "an unknown silence")
    tally.equal(box.json("silence", "list"), [], "none is left")
    tally.equal(box.json("silence", "list", "--all")[0]["state"], "ended", "it is remembered")
    records(box, "task", "E,sixth,open,wang")
    tally.check(until(lambda: notices(box, "sixth")), "it rings again")


def interface(tally, box, port):
    roles = {}
    for role in ("manager", "member", "guest"):
        name = "wang" if role == "member" else role
        roles[role] = box.must("token", "create", "--role", role, "--name", name).out.split()[-1]
    firing = box.json("firings", "list", "--record", "task/E")[0]["id"]
    tally.equal(call(port, "POST", f"/v1/firings/{firing}/ack", roles["guest"], {})[0], 403, "a guest may not")
    status, body = call(port, "POST", f"/v1/firings/{firing}/ack", roles["member"], {"by": "li"})
    tally.equal((status, body["type"].split(":")[-1] if ":" in body.get("type", "") else body.get("type")) [0], 403,
                "a member acts for themselves")
    status, body = call(port, "POST", f"/v1/firings/{firing}/snooze", roles["member"], {"for": "1 day"})
    tally.equal((status, body.get("outcome")), (200, "done"), "snooze")
    status, body = call(port, "POST", f"/v1/firings/{firing}/ack", roles["manager"], {"by": "李强", "comment": "c"})
    tally.equal((status, body.get("outcome"), body.get("by")), (200, "done", "li"), "a manager acts for a member")
    status, body = call(port, "POST", f"/v1/firings/{firing}/ack", roles["manager"])
    tally.equal((status, body.get("outcome"), body.get("by")), (200, "already", "li"), "twice")
    tally.equal(call(port, "POST", "/v1/firings/f-none/ack", roles["manager"])[0], 404, "an unknown firing")
    status, body = call(port, "POST", "/v1/silences", roles["manager"], {"rule": "again", "for": "1 day"})
    tally.check(status == 422 and "reason" in json.dumps(body), "no reason", body)
    tally.equal(call(port, "POST", "/v1/silences", roles["member"], {"rule": "again"})[0], 403, "a manager's")
    status, body = call(port, "POST", "/v1/silences", roles["manager"],
                        {"kind": "task", "every": "friday at 18:00", "for": "60 hours", "reason": "weekend"})
    tally.equal(status, 201, "made")
    listed = call(port, "GET", "/v1/silences", roles["guest"])[1]["silences"]
    tally.equal([row["id"] for row in listed], [body["id"]], "listed")
    tally.equal(call(port, "DELETE", f"/v1/silences/{body['id']}", roles["manager"])[0], 200, "ended")
    tally.equal(call(port, "GET", "/v1/silences", roles["guest"])[1]["silences"], [], "none left")
    acts = call(port, "GET", f"/v1/acts?target={firing}", roles["guest"])[1]["acts"]
    tally.equal([(a["verb"], a["by"], a["way"]) for a in acts], [("ack", "li", "api"), ("snooze", "wang", "api")], "acts")


def main():
    tally, port = Tally(), free_port()
    box = Box(configuration(port), RULES)
    box.write("people.csv", PEOPLE)
    box.must("import", "people.csv", "--kind", "member")
    daemon = box.start()
    try:
        until(lambda: "running" in box.run("status").out)
        acknowledged(tally, box)
        ends_with_record(tally, box)
        snoozed(tally, box)
        silenced(tally, box)
        interface(tally, box, port)
        acts = box.json("acts")
        tally.check({"ack", "snooze", "silence", "silence_end"} <= {row["verb"] for row in acts}, "the log has it all")
        tally.check(any(row["comment"] == "on it" and row["by"] == "wang" for row in acts), "who and why")
        tally.check(all(row["at"] for row in acts), "when")
        tally.check("wang" in box.must("acts", "--format", "csv").out, "as CSV")
    finally:
        daemon.terminate()
        daemon.wait(20)
    box.remove()
    tally.end()


if __name__ == "__main__":
    main()
