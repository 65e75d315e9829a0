"""Calendar files: edited while the daemon runs, broken, mended, and after a restart; and `bellman calendar` at the keyboard."""
import json, re, time
from datetime import date, timedelta
from kit import Box, HTTPReceiver, Tally, free_port, get, until

RULE = """id: closing
calendar: [MON-FRI, holidays/company.json]
when: {every: month on last working day at 23:59}
then:
  - notify: {via: ops, title: "closing"}
"""


class Stage:
    def __init__(self, language):
        self.receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
        self.port = free_port()
        self.box = Box(f"""timezone: Asia/Shanghai
language: {language}
listen: 127.0.0.1:{self.port}
admin: ops
channels:
  ops: {{type: webhook, url: "http://127.0.0.1:{self.receiver.port}/ops", allow_private: true, limit: 6000 per minute}}
""", {"closing.yaml": RULE})
        self.off = ["1999-01-01"]
        self.save()
        self.daemon = self.box.start()

    def save(self):
        self.box.write("holidays/company.json", json.dumps({"off": self.off}))

    def next(self):
        try:
            answer = json.loads(get(f"http://127.0.0.1:{self.port}/v1/rules")[1])
        except OSError:
            return None
        rows = answer if isinstance(answer, list) else next(v for v in answer.values() if isinstance(v, list))
        texts = [v for r in rows for v in r.values() if isinstance(v, str) and "23:59" in v]
        return texts[0][:10] if texts else None

    def told(self):
        return [b.decode() for p, h, b, s in list(self.receiver.posts) if "company.json" in b.decode()]


def daemon(tally, language):
    stage = Stage(language)
    until(lambda: stage.next(), 15)
    first = stage.next()
    tally.check(first is not None, "the rule shows when it rings next", stage.box.log())
    stage.off.append(first)
    stage.save()
    seen = until(lambda: stage.next() not in (None, first), 5)
    second = stage.next()
    tally.check(seen is not None and seen < 2.0, "a changed calendar moves the rule within two seconds", (seen, second))
    print(f"{language}: the rule followed its calendar {seen or -1:.2f} s after it was saved: {first} to {second}")
    stage.box.write("holidays/company.json", '{"off": ["')
    until(lambda: stage.told(), 5)
    time.sleep(2)
    tally.equal(len(stage.told()), 1, f"a broken calendar is told once: {stage.told()}")
    tally.equal(stage.next(), second, "and what it said last stays in use")
    words = stage.box.run("status").both
    tally.check("company.json" in words, "status names it", words)
    found = stage.box.run("check")
    tally.check(found.returncode == 1 and "company.json:1:" in found.both, "check names file and line", found.both)
    stage.daemon.kill()
    stage.daemon.wait()
    stage.daemon = stage.box.start()
    until(lambda: stage.next(), 15)
    tally.equal(stage.next(), second, "also after a restart")
    time.sleep(1)
    tally.equal(len(stage.told()), 1, "which does not tell again")
    stage.off = ["1999-01-01"]
    stage.save()
    seen = until(lambda: stage.next() == first, 5)
    tally.check(seen is not None and seen < 2.0, "a mended calendar is taken within two seconds", (seen, stage.next()))
    stage.daemon.terminate()
    tally.equal(stage.daemon.wait(timeout=20), 0, "SIGTERM ends the daemon well")
    stage.receiver.stop()
    stage.box.remove()


def own_notice_period(tally):
    """A milestone that lies in the date index by the record's own period of working days follows the calendar."""
    port = free_port()
    box = Box(
        f"timezone: Asia/Shanghai\nlanguage: en\nlisten: 127.0.0.1:{port}\ncalendar: [MON-FRI, holidays/company.json]\n",
        {"cancel.yaml": """id: cancel
at: "23:58"
when: {before: contract.expires_on, by: contract.notice_period}
then: [{notify: {via: inbox}}]
"""})
    box.write("holidays/company.json", '{"off": ["1999-01-01"]}')
    ends = date.today() + timedelta(days=20)
    box.write("c.csv", f"id,name,expires_on,notice_period\nC-1,Cloud,{ends},5 working days\n")
    tally.equal(box.run("import", "c.csv", "--kind", "contract").returncode, 0, "a period of working days is read")
    daemon = box.start()

    def coming():
        try:
            page = get(f"http://127.0.0.1:{port}/coming")[1]
        except OSError:
            return None
        found = re.search(r'datetime="(20\d\d-\d\d-\d\d)T15:58', page if isinstance(page, str) else page.decode())
        return found and found[1]

    until(coming, 15)
    first = coming()
    tally.check(first is not None, "the milestone is shown", box.log())
    box.write("holidays/company.json", json.dumps({"off": [first]}))
    seen = until(lambda: (coming() or "9") < first, 5)
    tally.check(seen is not None and seen < 2.0, "a day off more moves it to the day before", (seen, first, coming()))
    daemon.terminate()
    tally.equal(daemon.wait(timeout=20), 0, "SIGTERM ends the daemon well")
    box.remove()


def keyboard(tally, language):
    box = Box(f"language: {language}\ntimezone: Asia/Shanghai\n")
    chinese = language == "zh"

    def says(words, *arguments, code=0):
        done = box.run("calendar", *arguments)
        good = done.returncode == code and all(word in done.both for word in words)
        tally.check(good, f"{language}: calendar {' '.join(arguments)}", (done.returncode, done.both))

    says(["2004–2026"], "show")
    says(["2026-10-10", "补班" if chinese else "make-up", "国庆节" if chinese else "National Day"], "show", "--year", "2026")
    says(["2027"], "show", "CN", "--year", "2027")
    says(["调休上班：国庆节" if chinese else "make-up workday: National Day", "2026-10-09", "2026-10-12"], "check", "2026-10-10")
    says(["周末" if chinese else "weekend"], "check", "2026-10-11")
    says(["2026-09-30T10:00:00+08:00"], "next", "每月最后一个工作日 10:00", "--from", "2026-09-01", "--count", "1")
    says(["2026-09-30T10:00:00+08:00"], "next", "month on last working day at 10:00", "--from", "2026-09-01", "--count", "1")
    says(["2026-10-08T09:00:00+08:00"], "next", "1个工作日", "--date", "2026-09-30")
    says(["2026-10-08T09:00:00+08:00"], "next", "1 working day", "--date", "2026-09-30")
    says(["--date"], "next", "3 working days", code=1)
    says(["^"], "next", "month on lst working day at 10:00", code=1)
    says(["MON-FRI"], "show", "MON-FRX", code=1)
    says(["2026-10-01"], "check", "2026-10-32", code=2)
    box.write("cn.json", '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}')
    says(["2027"], "check", "cn.json")
    says(["cn.json", "2004–2026", "2027"], "show", "CN,cn.json", "--year", "2027")
    says(["放假：元旦" if chinese else "New Year"], "check", "2027-01-01", "--calendar", "CN,cn.json")
    box.write("bad.json", '{"year": 2027,\n "days": [{"date": "2027-02-29", "isOffDay": true}]}')
    says(["bad.json:2:"], "check", "bad.json", code=1)
    rows = json.loads(box.run("calendar", "check", "2026-10-10", "--format", "json").out)
    tally.equal((rows[0]["workday"], rows[0]["why"], rows[0]["weekday"]), (True, "make-up", "Sat"), "JSON holds codes")
    box.remove()


if __name__ == "__main__":
    tally = Tally()
    for language in ("zh", "en"):
        keyboard(tally, language)
        daemon(tally, language)
    own_notice_period(tally)
    tally.end()
