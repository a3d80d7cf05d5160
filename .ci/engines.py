"""Holds the guideline's SQL to `islet eval`, patient by patient and rule by rule.

engines.py ISLET DRAWN HOSTILE ENGINE...: patients drawn as a cohort, and hostile ones of any values, in duckdb, sqlite, postgres, spark or
datafusion. Prints a line an engine; the exit status is 1 where an answer differs.
"""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def findings():
    """The findings that a patient may be given: kind, values, range."""
    found, name = {}, None
    for line in (ROOT / "Sources/CTexts/vocabulary/findings.txt").read_text().splitlines():
        words = line.split()
        if words[:1] == ["finding"]:
            name = words[1]
            found[name] = {"type": "boolean", "values": [], "range": None}
        elif words[:1] == ["type"]:
            found[name]["type"] = words[1]
            if words[1] == "number":
                low, high = words[2].split("..")
                found[name]["range"] = (float(low), float(high))
        elif words[:1] == ["value"]:
            found[name]["values"].append(words[1])
    return {name: f for name, f in found.items() if f["type"] != "derived"}


def hostile(kinds, count, seed):
    """Patients of any values: few or many stated, numbers at and beside the cuts."""
    generator = random.Random(seed)
    for place in range(count):
        share = generator.choice([0.05, 0.2, 0.4, 0.7])
        stated = {}
        for name, kind in kinds.items():
            if generator.random() > share:
                continue
            if kind["type"] == "number":
                low, high = kind["range"]
                whole = generator.choice([low, high, 2, 3, 20, 21, generator.uniform(low, min(high, 100))])
                number = round(whole + generator.choice([0, 0, 0.1, -0.1, 0.000001]), 6)
                stated[name] = min(high, max(low, number))
            elif kind["type"] == "boolean":
                stated[name] = generator.random() < 0.5
            else:
                stated[name] = generator.choice(kind["values"])
        yield {"id": f"h{place}", "findings": stated}


def drawn(islet, count):
    text = subprocess.run([islet, "cohort", "--draw", str(count), "--seed", "7", "--patients"], capture_output=True, text=True, check=True).stdout
    for line in text.splitlines():
        yield json.loads(line)


def answers(islet, patients):
    """What eval says: for each patient the statuses by rule, or None where the line was refused."""
    process = subprocess.Popen([islet, "eval", "--depends"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    lines = "".join(json.dumps(p) + "\n" for p in patients)
    out, _ = process.communicate(lines)
    for line in out.splitlines():
        answer = json.loads(line)
        yield None if answer["errors"] else {entry["rule"]: entry["status"] for entry in answer["advice"]}


def columns(kinds):
    return [("id", "text")] + [(name.replace("-", "_"), kind["type"]) for name, kind in kinds.items()]


def rows(kinds, patients):
    for patient in patients:
        yield [patient["id"]] + [patient["findings"].get(name) for name in kinds]


class DuckDB:
    def __init__(self, kinds, patients):
        import duckdb
        import pyarrow as pa
        from decimal import Decimal

        self.connection = duckdb.connect()
        types = {"text": pa.string(), "category": pa.string(), "boolean": pa.bool_(), "number": pa.decimal128(18, 6)}
        data = list(zip(*rows(kinds, patients)))
        arrays = {}
        for (name, kind), values in zip(columns(kinds), data):
            if kind == "number":
                values = [None if v is None else Decimal(str(v)).quantize(Decimal("0.000001")) for v in values]
            arrays[name] = pa.array(values, type=types[kind])
        made = pa.table(arrays)  # noqa: F841
        self.connection.execute("CREATE TABLE patients AS SELECT * FROM made")

    def run(self, script):
        result = self.connection.execute(script)
        return [column[0] for column in result.description], result.fetchall()


class SQLite:
    def __init__(self, kinds, patients):
        import sqlite3

        self.connection = sqlite3.connect(":memory:")
        types = {"text": "TEXT", "category": "TEXT", "boolean": "BOOLEAN", "number": "NUMERIC"}
        names = ", ".join(f"{name} {types[kind]}" for name, kind in columns(kinds))
        self.connection.execute(f"CREATE TABLE patients ({names})")
        marks = ", ".join("?" for _ in columns(kinds))
        self.connection.executemany(f"INSERT INTO patients VALUES ({marks})", rows(kinds, patients))

    def run(self, script):
        cursor = self.connection.execute(script)
        return [column[0] for column in cursor.description], cursor.fetchall()


class Spark:
    def __init__(self, kinds, patients):
        from decimal import Decimal

        from pyspark.sql import SparkSession
        from pyspark.sql.types import BooleanType, DecimalType, StringType, StructField, StructType

        self.session = (
            SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "4g")
            .config("spark.sql.shuffle.partitions", "4").config("spark.sql.codegen.wholeStage", "false").getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")
        types = {"text": StringType(), "category": StringType(), "boolean": BooleanType(), "number": DecimalType(18, 6)}
        schema = StructType([StructField(name, types[kind]) for name, kind in columns(kinds)])
        numbers = [kind == "number" for _, kind in columns(kinds)]
        data = [
            [Decimal(str(v)) if is_number and v is not None else v for v, is_number in zip(row, numbers)] for row in rows(kinds, patients)
        ]
        self.session.createDataFrame(data, schema).repartition(4).createOrReplaceTempView("patients")

    def run(self, script):
        frame = self.session.sql(script.rstrip().rstrip(";"))
        return frame.columns, [tuple(row) for row in frame.collect()]


class Postgres:
    def __init__(self, kinds, patients):
        import psycopg

        self.connection = psycopg.connect("")
        types = {"text": "VARCHAR", "category": "VARCHAR", "boolean": "BOOLEAN", "number": "DECIMAL(18,6)"}
        names = ", ".join(f"{name} {types[kind]}" for name, kind in columns(kinds))
        self.connection.execute("DROP TABLE IF EXISTS patients")
        self.connection.execute(f"CREATE TABLE patients ({names})")
        with self.connection.cursor().copy(f"COPY patients FROM STDIN") as copy:
            for row in rows(kinds, patients):
                copy.write_row(row)

    def run(self, script):
        cursor = self.connection.execute(script)
        return [column.name for column in cursor.description], cursor.fetchall()


class DataFusion:
    def __init__(self, kinds, patients):
        import datafusion
        import pyarrow as pa
        from decimal import Decimal

        self.context = datafusion.SessionContext()
        types = {"text": pa.string(), "category": pa.string(), "boolean": pa.bool_(), "number": pa.decimal128(18, 6)}
        data = list(zip(*rows(kinds, patients)))
        arrays = []
        for (_, kind), values in zip(columns(kinds), data):
            if kind == "number":
                values = [None if v is None else Decimal(str(v)).quantize(Decimal("0.000001")) for v in values]
            arrays.append(pa.array(values, type=types[kind]))
        batch = pa.RecordBatch.from_arrays(arrays, names=[name for name, _ in columns(kinds)])
        self.context.register_record_batches("patients", [[batch]])

    def run(self, script):
        batches = self.context.sql(script.rstrip().rstrip(";")).collect()
        names = batches[0].schema.names
        return names, [tuple(row.values()) for batch in batches for row in batch.to_pylist()]


ENGINES = {
    "duckdb": (DuckDB, "duckdb"), "sqlite": (SQLite, "sqlite"), "postgres": (Postgres, "postgres"), "spark": (Spark, "spark"),
    "datafusion": (DataFusion, "duckdb"),
}


def compare(names, found, expected):
    """How many answers differ; the first few are printed."""
    rules = names[2:]
    differing, compared, refused = 0, 0, 0
    for row in found:
        want = expected[row[0]]
        if (row[1] is not None) != (want is None):
            differing += 1
            if differing <= 5:
                print(f"  {row[0]}: refused {row[1]!r}, eval refuses: {want is None}")
            continue
        if want is None:
            refused += 1
            if any(status is not None for status in row[2:]):
                differing += 1
            continue
        for rule, status in zip(rules, row[2:]):
            compared += 1
            if status != want.get(rule, "absent"):
                differing += 1
                if differing <= 5:
                    print(f"  {row[0]} {rule}: {status}, eval: {want.get(rule, 'absent')}")
    return differing, compared, refused


def main():
    islet, draws, tricks, *engines = sys.argv[1:]
    kinds = findings()
    patients = list(hostile(kinds, int(tricks), 11)) + [
        {"id": f"d{place}", "findings": patient["findings"]} for place, patient in enumerate(drawn(islet, int(draws)))
    ]
    expected = dict(zip((patient["id"] for patient in patients), answers(islet, patients)))
    assert len(expected) == len(patients)
    failed = False
    for engine in engines:
        kind, dialect = ENGINES[engine]
        script = subprocess.run([islet, "compile", "sql", "--dialect", dialect], capture_output=True, text=True, check=True).stdout
        long = subprocess.run([islet, "compile", "sql", "--dialect", dialect, "--long"], capture_output=True, text=True, check=True).stdout
        database = kind(kinds, patients)
        start = time.perf_counter()
        names, found = database.run(script)
        seconds = time.perf_counter() - start
        differing, compared, refused = compare(names, found, expected)
        _, listed = database.run(long)
        wanted = {(name, rule, status) for name, answer in expected.items() if answer for rule, status in answer.items()}
        remarks = {rule for _, rule, _ in wanted} - set(names)
        wanted = {entry for entry in wanted if entry[1] not in remarks}
        listed = {tuple(row[:3]) for row in listed}
        differing += len(wanted ^ listed)
        missing = len(patients) - len(found)
        failed = failed or differing > 0 or missing != 0
        print(
            f"{engine}: {len(found)} patients ({refused} refused), {compared} answers, {len(listed)} statements listed,"
            f" {differing} differ, {missing} missing, {seconds:.2f} s"
        )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
