"""evaluation.json: what the viewer draws of one or two scored datasets."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.metrics import confusion_matrix

from .metrics import cluster_measures, measure
from .scored import Scored
from .supervised import class_name

_GRID = np.linspace(0, 1, 101)
_SHARES = np.arange(1, 21) / 20
_BINS = 20
_MOST_POINTS = 2000
_MOST_CLASSES = 100


def evaluate(scored: Scored, name: str) -> dict[str, Any]:
    """One entry of `inputs`, for the input port `name`."""
    entry: dict[str, Any] = {
        "name": name,
        "learner": scored.learner,
        "rows": scored.rows,
        "metrics": measure(scored),
    }
    if scored.task == "binary":
        return {**entry, **_two_classes(scored)}
    if scored.task == "multiclass":
        return {**entry, "confusion": _confusion(scored), "classes": _by_class(scored)}
    if scored.task == "regression":
        return {**entry, "residuals": _residuals(scored)}
    return {**entry, "clusters": cluster_measures(scored)}


def _two_classes(scored: Scored) -> dict[str, Any]:
    positives = int(scored.truth.sum())
    out: dict[str, Any] = {
        "positives": positives,
        "positiveLabel": class_name(scored.classes[1]),
        "confusion": _confusion(scored),
    }
    if scored.probabilities is None:
        return out
    positive = scored.truth == 1
    return {
        **out,
        "curves": _curves(scored.probabilities, positive),
        "histogram": _histogram(scored.probabilities, positive),
        "lift": _lift(scored.probabilities, positive),
    }


def _curves(probabilities: np.ndarray, positive: np.ndarray) -> dict[str, list]:
    """Counts when rows of at least each threshold are taken for positive.

    Besides every hundredth there are the quantiles of the probabilities, so that curves are smooth where rows crowd.
    """
    quantiles = np.quantile(probabilities, np.linspace(0, 1, 101), method="nearest")
    thresholds = np.unique(np.concatenate([_GRID, np.clip(quantiles, 0, 1)]))
    hits = np.sort(probabilities[positive])
    misses = np.sort(probabilities[~positive])
    tp = len(hits) - np.searchsorted(hits, thresholds, side="left")
    fp = len(misses) - np.searchsorted(misses, thresholds, side="left")
    return {
        "thresholds": thresholds.tolist(),
        "tp": tp.tolist(),
        "fp": fp.tolist(),
        "tn": (len(misses) - fp).tolist(),
        "fn": (len(hits) - tp).tolist(),
    }


def _histogram(probabilities: np.ndarray, positive: np.ndarray) -> dict[str, list]:
    edges = np.linspace(0, 1, _BINS + 1)
    inside = np.clip(probabilities, 0, 1)
    return {
        "edges": edges.tolist(),
        "negative": np.histogram(inside[~positive], edges)[0].tolist(),
        "positive": np.histogram(inside[positive], edges)[0].tolist(),
    }


def _lift(probabilities: np.ndarray, positive: np.ndarray) -> list[dict[str, float]]:
    """How many of the positives are among the likeliest rows, beside a choice at random."""
    total = int(positive.sum())
    if total == 0:
        return []
    ranked = np.cumsum(positive[np.argsort(-probabilities, kind="stable")])
    taken = np.maximum(1, np.round(_SHARES * len(ranked)).astype(int))
    found = ranked[taken - 1] / total
    return [
        {"share": float(share), "lift": float(part / (count / len(ranked))), "found": float(part)}
        for share, count, part in zip(_SHARES, taken, found, strict=True)
    ]


def _confusion(scored: Scored) -> dict[str, list]:
    """Rows are the truth, columns the prediction. Of very many classes the most frequent are shown."""
    codes = np.arange(len(scored.classes))
    if len(codes) > _MOST_CLASSES:
        counts = np.bincount(scored.truth, minlength=len(codes))
        codes = np.sort(np.argsort(-counts, kind="stable")[:_MOST_CLASSES])
    return {
        "labels": [class_name(scored.classes[code]) for code in codes],
        "counts": confusion_matrix(scored.truth, scored.predicted, labels=codes).tolist()
        if np.isin(scored.truth, codes).any()
        else [[0] * len(codes) for _ in codes],
    }


def _by_class(scored: Scored) -> list[dict[str, Any]]:
    out = []
    for code, value in enumerate(scored.classes):
        actual, guessed = scored.truth == code, scored.predicted == code
        tp = int((actual & guessed).sum())
        precision = tp / int(guessed.sum()) if guessed.any() else 0.0
        recall = tp / int(actual.sum()) if actual.any() else 0.0
        both = precision + recall
        out.append(
            {
                "label": class_name(value),
                "rows": int(actual.sum()),
                "precision": precision,
                "recall": recall,
                "f1": 2 * precision * recall / both if both else 0.0,
            }
        )
    return out


def _residuals(scored: Scored) -> dict[str, list]:
    errors = scored.predicted - scored.truth
    counts, edges = np.histogram(errors, bins=_BINS)
    rows = np.arange(len(errors))
    if len(rows) > _MOST_POINTS:
        rows = np.sort(np.random.default_rng(0).choice(rows, _MOST_POINTS, replace=False))
    points = np.column_stack([scored.truth[rows], scored.predicted[rows]])
    return {"edges": edges.tolist(), "counts": counts.tolist(), "points": points.tolist()}


_MAIN = {
    "binary": [("AUC", "AUC"), ("Accuracy", "accuracy")],
    "multiclass": [("Accuracy", "accuracy")],
    "regression": [("Coefficient_of_Determination", "R²"), ("Mean_Absolute_Error", "MAE")],
    "clustering": [("Average_Distance_to_Cluster_Center", "mean distance")],
}


def main_metric(task: str, *metrics: dict[str, float]) -> str:
    """The one figure of the node's second line, such as “AUC 0.806”, or two that are compared: “AUC 0.806 and 0.791”."""
    for key, shown in _MAIN[task]:
        if all(key in one for one in metrics):
            return f"{shown} {' and '.join(f'{one[key]:.3f}' for one in metrics)}"
    return ""
