"""Predictions as JSON that every parser reads: no NaN, no numpy, no pandas."""

from __future__ import annotations

import base64
import datetime
import decimal
import json
import math
from typing import Any

import numpy as np
import pandas as pd


def to_json(value: Any) -> bytes:
    plain = to_plain(value)
    try:
        text = json.dumps(plain, allow_nan=False, ensure_ascii=False, separators=(",", ":"), default=_other)
    except ValueError:
        # A NaN or an infinity somewhere: the slow way replaces each by null.
        text = json.dumps(_finite(plain), allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def to_plain(value: Any) -> Any:
    """A frame becomes a list of records, a series or an array a list; what is inside is left to `to_json`."""
    if isinstance(value, pd.DataFrame):
        return _records(value)
    if isinstance(value, (pd.Series, pd.Index, np.ndarray)):
        return value.tolist()
    if hasattr(value, "toarray"):
        return value.toarray().tolist()
    return value


def _records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    # For a few rows pandas' own `to_dict` takes longer than many a model.
    columns = [frame.iloc[:, place].tolist() for place in range(frame.shape[1])]
    if not columns:
        return [{} for _ in range(len(frame))]
    names = list(frame.columns)
    return [dict(zip(names, row)) for row in zip(*columns)]


def _other(value: Any) -> Any:
    if isinstance(value, (np.bool_, np.integer, np.floating)):
        return value.item()
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else np.datetime_as_string(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (datetime.timedelta, np.timedelta64)):
        return pd.Timedelta(value).isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (set, frozenset)):
        return list(value)
    if hasattr(value, "model_dump"):
        return value.model_dump()
    plain = to_plain(value)
    if plain is not value:
        return plain
    raise TypeError(f"the model returned a {type(value).__name__}, which JSON cannot hold")


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if value is None or isinstance(value, (str, int, bool)):
        return value
    return _finite(_other(value))
