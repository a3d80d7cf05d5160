"""Holds what islet exports to readers of others: questions as GIFT to pygiftparser and to the case files, statements of xAPI to ralph's models.

exports.py ISLET FOLDER: the folder holds en.gift and el.gift. The exit status is 1 where anything differs, or where what is broken is taken.
"""

import copy
import io
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pygiftparser import parser as gift
from pygiftparser import answer as answers
from pygiftparser.utils import transformSpecials
from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

logging.disable(logging.CRITICAL)
islet, folder = sys.argv[1], Path(sys.argv[2])
faults = []
quoted = re.compile(r'"((?:[^"\\]|\\.)*)"')


def fault(text):
    faults.append(text)
    print("  " + text[:400])


class Asked:
    """A question of a case file, read without islet."""

    def __init__(self, line, place):
        words = line.split(" ")
        self.name, self.kind = words[1], words[2]
        self.text = quoted.findall(line)[place]
        self.choices = []
        self.value = words[3:5] if self.kind == "number" else None


def cases(place):
    """The questions of each case, in the language at a place of `"English" | "Greek"`."""
    found = {}
    for file in sorted(Path("Scripts").glob("*.islet")):
        lines = file.read_text().splitlines()
        if not any(line.startswith("islet scenario") for line in lines[:5]):
            continue
        both = any(line.strip() in ("languages en el", "languages el en") for line in lines)
        if not both:
            continue
        asked, opened, paths, path = [], None, {}, None
        for line in (line.strip() for line in lines):
            if line.startswith("ask "):
                opened = Asked(line, place)
                asked.append(opened)
            elif line.startswith("choice ") and opened:
                texts = quoted.findall(line)
                opened.choices.append((line.split(" ")[1], line.split(" ")[2], texts[place], texts[2 + place] if len(texts) > 3 else None))
            elif line == "end":
                opened = path = None
            elif line.startswith("path "):
                path = paths.setdefault(line.split(" ")[1], [])
            elif path is not None:
                path.append(re.sub(r" teaches .*", "", line))
        found[file.stem] = (asked, paths)
    return found


def plain(text):
    return " ".join(transformSpecials(text).replace("\\\\", "\\").split())


kinds = {
    "single": answers.SelectSet, "concordance": answers.SelectSet, "several": answers.MultipleChoicesSet, "features": answers.MultipleChoicesSet,
    "number": answers.NumericAnswerSet, "text": answers.Essay, "problem": answers.Essay,
}
questions = 0
for place, language in enumerate(("en", "el")):
    text = (folder / f"{language}.gift").read_text()
    read = {question.title.replace("\\", ""): question for question in gift.parseFile(io.StringIO(text)) if question.title}
    expected = {}
    for case, (asked, _) in cases(place).items():
        for question in asked:
            name = f"{case}.{question.name}"
            if question.kind in kinds:
                expected[name] = question
            elif f"// Left out: {name}," not in text:
                fault(f"{language} {name}: {question.kind} is neither there nor said to be left out")
    if set(read) != set(expected):
        fault(f"{language}: read but not asked {sorted(set(read) - set(expected))}, asked but not read {sorted(set(expected) - set(read))}")
    for name in sorted(set(read) & set(expected)):
        question, asked = read[name], expected[name]
        questions += 1
        if not question.valid or not isinstance(question.answers, kinds[asked.kind]):
            fault(f"{language} {name}: {asked.kind} is read as {type(question.answers).__name__}, valid {question.valid}")
            continue
        if asked.text not in plain(question.text) or question.markup != "plain":
            fault(f"{language} {name}: its text is {plain(question.text)}")
        if len(plain(question.text)) < len(asked.text) + 40 and name.endswith(("cause", "first", "problem")):
            fault(f"{language} {name}: nothing of the patient is told before it")
        if asked.choices:
            got = [(plain(found.answer), plain(found.feedback) or None) for found in question.answers.answers]
            want = [(" ".join(text.split()), told) for _, _, text, told in asked.choices]
            if got != want:
                fault(f"{language} {name}: choices {got} for {want}")
            for found, (_, verdict, _, _) in zip(question.answers.answers, asked.choices):
                if verdict in ("right", "wrong") and (found.fraction > 0) != (verdict == "right"):
                    fault(f"{language} {name}: {found.answer} counts {found.fraction}, and is {verdict}")
        if asked.kind == "number":
            first = question.answers.answers[0]
            if first.fraction != 100 or first.value != float(asked.value[0]):
                fault(f"{language} {name}: {first.value} counts {first.fraction}")

# What is broken is refused, or read as something else.
whole = (folder / "en.gift").read_text()
first = next(block for block in whole.split("\n\n") if "cause" in block and "{" in block and "~" in block)
several = next(block for block in whole.split("\n\n") if "~%50%" in block and "=" not in re.sub(r"\\=", "", block.split("{")[1]))
for name, broken in (
    ("without its closing brace", first.replace("}", "")),
    ("with grades that don't make 100", several.replace("~%50%", "~%20%")),
    ("with an unescaped = in a choice", first.replace("  ~", "  ~a = b ", 1)),
):
    got, = gift.parseFile(io.StringIO(broken))
    good, = gift.parseFile(io.StringIO(first if "several" in name or broken.startswith(first[:20]) else several))
    same = got.valid and type(got.answers) is type(good.answers) and len(got.answers.answers) == len(good.answers.answers)
    if same:
        fault(f"control: a question {name} is read as it was")

statements = []
with tempfile.TemporaryDirectory() as data:
    environment = dict(os.environ, XDG_DATA_HOME=data, XDG_STATE_HOME=data)
    for place, language in enumerate(("en", "el")):
        for case, (_, paths) in cases(place).items():
            for number, lines in enumerate(paths.values()):
                exam = ["--exam"] if number == 1 else []
                subprocess.run(
                    [islet, "--language", language, "--keep-going", "play", case, "--again", *exam], input="\n".join(lines) + "\n", env=environment, text=True, capture_output=True)
    log = (Path(data) / "islet" / "attempts").read_text().splitlines()
    statements = json.loads(subprocess.run([islet, "attempts", "xapi", "--learner", "anna"], env=environment, capture_output=True, check=True).stdout)
if len(statements) != len(log) or len(log) < 1000:
    fault(f"{len(statements)} statements of {len(log)} lines")
for statement in statements:
    try:
        BaseXapiStatement.model_validate(statement)
    except ValidationError as error:
        fault(f"{statement['object']['id']}: {error}")
asked = {f"https://islet.invalid/cases/{case}/questions/{question.name}": question for case, (found, _) in cases(0).items() for question in found}
seen = set()
for statement in statements:
    name, verb = statement["object"]["id"], statement["verb"]["id"].split("/")[-1]
    if verb == "answered":
        question, definition, result = asked[name], statement["object"]["definition"], statement["result"]
        seen.add(name)
        if definition["description"]["en-GB"] != question.text or definition["type"] != "http://adlnet.gov/expapi/activities/cmi.interaction":
            fault(f"{name}: {definition}")
        ids = [choice["id"] for choice in definition.get("choices", [])]
        if ids != [choice[0] for choice in question.choices]:
            fault(f"{name}: choices {ids}")
        if ids and not set(result["response"].split("[,]")) <= set(ids):
            fault(f"{name}: answered {result['response']}, of {ids}")
        if not result.get("response") or "scaled" not in result["score"]:
            fault(f"{name}: {result}")
    elif verb == "completed":
        parts = statement["result"]["extensions"]["https://islet.invalid/extensions/parts"]
        whole = sum(points for points, _ in parts.values())
        if sum(most for _, most in parts.values()) != 100 or whole < statement["result"]["score"]["raw"]:
            fault(f"{name}: {parts} for {statement['result']['score']}")
    elif "/give/" in name and "https://islet.invalid/extensions/line" not in statement["result"]["extensions"]:
        if statement["result"]["extensions"].get("https://islet.invalid/extensions/mark") != "refused":
            fault(f"{name}: what was typed is missing")
if len(seen) < len(asked) * 0.95:
    fault(f"{len(seen)} of {len(asked)} questions were answered")
one = next(statement for statement in statements if "choices" in statement["object"].get("definition", {}))
for name, change in (
    ("without a verb", lambda s: s.pop("verb")),
    ("with an id that is none", lambda s: s.update(id="1")),
    ("with spaces in an object's id", lambda s: s["object"].update(id="https://islet.invalid/two words")),
    ("with an empty response", lambda s: s["result"].update(response="")),
    ("with a score above its most", lambda s: s["result"]["score"].update(scaled=1.5)),
    ("with a choice twice", lambda s: s["object"]["definition"]["choices"].append(s["object"]["definition"]["choices"][0])),
    ("with a field of nobody's", lambda s: s.update(colour="red")),
    ("with a language that is none", lambda s: s["verb"].update(display={"no such": "x"})),
):
    broken = copy.deepcopy(one)
    change(broken)
    try:
        BaseXapiStatement.model_validate(broken)
        fault(f"control: a statement {name} is taken")
    except ValidationError:
        pass
print(f"exports: {questions} questions read by pygiftparser, {len(statements)} statements by ralph, {len(faults)} faults")
sys.exit(1 if faults else 0)
