from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from ..columns import Column
from ..describe import describe_table
from ..table import Table
from ..table_files import read_stored, write_table

_ROWS = 200


def warm_up() -> None:
    """Does once what every step does, so that what libraries set up at first use is there in every fork (13 of 95 ms)."""
    frame = pd.DataFrame(
        {
            "integer": range(_ROWS),
            "double": [0.5, None] * (_ROWS // 2),
            "text": ["a", None] * (_ROWS // 2),
            "integer with missing": pd.array([1, None] * (_ROWS // 2), dtype="Int64"),
            "boolean with missing": pd.array([True, None] * (_ROWS // 2), dtype="boolean"),
            "moment": pd.to_datetime(["2024-01-01"] * _ROWS),
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        table = Table(frame, [Column("text", "string", categorical=True)])
        for _ in range(2):
            write_table(table, Path(folder))
            stored = read_stored(Path(folder))
            table = stored.table().take([0, 1, 2] * 60)
        describe_table(stored)
