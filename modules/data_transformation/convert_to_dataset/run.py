from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.values import like_zone, narrow, parse_value, whole_numbers
from atelier_modules.words import count, shorten


def run(
    ctx: Context,
    dataset: Table,
    action: str,
    custom_missing_value: str,
    replace: str,
    custom_value: str,
    new_value: str,
) -> dict[str, Table]:
    if action == "none":
        ctx.fact(f"{count(dataset.rows, 'row')}, {count(len(dataset.names), 'column')}")
        return {"results_dataset": dataset}
    frame = dataset.frame.copy(deep=False)
    changed = 0
    for column in dataset.columns:
        series = frame[column.name]
        if action == "set_missing_values":
            hits = _matches(series, column.type, custom_missing_value)
            if hits.any():
                frame[column.name] = _without(series, hits, column.type)
        else:
            hits = (
                series.isna().to_numpy()
                if replace == "missing"
                else _matches(series, column.type, custom_value)
            )
            if hits.any():
                frame[column.name] = _replaced(series, hits, column.name, column.type, new_value)
        changed += int(hits.sum())
    ctx.fact(f"{count(changed, 'cell')} changed")
    return {"results_dataset": dataset.with_frame(frame)}


def _matches(series: pd.Series, kind: str, text: str) -> np.ndarray:
    """Rows that hold exactly this value; a column of a type that cannot hold it has none."""
    try:
        value = parse_value(text, "double" if kind == "integer" else kind)
    except (ValueError, OverflowError):
        return np.zeros(len(series), dtype=bool)
    if kind == "datetime":
        value = value.tz_localize(None) if value.tz is None else value.tz_convert("UTC").tz_localize(None)
        series = series.dt.tz_localize(None) if getattr(series.dtype, "tz", None) is not None else series
    return (series == value).fillna(False).to_numpy(dtype=bool)


def _without(series: pd.Series, hits: np.ndarray, kind: str) -> pd.Series:
    if kind == "string":
        rest = series.astype(object).where(~hits, None)
        return _as_numbers_if_all(rest)
    if kind in ("integer", "boolean"):
        series = series.astype("Int64" if kind == "integer" else "boolean")
    return series.mask(hits)


def _as_numbers_if_all(series: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(series, errors="coerce")
    if series.isna().all() or (numbers.isna() & series.notna()).any():
        return series
    values = numbers.to_numpy(dtype="float64", na_value=np.nan)
    whole = (
        None
        if any("." in text or "e" in text.lower() for text in series.dropna())
        else whole_numbers(values, series.index)
    )
    return whole if whole is not None else pd.Series(values, index=series.index)


def _replaced(series: pd.Series, hits: np.ndarray, name: str, kind: str, text: str) -> pd.Series:
    if series.isna().all():
        # Nothing says what the column holds: the new value does.
        return pd.Series([_any_value(text)] * len(series), index=series.index)
    try:
        value = parse_value(text, kind)
    except (ValueError, OverflowError):
        raise ModuleError(
            f"“{shorten(text)}” does not fit column “{name}”, which is {kind}.",
            parameter="new_value",
            column=name,
            row=int(np.argmax(hits)) + 1,
            hint="Choose a value of that type, or change the type of the column with Edit Metadata.",
        ) from None
    if kind == "datetime":
        value = like_zone(value, series)
    result = (
        series.astype({"integer": "Int64", "boolean": "boolean"}[kind])
        if kind in ("integer", "boolean")
        else series.copy()
    )
    result.loc[hits] = value
    return narrow(result)


def _any_value(text: str) -> Any:
    for kind in ("integer", "double"):
        try:
            return parse_value(text, kind)
        except (ValueError, OverflowError):
            continue
    return text
