"""Gradient-boosted trees and quantile forests, by LightGBM."""

from __future__ import annotations

from typing import Any

import numpy as np
from lightgbm import LGBMClassifier, LGBMRegressor
from lightgbm.callback import CallbackEnv
from sklearn.base import BaseEstimator, RegressorMixin

from .kinds import Kind, Progress, Request, threads_for
from .preparation import Preparation
from .settings import read_quantiles

_TREE_RANGES = {
    "number_of_leaves": [8, 20, 64],
    "minimum_leaf_instances": [1, 10, 50],
    "learning_rate": [0.05, 0.1, 0.2],
    "number_of_trees": [50, 100, 300],
}


def _common(request: Request) -> dict[str, Any]:
    p = request.parameters
    return {
        "num_leaves": p["number_of_leaves"],
        "min_child_samples": p["minimum_leaf_instances"],
        "n_estimators": p["number_of_trees"],
        "random_state": request.seed % 2**31,
        "n_jobs": threads_for(request.rows, request.width),
        "deterministic": True,
        "force_row_wise": True,
        "verbosity": -1,
    }


def _classifier(request: Request) -> LGBMClassifier:
    return LGBMClassifier(learning_rate=request.parameters["learning_rate"], **_common(request))


def _regressor(request: Request) -> LGBMRegressor:
    return LGBMRegressor(learning_rate=request.parameters["learning_rate"], **_common(request))


def _fit(estimator: Any, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
    return _fit_one(
        estimator, matrix, target, progress, 0, estimator.n_estimators, estimator.category_positions
    )


def _fit_one(
    estimator: Any,
    matrix: np.ndarray,
    target: np.ndarray,
    progress: Progress,
    before: int,
    of: int,
    categories: list[int],
) -> Any:
    def tell(env: CallbackEnv) -> None:
        progress(before + env.iteration + 1, of)

    return estimator.fit(matrix, target, categorical_feature=categories, callbacks=[tell])


class QuantileForest(RegressorMixin, BaseEstimator):
    """One LightGBM random forest per quantile. Predictions of a row rise with the quantile."""

    def __init__(self, quantiles: tuple[float, ...], forests: tuple[LGBMRegressor, ...]) -> None:
        self.quantiles = quantiles
        self.forests = forests

    @property
    def n_estimators(self) -> int:
        return sum(forest.n_estimators for forest in self.forests)

    def fit(
        self, matrix: np.ndarray, target: np.ndarray, progress: Progress, categories: list[int]
    ) -> QuantileForest:
        before = 0
        for forest in self.forests:
            _fit_one(forest, matrix, target, progress, before, self.n_estimators, categories)
            before += forest.n_estimators
        return self

    def predict(self, matrix: np.ndarray) -> np.ndarray:
        threads = threads_for(*matrix.shape)
        columns = [forest.booster_.predict(matrix, num_threads=threads) for forest in self.forests]
        return np.sort(np.column_stack(columns), axis=1)


def _quantile_forest(request: Request) -> QuantileForest:
    p = request.parameters
    quantiles = tuple(read_quantiles(p["quantiles"]))
    forests = tuple(
        LGBMRegressor(
            boosting_type="rf",
            objective="quantile",
            alpha=quantile,
            subsample=p["bagging_fraction"],
            subsample_freq=1,
            feature_fraction_bynode=p["split_fraction"],
            **_common(request),
        )
        for quantile in quantiles
    )
    return QuantileForest(quantiles, forests)


def _fit_quantiles(
    estimator: QuantileForest, matrix: np.ndarray, target: np.ndarray, progress: Progress
) -> Any:
    return estimator.fit(matrix, target, progress, estimator.category_positions)


def _with_categories(build: Any) -> Any:
    def built(request: Request) -> Any:
        estimator = build(request)
        estimator.category_positions = list(request.category_positions)
        return estimator

    return built


def _codes(parameters: dict[str, Any]) -> Preparation:
    return Preparation("codes")


def _fact(estimator: Any) -> str:
    forests = getattr(estimator, "forests", None)
    trees = sum(f.booster_.num_trees() for f in forests) if forests else estimator.booster_.num_trees()
    return f"{trees:,} {'tree' if trees == 1 else 'trees'}"


def _kind(name: str, title: str, task: str, build: Any, fit: Any, ranges: dict[str, list[Any]]) -> Kind:
    return Kind(name, title, task, _with_categories(build), _codes, fit, ranges, "trees", _fact)


KINDS = {
    kind.name: kind
    for kind in (
        _kind(
            "two_class_boosted_decision_tree",
            "Two-Class Boosted Decision Tree",
            "binary",
            _classifier,
            _fit,
            _TREE_RANGES,
        ),
        _kind(
            "multiclass_boosted_decision_tree",
            "Multiclass Boosted Decision Tree",
            "multiclass",
            _classifier,
            _fit,
            _TREE_RANGES,
        ),
        _kind(
            "boosted_decision_tree_regression",
            "Boosted Decision Tree Regression",
            "regression",
            _regressor,
            _fit,
            _TREE_RANGES,
        ),
        _kind(
            "fast_forest_quantile_regression",
            "Fast Forest Quantile Regression",
            "quantile",
            _quantile_forest,
            _fit_quantiles,
            {"number_of_trees": [50, 100], "number_of_leaves": [20, 64], "minimum_leaf_instances": [5, 10]},
        ),
    )
}
