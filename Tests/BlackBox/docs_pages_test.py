"""That docs_run.py tells right from wrong: which commands it refuses, which output it takes, which fences it knows."""
import tempfile
from pathlib import Path

import docs_pages
from kit import Tally

# A block, and the first word in it that reaches beyond the page's folder.
COMMANDS = [
    ("make run    # builds", "make"), ("sudo cp a b", "sudo"), ("bellman check\nsystemctl stop bellman", "systemctl"),
    ("bellman status && systemctl restart bellman", "systemctl"), ('echo "$(make)"', "make"), ("`make`", "`make`"),
    ("(cd rules; make)", "(cd"), ("cat /etc/passwd", "/etc/passwd"), ("bellman backup ~/x.db", "~/x.db"),
    ("cd ..", ".."), ("curl https://example.com", "curl to elsewhere"), ("for i in 1 2; do make; done", "make"),
    ("true | sh", "sh"), ("journalctl -u bellman -f", "journalctl"), ("A=1 make", "make"), ("eval make", "eval"),
    ("bellman check | grep rules", None), ("export A='x; make'", None), ("bellman run    # make", None),
    ("cat > a.csv <<END\nmake\nid,$(date -d '+5 days' +%F)\nEND\nbellman run", None),
    ("bellman token create --role guest 2>/dev/null", None), ('cp -r "$REPOSITORY/rules" .', None),
    ("curl -sf http://127.0.0.1:8420/healthz", None), ("SECRET=x bellman channel test chat", None),
]
# What a page shows, what came, and whether that is the same.
OUTPUTS = [
    ("2 rows: 2 created", "2 rows: 2 created", True), ("2 rows: 2 created", "2 rows: 1 created", False),
    ("expires …, 5 days left", "expires 2030-01-31, 5 days left", True),
    ("expires …, 5 days left", "expires 2030-01-31, 4 days left", False),
    ("id … title", "id  state  title", True), ("id … title", "id  title", True), ("a   b", "a b", True),
    ("…\nlast", "one\ntwo\nlast", True), ("…\nlast", "last", True), ("…\nlast", "last\nmore", False),
    ("first\n…", "second\nfirst", False), ("……", "", True), ("a", "", False), ("a.b", "axb", False),
]
# A page, the kinds of its blocks, and how many faults it has.
PAGES = [
    ("```sh\nbellman check\n```\n", ["run"], 0), ("```\nbellman check\n```\n", [], 1), ("```yaml\na: b\n```\n", [], 1),
    ("```sh no-run\nmake\n```\n", [], 1), ("<!-- no-run: builds -->\n```sh no-run\nmake\n```\n", ["silent"], 0),
    ("<!-- no-run: builds -->\nwords\n```sh no-run\nmake\n```\n", [], 1),
    ("```yaml title\nid: a\n```\n", [], 1), ("```yaml title\n# rules/a.yaml\nid: a\n```\n", ["file"], 0),
    ("words\n\n    bellman check\n", [], 1), ("1. words\n\n    more words\n", [], 0), ("```sh\nbellman check\n", [], 1),
    ("<!-- run: mkdir rules -->\n```console\n$ ls\nrules\n```\n", ["arrange", "session"], 0),
]


def main():
    tally = Tally()
    for text, word in COMMANDS:
        tally.equal(docs_pages.foreign(text), word, f"what {text!r} reaches")
    for shown, seen, same in OUTPUTS:
        tally.equal(docs_pages.alike(shown.split("\n"), seen.split("\n")), same, f"{shown!r} for {seen!r}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.md"
        for text, kinds, faults in PAGES:
            path.write_text(text)
            page = docs_pages.read(path)
            tally.equal(([block.does for block in page.blocks], len(page.faults)), (kinds, faults), f"{text!r}")
        path.write_text("# A title: 第 1 步\n\n[a](#a-title-第-1-步) [b](page.md) [c](#none) [d](gone.md) `[e](gone.md)`\n")
        tally.equal([target for _, target in docs_pages.dead_links(path)], ["#none", "gone.md"], "dead links")
    tally.end()


if __name__ == "__main__":
    main()
