"""Holds islet's tables to other programs: what it writes as CSV, NDJSON and Arrow to its own answers, by pyarrow, nanoarrow and polars; what
it reads of their Arrow and CSV to the same patients as NDJSON; and eval's answers to the schema that it publishes.

tables.py ISLET COUNT: the exit status is 1 where anything differs.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import jsonschema
import nanoarrow
import nanoarrow.ipc
import polars
import pyarrow
from pyarrow import ipc

from engines import as_lines, drawn, findings, hostile

islet, count = sys.argv[1], int(sys.argv[2])
kinds = findings()
faults = []


def run(arguments, text):
    done = subprocess.run([islet, "eval", *arguments], input=text, capture_output=True)
    return done.stdout


def check(name, found, expected):
    if found != expected:
        places = [place for place, (a, b) in enumerate(zip(found, expected)) if a != b]
        place = places[0] if places else min(len(found), len(expected))
        faults.append(f"{name}: {len(places)} differ, {len(found)} for {len(expected)}")
        print(f"  {name}: row {place}: {str(found[place:place + 1])[:300]} expected {str(expected[place:place + 1])[:300]}")


patients = [*as_lines(kinds, hostile(kinds, count // 2, 5)), *as_lines(kinds, drawn(islet, kinds, count - count // 2, 7))]
# Ids that repeat, are numbers, hold quotes and commas, or are missing; lines that can't be read.
for place, patient in enumerate(patients):
    if place % 50 == 7:
        patient["id"] = patients[place - 1]["id"]
    if place % 50 == 8:
        patient["id"] = f'a "b", γ {place}'
lines = [json.dumps(patient, ensure_ascii=False) for patient in patients]
lines[3] = lines[3].replace("{", "{ ", 1)
text = "\n".join(lines).encode()

# Answers are as the schema says, and each form a part of the whole.
schema = json.loads(subprocess.run([islet, "schema", "eval"], capture_output=True, check=True).stdout)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
whole = [json.loads(line) for line in run(["--all"], text).splitlines()]
for arguments in (["--all"], [], ["--depends"], ["--fields", "rule,level,grade"]):
    for line in run(arguments, text + b'\nnonsense\n{"findings":{"x":1}}\n').splitlines():
        for error in validator.iter_errors(json.loads(line)):
            faults.append(f"schema, {arguments}: {error.message[:200]}")
            break

rules = [json.loads(line)["rule"] for line in run(["--counts"], b"").splitlines()[:-1]]


def row(answer):
    if answer["errors"]:
        return [answer["id"]] + [None] * len(rules)
    known = {entry["rule"]: entry["status"] for entry in answer["advice"]}
    return [answer["id"]] + [known.get(rule, "absent") for rule in rules]


wide = [row(answer) for answer in whole]
long = [
    [answer["id"], entry["rule"], entry["status"], entry["stance"], " ".join(entry["paragraphs"])]
    for answer in whole for entry in answer["advice"]
]
names = ["id"] + rules
long_names = ["patient", "rule", "status", "stance", "paragraph"]


def table(rows):
    return [[None if cell == "" else cell for cell in one] for one in rows]


def columns(data):
    return [list(one) for one in zip(*[column.to_pylist() for column in data.columns])]


for shape, expected, head in ((["--to"], wide, names), (["--long", "--to"], long, long_names)):
    label = "long" if "--long" in shape else "wide"
    found = list(csv.reader(io.StringIO(run([*shape, "csv"], text).decode(), newline="")))
    check(f"{label} csv, names", found[0], head)
    check(f"{label} csv", table(found[1:]), expected)
    found = [json.loads(line) for line in run([*shape, "ndjson"], text).splitlines()]
    check(f"{label} ndjson", [list(one.values()) for one in found], expected)
    check(f"{label} ndjson, names", list(found[0]), head)
    stream = run([*shape, "arrows"], text)
    data = ipc.open_stream(stream).read_all()
    data.validate(full=True)
    check(f"{label} arrows by pyarrow", columns(data), expected)
    check(f"{label} arrows by pyarrow, names", data.schema.names, head)
    check(f"{label} arrows by polars", [list(one) for one in polars.read_ipc_stream(stream).rows()], expected)
    with nanoarrow.ipc.InputStream.from_readable(io.BytesIO(stream)) as source:
        batches = nanoarrow.ArrayStream(source).read_all()
    check(f"{label} arrows by nanoarrow, names", [field.name for field in batches.schema.fields], head)
    check(f"{label} arrows by nanoarrow", [list(one.values()) for one in batches.iter_py()], expected)
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "advice.arrow"
        run([*shape, "arrow", "-o", str(path)], text)
        data = ipc.open_file(path).read_all()
        data.validate(full=True)
        check(f"{label} arrow by pyarrow", columns(data), expected)
        check(f"{label} arrow by polars", [list(one) for one in polars.read_ipc(path).rows()], expected)
        check("no other file is left", [one.name for one in Path(home).iterdir()], ["advice.arrow"])

# The same patients from tables: by pyarrow's and polars' types.
number = {name for name, kind in kinds.items() if kind["type"] == "number"}
boolean = {name for name, kind in kinds.items() if kind["type"] == "boolean"}


def value(name, patient):
    return patient["findings"].get(name)


def arrow(types):
    arrays = {"id": pyarrow.array([str(patient["id"]) for patient in patients], types.get("text", pyarrow.string()))}
    for name, kind in kinds.items():
        values = [value(name, patient) for patient in patients]
        if name in number and "number" in types:
            if pyarrow.types.is_decimal(types["number"]):
                values = [None if v is None else Decimal(str(v)).quantize(Decimal("0.000001")) for v in values]
            arrays[name] = pyarrow.array(values, types["number"])
        elif name in number:
            arrays[name] = pyarrow.array([None if v is None else str(v) for v in values], types["text"])
        elif name in boolean:
            made = types.get("boolean", pyarrow.bool_())
            values = [None if v is None else (int(v) if pyarrow.types.is_integer(made) or pyarrow.types.is_floating(made) else v) for v in values]
            if pyarrow.types.is_string(made):
                values = [None if v is None else ("yes" if v else "no") for v in values]
            arrays[name] = pyarrow.array(values, made)
        else:
            array = pyarrow.array(values, types.get("text", pyarrow.string()))
            arrays[name] = array.dictionary_encode() if types.get("dictionary") else array
    return pyarrow.table(arrays)


def written(data, file, rows=None):
    sink = io.BytesIO()
    with (ipc.new_file if file else ipc.new_stream)(sink, data.schema) as writer:
        writer.write_table(data, rows)
    return sink.getvalue()


plain = run(["--to", "csv"], text)
sets = {
    "float64": {"number": pyarrow.float64()},
    "decimal and dictionaries": {"number": pyarrow.decimal128(18, 6), "dictionary": True, "boolean": pyarrow.int8()},
    "texts": {"text": pyarrow.string()},
    "large texts": {"text": pyarrow.large_string(), "number": pyarrow.float64(), "boolean": pyarrow.float64()},
    "views": {"text": pyarrow.string_view(), "number": pyarrow.float64(), "boolean": pyarrow.string()},
}
for label, types in sets.items():
    for file in (False, True):
        for size in (None, 77):
            found = run(["--to", "csv"], written(arrow(types), file, size))
            check(f"from Arrow of {label}, {'file' if file else 'stream'}, {size}", found.splitlines(), plain.splitlines())
# The same written by nanoarrow, by values of its own.
kinds_of = {"number": nanoarrow.float64(), "boolean": nanoarrow.bool_(), "category": nanoarrow.string()}
arrays = [nanoarrow.c_array([str(patient["id"]) for patient in patients], nanoarrow.string())]
for name, kind in kinds.items():
    values = [value(name, patient) for patient in patients]
    arrays.append(nanoarrow.c_array([float(v) if v is not None and name in number else v for v in values], kinds_of[kind["type"]]))
schema = nanoarrow.struct({"id": nanoarrow.string(), **{name: kinds_of[kind["type"]] for name, kind in kinds.items()}})
sink = io.BytesIO()
with nanoarrow.ipc.StreamWriter.from_writable(sink) as writer:
    writer.write_array(nanoarrow.c_array_from_buffers(schema, len(patients), [None], children=arrays))
check("from nanoarrow", run(["--to", "csv"], sink.getvalue()).splitlines(), plain.splitlines())
frame = polars.from_arrow(arrow({"number": pyarrow.float64()}))
for level in (None, polars.CompatLevel.oldest()):
    sink = io.BytesIO()
    frame.write_ipc_stream(sink, compat_level=level)
    check(f"from polars, {level}", run(["--to", "csv"], sink.getvalue()).splitlines(), plain.splitlines())
frame = frame.with_columns(polars.col(name).cast(polars.Categorical) for name in kinds if name not in number | boolean)
sink = io.BytesIO()
frame.write_ipc_stream(sink)
check("from polars' categories", run(["--to", "csv"], sink.getvalue()).splitlines(), plain.splitlines())

# CSV and tabs, with empty cells for what isn't known.
for separator in ",\t":
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=separator)
    writer.writerow(["id", *kinds])
    for patient in patients:
        cells = [value(name, patient) for name in kinds]
        writer.writerow([patient["id"], *["" if v is None else int(v) if v is True or v is False else v for v in cells]])
    found = run(["--to", "csv"], sink.getvalue().encode())
    check(f"from values with {separator!r}", found.splitlines(), plain.splitlines())

for fault in faults:
    print(fault)
print(f"tables: {len(patients)} patients, {len(rules)} rules; {len(faults)} faults")
sys.exit(1 if faults else 0)
