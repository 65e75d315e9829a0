"""A second reading of the promise (docs/rules.md): every way to ring, plainly and without an index.

Nothing here knows the product. A rule is a `Rule` with triggers and Python functions; `Model.tick(now)` decides what a
tick at that instant must write into the ledger."""
import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from company_records import Rec, Span, World

LATE, OVER = timedelta(minutes=10), timedelta(days=7)
NINE = time(9)


# Triggers


@dataclass
class Edge:
    kind: str
    op: str  # created, deleted, updated
    field: str | None = None
    to: tuple | None = None
    since: tuple | None = None

    def matches(self, change):
        if change.kind != self.kind or change.op != self.op:
            return False
        if self.op != "updated" or self.field is None:
            return True
        if self.field not in change.fields:
            return False
        before, after = change.old.get(self.field), change.new.get(self.field)
        return (self.to is None or after in self.to) and (self.since is None or before in self.since)


@dataclass
class Dated:
    kind: str
    field: str
    offsets: list  # Spans
    after: bool = False
    at: time = NINE
    chain: bool = False

    def milestones(self, anchor):
        for span in self.offsets:
            moved = span.move(anchor, 1 if self.after else -1)
            moment = moved if isinstance(moved, datetime) else datetime.combine(moved, self.at)
            yield moment, span

    def occurrence(self, anchor, span):
        day = anchor.date() if isinstance(anchor, datetime) else anchor
        return f"{self.field}={day.isoformat()} {'' if self.after or span.iso() == 'P0D' else '-'}{span.iso()}"


@dataclass
class Schedule:
    on: object  # day -> bool
    hour: int
    minute: int = 0

    def runs(self, last, now):
        day = last.date()
        while day <= now.date():
            moment = datetime.combine(day, time(self.hour, self.minute))
            if last < moment <= now and self.on(day):
                yield moment
            day += timedelta(days=1)


@dataclass
class Level:
    kind: str  # of the record, or of those gathered
    true: object  # record -> bool; gathered: (group, records) -> bool
    lasts: Span | None = None
    fresh: Span | None = None
    measured: str | None = None  # the field whose writes are measurements
    depends: dict = field(default_factory=dict)  # other kind -> (world, change) -> ids of self.kind to look at


@dataclass
class Wait:
    span: Span
    when: object = None  # (context) -> bool
    number: int = 1  # its place in `then`
    ends: bool = False  # `unless: acknowledged`


@dataclass
class Rule:
    id: str
    triggers: list
    cond: object = None  # context -> bool
    select: str | None = None
    where: object = None  # (record, context) -> bool
    group: object = None  # record -> Rec or text or None
    limit: tuple | None = None  # (count, Span)
    existing: bool = False
    catch_up: str = "late_once"
    acts: list = field(default_factory=list)  # (model, context) -> None, immediate effects on records
    waits: list = field(default_factory=list)
    approve: object = None  # an Approve


@dataclass
class Approve:
    """Approvers are asked in turn; the first reject ends it. Where an entry leads to nobody, nobody is asked."""
    by: object  # context -> members, None for an entry that leads to nobody
    yes: object  # (model, context) -> None: what approval writes
    no: object = None


@dataclass
class LevelState:
    since: datetime | None = None
    rise: int = 0
    rung: bool = False


class Context:
    """The names that an expression sees."""

    def __init__(self, now, rec=None, **names):
        self.now, self.today, self.rec = now, now.date(), rec
        self.__dict__.update(names)

    def until(self, day):
        day = day.date() if isinstance(day, datetime) else day
        return (day - self.today).days


def holds(function, *arguments):
    """A condition that cannot be worked out, because something is empty, is not true."""
    if function is None:
        return True
    try:
        return bool(function(*arguments))
    except (AttributeError, TypeError, KeyError, ZeroDivisionError):
        return False


def value(function, *arguments):
    try:
        return function(*arguments)
    except (AttributeError, TypeError, KeyError):
        return None


@dataclass
class Pending:
    due: datetime
    rule: Rule
    step: Wait
    subject: str
    occurrence: str
    context: Context
    trigger: object
    approvers: list = field(default_factory=list)  # of an approval: who is still to be asked, the first is
    answer: str | None = None


class Model:
    def __init__(self, rules, first):
        self.world, self.rules = World(), rules
        self.ledger, self.rang = {}, defaultdict(list)  # (rule, subject, occurrence) -> row; (rule, subject) -> instants
        self.last, self.seen = None, 0
        self.armed, self.heap, self.count = {}, [], 0
        self.levels = {r.id: defaultdict(LevelState) for r in rules}
        self.rising = {r.id: set() for r in rules}
        self.members = {r.id: defaultdict(dict) for r in rules}  # gathered levels: group key -> {id: True}
        self.of = {r.id: {} for r in rules}
        self.measured, self.full = {}, []  # spans that were full when a write broke them
        self.pending, self.steps = [], {}
        self.acknowledged, self.silences, self.aliases = set(), [], set()
        self.questions, self.chains = [], set()

    # Writes: levels are followed at each, in the order of the journal

    def write(self, kind, id, fields, at, actor="import"):
        change = self.world.write(kind, id, fields, at, actor)
        for rule in self.rules:
            for trigger in rule.triggers:
                if isinstance(trigger, Level):
                    self.follow(rule, trigger, change, kind, id, fields, at)
        return change

    def follow(self, rule, trigger, change, kind, id, fields, at):
        if trigger.measured and kind == trigger.kind and fields and trigger.measured in fields:
            self.measure(rule, trigger, id, at)
        if change is None:
            return
        touched = [id] if kind == trigger.kind else []
        if kind in trigger.depends:
            touched += trigger.depends[kind](self.world, change)
        for other in dict.fromkeys(touched):
            rec = self.world.get(trigger.kind, other)
            if rule.select:
                self.regroup(rule, trigger, other, rec, change)
            else:
                self.turn(rule, trigger, f"{trigger.kind}/{other}", rec is not None and holds(trigger.true, rec), change)

    def regroup(self, rule, trigger, id, rec, change):
        groups = self.members[rule.id]
        old, new = self.of[rule.id].get(id), None
        if rec is not None and holds(rule.where, rec, None):
            new = subject_of(value(rule.group, rec)) if rule.group else ""
        if old is not None:
            groups[old].pop(id)
        if new is not None:
            groups[new][id] = True
            self.of[rule.id][id] = new
        else:
            self.of[rule.id].pop(id, None)
        for group in dict.fromkeys(g for g in (old, new) if g is not None):
            records = [self.world.get(trigger.kind, i) for i in groups[group]]
            self.turn(rule, trigger, group, holds(trigger.true, group, records), change)

    def turn(self, rule, trigger, subject, true, change):
        state = self.levels[rule.id][subject]
        if true and state.since is None:
            self.levels[rule.id][subject] = LevelState(change.at, change.seq)
            self.rising[rule.id].add(subject)
        elif not true and state.since is not None:
            if not state.rung and self.end(trigger, state) <= change.at:
                self.full.append((rule, trigger, subject, state))
            self.levels[rule.id][subject] = LevelState()
            self.rising[rule.id].discard(subject)

    @staticmethod
    def end(trigger, state):
        return trigger.lasts.move(state.since) if trigger.lasts else state.since

    def measure(self, rule, trigger, id, at):
        key = (rule.id, id)
        before = self.measured.get(key)
        self.measured[key] = at
        state = self.levels[rule.id][f"{trigger.kind}/{id}"]
        if before and state.since and not state.rung and trigger.fresh.move(before) < min(at, self.end(trigger, state)):
            state.since = at

    def create(self, kind, alias, fields, at, actor):
        """A record that a rule makes: its real id is the product's own, so it goes by an alias."""
        while (kind, alias) in self.aliases:  # two rings of one day make two records that look alike
            alias += "~"
        self.aliases.add((kind, alias))
        self.write(kind, alias, fields, at, actor)

    # A tick

    def tick(self, now):
        last, self.edged = self.last or datetime.min, set()  # what an edge rang in this tick, its rule's dates and levels do not
        for round in range(11):
            begun = len(self.world.journal)
            changes, self.seen = self.world.journal[self.seen:], begun
            self.edges(changes, now)
            self.level_rings(now)
            self.dates(changes, last, now, round == 0)
            if round == 0:
                self.schedules(last, now)
            self.decisions(now)
            self.waiting(now, {f"{c.kind}/{c.id}" for c in changes})
            self.last = last = now
            if len(self.world.journal) == begun:
                return

    def decide(self, rule, subject, occurrence, outcome, now):
        key = (rule.id, subject, occurrence)
        if key in self.ledger:
            return False
        self.ledger[key] = (outcome, now)
        return True

    def ring(self, rule, subject, occurrence, context, now, scheduled, trigger, late=None):
        """Condition, silence and limit of one occurrence, then its steps."""
        if (rule.id, subject, occurrence) in self.ledger:
            return
        context.world, context.scheduled = self.world, scheduled
        if not holds(rule.cond, context):
            return self.decide(rule, subject, occurrence, "condition_false", now)
        if getattr(trigger, "chain", False) and (rule.id, subject, occurrence.split(" ")[0]) in self.chains:
            return self.decide(rule, subject, occurrence, "skipped", now)
        if any(s(rule, subject, scheduled) for s in self.silences):
            return self.decide(rule, subject, occurrence, "silenced", now)
        if rule.limit:
            count, span = rule.limit
            if sum(t > span.move(now, -1) for t in self.rang[rule.id, subject]) >= count:
                return self.decide(rule, subject, occurrence, "skipped", now)
        late = now - scheduled > LATE if late is None else late
        self.decide(rule, subject, occurrence, "fired_late" if late else "fired", now)
        self.rang[rule.id, subject].append(now)
        context.firing = (rule.id, subject, occurrence)
        for act in rule.acts:
            act(self, context)
        if rule.approve:
            asked = value(rule.approve.by, context) or [None]
            if None not in asked:
                asked = list(dict.fromkeys(m.id for m in asked))
                self.questions.append(Pending(datetime.max, rule, Wait(Span()), subject, occurrence, context, trigger, asked))
        for step in rule.waits:
            self.steps[(*context.firing, step.number)] = "waiting"
            self.pending.append(Pending(step.span.move(now), rule, step, subject, occurrence, context, trigger))

    def edges(self, changes, now):
        for change in changes:
            for rule in self.rules:
                if not any(isinstance(t, Edge) and t.matches(change) for t in rule.triggers):
                    continue
                trigger = next(t for t in rule.triggers if isinstance(t, Edge) and t.matches(change))
                snapshot = change.new if change.op != "deleted" else change.old
                context = Context(now, Rec(self.world, change.kind, change.id, snapshot), change=change,
                                  old=Rec(self.world, change.kind, change.id, change.old))
                key = rule.id, f"{change.kind}/{change.id}", f"change={change.seq}"
                self.ring(rule, key[1], key[2], context, now, change.at, trigger, False)
                if self.ledger[key][0].startswith("fired"):
                    self.edged.add(key[:2])

    def level_rings(self, now):
        full, self.full = self.full, []
        for rule in self.rules:
            for trigger in rule.triggers:
                if not isinstance(trigger, Level):
                    continue
                due = [(s, st) for r, t, s, st in full if t is trigger]
                for subject in list(self.rising[rule.id]):  # true, and has not rung yet
                    state = self.levels[rule.id][subject]
                    if self.end(trigger, state) > now:
                        continue
                    if trigger.fresh and trigger.fresh.move(self.measured[rule.id, subject.split("/")[1]]) < self.end(trigger, state):
                        continue
                    state.rung = True
                    self.rising[rule.id].discard(subject)
                    due.append((subject, state))
                for subject, state in sorted(due, key=lambda d: d[1].rise):
                    end = self.end(trigger, state)
                    if (rule.id, subject) in self.edged:
                        self.decide(rule, subject, f"rise={state.rise}", "superseded", now)
                        continue
                    rec = None if rule.select else self.world.get(*subject.split("/", 1))
                    self.ring(rule, subject, f"rise={state.rise}", Context(now, rec, group=subject), now, end, trigger,
                              None if trigger.lasts else False)

    # Dates

    def dates(self, changes, last, now, window):
        touched = {(c.kind, c.id) for c in changes}
        for kind, id in sorted(touched):
            rec = self.world.get(kind, id)
            for rule in self.rules:
                for n, trigger in enumerate(rule.triggers):
                    if isinstance(trigger, Dated) and trigger.kind == kind:
                        self.arrive(rule, n, trigger, rec, kind, id, now)
        due = defaultdict(list)
        while self.heap and self.heap[0][0] <= now:
            moment, _, rule, n, id, anchor, span = heapq.heappop(self.heap)
            rec = self.world.get(rule.triggers[n].kind, id)
            if rec is not None and self.armed.get((rule.id, n, id)) == anchor:
                due[rule.id, n, id].append((moment, span, rule, anchor))
        for (_, n, id), found in sorted(due.items(), key=lambda d: (d[0][0], d[0][1], d[0][2])):
            self.milestones(found[0][2], n, id, found, now)

    def arrive(self, rule, n, trigger, rec, kind, id, now):
        anchor = value(lambda: getattr(rec, trigger.field)) if rec else None
        if self.armed.get((rule.id, n, id)) == anchor:
            return
        self.armed[rule.id, n, id] = anchor
        if anchor is None:
            return
        moments = sorted(trigger.milestones(anchor), key=lambda m: m[0])
        past, left = [m for m in moments if m[0] <= now], [m for m in moments if m[0] > now]
        for moment, span in left:
            self.count += 1
            heapq.heappush(self.heap, (moment, self.count, rule, n, id, anchor, span))
        day = anchor.date() if isinstance(anchor, datetime) else anchor
        over = anchor <= now if isinstance(anchor, datetime) else day < now.date()
        ringing = None
        if past and not left and not over:
            ringing = past.pop()
        for moment, span in past:
            self.decide(rule, f"{kind}/{id}", trigger.occurrence(anchor, span), "skipped", now)
        if ringing:
            self.milestones(rule, n, id, [(*ringing, rule, anchor)], now)

    def milestones(self, rule, n, id, found, now):
        trigger = rule.triggers[n]
        subject = f"{trigger.kind}/{id}"
        found = [f for f in found if (rule.id, subject, trigger.occurrence(f[3], f[1])) not in self.ledger]
        edge = (rule.id, subject) in self.edged
        for moment, span, _, anchor in found if edge else found[:-1]:
            self.decide(rule, subject, trigger.occurrence(anchor, span), "superseded", now)
        for moment, span, _, anchor in [] if edge else found[-1:]:
            end = moment if trigger.after else datetime.combine(
                (anchor.date() if isinstance(anchor, datetime) else anchor) + timedelta(days=1), time())
            name = trigger.occurrence(anchor, span)
            if now - end > OVER:
                self.decide(rule, subject, name, "expired", now)
            else:
                context = Context(now, self.world.get(trigger.kind, id), anchor=anchor, offset=span, firing=None)
                self.ring(rule, subject, name, context, now, moment, trigger)

    # Schedules

    def schedules(self, last, now):
        for rule in self.rules:
            for trigger in rule.triggers:
                if not isinstance(trigger, Schedule) or last == datetime.min:
                    continue
                runs = list(trigger.runs(last, now))
                if rule.catch_up == "late_once":
                    for run in runs[:-1]:
                        self.decide(rule, "", at_name(run), "superseded", now)
                    runs = runs[-1:]
                for run in runs:
                    self.run(rule, trigger, run, now)

    def run(self, rule, trigger, run, now):
        if not rule.select:
            return self.ring(rule, "", at_name(run), Context(now, run=run), now, run, trigger)
        groups = defaultdict(list)
        context = Context(now, run=run)
        for rec in self.world.all(rule.select):
            if holds(rule.where, rec, context):
                group = value(rule.group, rec) if rule.group else ""
                if group is not None:
                    groups[subject_of(group)].append(rec)
        if not groups:
            self.decide(rule, "", at_name(run), "condition_false", now)
        for subject in sorted(groups):
            self.ring(rule, subject, at_name(run), Context(now, run=run, records=groups[subject], group=subject), now, run, trigger)

    # Steps that wait

    def decisions(self, now):
        """Questions that ended, were answered, or go on to the next approver."""
        still, open_ = [], self.questions
        self.questions = []
        for q in open_:
            if not self.stands(q, now):
                continue
            if q.answer == "approve" and len(q.approvers) > 1:
                q.approvers, q.answer = q.approvers[1:], None
            elif q.answer:
                branch = q.rule.approve.yes if q.answer == "approve" else q.rule.approve.no
                if branch:
                    branch(self, q.context)
                continue
            still.append(q)
        self.questions += still

    def acknowledge(self, rule, subject):
        """Of the latest firing: the later ones of its chain are over."""
        rows = [k for k, v in self.ledger.items() if k[:2] == (rule, subject) and v[0].startswith("fired")]
        if rows:
            self.acknowledged.add(rows[-1])
            self.chains.add((rule, subject, rows[-1][2].split(" ")[0]))
        return bool(rows)

    def waiting(self, now, touched):
        """Steps that fell due, and those that a change of this tick has ended before."""
        still, open_ = [], self.pending
        self.pending = []
        for p in open_:
            key = (*p.context.firing, p.step.number)
            if p.step.ends and p.context.firing in self.acknowledged:
                self.steps[key] = "cancelled"
            elif p.due > now and p.subject not in touched:
                still.append(p)
            elif not self.stands(p, now):
                self.steps[key] = "expired" if now - p.due > OVER else "cancelled"
            elif p.due > now:
                still.append(p)
            elif not holds(p.step.when, p.context):
                self.steps[key] = "cancelled"
            else:
                self.steps[key] = "done"
        self.pending += still

    def stands(self, p, now):
        """The rule's own condition again, and the date unchanged or the level still true."""
        if now - p.due > OVER:
            return False
        if "/" in p.subject and not p.rule.select:
            p.context.rec = self.world.get(*p.subject.split("/", 1))
            if p.context.rec is None:
                return False
        p.context.now, p.context.today = now, now.date()
        if isinstance(p.trigger, Dated) and value(lambda: getattr(p.context.rec, p.trigger.field)) != p.context.anchor:
            return False
        if isinstance(p.trigger, Level) and self.levels[p.rule.id][p.subject].rise != int(p.occurrence.split("=")[1]):
            return False
        p.context.acknowledged = p.context.firing in self.acknowledged
        return holds(p.rule.cond, p.context)

    def audit(self):
        """Every level from scratch, against what was followed change by change: the model's own hints must be whole."""
        wrong = []
        for rule in self.rules:
            for trigger in rule.triggers:
                if isinstance(trigger, Level) and not rule.select:
                    for rec in self.world.all(trigger.kind):
                        if holds(trigger.true, rec) != (self.levels[rule.id][rec.key].since is not None):
                            wrong.append((rule.id, rec.key))
        return wrong


def subject_of(group):
    return group.key if isinstance(group, Rec) else None if group is None else str(group)


def at_name(run):
    return "at=" + (run - timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%SZ")
