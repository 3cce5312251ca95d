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
class Binned:
    """One column and the inner edges of its bins, ascending: n edges make n + 1 bins."""

    column: Column
    edges: list[float]


class BinningTransform(Transform):
    """Numbers of bins from 1, a value on an edge in the bin below; for quantiles perhaps scaled to 0–1 or 0–100."""

    name = "group_data_into_bins"

    def __init__(
        self, binned: list[Binned], scale: float | None, output_mode: str, categorical: bool
    ) -> None:
        self.binned = binned
        self.scale = scale
        self.output_mode = output_mode
        self.categorical = categorical

    def apply(self, table: Table) -> Table:
        names = present(table, [one.column for one in self.binned], "The binning")
        require_types(table, names, ("integer", "double"))
        inplace = self.output_mode == "inplace"
        frame = (
            pd.DataFrame(index=table.frame.index)
            if self.output_mode == "result_only"
            else table.frame.copy(deep=False)
        )
        new = []
        for one in (one for one in self.binned if one.column.name in names):
            name = one.column.name
            values = self.bins(table.frame[name], one)
            target = name if inplace else fresh_name(f"{name}_quantized", frame.columns)
            frame[target] = values
            role = table.column(name).role if inplace else "feature"
            new.append(Column(target, type_of(values), self.categorical, role))
        return table.with_frame(frame, new)

    def bins(self, series: pd.Series, one: Binned) -> pd.Series:
        numbers = as_numbers(series)
        bins = np.searchsorted(np.asarray(one.edges), numbers, side="left") + 1.0
        bins[np.isnan(numbers)] = np.nan
        if self.scale is None:
            whole = whole_numbers(bins, series.index)
            assert whole is not None
            return whole
        last = max(len(one.edges), 1)
        return pd.Series((bins - 1) / last * self.scale, index=series.index)

    def describe(self) -> dict[str, Any]:
        return {**super().describe(), "columns": {one.column.name: one.edges for one in self.binned}}


def quantile_edges(numbers: np.ndarray, count: int) -> list[float]:
    """Inner edges between quantiles. Where many equal values would leave a bin empty, an edge is left out."""
    known = numbers[~np.isnan(numbers)]
    if not len(known) or count == 1:
        return []
    edges = np.unique(np.quantile(known, np.arange(1, count) / count))
    used = np.unique(np.searchsorted(edges, known, side="left"))
    return [float(edge) for edge in edges[used[:-1]]]


def equal_edges(numbers: np.ndarray, count: int) -> list[float]:
    known = numbers[~np.isnan(numbers)]
    if not len(known) or known.min() == known.max():
        return []
    return [float(edge) for edge in np.linspace(known.min(), known.max(), count + 1)[1:-1]]
