"""Plants one realistic bug after the other and sees that the simulator, or a test, finds it.

All bugs go into one copy of the sources as switches, so that it is built once:

    Tests/PlantedBugs/hunt.py [--folder .build-bugs] [--only 3 7] [--seconds 300] [--seeds 1..1000000]

Each file of Bugs says what the bug is, what it is modelled on, where it goes and who is to find it. Between ⟦ and ⟧ stands
what is replaced: an expression, a statement, or part of a text (a query). Ends with 1 when a bug was not found, or when what
should find it fails without one as well.
"""
import argparse, os, re, shutil, subprocess, sys, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SWITCH = """import Glibc

/// Which planted bug is at work; 0 is none.
enum PlantedBug {
    private static let active = getenv("BELLMAN_PLANTED_BUG").flatMap { Int(String(cString: $0)) } ?? 0
    static func works(_ number: Int) -> Bool { active == number }
}
"""


class Bug:
    def __init__(self, path):
        text = path.read_text()
        head, rest = text.split("\n--- in\n")
        self.find, self.becomes = (part.removesuffix("\n") for part in rest.split("\n--- becomes\n"))
        facts = dict(line.split(": ", 1) for line in head.splitlines())
        self.number, self.name = int(path.name[:2]), path.stem[3:]
        self.what, self.file, self.form, self.finder = (facts[name] for name in ("What", "File", "Form", "Found by"))
        before, self.was, after = re.fullmatch(r"(.*)⟦(.*)⟧(.*)", self.find, re.S).groups()
        self.before, self.after = before, after

    def switched(self):
        """The place with both readings in it."""
        call = f"PlantedBug.works({self.number})"
        if self.form == "text":
            return f'{self.before}\\({call} ? "{self.becomes}" : "{self.was}"){self.after}'
        if self.form == "statement":
            return f"{self.before}if {call} {{ {self.becomes} }} else {{ {self.was} }}{self.after}"
        return f"{self.before}({call} ? ({self.becomes}) : ({self.was})){self.after}"

    def plant(self, folder):
        path = folder / self.file
        text = path.read_text()
        plain = self.before + self.was + self.after
        if text.count(plain) != 1:
            # Two bugs of one place: the first has left its switch around what is looked for.
            plain = next((p for p in self.within(text) if text.count(p) == 1), None)
            if plain is None:
                sys.exit(f"{self.file}: the place of bug {self.number} is not there, or there twice")
        path.write_text(text.replace(plain, self.switched() if plain == self.before + self.was + self.after
                                     else self.nested(plain)))

    def within(self, text):
        """What another switch has made of the same place."""
        pattern = re.escape(self.before) + r"\(PlantedBug\.works\(\d+\) \? \(.*?\) : \(" + re.escape(self.was) + r"\)\)"
        found = re.search(pattern, text, re.S)
        return [found.group(0)] if found else []

    def nested(self, plain):
        outer = plain[len(self.before):]
        return f"{self.before}(PlantedBug.works({self.number}) ? ({self.becomes}) : {outer})"


def run(words, seconds, folder, number, log):
    """Its exit code; None when the time was over."""
    try:
        return subprocess.run(words, cwd=folder, stdout=log, stderr=subprocess.STDOUT, timeout=seconds,
                              env=os.environ | {"BELLMAN_PLANTED_BUG": str(number)}).returncode
    except subprocess.TimeoutExpired:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", default=str(ROOT / ".build-bugs"))
    parser.add_argument("--only", type=int, nargs="*")
    parser.add_argument("--seconds", type=int, default=300, help="for one bug")
    parser.add_argument("--seeds", default="1..1000000")
    parser.add_argument("--days", default="60")
    options = parser.parse_args()
    folder = Path(options.folder)
    bugs = [Bug(path) for path in sorted((Path(__file__).parent / "Bugs").glob("*.bug"))]
    copy(folder)
    for bug in bugs:
        bug.plant(folder)
    for target in {Path(bug.file).parts[1] for bug in bugs}:
        (folder / "Sources" / target / "PlantedBug.swift").write_text(SWITCH)
    wanted = [bug for bug in bugs if not options.only or bug.number in options.only]
    build(folder, wanted)
    sim = [str(folder / ".build/release/bellman-sim"), "--days", options.days, "--until-violation", "--no-shrink", "--jobs", "2"]
    finders = {bug.finder: (sim + ["--seeds", options.seeds] if bug.finder == "sim" else
                            ["swift", "test", "--skip-build", "--filter", bug.finder.removeprefix("test ")]) for bug in wanted}
    sound = {"sim": sim + ["--seeds", "1..300"]} | {f: w for f, w in finders.items() if f != "sim"}
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    missed = 0
    for finder in sorted({bug.finder for bug in wanted}):
        with open(logs / "sound.log", "w") as log:
            code = run(sound[finder], 1_800, folder, 0, log)
        if code != 0:
            print(f"without a bug {finder} does not pass: see {logs}/sound.log", flush=True)
            missed += 1
    print(f"{'bug':<36} {'found by':<42} {'after':>8}")
    for bug in wanted:
        begun = time.monotonic()
        with open(logs / f"{bug.number:02}-{bug.name}.log", "w") as log:
            code = run(finders[bug.finder], options.seconds, folder, bug.number, log)
        found = code not in (0, None)
        missed += not found
        after = f"{time.monotonic() - begun:.1f} s" if found else "MISSED"
        print(f"{bug.number:2} {bug.name:<33} {bug.finder:<42} {after:>8}", flush=True)
    print(f"{len(wanted)} bugs, {missed} missed")
    return 1 if missed else 0


def copy(folder):
    """The files under version control, as they are now; what is built stays, so that a second hunt builds little."""
    files = subprocess.run(["git", "ls-files", "Sources", "Tests", "Package.swift", "rules", "docs", "README.md", "README.zh-CN.md",
                            "deploy", "scripts", "Makefile", "CHANGELOG.md", "CONTRIBUTING.md"],
                           cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    wanted = set(files)
    for old in (folder / "Sources").rglob("*"):
        if old.is_file() and str(old.relative_to(folder)) not in wanted:
            old.unlink()
    for name in files:
        source, target = ROOT / name, folder / name
        if source.is_file() and not source.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or target.read_bytes() != source.read_bytes():
                shutil.copyfile(source, target)


def build(folder, wanted):
    finders = {bug.finder for bug in wanted}
    if "sim" in finders:
        made = subprocess.run(["swift", "build", "-c", "release", "--product", "bellman-sim"], cwd=folder)
        if made.returncode:
            sys.exit("the simulator with the bugs does not build")
    if finders - {"sim"}:
        made = subprocess.run(["swift", "build", "--build-tests"], cwd=folder)
        if made.returncode:
            sys.exit("the tests with the bugs do not build")


if __name__ == "__main__":
    sys.exit(main())
