"""Forests of independent trees, by scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)

from .kinds import Kind, Progress, Request, threads_for
from .preparation import Preparation

# Trees that are grown between two reports of progress.
_AT_ONCE = 8
_RANGES = {
    "number_of_trees": [8, 32, 100],
    "maximum_depth": [8, 16, 32],
    "minimum_leaf_instances": [1, 4, 16],
}


def _build(bagged: type, replicated: type) -> Any:
    def build(request: Request) -> Any:
        p = request.parameters
        bagging = p["resampling_method"] == "bagging"
        return (bagged if bagging else replicated)(
            n_estimators=p["number_of_trees"],
            max_depth=p["maximum_depth"],
            max_features=max(1, min(p["random_splits"], request.width)),
            min_samples_leaf=p["minimum_leaf_instances"],
            bootstrap=bagging,
            random_state=request.seed,
            n_jobs=threads_for(request.rows, request.width),
        )

    return build


def _fit(estimator: Any, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
    """Grows the forest a few trees at a time: the same forest as at once, as each tree's seed is drawn in order."""
    trees = estimator.n_estimators
    estimator.set_params(warm_start=True)
    for done in [*range(_AT_ONCE, trees, _AT_ONCE), trees]:
        estimator.set_params(n_estimators=done)
        estimator.fit(matrix, target)
        progress(done, trees)
    # Threads cost more than they save when rows are scored: a forest is small, and often one row comes alone.
    return estimator.set_params(warm_start=False, n_jobs=None)


def _prepare(parameters: dict[str, Any]) -> Preparation:
    return Preparation("one_hot")


def _fact(estimator: Any) -> str:
    trees = len(estimator.estimators_)
    return f"{trees:,} {'tree' if trees == 1 else 'trees'}"


def _kind(name: str, title: str, task: str, build: Any) -> Kind:
    return Kind(name, title, task, build, _prepare, _fit, _RANGES, "trees", _fact)


_classifier = _build(RandomForestClassifier, ExtraTreesClassifier)
_regressor = _build(RandomForestRegressor, ExtraTreesRegressor)

KINDS = {
    kind.name: kind
    for kind in (
        _kind("two_class_decision_forest", "Two-Class Decision Forest", "binary", _classifier),
        _kind("multiclass_decision_forest", "Multiclass Decision Forest", "multiclass", _classifier),
        _kind("decision_forest_regression", "Decision Forest Regression", "regression", _regressor),
    )
}
