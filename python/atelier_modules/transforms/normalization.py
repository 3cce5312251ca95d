from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special, stats

from ..columns import Column
from ..errors import ModuleError
from ..learning import Transform
from ..table import Table
from ..values import as_numbers
from .base import present, require_types


@dataclass(frozen=True)
class Scaled:
    """One column: value becomes method((value − shift) / width). A width of 0 marks a constant column."""

    column: Column
    shift: float
    width: float


class NormalizingTransform(Transform):
    name = "normalize_data"

    def __init__(self, method: str, scaled: list[Scaled], zero_for_constant: bool) -> None:
        self.method = method
        self.scaled = scaled
        self.zero_for_constant = zero_for_constant

    def apply(self, table: Table) -> Table:
        names = present(table, [one.column for one in self.scaled], "The normalization")
        require_types(table, names, ("integer", "double"))
        frame = table.frame.copy(deep=False)
        for one in (one for one in self.scaled if one.column.name in names):
            series = frame[one.column.name]
            frame[one.column.name] = pd.Series(self.scale(as_numbers(series), one), index=series.index)
        return table.with_frame(frame)

    def scale(self, numbers: np.ndarray, one: Scaled) -> np.ndarray:
        if self.method == "logistic":
            return special.expit(numbers)
        if self.method == "tanh":
            return np.tanh(numbers)
        if one.width == 0 or np.isnan(one.width):
            constant = 0.0 if self.zero_for_constant else np.nan
            return np.where(np.isnan(numbers), np.nan, constant)
        if self.method == "lognormal":
            return stats.lognorm.cdf(numbers, s=one.width, scale=np.exp(one.shift))
        with np.errstate(invalid="ignore"):
            return (numbers - one.shift) / one.width

    def describe(self) -> dict[str, Any]:
        columns = {one.column.name: {"shift": one.shift, "width": one.width} for one in self.scaled}
        return {**super().describe(), "method": self.method, "columns": columns}


def fit_normalization(
    table: Table, names: list[str], method: str, zero_for_constant: bool
) -> NormalizingTransform:
    require_types(table, names, ("integer", "double"), "columns")
    scaled = []
    for name in names:
        numbers = as_numbers(table.frame[name])
        if method == "lognormal":
            _require_positive(name, numbers)
        shift, width = _parameters(method, numbers[~np.isnan(numbers)])
        scaled.append(Scaled(table.column(name), shift, width))
    return NormalizingTransform(method, scaled, zero_for_constant)


def _parameters(method: str, known: np.ndarray) -> tuple[float, float]:
    if method in ("logistic", "tanh"):
        return 0.0, 1.0
    if not len(known):
        return float("nan"), float("nan")
    if known.min() == known.max():
        return float(known[0]), 0.0
    if method == "minmax":
        return float(known.min()), float(known.max() - known.min())
    values = np.log(known) if method == "lognormal" else known
    with np.errstate(invalid="ignore"):
        return float(np.mean(values)), float(np.std(values))


def _require_positive(name: str, numbers: np.ndarray) -> None:
    bad = numbers <= 0
    if bad.any():
        row = int(np.argmax(bad))
        raise ModuleError(
            f"{numbers[row]:g} in column “{name}”, row {row + 1}, is not above 0, so it has no logarithm.",
            parameter="transformation_method",
            column=name,
            row=row + 1,
        )
