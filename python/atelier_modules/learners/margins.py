"""Linear classifiers without probabilities of their own, by scikit-learn, and their calibration."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import SGDClassifier
from sklearn.svm import LinearSVC

from .kinds import Kind, Request, plain_fit
from .preparation import Preparation

_FOLDS = 3


class CalibratedMargin(ClassifierMixin, BaseEstimator):
    """A classifier of two classes whose margins become probabilities by Platt's method, learned on held-out folds.

    With too few rows of a class to hold any out, the logistic function of the margin is taken as it is.
    """

    def __init__(self, classifier: Any = None) -> None:
        self.classifier = classifier

    def fit(self, matrix: np.ndarray, target: np.ndarray) -> CalibratedMargin:
        self.classes_, counts = np.unique(target, return_counts=True)
        folds = min(_FOLDS, int(counts.min()))
        with warnings.catch_warnings():
            # A set number of passes is what was asked for.
            warnings.simplefilter("ignore", ConvergenceWarning)
            if folds < 2:
                self.calibrated_ = None
                self.margin_ = clone(self.classifier).fit(matrix, target)
            else:
                self.calibrated_ = CalibratedClassifierCV(
                    clone(self.classifier), method="sigmoid", cv=folds, ensemble=False
                ).fit(matrix, target)
        return self

    def predict_proba(self, matrix: np.ndarray) -> np.ndarray:
        if self.calibrated_ is not None:
            return self.calibrated_.predict_proba(matrix)
        positive = expit(self.margin_.decision_function(matrix))
        return np.column_stack([1 - positive, positive])

    def predict(self, matrix: np.ndarray) -> np.ndarray:
        return self.classes_[np.argmax(self.predict_proba(matrix), axis=1)]


def _perceptron(request: Request) -> CalibratedMargin:
    p = request.parameters
    return CalibratedMargin(
        SGDClassifier(
            loss="perceptron",
            penalty=None,
            learning_rate="constant",
            eta0=p["learning_rate"],
            average=True,
            max_iter=p["iterations"],
            tol=1e-4,
            random_state=request.seed,
        )
    )


def _support_vectors(request: Request) -> CalibratedMargin:
    p = request.parameters
    machine = LinearSVC(
        penalty="l1",
        dual=False,
        C=1 / (p["lambda_weight"] * max(1, request.rows)),
        max_iter=p["iterations"],
        random_state=request.seed,
    )
    return CalibratedMargin(machine)


def _scaled(parameters: dict[str, Any]) -> Preparation:
    return Preparation("one_hot", "z_score")


def _as_wanted(parameters: dict[str, Any]) -> Preparation:
    return Preparation(
        "one_hot", "z_score" if parameters["normalize_features"] else None, parameters["unit_sphere"]
    )


KINDS = {
    "two_class_averaged_perceptron": Kind(
        "two_class_averaged_perceptron",
        "Two-Class Averaged Perceptron",
        "binary",
        _perceptron,
        _scaled,
        plain_fit,
        {"learning_rate": [0.1, 0.5, 1.0], "iterations": [1, 10, 20]},
    ),
    "two_class_support_vector_machine": Kind(
        "two_class_support_vector_machine",
        "Two-Class Support Vector Machine",
        "binary",
        _support_vectors,
        _as_wanted,
        plain_fit,
        {"lambda_weight": [0.0001, 0.001, 0.01, 0.1]},
    ),
}
