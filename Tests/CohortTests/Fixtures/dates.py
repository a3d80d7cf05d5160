"""Writes dates.arrow: dates and moments as pyarrow writes them, for TableTests."""
import datetime as d
from pathlib import Path
import pyarrow as pa
from pyarrow import ipc

days = [d.date(2012, 1, 29), None, d.date(1969, 12, 31)]
moments = [d.datetime(2012, 1, 29, 10, 5, 0, 250000), None, d.datetime(1969, 12, 31, 23, 59, 59)]
columns = {
    "id": pa.array(["a", "b", "c"]), "men1": pa.array([True, None, False]), "date32": pa.array(days, pa.date32()), "date64": pa.array(days, pa.date64()),
    "ms": pa.array(moments, pa.timestamp("ms")), "us": pa.array(moments, pa.timestamp("us", tz="UTC")), "ns": pa.array(moments, pa.timestamp("ns")),
    "s": pa.array([m and m.replace(microsecond=0) for m in moments], pa.timestamp("s", tz="Europe/Athens")),
}
table = pa.table(columns)
with ipc.new_file(str(Path(__file__).with_name("dates.arrow")), table.schema) as writer:
    writer.write_table(table)
