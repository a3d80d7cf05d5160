"""The chapters' rules as SQL for DuckDB and as expressions for polars, written from the text of the chapters.

Both have three-valued logic of their own, so a finding that is not stated is NULL. The files measured state single values and
plain numbers only. Nothing here is written by hand for a rule: a new chapter is measured without a change.
"""

import re
from pathlib import Path


class Texts:
    """What the chapters and the vocabulary say, read line by line."""

    def __init__(self, folder):
        self.findings, self.groups, self.rules = {}, {}, []
        self.definitions, self.derivations, self.contradictions, self.scales = {}, [], [], {}
        name = None
        for line in (folder / "vocabulary/findings.txt").read_text().splitlines():
            words = line.split()
            if len(words) < 2:
                continue
            if words[0] == "finding":
                name = words[1]
                self.findings[name] = {"type": "boolean", "values": []}
            elif words[0] == "type":
                self.findings[name]["type"] = words[1]
            elif words[0] == "value":
                self.findings[name]["values"].append(words[1])
        for line in (folder / "vocabulary/therapies.txt").read_text().splitlines():
            if line.startswith("therapy "):
                name = line.split()[1]
                self.groups[name] = []
            elif line.startswith("in "):
                self.groups[name] = re.split(r"[ ,]+", line[3:].strip())
        for line in (folder / "vocabulary/derive.txt").read_text().splitlines():
            if line.startswith("define "):
                name, condition = line[7:].split(" = ")
                self.definitions[name] = condition
            elif line.startswith("derive "):
                text = re.sub(r"^derive (background )?", "", line)
                stated = text.startswith("stated ")
                head, condition = text.removeprefix("stated ").split(" when ")
                condition, _, unless = condition.partition(" unless ")
                finding, value = head.split()
                self.derivations.append((finding, value, condition, unless or None, stated))
            elif line.startswith("contradiction "):
                text = line[14:]
                stated = text.startswith("stated ")
                first, second = text.removeprefix("stated ").split(" with ")
                self.contradictions.append((first, second, stated))
            elif line.startswith("scale "):
                head, steps = line[6:].split(": ")
                finding, _, source = head.split()
                self.scales.setdefault(finding, []).append((source, [s.split() for s in steps.split("; ")]))
        for chapter in sorted(folder.glob("chapters/*.md")):
            if chapter.name.endswith(".el.md"):
                continue
            rule = None
            for line in chapter.read_text().splitlines():
                if line.startswith("```rule "):
                    rule = {"id": line[8:], "when": "", "until": "", "unless": "", "with": [], "overrides": []}
                elif line == "```":
                    if rule:
                        self.rules.append(rule)
                    rule = None
                elif rule:
                    field, _, value = line.partition(" ")
                    if field == "advise":
                        *rule["subjects"], rule["stance"] = re.split(r"[ ,]+", value.strip())
                    elif field in ("when", "until", "unless"):
                        rule[field] = value
                    elif field in ("with", "overrides"):
                        rule[field] = re.split(r"[ ,]+", value.strip())
        self.places = {rule["id"]: place for place, rule in enumerate(self.rules)}

    def groups_above(self, name):
        found, waiting = set(), list(self.groups.get(name, []))
        while waiting:
            group = waiting.pop()
            if group not in found:
                found.add(group)
                waiting += self.groups.get(group, [])
        return found

    def rules_above(self, rule):
        found, waiting = set(), [rule["id"]]
        while waiting:
            below = waiting.pop()
            for other in self.rules:
                if below in other["overrides"] and other["id"] != rule["id"] and other["id"] not in found:
                    found.add(other["id"])
                    waiting.append(other["id"])
        return sorted(self.places[name] for name in found)

    def company(self, rule):
        found = []
        for place, other in enumerate(self.rules):
            for name in rule["with"]:
                positive = not other["with"] and other["stance"] in ("do", "consider", "disputed", "investigational")
                related = any(
                    s == name or name in self.groups_above(s) or s in self.groups_above(name) for s in other["subjects"]
                )
                if other is not rule and (other["id"] == name or positive and related and name not in self.places):
                    found.append(place)
                    break
        return found


def parse(texts, condition):
    """A condition as nested tuples: ("all", …), ("any", …), ("not", c), ("least", n, …), ("in", finding, values), ("number", …)."""
    words = re.findall(r"[(),]|[^\s(),]+", condition)

    def either():
        parts = [both()]
        while words[:1] == ["or"]:
            words.pop(0)
            parts.append(both())
        return parts[0] if len(parts) == 1 else ("any", *parts)

    def both():
        parts = [one()]
        while words[:1] == ["and"]:
            words.pop(0)
            parts.append(one())
        return parts[0] if len(parts) == 1 else ("all", *parts)

    def listed(read):
        words.pop(0)
        found = [read()]
        while words.pop(0) == ",":
            found.append(read())
        return found

    def one():
        word = words.pop(0)
        if word == "not":
            return ("not", one())
        if word == "(":
            inner = either()
            words.pop(0)
            return inner
        if word == "at":
            words.pop(0)
            count = int(words.pop(0))
            words.pop(0)
            return ("least", count, *listed(either))
        if word in texts.definitions:
            inner = parse(texts, texts.definitions[word])
            if words[:1] == ["no"]:
                words.pop(0)
                return ("not", inner)
            return inner
        finding = texts.findings[word]
        if finding["type"] == "number":
            sign, number = words.pop(0), words.pop(0)
            if words and words[0] not in ("and", "or", ")", ","):
                if words.pop(0) == "cm":
                    number = str(float(number) * 10)
                while words and words[0] not in ("and", "or", ")", ","):
                    words.pop(0)
            return ("number", word, sign, float(number))
        if words[:1] == ["no"]:
            words.pop(0)
            return ("in", word, ["no"])
        if words[:1] == ["is"]:
            words.pop(0)
            negated = words[0] == "not"
            if negated:
                words.pop(0)
            test = ("in", word, [words.pop(0)])
            return ("not", test) if negated else test
        if words[:2] == ["one", "of"]:
            del words[:2]
            return ("in", word, listed(lambda: words.pop(0)))
        return ("in", word, ["yes"])

    return either()


def flatten(engine, texts):
    """Columns of every stage, in order: inference, whens, advice, statuses. `engine` writes expressions."""
    e = engine
    stages = []
    for finding, scales in texts.scales.items():
        low, high = [], []
        for source, steps in scales:
            low.append(e.step(source, steps, between=0))
            high.append(e.step(source, steps, between=1))
        names = [step[0] for step in scales[0][1]]
        stages.append({finding: e.graded(finding, e.greatest(low), e.greatest(high), names)})
    for finding, value, condition, unless, needs in texts.derivations:
        tree = parse(texts, condition)
        guards = [e.null(finding)] + ([e.unstated(unless)] if unless else [])
        if needs:
            guards += [e.not_(e.unstated(name)) for name in names_of(tree)]
        value = value if texts.findings[finding]["type"] == "category" else value == "yes"
        stages.append({finding: e.derived(finding, e.all_(guards + [e.known(e.tree(tree, texts))]), value)})
    pairs = []
    for first, second, needs in texts.contradictions:
        a, b = parse(texts, first), parse(texts, second)
        tests = [e.known(e.tree(a, texts)), e.known(e.tree(b, texts))]
        if needs:
            tests += [e.not_(e.unstated(name)) for name in names_of(a)]
        pairs.append(e.all_(tests))
    stages.append({"refused": e.any_(pairs)})
    stages.append(
        {f"w{p}": e.tree(parse(texts, rule["when"]), texts) if rule["when"] else e.true() for p, rule in enumerate(texts.rules)}
    )
    advice = {}
    for place, rule in enumerate(texts.rules):
        own = e.all_([e.column(f"w{place}")] + [e.not_(e.column(f"w{other}")) for other in texts.rules_above(rule)])
        if rule["unless"]:
            own = e.all_([own, e.not_(e.tree(parse(texts, rule["unless"]), texts))])
        if rule["until"]:
            own = e.all_([own, e.not_(e.known(e.tree(parse(texts, rule["until"]), texts)))])
        advice[f"a{place}"] = own
    stages.append(advice)
    statuses = {}
    for place, rule in enumerate(texts.rules):
        own = e.column(f"a{place}")
        if rule["with"]:
            company = texts.company(rule)
            own = e.all_([own, e.any_([e.column(f"a{other}") for other in company]) if company else e.false()])
        statuses[f"s{place}"] = own
    stages.append(statuses)
    return stages


def names_of(tree):
    if tree[0] in ("in", "number"):
        return [tree[1]]
    return [name for part in tree[1:] if isinstance(part, tuple) for name in names_of(part)]


class SQL:
    def column(self, name):
        return f'"{name}"'

    def null(self, name):
        return f'("{name}" IS NULL)'

    def unstated(self, name):
        return f'(findings."{name}" IS NULL)'

    def not_(self, a):
        return f"(NOT {a})"

    def all_(self, parts):
        return "(" + " AND ".join(parts) + ")"

    def any_(self, parts):
        return "(" + " OR ".join(parts) + ")"

    def known(self, a):
        return f"coalesce({a}, false)"

    def true(self):
        return "true"

    def false(self):
        return "false"

    def step(self, source, steps, between):
        cases = []
        for place, step in enumerate(steps):
            if step[1] in ("<", "<=", ">", ">="):
                cases.append(f'WHEN "{source}" {step[1]} {step[2]} THEN {place}')
            else:
                cases.append(f'WHEN "{source}" >= {step[1]} AND "{source}" <= {step[3]} THEN {place}')
        for place, step in reversed(list(enumerate(steps[:-1]))):
            cases.append(f'WHEN "{source}" > {step[-1]} THEN {place + between}')
        return "(CASE " + " ".join(cases) + " END)"

    def greatest(self, parts):
        return "greatest(" + ", ".join(parts) + ")"

    def graded(self, finding, low, high, names):
        cases = " ".join(f"WHEN {place} THEN '{name}'" for place, name in enumerate(names))
        return f'coalesce("{finding}", CASE WHEN {low} = {high} THEN CASE {low} {cases} END END)'

    def derived(self, finding, condition, value):
        value = f"'{value}'" if isinstance(value, str) else str(value).lower()
        return f'(CASE WHEN {condition} THEN {value} ELSE "{finding}" END)'

    def tree(self, tree, texts):
        kind = tree[0]
        if kind == "all":
            return self.all_([self.tree(part, texts) for part in tree[1:]])
        if kind == "any":
            return self.any_([self.tree(part, texts) for part in tree[1:]])
        if kind == "not":
            return self.not_(self.tree(tree[1], texts))
        if kind == "least":
            parts = [self.tree(part, texts) for part in tree[2:]]
            yes = " + ".join(f"coalesce({part}, false)::INT" for part in parts)
            may = " + ".join(f"coalesce({part}, true)::INT" for part in parts)
            return f"(CASE WHEN {yes} >= {tree[1]} THEN true WHEN {may} < {tree[1]} THEN false END)"
        if kind == "number":
            return f'("{tree[1]}" {tree[2]} {tree[3]})'
        if texts.findings[tree[1]]["type"] == "boolean":
            return f'"{tree[1]}"' if tree[2] == ["yes"] else f'(NOT "{tree[1]}")'
        values = ", ".join(f"'{value}'" for value in tree[2])
        return f'("{tree[1]}" = {values})' if len(tree[2]) == 1 else f'("{tree[1]}" IN ({values}))'


def column_type(finding):
    return {"number": "DOUBLE", "boolean": "BOOLEAN"}.get(finding["type"], "VARCHAR")


def duckdb_query(texts, file):
    names = [n for n, f in texts.findings.items() if f["type"] != "derived"]
    struct = ", ".join(f'"{n}" {column_type(texts.findings[n])}' for n in names)
    parts = [
        f"WITH q0 AS (SELECT findings, {', '.join(f'findings.{chr(34)}{n}{chr(34)}' for n in names)} FROM read_json('{file}', "
        f"format='newline_delimited', columns={{id: 'VARCHAR', findings: 'STRUCT({struct})'}}))"
    ]
    made = set(names)
    stages = flatten(SQL(), texts)
    for number, stage in enumerate(stages):
        replaced = [f'{expression} AS "{name}"' for name, expression in stage.items() if name in made]
        added = [f'{expression} AS "{name}"' for name, expression in stage.items() if name not in made]
        star = f"* REPLACE ({', '.join(replaced)})" if replaced else "*"
        parts.append(f"q{number + 1} AS (SELECT {', '.join([star] + added)} FROM q{number})")
        made |= set(stage)
    counts = ", ".join(
        f"count(*) FILTER (WHERE s{p}), count(*) FILTER (WHERE s{p} IS NULL)" for p in range(len(texts.rules))
    )
    valid = f"SELECT {counts}, count(*) FROM q{len(stages)} WHERE NOT refused"
    return ",\n".join(parts) + "\n" + valid


class Polars:
    def __init__(self):
        import polars

        self.pl = polars

    def column(self, name):
        return self.pl.col(name)

    def null(self, name):
        return self.pl.col(name).is_null()

    def unstated(self, name):
        return self.pl.col("stated:" + name).is_null()

    def not_(self, a):
        return ~a

    def all_(self, parts):
        return balanced(parts, lambda a, b: a & b)

    def any_(self, parts):
        return balanced(parts, lambda a, b: a | b)

    def known(self, a):
        return a.fill_null(False)

    def true(self):
        return self.pl.lit(True)

    def false(self):
        return self.pl.lit(False)

    def step(self, source, steps, between):
        value, found = self.pl.col(source), self.pl.lit(None, dtype=self.pl.Int32)
        for place, step in enumerate(steps[:-1]):
            found = self.pl.when(value > float(step[-1])).then(place + between).otherwise(found)
        for place, step in reversed(list(enumerate(steps))):
            if step[1] in ("<", "<=", ">", ">="):
                holds = compare(value, step[1], float(step[2]))
            else:
                holds = (value >= float(step[1])) & (value <= float(step[3]))
            found = self.pl.when(holds).then(place).otherwise(found)
        return found

    def greatest(self, parts):
        return self.pl.max_horizontal(parts)

    def graded(self, finding, low, high, names):
        value = self.pl.lit(None, dtype=self.pl.String)
        for place, name in enumerate(names):
            value = self.pl.when((low == place) & (high == place)).then(self.pl.lit(name)).otherwise(value)
        return self.pl.coalesce(self.pl.col(finding), value)

    def derived(self, finding, condition, value):
        return self.pl.when(condition).then(self.pl.lit(value)).otherwise(self.pl.col(finding))

    def tree(self, tree, texts):
        kind = tree[0]
        if kind == "all":
            return self.all_([self.tree(part, texts) for part in tree[1:]])
        if kind == "any":
            return self.any_([self.tree(part, texts) for part in tree[1:]])
        if kind == "not":
            return ~self.tree(tree[1], texts)
        if kind == "least":
            parts = [self.tree(part, texts) for part in tree[2:]]
            yes = self.pl.sum_horizontal([part.fill_null(False).cast(self.pl.Int32) for part in parts])
            may = self.pl.sum_horizontal([part.fill_null(True).cast(self.pl.Int32) for part in parts])
            return self.pl.when(yes >= tree[1]).then(True).when(may < tree[1]).then(False).otherwise(None)
        if kind == "number":
            return compare(self.pl.col(tree[1]), tree[2], tree[3])
        if texts.findings[tree[1]]["type"] == "boolean":
            return self.pl.col(tree[1]) if tree[2] == ["yes"] else ~self.pl.col(tree[1])
        return self.any_([self.pl.col(tree[1]) == value for value in tree[2]])


def balanced(parts, join):
    while len(parts) > 1:
        parts = [join(*parts[i : i + 2]) if i + 1 < len(parts) else parts[i] for i in range(0, len(parts), 2)]
    return parts[0]


def compare(column, sign, value):
    return {"<": column < value, "<=": column <= value, ">": column > value, ">=": column >= value}[sign]


def polars_query(texts, file):
    import polars as pl

    names = [n for n, f in texts.findings.items() if f["type"] != "derived"]
    types = {"number": pl.Float64, "boolean": pl.Boolean}
    fields = [pl.Field(n, types.get(texts.findings[n]["type"], pl.String)) for n in names]
    frame = pl.scan_ndjson(file, schema={"id": pl.String, "findings": pl.Struct(fields)}).select("findings").unnest("findings")
    needed = {unless for *_, unless, _ in texts.derivations if unless}
    needed |= {n for _, _, condition, _, stated in texts.derivations if stated for n in names_of(parse(texts, condition))}
    needed |= {n for first, _, stated in texts.contradictions if stated for n in names_of(parse(texts, first))}
    frame = frame.with_columns([pl.col(n).alias("stated:" + n) for n in sorted(needed)])
    stages = flatten(Polars(), texts)
    for stage in stages:
        frame = frame.with_columns([expression.alias(name) for name, expression in stage.items()])
    frame = frame.filter(~pl.col("refused"))
    counts = []
    for place in range(len(texts.rules)):
        column = pl.col(f"s{place}")
        counts += [column.fill_null(False).sum().alias(f"y{place}"), column.null_count().alias(f"u{place}")]
    return frame.select(counts + [pl.len().alias("patients")])


def main():
    """`peers.py duckdb|polars TEXTS FILE`: prints seconds spent and the counts, as JSON."""
    import json
    import sys
    import time

    engine, folder, file = sys.argv[1:4]
    texts = Texts(Path(folder))
    start = time.perf_counter()
    if engine == "duckdb":
        import duckdb

        row = duckdb.connect().execute(duckdb_query(texts, file)).fetchone()
    else:
        row = polars_query(texts, file).collect(engine="streaming").row(0)
    seconds = time.perf_counter() - start
    counts = {rule["id"]: [row[2 * p], row[2 * p + 1]] for p, rule in enumerate(texts.rules)}
    print(json.dumps({"seconds": seconds, "patients": row[-1], "counts": counts}))


if __name__ == "__main__":
    main()
