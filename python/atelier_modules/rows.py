"""Rows of frames by number, where −1 is a row of missing values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .columns import type_of


def take_or_missing(frame: pd.DataFrame, rows: Sequence[int] | np.ndarray) -> pd.DataFrame:
    """The rows, numbered from 0. Integers and booleans with gaps stay what they are, as `Int64` and `boolean`."""
    positions = np.asarray(rows, dtype="int64")
    gaps = positions < 0
    index = pd.RangeIndex(len(positions))
    if not gaps.any():
        return frame.take(positions).set_axis(index)
    taken = {}
    for name in frame.columns:
        series = frame[name]
        kind = type_of(series)
        if kind in ("integer", "boolean"):
            series = series.astype("Int64" if kind == "integer" else "boolean")
        values = series.array.take(positions, allow_fill=True)
        column = pd.Series(values, index=index, name=name)
        taken[name] = column.astype(object).where(~gaps, None) if kind == "string" else column
    return pd.DataFrame(taken, index=index)
