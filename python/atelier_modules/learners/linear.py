"""Linear models, by scikit-learn."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, Ridge, SGDRegressor

from ..errors import ModuleError
from .kinds import Kind, Progress, Request
from .poisson import ElasticPoisson
from .preparation import Preparation
from .targets import ScaledTarget

_WEIGHT_RANGES = {"l1_weight": [0, 0.1, 1], "l2_weight": [0.01, 0.1, 1, 10]}


def _logistic(request: Request) -> LogisticRegression:
    """The sum of the losses plus l1·|w| + l2·w²/2, as scikit-learn writes it with C and l1_ratio."""
    p = request.parameters
    l1, l2 = p["l1_weight"], p["l2_weight"]
    tolerance = p["optimization_tolerance"]
    if l1 == 0:
        penalty = {"penalty": "l2", "C": 1 / l2} if l2 else {"penalty": None}
        return LogisticRegression(solver="lbfgs", tol=tolerance, max_iter=1000, **penalty)
    return LogisticRegression(
        penalty="elasticnet",
        solver="saga",
        C=1 / (l1 + l2),
        l1_ratio=l1 / (l1 + l2),
        tol=max(tolerance, 1e-4),
        max_iter=300,
        random_state=request.seed,
    )


def _linear(request: Request) -> Any:
    p = request.parameters
    if p["solution_method"] == "ordinary_least_squares":
        return Ridge(alpha=p["l2_weight"], fit_intercept=p["include_intercept"])
    descent = SGDRegressor(
        penalty="l2",
        alpha=p["l2_weight"],
        eta0=p["learning_rate"],
        learning_rate="invscaling" if p["decrease_learning_rate"] else "constant",
        max_iter=p["epochs"],
        tol=None,
        random_state=request.seed,
    )
    return ScaledTarget(descent)


def _poisson(request: Request) -> ElasticPoisson:
    p = request.parameters
    return ElasticPoisson(
        l1=p["l1_weight"], l2=p["l2_weight"], tolerance=p["optimization_tolerance"], memory=p["memory_size"]
    )


def _fit(estimator: Any, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
    with warnings.catch_warnings():
        # Reaching the limit of passes is no fault: the weights are then as good as they get.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return estimator.fit(matrix, target)


def _fit_linear(estimator: Any, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            fitted = _fit(estimator, matrix, target, progress)
            settled = np.isfinite(fitted.predict(matrix[:100])).all()
    except ValueError as error:
        if "underflow" not in str(error) and "overflow" not in str(error).lower():
            raise
        settled = False
    if not settled or _exploded(fitted):
        raise ModuleError(
            "The weights grow without limit: the learning rate is too large for this dataset.",
            parameter="learning_rate",
            hint="Try a tenth of it, or switch on “Normalize features”.",
        )
    return fitted


def _exploded(fitted: Any) -> bool:
    return isinstance(fitted, ScaledTarget) and float(np.abs(fitted.regressor.coef_).max(initial=0)) > 1e6


def _scaled(parameters: dict[str, Any]) -> Preparation:
    return Preparation("one_hot", "z_score")


def _scaled_if_wanted(parameters: dict[str, Any]) -> Preparation:
    unscaled = (
        parameters["solution_method"] == "online_gradient_descent" and not parameters["normalize_features"]
    )
    return Preparation("one_hot", None if unscaled else "z_score")


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "two_class_logistic_regression",
            "Two-Class Logistic Regression",
            "binary",
            _logistic,
            _scaled,
            _fit,
            _WEIGHT_RANGES,
        ),
        Kind(
            "multiclass_logistic_regression",
            "Multiclass Logistic Regression",
            "multiclass",
            _logistic,
            _scaled,
            _fit,
            _WEIGHT_RANGES,
        ),
        Kind(
            "linear_regression",
            "Linear Regression",
            "regression",
            _linear,
            _scaled_if_wanted,
            _fit_linear,
            {"l2_weight": [0.001, 0.01, 0.1, 1]},
        ),
        Kind(
            "poisson_regression",
            "Poisson Regression",
            "regression",
            _poisson,
            _scaled,
            _fit,
            {"l2_weight": [0.01, 0.1, 1]},
            counts=True,
        ),
    )
}
