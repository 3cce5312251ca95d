from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..columns import Column, type_of
from ..learning import Transform
from ..table import Table
from ..values import as_numbers
from ..words import fresh_name
from .base import present


@dataclass(frozen=True)
class Spread:
    """One column: its categories as text, in order, and the columns they became. Missing has the category None."""

    column: Column
    targets: list[tuple[str | None, str]]


class IndicatorTransform(Transform):
    """A column of ones and zeros for each category that was seen when it was fitted."""

    name = "convert_to_indicator_values"

    def __init__(self, spread: list[Spread], overwrite: bool) -> None:
        self.spread = spread
        self.overwrite = overwrite

    def apply(self, table: Table) -> Table:
        names = present(table, [one.column for one in self.spread], "The indicator columns")
        kept = [name for name in table.names if not (self.overwrite and name in names)]
        made: dict[str, np.ndarray] = {}
        new: list[Column] = []
        for one in (one for one in self.spread if one.column.name in names):
            role = "feature" if one.column.role in ("label", "score") else one.column.role
            made |= self._make(table.frame[one.column.name], one)
            new += [Column(target, "integer", role=role) for _, target in one.targets]
        joined = pd.concat([table.frame[kept], pd.DataFrame(made, index=table.frame.index)], axis=1)
        return table.with_frame(joined, new)

    @staticmethod
    def _make(series: pd.Series, one: Spread) -> dict[str, np.ndarray]:
        places = {category: place for place, (category, _) in enumerate(one.targets)}
        # −1 is a category that was not seen, or a missing value when there was none.
        found = np.fromiter((places.get(text, -1) for text in category_texts(series)), "int64", len(series))
        return {target: (found == place).astype("int64") for place, (_, target) in enumerate(one.targets)}

    def describe(self) -> dict[str, Any]:
        columns = {one.column.name: [target for _, target in one.targets] for one in self.spread}
        return {**super().describe(), "columns": columns, "overwrite": self.overwrite}


def category_texts(series: pd.Series) -> pd.Series:
    """Categories as text, so that 1 and 1.0 are one category; None for missing."""
    kind = type_of(series)
    missing = series.isna()
    if kind == "string":
        return series.astype(object).where(~missing, None) if missing.any() else series
    if kind in ("integer", "double"):
        numbers = as_numbers(series)
        texts = [_number_text(value) for value in numbers]
    elif kind == "boolean":
        texts = ["true" if value == 1 else "false" for value in as_numbers(series)]
    else:
        texts = [str(value) for value in series]
    return pd.Series(texts, index=series.index, dtype=object).where(~missing, None)


def _number_text(value: float) -> str:
    return str(int(value)) if np.isfinite(value) and value == int(value) else repr(float(value))


def fit_indicators(table: Table, names: list[str], overwrite: bool) -> IndicatorTransform:
    taken = set(table.names)
    spread = []
    for name in names:
        series = table.frame[name]
        texts = category_texts(series)
        ordered = series.dropna().drop_duplicates().sort_values()
        categories: list[str | None] = list(dict.fromkeys(texts.loc[ordered.index]))
        if texts.isna().any():
            categories.append(None)
        targets = []
        for category in categories:
            target = fresh_name(f"{name}-{'Missing' if category is None else category}", taken)
            taken.add(target)
            targets.append((category, target))
        spread.append(Spread(table.column(name), targets))
    return IndicatorTransform(spread, overwrite)
