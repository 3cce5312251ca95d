from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

TYPES = ("string", "integer", "double", "boolean", "datetime")
ROLES = ("feature", "label", "score", "none")


@dataclass(frozen=True)
class Column:
    """What is known of one column besides its values. `score` says which score a column of role `score` holds."""

    name: str
    type: str
    categorical: bool = False
    role: str = "feature"
    score: str | None = None

    @property
    def is_numeric(self) -> bool:
        return self.type in ("integer", "double")


def type_of(series: pd.Series) -> str:
    """The column type of a series as a table holds it: no pandas category, no objects other than text."""
    return type_of_dtype(series.dtype)


def type_of_dtype(dtype: Any) -> str:
    kind = getattr(dtype, "kind", "O")
    if kind in "iu":
        return "integer"
    if kind == "f":
        return "double"
    if kind == "b":
        return "boolean"
    if kind == "M":
        return "datetime"
    return "string"


def settle(series: pd.Series) -> tuple[pd.Series, bool]:
    """The series with one of the five types, and whether pandas held it as categories."""
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return settle(_plain(series))[0], True
    if dtype == object:
        return _settle_objects(series), False
    if isinstance(dtype, pd.DatetimeTZDtype) and str(dtype.tz) != "UTC":
        return series.dt.tz_convert("UTC"), False
    if isinstance(dtype, (pd.StringDtype, pd.ArrowDtype)) and type_of(series) == "string":
        return _as_text(series.astype(object)), False
    if isinstance(dtype, pd.ArrowDtype):
        return settle(pd.Series(series.to_numpy(), index=series.index, name=series.name))
    if isinstance(dtype, pd.Float64Dtype | pd.Float32Dtype):
        return series.astype("float64"), False
    kind = getattr(dtype, "kind", "O")
    if kind in "iufbM":
        return series, False
    if kind == "c":
        return pd.Series(np.real(series.to_numpy()), index=series.index, name=series.name), False
    return _settle_objects(series.astype(object)), False


def _plain(series: pd.Series) -> pd.Series:
    categories = series.cat.categories
    if series.isna().any() and getattr(categories.dtype, "kind", "O") in "iub":
        nullable = "boolean" if categories.dtype.kind == "b" else "Int64"
        return series.astype(object).astype(nullable)
    return series.astype(categories.dtype)


def _settle_objects(series: pd.Series) -> pd.Series:
    """Objects get the type that their values have; only a look at the first is paid for plain text."""
    first = next((value for value in series.array if value is not None and value == value), None)
    if first is None or isinstance(first, str):
        return series
    kind = pd.api.types.infer_dtype(series, skipna=True)
    if kind == "integer":
        return series.astype("Int64" if series.isna().any() else "int64")
    if kind == "boolean":
        return series.astype("boolean" if series.isna().any() else "bool")
    if kind in ("floating", "mixed-integer-float", "decimal"):
        return pd.to_numeric(series).astype("float64")
    if kind in ("datetime", "datetime64", "date"):
        return pd.to_datetime(series)
    return _as_text(series)


def _as_text(series: pd.Series) -> pd.Series:
    missing = series.isna().to_numpy()
    texts = [None if gone else _text(value) for value, gone in zip(series.array, missing, strict=True)]
    return pd.Series(texts, index=series.index, name=series.name, dtype=object)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
