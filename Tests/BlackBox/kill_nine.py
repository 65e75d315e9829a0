"""Show 5: the daemon under load, killed again and again; afterwards nothing is lost, doubled or renamed."""
import json, random, signal, sqlite3, sys, threading, time
from kit import Box, HTTPReceiver, Tally, free_port, get, until, webhook_signed

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
RULE = """id: made
when: {created: task}
then:
  - notify: {via: erp, to: task.assignee, title: "{{ task.title }}"}
"""


class Writer(threading.Thread):
    """Writes tasks without a pause: small CSV files, and the HTTP API while somebody answers."""

    def __init__(self, box, port, token):
        super().__init__(daemon=True)
        self.box, self.port, self.token = box, port, token
        self.done, self.problems, self.number, self.over = set(), [], 0, False

    def run(self):
        while not self.over:
            self.number += 1
            (self.by_file if self.number % 3 else self.by_api)(self.number)
            time.sleep(0.02)

    def by_file(self, n):
        # More than twenty at once leave as one message.
        ids = [f"F{n}-{k}" for k in range(3 if n % 10 else 30)]
        self.box.write("w.csv", "id,title,assignee\n" + "".join(f"{i},任务{i},wang\n" for i in ids))
        for attempt in range(5):
            done = self.box.run("import", "w.csv", "--kind", "task")
            if done.returncode == 0:
                self.done.update(ids)
                return
        self.problems.append(done.both)

    def by_api(self, n):
        body = json.dumps([{"id": f"A{n}-{k}", "title": f"任务A{n}-{k}", "assignee": "wang"} for k in range(3)]).encode()
        for attempt in range(40):
            if self.over:
                return
            try:
                status, _ = get(f"http://127.0.0.1:{self.port}/v1/records/task", self.token, body)
                self.done.update(f"A{n}-{k}" for k in range(3))
                return
            except Exception as problem:
                last = problem
                time.sleep(0.05)
        self.problems.append(f"api: {last}")


def main(kills, seed):
    print(f"kills {kills}, seed {seed}", flush=True)
    tally, dice = Tally(), random.Random(seed)
    seen, refusals = set(), random.Random(seed)

    def answer(path, headers, body):
        """Every tenth message is refused the first time; a kill may make it wait longer."""
        fresh = headers["webhook-id"] not in seen
        seen.add(headers["webhook-id"])
        return (500, "{}") if fresh and refusals.random() < 0.1 else (200, "{}")

    receiver = HTTPReceiver(answer)
    port = free_port()
    box = Box(f"""timezone: Asia/Shanghai
listen: 127.0.0.1:{port}
channels:
  erp: {{type: webhook, url: "http://127.0.0.1:{receiver.port}/hook", secret: "${{env:S}}", allow_private: true, limit: 60000 per minute}}
""", {"made.yaml": RULE}, {"S": SECRET})
    box.write("m.csv", "id,name,email\nwang,王芳,wang@example.com\n")
    box.must("import", "m.csv", "--kind", "member")
    box.must("run", "--once")
    token = box.must("token", "create", "--role", "admin").out.split()[-1]
    writer = Writer(box, port, token)
    writer.start()
    early = 0
    for cycle in range(kills):
        daemon = box.start()
        time.sleep(dice.uniform(0.3, 1.0))
        early += daemon.poll() is not None
        daemon.send_signal(signal.SIGKILL)
        daemon.wait(timeout=10)
    tally.equal(early, 0, f"no daemon ended by itself ({box.log()[-400:]})")
    writer.over = True
    writer.join(timeout=60)
    tally.equal(writer.problems[:2], [], "every write was taken in the end")
    daemon = box.start()
    drained = until(lambda: settled(box), limit=330, pause=0.5)
    tally.check(drained is not None, "everything was delivered after the last start", waiting(box))
    daemon.terminate()
    tally.equal(daemon.wait(timeout=30), 0, "SIGTERM ends the daemon with 0")
    judge(tally, box, receiver, writer)
    receiver.stop()
    if not tally.failed:
        box.remove()
    else:
        print("kept", box.folder)
    tally.end()


def query(box, text):
    link = sqlite3.connect(f"file:{box.folder}/bellman.db?mode=ro", uri=True, timeout=10)
    try:
        return link.execute(text).fetchall()
    finally:
        link.close()


def waiting(box):
    return query(box, "SELECT state, count(*), max(reason) FROM outbox GROUP BY 1")


def settled(box):
    tasks = query(box, "SELECT count(*) FROM records WHERE record LIKE 'task/%'")[0][0]
    return (query(box, "SELECT count(*) FROM ledger WHERE rule = 'made'")[0][0] >= tasks
            and query(box, "SELECT count(*) FROM outbox WHERE finished_at IS NULL")[0][0] == 0)


def judge(tally, box, receiver, writer):
    tasks = {r[0].split("/")[1] for r in query(box, "SELECT record FROM records WHERE record LIKE 'task/%'")}
    tally.check(writer.done <= tasks, "no record that was confirmed is missing", sorted(writer.done - tasks)[:5])
    journal = query(box, "SELECT record FROM history WHERE record LIKE 'task/%' AND operation = 'created'")
    tally.equal(len(journal), len(tasks), "each record was created once in the journal")
    ledger = query(box, "SELECT subject, count(*), max(outcome) FROM ledger WHERE rule = 'made' GROUP BY 1")
    tally.equal({r[0] for r in ledger}, {"task/" + t for t in tasks}, "each created task has a decision")
    tally.equal([r for r in ledger if r[1] != 1], [], "and exactly one")
    tally.equal({r[2] for r in ledger}, {"fired"}, "all of them fired")
    outbox = query(box, "SELECT id, state, bundle, firing, json_extract(notice, '$.record') FROM outbox JOIN outbox_notice USING (sequence) WHERE channel = 'erp'")
    tally.equal(len(outbox), len(tasks), "one notice per decision")
    tally.equal({r[1] for r in outbox}, {"sent"}, "all are sent")
    came, repeats, carriers = {}, 0, {}
    for path, headers, body, status in receiver.posts:
        if not webhook_signed(headers, body, SECRET):
            tally.check(False, "webhook signature holds", headers)
        fact, id = json.loads(body), headers["webhook-id"]
        contents = tuple(sorted(n["record"] for n in fact["notices"])) if "notices" in fact else (fact["record"],)
        repeats += id in came
        if id in came:
            tally.check(came[id] == contents, "a repeat carries the same under the same id", (id, came[id], contents))
        came[id] = contents
        for record in contents:
            carriers.setdefault(record, set()).add(id)
    delivered = {h["webhook-id"] for p, h, b, s in receiver.posts if s == 200}
    lost = [r for r in outbox if (r[2] or r[0]) not in delivered]
    tally.equal(lost[:3], [], f"every notice reached its receiver ({len(lost)} lost)")
    renamed = {r: ids for r, ids in carriers.items() if len(ids) > 1}
    twice = sum(len(ids & delivered) > 1 for ids in renamed.values())
    tally.equal(dict(list(renamed.items())[:3]), {},
                f"no notice came under two ids ({len(renamed)} did, {twice} were taken under both)")
    tally.equal(query(box, "PRAGMA integrity_check"), [("ok",)], "integrity_check")
    members = [r[2] for r in outbox if r[2]]
    bundled = len(members) - sum(members.count(b) == 1 for b in set(members))
    print(f"{len(tasks)} tasks, {len(outbox)} notices ({bundled} bundled), {len(receiver.posts)} posts, {repeats} repeats")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1_000_000))
