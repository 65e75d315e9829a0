"""Show 4: rules are edited while the daemon runs."""
import json, time
from kit import Box, HTTPReceiver, Tally, free_port, get, until


def rule(id, title="甲"):
    return f"""id: {id}
when: {{created: task}}
if: task.title.startsWith("{id}")
then:
  - notify: {{via: erp, title: "{title}:{{{{ task.title }}}}"}}
"""


class Stage:
    def __init__(self, language):
        self.receiver = HTTPReceiver(lambda path, headers, body: (200, "{}"))
        self.port = free_port()
        base = f"http://127.0.0.1:{self.receiver.port}"
        self.box = Box(f"""timezone: Asia/Shanghai
language: {language}
listen: 127.0.0.1:{self.port}
admin: ops
channels:
  erp: {{type: webhook, url: "{base}/hook", allow_private: true, limit: 6000 per minute}}
  ops: {{type: webhook, url: "{base}/ops", allow_private: true, limit: 6000 per minute}}
""", {f"r{n}.yaml": rule(f"r{n}") for n in range(6)})
        self.daemon = self.box.start()
        self.serial = 0

    def titles(self, path):
        return [json.loads(b).get("title", "") for p, h, b, s in list(self.receiver.posts) if p == path]

    def bodies(self, path):
        return [b.decode() for p, h, b, s in list(self.receiver.posts) if p == path]

    def rules(self):
        answer = json.loads(get(f"http://127.0.0.1:{self.port}/v1/rules")[1])
        rows = answer if isinstance(answer, list) else next(v for v in answer.values() if isinstance(v, list))
        return {r["id"]: r for r in rows}

    def rings(self, id):
        """The title with which a new task rings, after at most five seconds."""
        self.serial += 1
        name = f"{id} 第{self.serial}"
        self.box.must("records", "set", f"task/X{self.serial}", f"title={name}")
        until(lambda: any(name in t for t in self.titles("/hook")), 5)
        return next((t for t in self.titles("/hook") if name in t), None)

    def end(self, tally):
        self.daemon.terminate()
        tally.equal(self.daemon.wait(timeout=20), 0, "SIGTERM ends the daemon well")
        self.receiver.stop()
        self.box.remove()


def edits(tally, language):
    stage = Stage(language)
    tally.check(until(lambda: up(stage), 15) is not None, "the daemon answers", stage.box.log())
    tally.check((stage.rings("r1") or "").startswith("甲:"), "a rule rings")
    stage.box.write("rules/r1.yaml", rule("r1", "乙"))
    start = time.monotonic()
    heard = until(lambda: (stage.rings("r1") or "").startswith("乙:"), 5, 0.01)
    tally.check(heard is not None and time.monotonic() - start < 2.0, "an edit takes effect within two seconds", heard)
    print(f"{language}: an edited rule rang {heard or -1:.2f} s after it was saved")
    stage.box.write("rules/new.yaml", rule("brand-new"))
    seen = until(lambda: "brand-new" in stage.rules(), 5)
    tally.check(seen is not None and seen < 2.0, "a new file is there within two seconds", seen)
    print(f"{language}: a new rule was listed {seen or -1:.2f} s after it was saved")
    broken(tally, stage, language)
    vanished(tally, stage, language)
    stage.end(tally)


def up(stage):
    try:
        return len(stage.rules()) >= 6
    except OSError:
        return False


def broken(tally, stage, language):
    told = len(stage.titles("/ops"))
    stage.box.write("rules/r1.yaml", rule("r1", "丙").replace("task.title.st", "task.titel.st"))
    seen = until(lambda: "r1.yaml" in stage.box.run("status").both, 5)
    tally.check(seen is not None and seen < 2.5, "status names the broken file", (seen, stage.box.run("status").both))
    words = stage.box.run("status").both
    tally.check("title" in words or "r1.yaml:3" in words, "with its place or remedy", words)
    tally.check((stage.rings("r1") or "").startswith("乙:"), "the last good version still rings")
    tally.check((stage.rings("r2") or "").startswith("甲:"), "other files are untouched")
    until(lambda: len(stage.titles("/ops")) > told, 5)
    time.sleep(2.5)
    tally.equal(len(stage.titles("/ops")) - told, 1, f"the admin channel was told once: {stage.titles('/ops')}")
    tally.check(any("r1" in b for b in stage.bodies("/ops")), "naming the file", stage.bodies("/ops"))
    shown = json.dumps(stage.rules().get("r1", {}), ensure_ascii=False)
    tally.check("broken" in shown or "坏" in shown or "titel" in shown, "the API shows it as broken", shown)
    tally.check("r1" in stage.box.run("rules", "list").out, "rules list keeps it")
    stage.daemon.kill()
    stage.daemon.wait()
    stage.daemon = stage.box.start()
    until(lambda: up(stage), 15)
    tally.check((stage.rings("r1") or "").startswith("乙:"), "the last good version survives a restart")
    time.sleep(1)
    tally.equal(len(stage.titles("/ops")) - told, 1, f"a restart does not tell again: {stage.titles('/ops')[told:]}")
    stage.box.write("rules/r1.yaml", rule("r1", "丁"))
    cleared = until(lambda: "r1.yaml" not in stage.box.run("status").both, 5)
    tally.check(cleared is not None, "mending clears it", stage.box.run("status").both)
    mended = until(lambda: (stage.rings("r1") or "").startswith("丁:"), 2)
    tally.check(mended is not None, "and the mended rule rings within two seconds")


def vanished(tally, stage, language):
    told = len(stage.titles("/ops"))
    for name in ("r2", "r3", "r4", "r5"):
        (stage.box.folder / f"rules/{name}.yaml").unlink()
    until(lambda: "rules accept" in stage.box.run("status").both, 5)
    tally.check((stage.rings("r3") or "").startswith("甲:"), "more than half gone: they stay armed")
    # What comes within a minute of a message is gathered, and leaves with the next round.
    until(lambda: len(stage.titles("/ops")) > told, 130)
    time.sleep(1.5)
    tally.equal(len(stage.titles("/ops")) - told, 1, f"the admin channel was told once: {stage.titles('/ops')[told:]}")
    words = stage.box.run("status").both
    tally.check("rules accept" in words, "status says how to confirm", words)
    tally.equal(stage.box.run("rules", "accept").returncode, 0, "rules accept")
    gone = until(lambda: "r3" not in stage.rules(), 5)
    tally.check(gone is not None, "after accept they are gone", list(stage.rules()))
    tally.equal(stage.rings("r3"), None, "and ring no more")
    tally.check((stage.rings("r1") or "").startswith("丁:"), "the others still ring")
    print(f"{language}: admin was told: {stage.titles('/ops')}")


if __name__ == "__main__":
    tally = Tally()
    for language in ("zh", "en"):
        edits(tally, language)
    tally.end()
