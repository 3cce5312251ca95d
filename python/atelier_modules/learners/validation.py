"""Cross-validation and sweeps over the parameters of a learner."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from sklearn.model_selection import KFold, ParameterGrid, ParameterSampler, StratifiedKFold

from ..columns import Column
from ..errors import ModuleError
from ..learning import Learner
from ..table import Table
from .labels import plain_value
from .metrics import Metrics, measure
from .scored import read_scored

FOLD_COLUMN = "Fold Number"
_LESS_IS_BETTER = (
    "Log_Loss",
    "Mean_Absolute_Error",
    "Root_Mean_Squared_Error",
    "Relative_Absolute_Error",
    "Relative_Squared_Error",
)


def number_folds(table: Table, label: str, learner: Learner, count: int, seed: int) -> np.ndarray:
    """The fold of each row, from 1: those the table carries, or new ones, stratified when classes are predicted."""
    if table.folds is not None:
        return table.folds.ids
    if table.rows < 2:
        raise ModuleError("Folds need at least two rows with a label.", column=label)
    count = min(count, table.rows)
    ids = np.zeros(table.rows, dtype=np.int64)
    classes = not table.column(label).is_numeric or learner.task in ("binary", "multiclass")
    for i, (_, test) in enumerate(_splits(table, label, count, seed, classes), start=1):
        ids[test] = i
    return ids


def _splits(table: Table, label: str, count: int, seed: int, classes: bool) -> Iterator[tuple[Any, Any]]:
    rows = np.arange(table.rows)
    if classes:
        codes = pd.factorize(table.frame[label])[0]
        if np.bincount(codes).max() >= count:
            with warnings.catch_warnings():
                # A class with fewer rows than folds is missing in some of them.
                warnings.simplefilter("ignore")
                yield from StratifiedKFold(count, shuffle=True, random_state=seed).split(rows, codes)
            return
    yield from KFold(count, shuffle=True, random_state=seed).split(rows)


def each_fold(
    learner: Learner, table: Table, label: str, ids: np.ndarray
) -> Iterator[tuple[int, np.ndarray, Table]]:
    """Number, rows and scores of each fold, scored by a model that was trained on the others."""
    plain = table.with_folds(None)
    for number in np.unique(ids):
        inside = ids == number
        if inside.all():
            raise ModuleError("All rows are in one fold, so there is nothing to train on.")
        try:
            model = learner.fit(plain.take(~inside), label)
        except ModuleError as error:
            error.message = f"Without fold {number}: {error.message}"
            error.args = (error.message,)
            raise
        yield int(number), np.flatnonzero(inside), model.score(plain.take(inside))


def join_folds(table: Table, parts: list[tuple[int, np.ndarray, Table]], label: str) -> Table:
    """The table with the scores of all folds in the order of its rows, and the number of each row's fold."""
    order = np.argsort(np.concatenate([rows for _, rows, _ in parts]), kind="stable")
    scores = [part.score_columns() for _, _, part in parts]
    names = list(dict.fromkeys(name for some in scores for name in some))
    joined = pd.concat([part.frame[some] for (_, _, part), some in zip(parts, scores)], ignore_index=True)
    joined = joined.iloc[order].reset_index(drop=True)
    # A model that never saw a class gives it no chance.
    chances = [name for name in names if name.startswith("Scored Probabilities_")]
    joined[chances] = joined[chances].fillna(0.0)
    kept = [name for name in table.names if name not in names and name != FOLD_COLUMN]
    numbers = np.concatenate([np.full(len(rows), number) for number, rows, _ in parts])[order]
    frame = pd.concat([table.frame[kept], pd.Series(numbers, name=FOLD_COLUMN), joined[names]], axis=1)
    known = {name: table.column(name) for name in kept}
    known[FOLD_COLUMN] = Column(FOLD_COLUMN, "integer", role="none")
    for _, _, part in parts:
        known.update({name: part.column(name) for name in part.score_columns()})
    known[label] = replace(table.column(label), role="label")
    last = parts[-1][2]
    classes = last.extra.get("classes")
    if classes:
        classes = sorted({plain_value(value) for value in table.frame[label].dropna().unique()})
    return Table(frame, known, task=last.task, extra={**last.extra, "classes": classes})


def fold_metrics(scored: Table) -> Metrics:
    return measure(read_scored(scored, "dataset"))


def cross_validated(learner: Learner, table: Table, label: str, ids: np.ndarray) -> Metrics:
    """The mean of each metric over the folds."""
    found = [fold_metrics(scored) for _, _, scored in each_fold(learner, table, label, ids)]
    keys = [key for key in found[0] if all(key in one for one in found)]
    return {key: float(np.mean([one[key] for one in found])) for key in keys}


def validated(learner: Learner, training: Table, validation: Table, label: str) -> Metrics:
    if label not in validation:
        raise ModuleError(
            f"The validation dataset lacks the label column “{label}”.", parameter="label_column", column=label
        )
    model = learner.fit(training, label)
    return fold_metrics(model.score(validation.set_role(label, "label")))


def settings_to_try(ranges: Mapping[str, list[Any]], most: int | None, seed: int) -> list[dict[str, Any]]:
    """Every combination of the ranges, or `most` of them at random, each once."""
    if not ranges:
        return [{}]
    grid = {name: list(values) for name, values in ranges.items()}
    every = ParameterGrid(grid)
    if most is None or most >= len(every):
        return [dict(one) for one in every]
    return [dict(one) for one in ParameterSampler(grid, most, random_state=seed)]


def best_first(metric: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that lack the metric come last."""
    sign = 1 if metric in _LESS_IS_BETTER else -1
    return sorted(rows, key=lambda row: (metric not in row, sign * row.get(metric, 0.0)))
