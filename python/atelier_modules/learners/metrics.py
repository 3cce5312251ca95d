"""Measures of scored rows, by scikit-learn where it has them."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn import metrics as sk

from .scored import Scored

Metrics = dict[str, float]


def measure(scored: Scored) -> Metrics:
    """Metrics in the order they are shown. One that is not defined for these rows is left out."""
    found = {
        "binary": _binary,
        "multiclass": _multiclass,
        "regression": _regression,
        "clustering": _clustering,
    }[scored.task](scored)
    return {key: float(value) for key, value in found.items() if np.isfinite(value)}


def _binary(scored: Scored) -> Metrics:
    truth, predicted = scored.truth, scored.predicted
    tp = int(np.count_nonzero((truth == 1) & (predicted == 1)))
    guessed, actual = int(np.count_nonzero(predicted == 1)), int(np.count_nonzero(truth == 1))
    precision = tp / guessed if guessed else 0.0
    recall = tp / actual if actual else 0.0
    out = {
        "Accuracy": float(np.mean(truth == predicted)),
        "Precision": precision,
        "Recall": recall,
        "F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
    }
    if scored.probabilities is None:
        return out
    both = 0 < actual < len(truth)
    ranked: Metrics = {}
    if both:
        ranked["AUC"] = sk.roc_auc_score(truth, scored.probabilities)
    if both:
        out["Average_Precision"] = sk.average_precision_score(truth, scored.probabilities)
    out["Log_Loss"] = sk.log_loss(truth, np.clip(scored.probabilities, 0, 1), labels=[0, 1])
    return {**ranked, **out}


def _multiclass(scored: Scored) -> Metrics:
    truth, predicted = scored.truth, scored.predicted
    labels = np.unique(np.concatenate([truth, predicted]))
    precision, recall, f1, _ = sk.precision_recall_fscore_support(
        truth, predicted, labels=labels, average="macro", zero_division=0
    )
    out: Metrics = {
        "Accuracy": float(np.mean(truth == predicted)),
        "Precision": precision,
        "Recall": recall,
        "F1": f1,
    }
    if scored.probabilities is None:
        return out
    with warnings.catch_warnings():
        # Probabilities written with few digits do not sum to 1 exactly.
        warnings.simplefilter("ignore")
        shares = scored.probabilities / np.maximum(scored.probabilities.sum(axis=1, keepdims=True), 1e-15)
        every = np.arange(len(scored.classes))
        out["Log_Loss"] = sk.log_loss(truth, shares, labels=every)
        if len(np.unique(truth)) == len(every):
            auc = (
                sk.roc_auc_score(truth, shares, multi_class="ovr", labels=every)
                if len(every) > 2
                else (sk.roc_auc_score(truth, shares[:, 1]))
            )
            out = {"AUC": auc, **out}
    return out


def _regression(scored: Scored) -> Metrics:
    truth, predicted = scored.truth, scored.predicted
    error = predicted - truth
    mean = truth.mean()
    absolute, squared = np.abs(truth - mean).sum(), np.square(truth - mean).sum()
    out = {
        "Mean_Absolute_Error": sk.mean_absolute_error(truth, predicted),
        "Root_Mean_Squared_Error": float(np.sqrt(sk.mean_squared_error(truth, predicted))),
    }
    if squared > 0:
        out["Relative_Absolute_Error"] = float(np.abs(error).sum() / absolute)
        out["Relative_Squared_Error"] = float(np.square(error).sum() / squared)
        out["Coefficient_of_Determination"] = sk.r2_score(truth, predicted)
    return out


def _clustering(scored: Scored) -> Metrics:
    combined = cluster_measures(scored)[-1]
    return {
        "Average_Distance_to_Cluster_Center": combined["own"],
        "Average_Distance_to_Other_Center": combined["other"],
        "Maximal_Distance_to_Cluster_Center": combined["maximum"],
        "Number_of_Points": combined["points"],
    }


def cluster_measures(scored: Scored) -> list[dict]:
    """Of each cluster, and of all in the last entry: mean distance to the own and the nearest other centre, and size."""
    distances = scored.distances
    own = distances[np.arange(len(distances)), np.clip(scored.predicted, 0, distances.shape[1] - 1)]
    others = np.array(distances, copy=True)
    others[np.arange(len(distances)), np.clip(scored.predicted, 0, distances.shape[1] - 1)] = np.inf
    other = others.min(axis=1) if distances.shape[1] > 1 else np.full(len(distances), np.nan)

    def entry(name: str, rows: np.ndarray) -> dict:
        there = bool(rows.any())
        return {
            "name": name,
            "points": int(rows.sum()),
            "own": float(own[rows].mean()) if there else float("nan"),
            "other": float(other[rows].mean()) if there else float("nan"),
            "maximum": float(own[rows].max()) if there else float("nan"),
        }

    each = [entry(f"Cluster {i}", scored.predicted == i) for i in range(distances.shape[1])]
    return [*each, entry("Combined", np.ones(len(distances), dtype=bool))]
