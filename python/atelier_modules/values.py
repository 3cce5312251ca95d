"""Values of columns: as numbers, from one type to another, and single values typed into a parameter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .columns import type_of
from .errors import ModuleError
from .words import shorten

TRUE_WORDS = frozenset({"true", "yes", "y", "t", "1", "1.0"})
FALSE_WORDS = frozenset({"false", "no", "n", "f", "0", "0.0"})
_TITLES = {
    "string": "text",
    "integer": "an integer",
    "double": "a number",
    "boolean": "a boolean",
    "datetime": "a date",
}


def as_numbers(series: pd.Series) -> np.ndarray:
    """A numeric or boolean column as doubles, NaN for missing."""
    return series.to_numpy(dtype="float64", na_value=np.nan)


def narrow(series: pd.Series) -> pd.Series:
    """`Int64` and `boolean` without a missing value as plain `int64` and `bool`."""
    kind = type_of(series)
    if kind in ("integer", "boolean") and pd.api.types.is_extension_array_dtype(series.dtype):
        if not series.isna().any():
            return series.astype("int64" if kind == "integer" else "bool")
    return series


def whole_numbers(values: np.ndarray, index: pd.Index) -> pd.Series | None:
    """Doubles that are all whole as an integer column, or None when one is not or is too large for it."""
    missing = np.isnan(values)
    known = values[~missing]
    if len(known) and not (
        np.isfinite(known).all() and (np.abs(known) < 2**63).all() and (known == np.rint(known)).all()
    ):
        return None
    if not missing.any():
        return pd.Series(values.astype("int64"), index=index)
    whole = np.where(missing, 0, values).astype("int64")
    return pd.Series(pd.arrays.IntegerArray(whole, missing), index=index)


def missing_series(kind: str, index: pd.Index) -> pd.Series:
    """A column of a type with nothing in it."""
    dtype = {
        "string": object,
        "integer": "Int64",
        "double": "float64",
        "boolean": "boolean",
        "datetime": "datetime64[ns]",
    }
    empty = None if kind in ("string", "integer", "boolean") else (np.nan if kind == "double" else pd.NaT)
    return pd.Series([empty] * len(index), index=index, dtype=dtype[kind])


def parse_value(text: str, kind: str) -> Any:
    """A value typed into a parameter, in a column type. Raises ValueError when it is none."""
    if kind == "string":
        return text
    word = text.strip()
    if kind == "boolean":
        return _parse_boolean(word)
    if kind == "datetime":
        return pd.Timestamp(word) if word else _no_value(word)
    number = float(word)
    if kind == "double":
        return number
    if not number.is_integer():
        raise ValueError(word)
    return int(word) if word.lstrip("+-").isdigit() else int(number)


def _no_value(word: str) -> Any:
    raise ValueError(word)


def _parse_boolean(word: str) -> bool:
    if word.lower() in TRUE_WORDS:
        return True
    if word.lower() in FALSE_WORDS:
        return False
    raise ValueError(word)


def fill_missing(series: pd.Series, value: Any) -> pd.Series:
    """The series with `value`, which must fit its type, where it had none."""
    missing = series.isna()
    if not missing.any():
        return series
    if type_of(series) == "string":
        return series.astype(object).where(~missing, value)
    if type_of(series) == "datetime":
        return series.fillna(like_zone(value, series))
    if isinstance(value, float) and type_of(series) in ("integer", "boolean"):
        return pd.Series(np.where(missing, value, as_numbers(series)), index=series.index, name=series.name)
    return narrow(series.fillna(value))


def like_zone(value: Any, series: pd.Series) -> Any:
    stamp = pd.Timestamp(value)
    zone = getattr(series.dtype, "tz", None)
    if zone is None:
        return stamp.tz_localize(None) if stamp.tz is None else stamp.tz_convert("UTC").tz_localize(None)
    return stamp.tz_localize("UTC").tz_convert(zone) if stamp.tz is None else stamp.tz_convert(zone)


def convert(
    series: pd.Series, kind: str, parameter: str | None = None, datetime_format: str = ""
) -> pd.Series:
    """The column in another type. Raises ModuleError with the column and row of the first value that does not fit."""
    source = type_of(series)
    if kind == source and not (kind == "datetime" and datetime_format):
        return series
    missing = series.isna().to_numpy()
    if kind == "string":
        return _to_text(series, source, missing)
    if kind == "datetime":
        return _to_dates(series, source, missing, parameter, datetime_format)
    if source == "datetime":
        return _from_dates(series, kind, missing)
    if kind == "boolean":
        return _to_booleans(series, source, missing, parameter)
    numbers = _to_numbers(series, source, missing, parameter, kind)
    if kind == "double":
        return pd.Series(numbers, index=series.index, name=series.name)
    if source == "string":
        exact = _exact_integers(series, missing)
        if exact is not None:
            return exact
    bad = ~missing & (~np.isfinite(numbers) | (numbers != np.rint(numbers)) | (np.abs(numbers) >= 2**63))
    _refuse_first(series, bad, parameter, kind)
    whole = whole_numbers(np.where(missing, np.nan, numbers), series.index)
    assert whole is not None
    return whole.rename(series.name)


def _refuse_first(series: pd.Series, bad: np.ndarray, parameter: str | None, kind: str) -> None:
    if not bad.any():
        return
    row = int(np.argmax(bad))
    others = int(bad.sum()) - 1
    more = (
        f" {others:,} more values do not fit either."
        if others > 1
        else " One more value does not fit either."
        if others
        else ""
    )
    raise ModuleError(
        f"“{shorten(series.iloc[row])}” in column “{series.name}”, row {row + 1}, is not {_TITLES[kind]}.{more}",
        parameter=parameter,
        column=str(series.name),
        row=row + 1,
        hint="Choose another type, or make such values missing first with Convert to Dataset.",
    )


def _to_text(series: pd.Series, source: str, missing: np.ndarray) -> pd.Series:
    if source == "datetime":
        texts = datetime_texts(series, "T").to_list()
    elif source == "boolean":
        texts = ["true" if value else "false" for value in series.fillna(False).astype(bool)]
    else:
        texts = [str(value) for value in series.tolist()]
    values = [None if gone else text for text, gone in zip(texts, missing, strict=True)]
    return pd.Series(values, index=series.index, name=series.name, dtype=object)


def datetime_texts(series: pd.Series, between: str = " ") -> pd.Series:
    """Dates as text, year first; fractions of a second only when there are any. Missing ones are None."""
    plain = (
        series.dt.tz_convert("UTC").dt.tz_localize(None)
        if getattr(series.dtype, "tz", None) is not None
        else series
    )
    known = plain.dropna()
    fractions = bool((known.dt.microsecond != 0).any()) if len(known) else False
    pattern = f"%Y-%m-%d{between}%H:%M:%S" + (".%f" if fractions else "")
    texts = plain.dt.strftime(pattern).astype(object)
    return texts.where(~plain.isna(), None)


def _to_dates(
    series: pd.Series, source: str, missing: np.ndarray, parameter: str | None, pattern: str
) -> pd.Series:
    if source == "datetime":
        return series
    if source == "boolean":
        _refuse_first(series, ~missing, parameter, "datetime")
    if source in ("integer", "double"):
        seconds = as_numbers(series)
        finite = np.where(np.isfinite(seconds), seconds, np.nan)
        dates = pd.to_datetime(pd.Series(finite, index=series.index), unit="s", errors="coerce")
    else:
        dates = pd.to_datetime(series.astype(object), format=pattern or "ISO8601", errors="coerce", utc=False)
        if not pattern and (dates.isna().to_numpy() & ~missing).any():
            dates = pd.to_datetime(series.astype(object), format="mixed", errors="coerce")
    if type_of(dates) != "datetime":
        dates = pd.to_datetime(dates, errors="coerce", utc=True)
    _refuse_first(series, dates.isna().to_numpy() & ~missing, parameter, "datetime")
    return dates.rename(series.name)


def _from_dates(series: pd.Series, kind: str, missing: np.ndarray) -> pd.Series:
    plain = (
        series.dt.tz_convert("UTC").dt.tz_localize(None)
        if getattr(series.dtype, "tz", None) is not None
        else series
    )
    seconds = ((plain - pd.Timestamp(0)) / pd.Timedelta(seconds=1)).to_numpy(dtype="float64")
    if kind == "boolean":
        return _booleans(seconds != 0, missing, series)
    if kind == "integer":
        whole = whole_numbers(np.where(missing, np.nan, np.floor(seconds)), series.index)
        assert whole is not None
        return whole.rename(series.name)
    return pd.Series(seconds, index=series.index, name=series.name)


def _booleans(values: np.ndarray, missing: np.ndarray, series: pd.Series) -> pd.Series:
    flags = np.asarray(values, dtype=bool)
    if not missing.any():
        return pd.Series(flags, index=series.index, name=series.name)
    return pd.Series(
        pd.arrays.BooleanArray(np.where(missing, False, flags), missing.copy()),
        index=series.index,
        name=series.name,
    )


def _to_booleans(series: pd.Series, source: str, missing: np.ndarray, parameter: str | None) -> pd.Series:
    if source != "string":
        return _booleans(as_numbers(series) != 0, missing, series)
    words = ["" if gone else str(value).strip().lower() for value, gone in zip(series, missing, strict=True)]
    known = np.array([word in TRUE_WORDS or word in FALSE_WORDS for word in words], dtype=bool)
    _refuse_first(series, ~known & ~missing, parameter, "boolean")
    return _booleans(np.array([word in TRUE_WORDS for word in words], dtype=bool), missing, series)


def _to_numbers(
    series: pd.Series, source: str, missing: np.ndarray, parameter: str | None, kind: str
) -> np.ndarray:
    if source != "string":
        return as_numbers(series)
    numbers = pd.to_numeric(series.astype(object), errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    _refuse_first(series, np.isnan(numbers) & ~missing, parameter, kind)
    return numbers


def _exact_integers(series: pd.Series, missing: np.ndarray) -> pd.Series | None:
    """Digits longer than a double can hold keep all of them."""
    try:
        values = [0 if gone else int(str(value).strip()) for value, gone in zip(series, missing, strict=True)]
        whole = np.array(values, dtype="int64")
    except (ValueError, OverflowError):
        return None
    if not missing.any():
        return pd.Series(whole, index=series.index, name=series.name)
    return pd.Series(pd.arrays.IntegerArray(whole, missing.copy()), index=series.index, name=series.name)
