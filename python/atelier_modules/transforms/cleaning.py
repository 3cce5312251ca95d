from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..columns import Column, type_of
from ..errors import ModuleError
from ..learning import Transform
from ..table import Table
from ..values import as_numbers, fill_missing, parse_value
from ..words import fresh_name, shorten
from .base import present

REPLACING = ("custom_value", "mean", "median", "mode")


@dataclass(frozen=True)
class Cleaned:
    """One column of a cleaning: what is put in place of a missing value (None: nothing can be), or that it goes."""

    column: Column
    value: Any = None
    gone: bool = False


class CleaningTransform(Transform):
    """Replaces missing values by those found when it was fitted, or removes rows or columns."""

    name = "clean_missing_data"

    def __init__(self, mode: str, cleaned: list[Cleaned], indicators: bool) -> None:
        self.mode = mode
        self.cleaned = cleaned
        self.indicators = indicators

    def apply(self, table: Table) -> Table:
        names = present(table, [one.column for one in self.cleaned], "The cleaning")
        if self.mode == "remove_column":
            gone = set(names)
            return table.keep([name for name in table.names if name not in gone])
        if self.mode == "remove_row":
            return table.take(~table.frame[names].isna().any(axis=1).to_numpy()) if names else table
        return self._replace(table, set(names))

    def _replace(self, table: Table, names: set[str]) -> Table:
        gone = {one.column.name for one in self.cleaned if one.gone}
        table = table.keep([name for name in table.names if name not in gone])
        names -= gone
        frame = table.frame.copy(deep=False)
        flags: dict[str, np.ndarray] = {}
        for one in self.cleaned:
            name = one.column.name
            if name not in names:
                continue
            series = frame[name]
            missing = series.isna().to_numpy()
            if self.indicators:
                flags[fresh_name(f"{name}_IsMissing", table)] = missing
            if one.value is not None and missing.any():
                frame[name] = self._fill(series, missing, one)
        for name, values in flags.items():
            frame[name] = values
        return table.with_frame(frame)

    @staticmethod
    def _fill(series: pd.Series, missing: np.ndarray, one: Cleaned) -> pd.Series:
        kind = type_of(series)
        if missing.all() and kind != one.column.type:
            # A column with no value at all has whatever type its reader guessed: the fitted one is the right one.
            return pd.Series([one.value] * len(series), index=series.index, name=series.name)
        numeric = ("integer", "double", "boolean")
        if kind != one.column.type and not (kind in numeric and one.column.type in numeric):
            raise ModuleError(
                f"Column “{one.column.name}” was cleaned as {one.column.type}, but is {kind} here.",
                column=one.column.name,
            )
        return fill_missing(series, one.value)

    def describe(self) -> dict[str, Any]:
        values = {one.column.name: _shown(one.value) for one in self.cleaned if not one.gone}
        removed = [one.column.name for one in self.cleaned if one.gone]
        return {
            **super().describe(),
            "mode": self.mode,
            "columns": values,
            "removed": removed,
            "indicators": self.indicators,
        }


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, pd.Timestamp) else value


def fit_cleaning(
    table: Table,
    names: list[str],
    mode: str,
    ratios: tuple[float, float],
    replacement: str,
    empty_columns: str,
    indicators: bool,
) -> CleaningTransform:
    """`empty_columns` says what becomes of a column without any value: propagate, remove or fill.

    Raises ModuleError when a column with missing values cannot be cleaned in this way."""
    low, high = ratios
    if low > high:
        raise ModuleError(
            f"The minimum ratio {low:g} is larger than the maximum ratio {high:g}.",
            parameter="minimum_missing_value_ratio",
        )
    cleaned = []
    for name in names:
        series = table.frame[name]
        gaps = int(series.isna().sum())
        share = gaps / len(series) if len(series) else 0.0
        if gaps and not low <= share <= high:
            continue
        if mode == "remove_column":
            if gaps:
                cleaned.append(Cleaned(table.column(name)))
        elif mode == "remove_row":
            cleaned.append(Cleaned(table.column(name)))
        elif gaps == len(series) and mode != "custom_value" and empty_columns == "remove" and gaps:
            cleaned.append(Cleaned(table.column(name), gone=True))
        else:
            fill_empty = empty_columns == "fill"
            value, fits = _substitute(table.column(name), series, mode, replacement, fill_empty, gaps)
            if fits:
                cleaned.append(Cleaned(table.column(name), value))
    return CleaningTransform(mode, cleaned, indicators and mode in REPLACING)


def _substitute(
    column: Column, series: pd.Series, mode: str, replacement: str, fill_empty: bool, gaps: int
) -> tuple[Any, bool]:
    """The value for a column, and whether the cleaning says anything about it."""
    if mode == "custom_value":
        return _custom(column, replacement, gaps)
    known = series.dropna()
    # A column without any value has no type that could be wrong; pandas reads it as doubles.
    allowed = {"mean": ("integer", "double", "boolean"), "median": ("integer", "double")}.get(mode)
    if allowed and column.type not in allowed and len(known):
        if not gaps:
            return None, False
        raise ModuleError(
            f"Column “{column.name}” is {column.type}: it has no {mode}.",
            parameter="cleaning_mode",
            column=column.name,
            hint="Leave the column out, or replace with the mode or a custom value.",
        )
    if not len(known):
        empty = {"string": "", "boolean": False, "datetime": None}.get(column.type, 0)
        return (empty if fill_empty else None), True
    if mode == "mode":
        return _plain(known.mode().iloc[0]), True
    numbers = as_numbers(known)
    with np.errstate(invalid="ignore"):
        middle = float(np.mean(numbers) if mode == "mean" else np.median(numbers))
    if np.isnan(middle):
        # Infinities of both signs have no middle.
        return None, True
    whole = column.type == "integer" and middle.is_integer() and abs(middle) < 2**53
    return (int(middle) if whole else middle), True


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _custom(column: Column, replacement: str, gaps: int) -> tuple[Any, bool]:
    try:
        return parse_value(replacement, column.type), True
    except (ValueError, OverflowError):
        if not gaps:
            return None, False
        raise ModuleError(
            f"“{shorten(replacement)}” does not fit column “{column.name}”, which is {column.type}.",
            parameter="replacement_value",
            column=column.name,
            hint="Clean columns of other types with a module of their own.",
        ) from None
