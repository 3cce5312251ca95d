from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..columns import Column, type_of
from ..learning import Transform
from ..table import Table
from ..values import as_numbers, whole_numbers
from ..words import fresh_name
from .base import present, require_types


@dataclass(frozen=True)
class Side:
    """One end of a column: values beyond `threshold` become `substitute` (NaN: missing)."""

    threshold: float
    substitute: float


@dataclass(frozen=True)
class Clipped:
    column: Column
    upper: Side | None
    lower: Side | None


class ClippingTransform(Transform):
    name = "clip_values"

    def __init__(self, clipped: list[Clipped], overwrite: bool, indicators: bool) -> None:
        self.clipped = clipped
        self.overwrite = overwrite
        self.indicators = indicators

    def apply(self, table: Table) -> Table:
        names = present(table, [one.column for one in self.clipped], "The clipping")
        require_types(table, names, ("integer", "double"))
        frame = table.frame.copy(deep=False)
        new: list[Column] = []
        flags: dict[str, np.ndarray] = {}
        for one in (one for one in self.clipped if one.column.name in names):
            name = one.column.name
            values, changed = self.clip(frame[name], one)
            if self.overwrite:
                frame[name] = values
            else:
                target = fresh_name(f"{name}_clipped", frame.columns)
                frame[target] = values
                new.append(Column(target, type_of(values)))
            if self.indicators:
                flags[f"{name}_IsClipped"] = changed
        for name, changed in flags.items():
            frame[fresh_name(name, frame.columns)] = changed
        return table.with_frame(frame, new)

    @staticmethod
    def clip(series: pd.Series, one: Clipped) -> tuple[pd.Series, np.ndarray]:
        """The clipped column, still of integers where it was and all of them are whole, and which rows changed."""
        numbers = as_numbers(series)
        result = numbers.copy()
        changed = np.zeros(len(numbers), dtype=bool)
        for side, beyond in ((one.upper, np.greater), (one.lower, np.less)):
            if side is not None:
                outside = beyond(numbers, side.threshold)
                result[outside] = side.substitute
                changed |= outside
        if not changed.any():
            return series, changed
        whole = whole_numbers(result, series.index) if type_of(series) == "integer" else None
        return whole if whole is not None else pd.Series(result, index=series.index), changed

    def describe(self) -> dict[str, Any]:
        columns = {
            one.column.name: {
                "upper": None if one.upper is None else [one.upper.threshold, one.upper.substitute],
                "lower": None if one.lower is None else [one.lower.threshold, one.lower.substitute],
            }
            for one in self.clipped
        }
        return {**super().describe(), "columns": columns}
