"""Probabilities of several classes from those of each pair, as LIBSVM computes them."""

from __future__ import annotations

import numpy as np
from sklearn.multiclass import OneVsOneClassifier

# LIBSVM's limit: a pair is never quite sure, so that the system below has one solution.
_SUREST = 1e-7


class CoupledPairs(OneVsOneClassifier):
    """scikit-learn's one-vs-one, which votes only, with probabilities of the classes."""

    def predict_proba(self, matrix: np.ndarray) -> np.ndarray:
        count = len(self.classes_)
        pairs = np.full((len(matrix), count, count), 0.5)
        # The estimators stand in the order of these pairs; the second class of each is its positive one.
        for (i, j), estimator in zip(zip(*np.triu_indices(count, 1)), self.estimators_, strict=True):
            second = estimator.predict_proba(matrix)[:, 1]
            pairs[:, i, j], pairs[:, j, i] = 1 - second, second
        return couple(pairs)


def couple(pairs: np.ndarray) -> np.ndarray:
    """One row of class probabilities for each matrix of `pairs`, whose [i, j] is the chance of i among i and j.

    The second method of Wu, Lin and Weng, Probability Estimates for Multi-class Classification by Pairwise
    Coupling, Journal of Machine Learning Research 5 (2004), section 4: the p that makes Σᵢ Σⱼ (rⱼᵢ pᵢ − rᵢⱼ pⱼ)²
    smallest with Σ p = 1 solves one linear system.
    """
    rows, count, _ = pairs.shape
    chances = np.clip(pairs, _SUREST, 1 - _SUREST)
    turned = chances.transpose(0, 2, 1)
    system = np.ones((rows, count + 1, count + 1))
    system[:, -1, -1] = 0
    square = -turned * chances
    own = np.arange(count)
    square[:, own, own] = np.square(turned).sum(axis=2) - np.square(chances[:, own, own])
    system[:, :count, :count] = square
    goal = np.zeros((rows, count + 1, 1))
    goal[:, -1] = 1
    # Rounding may leave a chance a little below zero.
    found = np.clip(np.linalg.solve(system, goal)[:, :count, 0], 0, None)
    return found / found.sum(axis=1, keepdims=True)
