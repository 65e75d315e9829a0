"""Show 5: an approval told end to end: a real mail server, the mail's link in a real browser, and a scanner before it."""
import html, json, re, shutil, sys, time, urllib.error, urllib.parse, urllib.request
from browser import CHROMIUM, Browser, Page
from kit import Box, MailReceiver, Tally, free_port, until

CONFIG = """timezone: Asia/Shanghai
language: {language}
listen: 127.0.0.1:{port}
public_url: http://127.0.0.1:{port}
channels:
  mail: {{type: email, relay: "smtp://localhost:{mail}", from: "更夫 <bell@example.com>", username: bell, password: "${{env:SMTP_PASSWORD}}", allow_private: true}}
"""
RULE = """id: pay
title: 合同付款
when: {changes: contract.status, to: 待审批}
if: contract.status == "待审批"
then:
  - approve:
      by: [contract.owner, contract.owner.manager]
      text: "是否向 {{ contract.vendor }} 付款 {{ contract.amount }}？"
      then:
        approve:
          - set: {status: 已批准}
          - notify: {via: mail, to: contract.owner, title: "已批准 {{ contract.name }}：{{ approval.comment }}"}
        reject:
          - set: {status: 已驳回}
          - notify: {via: mail, to: contract.owner, title: "已驳回 {{ contract.name }}：{{ approval.comment }}"}
"""
LINK = re.compile(r"http://127\.0\.0\.1:\d+/act/[A-Za-z0-9_.-]+")


class Stage:
    def __init__(self, language):
        self.port = free_port()
        self.box = Box(rules={"pay.yaml": RULE})
        self.mail = MailReceiver(self.box.folder)
        self.box.env.update(SMTP_PASSWORD="pass word", BELLMAN_CA_FILE=str(self.mail.authority))
        self.box.write("bellman.yaml", CONFIG.format(language=language, port=self.port, mail=self.mail.port))
        for member in [("wang", "王芳", "li"), ("li", "李雷", ""), ("zhao", "赵敏", "")]:
            fields = [f"name={member[1]}", f"email={member[0]}@example.com"] + ([f"manager={member[2]}"] if member[2] else [])
            self.box.must("records", "set", f"member/{member[0]}", *fields)
        self.daemon = self.box.start()
        if until(lambda: self.fetch("GET", f"http://127.0.0.1:{self.port}/readyz")[0] == 200, 60) is None:
            raise SystemExit("the daemon did not start:\n" + self.box.log())

    def fetch(self, method, url, form=None, headers=None):
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, dict(answer.headers), answer.read().decode()
        except OSError:
            return 0, {}, ""

    def ask(self, contract):
        """A contract that goes for approval, and its first mail."""
        seen = len(self.mail.mails)
        self.box.must("records", "set", f"contract/{contract}", f"name=云主机{contract}", "vendor=甲方<b>", "amount=60000",
                      "owner=wang", "status=草稿")
        time.sleep(0.3)
        self.box.must("records", "set", f"contract/{contract}", "status=待审批")
        return self.next(seen, "wang")

    def next(self, seen, person):
        def found():
            return [m for m in list(self.mail.mails)[seen:] if m[0] == [f"{person}@example.com"]]
        if until(lambda: found(), 20) is None:
            raise SystemExit(f"no mail for {person}:\n" + self.box.log())
        return found()[0][1]

    def text(self, mail):
        return mail.get_body(("plain",)).get_content()

    def links(self, mail):
        """Label and address, as they stand in the HTML that a person sees."""
        body = mail.get_body(("html",)).get_content()
        pairs = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', body)
        return {label: html.unescape(url) for url, label in pairs if "/act/" in url}

    def status(self, contract):
        return self.box.json("records", "show", f"contract/{contract}").get("status")

    def open(self):
        return self.box.json("approve")

    def end(self):
        self.daemon.terminate()
        self.daemon.wait(timeout=30)
        self.mail.stop()
        self.box.remove()


def scan(stage, tally, mail):
    """What a mail scanner does: every address of the mail, several ways, before its reader sees it."""
    body = mail.get_body(("html",)).get_content() + stage.text(mail)
    urls = set(html.unescape(u) for u in LINK.findall(body))
    tally.check(len(urls) == 2, "the mail has two links", sorted(urls))
    for url in urls:
        for method in ["GET", "HEAD", "GET", "OPTIONS"]:
            for agent in ["Mozilla/5.0", "scanner"]:
                status, headers, text = stage.fetch(method, url, headers={"User-Agent": agent, "Accept": "text/html"})
                if method == "OPTIONS":
                    tally.check(status in (401, 405), "OPTIONS is no way", status)
                    continue
                tally.equal(status, 200, f"{method} shows the page")
                head = {k.lower(): v for k, v in headers.items()}
                tally.equal(head.get("referrer-policy"), "no-referrer", "no referrer")
                tally.equal(head.get("cache-control"), "no-store", "not kept")
                tally.check("noindex" in head.get("x-robots-tag", ""), "not indexed")
    time.sleep(1)
    tally.equal(len(stage.open()), 1, "after the scanner the question is open")


def press(tally, browser, url, comment, button, sizes):
    """As a person would: open, read, type, press."""
    page = Page(browser)
    page.languages("zh-CN,zh;q=0.9")
    for width in sizes:
        page.look(width)
        page.open(url)
        wide = page.value("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        tally.check(not wide, f"nothing is cut at {width}")
    tally.equal(page.value("document.querySelectorAll('main button').length"), 1, "one button")
    tally.equal(page.value("document.querySelector('main button').innerText"), button, "the button says what it does")
    page.value(f"document.querySelector('textarea').value = {json.dumps(comment)}")
    page.value("document.querySelector('main button').click()")
    tally.check(page.until("document.querySelector('[role=status]') !== null"), "the page says that it is done")
    tally.equal(page.troubles(), [], "the browser has no complaint")
    page.close()


def consent(stage, tally, browser):
    mail = stage.ask("C1")
    text = stage.text(mail)
    for wanted in ["60,000", "甲方", "contract/C1", "bellman approve A-", "规则「合同付款」", "第 1 位，共 2 位"]:
        tally.check(wanted in text, f"the mail says {wanted}", text)
    tally.check("云主机C1" in mail["subject"] and "60,000" in mail["subject"], "the subject names it", mail["subject"])
    scan(stage, tally, mail)
    seen = len(stage.mail.mails)
    links = stage.links(mail)
    tally.equal(sorted(links), ["同意", "驳回"], "labels of the links")
    first = stage.open()[0]
    press(tally, browser, links["同意"], "在预算内 <i>", "同意", [1280, 320])
    record = stage.box.json("records", "show", f"approval/{first['id']}")
    tally.equal((record["decision"], record["decided_by"], record["comment"]), ("approve", "wang", "在预算内 <i>"), "the record")
    second = stage.next(seen, "li")
    tally.check("王芳" in stage.text(second) and "在预算内" in stage.text(second), "the next one hears of the consent", stage.text(second))
    tally.equal(stage.status("C1"), "待审批", "one consent is not enough")
    replay(stage, tally, links)
    seen = len(stage.mail.mails)
    press(tally, browser, stage.links(second)["同意"], "好", "同意", [1280])
    tally.check(until(lambda: stage.status("C1") == "已批准", 10), "the branch set the record")
    tally.equal(stage.next(seen, "wang")["subject"], "已批准 云主机C1：好", "the branch's notice")
    tally.equal(stage.open(), [], "nothing is open")


def replay(stage, tally, links):
    """A used link, the other choice of it, and links that were tampered with."""
    for label in ["同意", "驳回"]:
        status, _, text = stage.fetch("POST", links[label], form={"comment": "again"})
        tally.equal(status, 409, f"{label} a second time")
        tally.check("王芳" in text and "同意" in text and "again" not in text, "says who decided what", text)
    good = links["同意"]
    half = good.index(".", good.index("/act/"))
    for url in [good[:-1], good[:half], good[:-1] + ("A" if good[-1] != "A" else "B"), good[:half - 1] + "x" + good[half:]]:
        status, _, text = stage.fetch("POST", url, form={"comment": ""})
        tally.equal(status, 403, "a changed link")
        tally.check("bellman approve" in text, "says what to do instead")


def reject(stage, tally, browser):
    mail = stage.ask("C2")
    seen = len(stage.mail.mails)
    press(tally, browser, stage.links(mail)["驳回"], "太贵", "驳回", [375])
    tally.check(until(lambda: stage.status("C2") == "已驳回", 10), "the reject branch ran")
    tally.equal(stage.next(seen, "wang")["subject"], "已驳回 云主机C2：太贵", "its notice")


def command(stage, tally):
    """Without any link."""
    stage.ask("C3")
    id = stage.open()[0]["id"]
    for arguments, words in [(["--by", "zhao"], "wang"), (["--choice", "也许"], "approve、reject"), (["--by", "nobody"], "nobody"),
                             (["--reject", "--choice", "approve"], "--choice")]:
        done = stage.box.run("approve", id, *arguments)
        tally.check(done.returncode in (1, 2) and words in done.both, f"approve {arguments}", done.both)
    tally.check(stage.box.run("approve", "A-NONE").returncode == 1, "an unknown id")
    done = stage.box.must("approve", id.lower(), "--by", "王芳", "--comment", "命令")
    tally.check("wang" in done.out, "the command says who", done.out)
    done = stage.box.run("approve", id, "--reject")
    tally.check(done.returncode == 1 and "wang" in done.both, "a second time", done.both)
    tally.check(until(lambda: [q["approver"] for q in stage.open()] == ["li"], 10), "the next one is asked", stage.open())
    id = stage.open()[0]["id"]
    stage.box.must("records", "set", f"approval/{id}", "decision=reject", "comment=直接改")
    tally.check(until(lambda: stage.status("C3") == "已驳回", 10), "a plain edit decides too")


def taken_back(stage, tally):
    mail = stage.ask("C4")
    stage.box.must("records", "set", "contract/C4", "status=作废")
    tally.check(until(lambda: stage.open() == [], 10), "the condition ended: nothing is open")
    for label, url in stage.links(mail).items():
        status, _, text = stage.fetch("POST", url, form={"comment": ""})
        tally.equal(status, 410, f"{label} of a question that was taken back")
    tally.equal(stage.status("C4"), "作废", "no branch ran")


def lost_key(stage, tally):
    mail = stage.ask("C5")
    key = stage.box.folder / "bellman.db.key"
    tally.equal(oct(key.stat().st_mode & 0o777), "0o600", "the key is for its owner")
    key.unlink()
    stage.daemon.terminate()
    stage.daemon.wait(timeout=30)
    stage.daemon = stage.box.start()
    until(lambda: stage.fetch("GET", f"http://127.0.0.1:{stage.port}/readyz")[0] == 200, 60)
    tally.equal(stage.fetch("GET", list(stage.links(mail).values())[0])[0], 403, "an old link after the key was lost")
    told = stage.box.json("deliveries", "list")
    tally.check("链接密钥" in json.dumps(told, ensure_ascii=False), "the admin channel hears of it", told)
    stage.box.must("approve", stage.open()[0]["id"], "--reject", "--by", "wang")
    tally.check(until(lambda: stage.status("C5") == "已驳回", 10), "the command still decides")
    log = stage.box.log()
    tally.check(not LINK.search(log), "no link stands in the log")


def main():
    if not shutil.which(CHROMIUM):
        print("Chromium not found")
        return
    tally, stage = Tally(), Stage("zh")
    browser = Browser()
    try:
        consent(stage, tally, browser)
        reject(stage, tally, browser)
        command(stage, tally)
        taken_back(stage, tally)
        lost_key(stage, tally)
    finally:
        browser.close()
        stage.end()
    tally.end()


if __name__ == "__main__":
    main()
