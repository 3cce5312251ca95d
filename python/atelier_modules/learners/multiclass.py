"""Several classes by means of a learner of two, with scikit-learn's wrappers."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.multiclass import OneVsRestClassifier

from .coupling import CoupledPairs
from .kinds import Kind, Progress, Request, find_kind
from .preparation import Preparation


class TwoClassEstimator(ClassifierMixin, BaseEstimator):
    """A two-class algorithm with its own way of training, as scikit-learn's wrappers copy and train it."""

    def __init__(self, kind: str, parameters: dict[str, Any], seed: int, category_positions: list[int]) -> None:
        self.kind = kind
        self.parameters = parameters
        self.seed = seed
        self.category_positions = category_positions

    def fit(self, matrix: np.ndarray, target: np.ndarray) -> TwoClassEstimator:
        kind = find_kind(self.kind)
        request = Request(self.parameters, self.seed, *matrix.shape, 2, self.category_positions)
        self.classes_ = np.unique(target)
        self.fitted_ = kind.fit(kind.build(request), matrix, target, lambda done, of: None)
        return self

    def predict_proba(self, matrix: np.ndarray) -> np.ndarray:
        return self.fitted_.predict_proba(matrix)

    def predict(self, matrix: np.ndarray) -> np.ndarray:
        return self.classes_[np.argmax(self.predict_proba(matrix), axis=1)]


def wrap_kind(name: str, inner: str) -> Kind:
    """One-vs-All or One-vs-One around the two-class algorithm of the name `inner`."""
    two_class = find_kind(inner)
    one_vs_all = name == "one_vs_all_multiclass"
    wrapper = OneVsRestClassifier if one_vs_all else CoupledPairs

    def build(request: Request) -> Any:
        return wrapper(TwoClassEstimator(inner, request.parameters, request.seed, request.category_positions))

    def fit(estimator: Any, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
        fitted = estimator.fit(matrix, target)
        progress(len(fitted.estimators_), len(fitted.estimators_))
        return fitted

    def prepare(parameters: dict[str, Any]) -> Preparation:
        return two_class.prepare(parameters)

    def fact(estimator: Any) -> str:
        models = len(estimator.estimators_)
        return f"{models:,} {'model' if models == 1 else 'models'}"

    title = "One-vs-All Multiclass" if one_vs_all else "One-vs-One Multiclass"
    return Kind(name, title, "multiclass", build, prepare, fit, two_class.ranges, "models", fact)
