"""What a trained model relies on: the permutation importance of its columns, by scikit-learn."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.inspection import permutation_importance
from sklearn.metrics import mean_pinball_loss

from .context import Context
from .learning import TrainedModel
from .model_quality import METRICS, measure
from .objects import plain
from .table import Table
from .values import as_numbers
from .words import fresh_name

# More rows make the numbers steadier, and the wait longer.
_MOST_ROWS = 2000
_REPEATS = 5
_SEED = 42
_MOST_METRICS = 20


@dataclass(frozen=True)
class Explanations:
    """`importances` are how much `measure` gets worse when a column is shuffled, by falling size of the mean."""

    measure: str
    value: float
    rows: int
    importances: pd.DataFrame

    def files(self) -> dict[str, bytes]:
        """What is kept with the model: for the studio, and as a table for everybody."""
        document = {
            "version": 1,
            "method": "permutation_importance",
            "measure": self.measure,
            "value": self.value,
            "rows": self.rows,
            "repeats": _REPEATS,
            "features": [
                {"name": name, "importance": mean, "deviation": deviation}
                for name, mean, deviation in self.importances.itertuples(index=False)
            ],
        }
        text = json.dumps(plain(document), ensure_ascii=False, indent=1)
        table = self.importances.to_csv(index=False, lineterminator="\n")
        return {"explanations.json": text.encode(), "feature_importance.csv": table.encode()}

    def metrics(self) -> dict[str, float]:
        """Of the first columns, under names that every MLflow client takes."""
        found: dict[str, float] = {}
        for name, mean, _ in self.importances.head(_MOST_METRICS).itertuples(index=False):
            found[fresh_name(f"Importance/{re.sub(r'[^A-Za-z0-9_. -]', '_', name)}", found)] = mean
        return found


class _Scorer(BaseEstimator):
    """A trained model as scikit-learn looks at one. It is trained already."""

    def __init__(self, model: TrainedModel) -> None:
        self.model = model

    def fit(self, frame: pd.DataFrame, target: Any) -> _Scorer:
        return self


def explain(model: TrainedModel, table: Table, ctx: Context | None = None) -> Explanations:
    """Global importances of the model's columns on labelled rows: Breiman, Random Forests, Machine Learning 45 (2001)."""
    rows = table.take(table.frame[model.label].notna().to_numpy())
    if rows.rows > _MOST_ROWS:
        chosen = np.random.default_rng(_SEED).choice(rows.rows, _MOST_ROWS, replace=False)
        rows = rows.take(np.sort(chosen))
    names = [feature["name"] for feature in model.features]
    label = rows.frame[model.label]
    metric = _metric_of(model, rows)
    scorings = 1 + len(names) * _REPEATS
    done = 0

    def score(_: _Scorer, frame: pd.DataFrame, target: pd.Series) -> float:
        nonlocal done
        done += 1
        if ctx is not None:
            ctx.progress(done, scorings, "shuffles")
        changed = rows.with_frame(frame.assign(**{model.label: target}))
        value = _pinball(model, changed) if metric == "pinball_loss" else measure(metric, model, changed)
        return value if metric == "accuracy" else -value

    found = permutation_importance(
        _Scorer(model), rows.frame[names], label, scoring=score, n_repeats=_REPEATS, random_state=_SEED
    )
    importances = pd.DataFrame(
        {"Feature": names, "Importance": found.importances_mean, "Deviation": found.importances_std}
    ).sort_values("Importance", ascending=False, kind="stable", ignore_index=True)
    title = "Pinball Loss" if metric == "pinball_loss" else METRICS[metric].title
    value = _pinball(model, rows) if metric == "pinball_loss" else measure(metric, model, rows)
    return Explanations(title, float(value), rows.rows, importances)


def _metric_of(model: TrainedModel, rows: Table) -> str:
    """What the columns are measured by: chances are finer than labels, where the model tells them."""
    if model.task == "quantile":
        return "pinball_loss"
    if model.task == "regression":
        return "root_mean_squared_error"
    scored = model.score(rows.take([0]), append=False)
    chances = len(scored.score_columns("scored_probabilities"))
    whole = chances == (1 if model.task == "binary" else len(model.classes or ()))
    return "average_log_loss" if whole else "accuracy"


def _pinball(model: TrainedModel, table: Table) -> float:
    """The mean over the quantiles that the model tells."""
    actual = as_numbers(table.frame[model.label])
    scored = model.score(table, append=False)
    names = scored.score_columns("scored_quantile")
    losses = [
        mean_pinball_loss(actual, scored.frame[name], alpha=float(name.rsplit(" ", 1)[1])) for name in names
    ]
    return float(np.mean(losses))
