"""The table of what the text says of patients (Tests/GuidelineEdgeTests/Fixtures/advice.tsv), and the program's answers to them."""
import json, os, subprocess

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Tests/GuidelineEdgeTests/Fixtures/advice.tsv")


def rows():
    with open(TABLE, encoding="utf-8") as table:
        lines = [line.rstrip("\n").split("\t") for line in table if not line.startswith("#")]
    return [dict(zip(lines[0], line + [""] * (len(lines[0]) - len(line)))) for line in lines[1:]]


def patients(rows):
    return [f'{{"id":{number},"findings":{row["findings"]}}}' for number, row in enumerate(rows) if not row["deeds"]]


def words(findings):
    def one(name, value):
        if isinstance(value, bool):
            return name if value else f"{name} no"
        return f"{name} {value}" if isinstance(value, (int, float)) else f"{name} is {value}"

    return ", ".join(one(*field) for field in json.loads(findings).items())


def advice(program, rows, folder=None):
    """The advice that each row's patient gets, by number; nothing where the chapters are refused."""
    options = ["--guideline", folder] if folder else []
    told = subprocess.run([program, "eval", "--all", *options], input="\n".join(patients(rows)), capture_output=True, text=True)
    answers = {}
    for line in told.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["id"]] = None if answer["errors"] else answer["advice"]
    for number, row in enumerate(rows):
        if row["deeds"]:
            script = f'patient {words(row["findings"])}; {row["deeds"]}; recommend all'
            told = subprocess.run([program, *options, "--format", "json", "-c", script], capture_output=True, text=True)
            lines = told.stdout.splitlines()
            answers[number] = json.loads(lines[-1]).get("advice") if len(lines) == 3 else None
    return answers


def fault(row, advice):
    """What is wrong with the advice that a row's patient gets; None where it is as the text says."""
    if advice is None:
        return "refused"
    facts = {entry["rule"]: entry["facts"] for entry in advice}
    found = [
        entry for entry in advice
        if (row["fact"] == "-" or row["fact"] in entry["facts"]) and entry["stance"] == row["stance"] and ",".join(entry["subjects"]) == row["subjects"]
        and entry["background"] == (row["mark"] == "background") and entry.get("reading", "") == row["mark"].partition("reading:")[2]
    ]
    status = found[0]["status"] if found else "absent"
    if len(found) > 1 or status != row["status"]:
        return f'{row["fact"]} {row["stance"]} {row["subjects"]}: {status}, not {row["status"]}, for {row["findings"]} {row["deeds"]}'
    if row["with"] and not any(row["with"] in facts.get(rule, []) for rule in found[0]["with"]):
        return f'{row["fact"]} goes with {found[0]["with"]}, not with {row["with"]}, for {row["findings"]}'
    return None


def faults(program, rows, folder=None):
    answers = advice(program, rows, folder)
    return [wrong for wrong in (fault(row, answers.get(number)) for number, row in enumerate(rows)) if wrong]
