"""Clustering, by scikit-learn's k-means."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from ..columns import Column
from ..context import Context
from ..errors import ModuleError
from ..learning import Learner, TrainedModel
from ..table import Table
from .kinds import threads_for
from .preparation import Preparation
from .scores import append_scores
from .settings import read_settings

# Starts that are tried with centres drawn at random; the tightest clusters are kept.
_STARTS = 10


class ClusteringLearner(Learner):
    title = "K-Means Clustering"
    task = "clustering"

    def __init__(self, name: str, parameters: dict[str, Any]) -> None:
        super().__init__(**parameters)
        self.name = name

    def fit(
        self,
        table: Table,
        label: str | None = None,
        ctx: Context | None = None,
        columns: Sequence[str] | None = None,
    ) -> ClusterModel:
        """Clusters of the named columns, or of all features; the label column never forms them."""
        if table.rows == 0:
            raise ModuleError("The dataset has no rows.", hint="There is nothing to train on.")
        label = label or table.label_column()
        names = [name for name in (columns or table.feature_columns()) if name != label]
        preparation = Preparation("one_hot", "min_max" if self.parameters["normalize_features"] else None)
        matrix = preparation.fit_transform(table, names, ctx)
        wanted = self.parameters["number_of_centroids"]
        if wanted > len(matrix):
            raise ModuleError(
                f"{wanted:,} centroids need at least as many rows; the dataset has {len(matrix):,}.",
                parameter="number_of_centroids",
            )
        with warnings.catch_warnings(), threadpool_limits(threads_for(*matrix.shape)):
            # Fewer distinct rows than centroids leave clusters empty, which the log says.
            warnings.simplefilter("ignore", ConvergenceWarning)
            means = self._means(matrix).fit(matrix)
        filled = len(np.unique(means.labels_))
        if ctx is not None:
            if filled < wanted:
                ctx.log(
                    f"Only {filled:,} of {wanted:,} clusters have rows: the dataset has no more different rows."
                )
            ctx.fact(f"{filled:,} {'cluster' if filled == 1 else 'clusters'}, {table.rows:,} rows")
        labels = self._labels(table, label, matrix, means)
        return ClusterModel(self, label, preparation, means.cluster_centers_, labels)

    def _means(self, matrix: np.ndarray) -> KMeans:
        p = self.parameters
        start = p["initialization"]
        count = p["number_of_centroids"]
        init: Any = {"k_means_plus_plus": "k-means++", "random": "random"}.get(start)
        return KMeans(
            n_clusters=count,
            init=matrix[:count].copy() if init is None else init,
            n_init=1 if init is None else _STARTS,
            max_iter=p["iterations"],
            random_state=p["random_seed"],
        )

    def _labels(self, table: Table, label: str | None, matrix: np.ndarray, means: KMeans) -> list[Any] | None:
        """Of each cluster the label of the labelled row nearest to its centre."""
        if self.parameters["assign_label_mode"] == "ignore" or label is None or label not in table:
            return None
        there = np.flatnonzero(table.frame[label].notna().to_numpy())
        found = []
        for i, centre in enumerate(means.cluster_centers_):
            own = there[means.labels_[there] == i]
            if not len(own):
                found.append(None)
                continue
            nearest = own[np.argmin(np.square(matrix[own] - centre).sum(axis=1))]
            found.append(table.frame[label].iloc[nearest])
        return found


class ClusterModel(TrainedModel):
    """Centres in the space of the prepared columns. `labels` are those of the clusters, when rows shall get them."""

    task = "clustering"

    def __init__(
        self,
        learner: ClusteringLearner,
        label: str | None,
        preparation: Preparation,
        centres: np.ndarray,
        labels: list[Any] | None,
    ) -> None:
        self.learner = learner.name
        self.parameters = dict(learner.parameters)
        self.label = label
        self.features = preparation.describe()
        self.preparation = preparation
        self.centres = centres
        self.labels = labels

    def score(self, table: Table, append: bool = True) -> Table:
        distances = self.distances(self.preparation.transform(table))
        assigned = (
            np.argmin(distances, axis=1).astype(np.int64) if len(distances) else np.empty(0, dtype=np.int64)
        )
        scores: dict[str, tuple[np.ndarray, str]] = {"Assignments": (assigned, "assignments")}
        for i in range(len(self.centres)):
            scores[f"DistancesToClusterCenter no.{i}"] = (distances[:, i], "cluster_distances")
        return append_scores(self._with_labels(table, assigned), self, scores, append)

    def distances(self, matrix: np.ndarray) -> np.ndarray:
        """Euclidean distances of rows to each centre."""
        columns = [np.sqrt(np.square(matrix - centre).sum(axis=1)) for centre in self.centres]
        return np.column_stack(columns)

    def _with_labels(self, table: Table, assigned: np.ndarray) -> Table:
        if self.labels is None or self.label not in table:
            return table
        series = table.frame[self.label]
        nearest = pd.Series(self.labels, dtype=object)[assigned].set_axis(series.index)
        wanted = nearest.notna() & (
            True if self.parameters["assign_label_mode"] == "overwrite" else series.isna()
        )
        filled = series.astype(object).mask(wanted, nearest).rename(self.label)
        column: Column = table.column(self.label)
        return table.with_frame(table.frame.assign(**{self.label: filled}), [replace(column, role="label")])


def make_clustering(name: str, settings: dict[str, Any], ctx: Context) -> ClusteringLearner:
    return ClusteringLearner(name, read_settings(settings, ctx)[0])
