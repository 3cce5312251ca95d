"""Poisson regression with both penalties: scikit-learn's own, and SciPy's optimizer where that has none."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.special import xlogy
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.linear_model import PoissonRegressor


class ElasticPoisson(RegressorMixin, BaseEstimator):
    """Minimizes half the mean Poisson deviance plus l1·|w| + l2·w²/2, with the intercept free.

    Without L1 this is scikit-learn's PoissonRegressor. With it, weights are split into a positive and a negative part,
    both bounded by 0, which makes the penalty smooth for L-BFGS-B.
    """

    def __init__(self, l1: float = 0.0, l2: float = 1.0, tolerance: float = 1e-7, memory: int = 20) -> None:
        self.l1 = l1
        self.l2 = l2
        self.tolerance = tolerance
        self.memory = memory

    def fit(self, matrix: np.ndarray, target: np.ndarray) -> ElasticPoisson:
        if self.l1 == 0 and target.any():
            fitted = PoissonRegressor(alpha=self.l2, tol=self.tolerance, max_iter=1000).fit(matrix, target)
            self.coef_, self.intercept_ = fitted.coef_, float(fitted.intercept_)
            return self
        width = matrix.shape[1]
        start = np.zeros(2 * width + 1)
        start[-1] = np.log(max(float(target.mean()), 1e-9))
        bounds = [(0, None)] * (2 * width) + [(None, None)]
        found = minimize(
            self._objective,
            start,
            args=(matrix, target),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxcor": self.memory, "gtol": self.tolerance, "ftol": 0, "maxiter": 1000},
        )
        self.coef_ = found.x[:width] - found.x[width:-1]
        self.intercept_ = float(found.x[-1])
        return self

    def predict(self, matrix: np.ndarray) -> np.ndarray:
        return np.exp(np.clip(matrix @ self.coef_ + self.intercept_, -700, 700))

    def _objective(self, at: np.ndarray, matrix: np.ndarray, target: np.ndarray) -> tuple[float, np.ndarray]:
        width = matrix.shape[1]
        weights = at[:width] - at[width:-1]
        linear = np.clip(matrix @ weights + at[-1], -700, 700)
        mean = np.exp(linear)
        loss = float(np.mean(mean - target * linear + xlogy(target, target) - target))
        slope = matrix.T @ (mean - target) / len(target) + self.l2 * weights
        gradient = np.concatenate([slope + self.l1, self.l1 - slope, [float(np.mean(mean - target))]])
        penalty = self.l1 * float(at[:-1].sum()) + self.l2 * float(weights @ weights) / 2
        return loss + penalty, gradient
