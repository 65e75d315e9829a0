"""Records, their changes and the working days of the made-up company; the parts that company_model.py stands on.

Times are local to Asia/Shanghai, which has no clock changes."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# The State Council's notice for 2026: days off, and weekends that are worked.
OFF = {date(2026, m, d) for m, a, b in
       ((1, 1, 3), (2, 15, 23), (4, 4, 6), (5, 1, 5), (6, 19, 21), (9, 25, 27), (10, 1, 7)) for d in range(a, b + 1)}
WORKED = {date(2026, *d) for d in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}


def working(day):
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def working_days_from(day, count):
    """The count-th working day strictly after (or, negative, before) the day."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not working(day):
            day += step
    return day


def months_from(day, count):
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


@dataclass(frozen=True)
class Span:
    """A human duration; calendar parts move the date, hours and minutes are exact."""
    months: int = 0
    days: int = 0
    working: int = 0
    minutes: int = 0

    def move(self, moment, sign=1):
        day = moment.date() if isinstance(moment, datetime) else moment
        if self.months:
            day = months_from(day, sign * self.months)
        day += timedelta(days=sign * self.days)
        if self.working:
            day = working_days_from(day, sign * self.working)
        if isinstance(moment, datetime):
            return datetime.combine(day, moment.time()) + timedelta(minutes=sign * self.minutes)
        return day

    def iso(self):
        if self.working:
            return f"P{self.working}WD"
        return f"P{self.days}D" if self.days or not self.minutes else f"PT{self.minutes // 60}H"


def days(n):
    return Span(days=n)


@dataclass
class Change:
    seq: int
    kind: str
    id: str
    op: str
    old: dict
    new: dict
    fields: set
    at: datetime
    actor: str


# Records

REFS = {
    "member": {"manager": "member", "department_head": "member"},
    "project": {"creator": "member", "manager": "member", "customer": "customer"},
    "goal": {"owner": "member", "project": "project"},
    "task": {"assignee": "member", "creator": "member", "project": "project", "parent": "task"},
    "contract": {"owner": "member"},
    "module": {"contract": "contract"},
    "account": {"contract": "contract", "member": "member"},
    "risk": {"project": "project", "owner": "member"},
    "material": {"project": "project", "buyer": "member"},
    "customer": {"owner": "member"},
    "opportunity": {"customer": "customer", "owner": "member"},
    "contact": {"customer": "customer", "by": "member"},
    "feedback": {"customer": "customer", "responsible": "member"},
    "document": {"project": "project", "owner": "member"},
    "meeting": {"project": "project"},
    "budget": {},
    "approval": {"approver": "member"},
}
LISTS = {("project", "members"): "member", ("meeting", "attendees"): "member"}
REVERSE = {("project", "tasks"): ("task", "project"), ("project", "risks"): ("risk", "project"),
           ("project", "documents"): ("document", "project"), ("project", "meetings"): ("meeting", "project"),
           ("contract", "accounts"): ("account", "contract"), ("contract", "modules"): ("module", "contract"),
           ("member", "accounts"): ("account", "member"), ("member", "tasks"): ("task", "assignee")}
BOOLS = {"active", "milestone", "auto_renew"}
# The words that close a record (docs/reference/kinds.md), as far as this company uses them.
CLOSED = {"已完成", "已关闭", "已取消", "已续费", "done", "closed", "cancelled", "completed", "renewed", "已停用", "停用"}
ALSO = {"contract": {"已到期", "不续费", "已过期"}, "risk": {"已消除", "已缓解"}, "feedback": {"已回复", "已处理", "answered"},
        "opportunity": {"已成交", "丢单", "已赢单", "won", "lost"}, "account": {"已禁用", "disabled", "已回收"},
        "customer": {"已流失"}, "goal": {"已达成"}}
STATUS = {"project", "goal", "task", "contract", "account", "risk", "customer", "opportunity", "feedback"}

WORKED_OUT = {kind: {*refs, *(f for k, f in [*LISTS, *REVERSE] if k == kind), "open", "closed", "cancel_by", "score", *BOOLS}
              for kind, refs in REFS.items()}


class Rec:
    """A record as conditions see it. A step through an empty reference raises AttributeError, as it fails in CEL."""

    __slots__ = ("w", "kind", "id", "d")

    def __init__(self, w, kind, id, d):
        self.w, self.kind, self.id, self.d = w, kind, id, d

    def __getattr__(self, name):
        kind, d = self.kind, self.d
        if name not in WORKED_OUT[kind]:
            return d.get(name)
        if name in REFS[kind]:
            return self.w.get(REFS[kind][name], d.get(name))
        if (kind, name) in LISTS:
            found = (self.w.get(LISTS[kind, name], i) for i in d.get(name) or [])
            return [r for r in found if r]
        if (kind, name) in REVERSE:
            return self.w.referring(*REVERSE[kind, name], self.id)
        if name in ("open", "closed") and kind in STATUS:
            closed = (d.get("status") or "").lower() in CLOSED | ALSO.get(kind, set())
            return closed == (name == "closed")
        if name == "cancel_by":
            return d["notice_period"].move(d["expires_on"], -1)
        if name == "score":
            return d["probability"] * d["impact"]
        if name in BOOLS:
            return bool(d.get(name))
        return d.get(name)

    def __eq__(self, other):
        return isinstance(other, Rec) and (self.kind, self.id) == (other.kind, other.id)

    def __hash__(self):
        return hash((self.kind, self.id))

    @property
    def key(self):
        return f"{self.kind}/{self.id}"


class World:
    def __init__(self):
        self.tables = defaultdict(dict)
        self.back = defaultdict(set)  # (kind, field, target id) -> ids
        self.journal = []

    def get(self, kind, id):
        d = self.tables[kind].get(id) if id is not None else None
        return None if d is None else Rec(self, kind, id, d)

    def all(self, kind):
        return [Rec(self, kind, i, d) for i, d in self.tables[kind].items()]

    def referring(self, kind, field, id):
        return [self.get(kind, i) for i in sorted(self.back[kind, field, id])]

    def write(self, kind, id, fields, at, actor="import"):
        """A merge: absent fields stay, None clears, equal values are no change. None deletes the record."""
        old = self.tables[kind].get(id)
        if fields is None:
            self.unlink(kind, id, old)
            del self.tables[kind][id]
            return self.note(kind, id, "deleted", old, {}, set(), at, actor)
        new = dict(old or {}, **fields)
        changed = {k for k in fields if (old or {}).get(k) != new[k]}
        if old is not None and not changed:
            return None
        new.setdefault("created_at", at)
        new["updated_at"] = at
        if old:
            self.unlink(kind, id, old)
        self.tables[kind][id] = new
        for name in REFS[kind]:
            self.back[kind, name, new.get(name)].add(id)
        return self.note(kind, id, "updated" if old is not None else "created", old or {}, new, changed, at, actor)

    def unlink(self, kind, id, old):
        for name in REFS[kind]:
            self.back[kind, name, old.get(name)].discard(id)

    def note(self, *change):
        self.journal.append(Change(len(self.journal) + 1, *change))
        return self.journal[-1]
