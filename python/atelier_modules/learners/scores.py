"""Score columns beside a table's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from ..columns import Column, type_of
from ..learning import TrainedModel
from ..table import Table

Scores = Mapping[str, tuple[Any, str]]


def append_scores(table: Table, model: TrainedModel, scores: Scores, append: bool) -> Table:
    """The table with score columns, or these alone beside the label. Older columns of the same names are replaced.

    The table remembers what Evaluate Model needs: the task, the learner and the classes.
    """
    kept = [name for name in table.names if name not in scores]
    if not append:
        kept = [name for name in kept if name == model.label]
    frame = table.frame[kept].copy(deep=False)
    columns = [table.column(name) for name in kept]
    if model.label in kept:
        columns = [_with_label_role(column, model.label) for column in columns]
    for name, (values, kind) in scores.items():
        series = pd.Series(values, index=frame.index, name=name)
        frame[name] = series
        categorical = kind == "scored_labels" and model.task != "regression"
        columns.append(Column(name, type_of(series), categorical=categorical, role="score", score=kind))
    known = {column.name: column for column in columns}
    extra = {**table.extra, "learner": model.learner, "classes": model.classes, "label": model.label}
    return Table(frame, known, folds=table.folds, task=model.task, extra=extra)


def _with_label_role(column: Column, label: str | None) -> Column:
    if column.name == label:
        return replace(column, role="label")
    return replace(column, role="feature") if column.role == "label" else column
