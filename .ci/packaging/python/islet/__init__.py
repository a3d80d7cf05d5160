"""A guideline on pancreatic neuroendocrine tumours, asked from Python.

For clinical training and education with hypothetical patient data; not for the diagnosis or treatment of real patients.

>>> session = islet.Session()
>>> session.patient("Maria 54F, insulinoma 14 mm")
>>> [advice["rule"] for advice in session.recommend().advice]
>>> islet.evaluate(frame)          # a pandas or polars data frame, an Arrow table, or the name of a Parquet file
"""

from ._program import IsletError, program
from ._session import Answer, Session
from ._tables import RowsRefused, evaluate
from ._version import __version__

__all__ = ["Answer", "IsletError", "RowsRefused", "Session", "__version__", "evaluate", "program"]
