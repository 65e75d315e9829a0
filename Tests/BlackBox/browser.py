"""A headless Chromium driven over the DevTools protocol, with nothing but the standard library."""
import base64, json, os, shutil, socket, struct, subprocess, tempfile, time
from pathlib import Path

CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")


class WebSocket:
    """A client of RFC 6455, as much of it as the DevTools protocol uses."""

    def __init__(self, host, port, path):
        self.socket = socket.create_connection((host, port), timeout=30)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(65536)
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise SystemExit(f"no websocket: {head!r}")

    def send(self, text):
        data, mask = text.encode(), os.urandom(4)
        size = len(data)
        head = b"\x81" + (bytes([0x80 | size]) if size < 126 else
                          b"\xfe" + struct.pack(">H", size) if size < 65536 else b"\xff" + struct.pack(">Q", size))
        long_mask = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(data, "big") ^ int.from_bytes(long_mask, "big")).to_bytes(size, "big")
        self.socket.sendall(head + mask + masked)

    def take(self, count):
        while len(self.buffer) < count:
            more = self.socket.recv(1 << 20)
            if not more:
                raise EOFError("the browser hung up")
            self.buffer += more
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self, limit):
        """One message, or None when nothing comes in time."""
        self.socket.settimeout(limit)
        message = b""
        try:
            while True:
                first, second = self.take(2)
                size = second & 0x7F
                if size == 126:
                    size = struct.unpack(">H", self.take(2))[0]
                elif size == 127:
                    size = struct.unpack(">Q", self.take(8))[0]
                self.socket.settimeout(30)
                message += self.take(size)
                if first & 0x80:
                    return message.decode()
        except TimeoutError:
            return None


class Browser:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="bellman-browser-"))
        self.process = subprocess.Popen(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
             "--remote-debugging-port=0", f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        place = self.folder / "DevToolsActivePort"
        end = time.monotonic() + 60
        while not (place.exists() and place.read_text().count("\n")):
            if time.monotonic() > end:
                raise SystemExit("Chromium did not start")
            time.sleep(0.05)
        port, path = place.read_text().split("\n")[:2]
        self.line = WebSocket("127.0.0.1", int(port), path)
        self.serial, self.events = 0, []

    def call(self, method, session=None, **parameters):
        self.serial += 1
        wanted = self.serial
        message = {"id": wanted, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.line.send(json.dumps(message))
        while True:
            text = self.line.receive(60)
            if text is None:
                raise SystemExit(f"{method}: no answer")
            answer = json.loads(text)
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def drain(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            text = self.line.receive(max(left, 0.01))
            if text is not None:
                self.events.append(json.loads(text))

    def close(self):
        try:
            self.call("Browser.close")
        except (EOFError, RuntimeError, OSError):
            pass
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


class Page:
    """One tab. Troubles (errors on the console, refused content) are collected as they come."""

    def __init__(self, browser, width=1280, height=900, scheme="light"):
        self.browser = browser
        context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.context = context
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(domain + ".enable")
        self.call("Page.addScriptToEvaluateOnNewDocument", source="""
            window.__refused = [];
            document.addEventListener("securitypolicyviolation",
              e => window.__refused.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample));""")
        self.look(width, height, scheme)

    def look(self, width, height=900, scheme="light"):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def languages(self, text):
        self.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": text})

    def open(self, url):
        self.browser.events.clear()
        self.call("Page.navigate", url=url)
        self.settle()

    def settle(self, limit=20):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            try:
                if self.value("document.readyState === 'complete' && location.href !== 'about:blank'"):
                    return
            except RuntimeError:
                pass  # between two documents
            time.sleep(0.02)
        raise SystemExit("the page did not load")

    def value(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:600])
        return answer["result"].get("value")

    def until(self, script, limit=10.0):
        start = time.monotonic()
        while time.monotonic() - start < limit:
            if self.value(script):
                return time.monotonic() - start
            time.sleep(0.05)
        return None

    def troubles(self):
        found = list(self.value("window.__refused") or [])
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            facts = event.get("params", {})
            if event["method"] == "Runtime.exceptionThrown":
                found.append(str(facts["exceptionDetails"].get("exception", facts))[:300])
            elif event["method"] == "Runtime.consoleAPICalled" and facts["type"] in ("error", "warning", "assert"):
                found.append(str(facts["args"])[:300])
            elif event["method"] == "Log.entryAdded" and facts["entry"]["level"] in ("error", "warning"):
                found.append(facts["entry"]["text"][:300])
        return found

    def picture(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1})
        Path(path).write_bytes(base64.b64decode(shot["data"]))

    def press(self, key, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      text=text if kind == "keyDown" else "")

    def close(self):
        self.browser.call("Target.disposeBrowserContext", browserContextId=self.context)
