"""SVMLight: `label index:value …`, one row a line. The table has the label and one column for each index."""

from __future__ import annotations

import io

import pandas as pd
from sklearn.datasets import load_svmlight_file

from .columns import Column
from .errors import ModuleError
from .table import Table

_MOST_CELLS = 50_000_000


def parse_svmlight(data: bytes) -> Table:
    try:
        matrix, labels = load_svmlight_file(io.BytesIO(data), zero_based="auto")
    except (ValueError, IndexError, OverflowError) as error:
        raise ModuleError(f"This is no SVMLight: {error}.", hint="A row is: label index:value index:value") from None
    rows, width = matrix.shape
    if rows * width > _MOST_CELLS:
        raise ModuleError(f"{rows:,} rows of {width:,} columns are too many: there would be {rows * width:,} cells.")
    frame = pd.DataFrame(matrix.toarray(), columns=[f"Col{at + 1}" for at in range(width)])
    whole = (labels % 1 == 0).all()
    frame.insert(0, "Label", labels.astype("int64") if whole else labels)
    return Table(frame, [Column("Label", "integer" if whole else "double", role="label")])
