"""Reads en.gift and el.gift of a folder with pygiftparserrgmf, a grammar of GIFT in PLY; broken questions must be refused.

The grammar knows no general feedback (####) and no grade with a fraction: the first is taken out before, the second stays with the choice.
"""

import contextlib
import io
import re
import sys
from pathlib import Path

with contextlib.redirect_stderr(io.StringIO()):
    from pygiftparser import gift, parser

folder = Path(sys.argv[1])
faults = 0


def read(text):
    with contextlib.redirect_stdout(io.StringIO()):
        return parser.parse(text).questions


total = 0
for language in ("en", "el"):
    text = re.sub(r"####(?:\\.|[^\\}])*", "", (folder / f"{language}.gift").read_text())
    titles = re.findall(r"^::((?:\\.|[^:\\])+)::", text, re.M)
    try:
        found = read(text)
    except Exception as error:
        print(f"  {language}: {error}")
        faults += 1
        continue
    total += len(found)
    names = [question.name for question in found]
    if names != [re.sub(r"\\(.)", r"\1", title) for title in titles]:
        print(f"  {language}: {set(titles) ^ set(names)}")
        faults += 1
    for question in found:
        if isinstance(question.answer, gift.Description):
            print(f"  {language} {question.name}: read as a description")
            faults += 1
for broken in ("::a::Which {\n  =one\n  ~two\n", "::a::Which {x} of {\n  =one\n  ~two\n}\n", "::a::Which {#x}\n"):
    try:
        read(broken)
        print(f"  control: {broken!r} is taken")
        faults += 1
    except Exception:
        pass
print(f"exports: {total} questions read by a PLY grammar of GIFT, {faults} faults")
sys.exit(1 if faults else 0)
