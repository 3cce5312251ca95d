"""Rows that principal components reconstruct badly, by scikit-learn's PCA."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.decomposition import PCA

from ..context import Context
from ..errors import ModuleError
from ..learning import Learner, TrainedModel
from ..table import Table
from .preparation import Preparation
from .scores import append_scores
from .settings import read_settings


class AnomalyLearner(Learner):
    title = "PCA-Based Anomaly Detection"
    task = "anomaly"

    def __init__(self, name: str, parameters: dict[str, Any]) -> None:
        super().__init__(**parameters)
        self.name = name

    def fit(self, table: Table, label: str | None = None, ctx: Context | None = None) -> AnomalyModel:
        """Learns what is normal from all features; a label column is left out."""
        if table.rows < 2:
            raise ModuleError(
                f"The dataset has {'no rows' if table.rows == 0 else 'one row'}; what is normal is learned from many."
            )
        p = self.parameters
        label = label or table.label_column()
        names = [name for name in table.feature_columns() if name != label]
        preparation = Preparation("one_hot", "z_score" if p["mean_normalization"] else "deviation")
        matrix = preparation.fit_transform(table, names, ctx)
        most = min(matrix.shape) - 1
        if p["number_of_components"] > most:
            raise ModuleError(
                f"{p['number_of_components']} components need more columns or rows: the prepared dataset has "
                f"{matrix.shape[1]:,} columns and {matrix.shape[0]:,} rows, which allow {most}.",
                parameter="number_of_components",
            )
        components = PCA(
            n_components=p["number_of_components"],
            svd_solver="randomized",
            n_oversamples=max(1, p["oversampling"]),
            random_state=p["random_seed"],
        ).fit(matrix)
        usual = float(np.quantile(errors_of(components, matrix), 1 - p["expected_share"]))
        if ctx is not None:
            kept = float(components.explained_variance_ratio_.sum())
            ctx.fact(f"{p['number_of_components']} components keep {kept:.0%}")
        return AnomalyModel(self, label, preparation, components, usual)


def errors_of(components: PCA, matrix: np.ndarray) -> np.ndarray:
    """The length of what reconstruction loses of each row."""
    rebuilt = components.inverse_transform(components.transform(matrix))
    return np.sqrt(np.square(matrix - rebuilt).sum(axis=1))


class AnomalyModel(TrainedModel):
    """`usual_error` is the error that the expected share of the training rows exceeds: there the score is 0.5."""

    task = "anomaly"

    def __init__(
        self,
        learner: AnomalyLearner,
        label: str | None,
        preparation: Preparation,
        components: PCA,
        usual_error: float,
    ) -> None:
        self.learner = learner.name
        self.parameters = dict(learner.parameters)
        self.label = label
        self.classes = None
        self.features = preparation.describe()
        self.preparation = preparation
        self.components = components
        self.usual_error = usual_error

    def score(self, table: Table, append: bool = True) -> Table:
        matrix = self.preparation.transform(table)
        errors = errors_of(self.components, matrix) if len(matrix) else np.empty(0)
        # Rounding makes errors of rows that fit exactly tiny, not zero.
        usual = max(self.usual_error, 1e-9)
        scores = errors / (errors + usual)
        labels = (scores > 0.5).astype(np.int64)
        return append_scores(
            table,
            self,
            {
                "Scored Labels": (labels, "scored_labels"),
                "Scored Probabilities": (scores, "scored_probabilities"),
            },
            append,
        )


def make_anomaly(name: str, settings: dict[str, Any], ctx: Context) -> AnomalyLearner:
    return AnomalyLearner(name, read_settings(settings, ctx)[0])
