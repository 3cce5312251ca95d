"""A scored table read back: what was true, what was predicted, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..context import Context
from ..errors import ModuleError
from ..table import Table
from .features import category_text, read_categories, read_numbers
from .labels import plain_value

# Columns of scores from elsewhere, by task.
_OUTSIDE = {
    "binary": "Binary Class Scored Labels",
    "multiclass": "Multi Class Scored Labels",
    "regression": "Regression Scored Labels",
}
_OUTSIDE_PROBABILITIES = "Binary Class Scored Probabilities"
_OUTSIDE_TRUTH = "Labels"
_DISTANCE = "DistancesToClusterCenter no."


@dataclass(frozen=True)
class Scored:
    """`truth` and `predicted` are numbers, or codes of `classes`; the last of two classes is the positive one.

    `probabilities` has one value per row for two classes and one column per class for several.
    `distances` has one column per cluster, and `predicted` then holds the numbers of the clusters.
    """

    task: str
    learner: str
    rows: int
    truth: np.ndarray = field(default_factory=lambda: np.empty(0))
    predicted: np.ndarray = field(default_factory=lambda: np.empty(0))
    probabilities: np.ndarray | None = None
    classes: tuple[Any, ...] = ()
    distances: np.ndarray | None = None


def read_scored(table: Table, port: str, ctx: Context | None = None) -> Scored:
    """Raises ModuleError when the table has no scores, no truth or no rows."""
    if table.rows == 0:
        raise ModuleError(f"{_title(port)} has no rows.", hint="There is nothing to measure.")
    learner = str(table.extra.get("learner") or "")
    if "Assignments" in table and any(name.startswith(_DISTANCE) for name in table.names):
        return _read_clusters(table, learner)
    task, predicted, probabilities = _find_scores(table, port)
    truth = _find_truth(table, port)
    kept = _rows_without_gaps(table, truth, predicted, ctx)
    table = table if len(kept) == table.rows else table.take(kept)
    if task in ("regression", "quantile"):
        return Scored(
            "regression",
            learner,
            table.rows,
            _numbers(table, truth, learner),
            read_numbers(table.frame[predicted]),
        )
    if task == "anomaly":
        return _read_anomalies(table, truth, predicted, probabilities, learner)
    return _read_classes(table, task, truth, predicted, probabilities, learner, kept)


def _title(port: str) -> str:
    return "Scored dataset to compare" if port.endswith("compare") else "Scored dataset"


def _find_scores(table: Table, port: str) -> tuple[str, str, list[str]]:
    labels = table.score_columns("scored_labels")
    quantiles = table.score_columns("scored_quantile")
    if quantiles and not labels:
        levels = [float(name.rsplit(" ", 1)[1]) for name in quantiles]
        return "quantile", quantiles[int(np.argmin(np.abs(np.array(levels) - 0.5)))], []
    if labels or "Scored Labels" in table:
        label = labels[0] if labels else "Scored Labels"
        probabilities = table.score_columns("scored_probabilities")
        if not probabilities and "Scored Probabilities" in table:
            probabilities = ["Scored Probabilities"]
        return _task(table, label, probabilities), label, probabilities
    for task, name in _OUTSIDE.items():
        if name in table:
            there = task == "binary" and _OUTSIDE_PROBABILITIES in table
            return task, name, [_OUTSIDE_PROBABILITIES] if there else []
    raise ModuleError(
        f"{_title(port)} has no score columns.",
        hint="Connect the output of Score Model or of Assign Data to Clusters.",
    )


def _task(table: Table, label: str, probabilities: list[str]) -> str:
    if table.task in ("binary", "multiclass", "regression", "anomaly"):
        return table.task
    if probabilities == ["Scored Probabilities"]:
        return "binary"
    if table.column(label).type == "double":
        return "regression"
    return "binary" if table.frame[label].nunique() == 2 else "multiclass"


def _find_truth(table: Table, port: str) -> str:
    named = table.extra.get("label")
    for name in (named, table.label_column(), _OUTSIDE_TRUTH):
        if name is not None and name in table:
            return name
    lacks = f"lacks the label column “{named}”" if named else "has no label column"
    raise ModuleError(
        f"{_title(port)} {lacks}, so the scores cannot be compared with the truth.",
        column=named,
        hint="Score a dataset that has the label, or mark it with Edit Metadata.",
    )


def _rows_without_gaps(table: Table, truth: str, predicted: str, ctx: Context | None) -> np.ndarray:
    """The numbers of the rows that have a label and a score."""
    gaps = (table.frame[truth].isna() | table.frame[predicted].isna()).to_numpy()
    if gaps.all():
        raise ModuleError(f"The label column “{truth}” has no value in any scored row.", column=truth)
    if gaps.any() and ctx is not None:
        ctx.log(f"{int(gaps.sum()):,} of {table.rows:,} rows have no label or no score and are left out.")
    return np.flatnonzero(~gaps)


def _numbers(table: Table, truth: str, learner: str) -> np.ndarray:
    if not table.column(truth).is_numeric:
        raise ModuleError(f"The label column “{truth}” holds no numbers, but the scores do.", column=truth)
    return read_numbers(table.frame[truth])


def _read_classes(
    table: Table,
    task: str,
    truth: str,
    predicted: str,
    probabilities: list[str],
    learner: str,
    numbers: np.ndarray,
) -> Scored:
    """`numbers` are those that the rows had in the scored table."""
    actual = read_categories(table.frame[truth])
    guessed = read_categories(table.frame[predicted])
    known = table.extra.get("classes")
    if not known:
        known = sorted({plain_value(v) for v in table.frame[truth].unique()}, key=_order)
        seen = {category_text(value) for value in known}
        known += [v for v in pd.unique(table.frame[predicted]) if category_text(plain_value(v)) not in seen]
        known = sorted((plain_value(v) for v in known), key=_order)
    classes = list(known)
    codes = {category_text(value): i for i, value in enumerate(classes)}
    for text in [*pd.unique(actual), *pd.unique(guessed)]:
        if text not in codes:
            codes[text] = len(classes)
            classes.append(text)
    if task == "binary" and len(classes) > 2:
        # Where the classes are not known, one that only the scores have is the odd one.
        odd = [one for one in classes if category_text(one) not in set(actual)]
        unknown = odd[0] if odd and not table.extra.get("classes") else classes[2]
        first, second = [one for one in classes if one != unknown][:2]
        unknown = category_text(unknown)
        where, texts = (truth, actual) if unknown in actual else (predicted, guessed)
        row = int(numbers[np.argmax(texts == unknown)]) + 1
        what = "label column" if where == truth else "column"
        raise ModuleError(
            f"The {what} “{where}” has the value “{unknown}” in row {row}, which is none of the two classes "
            f"{first} and {second}.",
            column=where,
            row=row,
        )
    found: np.ndarray | None = None
    if task == "binary" and probabilities:
        found = read_numbers(table.frame[probabilities[0]])
    elif task == "multiclass" and len(probabilities) == len(classes):
        found = np.column_stack([read_numbers(table.frame[name]) for name in probabilities])
    if task == "binary" and len(classes) == 1:
        classes = [f"not {classes[0]}", *classes]
        codes = {text: 1 for text in codes}
    return Scored(
        task,
        learner,
        table.rows,
        _codes(actual, codes),
        _codes(guessed, codes),
        found,
        tuple(classes),
    )


def _codes(texts: np.ndarray, codes: dict[str | None, int]) -> np.ndarray:
    numbers, uniques = pd.factorize(texts)
    return np.array([codes[text] for text in uniques], dtype=np.int64)[numbers]


def _order(value: Any) -> tuple[int, Any]:
    return (1, value) if isinstance(value, str) else (0, value)


def _read_anomalies(table: Table, truth: str, predicted: str, probabilities: list[str], learner: str) -> Scored:
    codes, uniques = pd.factorize(table.frame[truth], sort=True)
    if len(uniques) > 2:
        raise ModuleError(
            f"The label column “{truth}” has {len(uniques):,} values; anomalies are measured with two, such as 0 and 1.",
            column=truth,
        )
    if len(uniques) == 1:
        # One value alone is taken for what it says when it is 0, 1, true or false, else for normal.
        codes = np.full(table.rows, 1 if category_text(uniques[0]) in ("1", "true") else 0)
    classes = tuple(plain_value(v) for v in uniques) if len(uniques) == 2 else (0, 1)
    found = read_numbers(table.frame[probabilities[0]]) if probabilities else None
    guessed = read_numbers(table.frame[predicted]).astype(np.int64)
    return Scored("binary", learner, table.rows, codes.astype(np.int64), guessed, found, classes)


def _read_clusters(table: Table, learner: str) -> Scored:
    names = [name for name in table.names if name.startswith(_DISTANCE)]
    distances = np.column_stack([read_numbers(table.frame[name]) for name in names])
    assigned = read_numbers(table.frame["Assignments"])
    whole = np.isfinite(assigned) & np.isfinite(distances).all(axis=1)
    return Scored(
        "clustering",
        learner,
        int(whole.sum()),
        predicted=assigned[whole].astype(np.int64),
        distances=distances[whole],
    )
