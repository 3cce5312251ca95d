"""Score columns beside a table's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..columns import Column, type_of
from ..errors import ModuleError
from ..learning import TrainedModel
from ..table import Table
from .features import read_numbers
from .labels import class_series

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


def with_threshold(scored: Table, model: TrainedModel, threshold: float) -> Table:
    """Scored Labels by another probability than a half: from it on a row is called the positive class.

    Raises ModuleError for scores that no single probability decides.
    """
    classes = [0, 1] if model.task == "anomaly" else list(model.classes or ())
    labels = scored.score_columns("scored_labels")
    probabilities = scored.score_columns("scored_probabilities")
    if model.task not in ("binary", "anomaly") or len(classes) != 2 or not labels or len(probabilities) != 1:
        raise ModuleError(
            "A threshold needs a model that tells two classes apart and gives a probability.",
            parameter="threshold",
            hint="Set the threshold back to 0.5.",
        )
    called = (read_numbers(scored.frame[probabilities[0]]) >= threshold).astype(np.int64)
    frame = scored.frame.copy(deep=False)
    frame[labels[0]] = pd.Series(class_series(called, classes), index=frame.index)
    return scored.with_frame(frame)
