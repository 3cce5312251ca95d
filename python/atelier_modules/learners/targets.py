"""Regression whose label is scaled for training."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.preprocessing import StandardScaler


class ScaledTarget(RegressorMixin, BaseEstimator):
    """Trains a regressor on the label moved to mean 0 and deviation 1, and scales predictions back.

    Gradient descent needs it: a label in the thousands makes every step a thousand times too long.
    """

    def __init__(self, regressor: Any) -> None:
        self.regressor = regressor

    def scale(self, target: np.ndarray) -> np.ndarray:
        self.scaler_ = StandardScaler().fit(target.reshape(-1, 1))
        return self.scaler_.transform(target.reshape(-1, 1)).ravel()

    def fit(self, matrix: np.ndarray, target: np.ndarray) -> ScaledTarget:
        self.regressor.fit(matrix, self.scale(target))
        return self

    def predict(self, matrix: np.ndarray) -> np.ndarray:
        scaled = self.regressor.predict(matrix)
        return self.scaler_.inverse_transform(scaled.reshape(-1, 1)).ravel()
