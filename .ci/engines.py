"""Holds the guideline's SQL to `islet eval`, patient by patient and rule by rule, a column at a time.

engines.py ISLET DRAWN HOSTILE ENGINE...: patients drawn as a cohort, and hostile ones of any values, in duckdb, sqlite, postgres, spark or
datafusion. Prints a row of a table for each engine; the exit status is 1 where an answer differs.
"""

import csv
import io
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import numpy
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import ipc

ROOT = Path(__file__).resolve().parent.parent
PART = 100_000
NUMBER = pa.decimal128(18, 6)


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


def columns(kinds):
    return [("id", "text")] + [(name.replace("-", "_"), kind["type"]) for name, kind in kinds.items()]


def decimals(millionths, missing):
    """Whole millionths as decimals of six places."""
    words = numpy.empty((len(millionths), 2), numpy.int64)
    words[:, 0] = millionths
    words[:, 1] = millionths >> 63
    known = numpy.packbits(~missing, bitorder="little")
    return pa.Array.from_buffers(NUMBER, len(millionths), [pa.py_buffer(known.tobytes()), pa.py_buffer(words.tobytes())])


def hostile(kinds, count, seed):
    """Patients of any values: few or many stated, numbers at and beside the cuts."""
    generator = numpy.random.default_rng(seed)
    share = generator.choice([0.05, 0.2, 0.4, 0.7], count)
    arrays = [pa.array([f"h{seed}-{place}" for place in range(count)])]
    for kind in kinds.values():
        missing = generator.random(count) > share
        if kind["type"] == "number":
            low, high = (round(bound * 1e6) for bound in kind["range"])
            spread = generator.integers(low, min(high, 100_000_000), count, endpoint=True)
            cuts = numpy.array([low, high, 2_000_000, 3_000_000, 20_000_000, 21_000_000])
            choice = generator.integers(0, len(cuts) + 1, count)
            whole = numpy.where(choice < len(cuts), cuts[choice % len(cuts)], spread)
            beside = generator.choice([0, 0, 100_000, -100_000, 1], count)
            arrays.append(decimals(numpy.clip(whole + beside, low, high), missing))
        elif kind["type"] == "boolean":
            arrays.append(pa.array(generator.random(count) < 0.5, mask=missing))
        else:
            values = pa.array(kind["values"])
            arrays.append(values.take(pa.array(generator.integers(0, len(values), count), mask=missing)))
    return pa.table(arrays, names=[name for name, _ in columns(kinds)])


def drawn(islet, kinds, count, seed):
    """Patients drawn by the cohort's shares, as islet writes them."""
    from pyarrow import json

    types = {"number": pa.float64(), "boolean": pa.bool_(), "category": pa.string()}
    schema = pa.schema([("id", pa.string()), ("findings", pa.struct([(name, types[kind["type"]]) for name, kind in kinds.items()]))])
    text = subprocess.run(
        [islet, "cohort", "--draw", str(count), "--seed", str(seed), "--patients"], capture_output=True, check=True).stdout
    options = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    read = json.read_json(io.BytesIO(text), json.ReadOptions(block_size=1 << 24), options).combine_chunks()
    arrays = [pa.array([f"d{seed}-{place}" for place in range(count)])]
    for name, kind in kinds.items():
        array = pc.struct_field(read.column("findings"), name).combine_chunks()
        if kind["type"] == "number":
            missing = array.is_null().to_numpy(zero_copy_only=False)
            known = numpy.where(missing, 0.0, array.fill_null(0).to_numpy(zero_copy_only=False))
            array = decimals(numpy.rint(known * 1e6).astype(numpy.int64), missing)
        arrays.append(array)
    return pa.table(arrays, names=[name for name, _ in columns(kinds)])


def plain(value):
    """A decimal as JSON writes it."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == int(value) else float(value)


def as_lines(kinds, table):
    """The patients of a table as eval reads them line by line."""
    names = ["id", *kinds]
    for row in zip(*[column.to_pylist() for column in table.columns]):
        stated = dict(zip(names[1:], row[1:]))
        yield {"id": row[0], "findings": {name: plain(value) for name, value in stated.items() if value is not None}}


def parts(islet, kinds, draws, tricks):
    for seed, count in enumerate([PART] * (tricks // PART) + [tricks % PART]):
        if count:
            yield hostile(kinds, count, 11 + seed)
    for seed, count in enumerate([PART] * (draws // PART) + [draws % PART]):
        if count:
            yield drawn(islet, kinds, count, 7 + seed)


CODES = pa.array(["absent", "depends", "applies"])


def coded(array):
    """Statuses as numbers, -1 where there is none."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    found = pc.index_in(array.cast(pa.string()), CODES)
    if found.null_count > array.null_count:
        raise ValueError(f"no status: {pc.unique(array.filter(found.is_null())).to_pylist()[:5]}")
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype(numpy.int8)


def answers(islet, table):
    """What eval says of a table: the rules, and a row of codes for each patient, -1 where it was refused."""
    sink = io.BytesIO()
    with ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    out = subprocess.run([islet, "eval", "--to", "arrows"], input=sink.getvalue(), capture_output=True).stdout
    read = ipc.open_stream(out).read_all()
    assert read.column(0).combine_chunks().equals(table.column(0).combine_chunks()), "eval keeps the order of its input"
    return read.column_names[1:], numpy.column_stack([coded(column) for column in read.columns[1:]])


def named_types(kinds, types):
    return ", ".join(f"{name} {types[kind]}" for name, kind in columns(kinds))


class DuckDB:
    def __init__(self, kinds):
        import duckdb

        self.connection = duckdb.connect()

    def load(self, table):
        self.connection.register("made", table)
        self.connection.execute("CREATE OR REPLACE TABLE patients AS SELECT * FROM made")

    def answer(self, script):
        start = time.perf_counter()
        self.connection.execute("CREATE OR REPLACE TABLE answers AS " + script.rstrip().rstrip(";"))
        taken = time.perf_counter() - start
        return self.connection.table("answers").to_arrow_table(), taken


class SQLite:
    def __init__(self, kinds):
        import sqlite3

        self.connection = sqlite3.connect(":memory:")
        types = {"text": "TEXT", "category": "TEXT", "boolean": "BOOLEAN", "number": "NUMERIC"}
        self.connection.execute(f"CREATE TABLE patients ({named_types(kinds, types)})")
        self.marks = ", ".join("?" for _ in columns(kinds))

    def load(self, table):
        self.connection.execute("DELETE FROM patients")
        lists = [(c.cast(pa.float64()) if pa.types.is_decimal(c.type) else c).to_pylist() for c in table.columns]
        self.connection.executemany(f"INSERT INTO patients VALUES ({self.marks})", zip(*lists))

    def answer(self, script):
        start = time.perf_counter()
        cursor = self.connection.execute(script)
        rows = cursor.fetchall()
        taken = time.perf_counter() - start
        return pa.table([pa.array(column, pa.string()) for column in zip(*rows)], names=[column[0] for column in cursor.description]), taken


class Spark:
    """Parquet files in, Parquet files out; the time is of the query alone, whose rows are thrown away, once it was run before."""

    def __init__(self, kinds):
        from pyspark.sql import SparkSession

        self.session = (
            SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "6g")
            .config("spark.sql.shuffle.partitions", "4").config("spark.sql.files.maxPartitionBytes", "4m")
            .config("spark.sql.codegen.wholeStage", "false").getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")
        self.folder = Path(tempfile.mkdtemp())

    def load(self, table):
        from pyarrow import parquet

        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "patients").mkdir(parents=True)
        for place in range(4):
            size = -(-len(table) // 4)
            parquet.write_table(table.slice(place * size, size), self.folder / f"patients/{place}.parquet")
        self.session.read.parquet(str(self.folder / "patients")).createOrReplaceTempView("patients")

    def answer(self, script):
        from pyarrow import parquet

        frame = self.session.sql(script.rstrip().rstrip(";"))
        out = str(self.folder / "answers")
        frame.write.mode("overwrite").parquet(out)
        start = time.perf_counter()
        frame.write.format("noop").mode("overwrite").save()
        taken = time.perf_counter() - start
        return parquet.read_table(out), taken


class Postgres:
    def __init__(self, kinds):
        import psycopg

        self.connection = psycopg.connect("")
        types = {"text": "VARCHAR", "category": "VARCHAR", "boolean": "BOOLEAN", "number": "DECIMAL(18,6)"}
        self.connection.execute("DROP TABLE IF EXISTS patients")
        self.connection.execute(f"CREATE TABLE patients ({named_types(kinds, types)})")

    def load(self, table):
        from pyarrow import csv as arrow_csv

        self.connection.execute("TRUNCATE patients")
        sink = io.BytesIO()
        arrow_csv.write_csv(table, sink, arrow_csv.WriteOptions(include_header=False))
        with self.connection.cursor().copy("COPY patients FROM STDIN (FORMAT csv)") as copy:
            copy.write(sink.getvalue())
        self.connection.execute("ANALYZE patients")

    def answer(self, script):
        from pyarrow import csv as arrow_csv

        start = time.perf_counter()
        query = script.rstrip().rstrip(";")
        with self.connection.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy:
            text = b"".join(copy)
        taken = time.perf_counter() - start
        names = next(csv.reader([text[: text.index(b"\n")].decode()]))
        options = arrow_csv.ConvertOptions(column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""])
        return arrow_csv.read_csv(io.BytesIO(text), convert_options=options), taken


class DataFusion:
    def __init__(self, kinds):
        import datafusion

        self.context = datafusion.SessionContext()

    def load(self, table):
        if self.context.table_exist("patients"):
            self.context.deregister_table("patients")
        self.context.register_record_batches("patients", [table.to_batches()])

    def answer(self, script):
        start = time.perf_counter()
        batches = self.context.sql(script.rstrip().rstrip(";")).collect()
        return pa.Table.from_batches(batches), time.perf_counter() - start


ENGINES = {
    "duckdb": (DuckDB, "duckdb"), "sqlite": (SQLite, "sqlite"), "postgres": (Postgres, "postgres"), "spark": (Spark, "spark"),
    "datafusion": (DataFusion, "duckdb"),
}


class Tally:
    def __init__(self):
        self.patients = self.refused = self.compared = self.listed = self.differing = self.missing = 0
        self.seconds = self.long_seconds = 0.0

    def differs(self, places, said):
        self.differing += len(places)
        if len(places) and self.differing - len(places) < 5:
            print(said(places[0]), file=sys.stderr)

    def wide(self, table, found, rules, expected):
        """Every status of every rule, by patient: an engine may answer in any order."""
        where = pc.index_in(table.column(0).combine_chunks(), found.column(0).combine_chunks())
        self.missing += where.null_count + abs(len(table) - len(found))
        if where.null_count:
            return
        found = found.take(where)
        names = found.column_names[2:]
        known = [rules.index(name) for name in names]
        codes = numpy.column_stack([coded(column) for column in found.columns[2:]])
        want = expected[:, known]
        is_refused = want[:, 0] < 0
        said = found.column(1).is_valid().to_numpy()
        ids = table.column(0)
        self.differs(numpy.nonzero(said != is_refused)[0], lambda p: f"  {ids[p]}: refused {found.column(1)[p]}, eval refuses: {is_refused[p]}")
        rows, places = numpy.nonzero(codes != want)
        self.differs(
            list(zip(rows, places)), lambda p: f"  {ids[p[0]]} {names[p[1]]}: {codes[p]}, eval: {want[p]} (absent 0, depends 1, applies 2)")
        self.patients += len(table)
        self.refused += int(is_refused.sum())
        self.compared += int((~is_refused).sum()) * len(names)
        return names

    def long(self, table, found, names, rules, expected):
        """The statements that apply or depend, each once."""
        patient = pc.index_in(found.column(0).combine_chunks().cast(pa.string()), table.column(0).combine_chunks())
        rule = pc.index_in(found.column(1).combine_chunks().cast(pa.string()), pa.array(names))
        self.listed += len(found)
        if patient.null_count or rule.null_count:
            self.differing += patient.null_count + rule.null_count
            print(f"  long: {patient.null_count} unknown patients, {rule.null_count} unknown rules", file=sys.stderr)
            return
        codes = numpy.zeros((len(table), len(names)), numpy.int8)
        codes[patient.to_numpy(), rule.to_numpy()] = coded(found.column(2))
        want = numpy.maximum(expected[:, [rules.index(name) for name in names]], 0)
        self.differing += abs(int((want > 0).sum()) - len(found))
        rows, places = numpy.nonzero(codes != want)
        self.differs(list(zip(rows, places)), lambda p: f"  long: {table.column(0)[p[0]]} {names[p[1]]}: {codes[p]}, eval: {want[p]}")


def main():
    islet, draws, tricks, *engines = sys.argv[1:]
    kinds = findings()
    scripts, databases, tallies = {}, {}, {engine: Tally() for engine in engines}
    for engine in engines:
        kind, dialect = ENGINES[engine]
        scripts[engine] = [
            subprocess.run([islet, "compile", "sql", "--dialect", dialect, shape], capture_output=True, text=True, check=True).stdout
            for shape in ("--wide", "--long")
        ]
        databases[engine] = kind(kinds)
    # Spark answers all of them at once: its plan is made once, however many rows there are.
    together = list(parts(islet, kinds, int(draws), int(tricks)))
    for engine in engines:
        tally, database = tallies[engine], databases[engine]
        tables = [pa.concat_tables(together).combine_chunks()] if engine == "spark" else together
        for table in tables:
            pieces = [answers(islet, table.slice(start, PART).combine_chunks()) for start in range(0, len(table), PART)]
            rules, expected = pieces[0][0], numpy.concatenate([codes for _, codes in pieces])
            database.load(table)
            found, taken = database.answer(scripts[engine][0])
            tally.seconds += taken
            names = tally.wide(table, found, rules, expected)
            if names is None:
                continue
            found, taken = database.answer(scripts[engine][1])
            tally.long_seconds += taken
            tally.long(table, found, names, rules, expected)
        print(
            f"| {engine} | {tally.patients:,} | {tally.refused:,} | {tally.compared:,} | {tally.listed:,} | {tally.differing:,} |"
            f" {tally.missing:,} | {tally.seconds:.2f} s | {tally.long_seconds:.2f} s |", flush=True)
    sys.exit(1 if any(tally.differing or tally.missing or not tally.patients for tally in tallies.values()) else 0)


if __name__ == "__main__":
    main()
