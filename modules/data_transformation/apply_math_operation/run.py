from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from atelier_modules.api import Column, Context, ModuleError, Table
from atelier_modules.columns import type_of
from atelier_modules.math_operations import OPERATIONS, Operation
from atelier_modules.transforms.base import NUMERIC, require_types
from atelier_modules.values import as_numbers, whole_numbers
from atelier_modules.words import count, fresh_name

CHOICES = {
    "basic": "basic_operation",
    "compare": "compare_operation",
    "operations": "arithmetic_operation",
    "rounding": "rounding_operation",
    "special": "special_operation",
    "trigonometric": "trigonometric_operation",
}
# Where the second argument of a category comes from: parameters of this name with _type, _constant and _columns.
ARGUMENTS = {
    "basic": "basic_second_argument",
    "compare": "second_argument",
    "operations": "second_argument",
    "rounding": "precision",
    "special": "special_second_argument",
}
Second = tuple[str, np.ndarray | float, bool]


def run(
    ctx: Context,
    dataset: Table,
    category: str,
    columns: str,
    output_mode: str,
    **chosen: Any,
) -> dict[str, Table]:
    name = chosen[CHOICES[category]]
    operation = OPERATIONS[name]
    firsts = dataset.select(columns, parameter="columns")
    require_types(dataset, firsts, NUMERIC, "columns")
    seconds: list[Second | None] = [None] * len(firsts)
    if operation.arguments == 2:
        prefix = ARGUMENTS[category]
        source = [chosen[f"{prefix}_{part}"] for part in ("type", "constant", "columns")]
        seconds = _seconds(dataset, len(firsts), *source, f"{prefix}_columns")
    results = {
        _title(name, first, second): _compute(operation, dataset.frame[first], second)
        for first, second in zip(firsts, seconds, strict=True)
    }
    lost = sum(
        int(values.isna().sum() - dataset.frame[first].isna().sum())
        for first, values in zip(firsts, results.values(), strict=True)
    )
    if lost > 0:
        ctx.log(
            f"{count(lost, 'value')} outside the domain of {name}, or with a missing second argument, became missing."
        )
    ctx.fact(f"{name}, {count(len(firsts), 'column')}")
    return {"results_dataset": _output(dataset, firsts, results, output_mode)}


def _seconds(
    table: Table, needed: int, kind: str, constant: float, selector: str | None, parameter: str
) -> list[Second | None]:
    if kind == "constant":
        return [(f"${constant:g}", float(constant), float(constant).is_integer())] * needed
    names = table.select(selector or "", parameter=parameter)
    require_types(table, names, NUMERIC, parameter)
    if len(names) not in (1, needed):
        raise ModuleError(
            f"{count(len(names), 'second column')} for {count(needed, 'column')} of the column set.",
            parameter=parameter,
            hint="Choose one column, or as many as in the column set.",
        )
    found: list[Second | None] = [
        (name, as_numbers(table.frame[name]), table.column(name).type != "double") for name in names
    ]
    return found if len(found) == needed else found * needed


def _title(name: str, first: str, second: Second | None) -> str:
    return f"{name}({first})" if second is None else f"{name}({first}_{second[0]})"


def _compute(operation: Operation, series: pd.Series, second: Second | None) -> pd.Series:
    numbers = as_numbers(series)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        values = operation.compute(numbers) if second is None else operation.compute(numbers, second[1])
    if operation.gives_boolean:
        missing = np.isnan(numbers) | (np.isnan(second[1]) if second is not None else False)
        flags = np.asarray(values, dtype=bool)
        if not missing.any():
            return pd.Series(flags, index=series.index)
        return pd.Series(pd.arrays.BooleanArray(np.where(missing, False, flags), missing), index=series.index)
    values = np.asarray(values, dtype="float64")
    exact = type_of(series) != "double" and (second is None or second[2])
    # Beyond 2^53 a double is no longer the exact integer.
    if operation.keeps_integers and exact and not (np.abs(values) > 2**53).any():
        whole = whole_numbers(values, series.index)
        if whole is not None:
            return whole
    return pd.Series(values, index=series.index)


def _output(table: Table, firsts: list[str], results: dict[str, pd.Series], mode: str) -> Table:
    if mode == "inplace":
        frame = table.frame.copy(deep=False)
        for first, values in zip(firsts, results.values(), strict=True):
            frame[first] = values
        return table.with_frame(frame)
    frame = table.frame.copy(deep=False) if mode == "append" else pd.DataFrame(index=table.frame.index)
    new = []
    for title, values in results.items():
        target = fresh_name(title, frame.columns)
        frame[target] = values
        new.append(Column(target, type_of(values)))
    return table.with_frame(frame, new)
