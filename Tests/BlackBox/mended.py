"""A channel that was out of use and is mended: what waited for it leaves at once, not an hour later."""
import time
from kit import Box, HTTPReceiver, Tally, free_port, until

RULE = "id: new\nwhen: {created: task}\nthen:\n  - notify: {via: chat, title: '{{ task.title }}'}\n"


def configuration(port):
    return (f"timezone: Asia/Shanghai\nlanguage: en\nlisten: 127.0.0.1:{free_port()}\nchannels:\n"
            f"  chat: {{type: webhook, url: \"http://127.0.0.1:{port}/in\", allow_private: true}}\n")



def main():
    tally = Tally()
    state = {"code": 410}
    receiver = HTTPReceiver(lambda path, headers, body: (state["code"], "{}"))
    box = Box(configuration(receiver.port), {"new.yaml": RULE})
    taken = lambda word: sum(word in str(post) for post in receiver.posts)
    box.must("run", "--once")
    box.must("records", "set", "task/1", "title=one")
    tally.equal(box.run("run", "--once").returncode, 3, "a channel that is gone leaves the notice waiting")
    seen = taken("one")
    state["code"] = 200
    tally.equal(box.run("run", "--once").returncode, 3, "a later round does not knock within the hour")
    tally.equal(taken("one"), seen, "and tries nothing")
    tally.check("in use again" in box.must("channel", "test", "chat").out, "a test that works brings the channel back")
    tally.equal(box.run("run", "--once").returncode, 0, "then nothing waits")
    tally.equal(taken("one"), seen + 1, "the notice has come")
    tally.check("in use again" not in box.must("channel", "test", "chat").out, "a test of a channel in use says no more")
    state["code"] = 410
    daemon = box.start()
    box.must("records", "set", "task/2", "title=two")
    tally.check(until(lambda: taken("two") > 0, 20), "the daemon tries")
    until(lambda: "out of use" in box.must("status").both or True, 1)
    box.must("records", "set", "task/3", "title=three")
    time.sleep(2)
    tally.equal(taken("three"), 0, "behind a channel that is gone nothing is tried")
    state["code"] = 200
    box.must("channel", "test", "chat")
    tally.check(until(lambda: taken("three") == 1 and taken("two") == 2, 15), "a test tells the daemon", (taken("two"), taken("three")))
    state["code"] = 410
    box.must("records", "set", "task/4", "title=four")
    tally.check(until(lambda: taken("four") > 0, 20), "gone again")
    daemon.terminate()
    daemon.wait(20)
    state["code"] = 200
    daemon = box.start()
    tally.check(until(lambda: taken("four") == 2, 20), "a service that is started knocks once more", taken("four"))
    daemon.terminate()
    daemon.wait(20)
    receiver.stop()
    box.remove()
    tally.end()


main()
