"""Tables of patients, in and out by Arrow."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from ._program import IsletError, program

if TYPE_CHECKING:
    import pyarrow


class RowsRefused(IsletError):
    """Rows that can't be read as patients, or contradict themselves.

    refusals: each row's number from 1, id and errors. answers: the table, with nulls in these rows.
    """

    def __init__(self, refusals: list[dict[str, Any]], answers: Any) -> None:
        first = refusals[0]["errors"][0]
        super().__init__(
            "eval.refused", f"rows refused: {len(refusals)}, the first of them row {refusals[0]['row']}: {first['code']}: {first['message']}"
        )
        self.refusals = refusals
        self.answers = answers


def evaluate(
    frame: Any,
    *,
    rules: str | None = None,
    long: bool = False,
    map: str | os.PathLike[str] | None = None,
    keep: Sequence[str] = (),
    ignore_extra: bool = False,
    guideline: str | os.PathLike[str] | None = None,
    refused: Literal["raise", "null"] = "raise",
    output: str | os.PathLike[str] | None = None,
) -> Any:
    """Says what the guideline says of each row: a column a rule with applies, depends or absent, in the rows' order.

    frame: a pandas or polars data frame, an Arrow table, or the name of a Parquet file. Its columns are id and findings, by id or name
    (`islet schema findings` lists them); what isn't stated, null, is unknown. The answer is of the same kind, an Arrow table for a file.

    rules: only rules whose id is like one of these: "surgery.*,ssa.*". long: a row for each statement that applies or depends.
    map: what your columns and codes mean (`islet schema map` writes a form). keep: columns to hand on. ignore_extra: pass over columns that
    mean nothing here. refused: what to do about rows that can't be read: raise RowsRefused, or leave nulls. output: a Parquet file to write.
    """
    try:
        import pyarrow
        import pyarrow.ipc
        import pyarrow.parquet
    except ImportError as error:
        raise IsletError("tables.pyarrow", "tables need pyarrow: pip install 'islet[tables]'") from error

    table = _table(frame, pyarrow)
    call = [program(), "eval", "--language", "en", "--from", "arrow", "--to", "arrows"]
    call += ["--rules", rules] if rules is not None else []
    call += ["--long"] if long else []
    call += ["--map", os.fspath(map)] if map is not None else []
    call += ["--keep", ",".join(keep)] if keep else []
    call += ["--ignore-extra"] if ignore_extra else []
    call += ["--guideline", os.fspath(guideline)] if guideline is not None else []
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    with tempfile.TemporaryDirectory() as folder:
        refusals_file = os.path.join(folder, "refused.ndjson")
        done = subprocess.run([*call, "--errors", refusals_file], input=sink.getvalue(), capture_output=True, check=False)
        refusals: list[dict[str, Any]] = []
        if os.path.exists(refusals_file):
            with open(refusals_file, encoding="utf-8") as lines:
                refusals = [json.loads(line) for line in lines]
    if done.returncode != 0 and not refusals:
        raise _error(done.stderr.decode("utf-8", "replace"))
    answers = pyarrow.ipc.open_stream(done.stdout).read_all()
    if output is not None:
        pyarrow.parquet.write_table(answers, os.fspath(output))
    result = _like(frame, answers)
    if refusals and refused == "raise":
        raise RowsRefused(refusals, result)
    return result


def _kind(frame: Any) -> str:
    return type(frame).__module__.split(".")[0]


def _table(frame: Any, pyarrow: Any) -> pyarrow.Table:
    if isinstance(frame, (str, os.PathLike)):
        return pyarrow.parquet.read_table(os.fspath(frame))
    if isinstance(frame, pyarrow.Table):
        return frame
    if isinstance(frame, pyarrow.RecordBatch):
        return pyarrow.Table.from_batches([frame])
    if _kind(frame) == "pandas":
        return pyarrow.Table.from_pandas(frame, preserve_index=False)
    if hasattr(frame, "collect"):
        frame = frame.collect()
    if hasattr(frame, "to_arrow"):
        return frame.to_arrow()
    if hasattr(frame, "__arrow_c_stream__"):
        return pyarrow.table(frame)
    raise TypeError(f"evaluate takes a pandas or polars data frame, an Arrow table or the name of a Parquet file, not {type(frame).__name__}")


def _like(frame: Any, answers: pyarrow.Table) -> Any:
    kind = _kind(frame)
    if kind == "pandas":
        return answers.to_pandas()
    if kind == "polars":
        import polars

        return polars.from_arrow(answers)
    return answers


def _error(said: str) -> IsletError:
    """What islet printed on standard error: error[code], two spaces, what was wrong."""
    head, _, rest = said.partition("]  ")
    if head.startswith("error[") and rest:
        return IsletError(head[len("error["):], " ".join(line.strip() for line in rest.splitlines()))
    return IsletError("eval.failed", said.strip() or "islet gave no answer")
