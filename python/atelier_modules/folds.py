from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Folds:
    """Which fold each row belongs to: numbers from 1 to `count`."""

    count: int
    ids: np.ndarray

    def follow(self, index: pd.Index) -> Folds | None:
        """The folds of rows that were kept, dropped or moved, by their old row numbers; None when those are not known."""
        if isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1:
            return self if len(index) == len(self.ids) else None
        if not pd.api.types.is_integer_dtype(index.dtype):
            return None
        rows = index.to_numpy()
        if len(rows) and (rows.min() < 0 or rows.max() >= len(self.ids)):
            return None
        return Folds(self.count, self.ids[rows])
