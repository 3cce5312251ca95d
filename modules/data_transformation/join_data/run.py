from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from atelier_modules.api import Column, Context, ModuleError, Table
from atelier_modules.rows import take_or_missing
from atelier_modules.values import as_numbers
from atelier_modules.words import count, fresh_name


def run(
    ctx: Context,
    left_dataset: Table,
    right_dataset: Table,
    left_keys: str,
    right_keys: str,
    match_case: bool,
    join_type: str,
    keep_right_key_columns: bool,
) -> dict[str, Table]:
    left_names = left_dataset.select(left_keys, parameter="left_keys")
    right_names = right_dataset.select(right_keys, parameter="right_keys")
    if len(left_names) != len(right_names):
        raise ModuleError(
            f"{count(len(left_names), 'left key')}, but {count(len(right_names), 'right key')}.",
            parameter="right_keys",
            hint="Choose as many columns on both sides, in the same order.",
        )
    left_rows, right_rows = _matches(left_dataset, right_dataset, left_names, right_names, match_case)
    if join_type == "left_semi":
        result = left_dataset.take(np.unique(left_rows))
        ctx.fact(f"{result.rows:,} of {count(left_dataset.rows, 'row')} match")
        return {"results_dataset": result}
    matched = len(left_rows)
    left_rows, right_rows = _with_unmatched(
        left_rows, right_rows, left_dataset.rows, right_dataset.rows, join_type
    )
    result = _combine(
        left_dataset, right_dataset, left_rows, right_rows, left_names, right_names, keep_right_key_columns
    )
    ctx.fact(f"{count(result.rows, 'row')}, {matched:,} matched")
    return {"results_dataset": result}


def _matches(
    left: Table, right: Table, left_names: list[str], right_names: list[str], match_case: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of rows whose keys are equal, in the order of the left table, then of the right."""
    left_side, right_side = {}, {}
    for number, (first, second) in enumerate(zip(left_names, right_names, strict=True)):
        left_side[f"k{number}"], right_side[f"k{number}"] = _comparable(
            left.column(first), left.frame[first], right.column(second), right.frame[second], match_case
        )
    keys = list(left_side)
    left_frame = pd.DataFrame(left_side).assign(left=np.arange(left.rows)).dropna(subset=keys)
    right_frame = pd.DataFrame(right_side).assign(right=np.arange(right.rows)).dropna(subset=keys)
    pairs = left_frame.merge(right_frame, on=keys, how="inner").sort_values(["left", "right"], kind="stable")
    return pairs["left"].to_numpy(dtype="int64"), pairs["right"].to_numpy(dtype="int64")


def _comparable(
    first: Column, left: pd.Series, second: Column, right: pd.Series, match_case: bool
) -> tuple[pd.Series, pd.Series]:
    both = {first.type, second.type}
    if both == {"integer", "double"}:
        return _doubles(left), _doubles(right)
    if len(both) == 2:
        # A key without any value matches nothing, whatever type its reader guessed.
        if left.isna().all() or right.isna().all():
            return left.isna().astype(object).where(left.notna(), None), right.isna().astype(object).where(
                right.notna(), None
            )
        raise ModuleError(
            f"The key “{first.name}” is {first.type}, but “{second.name}” is {second.type}.",
            parameter="right_keys",
            column=second.name,
            hint="Bring both to one type with Edit Metadata.",
        )
    if first.type == "datetime":
        return pd.to_datetime(left, utc=True), pd.to_datetime(right, utc=True)
    if first.type in ("integer", "boolean"):
        dtype = "Int64" if first.type == "integer" else "boolean"
        return left.astype(dtype), right.astype(dtype)
    if first.type == "string" and not match_case:
        return _folded(left), _folded(right)
    return left, right


def _doubles(series: pd.Series) -> pd.Series:
    return pd.Series(as_numbers(series), index=series.index)


def _folded(series: pd.Series) -> pd.Series:
    return pd.Series([value.casefold() if isinstance(value, str) else None for value in series], dtype=object)


def _with_unmatched(
    left_rows: np.ndarray, right_rows: np.ndarray, left_count: int, right_count: int, join_type: str
) -> tuple[np.ndarray, np.ndarray]:
    if join_type == "inner":
        return left_rows, right_rows
    alone = np.setdiff1d(np.arange(left_count), left_rows)
    left_all = np.concatenate([left_rows, alone])
    right_all = np.concatenate([right_rows, np.full(len(alone), -1)])
    order = np.argsort(left_all, kind="stable")
    left_all, right_all = left_all[order], right_all[order]
    if join_type == "left_outer":
        return left_all, right_all
    rest = np.setdiff1d(np.arange(right_count), right_rows)
    return np.concatenate([left_all, np.full(len(rest), -1)]), np.concatenate([right_all, rest])


def _combine(
    left: Table,
    right: Table,
    left_rows: np.ndarray,
    right_rows: np.ndarray,
    left_names: list[str],
    right_names: list[str],
    keep_right_keys: bool,
) -> Table:
    left_frame = take_or_missing(left.frame, left_rows)
    right_frame = take_or_missing(right.frame, right_rows)
    if not keep_right_keys:
        for first, second in zip(left_names, right_names, strict=True):
            left_frame[first] = _filled(left_frame[first], right_frame[second], left_rows)
        right_frame = right_frame.drop(columns=right_names)
    taken = set(left.names)
    columns = list(left.columns)
    titles = {}
    for name in right_frame.columns:
        titles[name] = fresh_name(name if name not in taken else f"{name}_right", taken)
        taken.add(titles[name])
        column = replace(right.column(name), name=titles[name])
        # A table has one label: that of the left side when both bring one.
        if column.role == "label" and left.label_column() is not None:
            column = replace(column, role="feature")
        columns.append(column)
    frame = pd.concat([left_frame, right_frame.rename(columns=titles)], axis=1)
    return Table(frame, columns, task=left.task)


def _filled(key: pd.Series, other: pd.Series, left_rows: np.ndarray) -> pd.Series:
    """The left key, from the right table where a row has no left side."""
    lacking = left_rows < 0
    if not lacking.any():
        return key
    if getattr(other.dtype, "kind", "O") == "f" and getattr(key.dtype, "kind", "O") in "iu":
        key = _doubles(key)
    return key.where(~lacking, other)
