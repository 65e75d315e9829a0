"""Show 7: the dashboard in a browser. `dashboard.py [folder for the pictures]`"""
import csv, io, json, re, socket, sys, time, urllib.error, urllib.parse, urllib.request
from pathlib import Path
from browser import Browser, Page
from kit import Box, HTTPReceiver, Tally, free_port, until

AUDIT = (Path(__file__).parent / "audit.js").read_text()
WIDTHS = [("wide", 1280), ("phone", 375), ("small", 320)]
LANGUAGES = [("zh", "zh-CN,zh;q=0.9"), ("en", "en-GB,en;q=0.8")]
HOSTILE = [
    "<script>window.pwned=1</script>", "\"><img src=x onerror=window.pwned=1>", "a'-window.pwned-'`",
    "</title></main><h1>x</h1>", "<a href=\"javascript:window.pwned=1\">go</a>", "**b** [a](javascript:window.pwned=1)",
    "\u202egnp.exe\u2066 x", "{{7*7}}${7*7}", "<svg/onload=window.pwned=1>", "x" * 300, "&lt;i&gt;&amp;#60;b>",
]
RULE = """id: hostile-new
title: '新任务 <img src=x onerror=window.pwned=1> "& {title}'
tags: [入职, "<b>tag"]
when: {{created: task}}
then:
  - notify: {{via: [inbox, erp, legal], title: "新：{{{{ task.title }}}}", text: "负责人 {{{{ task.assignee.name }}}} 说 **{{{{ task.note }}}}**", to: task.assignee}}
"""


def table(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Stage:
    """The demo's data, hostile records, a rule that is broken, and a channel that refuses."""

    def __init__(self):
        self.receiver = HTTPReceiver(
            lambda path, headers, body: (410, "gone <b>for good</b>") if path == "/gone" else (422, "no <b>such</b> person"))
        self.port = free_port()
        self.box = Box()
        self.box.must("demo", "--folder", "demo", "--no-serve", "--language", "zh")
        self.box.folder = self.box.folder / "demo"
        self.box.write("bellman.yaml", f"""timezone: Asia/Shanghai
language: zh
listen: 127.0.0.1:{self.port}
channels:
  erp: {{type: webhook, url: "http://127.0.0.1:{self.receiver.port}/hook", allow_private: true}}
  legal: {{type: webhook, url: "http://127.0.0.1:{self.receiver.port}/gone", allow_private: true}}
  mail: {{type: webhook, url: "http://127.0.0.1:1/hook", allow_private: true}}
""")
        self.box.write("rules/hostile.yaml", RULE.format(title="\u202e"))
        self.box.write("rules/broken.yaml", "id: broken-one\ntitle: 坏的\nwhen: {created: taks}\nthen: [{notify: {via: inbox}}]\n")
        members = [{"id": f"m{n}", "name": text, "email": f"m{n}@example.com", "department": text, "active": "true"}
                   for n, text in enumerate(HOSTILE)]
        contracts = [{"id": f"K-{n}", "name": text, "vendor": text, "status": text, "owner": f"m{n}", "amount": "1234567.5",
                      "last_amount": "1000000", "currency": "<b>" if n == 1 else "EUR", "expires_on": time.strftime("%Y-%m-%d"),
                      "usage": "31%", "auto_renew": "true", "notice_period": "30 days"} for n, text in enumerate(HOSTILE)]
        for kind, rows in [("member", members), ("contract", contracts)]:
            self.box.write(f"h-{kind}.csv", table(rows))
            self.box.must("import", f"h-{kind}.csv", "--kind", kind)
        self.base = f"http://127.0.0.1:{self.port}"
        self.daemon = self.box.start()
        if until(lambda: self.status("/readyz") == 200, 30) is None:
            raise SystemExit("the daemon did not start:\n" + self.box.log())
        self.tasks([{"id": f"H-{n}", "title": text, "note": text, "assignee": f"m{n}", "due": "2020-01-01"}
                    for n, text in enumerate(HOSTILE)])

    def tasks(self, rows):
        self.box.write("h-task.csv", table(rows))
        self.box.must("import", "h-task.csv", "--kind", "task")

    def status(self, path, **more):
        return self.ask(path, **more)[0]

    def ask(self, path, headers=None, form=None, follow=False):
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(self.base + path, data=body, headers=headers or {})
        handlers = [] if follow else [Stay()]
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, dict(answer.headers), answer.read().decode()
        except OSError:
            return 0, {}, ""

    def deliveries(self, query=""):
        return json.loads(self.ask("/v1/deliveries?" + query)[2])["deliveries"]

    def end(self):
        self.daemon.terminate()
        self.daemon.wait(timeout=30)
        self.receiver.stop()
        self.box.folder = self.box.folder.parent
        self.box.remove()


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def pages(stage):
    dead = stage.deliveries("state=dead")
    sent = stage.deliveries("state=sent")
    return {
        "overview": "/", "inbox": "/inbox", "coming": "/coming", "rules": "/rules", "rule": "/rules/hostile-new",
        "broken": "/rules/" + urllib.parse.quote("broken.yaml", safe=""), "deliveries": "/deliveries",
        "dead": "/deliveries?state=dead", "empty": "/deliveries?state=held",
        "delivery": "/deliveries/" + (dead or sent)[0]["id"], "renewals": "/renewals", "people": "/people",
        "channels": "/channels", "why": "/why?rule=hostile-new&record=task%2FH-0", "why-ask": "/why", "whatif": "/whatif",
        "why-unknown": "/why?rule=contract-renewal&record=" + urllib.parse.quote("<img src=x onerror=window.pwned=1>"), "login": "/login?next=%2Frules", "missing": "/rules/none",
    }


def look(stage, tally, browser, folder):
    """Every page in every language, width and scheme."""
    for language, wanted in LANGUAGES:
        page = Page(browser)
        page.languages(wanted)
        for name, path in pages(stage).items():
            for size, width in WIDTHS:
                for scheme in ["light", "dark"]:
                    page.look(width, 900, scheme)
                    page.open(stage.base + path)
                    where = f"{name} {language} {size} {scheme}"
                    if folder:
                        page.picture(folder / f"{name}-{language}-{size}-{scheme}.png")
                    troubles = [t for t in page.troubles() if not (name == "missing" and "404" in t)]
                    tally.equal(troubles, [], f"{where}: console")
                    tally.equal(page.value(AUDIT), [], f"{where}: audit")
                    tally.equal(page.value("document.documentElement.lang"), {"zh": "zh-CN", "en": "en"}[language], where)
                    tally.check(not page.value("window.pwned"), f"{where}: injected code ran")
                    tally.equal(page.value("[...document.links].filter(l => !/^https?:$/.test(l.protocol)).length"), 0, where)
        page.close()


def what_if(stage, tally, browser, folder):
    """Pasted rules are checked and compared, by keyboard alone, and nothing is saved."""
    ids = lambda: [rule["id"] for rule in json.loads(stage.ask("/v1/rules")[2])["rules"]]
    before = ids()
    for language, wanted in LANGUAGES:
        page = Page(browser)
        page.languages(wanted)
        for size, width in WIDTHS:
            for name, text, found in [
                ("plan", "- id: pasted\n  when: {before: contract.expires_on, by: 0 days}\n  then: [{notify: {via: inbox}}]\n", "pasted"),
                ("wrong", "- id: pasted\n  when: {befor: task.due}\n  then: [{notify: {via: '<b>'}}]\n", "befor"),
            ]:
                page.look(width, 900, "light")
                page.open(stage.base + "/whatif")
                page.value(f"document.getElementById('rules').value = {json.dumps(text)}; document.getElementById('rules').focus()")
                page.press("Tab", 9)
                page.press("Enter", 13, "\r")
                came = page.until(f"document.querySelector('[role=status]')?.textContent.includes({json.dumps(found)})", 60)
                where = f"what if {name} {language} {size}"
                tally.check(came is not None, f"{where}: answered", page.value("document.body.textContent")[-300:])
                tally.equal(page.value("document.getElementById('rules').value"), text, f"{where}: the text stays")
                tally.equal(page.value(AUDIT), [], f"{where}: audit")
                if folder:
                    page.picture(folder / f"whatif-{name}-{language}-{size}-light.png")
        page.close()
    tally.equal(ids(), before, "nothing is saved")


def keyboard(stage, tally, browser):
    """Everything that can be pressed shows that it has the focus."""
    page = Page(browser)
    page.open(stage.base + "/")
    seen = set()
    for _ in range(40):
        page.press("Tab", 9)
        state = page.value("""(() => { const e = document.activeElement; if (!e || e === document.body) return null;
            const s = getComputedStyle(e), b = e.getBoundingClientRect();
            return [e.outerHTML.slice(0, 90), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, b.width > 0] })()""")
        if state is None or state[0] in seen:
            break
        seen.add(state[0])
        tally.check(state[1] and state[2], "focus is visible", state)
    tally.check(len(seen) > 12, "the keyboard reaches the links", len(seen))
    page.close()


def text_stays_text(stage, tally, browser):
    """Each hostile text is on its page, letter by letter."""
    page = Page(browser, 1280)
    for path in ["/inbox", "/people", "/renewals", "/deliveries"]:
        page.open(stage.base + path)
        text = page.value("document.body.textContent")
        while onward := page.value("document.querySelector('a[rel=next]')?.href"):
            page.open(onward)
            text += page.value("document.body.textContent")
        for hostile in HOSTILE:
            # Marks that turn the reading order are shown as a sign of their own.
            shown = re.sub("[\u202a-\u202e\u2066-\u2069]", "\ufffd", hostile)
            tally.check(shown in text, f"{path} shows {hostile[:30]}")
        tally.equal(page.value("document.querySelectorAll('main img, main script, main b img, main svg[onload]').length"), 0, path)
    page.close()


def live(stage, tally, browser):
    """An open page shows a new notice by itself, keeping focus and place."""
    page = Page(browser, 375, 600)
    page.open(stage.base + "/inbox")
    tally.check(page.until("document.documentElement.dataset.state === 'live'"), "the page listens")
    page.value("""(() => { const a = document.querySelectorAll('main h3 a')[3]; a.focus(); a.scrollIntoView();
        window.__kept = a.textContent; window.__place = scrollY; window.__page = document; })()""")
    stage.tasks([{"id": "LIVE-1", "title": "刚刚导入的任务", "note": "n", "assignee": "m0", "due": ""}])
    took = page.until("document.body.textContent.includes('刚刚导入的任务')")
    tally.check(took is not None and took < 5, "an import shows on the open page", took)
    tally.check(page.value("window.__page === document"), "without loading the page anew")
    tally.equal(page.value("document.activeElement.textContent === window.__kept"), True, "focus stays")
    tally.check(page.value("Math.abs(scrollY - window.__place) < 400"), "the place stays")
    page.close()
    print(f"an import was on the open page after {took:.2f} s" if took else "no live update", flush=True)


def listen(stage, headers=None):
    """A stream of events, and its first bytes."""
    line = socket.create_connection(("127.0.0.1", stage.port), timeout=10)
    more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    line.sendall(f"GET /v1/events HTTP/1.1\r\nHost: localhost:{stage.port}\r\n{more}\r\n".encode())
    text = b""
    while b"retry:" not in text and b" 503 " not in text:
        text += line.recv(65536)
    return line, text.decode()


def events(stage, tally):
    """The stream of events as a program sees it."""
    line, text = listen(stage)
    tally.check("text/event-stream" in text, "the type of the stream", text)
    stage.tasks([{"id": "LIVE-2", "title": "zwei", "note": "n", "assignee": "m0", "due": ""}])
    while "event: firing" not in text:
        text += line.recv(65536).decode()
    last = re.findall(r"^id: (\S+)$", text, re.M)[-1]
    tally.check(all(json.loads(data) for data in re.findall(r"^data: (.*)$", text, re.M)), "data is JSON", text)
    line.close()
    for known, resync in [(last, False), ("other-1", True)]:
        line, text = listen(stage, {"Last-Event-ID": known})
        stage.tasks([{"id": f"LIVE-{known}", "title": "drei", "note": "n", "assignee": "m0", "due": ""}])
        while "event: tick" not in text:
            text += line.recv(65536).decode()
        tally.equal("event: resync" in text, resync, f"resync after Last-Event-ID {known}")
        line.close()
    for _ in range(3):
        lines = [listen(stage) for _ in range(64)]
        tally.check(any(" 503 " in listen(stage)[1] for _ in range(3)), "listeners are bounded")
        for line, _ in lines:
            line.close()
        took = until(lambda: (taken := listen(stage))[0].close() is None and " 200 " in taken[1], 5)
        tally.check(took is not None, "who leaves makes room at once")


def without_script(stage, tally, browser):
    page = Page(browser, 375)
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.open(stage.base + "/inbox")
    text = page.call("Runtime.evaluate", expression="document.querySelectorAll('.card').length", returnByValue=True)
    tally.check(text["result"].get("value", 0) > 3, "notices are there without JavaScript", text)
    page.close()


def access(stage, tally, browser):
    """Signing in with a token, sending again, signing out, and what is refused."""
    dead = stage.deliveries("state=dead")
    tally.check(dead, "the refusing receiver made dead letters")
    path = "/deliveries/" + dead[0]["id"]
    page = Page(browser, 375)
    page.open(stage.base + path)
    tally.check(page.value("document.body.textContent.includes('bellman token create')"), "without tokens the page says how")
    tokens = {role: stage.box.must("token", "create", "--role", role).out.strip() for role in ["manager", "guest"]}
    tally.equal(stage.status("/"), 401, "a program without a token")
    code, headers, _ = stage.ask(path, {"Accept": "text/html"})
    tally.equal((code, headers.get("Location")), (303, "/login?next=" + urllib.parse.quote(path, safe="")), "a browser")
    sign_in(page, stage, path, "wrong-token")
    tally.check(page.value("!!document.querySelector('[role=alert]')"), "a wrong token is told")
    tally.equal(page.value(AUDIT), [], "login with an error: audit")
    sign_in(page, stage, path, tokens["guest"])
    tally.equal(page.value("location.pathname"), path, "back to where one wanted to go")
    tally.check(page.value("!document.querySelector('main form')"), "a guest has no button")
    page.value("document.querySelector('.who button').click()")
    page.settle()
    tally.check(page.until("location.pathname === '/login'"), "signed out")
    sign_in(page, stage, path, tokens["manager"])
    cookies = page.call("Network.getCookies", urls=[stage.base])["cookies"]
    session = next(c for c in cookies if c["name"] == "bellman_session")
    tally.check(session["httpOnly"] and session["sameSite"] == "Strict" and session["path"] == "/", "the cookie", session)
    forged(stage, tally, path, session["value"], page.value("document.querySelector('main form input').value"))
    page.value("document.querySelector('main form[action$=\"/resend\"] button').click()")
    tally.check(page.until("location.search === '?resent=1'"), "sent again from the page")
    tally.check(page.value("!!document.querySelector('.done')"), "and told so")
    stage.box.must("token", "remove", "manager")
    tally.equal(stage.status("/", headers={"Cookie": "bellman_session=" + session["value"]}), 401, "the session ends with its token")
    page.close()


def sign_in(page, stage, path, token):
    page.open(stage.base + "/login?next=" + urllib.parse.quote(path, safe=""))
    page.value(f"document.querySelector('#token').value = {json.dumps(token)}; document.querySelector('.door button').click()")
    time.sleep(0.3)
    page.settle()


def forged(stage, tally, path, session, token):
    """The same form from elsewhere."""
    cookie = {"Cookie": "bellman_session=" + session}
    ours = {"Origin": stage.base, "Sec-Fetch-Site": "same-origin"}
    for name, headers, form in [
        ("no origin", {}, {"form": token}), ("foreign origin", {"Origin": "https://evil.example"}, {"form": token}),
        ("null origin", {"Origin": "null"}, {"form": token}),
        ("cross-site", {"Origin": stage.base, "Sec-Fetch-Site": "cross-site"}, {"form": token}),
        ("same-site", {"Origin": stage.base, "Sec-Fetch-Site": "same-site"}, {"form": token}),
        ("no form token", ours, {}), ("wrong form token", ours, {"form": "0" * 64}),
    ]:
        code = stage.status(path + "/resend", headers={**cookie, **headers}, form=form)
        tally.equal(code, 403, f"resend with {name}")
    code = stage.status("/v1/deliveries/" + path.split("/")[-1] + "/resend", headers={**cookie, **ours}, form={"form": token})
    tally.equal(code, 401, "the API takes no cookie for a write")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    tally, stage, browser = Tally(), Stage(), Browser()
    try:
        until(lambda: len(stage.deliveries("state=dead")) > 0, 15)
        look(stage, tally, browser, folder)
        what_if(stage, tally, browser, folder)
        keyboard(stage, tally, browser)
        text_stays_text(stage, tally, browser)
        live(stage, tally, browser)
        events(stage, tally)
        without_script(stage, tally, browser)
        access(stage, tally, browser)
    finally:
        browser.close()
        stage.end()
    tally.end()


main()
