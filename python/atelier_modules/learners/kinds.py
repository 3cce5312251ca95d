"""What the algorithms have in common, and where each is found by its module's name."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .preparation import Preparation

# Cells of a matrix from which on several threads are worth it.
_LARGE = 2_000_000

Progress = Callable[[int, int], None]
Fit = Callable[[Any, np.ndarray, np.ndarray, Progress], Any]


@dataclass(frozen=True)
class Request:
    """What an estimator is built for: the parameters, the seed, the prepared matrix and the number of classes."""

    parameters: dict[str, Any]
    seed: int
    rows: int
    width: int
    classes: int = 0
    category_positions: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """One algorithm. `build` gives an estimator of a library, `fit` trains it and tells of progress in `unit`s."""

    name: str
    title: str
    task: str
    build: Callable[[Request], Any]
    prepare: Callable[[dict[str, Any]], Preparation]
    fit: Fit
    # What Tune Model Hyperparameters tries when the learner itself names no ranges.
    ranges: dict[str, list[Any]]
    unit: str = ""
    # Tells how large the model became, for the node's second line.
    fact: Callable[[Any], str] | None = None
    # Whether it predicts counts, which are never below 0.
    counts: bool = False


_PLACES = {
    "boosted_trees": (
        "two_class_boosted_decision_tree",
        "multiclass_boosted_decision_tree",
        "boosted_decision_tree_regression",
        "fast_forest_quantile_regression",
    ),
    "forests": ("two_class_decision_forest", "multiclass_decision_forest", "decision_forest_regression"),
    "linear": (
        "two_class_logistic_regression",
        "multiclass_logistic_regression",
        "linear_regression",
        "poisson_regression",
    ),
    "margins": ("two_class_averaged_perceptron", "two_class_support_vector_machine"),
    "networks": ("two_class_neural_network", "multiclass_neural_network", "neural_network_regression"),
}


def find_kind(name: str) -> Kind:
    """Imports only the library that the algorithm needs. Raises KeyError for a name that is none."""
    place = next((place for place, names in _PLACES.items() if name in names), None)
    if place is None:
        raise KeyError(name)
    return importlib.import_module(f".{place}", __package__).KINDS[name]


def plain_fit(estimator: Any, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
    return estimator.fit(matrix, target)


def threads_for(rows: int, width: int) -> int:
    """Threads for a matrix. One, unless it is large: threads that wait for each other on a busy machine cost tenfold."""
    if rows * width < _LARGE:
        return 1
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
