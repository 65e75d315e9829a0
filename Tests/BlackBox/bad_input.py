"""Bad input: one clear message with place and remedy, in the configured language, a non-zero code, nothing half-done."""
import os, shutil, sqlite3, subprocess, sys
from kit import BINARY, Box, MailReceiver, Tally, free_port, until

GOOD_RULE = "id: good\nwhen: {created: task}\nthen:\n  - notify: {via: mail, to: task.assignee}\n"


def config(language, extra=""):
    return f"language: {language}\ntimezone: Asia/Shanghai\nlisten: 127.0.0.1:{free_port()}\n{extra}"


def chinese(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


class Case:
    def __init__(self, tally, language, show):
        self.tally, self.language, self.show = tally, language, show

    def said(self, name, done, places=(), code=1):
        """Non-zero, in the language, with each of the places, without a trace of the machine room."""
        if self.show:
            print(f"--- {self.language} {name}: {done.returncode}\n{done.both.strip()}")
        t, text, what = self.tally, done.both, f"{self.language} {name}"
        t.equal(done.returncode, code, f"{what}: exit code")
        t.equal(chinese(strip(text)), self.language == "zh", f"{what}: language ({text[:300]!r})")
        for place in places:
            t.check(place in text, f"{what}: says {place}", text)
        t.check(0 < len(text) < 4000, f"{what}: a message of a readable length", len(text))
        for slip in ("Fatal error", "GRDB", "Swift.", "Optional(", "SQLite error", "NSError", "CURLE"):
            t.check(slip not in text, f"{what}: no {slip}", text)


def strip(text):
    """The message without the user's own words, which may be Chinese in an English one."""
    for own in ("王芳", "任务", "标题", "截止", "写方案"):
        text = text.replace(own, "")
    return text


def rules(case, language):
    files = {
        "yaml": ("id: a\nwhen: {created: task\nthen: []\n", ["bad.yaml:"]),
        "key": ("id: a\nwhen: {created: task}\nthn:\n  - notify: {via: mail}\n", ["bad.yaml:3:1", "then"]),
        "field": ("id: a\nwhen: {before: task.deu, by: 3 days}\nthen:\n  - notify: {via: mail}\n", ["bad.yaml:2:", "due"]),
        "channel": ("id: a\nwhen: {created: task}\nthen:\n  - notify: {via: mial}\n", ["bad.yaml:4:", "mail"]),
        "tag": ("id: a\nwhen: {created: task}\nif: !task.closed\nthen:\n  - notify: {via: mail}\n", ["bad.yaml:3:"]),
        "wrapper": ("rules:\n  - id: a\n    when: {created: task}\n    then:\n      - notify: {via: mail}\n", ["bad.yaml:1:1"]),
        "twice": ("id: a\nid: b\nwhen: {created: task}\nthen:\n  - notify: {via: mail}\n", ["bad.yaml:2:1"]),
        "tab": ("id: a\nwhen:\n\tcreated: task\nthen: []\n", ["bad.yaml:3:"]),
        "quotes": ("id: a\nwhen： {created: task}\nthen:\n  - notify: {via: mail}\n", ["bad.yaml:2:"]),
        "bytes": (b"id: a\ntitle: \xff\xfe\n", ["bad.yaml"]),
        "gbk": ("id: a\ntitle: 合同\nwhen: {created: task}\nthen:\n  - notify: {via: mail, title: 合同}\n".encode("gbk"),
                ["bad.yaml:2", "UTF-8"]),
        "big": ("# " + "x" * (1 << 20) + "\n" + GOOD_RULE, ["bad.yaml"]),
    }
    for name, (text, places) in files.items():
        box = Box(config(language), {"good.yaml": GOOD_RULE, "bad.yaml": text})
        case.said("rule " + name, box.run("check"), places)
        box.remove()


def configurations(case, language):
    slips = {
        "yaml": ("channels: {chat: [", ["bellman.yaml:"]),
        "unknown key": ("chanels: {}\n", ["bellman.yaml:4:1", "channels"]),
        "literal secret": ('channels:\n  chat: {type: dingtalk, url: "https://oapi.dingtalk.com/robot/send?access_token=verysecret99", secret: SECverysecret99}\n',
                           ["bellman.yaml:5:", "${env:"]),
        "literal password": ('channels:\n  mail: {type: email, relay: "smtps://smtp.example.com", from: "a@example.com", username: a, password: verysecret99}\n',
                             ["bellman.yaml:5:", "${env:"]),
        "missing variable": ('channels:\n  chat: {type: dingtalk, url: "${env:NO_SUCH_URL}"}\n', ["NO_SUCH_URL"]),
        "webhook url": ('channels:\n  erp: {type: webhook, url: "htps://erp.example.com/hook"}\n', ["bellman.yaml:5:"]),
        "private address": ('channels:\n  erp: {type: webhook, url: "http://127.0.0.1:1/hook"}\n', ["bellman.yaml:5:"]),
        "channel type": ('channels:\n  chat: {type: dingtlak, url: "${env:HOME}"}\n', ["bellman.yaml:5:", "dingtalk"]),
        "sender": ('channels:\n  mail: {type: email, relay: "smtps://smtp.example.com", from: "a@example.com\\r\\nBcc: x@example.com"}\n', ["bellman.yaml:5:"]),
        "time of day": ('at: "25:00"\n', ["bellman.yaml:4:"]),
        "calendar": ("calendar: MOON\n", ["bellman.yaml:4:"]),
        "store": ("store: mysql://x\n", ["bellman.yaml:4:", "sqlite:"]),
    }
    for name, (text, places) in slips.items():
        box = Box(config(language, text), {"good.yaml": GOOD_RULE})
        for verb in (["check"], ["run", "--once"]):
            done = box.run(*verb)
            case.said(f"configuration {name} ({verb[0]})", done, places)
            case.tally.check("verysecret99" not in done.both, f"{language} {name}: the secret stays unsaid", done.both)
        case.tally.check(not (box.folder / "bellman.db").exists(), f"{language} {name}: no store was made")
        box.remove()


def tables(case, language):
    box = Box(config(language), {"good.yaml": GOOD_RULE})
    box.write("m.csv", "id,name,email\nwang,王芳,wang@example.com\n")
    box.must("import", "m.csv", "--kind", "member")
    files = {
        "encoding": (b"id,title\nT1,\xff\xfe\xc3\x28\x80\n", ["bad.csv"], 0),
        "ragged": ("id,title,due\nT1,a,2030-01-01\nT2,b,2030-01-01,extra,more\n", ["3"], 1),
        "duplicate": ("id,title\nT1,a\nT1,b\n", ["T1", "3"], 1),
        "date": ("id,title,due\nT1,a,2030-02-30\nT2,b,2030-02-28\n", ["2030-02-30", "2"], 1),
        "number": ("id,title,priority\nT1,a,banana\n", ["banana", "priority"], 0),
        "quote": ('id,title\nT1,"a\nT2,b\n', [], 0),
        "empty": ("", ["bad.csv"], 0),
        "wrong columns": ("a,b\n1,2\n", [], None),
    }
    for name, (text, places, kept) in files.items():
        for key in ("T1", "T2"):
            box.run("records", "delete", f"task/{key}")
        box.write("bad.csv", text)
        done = box.run("import", "bad.csv", "--kind", "task")
        if name != "wrong columns":
            case.said("csv " + name, done, places)
        elif case.show:
            print("--- wrong columns", done.returncode, done.both)
        rows = box.json("records", "list", "task")
        if kept is not None:
            case.tally.equal(len(rows), kept, f"{language} csv {name}: rows taken {rows}")
    case.said("csv kind", box.run("import", "m.csv", "--kind", "membr"), ["member"])
    case.said("csv file", box.run("import", "none.csv", "--kind", "task"), ["none.csv"])
    case.said("csv map", box.run("import", "m.csv", "--kind", "task", "--map", "titel=name"), ["title"])
    case.said("record field", box.run("records", "set", "task/T9", "titel=x"), ["title"])
    case.said("record date", box.run("records", "set", "task/T9", "title=x", "due=2030-13-01"), ["2030-13-01"])
    case.tally.equal(box.run("records", "show", "task/T9").returncode, 1, f"{language}: a refused write leaves no record")
    injected(case, box)
    box.remove()


def injected(case, box):
    """A mail address with CR LF is refused at the write, or at the latest before anything is sent."""
    receiver = MailReceiver(box.folder)
    box.env.update(BELLMAN_CA_FILE=str(receiver.authority), SMTP_PASSWORD="pass word")
    box.write("bellman.yaml", config(case.language, f"""channels:
  mail: {{type: email, relay: "smtp://localhost:{receiver.port}", from: "a@example.com", username: bell, password: "${{env:SMTP_PASSWORD}}", allow_private: true}}
"""))
    written = box.run("records", "set", "member/evil", "name=x", "email=a@example.com\r\nBcc: b@example.com")
    if written.returncode != 0:
        case.said("mail address", written, ["email"])
    else:
        box.must("records", "set", "task/E1", "title=x", "assignee=evil")
        box.run("run", "--once")
        dead = [r for r in box.json("deliveries", "list", "--state", "dead") if r["record"] == "task/E1"]
        case.tally.check(len(dead) == 1 and "address" in dead[0]["reason"], f"{case.language}: CR LF dead-lettered", dead)
    case.tally.equal(receiver.mails, [], f"{case.language}: no mail with an injected header left")
    receiver.stop()


def stores(case, language):
    box = Box(config(language), {"good.yaml": GOOD_RULE})
    box.must("run", "--once")
    link = sqlite3.connect(box.folder / "bellman.db")
    version = link.execute("PRAGMA user_version").fetchone()[0]
    link.execute(f"PRAGMA user_version = {version + 1}")
    link.commit()
    link.close()
    before = (box.folder / "bellman.db").read_bytes()
    for verb in (["run", "--once"], ["status"], ["records", "list", "task"], ["run"]):
        case.said(f"newer store ({verb[0]})", box.run(*verb, limit=20), ["bellman.db"])
    case.tally.equal((box.folder / "bellman.db").read_bytes(), before, f"{language}: a newer store is left untouched")
    (box.folder / "bellman.db").write_bytes(b"this is no database at all" * 400)
    case.said("no database", box.run("run", "--once"), ["bellman.db"])
    box.remove()


def second(case, language):
    box = Box(config(language), {"good.yaml": GOOD_RULE})
    daemon = box.start()
    until(lambda: box.run("status").returncode == 0 and (box.folder / "bellman.db").exists(), 10)
    until(lambda: "8420" in box.log() or "127.0.0.1" in box.log(), 5)
    case.said("second daemon", box.run("run", limit=20), ["bellman.db"])
    case.said("run --once beside it", box.run("run", "--once", limit=20), ["bellman.db"])
    case.tally.check(daemon.poll() is None, f"{language}: the first daemon lives on")
    daemon.terminate()
    case.tally.equal(daemon.wait(timeout=15), 0, f"{language}: SIGTERM ends it well")
    box.remove()


def folders(case, language):
    box = Box(config(language))
    shutil.rmtree(box.folder / "rules")
    box.write("rules", "a file")
    case.said("rules is a file", box.run("check"), ["rules"])
    case.said("path", box.run("check", "nowhere"), ["nowhere"])
    box.remove()
    plain = subprocess.run(["setpriv", "--reuid=65534", "--clear-groups", "true"], capture_output=True)
    if os.getuid() != 0 or plain.returncode != 0:
        print(f"{language}: unreadable folder skipped (needs root and setpriv)")
        return
    box = Box(config(language), {"good.yaml": GOOD_RULE})
    box.folder.chmod(0o777)
    (box.folder / "rules").chmod(0o700)
    done = as_nobody(box, BINARY, "check")
    case.said("unreadable folder", done, ["rules"])
    (box.folder / "rules").chmod(0o755)
    box.folder.chmod(0o555)
    case.said("unwritable folder", as_nobody(box, BINARY, "run", "--once"), ["bellman.db"])
    box.folder.chmod(0o755)
    box.remove()


def as_nobody(box, *command):
    done = subprocess.run(["setpriv", "--reuid=65534", "--clear-groups", *command], cwd=box.folder, env=box.env,
                          capture_output=True, timeout=20)
    done.both = (done.stdout + done.stderr).decode()
    return done


def full_disk(case, language):
    box = Box()
    (box.folder / "rules").rmdir()
    trial = subprocess.run(["unshare", "-Urm", "mount", "-t", "tmpfs", "none", str(box.folder)], capture_output=True)
    if trial.returncode != 0:
        print(f"{language}: full disk skipped (no mount namespace here)")
        box.remove()
        return
    rows = "id,title\n" + "".join(f"T{n},{'x' * 400}{n}\n" for n in range(6000))
    script = f"""set -e
mount -t tmpfs -o size=1536k none "{box.folder}"
cd "{box.folder}"; mkdir rules
printf '%s' "$CONFIG" > bellman.yaml
printf '%s' "$RULE" > rules/good.yaml
set +e
"{BINARY}" import /dev/stdin --kind task < "$ROWS" ; echo "code=$?"
"{BINARY}" status >/dev/null; echo "status=$?"
"{BINARY}" records list task --format csv --limit 100000 | wc -l
sqlite3 bellman.db 'PRAGMA integrity_check' 2>/dev/null || true
"""
    with open(f"{box.folder}.csv", "w") as file:
        file.write(rows)
    script = script.replace("import /dev/stdin", f'import "{file.name}"').replace(' < "$ROWS"', "")
    env = dict(box.env, CONFIG=config(language), RULE=GOOD_RULE)
    done = subprocess.run(["unshare", "-Urm", "sh", "-c", script], env=env, capture_output=True, timeout=60)
    done.both = (done.stdout + done.stderr).decode()
    case.tally.check("code=1" in done.both, f"{language} full disk: exit code 1", done.both)
    case.said("full disk", done, [], 0)
    case.tally.check("status=0" in done.both, f"{language} full disk: the store can still be read", done.both)
    os.unlink(file.name)
    box.remove()


if __name__ == "__main__":
    tally = Tally()
    show = "--show" in sys.argv
    wanted = [a for a in sys.argv[1:] if a != "--show"]
    for language in ("zh", "en"):
        case = Case(tally, language, show)
        for part in (rules, configurations, tables, stores, second, folders, full_disk):
            if not wanted or part.__name__ in wanted:
                part(case, language)
    tally.end()
