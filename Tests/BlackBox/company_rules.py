"""What each shipped rule means, written again by hand from its comment and conditions; the YAML is read for ids only."""
import re
from datetime import date, datetime, timedelta
from company_model import Approve, Dated, Edge, Level, Rule, Schedule, Wait, holds
from company_records import Span, days, months_from, working, working_days_from

DONE = {"完成", "已完成", "已验收", "已结束", "已关闭", "done", "complete", "completed", "finished", "closed"}
DOING = {"进行中", "in progress", "doing"}
STUCK = {"阻塞", "受阻", "等待", "等待中", "挂起", "blocked", "waiting", "on hold"}
CUSTOMER = re.compile("客户|customer|client", re.I)
WAITING = re.compile("[等待].*客户|(waiting|pending).*(customer|client)", re.I)
PENDING = {"待审批", "pending approval", "Pending approval"}
RENEWED = ("已续费", "已续签", "已续约", "renewed", "Renewed")


def low(text):
    return text.lower()


def day_of(moment):
    return moment.date() if isinstance(moment, datetime) else moment


# Schedules of whole days


def friday(day):
    return day.weekday() == 4


def monday(day):
    return day.weekday() == 0


def every_second_wednesday(day):
    return day.weekday() == 2 and (day - date(1970, 1, 5)).days // 7 % 2 == 0


def first_working_of_month(day):
    return working_days_from(day.replace(day=1) - timedelta(days=1), 1) == day


def last_working_of_month(day):
    return working_days_from(months_from(day.replace(day=1), 1), -1) == day


def first_working_of_quarter(day):
    return day.month % 3 == 1 and first_working_of_month(day)


def last_working_of_quarter(day):
    return day.month % 3 == 0 and last_working_of_month(day)


def first_wednesday_of_month(day):
    return day.weekday() == 2 and day.day <= 7


# Which records look at a changed one


def tasks_of_project(world, change):
    return sorted(world.back["task", "project", change.id])


def projects_of(kind):
    """A change of such a record: the project it was in, and the one it is in."""
    def look(world, change):
        return [p for p in (change.old.get("project"), change.new.get("project")) if p]
    return {kind: look}


def accounts_of_member(world, change):
    return sorted(world.back["account", "member", change.id])


# Conditions


def open_task(c):
    return c.rec.open


def contract_stands(c):
    return not (c.rec.auto_renew or c.rec.closed)


def was_finished(c):
    return c.old.open and low(c.rec.status) in DONE


def stuck(task):
    if not task.open or CUSTOMER.search(task.waiting_for or ""):
        return False
    return task.waiting_for is not None or low(task.status) in STUCK


def unfinished(project):
    return project.closed and (any(t.open for t in project.tasks) or any(r.open for r in project.risks))


def badly_named(project):
    return project.open and (not re.search(r"^\S.{0,48}\S$", project.name)
                             or re.search(r"(?i)^(新建项目|未命名|test|untitled|new project)", project.name))


def behind(project, c):
    if not (project.open and project.ends_on > project.starts_on):
        return False
    passed = min(1.0, -c.until(project.starts_on) / (c.until(project.ends_on) - c.until(project.starts_on)))
    share = project.progress
    if share is None:
        share = sum(t.closed for t in project.tasks) / len(project.tasks)
    return round_away(1000.0 * (passed - share)) > 200.0


def round_away(x):
    return int(abs(x) + 0.5) * (1 if x >= 0 else -1)


def reported(task, c):
    project = task.project
    if not (project.open and project.customer.open and project.customer.email is not None):
        return False
    if any(label in ("内部", "internal") for label in task.labels or []):
        return False
    return task.open or (task.closed_at or task.updated_at) > c.run - timedelta(weeks=1)


def document_changed(document, c):
    day = working_days_from(c.run.date(), -1)
    return document.project.open and document.project.members and datetime.combine(day, c.run.time()) < document.updated_at <= c.run


def or_(first, second):
    """default(first, second): the second is looked at only where the first is empty."""
    return first if first is not None else second()


def any_(*parts):
    """A || B: a part that cannot be worked out counts only where no other is true."""
    return any(holds(part) for part in parts)


def waits_on_customer(it):
    return it.open and any_(lambda: CUSTOMER.search(it.waiting_for), lambda: WAITING.search(it.status))


def has_open_account(member):
    return any(a.open for a in member.accounts)


def used(contract, c):
    return contract.open and (contract.seats is not None or contract.usage is not None or any(a.open for a in contract.accounts))


def incomplete(contract, c):
    return contract.open and (contract.expires_on is None or not contract.seats or contract.price_terms is None
                              or contract.document is None)


def quarter(day):
    return f"{day.year}-Q{(day.month + 2) // 3}"


def month(day):
    return day.strftime("%Y-%m")


def due_this_quarter(contract, c):
    this = quarter(c.today)
    return contract.amount is not None and any_(
        lambda: contract.open and quarter(contract.expires_on) == this,
        lambda: contract.renewed_on is not None and quarter(contract.starts_on - timedelta(days=1)) == this)


def over_reserve(c, department):
    found = [b.reserve for b in c.world.all("budget") if b.department == department and b.period == quarter(c.today)]
    return bool(found) and sum(k.amount for k in c.records) > sum(found)


def ended_month(contract, c):
    """The month in which the latest term ended."""
    return month(contract.expires_on if contract.expires_on < c.today else contract.starts_on - timedelta(days=1))


def ended_lately(contract, c):
    if contract.auto_renew:
        return False
    if contract.expires_on < c.today:
        if not (contract.open or contract.status in ("已过期", "已到期", "expired", "Expired")):
            return False
    elif contract.renewed_on is None:
        return False
    return month(months_from(c.today, -6)) <= ended_month(contract, c) < month(c.today)


def costly(c):
    return c.rec.open and c.rec.amount > 50000


def ready_for_approval(c):
    left = c.until(c.rec.expires_on)
    return costly(c) and c.rec.document is not None and 0 <= left <= 60 and c.rec.status not in ("已批准", "approved")


# What rules write


def year_later(day):
    return months_from(day, 12)


def renew(model, c):
    """The new term and the old price go into the contract; each step sees what the one before wrote."""
    id, old, write = c.rec.id, c.old, lambda **fields: model.write("contract", c.rec.id, fields, c.now, "rule renewal-done")
    fresh = lambda: model.world.get("contract", id)
    if fresh().expires_on != old.expires_on and old.expires_on is not None:
        write(starts_on=old.expires_on + timedelta(days=1))
    if fresh().expires_on == old.expires_on and fresh().expires_on is not None and c.until(fresh().expires_on) <= 180:
        write(starts_on=fresh().expires_on + timedelta(days=1), expires_on=year_later(fresh().expires_on))
    write(renewed_on=c.today, last_amount=old.amount, status="active" if low(fresh().status) == "renewed" else "生效")


def approvers(c, finance):
    owner = c.rec.owner
    head = (owner.department_head or owner.manager) if owner else None
    directors = [m for m in c.world.all("member") if m.role == "finance-director" and m.active]
    return [head] + (directors if finance else [])


def new_status(actor, status):
    return lambda model, c: model.write("contract", c.rec.id, {"status": status}, c.now, "rule " + actor)


def report_task(model, c):
    k, due = c.rec, working_days_from(c.now.date(), 8)
    model.create("task", f"必要性报告：{k.name}@{due}", {
        "title": f"必要性报告：{k.name}", "note": "…", "assignee": k.d.get("owner"), "status": "待办",
        "due": due}, c.now, "rule necessity-report")


RULES = [
    # A
    Rule("task-started", [Edge("task", "updated", "status", ("进行中", "In progress", "in progress", "doing"))]),
    Rule("deadline-3-days", [Dated("task", "due", [days(3)])], open_task),
    Rule("meeting-invitation", [Level("meeting", lambda m: m.starts_at is not None), Edge("meeting", "updated", "starts_at")],
         lambda c: c.rec.starts_at > c.now, existing=True),
    Rule("task-overdue", [Dated("task", "due", [days(1), days(3), days(7)], after=True)], open_task,
         waits=[Wait(Span(working=1), lambda c: c.offset == days(7), ends=True)]),
    Rule("task-incomplete", [Edge("task", "created")],
         lambda c: c.rec.open and (c.rec.assignee is None or c.rec.due is None), waits=[Wait(Span(minutes=60), number=0)]),
    Rule("task-name", [Level("task", lambda t: t.open and not re.search(t.project.pattern, t.title),
                             depends={"project": tasks_of_project})]),
    Rule("project-name", [Level("project", badly_named)]),
    Rule("daily-progress", [Schedule(working, 17, 30)], select="task", group=lambda t: t.assignee,
         where=lambda t, c: t.open and t.updated_at < datetime.combine(c.today, datetime.min.time())
         and (t.starts_on is None or t.starts_on <= c.today)),
    Rule("friday-standup", [Schedule(friday, 14, 45)], lambda c: working(c.today)),
    Rule("code-review", [Schedule(every_second_wednesday, 10)], lambda c: working(c.today)),
    Rule("monthly-retrospective", [Schedule(last_working_of_month, 14)]),
    Rule("quarterly-training", [Schedule(first_working_of_quarter, 9)]),
    Rule("quarterly-risk-review", [Schedule(last_working_of_quarter, 10)]),
    Rule("yearly-budget", [Schedule(first_working_of_month, 9)], lambda c: c.today.month == 11),
    Rule("digital-office-day", [Schedule(first_wednesday_of_month, 9)], lambda c: c.today.month == 6),
    Rule("too-many-tasks", [Level("task", lambda group, records: len(records) > 8)], select="task",
         where=lambda t, c: t.open, group=lambda t: t.assignee, limit=(1, days(1))),
    Rule("two-in-progress", [Level("task", lambda group, records: len(records) > 1)], select="task",
         where=lambda t, c: low(t.status) in DOING, group=lambda t: t.assignee, limit=(1, days(1))),
    Rule("behind-schedule", [Schedule(working, 9)], select="project", where=behind,
         group=lambda p: or_(p.manager, lambda: p.creator), limit=(1, days(7))),
    Rule("milestone-reached", [Edge("task", "updated", "status")], lambda c: c.rec.milestone and was_finished(c)),
    Rule("project-completed", [Edge("project", "updated", "status")], was_finished),
    Rule("closing-checklist", [Level("project", unfinished, Span(minutes=60),
                                     depends=projects_of("task") | projects_of("risk"))]),
    Rule("task-blocked", [Level("task", stuck, Span(working=3))], waits=[Wait(Span(working=2), ends=True)]),
    Rule("access-review", [Schedule(first_working_of_quarter, 9)], select="project", where=lambda p, c: p.open,
         group=lambda p: or_(p.manager, lambda: p.creator)),
    Rule("temporary-access", [Dated("account", "expires_on", [days(3)])], lambda c: c.rec.open),
    Rule("project-review", [Edge("project", "updated", "status")],
         lambda c: was_finished(c) or c.old.open and low(c.rec.status) in ("已归档", "archived"),
         waits=[Wait(days(7), number=0), Wait(days(14), number=1)]),
    Rule("document-changed", [Schedule(working, 17)], select="document", where=document_changed,
         group=lambda d: d.project, catch_up="all"),
    # B
    Rule("contract-renewal", [Dated("contract", "expires_on", [days(60), days(30), days(7)])], contract_stands),
    Rule("contract-expired", [Dated("contract", "expires_on", [days(n) for n in range(1, 366)], after=True, chain=True)],
         contract_stands),
    Rule("cancel-in-time", [Dated("contract", "cancel_by", [days(14)])], lambda c: c.rec.auto_renew and c.rec.open),
    Rule("price-jump", [Level("contract", lambda k: k.open and k.last_amount > 0 and k.amount > k.last_amount * 1.1)]),
    Rule("usage-low", [Level("contract", lambda k: k.open and k.usage < 0.3, Span(months=3), days(45), "usage")]),
    Rule("usage-not-measured", [Dated("contract", "measured_on", [days(45)], after=True)], lambda c: c.rec.open),
    Rule("approval-by-amount", [Edge("contract", "created"), Edge("contract", "updated", "status")], lambda c: c.rec.status in PENDING,
         approve=Approve(lambda c: approvers(c, c.rec.amount is None or c.rec.amount >= 50000),
                         new_status("approval-by-amount", "已批准"), new_status("approval-by-amount", "审批未通过"))),
    Rule("renewal-done", [Edge("contract", "updated", "status", RENEWED)], limit=(1, days(30)), acts=[renew]),
    Rule("renewal-told", [Edge("contract", "updated", "renewed_on")], limit=(1, days(30)),
         cond=lambda c: c.rec.renewed_on is not None and c.rec.expires_on >= c.today),
    Rule("idle-accounts", [Schedule(first_working_of_month, 9, 30)], select="account", group=lambda a: a.contract.owner,
         where=lambda a, c: a.open and a.contract.open and c.until(a.last_active or a.created_at) <= -30),
    Rule("left-member-account", [Dated("member", "left_on", [days(0)]), Edge("member", "updated", "left_on")],
         lambda c: c.rec.left_on <= c.today and has_open_account(c.rec)),
    Rule("inactive-member-account", [Edge("member", "updated", "active", (False,))],
         lambda c: c.rec.left_on is None and has_open_account(c.rec)),
    Rule("left-member-accounts-open", [Schedule(working, 9)], select="account",
         where=lambda a, c: a.open and a.member.left_on < c.today),
    Rule("contract-incomplete", [Schedule(monday, 9)], lambda c: working(c.today), select="contract", where=incomplete,
         group=lambda k: k.owner),
    Rule("contract-without-owner", [Schedule(monday, 9)], lambda c: working(c.today), select="contract",
         where=lambda k, c: k.open and k.owner is None),
    Rule("renewals-over-reserve", [Schedule(working, 9)], lambda c: over_reserve(c, c.group), select="contract",
         where=due_this_quarter, group=lambda k: k.department, limit=(1, days(30))),
    Rule("renewals-over-total-reserve", [Schedule(working, 9)], lambda c: over_reserve(c, None), select="contract",
         where=due_this_quarter, limit=(1, days(30))),
    Rule("usage-brief", [Schedule(first_working_of_month, 10)], select="contract", where=used),
    Rule("several-versions", [Level("contract", lambda g, records: len({k.version for k in records}) > 1)], select="contract",
         where=lambda k, c: k.open and k.version is not None, group=lambda k: k.product),
    Rule("bought-twice", [Level("contract", lambda g, records: len(records) > 1)], select="contract",
         where=lambda k, c: k.open, group=lambda k: k.product),
    Rule("necessity-report", [Dated("contract", "expires_on", [days(60)])], costly, acts=[report_task]),
    Rule("renewal-approval", [Dated("contract", "expires_on", [days(60)]), Edge("contract", "updated", "document")],
         ready_for_approval, limit=(1, days(60)),
         approve=Approve(lambda c: approvers(c, True), new_status("renewal-approval", "已批准"))),
    Rule("renewals-on-time", [Schedule(first_working_of_month, 10)], select="contract", where=ended_lately,
         cond=lambda c: any(ended_month(k, c) == month(months_from(c.today, -1)) for k in c.records)),
    # C
    Rule("budget-80", [Level("project", lambda p: p.open and p.budget > 0 and p.spent > p.budget * 0.8)], limit=(1, days(90))),
    Rule("budget-100", [Level("project", lambda p: p.open and p.budget > 0 and p.spent > p.budget)], limit=(1, days(90))),
    Rule("task-waits-on-customer", [Level("task", waits_on_customer, Span(working=5))]),
    Rule("opportunity-waits-on-customer", [Level("opportunity", waits_on_customer, Span(working=5))]),
    Rule("customer-feedback", [Edge("feedback", "created")], lambda c: c.rec.open and c.rec.answered_at is None,
         waits=[Wait(Span(working=2))]),
    Rule("smart-goal", [Edge("goal", "created")],
         lambda c: c.rec.open and (c.rec.measure is None or c.rec.owner is None or c.rec.due is None), waits=[Wait(Span(minutes=60), number=0)]),
    Rule("customer-report", [Schedule(friday, 16)], select="task", where=reported, group=lambda t: t.project.customer),
    Rule("customer-silent", [Dated("customer", "last_contact", [days(14)], after=True)], lambda c: c.rec.open),
    Rule("high-risk", [Level("risk", lambda r: r.open and r.score >= 12)]),
    Rule("risk-not-reviewed", [Schedule(working, 9)], select="risk", limit=(1, days(7)),
         where=lambda r, c: r.open and (r.reviewed_on or r.created_at.date()) <= months_from(c.today, -1),
         group=lambda r: or_(r.owner, lambda: r.project.manager)),
    Rule("material-low", [Level("material", lambda m: m.stock < m.minimum)]),
]
