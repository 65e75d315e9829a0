"""What each shipped rule means, written again by hand from its comment and conditions; the YAML is read for ids only."""
import re
from datetime import date, datetime, timedelta
from company_model import Dated, Edge, Level, Rule, Schedule, Span, Wait, days, months_from, working, working_days_from

DONE = {"完成", "已完成", "已验收", "已结束", "已关闭", "done", "complete", "completed", "finished", "closed"}
DOING = {"进行中", "in progress", "doing"}
STUCK = {"阻塞", "受阻", "等待", "等待中", "挂起", "blocked", "waiting", "on hold"}
CUSTOMER = re.compile("客户|customer|client", re.I)


def low(text):
    return text.lower()


def day_of(moment):
    return moment.date() if isinstance(moment, datetime) else moment


# Schedules of whole days


def friday(day):
    return day.weekday() == 4


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
    return document.project.open and datetime.combine(day, c.run.time()) < document.updated_at <= c.run


def or_(first, second):
    """default(first, second): the second is looked at only where the first is empty."""
    return first if first is not None else second()


RULES = [
    # A
    Rule("task-started", [Edge("task", "updated", "status", ("进行中", "In progress", "in progress", "doing"))]),
    Rule("deadline-3-days", [Dated("task", "due", [days(3)])], open_task),
    Rule("task-overdue", [Dated("task", "due", [days(1), days(3), days(7)], after=True)], open_task,
         waits=[Wait(Span(working=1))]),
    Rule("task-incomplete", [Edge("task", "created")],
         lambda c: c.rec.open and (c.rec.assignee is None or c.rec.due is None), waits=[Wait(Span(minutes=60))]),
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
    Rule("task-blocked", [Level("task", stuck, Span(working=3))], waits=[Wait(Span(working=2))]),
    Rule("access-review", [Schedule(first_working_of_quarter, 9)], select="project", where=lambda p, c: p.open,
         group=lambda p: or_(p.manager, lambda: p.creator)),
    Rule("temporary-access", [Dated("account", "expires_on", [days(3)])], lambda c: c.rec.open),
    Rule("project-review", [Edge("project", "updated", "status")], was_finished,
         waits=[Wait(days(7)), Wait(days(14))]),
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
    # C
    Rule("customer-report", [Schedule(friday, 16)], select="task", where=reported, group=lambda t: t.project.customer),
    Rule("customer-silent", [Dated("customer", "last_contact", [days(14)], after=True)], lambda c: c.rec.open),
    Rule("high-risk", [Level("risk", lambda r: r.open and r.score >= 12)]),
    Rule("risk-not-reviewed", [Schedule(working, 9)], select="risk", limit=(1, days(7)),
         where=lambda r, c: r.open and (r.reviewed_on or r.created_at.date()) <= months_from(c.today, -1),
         group=lambda r: or_(r.owner, lambda: r.project.manager)),
    Rule("material-low", [Level("material", lambda m: m.stock < m.minimum)]),
]
