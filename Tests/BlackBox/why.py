"""`bellman why` and `GET /v1/why`: what rang, what did not and what never could, with the receiver's words; both languages,
beside a running daemon, without making a store; and the completions that name rules, kinds and channels."""
import json, shutil, subprocess, urllib.error, urllib.parse

from kit import BINARY, Box, HTTPReceiver, Tally, free_port, get, read_store, until

RULE = """- id: started
  title: Started
  when: {changes: task.status, to: doing}
  if: task.assignee.name == "Wang" && task.priority <= 2
  then:
    - notify: {via: erp, title: "{{ task.title }}"}
- id: due-soon
  when: {before: task.due, by: [7 days, 3 days]}
  unless: task.status == "done" || task.milestone
  then:
    - notify: {via: erp}
- id: off
  enabled: false
  when: {created: task}
  then:
    - notify: {via: erp}
"""


def config(port, receiver, language):
    return f"""timezone: Asia/Shanghai
language: {language}
listen: 127.0.0.1:{port}
channels:
  erp: {{type: webhook, url: "http://127.0.0.1:{receiver.port}/hook", allow_private: true, limit: 6000 per minute}}
"""


def ask(port, **query):
    url = f"http://127.0.0.1:{port}/v1/why?" + urllib.parse.urlencode(query)
    try:
        status, text = get(url)
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read().decode()
    return status, json.loads(text)


def told(tally, language):
    def pick(english, chinese):
        return chinese if language == "zh" else english
    receiver = HTTPReceiver(lambda path, headers, body: (200, '{"said": "thank you"}'))
    port = free_port()
    box = Box(config(port, receiver, language), {"rules.yaml": RULE})
    done = box.run("why", "started", "task/T1")
    tally.equal((done.returncode, (box.folder / "bellman.db").exists()), (1, False), "asking makes no store")
    daemon = box.start()
    tally.check(until(lambda: ask_ready(port), 15) is not None, "the daemon answers", box.log())
    box.must("records", "set", "member/wang", "name=Wang")
    box.must("records", "set", "task/T1", "title=One", "status=todo", "assignee=wang", "priority=1", "due=2199-01-01")
    box.must("records", "set", "task/T2", "title=Two", "status=todo", "assignee=wang", "priority=4")
    box.must("records", "set", "task/T1", "status=doing")
    box.must("records", "set", "task/T2", "status=doing")
    tally.check(until(lambda: len(receiver.posts) == 1, 15) is not None, "one of them rings", len(receiver.posts))
    until(lambda: read_store(box.folder / "bellman.db", "SELECT count(*) FROM outbox WHERE state = 'sent'")[0][0] == 1)
    # Both changes are decided: one rang, the other did not.
    until(lambda: read_store(box.folder / "bellman.db", "SELECT count(*) FROM ledger")[0][0] == 2)
    before = read_store(box.folder / "bellman.db", "SELECT count(*) FROM ledger")

    out = box.must("why", "started", "T1").out
    for part in ["✓ task.assignee.name == \"Wang\"", "task.priority = 1", "thank you",
                 pick("computed anew from the journal: the same", "按日志重新计算：结果相同")]:
        tally.check(part in out, f"{language}: what rang tells {part}", out)
    out = box.must("why", "started", "Two").out
    for part in ["✗ task.priority <= 2", "task.priority = 4", pick("task.priority would have to be at most 2", "task.priority 要不大于 2")]:
        tally.check(part in out, f"{language}: what did not ring tells {part}", out)
    out = box.must("why", "due-soon", "task/T1").out
    tally.check(pick("will ring if nothing changes", "若无变化将会响") in out, "what is to come", out)
    out = box.must("why", "due-soon", "task/T2").out
    tally.check(pick("due is empty", "due 没有填写") in out, "what never could ring", out)
    out = box.must("why", "off", "task/T2").out
    tally.check(pick("switched off", "已停用") in out, "a rule that is switched off", out)

    for arguments, code, words in [
            (["startd", "T1"], 1, "started"), (["started", "T11"], 1, "task/T1"), (["started"], 2, "task"),
            (["started", "T1", "--at", "soon"], 2, "soon"), (["started", "T1", "--at", "2001-01-01"], 0, "2001-01-01")]:
        done = box.run("why", *arguments)
        tally.check(done.returncode == code and words in done.both, f"why {arguments} ends with {code}", done.both)

    found = box.json("why", "started", "task/T1")
    tally.equal(found["decisions"][0]["outcome"], "fired", "JSON names the outcome")
    tally.equal(found["decisions"][0]["agreement"], "agrees", "and that it comes out the same")
    tally.equal(found["decisions"][0]["notices"][0]["attempts"][0]["verdict"], "delivered", "and the try")
    status, answer = ask(port, rule="started", record="task/T1")
    tally.equal((status, answer["decisions"][0]["firing"]), (200, found["decisions"][0]["firing"]), "the API says the same")
    tally.equal(ask(port, rule="startd", record="task/T1")[0], 404, "no such rule")
    tally.equal(ask(port, rule="started", record="task/T11")[0], 404, "no such record")
    tally.equal(ask(port, rule="started")[0], 400, "the record is wanted")
    tally.equal(ask(port, rule="started", record="T1", at="soon")[0], 400, "no time")
    after = read_store(box.folder / "bellman.db", "SELECT count(*) FROM ledger")
    tally.equal(after, before, "asking decides nothing")
    daemon.terminate()
    tally.equal(daemon.wait(timeout=20), 0, "SIGTERM ends the daemon well")
    receiver.stop()
    completions(tally, box)
    box.remove()


def ask_ready(port):
    try:
        return ask(port, rule="started", record="nobody")[0] == 404
    except OSError:
        return False


CHECK = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}
TRY = """source ./complete.bash
COMP_WORDS=(bellman "$@"); COMP_CWORD=$#; COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
_bellman bellman "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completions(tally, box):
    for shell, check in CHECK.items():
        script = box.must("completions", shell).out
        path = box.write(f"complete.{shell}", script)
        tally.check("why" in script, f"{shell} knows the verbs")
        if shutil.which(check[0]):
            done = subprocess.run([*check, path], capture_output=True)
            tally.check(done.returncode == 0, f"{shell} accepts the script", done.stderr)
    tally.equal(box.run("completions", "tcsh").returncode, 2, "another shell is none")
    box.write("try.bash", TRY)
    folder = box.folder / "bin"
    folder.mkdir(exist_ok=True)
    (folder / "bellman").unlink(missing_ok=True)
    (folder / "bellman").symlink_to(BINARY)
    env = box.env | {"PATH": f"{folder}:{box.env['PATH']}"}
    for words, wanted in [
            (["why", ""], {"due-soon", "off", "started"}), (["why", "st"], {"started"}), (["ack", "du"], {"due-soon"}),
            (["records", "list", "ta"], {"task"}), (["deliveries", "list", "--channel", ""], {"erp", "inbox"}),
            (["silence", "add", "--rule", "o"], {"off"})]:
        done = subprocess.run(["bash", "try.bash", *words], cwd=box.folder, env=env, capture_output=True, timeout=60)
        tally.equal(set(done.stdout.decode().split()), wanted, f"Tab after {words}")


def main():
    tally = Tally()
    for language in ("en", "zh"):
        told(tally, language)
    tally.end()


if __name__ == "__main__":
    main()
