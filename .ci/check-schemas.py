"""Holds what islet prints as JSON to the schemas that it prints of it, by jsonschema: check-schemas.py ISLET.

Each schema must also refuse what isn't so: for each there are controls that the program refuses, or that it never prints."""

import glob
import json
import os
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

islet = os.path.abspath(sys.argv[1])
faults = []
seen = 0


def run(*arguments, text=""):
    done = subprocess.run([islet, *arguments], input=text, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def lines(said):
    return [json.loads(line) for line in said.splitlines() if line.strip()]


document = json.loads(run("schema"))
Draft202012Validator.check_schema(document)
schemas = document["$defs"]
for name, schema in schemas.items():
    Draft202012Validator.check_schema(schema)
    if json.loads(run("schema", name)) != schema:
        faults.append(f"islet schema {name} prints another schema than islet schema")


def hold(name, values, what):
    global seen
    if not values:
        faults.append(f"{name}: {what} printed nothing")
    for value in values:
        seen += 1
        error = next(iter(Draft202012Validator(schemas[name]).iter_errors(value)), None)
        if error:
            faults.append(f"{name}: {what}: {error.message[:200]} at {list(error.absolute_path)}")


def refuse(name, *values):
    for value in values:
        if not list(Draft202012Validator(schemas[name]).iter_errors(value)):
            faults.append(f"{name} takes {json.dumps(value, ensure_ascii=False)[:120]}")


drawn = run("cohort", "--draw", "300", "--patients")
patients = lines(drawn)
hold("patient", patients, "cohort --draw --patients")
good = [
    {"id": "a1", "findings": {"syndrome": "gastrinoma", "size": "25 mm", "men1": True, "sstr2": "unknown", "ki67": 3}}, {"id": 7, "findings": {}},
    {"id": "b", "findings": {"age": None, "liver-metastases": ["unilobar", "bilobar"], "size": "> 2 cm"}, "assume": "absent"},
]
bad = [
    {"id": "a", "findings": {"size": -1}}, {"id": "a", "findings": {"ki67": 101}}, {"id": "a", "findings": {"syndrom": "gastrinoma"}},
    {"id": "a", "findings": {"syndrome": "flu"}}, {"id": "a", "findings": {"men1": 1}}, {"id": True, "findings": {}}, {"id": "a", "findings": []},
    {"id": "a", "assume": "present"}, {"id": "a", "sex": "male"}, {"id": "a", "findings": {"liver-metastases": []}}, [],
]
hold("patient", good, "good lines")
refuse("patient", *bad)
# The controls are the program's own: it reads the good lines, and refuses the bad ones.
for line, is_good in [(line, True) for line in good] + [(line, False) for line in bad]:
    told = lines(run("eval", text=json.dumps(line) + "\n"))
    if (told[0]["errors"] == []) != is_good:
        faults.append(f"eval {'refuses' if is_good else 'takes'} {json.dumps(line)}")
mixed = drawn + "".join(json.dumps(line) + "\n" for line in good + bad) + "no json\n"

for options in ([], ["--all"], ["--depends"], ["--fields", "rule,level,grade"], ["--rules", "surgery.*"], ["--language", "el"]):
    hold("eval", lines(run("eval", *options, text=mixed)), " ".join(["eval", *options]))
answer = lines(run("eval", "--all", text=drawn))[0]
refuse(
    "eval", {**answer, "more": 1}, {"id": "a", "errors": []}, {**answer, "advice": [{**answer["advice"][0], "stance": "perhaps"}]},
    {**answer, "advice": [{**answer["advice"][0], "paragraphs": ["2"]}]}, {**answer, "line": 1})
counted = lines(run("eval", "--counts", text=mixed))
hold("counts", counted, "eval --counts")
refuse("counts", {"rule": "no.such", "applies": 1, "depends": 0}, {"rule": counted[0]["rule"], "applies": -1, "depends": 0}, {"patients": 1}, {})
with tempfile.TemporaryDirectory() as folder:
    refused = os.path.join(folder, "refused.ndjson")
    rows = lines(run("eval", "--to", "ndjson", "--errors", refused, text=mixed))
    hold("row", rows, "eval --to ndjson")
    with open(refused, encoding="utf-8") as file:
        refusals = lines(file.read())
    hold("refusal", refusals, "eval --errors")
    table = os.path.join(folder, "table.csv")
    with open(table, "w", encoding="utf-8") as file:
        file.write("id,syndrome,size\na,insulinoma,14\nb,flu,\n,insulinoma,99999\n")
    hold("row", lines(run("eval", table, "--to", "ndjson", "--errors", refused)), "eval of a table")
    with open(refused, encoding="utf-8") as file:
        of_table = lines(file.read())
    hold("refusal", of_table, "eval --errors of a table")
    if [refusal.get("row") for refusal in of_table] != [2, 3]:
        faults.append(f"eval refuses other rows: {of_table}")
    refuse("row", {**rows[0], counted[0]["rule"]: "maybe"}, {**rows[0], "id": []})
    refuse("refusal", {"errors": []}, {"line": 0, "errors": []}, {"line": 1, "errors": [{"code": "x.y"}]}, {**refusals[0], "why": ""}, {**refusals[0], "row": 1})
    long = lines(run("eval", "--to", "ndjson", "--long", text=drawn))
    hold("long-row", long, "eval --to ndjson --long")
    refuse("long-row", {**long[0], "status": "absent"}, {**long[0], "paragraph": "2"}, {"patient": "a"})

    commands = [
        "patient Maria 54F, insulinoma 14 mm", "recommend", "recommend all", "why enucleation", "why not whipple", "what if near surface no", "missing",
        "flip enucleation", "compare everolimus, sunitinib", "evidence everolimus", "dose octreotide", "adverse octreotide", "errata", "cite F012", "contents",
        "find insulin", "explain Ki-67", "order CT", "give octreotide infusion 50 mg/h", "nonsense", "set size 2", "advance 3 months", "timeline",
        "simulate everolimus n 50 seed 7", "undo", "branch other", "branches", "history", "note \"54F with an insulinoma\"", "help", "help recommend", "about",
        "language el", "σύσταση", "λάθος εντολή",
    ]
    hold("report", lines(run("--format", "json", "--keep-going", text="\n".join(commands) + "\n")), "the shell's commands")
    page, kept = os.path.join(folder, "page.html"), os.path.join(folder, "none.islet")
    for call in (
        ["check", "Scripts/fasting-hypoglycaemia.islet", "Notebook/tour.md"], ["check", kept], ["explore", "fasting-hypoglycaemia"], ["audit", "--topic", "surgery"],
        ["guideline", "check"], ["cohort", "--draw", "50"], ["data"], ["render", "insulinoma", "-o", page], ["results", folder], ["evla"], ["eval", "--formt"],
        ["eval", "--to"], ["compile", "sql", "--dialect", "sqlite"], ["questions"], ["manual"], ["render", "insulinoma"], ["schema", "map"], ["play"], ["guideline", "tour"],
        ["eval", "--to", "csv", "Benchmarks/patients.txt"],
    ):
        for language in ("en", "el"):
            hold("report", lines(run(*call, "--format", "json", "--language", language)), " ".join(call))
    report = lines(run("--format", "json", "-c", "patient 54F, insulinoma; why enucleation"))[-1]
    refuse(
        "report", {**report, "schema": 2}, {name: value for name, value in report.items() if name != "errors"}, {**report, "errors": [{"message": "no code"}]},
        {**report, "advice": [{"stance": "perhaps"}]})

version = lines(run("--version", "--format", "json"))
hold("version", version, "--version")
refuse("version", {**version[0], "version": "2"}, {**version[0], "guideline": "text"}, {"version": "0.2.0"})
facts = lines(run("guideline", "facts"))
hold("fact", facts, "guideline facts")
refuse("fact", {**facts[0], "id": "F1"}, {**facts[0], "carried_by": "hearsay"}, {"id": "F001"})
findings = lines(run("schema", "findings"))
hold("finding", findings, "schema findings")
refuse("finding", {**findings[0], "type": "text"}, {**findings[0], "name": {"en": "age"}}, {"id": "age"})
listed = {line.split("\t")[0]: line.split("\t") for line in open("Tests/VocabularyTests/Fixtures/findings.tsv", encoding="utf-8").read().splitlines()[1:]}
for finding in findings:
    own = listed.pop(finding["id"], None)
    if own is None or own[1] != finding["group"] or own[2] != finding["type"]:
        faults.append(f"finding {finding['id']} isn't as the list of findings has it")
    elif own[2] == "category" and own[3].split("|") != [value["id"] for value in finding["values"]]:
        faults.append(f"finding {finding['id']} has other values than the list of findings")
    elif own[2] == "number":
        low, high = own[3].split()[0].split("-")
        if (finding.get("minimum"), finding.get("maximum")) != (float(low), float(high)):
            faults.append(f"finding {finding['id']} has another range than the list of findings")
faults += [f"finding {name} is missing" for name in listed]

with tempfile.TemporaryDirectory() as home:
    os.environ.update(HOME=home, XDG_DATA_HOME=home, XDG_STATE_HOME=home)
    run("play", "fasting-hypoglycaemia", text="order gastrin\nask CT\nquit\n")
    with open(os.path.join(home, "islet/attempts"), encoding="utf-8") as log:
        attempts = lines(log.read())
    hold("attempt", attempts, "the log of attempts")
    refuse("attempt", {**attempts[0], "kind": "guess"}, {**attempts[0], "v": 0}, {})
    statements = json.loads(run("attempts", "xapi"))
    hold("statements", [statements], "attempts xapi")
    refuse("statements", {}, [{"id": "1"}], [{**statements[0], "id": "1"}])
for path in glob.glob("Notebook/*.blessed.jsonl"):
    with open(path, encoding="utf-8") as file:
        blessed = lines(file.read())
    hold("blessing", blessed, path)
refuse("blessing", {"command": "show"}, {**blessed[0], "meaning": "text"})

for fault in faults:
    print(fault, file=sys.stderr)
print(f"{seen} values held to {len(schemas)} schemas: {len(faults)} faults")
sys.exit(1 if faults else 0)
