"""One column of a request: Python values in, a pandas Series of the type that the signature asks for out."""

from __future__ import annotations

import base64
import binascii
import datetime
from typing import Any, Sequence

import numpy as np
import pandas as pd

from .errors import bad_input

NONE = type(None)
INTEGERS = {"integer": (np.int32, -(2**31), 2**31 - 1), "long": (np.int64, -(2**63), 2**63 - 1)}
FLOATS = {"float": np.float32, "double": np.float64}
WORDS = {
    "integer": "a whole number",
    "long": "a whole number",
    "float": "a number",
    "double": "a number",
    "string": "text",
    "boolean": "true or false",
    "datetime": "a date and time such as 2025-01-31T12:00:00",
    "binary": "base64 text",
}


def cast_column(name: str, values: Sequence[Any], type_name: str, required: bool, gaps: bool = False) -> pd.Series:
    """Casts without losing anything, or raises a 400 that names the column, the row and the value."""
    kinds = set(map(type, values))
    if type_name in FLOATS:
        if not kinds <= {float, int, NONE}:
            _refuse(name, values, type_name, lambda v: type(v) in (float, int, NONE))
        return pd.Series(np.array(values, dtype=FLOATS[type_name]))
    if type_name in INTEGERS:
        return _cast_integers(name, values, kinds, type_name, required, gaps)
    if type_name == "datetime":
        return _cast_instants(name, values)
    if type_name == "binary":
        return pd.Series([_decode(name, i, v) for i, v in enumerate(values)], dtype=object)
    expected = str if type_name == "string" else bool
    if not kinds <= {expected, NONE}:
        _refuse(name, values, type_name, lambda v: type(v) in (expected, NONE))
    if expected is bool and NONE not in kinds:
        return pd.Series(values, dtype=bool)
    return pd.Series(values, dtype=object)


def _cast_integers(
    name: str, values: Sequence[Any], kinds: set, type_name: str, required: bool, gaps: bool
) -> pd.Series:
    dtype, low, high = INTEGERS[type_name]

    def fits(value: Any) -> bool:
        if value is None:
            return gaps
        whole = type(value) is int or (type(value) is float and value.is_integer())
        return whole and low <= value <= high

    if not required and kinds == {NONE}:
        return pd.Series(values, dtype=object)
    if not kinds <= {int, NONE} or not all(map(fits, values)):
        _refuse(name, values, type_name, fits)
    return pd.Series(values, dtype="Int64") if NONE in kinds else pd.Series(np.array(values, dtype=dtype))


def _cast_instants(name: str, values: Sequence[Any]) -> pd.Series:
    _refuse(name, values, "datetime", lambda v: v is None or isinstance(v, (str, datetime.datetime)))
    try:
        column = pd.to_datetime(pd.Series(values, dtype=object), utc=True, format="ISO8601")
    except (ValueError, TypeError) as error:
        raise bad_input(f"needs {WORDS['datetime']}: {error}", name) from error
    # MLflow's datetimes have no zone: they are kept as UTC.
    return column.dt.tz_localize(None).astype("datetime64[ns]")


def _decode(name: str, row: int, value: Any) -> bytes | None:
    if value is None:
        return None
    try:
        return base64.b64decode(value, validate=False)
    except (TypeError, ValueError, binascii.Error) as error:
        raise bad_input(f"row {row} needs base64 text", name) from error


def _refuse(name: str, values: Sequence[Any], type_name: str, fits: Any) -> None:
    for row, value in enumerate(values):
        if not fits(value):
            given = "is missing" if value is None else f"is {_shown(value)}"
            raise bad_input(f"row {row} {given}, the model needs {WORDS[type_name]}", name)


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, str) else f"“{value}”"
    return text if len(text) <= 60 else f"{text[:57]}…"
