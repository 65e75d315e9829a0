"""Show 2: ninety days of a company's deadlines, day by day, against an expectation worked out here on its own."""
import json, shutil, sqlite3, sys
from datetime import date, datetime, timedelta, timezone
from kit import RULES, Box, HTTPReceiver, MailReceiver, Tally, dingtalk_signed, webhook_signed

ZONE = timezone(timedelta(hours=8))
START = date(2030, 3, 4)  # a Monday
PAUSE = range(32, 72)  # nobody runs it on these days
LAST = 90
ROBOT_SECRET = "SECblackbox0123456789"
HOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WORKING = "MON-FRI"

OWN_RULE = """id: contract-status
title: 合同状态变化
when: {changes: contract.status}
then:
  - notify: {via: erp, to: contract.owner, title: "{{ contract.name }}：{{ old.status }} → {{ contract.status }}"}
"""


def config(http, mail):
    return f"""store: sqlite:bellman.db
timezone: Asia/Shanghai
language: zh
calendar: {WORKING}
listen: 127.0.0.1:8420
channels:
  mail: {{type: email, relay: "smtp://localhost:{mail}", from: "更夫 <bell@example.com>", username: bell, password: "${{env:SMTP_PASSWORD}}", allow_private: true}}
  chat: {{type: dingtalk, url: "${{env:ROBOT_URL}}", secret: "${{env:ROBOT_SECRET}}", allow_private: true}}
  erp: {{type: webhook, url: "http://127.0.0.1:{http}/hook", secret: "${{env:HOOK_SECRET}}", allow_private: true}}
"""


class Stage:
    """A box with its three receivers and the shipped rules."""

    def __init__(self, tally, rules=True, extra=None):
        self.tally, self.status = tally, 200
        self.http = HTTPReceiver(self.answer)
        self.box = Box()
        self.mail = MailReceiver(self.box.folder)
        self.box.env.update(
            SMTP_PASSWORD="pass word", ROBOT_SECRET=ROBOT_SECRET, HOOK_SECRET=HOOK_SECRET,
            ROBOT_URL=f"http://127.0.0.1:{self.http.port}/robot/send?access_token=abc",
            BELLMAN_CA_FILE=str(self.mail.authority))
        self.box.write("bellman.yaml", config(self.http.port, self.mail.port))
        for path in RULES.glob("*.yaml") if rules else []:
            if path.name.startswith("A8"):  # rings by the calendar alone; this story is about records
                continue
            if not path.name.endswith(".test.yaml"):
                shutil.copy(path, self.box.folder / "rules" / path.name)
        for name, text in (extra or {}).items():
            self.box.write("rules/" + name, text)
        self.seen_posts = self.seen_mails = 0

    def answer(self, path, headers, body):
        if path.startswith("/robot"):
            good = dingtalk_signed(path, ROBOT_SECRET)
            self.tally.check(good, "DingTalk signature holds", path)
            return 200, '{"errcode":0,"errmsg":"ok"}' if good else '{"errcode":310000,"errmsg":"sign not match"}'
        self.tally.check(webhook_signed(headers, body, HOOK_SECRET), "webhook signature holds", headers)
        return self.status, "{}"

    def load(self, kind, text):
        self.box.write(kind + ".csv", text)
        return self.box.must("import", kind + ".csv", "--kind", kind)

    def tick(self, moment):
        done = self.box.run("run", "--once", "--now", moment.isoformat())
        fresh = []
        for path, headers, body, status in self.http.posts[self.seen_posts:]:
            fact = json.loads(body)
            if path.startswith("/robot"):
                text = fact["markdown"]["text"]
                fresh.append(("chat", tuple(fact["at"]["atMobiles"]), fact["markdown"]["title"], text))
            else:
                fresh.append(("erp", tuple(r["id"] for r in fact.get("recipients", [])), fact["title"], headers["webhook-id"]))
        for to, mail, secure, known in self.mail.mails[self.seen_mails:]:
            self.tally.check(secure and known, "mail came by STARTTLS with AUTH", (secure, known))
            body = mail.get_body(("plain",))
            fresh.append(("mail", tuple(to), mail["subject"], body.get_content() if body else ""))
        self.seen_posts, self.seen_mails = len(self.http.posts), len(self.mail.mails)
        return done, fresh

    def end(self):
        self.http.stop()
        self.mail.stop()
        self.box.remove()


def at(day, hour=9, minute=0):
    return datetime.combine(START + timedelta(days=day), datetime.min.time(), ZONE) + timedelta(hours=hour, minutes=minute)


def d(day):
    return (START + timedelta(days=day)).isoformat()


PHONE = {"wang": "13800000001", "zhao": "13800000003", "chen": "13800000004"}
NAME = {"wang": "王芳", "li": "李雷", "zhao": "赵敏", "chen": "陈晨"}
BOSS = {"wang": "li", "li": "zhao", "chen": "wang"}
MANAGER = {"P1": "wang", "P2": "li"}
# id, title, project, assignee, due
TASKS = [("T1", "写方案", "P1", "chen", 5), ("T2", "做原型", "P2", "chen", 10), ("T3", "联调", "P1", "wang", 20),
         ("T4", "提前完成的", "P1", "chen", 12), ("T5", "改期的", "P2", "wang", 14), ("T6", "改来改去的", "P1", "chen", 25),
         ("T7", "停机时到期", "P1", "chen", 68), ("T8", "停机早期到期", "P2", "wang", 40), ("T9", "回来才到期", "P1", "chen", 74),
         ("T10", "开始前两天", "P1", "chen", 2), ("T11", "早已过期", "P1", "chen", -10), ("T12", "过期五天", "P2", "li", -5),
         ("T13", "停机跨越", "P2", "chen", 30)]
CONTRACTS = [("C1", "云主机", "wang", 65, "no"), ("C2", "对象存储", "li", 30, "no"), ("C3", "自动续", "zhao", 60, "yes"),
             ("C4", "会续费的", "chen", 28, "no"), ("C5", "已过期的", "chen", -2, "no"), ("C6", "快到了", "wang", 20, "no"),
             ("C7", "只剩五天", "wang", 5, "no"), ("C8", "停机里的", "li", 78, "no")]
CUSTOMERS = [("K1", "北方工具", "chen", 1, 10), ("K2", "早餐食品", "wang", 40, 8)]
# day → commands before that day's tick
EDITS = {
    6: [("task/T4", {"status": "已完成"})],
    8: [("task/T5", {"due": d(24)})],
    9: [("contract/C5", {"status": "已续费"})],
    12: [("task/T6", {"due": d(13)})],
    15: [("customer/K1", {"last_contact": d(14) + " 10:00"})],
    18: [("task/T6", {"due": d(25)})],
    23: [("contract/C4", {"status": "已续费", "expires_on": d(393)})],
    24: [("task/T3", {"status": "进行中"})],
    76: [("task/T9", {"status": "已完成"})],
}


class Expectation:
    """The promise, worked out a second time and plainly: one record, one rule, one anchor at a time."""

    def __init__(self):
        self.tasks = {t[0]: dict(title=t[1], project=t[2], who=t[3], due=t[4], open=True) for t in TASKS}
        self.contracts = {c[0]: dict(title=c[1], who=c[2], due=c[3], auto=c[4] == "yes", open=True) for c in CONTRACTS}
        self.customers = {k[0]: dict(title=k[1], who=k[2], due=k[3], hour=k[4]) for k in CUSTOMERS}
        self.decided, self.armed, self.steps = set(), {}, []

    def milestones(self, rule, record, anchor, offsets, now, last, before, hour=9, valid=True):
        """The offset that rings at `now`, with whether it is late."""
        moments = sorted((at(anchor + o, hour), o) for o in offsets)
        key = (rule, record)
        arrived = self.armed.get(key) != anchor
        self.armed[key] = anchor
        over = at(anchor + 1, 0) <= now
        if arrived:
            # A milestone at the very instant of arrival counts as reached (docs/rules.md).
            left = [m for m in moments if m[0] > now]
            due = [] if left or over else moments[-1:]
        else:
            due = [m for m in moments if last < m[0] <= now]
        due = [m for m in due if (rule, record, anchor, m[1]) not in self.decided]
        for m in due:
            self.decided.add((rule, record, anchor, m[1]))
        if not due:
            return None
        moment, offset = due[-1]
        gone = now - (at(anchor + 1, 0) if before else moment) > timedelta(days=7)
        return None if gone or not valid else (offset, now - moment > timedelta(minutes=10))

    def day(self, now, last, day):
        """Lines (channel, people, record title, days left, late) of that tick."""
        lines = []
        for id, t in self.tasks.items():
            left = t["due"] - day
            manager = MANAGER[t["project"]]
            hit = self.milestones("deadline-3-days", id, t["due"], [-3], now, last, True, valid=t["open"])
            if hit:
                lines.append(("mail", manager, t["title"], left, hit[1]))
            hit = self.milestones("task-overdue", id, t["due"], [1, 3, 7], now, last, False, valid=t["open"])
            if hit:
                lines += [("mail", t["who"], t["title"], left, hit[1]), ("chat", t["who"], t["title"], left, hit[1])]
                self.steps.append((next_working(now), id, t["due"], hit[1]))
        for step in [s for s in self.steps if s[0] <= now]:
            self.steps.remove(step)
            when, id, due, late = step
            t = self.tasks[id]
            boss = BOSS.get(MANAGER[t["project"]])
            if t["open"] and t["due"] == due and due - day <= -7 and now - when <= timedelta(days=7):
                lines.append(("mail", boss, t["title"], due - day, late))
        for id, c in self.contracts.items():
            left, plain = c["due"] - day, c["open"] and not c["auto"]
            hit = self.milestones("contract-renewal", id, c["due"], [-60, -30, -7], now, last, True, valid=plain)
            if hit:
                lines += [("mail", c["who"], c["title"], left, hit[1]), ("chat", c["who"], c["title"], left, hit[1])]
            hit = self.milestones("contract-expired", id, c["due"], range(1, 366), now, last, False, valid=plain)
            if hit:
                for person in filter(None, (c["who"], BOSS.get(c["who"]))):
                    lines.append(("mail", person, c["title"], left, hit[1]))
            if id == "C3":
                hit = self.milestones("cancel-in-time", id, c["due"] - 30, [-14], now, last, True)
                if hit:
                    lines.append(("mail", c["who"], c["title"], left - 30, hit[1]))
        for id, k in self.customers.items():
            hit = self.milestones("customer-silent", id, k["due"], [14], now, last, False, hour=k["hour"])
            if hit:
                lines.append(("chat", k["who"], k["title"], k["due"] - day, hit[1]))
        return sorted(lines)

    def edit(self, record, fields, day):
        kind, id = record.split("/")
        table = {"task": self.tasks, "contract": self.contracts, "customer": self.customers}[kind]
        for name, value in fields.items():
            if name == "status":
                table[id]["open"] = value == "进行中"
            elif name == "last_contact":
                table[id].update(due=(date.fromisoformat(value[:10]) - START).days, hour=int(value[11:13]))
            else:
                table[id]["due"] = (date.fromisoformat(value) - START).days


def next_working(moment):
    moment += timedelta(days=1)
    while moment.weekday() > 4:
        moment += timedelta(days=1)
    return moment


def observed(tally, fresh, titles, day):
    """What came, in the expectation's words; the words of each title are checked on the way."""
    lines = []
    for channel, people, title, text in fresh:
        if channel == "erp":
            continue
        record = next((t for t in titles if t in title), None)
        if not tally.check(record, f"day {day}: title names a record", (channel, people, title)):
            continue
        if channel == "mail":
            who = people[0].split("@")[0]
        else:
            who = next((w for w, phone in PHONE.items() if phone in people), None) or "li"
            tally.check(("@" + PHONE[who] if who in PHONE else NAME[who]) in text, f"day {day}: chat calls {who}", text)
        lines.append((channel, who, record, title))
    return lines


def days_said(left):
    return [f"还有 {left} 天"] if left > 0 else ["今天"] if left == 0 else [f"已过 {-left} 天", f"已过期 {-left} 天"]


def compare(tally, day, wanted, lines):
    seen = sorted((c, w, r) for c, w, r, _ in lines)
    expected = sorted((c, w, r) for c, w, r, _, _ in wanted)
    if tally.equal(seen, expected, f"day {day} ({d(day)}) rings"):
        for channel, who, record, left, _ in wanted:
            title = next(t for c, w, r, t in lines if (c, w, r) == (channel, who, record))
            tally.check(any(s in title for s in days_said(left)), f"day {day}: {record} says {left} days", title)


def load(stage):
    box = stage
    box.load("member", "id,name,email,phone,manager,active\n" + "".join(
        f"{i},{NAME[i]},{i}@example.com,{PHONE.get(i, '')},{BOSS.get(i, '')},yes\n" for i in NAME))
    box.load("project", "id,name,manager\nP1,官网改版,wang\nP2,门户,李雷\n")
    box.load("task", "id,title,project,assignee,creator,status,due\n" + "".join(
        f"{i},{t},{p},{w},wang,待办,{d(x)}\n" for i, t, p, w, x in TASKS))
    box.load("contract", "id,name,owner,status,expires_on,auto_renew,notice_period,amount\n" + "".join(
        f"{i},{n},{w},active,{d(x)},{a},{'30 days' if a == 'yes' else ''},1000\n" for i, n, w, x, a in CONTRACTS))
    box.load("customer", "id,name,owner,status,last_contact\n" + "".join(
        f"{i},{n},{w},active,{d(x)} {h:02}:00\n" for i, n, w, x, h in CUSTOMERS))


def ninety(tally):
    stage = Stage(tally, extra={"own.yaml": OWN_RULE})
    model, last = Expectation(), at(-1)
    tally.equal(stage.box.run("check").returncode, 0, "check passes")
    load(stage)
    titles = [t[1] for t in TASKS + CONTRACTS + CUSTOMERS]
    erp = []
    for day in range(LAST + 1):
        if day in PAUSE:
            continue
        for record, fields in EDITS.get(day, []):
            stage.box.must("records", "set", record, *[f"{k}={v}" for k, v in fields.items()])
            model.edit(record, fields, day)
        done, fresh = stage.tick(at(day))
        tally.equal(done.returncode, 0, f"day {day} exit code {done.both[-300:]}")
        erp += [(day, *f[1:3]) for f in fresh if f[0] == "erp"]
        started = [f for f in fresh if f[0] == "chat" and day == 24 and "联调" in f[2] and "天" not in f[2]]
        if day == 24:
            tally.equal(len(started), 1, "day 24: task-started rings its owner once")
            tally.check(started and PHONE["wang"] in started[0][1] and "待办" in started[0][2] + started[0][3],
                        "task-started calls the owner and names the old value", started)
        rest = [f for f in fresh if f not in started]
        wanted = model.day(at(day), last, day)
        compare(tally, day, wanted, observed(tally, rest, titles, day))
        late_flags(tally, stage, day, wanted)
        if day % 7 == 0 or day == 72:
            again, more = stage.tick(at(day))
            tally.equal((again.returncode, more), (0, []), f"day {day} a second time rings nothing")
        last = at(day)
    tally.equal([(e[0], e[2]) for e in erp], [
        (9, "已过期的：active → 已续费"), (23, "会续费的：active → 已续费")], "own rule rings the webhook")
    refused = stage.box.run("run", "--once", "--now", at(50).isoformat())
    tally.check(refused.returncode == 1 and "2030-06-02" in refused.both, "an earlier --now is refused", refused.both)
    once_a_pause(tally, stage)
    stage.end()


def late_flags(tally, stage, day, wanted):
    if day not in (0, 15, 29, 72):
        return
    stamp = at(day).isoformat()
    rows = [r for r in stage.box.json("deliveries", "list", "--limit", "1000") if r["fired"].startswith(stamp[:19])]
    late = sorted(r["title"].split("」")[0][1:] for r in rows if r["late"] and r["channel"] != "inbox")
    tally.equal(late, sorted(r for _, _, r, _, l in wanted if l), f"day {day} late flags")


def once_a_pause(tally, stage):
    rows = sqlite3.connect(stage.box.folder / "bellman.db").execute(
        "SELECT rule, subject, count(*) FROM ledger WHERE outcome IN ('fired','fired_late') AND decided_at = ?"
        " GROUP BY 1, 2 HAVING count(*) > 1", (int(at(72).timestamp() * 1_000_000),)).fetchall()
    tally.equal(rows, [], "after the pause each record rings once per rule at most")


def created_and_waits(tally):
    stage = Stage(tally)
    load(stage)
    stage.load("project", "id,name,manager\nP9,新项目,li\n")
    stage.tick(at(0))
    for id in ("N1", "N2", "N3"):
        stage.box.must("records", "set", f"task/{id}", f"title=新任务{id}", "project=P9", "creator=wang", "status=待办")
    stage.box.must("records", "set", "task/N4", "title=新任务N4", "project=P9", "assignee=chen", f"due={d(60)}", "status=待办")
    done, fresh = stage.tick(at(0, 12))
    tally.equal(fresh, [], "created + wait 1 hour: nothing at once")
    stage.box.must("records", "set", "task/N2", "assignee=chen", f"due={d(60)}")
    stage.box.must("records", "set", "task/N3", "status=已完成")
    tally.equal(stage.tick(at(0, 12, 59))[1], [], "nothing a minute early")
    fresh = stage.tick(at(0, 13))[1]
    tally.equal(sorted((c, p[0]) for c, p, *_ in fresh), [("mail", "li@example.com"), ("mail", "wang@example.com")],
                "after an hour creator and project manager get mail")
    tally.check(all("新任务N1" in f[2] for f in fresh), "it names the task", fresh)
    stage.end()


def many_at_once(tally):
    stage = Stage(tally)
    load(stage)
    stage.tick(at(0))
    stage.load("task", "id,title,project,assignee,status,due\n" + "".join(
        f"M{n},批量{n:02},P1,chen,待办,{d(7)}\n" for n in range(30)))
    done, fresh = stage.tick(at(4))
    batch = [f for f in fresh if f[0] == "mail" and "wang@example.com" in f[1] and ("批量" in f[2] + f[3])]
    tally.equal(len(batch), 1, f"30 notices for one recipient in one tick leave as one mail ({[f[2] for f in fresh][:5]})")
    tally.check(batch and sum(f"批量{n:02}" in batch[0][3] for n in range(30)) >= 20 and "30" in batch[0][2] + batch[0][3],
                "the mail lists them and says how many", batch and batch[0][2:])
    tally.equal(done.returncode, 0, "and nothing is left over")
    stage.end()


def retry(tally):
    stage = Stage(tally, extra={"own.yaml": OWN_RULE})
    load(stage)
    stage.tick(at(0))
    stage.status = 500
    stage.box.must("records", "set", "contract/C1", "status=谈判")
    done, fresh = stage.tick(at(0, 9, 1))
    tally.equal(done.returncode, 3, f"a refused delivery waits: exit 3 ({done.both[-200:]})")
    rows = stage.box.json("deliveries", "list", "--state", "waiting")
    tally.equal(len(rows), 1, "one delivery waits")
    stage.status = 200
    first = {h["webhook-id"] for p, h, b, s in stage.http.posts if p == "/hook"}
    done, fresh = stage.tick(at(0, 12))
    again = [h["webhook-id"] for p, h, b, s in stage.http.posts if p == "/hook"][-1:]
    tally.equal(done.returncode, 0, "later it is delivered")
    tally.check(len(first) == 1 and set(again) == first and len(fresh) == 1, "with the same webhook-id", (first, again))
    stage.box.write("rules/broken.yaml", "id: broken\nwhen: {befor: task.due}\nthen: []\n")
    tally.equal(stage.box.run("check").returncode, 1, "check of a broken rule ends with 1")
    tally.equal(stage.box.run("run", "--onse").returncode, 2, "wrong usage ends with 2")
    stage.end()


if __name__ == "__main__":
    tally = Tally()
    for part in (ninety, created_and_waits, many_at_once, retry):
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part(tally)
    tally.end()
