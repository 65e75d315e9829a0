"""`bellman schema` against a real validator: sound by the meta-schema, takes good files, refuses wrong shapes.

Needs the Python modules jsonschema and ruamel.yaml; installs nothing itself.
"""
import json, re, sys
from pathlib import Path

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kit import ROOT, Box, Tally

CONFIG = """language: en
timezone: Asia/Shanghai
channels:
  ops: {type: slack, url: "${env:SLACK_URL}"}
kinds:
  vehicle: {title: name, fields: {name: string, inspection_due: date, 状态: "enum[在用, 停用]"}}
  task: {fields: {工时: double}}
"""
# What a schema can see without understanding expressions, schedules and templates.
STRUCTURAL = {
    "not_a_rule", "wrapper_key", "unknown_key", "missing_key", "wanted_mapping", "wanted_list", "wanted_bool",
    "wanted_number", "wanted_one_of", "wanted_text", "no_trigger", "several_triggers_in_one", "stray_trigger_key",
    "trigger_key_outside", "no_verb", "several_verbs", "unknown_kind", "unknown_channel", "bad_identifier",
    "times_without_every", "exclude_each_other", "empty_value", "torn_at_comma", "not_a_date", "unknown_field",
    "through_reference", "wanted_field_of", "bad_limit", "derived_field",
}


def plain(value):
    """YAML values as JSON has them: dates are text, as editors read them."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def reader(version):
    def read(text):
        yaml = YAML(typ="safe", pure=True)
        yaml.version = version
        return plain(yaml.load(text))
    return read


# Editors differ: 1.1 reads 17:30 and yes as numbers and booleans, 1.2 as text.
READERS = {"1.2": reader((1, 2)), "1.1": reader((1, 1))}


def blocks(text):
    """```yaml blocks of a page, whatever stands behind that word."""
    return re.findall(r"^```yaml(?: .*)?\n(.*?)^```", text, re.M | re.S)


def texts():
    """(place, text) of every YAML text of this repository."""
    for path in sorted([*ROOT.glob("rules/**/*.yaml"), *ROOT.glob("Tests/**/*.yaml"), *ROOT.glob("deploy/**/*.yaml")]):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace")
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        for number, block in enumerate(blocks(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(ROOT)}#{number}", block


def findings(box, text):
    """Codes that `bellman check` gives for one rule file."""
    path = box.write("one.yaml", text)
    done = box.run("check", path, "--format", "json")
    found = json.loads(done.out)
    found = found if isinstance(found, list) else found.get("diagnostics", [])
    return [entry["code"] for entry in found if entry.get("severity", "error") == "error"]


# What the examples of the key table name.
ENVIRONMENT = {
    "ROBOT_URL": "https://example.com/hook", "SLACK_URL": "https://example.com/hook", "ROBOT_SECRET": "SEC0123456789",
    "OLD_SECRET": "SEC9876543210", "SLACK_TOKEN": "xoxb-1-2", "GOTIFY_TOKEN": "A1b2C3", "NTFY_TOKEN": "tk_123",
    "NTFY_TOPIC": "topic", "NTFY_PASSWORD": "secret word", "SMTP_PASSWORD": "secret word",
    "DINGTALK_URL": "https://example.com/hook", "HEARTBEAT_URL": "https://example.com/beat",
    "TELEGRAM_TOKEN": "123456789:AAabcdefghijklmnopqrstuvwxyz0123456",
}
COMPANY = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261224
SUMMARY:公司放假
END:VEVENT
END:VCALENDAR
"""
TOGETHER = {"ntfy": {"token"}, "slack": {"url"}}  # the other of two ways in


def example(schema, key):
    """`key: value` from the last line of a key's description."""
    return schema["properties"][key]["description"].splitlines()[-1]


def examples_hold(tally, schema):
    """Every key that the configuration's schema has is one that the readers know, with an example that they take."""
    def errors(text):
        box = Box(text, env=ENVIRONMENT)
        box.write("holidays/company.ics", COMPANY)
        found = json.loads(box.run("check", "--format", "json").out)
        return [entry["message"] for entry in found if entry["severity"] == "error"]

    for key in schema["$defs"]["configuration"]["properties"]:
        if key in ("admin", "channels"):
            continue
        tally.equal(errors(example(schema["$defs"]["configuration"], key) + "\n"), [], f"{key}: its example")
    channel = schema["$defs"]["channel"]
    common = [key for key in channel["properties"] if "description" in channel["properties"][key]]
    for branch in channel["allOf"]:
        kind = branch["if"]["properties"]["type"]["const"]
        keys = [key for key in branch["then"]["properties"] if key not in TOGETHER.get(kind, set())]
        lines = [f"    type: {kind}"] + ["    " + example(branch["then"], key) for key in keys]
        lines += ["    " + example(channel, key) for key in common if key not in ("type", "fallback")]
        text = "language: en\nchannels:\n  one:\n" + "\n".join(lines) + "\n"
        tally.equal(errors(text), [], f"{kind}: its keys")
        tally.check(errors(text + "    nonsense: 1\n"), f"{kind}: and no other")


def main():
    tally = Tally()
    # The secret is not there: whoever edits rules need not have it.
    bare = Box(CONFIG)
    schemas = {}
    for kind in ("rule", "config", "test"):
        for language in ("en", "zh"):
            done = bare.run("schema", "--kind", kind, "--language", language)
            tally.equal(done.returncode, 0, f"schema --kind {kind}")
            schema = json.loads(done.out)
            try:
                Draft202012Validator.check_schema(schema)
                tally.check(True, "")
            except Exception as error:
                tally.check(False, f"{kind} {language}: not a schema", str(error))
            schemas[kind, language] = schema
    tally.equal(bare.run("schema").out, json.dumps(schemas["rule", "en"], indent=2, ensure_ascii=False) + "\n",
                "schema alone is that of rules, in the configured language")
    rules = Draft202012Validator(schemas["rule", "en"])
    box = Box("language: en\n")
    plain_rules = Draft202012Validator(json.loads(box.run("schema").out))
    good = refused = 0
    for place, text in texts():
        codes = findings(box, text)
        for version, read in READERS.items():
            try:
                value = read(text)
            except (YAMLError, ValueError, NotImplementedError):
                continue
            errors = [error.message for error in plain_rules.iter_errors(value)]
            if not codes and isinstance(value, (dict, list)) and value:
                good += 1
                tally.equal(errors, [], f"{place} as YAML {version}: is taken")
            elif STRUCTURAL & set(codes) and place.startswith("Tests/") and version == "1.2":
                refused += 1
                tally.check(errors, f"{place}: is refused, for {codes}")
    tally.check(good >= 20 and refused >= 50, "there was something to look at", (good, refused))

    vehicle = "id: a\nwhen: {before: vehicle.inspection_due, by: 30 days}\n"
    vehicle += "then: [{notify: {via: ops}}, {set: {状态: 停用}}]\n"
    tally.check(rules.is_valid(READERS["1.2"](vehicle)), "own kinds and channels are known")
    tally.check(not plain_rules.is_valid(READERS["1.2"](vehicle)), "and nowhere else")
    config = Draft202012Validator(schemas["config", "zh"])
    tally.check(config.is_valid(READERS["1.2"](CONFIG)), "the configuration is taken")
    for text in (ROOT / "docs").glob("channels*.md"):
        for number, block in enumerate(blocks(text.read_text(encoding="utf-8"))):
            value = {"channels": READERS["1.2"](block)}
            errors = [error.message for error in config.iter_errors(value)]
            tally.equal(errors, [], f"{text.name}#{number}: is taken")
    examples_hold(tally, schemas["config", "en"])
    started = Box()
    started.run("init")
    value = READERS["1.2"]((started.folder / "bellman.yaml").read_text(encoding="utf-8"))
    tally.check(config.is_valid(value), "what init writes is taken")
    for wrong in ("langauge: zh", "channels: {a: {url: x}}", "channels: {a: {type: dingtalk, url: \"https://x\"}}"):
        tally.check(not config.is_valid(READERS["1.2"](wrong)), f"{wrong}: is refused")
    tally.end()


if __name__ == "__main__":
    main()
