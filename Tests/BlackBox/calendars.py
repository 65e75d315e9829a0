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
    rows = [r for r in stage.box.json("status") if "company.json" in r["what"]]
    short = len(rows) == 1 and len(rows[0]["what"]) < 40 and "1:" in rows[0]["state"]
    tally.check(short, "with its name on the left and its trouble on the right", rows)
    done = stage.box.run("doctor")
    tally.check(done.returncode == 1 and "company.json" in done.out, "doctor calls it wrong", done.both)
    found = stage.box.run("check")
    tally.check(found.returncode == 1 and "company.json:1:" in found.both, "check names file and line", found.both)
    tally.equal(found.both.count("company.json:1:"), 1, f"once: {found.both}")
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


def times(tally, language):
    """Offsets of dates with a time, the direction in words, and dates as people write them."""
    box = Box(f"language: {language}\ntimezone: Asia/Shanghai\n")

    def offsets(text, date, *more):
        done = box.run("calendar", "next", text, "--date", date, "--format", "json", *more)
        return {r["direction"]: r["at"] for r in json.loads(done.out)} if done.returncode == 0 else done.both

    def says(words, *arguments, code):
        done = box.run("calendar", *arguments)
        good = done.returncode == code and all(word in done.both for word in words)
        tally.check(good, f"{language}: calendar {' '.join(arguments)}", (done.returncode, done.both))

    both = {"before": "2026-10-07T18:30:00+08:00", "after": "2026-10-13T18:30:00+08:00"}
    for date in ("2026-10-10T18:30", "2026-10-10 18:30", "2026/10/10 18:30:00", "2026-10-10T12:30:00+02:00"):
        tally.equal(offsets("3 days", date), both, f"3 days of {date}")
    tally.equal(offsets("2 hours before", "2026-10-10 18:00"), {"before": "2026-10-10T16:00:00+08:00"}, "2 hours before")
    tally.equal(offsets("3 days", "2026-10-10")["before"], "2026-10-07T09:00:00+08:00", "a date alone rings at nine")
    tally.equal(
        offsets("1 day", "2026-03-29T18:30", "--timezone", "Europe/Berlin")["before"], "2026-03-28T18:30:00+01:00",
        "a day is a day of the wall clock")
    tally.equal(
        offsets("24 hours", "2026-03-29T18:30", "--timezone", "Europe/Berlin")["before"], "2026-03-28T17:30:00+01:00",
        "24 hours are exact")
    for text in ("1 working day after", "1 working day later", "1个工作日后", "一个工作日之后"):
        tally.equal(offsets(text, "2026-09-30"), {"after": "2026-10-08T09:00:00+08:00"}, text)
    for text in ("3 working days before", "提前3个工作日", "提前三个工作日", "三个工作日前", "3个工作日之前", " 3 Working Days Before "):
        tally.equal(offsets(text, "2026-10-04"), {"before": "2026-09-28T09:00:00+08:00"}, text)
    tally.equal(list(offsets("0 days before", "2026-10-04")), ["before"], "0 days before")
    says(["--date"], "next", "day at 9:00", "--date", "2026-10-10", code=1)
    says(["--date"], "next", "3 days before", code=1)
    says(["^"], "next", "3 dayz before", "--date", "2026-10-10", code=1)
    says(["--start"], "next", "FREQ=DAILY;COUNT=3", "--from", "2026-09-01", code=1)
    says(["--start"], "next", "FREQ=MONTHLY", "--from", "2026-09-01", code=1)
    says(["2026-09-01T09:00:00"], "next", "FREQ=DAILY;COUNT=3", "--start", "2026/9/1", "--from", "2026/9/1", code=0)
    says(["2026-10-10T09:00:00"], "next", "day at 9:00", "--from", "2026/10/10", "--count", "1", code=0)
    says(["2026-10-10"], "check", "2026/10/10", code=0)
    box.remove()


def slips(tally, language):
    """What is misspelled, broken or contradictory is said, and never answered with success."""
    box = Box(f"language: {language}\ntimezone: Asia/Shanghai\n", {"a.yaml": """id: a
when: {before: contract.expires_on, by: 3 days}
then: [{notify: {via: inbox}}]
""", "a.test.yaml": """- name: rings
  rules: a
  timezone: Asia/Shanghai
  clock: 2026-06-01T08:00
  records:
    contract:
      - {id: C-1, name: Cloud, expires_on: 2026-06-30}
  ends: 2026-07-01
  expect:
    - at: 2026-06-27T09:00
"""})
    chinese = language == "zh"

    def says(words, *arguments, code):
        done = box.run(*arguments)
        good = done.returncode == code and all(word in done.both for word in words)
        tally.check(good, f"{language}: {' '.join(arguments)}", (done.returncode, done.both))
        return done

    says(["1 passed, 0 failed"], "test", code=0)
    # The configuration's own calendar.
    head = f"language: {language}\ntimezone: Asia/Shanghai\n"
    box.write("bellman.yaml", head + "calendar: [CN, company.json]\n")
    for text in ('{"off": ["', None):
        if text is None:
            (box.folder / "company.json").unlink()
        else:
            box.write("company.json", text)
        for verb in (("check", "2026-12-24"), ("next", "3 days", "--date", "2026-12-24"), ("next", "day at 9:00"), ("show",)):
            says(["company.json", "bellman status"], "calendar", *verb, code=1)
        says(["company.json"], "test", code=1)
        says(["company.json", "1 个错误" if chinese else "1 error,"], "check", code=1)
        says(["company.json"], "doctor", code=1)
        says(["2026-10-10"], "calendar", "check", "2026-10-10", "--calendar", "CN", code=0)
    # The configuration's other values.
    asks = (("check", "2026-12-24"), ("next", "day at 9:00"), ("next", "3 days", "--date", "2026-12-24"), ("show",))
    for slip in ("timezone: Asia/Shangai", "timezone: [", "timezon: UTC", "calendar: MON-FRX"):
        box.write("bellman.yaml", f"language: {language}\n{slip}\n")
        for verb in asks:
            done = says(["bellman.yaml:"], "calendar", *verb, code=1)
            tally.equal(done.out, "", f"{slip}: no answer from a guess")
    box.write("bellman.yaml", f"language: {language}\nat: 25:00\n")
    says(["bellman.yaml:2:5"], "calendar", "next", "day", code=1)
    says(["T08:00:00"], "calendar", "next", "day at 8:00", "--at", "9:00", code=0)
    box.write("bellman.yaml", f"language: {language}\ntimezone: Asia/Shangai\n")
    says(["bellman.yaml:2:11", "T09:00:00+09:00"], "calendar", "next", "day at 9:00", "--timezone", "Asia/Tokyo", code=0)
    # Files that the configuration would refuse, too.
    box.write("bellman.yaml", head)
    wrong = {
        "weekend.json": ('{"calendar":"CN",\n"weekend":[5,6],"off":["2026-12-24"]}', "weekend.json:2:1"),
        "unnamed.json": ('{\n"weekend":[5,6],"off":["2026-12-24"]}', "unnamed.json:2:1"),
        "both.json": ('{"off":["2026-12-24"],\n"work":["2026-12-24"]}', "both.json:2:9"),
        "half.json": ('{"years":{\n"2027":{"work":{"2027-01-02":""}}}}', "half.json:2:1"),
    }
    for name, (text, place) in wrong.items():
        box.write(name, text)
        says([place], "calendar", "check", name, code=1)
        box.write("bellman.yaml", head + f"calendar: {name}\n")
        says([name], "check", code=1)
        box.write("bellman.yaml", head)
    box.write("list.csv", "a,b\n")
    box.write("days", "{}")
    box.write("holidays/x.json", "{}")
    for name in ("list.csv", "days", "holidays"):
        says([name, ".ics"], "calendar", "check", name, code=1)
    box.write("bin.ics", b"BEGIN:VCALENDAR\r\n\x81\xff\xff")
    done = says(["UTF-8"], "calendar", "check", "bin.ics", code=1)
    tally.check("--encoding" not in done.both, "no option of another command", done.both)
    # Words that are no verbs, years that are none, calendars said in two ways.
    for words, near in ((("nxet", "monday"), "next"), (("shwo",), "show"), (("chekc", "2026-10-10"), "check")):
        says([near, words[0]], "calendar", *words, code=2)
    says(["26"], "calendar", "show", "--year", "26", code=2)
    says(["CN"], "calendar", "show", "", code=2)
    says(["--calendar"], "calendar", "show", "CN", "--calendar", "CN", code=2)
    for words in (("CN",), ("show", "CN"), ("show", "--calendar", "CN"), ("show", "CN，MON-FRI")):
        says(["2004–2026"], "calendar", *words, code=0)
    box.remove()


def programs(tally, language):
    """JSON and CSV: one document, codes instead of words, and what is not known marked."""
    box = Box(f"language: {language}\ntimezone: Asia/Shanghai\n")
    box.write("a.json", '{"off": {"2026-12-24": "国庆节"}, "work": {"2026-10-11": ""}}')
    box.write("b.json", '{"off": ["2026-12-25"]}')

    def rows(*arguments):
        done = box.run("calendar", *arguments, "--format", "json")
        try:
            return json.loads(done.out)
        except ValueError:
            return done.both

    tally.equal(
        [(r["path"], r["date"], r["file"], r["built_in"], r["holiday"]) for r in rows("check", "a.json", "b.json")],
        [("a.json", "2026-10-11", "work", "off", ""), ("a.json", "2026-12-24", "off", "work", "国庆节"),
         ("b.json", "2026-12-25", "off", "work", "")], "files are one document with codes")
    mixed = rows("check", "2026-10-01", "a.json", "2027-01-04")
    tally.equal([r["date"] for r in mixed], ["2026-10-01", "2027-01-04", "2026-10-11", "2026-12-24"], "so is a mixture")
    for arguments in (("check", "a.json", "b.json"), ("check", "2026-10-01", "b.json")):
        text = box.run("calendar", *arguments, "--format", "csv").out
        tally.equal(sum("weekday" in line for line in text.splitlines()), 1, f"one head: {text}")
    seen = [(r["date"], r["covered"], r["why"], r["holiday"]) for r in rows("check", "2026-10-01", "2099-01-01")]
    tally.equal(seen, [("2026-10-01", True, "holiday", "国庆节"), ("2099-01-01", False, "weekday", "")], "covered of dates")
    seen = [(r["direction"], r["covered"]) for r in rows("next", "3 working days", "--date", "2099-01-05")]
    tally.equal(seen, [("before", False), ("after", False)], "covered of offsets")
    seen = rows("next", "1 working day after", "--date", "2026-09-30")[0]
    tally.equal((seen["why"], seen["holiday"], seen["covered"]), ("weekday", "", True), "codes of offsets")
    seen = rows("next", "month on last working day at 10:00", "--from", "2099-01-01", "--count", "1")[0]
    tally.equal(seen["covered"], False, "covered of schedules")
    for arguments in (("check", "2099-01-01"), ("next", "3 days", "--date", "2099-01-05")):
        text = box.run("calendar", *arguments).out
        tally.check(("没有 2099 年的数据" if language == "zh" else "no data for 2099") in text, f"{arguments} is marked", text)
    names = {r["date"]: r["holiday"] for r in rows("show", "--year", "2026")}
    tally.equal(names["2026-10-01"], "国庆节", "show names holidays as its data does")
    head = box.run("calendar", "show", "--year", "2026").out.splitlines()[:3]
    wide = lambda text: sum(2 if ord(c) > 0x2E80 else 1 for c in text)
    starts = {wide(line[: len(line) - len(line.split(None, 1)[1])]) for line in head}
    tally.equal(len(starts), 1, f"the head is aligned: {head}")
    box.remove()


if __name__ == "__main__":
    tally = Tally()
    for language in ("zh", "en"):
        keyboard(tally, language)
        times(tally, language)
        slips(tally, language)
        programs(tally, language)
        daemon(tally, language)
    own_notice_period(tally)
    tally.end()
