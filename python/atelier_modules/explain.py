"""Exceptions of a step, in words for the person who drew it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .definition import ModuleDefinition
from .errors import ModuleBug, ModuleError
from .selector import near_name
from .table import Table

# What a fault of the data looks like in pandas, numpy and scikit-learn. Anything else is a fault of the module.
_OF_THE_INPUT = (ValueError, ArithmeticError, LookupError, TypeError, UnicodeError, OSError)
_CLEAN = "Put Clean Missing Data before this step."


def explain(error: BaseException, module: ModuleDefinition | None, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The `failed` message: code, message, hint, parameter, column, row, traceback."""
    if isinstance(error, MemoryError):
        return _said("OUT_OF_MEMORY", "The step needs more memory than it may have.", error)
    if isinstance(error, ModuleError):
        return _failure("MODULE_ERROR", error)
    title = module.display_name if module else "The step"
    if isinstance(error, ModuleBug) or not isinstance(error, _OF_THE_INPUT):
        message = f"{title} has a fault: {_words(error)}."
        return _said("BUG", message, error, hint="This is not your doing. The traceback says where it happened.")
    known = _recognise(error, [value for value in inputs.values() if isinstance(value, Table)])
    if known is None:
        known = ModuleError(f"{title} cannot work with this input: {_words(error)}.")
    return {**_failure("MODULE_ERROR", known), "traceback": trace(error)}


def _failure(code: str, error: ModuleError) -> dict[str, Any]:
    return {
        "code": code,
        "message": error.message,
        "hint": error.hint,
        "parameter": error.parameter,
        "column": error.column,
        "row": error.row,
        "traceback": None,
    }


def _said(code: str, message: str, error: BaseException, hint: str | None = None) -> dict[str, Any]:
    return {**_failure(code, ModuleError(message, hint=hint)), "traceback": trace(error)}


def trace(error: BaseException) -> str:
    """The traceback from the module's own code on, with file names as they are in the project."""
    frames = traceback.extract_tb(error.__traceback__)
    runtime = {"execute.py", "step.py", "child.py"}
    while len(frames) > 1 and Path(frames[0].filename).name in runtime:
        frames = frames[1:]
    lines = traceback.format_list(frames) + traceback.format_exception_only(error)
    return "".join(lines)[-8000:]


def _words(error: BaseException) -> str:
    if isinstance(error, KeyError) and error.args:
        return f"there is no {error.args[0]!r}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error).strip().split("\n")[0].rstrip(".")
    return (text[:300] or type(error).__name__) if text else type(error).__name__


def _recognise(error: BaseException, tables: list[Table]) -> ModuleError | None:
    text = str(error)
    for pattern, answer in _KNOWN:
        match = pattern.search(text)
        if match:
            found = answer(match, tables)
            if found is not None:
                return found
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        return _missing_column(error.args[0], tables)
    if isinstance(error, UnicodeDecodeError):
        return ModuleError(f"The text is not UTF-8: byte {error.start + 1} is no part of it.")
    return None


def _missing_column(name: str, tables: list[Table]) -> ModuleError | None:
    names = [known for table in tables for known in table.names]
    if not names or name in names:
        return None
    near = near_name(name, names)
    return ModuleError(
        f"There is no column “{name}”.", column=name, hint=f"Did you mean “{near}”?" if near else None
    )


def _text_for_number(match: re.Match[str], tables: list[Table]) -> ModuleError | None:
    value = match["value"]
    for table in tables:
        for column in table.columns:
            if column.type != "string":
                continue
            rows = np.flatnonzero((table.frame[column.name] == value).to_numpy())
            if len(rows):
                return ModuleError(
                    f"Column “{column.name}” holds text (“{value}” in row {rows[0] + 1}) where numbers are needed.",
                    column=column.name,
                    row=int(rows[0]) + 1,
                    hint="Leave the column out, or make it numbers with Convert to Indicator Values.",
                )
    return ModuleError(f"“{value}” is text where a number is needed.")


def _missing_values(_match: re.Match[str], tables: list[Table]) -> ModuleError | None:
    for table in tables:
        for column in table.columns:
            gone = table.frame[column.name].isna().to_numpy()
            if gone.any():
                count = int(gone.sum())
                return ModuleError(
                    f"Column “{column.name}” has {count:,} missing value{'' if count == 1 else 's'}.",
                    column=column.name,
                    row=int(gone.argmax()) + 1,
                    hint=_CLEAN,
                )
    return None


def _infinite_values(_match: re.Match[str], tables: list[Table]) -> ModuleError | None:
    for table in tables:
        for column in table.columns:
            if column.type != "double":
                continue
            values = table.frame[column.name].to_numpy(dtype=np.float64, na_value=np.nan)
            endless = np.isinf(values)
            if endless.any():
                return ModuleError(
                    f"Column “{column.name}” holds an infinite number.",
                    column=column.name,
                    row=int(endless.argmax()) + 1,
                    hint="Replace it with Clip Values.",
                )
    return None


def _no_rows(_match: re.Match[str], tables: list[Table]) -> ModuleError:
    if any(table.rows == 0 for table in tables):
        return ModuleError("The table has no rows.", hint="Look at the step before: its output is empty.")
    return ModuleError("No row is left to work with.")


def _one_class(_match: re.Match[str], tables: list[Table]) -> ModuleError:
    label = next((table.label_column() for table in tables if table.label_column()), None)
    named = f"The label “{label}”" if label else "The label"
    return ModuleError(f"{named} has only one value, so there is nothing to tell apart.", column=label)


def _too_few(match: re.Match[str], _tables: list[Table]) -> ModuleError:
    return ModuleError(f"The table has too few rows: {match.group(0)}.")


_KNOWN = [
    (re.compile(r"could not convert string to float: '(?P<value>.*)'"), _text_for_number),
    (re.compile(r"Unable to parse string \"(?P<value>.*)\""), _text_for_number),
    (re.compile(r"contains infinity|contains infinity or a value too large"), _infinite_values),
    (re.compile(r"contains NaN|Input .*NaN|cannot convert.*NaN?\b|NA values|value of NA is ambiguous|NAType", re.I), _missing_values),
    (re.compile(r"Found array with 0 sample|minimum of 1 is required|at least one array"), _no_rows),
    (
        re.compile(r"number of classes has to be greater than one|contains only one class|only one class|1 class"),
        _one_class,
    ),
    (re.compile(r"n_splits=\d+ cannot be greater than.*|n_samples=\d+ should be >= n_clusters=\d+"), _too_few),
]

