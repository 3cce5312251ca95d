"""How well a trained model scores labelled rows, as one number."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.exceptions import UndefinedMetricWarning

from .errors import ModuleError
from .learning import TrainedModel
from .table import Table
from .transforms.indicator import category_texts
from .values import as_numbers


@dataclass(frozen=True)
class Metric:
    title: str
    larger_is_better: bool
    of_numbers: bool


METRICS = {
    "accuracy": Metric("Accuracy", True, False),
    "precision": Metric("Precision", True, False),
    "recall": Metric("Recall", True, False),
    "average_log_loss": Metric("Average Log Loss", False, False),
    "mean_absolute_error": Metric("Mean Absolute Error", False, True),
    "root_mean_squared_error": Metric("Root Mean Squared Error", False, True),
    "relative_absolute_error": Metric("Relative Absolute Error", False, True),
    "relative_squared_error": Metric("Relative Squared Error", False, True),
    "coefficient_of_determination": Metric("Coefficient of Determination", True, True),
}


def measure(metric: str, model: TrainedModel, table: Table) -> float:
    """The metric of a model on rows that have its label. Raises ModuleError when the model gives no fitting scores."""
    scored = model.score(table, append=False)
    if METRICS[metric].of_numbers:
        return _of_numbers(metric, as_numbers(table.frame[model.label]), as_numbers(_labels(scored)))
    actual = category_texts(table.frame[model.label]).to_numpy()
    if metric == "average_log_loss":
        return _log_loss(model, actual, scored)
    predicted = category_texts(_labels(scored)).fillna("").to_numpy()
    if metric == "accuracy":
        return float(metrics.accuracy_score(actual, predicted))
    known = _classes(model)
    labels = known[1:] if model.task == "binary" else [one for one in known if one in set(actual)]
    score = metrics.precision_score if metric == "precision" else metrics.recall_score
    with warnings.catch_warnings():
        # A class that nothing was predicted for counts as 0.
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        return float(score(actual, predicted, labels=labels, average="macro", zero_division=0))


def _labels(scored: Table) -> pd.Series:
    names = scored.score_columns("scored_labels")
    if not names:
        raise ModuleError("The model gives no scored labels.")
    return scored.frame[names[0]]


def _classes(model: TrainedModel) -> list[str]:
    return list(category_texts(pd.Series(list(model.classes or []))))


def _log_loss(model: TrainedModel, actual: np.ndarray, scored: Table) -> float:
    names = scored.score_columns("scored_probabilities")
    if not names:
        raise ModuleError(
            "The model gives no probabilities.", parameter="metric", hint="Choose another metric."
        )
    given = np.column_stack([as_numbers(scored.frame[name]) for name in names])
    probabilities = np.column_stack([1 - given[:, 0], given[:, 0]]) if given.shape[1] == 1 else given
    classes = _classes(model)
    known = np.isin(actual, classes)
    if not known.any():
        raise ModuleError("No label of the test data is a class of the model.", column=model.label)
    # scikit-learn wants the classes in the order of their texts.
    order = np.argsort(classes)
    return float(
        metrics.log_loss(actual[known], probabilities[known][:, order], labels=np.asarray(classes)[order])
    )


def _of_numbers(metric: str, actual: np.ndarray, predicted: np.ndarray) -> float:
    if metric == "mean_absolute_error":
        return float(metrics.mean_absolute_error(actual, predicted))
    if metric == "root_mean_squared_error":
        return float(np.sqrt(metrics.mean_squared_error(actual, predicted)))
    if metric == "relative_absolute_error":
        spread = np.abs(actual - actual.mean()).sum()
        return float(np.abs(actual - predicted).sum() / spread) if spread else float("nan")
    spread = np.square(actual - actual.mean()).sum()
    relative = float(np.square(actual - predicted).sum() / spread) if spread else float("nan")
    return relative if metric == "relative_squared_error" else 1 - relative
