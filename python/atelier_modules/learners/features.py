"""Which columns a model learns from, and how their values become numbers or categories."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..columns import Column
from ..context import Context
from ..errors import ModuleError
from ..table import Table

DATE_PARTS = ("days", "month", "weekday", "hour")
# A text column is taken for free text and left out past this many texts in this share of rows, and for names or
# identifiers when next to every row has its own.
_MANY_TEXTS, _MANY_SHARE = 1000, 0.5
_OWN_TEXTS, _OWN_SHARE = 50, 0.9
_DAY_NS = 86_400 * 10**9


@dataclass(frozen=True)
class Feature:
    """`kind` is number, category or date; `name`, `type` and `categorical` are those of the column it was learned from."""

    name: str
    kind: str
    type: str
    categorical: bool

    def describe(self) -> dict[str, Any]:
        return {"name": self.name, "type": self.type, "categorical": self.categorical}


def choose_features(table: Table, names: Iterable[str], ctx: Context | None) -> list[Feature]:
    """Features of the named columns. Raises ModuleError when none can be learned from."""
    features = []
    for name in names:
        column = table.column(name)
        kind = _kind(column)
        if kind == "category" and column.type == "string" and not column.categorical:
            unique = table.frame[name].nunique()
            filled = table.rows - int(table.frame[name].isna().sum())
            if (unique > _MANY_TEXTS and unique > _MANY_SHARE * filled) or (
                unique > _OWN_TEXTS and unique > _OWN_SHARE * filled
            ):
                if ctx is not None:
                    ctx.log(f"“{name}” is left out: it has {unique:,} different texts in {filled:,} rows.")
                continue
        features.append(Feature(name, kind, column.type, column.categorical))
    if not features:
        raise ModuleError(
            "The dataset has no column to learn from.",
            hint="Give at least one column besides the label the role feature. Free text cannot be learned from.",
        )
    return features


def _kind(column: Column) -> str:
    if column.type == "datetime":
        return "date"
    if column.categorical or column.type in ("string", "boolean"):
        return "category"
    return "number"


def check_features(table: Table, features: Iterable[Feature]) -> None:
    """Raises ModuleError when a column that the model learned from is not there."""
    check_names(table, features)


def check_names(there: Container[str], features: Iterable[Feature]) -> None:
    missing = [feature.name for feature in features if feature.name not in there]
    if missing:
        shown = ", ".join(f"“{name}”" for name in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise ModuleError(
            f"The dataset lacks {shown}{more}, which the model was trained on.",
            column=missing[0],
            hint="Give the dataset the columns of the training data.",
        )


def read_features(table: Table, features: Iterable[Feature]) -> pd.DataFrame:
    """Numbers as float64 with NaN, categories as text with None, and four numbers for each date."""
    values: dict[str, Any] = {}
    for feature in features:
        series = table.frame[feature.name]
        if feature.kind == "number":
            values[feature.name] = read_numbers(series)
        elif feature.kind == "category":
            texts = read_categories(series)
            values[feature.name] = (
                read_flags(texts) if feature.type == "boolean" and series.dtype != bool else texts
            )
        else:
            for part, numbers in zip(DATE_PARTS, read_dates(series), strict=True):
                values[f"{feature.name} ({part})"] = numbers
    return pd.DataFrame(values, index=table.frame.index, copy=False)


def read_numbers(series: pd.Series) -> np.ndarray:
    kind = getattr(series.dtype, "kind", "O")
    if kind == "f" or (kind in "iub" and isinstance(series.dtype, np.dtype)):
        numbers = series.to_numpy(dtype=np.float64)
        return np.where(np.isinf(numbers), np.nan, numbers) if np.isinf(numbers).any() else numbers
    if kind in "iufb":
        return series.to_numpy(dtype=np.float64, na_value=np.nan)
    numbers = pd.to_numeric(series, errors="coerce")
    wrong = np.flatnonzero(numbers.isna().to_numpy() & series.notna().to_numpy())
    if len(wrong):
        row = int(wrong[0])
        raise ModuleError(
            f"“{series.iloc[row]}” in the column “{series.name}” is no number, but the model was trained on numbers there.",
            column=str(series.name),
            row=row + 1,
        )
    return numbers.to_numpy(dtype=np.float64)


def read_categories(series: pd.Series) -> np.ndarray:
    if series.dtype == object:
        values = series.to_numpy()
        first = next((value for value in values if value is not None), None)
        if first is None or isinstance(first, str):
            # None and NaN both mean missing; one of them must be left, for the encoders tell them apart.
            missing = series.isna().to_numpy()
            if missing.any():
                values = values.copy()
                values[missing] = None
            return values
    codes, uniques = pd.factorize(series)
    texts = np.array([category_text(value) for value in uniques] + [None], dtype=object)
    return texts[codes]


def category_text(value: Any) -> str | None:
    """One value as the category it belongs to: 3 and 3.0 are the same one, and so are True and "true"."""
    if isinstance(value, str):
        return value
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


def flag_text(value: Any) -> str | None:
    """true or false, however it is written."""
    text = category_text(value)
    if text is None:
        return None
    folded = text.strip().casefold()
    return {"1": "true", "0": "false"}.get(folded, folded)


def read_flags(texts: np.ndarray) -> np.ndarray:
    codes, uniques = pd.factorize(texts)
    return np.array([*(flag_text(text) for text in uniques), None], dtype=object)[codes]


def read_dates(series: pd.Series) -> list[np.ndarray]:
    if getattr(series.dtype, "kind", "O") != "M":
        moments = pd.to_datetime(series, errors="coerce", utc=True, format="ISO8601")
        wrong = np.flatnonzero(moments.isna().to_numpy() & series.notna().to_numpy())
        if len(wrong):
            row = int(wrong[0])
            raise ModuleError(
                f"“{series.iloc[row]}” in the column “{series.name}” is no date, but the model was trained on dates there.",
                column=str(series.name),
                row=row + 1,
            )
        series = moments
    if getattr(series.dtype, "tz", None) is not None:
        series = series.dt.tz_convert("UTC").dt.tz_localize(None)
    stamps = series.to_numpy().astype("datetime64[ns]")
    missing = np.isnat(stamps)
    days = stamps.astype(np.int64) / _DAY_NS
    months = stamps.astype("datetime64[M]").astype(np.int64) % 12 + 1
    whole = np.floor(days)
    weekdays = (whole + 3) % 7
    hours = np.floor((days - whole) * 24 + 1e-9)
    return [np.where(missing, np.nan, part) for part in (days, months, weekdays, hours)]
