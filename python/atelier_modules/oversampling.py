"""Synthetic rows of one class, by imbalanced-learn."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from .columns import Column, type_of
from .errors import ModuleError
from .rows import take_or_missing
from .table import Table
from .values import as_numbers, whole_numbers


def synthesize(table: Table, label: str, rare: Any, added: int, neighbours: int, seed: int) -> Table:
    """The table with `added` more rows of the class `rare` at its end. Raises ModuleError when there can be none.

    New rows get values in the feature columns and the label; other columns are missing in them.
    """
    features = [c for c in table.columns if c.name != label and c.role in ("feature", "label")]
    labels = table.frame[label]
    members = (labels == rare).fillna(False).to_numpy(dtype=bool)
    _check(table, features, members, label, rare)
    known = labels.notna().to_numpy()
    matrix, codes = _encode(table, features)
    target = members[known].astype("int64")
    made = _sample(matrix[known], target, [_is_category(c) for c in features], added, neighbours, seed)
    rows = np.concatenate([np.arange(table.rows), np.full(added, -1)])
    frame = take_or_missing(table.frame, rows)
    for place, column in enumerate(features):
        new = _decode(made[:, place], column, table.frame[column.name], codes.get(column.name))
        frame[column.name] = _append(table.frame[column.name], new)
    frame[label] = _append(labels, pd.Series([rare] * added, dtype=labels.dtype))
    return Table(frame, table.columns, task=table.task)


def _is_category(column: Column) -> bool:
    return column.categorical or column.type in ("string", "boolean")


def _check(table: Table, features: list[Column], members: np.ndarray, label: str, rare: Any) -> None:
    if not features:
        raise ModuleError("The table has no feature column besides the label.")
    for column in features:
        gaps = table.frame[column.name].isna().to_numpy()
        if gaps.any():
            row = int(np.argmax(gaps)) + 1
            raise ModuleError(
                f"Column “{column.name}” has a missing value in row {row}.",
                column=column.name,
                row=row,
                hint="Use Clean Missing Data before.",
            )
        if column.type == "double":
            endless = np.isinf(as_numbers(table.frame[column.name]))
            if endless.any():
                row = int(np.argmax(endless)) + 1
                raise ModuleError(
                    f"Column “{column.name}” holds an infinite number in row {row}.",
                    column=column.name,
                    row=row,
                    hint="Use Clip Values before.",
                )
    if members.sum() < 2:
        raise ModuleError(
            f"The class “{rare}” has one row only; new rows are made between two.",
            parameter="label_column",
            column=label,
        )


def _encode(table: Table, features: list[Column]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    parts, codes = [], {}
    for column in features:
        series = table.frame[column.name]
        if _is_category(column):
            numbers, values = pd.factorize(series)
            codes[column.name] = np.asarray(values, dtype=object)
            parts.append(numbers.astype("float64"))
        elif column.type == "datetime":
            parts.append(((series - _epoch(series)) / pd.Timedelta(days=1)).to_numpy(dtype="float64"))
        else:
            parts.append(as_numbers(series))
    return np.column_stack(parts), codes


def _sample(
    matrix: np.ndarray, target: np.ndarray, categories: list[bool], added: int, neighbours: int, seed: int
) -> np.ndarray:
    from imblearn.over_sampling import SMOTE, SMOTEN, SMOTENC

    size = int(target.sum())
    options: dict[str, Any] = {
        "sampling_strategy": {1: size + added},
        "k_neighbors": min(neighbours, size - 1),
        "random_state": seed,
    }
    if all(categories):
        sampler = SMOTEN(**options)
    elif any(categories):
        sampler = SMOTENC(categorical_features=np.flatnonzero(categories).tolist(), **options)
    else:
        sampler = SMOTE(**options)
    with warnings.catch_warnings():
        # The rare class may well become the larger one: that is what was asked for.
        warnings.simplefilter("ignore")
        sampled, _ = sampler.fit_resample(matrix, target)
    return np.asarray(sampled, dtype="float64")[len(matrix) :]


def _epoch(series: pd.Series) -> pd.Timestamp:
    return pd.Timestamp(0, tz=getattr(series.dtype, "tz", None))


def _decode(values: np.ndarray, column: Column, series: pd.Series, codes: np.ndarray | None) -> pd.Series:
    if codes is not None:
        return pd.Series(codes[np.rint(values).astype("int64")], dtype=series.dtype)
    if column.type == "integer":
        whole = whole_numbers(np.rint(values), pd.RangeIndex(len(values)))
        assert whole is not None
        return whole
    if column.type == "datetime":
        seconds = pd.to_timedelta(np.rint(values * 86_400), unit="s")
        return pd.Series(_epoch(series) + seconds)
    return pd.Series(values)


def _append(top: pd.Series, bottom: pd.Series) -> pd.Series:
    if type_of(top) == "string":
        return pd.Series([*top, *bottom], dtype=object)
    return pd.concat([top, bottom.astype(top.dtype)], ignore_index=True)
