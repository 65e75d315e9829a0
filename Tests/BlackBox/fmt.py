"""`bellman fmt`: one style, whole files or none, permissions and links kept, what cannot be read untouched."""
import os, stat, subprocess

from kit import BINARY, Box, Tally

MESSY = "# first\nwhen:   {by: 3 days, before: task.due}\nid: a\nthen:\n- notify: {via: inbox}   # last\n\n\n"
NEAT = "# first\nid: a\nwhen: {before: task.due, by: 3 days}\nthen:\n  - notify: {via: inbox}   # last\n"
BROKEN = "id: a\nwhen: {created: task\nthen: []\n"


def standard_input(box, text, *arguments):
    return subprocess.run([BINARY, "fmt", *arguments, "-"], input=text.encode(), cwd=box.folder, env=box.env,
                          capture_output=True, timeout=60)


def main():
    tally = Tally()
    box = Box("language: en\n", {"a.yaml": MESSY, "sub/b.yaml": NEAT.replace("id: a", "id: b")})
    rule = box.folder / "rules/a.yaml"
    rule.chmod(0o640)

    done = box.run("fmt", "--check")
    tally.equal((done.returncode, done.out), (1, "rules/a.yaml\n"), "--check lists what is not in the style")
    tally.equal(rule.read_text(), MESSY, "--check changes nothing")
    done = box.run("fmt", "--diff")
    tally.equal(done.returncode, 0, "--diff alone is no failure")
    tally.check("-when:   {by" in done.out and "+when: {before" in done.out and done.out.startswith("--- rules/a.yaml\n"),
                "--diff shows what would change", done.out)
    (box.folder / "a.diff").write_text(done.out)
    patched = subprocess.run(["patch", "--dry-run", "-p0", "-i", "a.diff"], cwd=box.folder, capture_output=True)
    tally.check(patched.returncode in (0, 127), "patch takes the difference", patched.stdout + patched.stderr)

    done = box.run("fmt")
    tally.equal((done.returncode, done.out), (0, "rules/a.yaml\n"), "fmt names what it changed")
    tally.equal(rule.read_text(), NEAT, "fmt writes the style")
    tally.equal(stat.S_IMODE(rule.stat().st_mode), 0o640, "the permissions stay")
    tally.equal(box.run("fmt", "--check").returncode, 0, "and then there is nothing to do")
    before = rule.stat().st_mtime_ns, rule.stat().st_ino
    box.run("fmt")
    tally.equal((rule.stat().st_mtime_ns, rule.stat().st_ino), before, "a file in the style is not written again")

    target = box.write("elsewhere/c.yaml", MESSY.replace("id: a", "id: c"))
    link = box.folder / "rules/c.yaml"
    link.symlink_to("../elsewhere/c.yaml")
    tally.equal(box.run("fmt", link).returncode, 0, "a link is formatted")
    tally.check(link.is_symlink() and target.read_text() == NEAT.replace("id: a", "id: c"), "and stays a link")

    windows = b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode()
    path = box.write("rules/w.yaml", windows)
    box.run("fmt", path)
    tally.equal(path.read_bytes(), b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode(), "line ends and mark stay")

    path = box.write("rules/broken.yaml", BROKEN)
    done = box.run("fmt", path)
    tally.equal(done.returncode, 1, "what cannot be read is a failure")
    tally.check("broken.yaml:2" in done.err, "with its place", done.err)
    tally.equal(path.read_text(), BROKEN, "and untouched")
    tally.equal(box.run("fmt", "rules/none.yaml").returncode, 1, "a file that is not there is a failure")
    tally.equal(os.listdir(box.folder / "rules").count("a.yaml"), 1, "no temporary files stay")
    tally.equal([name for name in os.listdir(box.folder / "rules") if ".tmp" in name], [], "no temporary files stay")

    done = standard_input(box, MESSY)
    tally.equal((done.returncode, done.stdout.decode()), (0, NEAT), "standard input")
    tally.equal(standard_input(box, MESSY, "--check").returncode, 1, "standard input, --check")
    done = standard_input(box, BROKEN)
    tally.equal((done.returncode, done.stdout), (1, b""), "broken standard input gives nothing")
    odd = "? id\n: a\n"
    done = standard_input(box, odd)
    tally.equal((done.returncode, done.stdout.decode()), (0, odd), "what has no style is left as it is")
    tally.check(b"left as it is" in done.stderr, "and that is said", done.stderr)
    for language, words in (("en", "left as it is"), ("zh", "保持原样")):
        spoken = Box(f"language: {language}\n")
        tally.check(words in standard_input(spoken, odd).stderr.decode(), f"in {language}")
    tally.end()


if __name__ == "__main__":
    main()
