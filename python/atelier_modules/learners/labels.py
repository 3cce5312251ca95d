"""The label column: which rows have one, and classes as the numbers that estimators want."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..context import Context
from ..errors import ModuleError
from ..table import Table
from .features import read_numbers

_PARAMETER = "label_column"
# More classes than this, of numbers with fractions, are a number to predict rather than classes.
_MOST_FRACTIONS = 50
_MOST_CLASSES = 1000


def labelled_rows(table: Table, label: str, ctx: Context | None) -> Table:
    """The rows that have a label. Raises ModuleError when there are none."""
    if table.rows == 0:
        raise ModuleError("The dataset has no rows.", hint="There is nothing to train on.")
    missing = table.frame[label].isna().to_numpy()
    gone = int(missing.sum())
    if gone == table.rows:
        raise ModuleError(
            f"The label column “{label}” has no value in any row.", parameter=_PARAMETER, column=label
        )
    if not gone:
        return table
    if ctx is not None:
        ctx.log(f"{gone:,} of {table.rows:,} rows have no label in “{label}” and are left out.")
    return table.take(~missing)


def read_classes(table: Table, label: str, learner: str, binary: bool) -> tuple[np.ndarray, list[Any]]:
    """Codes of the rows and the classes in order; the last of two is the positive one. All rows have a label."""
    series = table.frame[label]
    column = table.column(label)
    if column.type == "datetime":
        raise _wrong(label, f"The label column “{label}” holds dates; {learner} needs classes.")
    codes, uniques = pd.factorize(series, sort=True)
    classes = [plain_value(value) for value in uniques]
    if column.type == "double" and len(classes) > _MOST_FRACTIONS and any(value % 1 for value in classes):
        raise _wrong(
            label,
            f"The label column “{label}” has {len(classes):,} different numbers; {learner} needs classes.",
            "Use a regression learner, or group the numbers into bins first.",
        )
    if len(classes) > _MOST_CLASSES:
        raise _wrong(
            label,
            f"The label column “{label}” has {len(classes):,} different values; at most {_MOST_CLASSES:,} classes can be told apart.",
            "Choose another column, or use a regression learner for numbers.",
        )
    if len(classes) < 2:
        only = f"only the value {_quoted(classes)}"
        raise _wrong(label, f"The label column “{label}” has {only}; {learner} needs at least two classes.")
    if binary and len(classes) != 2:
        raise _wrong(
            label,
            f"The label column “{label}” has {len(classes):,} values ({_quoted(classes)}); {learner} needs exactly two.",
            "Use a multiclass learner, or One-vs-All Multiclass around this one.",
        )
    return codes.astype(np.int64), classes


def read_targets(table: Table, label: str, learner: str) -> np.ndarray:
    """The label as numbers. All rows have one."""
    column = table.column(label)
    if not column.is_numeric:
        raise _wrong(
            label,
            f"The label column “{label}” is of the type {column.type}; {learner} predicts numbers.",
            "Choose a column of numbers, or use a classification learner.",
        )
    return read_numbers(table.frame[label])


def check_counts(table: Table, label: str, learner: str) -> None:
    """Raises ModuleError that names the first row whose label is below 0."""
    if not table.column(label).is_numeric:
        return
    below = np.flatnonzero(read_numbers(table.frame[label]) < 0)
    if len(below):
        error = _wrong(
            label,
            f"The label column “{label}” is {table.frame[label].iloc[below[0]]:g} in row {below[0] + 1}; "
            f"{learner} needs counts of 0 or more.",
            "Choose a column of counts, or use another regression learner.",
        )
        error.row = int(below[0]) + 1
        raise error


def class_series(codes: np.ndarray, classes: list[Any]) -> np.ndarray:
    """Predicted classes in the type that the label had."""
    if all(isinstance(value, bool) for value in classes):
        dtype: Any = bool
    elif all(isinstance(value, int) for value in classes):
        dtype = np.int64
    elif all(isinstance(value, (int, float)) for value in classes):
        dtype = np.float64
    else:
        dtype = object
    return np.array(classes, dtype=dtype)[codes]


def plain_value(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _quoted(classes: list[Any]) -> str:
    shown = ", ".join(str(value) for value in classes[:5])
    return shown if len(classes) <= 5 else f"{shown}, …"


def _wrong(label: str, message: str, hint: str | None = None) -> ModuleError:
    return ModuleError(message, parameter=_PARAMETER, column=label, hint=hint)
