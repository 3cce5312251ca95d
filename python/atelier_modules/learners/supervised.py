"""Learners that predict a label, and the models they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from ..context import Context
from ..errors import ModuleError
from ..learning import Learner, TrainedModel
from ..table import Table
from .kinds import Kind, Request, find_kind, threads_for
from .labels import check_counts, class_series, labelled_rows, read_classes, read_targets
from .multiclass import wrap_kind
from .preparation import Preparation, RowReader
from .scores import append_scores
from .settings import read_layers, read_quantiles, read_settings

# Up to this many rows are scored one by one: below it, frames and thread pools cost more than the rows.
_FEW_ROWS = 8


class SupervisedLearner(Learner):
    """An algorithm of `kinds`, with the values and ranges of its parameters.

    `inner` is the two-class algorithm that One-vs-All and One-vs-One wrap.
    """

    def __init__(
        self,
        name: str,
        parameters: Mapping[str, Any],
        ranges: Mapping[str, Sequence[Any]] | None = None,
        inner: str | None = None,
    ) -> None:
        super().__init__(**parameters)
        self.name = name
        self.ranges = {key: list(values) for key, values in (ranges or {}).items()}
        self.inner = inner
        self.task = self.kind.task

    @property
    def kind(self) -> Kind:
        return find_kind(self.name) if self.inner is None else wrap_kind(self.name, self.inner)

    @property
    def title(self) -> str:
        return self.kind.title

    def with_parameters(self, values: Mapping[str, Any]) -> SupervisedLearner:
        return SupervisedLearner(self.name, {**self.parameters, **values}, {}, self.inner)

    def describe(self) -> dict[str, Any]:
        described = {**super().describe(), "ranges": self.ranges}
        return {**described, "inner": self.inner} if self.inner else described

    def fit(self, table: Table, label: str | None, ctx: Context | None = None) -> SupervisedModel:
        """Raises ModuleError that names the label column or the parameter that is wrong."""
        if label is None:
            raise ModuleError("No label column is chosen.", parameter="label_column", hint="Choose one column.")
        kind = self.kind
        rows = labelled_rows(table, label, ctx)
        if kind.counts:
            check_counts(table, label, kind.title)
        target, classes = self._target(rows, label, kind)
        preparation = kind.prepare(self.parameters)
        names = [name for name in rows.feature_columns() if name != label]
        matrix = preparation.fit_transform(rows, names, ctx)
        request = Request(
            self.parameters,
            self.parameters.get("random_seed", 0),
            *matrix.shape,
            len(classes or ()),
            preparation.category_positions,
        )

        def progress(done: int, of: int) -> None:
            if ctx is not None:
                ctx.progress(done, of, kind.unit)

        with threadpool_limits(threads_for(*matrix.shape), user_api="blas"):
            estimator = kind.fit(kind.build(request), matrix, target, progress)
        model = SupervisedModel(self, label, classes, rows.column(label).categorical, preparation, estimator)
        if ctx is not None:
            ctx.fact(kind.fact(estimator) if kind.fact else f"{rows.rows:,} rows, {matrix.shape[1]:,} weights")
        return model

    def _target(self, rows: Table, label: str, kind: Kind) -> tuple[np.ndarray, list[Any] | None]:
        if self.task in ("binary", "multiclass"):
            return read_classes(rows, label, kind.title, self.task == "binary")
        return read_targets(rows, label, kind.title), None


class SupervisedModel(TrainedModel):
    """A trained estimator with the preparation of its columns.

    `score_rows` is for a service that gets a row at a time: it builds no frame.
    """

    def __init__(
        self,
        learner: SupervisedLearner,
        label: str,
        classes: list[Any] | None,
        categorical_label: bool,
        preparation: Preparation,
        estimator: Any,
    ) -> None:
        self.task = learner.task
        self.learner = learner.name
        self.parameters = dict(learner.parameters)
        self.label = label
        self.classes = classes
        self.categorical_label = categorical_label
        self.features = preparation.describe()
        self.preparation = preparation
        self.estimator = estimator
        self._reader: RowReader | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_reader": None}

    def score(self, table: Table, append: bool = True) -> Table:
        if 0 < table.rows <= _FEW_ROWS and self._is_typed(table):
            matrix = self._few(table)
        else:
            matrix = self.preparation.transform(table)
        return append_scores(table, self, self._scores(self.predict(matrix)), append)

    def predict(self, matrix: np.ndarray) -> np.ndarray:
        """Probabilities of the classes (codes of classes where there are none), numbers, or one column per quantile."""
        if len(matrix) == 0:
            return np.empty((0, self._outputs)) if self._outputs else np.empty(0)
        booster = getattr(self.estimator, "booster_", None)
        if booster is not None:
            found = booster.predict(matrix, num_threads=threads_for(*matrix.shape))
            classes = self.task in ("binary", "multiclass")
            # LightGBM tells only the second of two classes' probability.
            return np.column_stack([1 - found, found]) if classes and found.ndim == 1 else np.asarray(found)
        if self.task in ("binary", "multiclass") and hasattr(self.estimator, "predict_proba"):
            return np.asarray(self.estimator.predict_proba(matrix))
        return np.asarray(self.estimator.predict(matrix))

    def score_rows(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Score columns of a few rows, each given as a mapping of column names to values."""
        if not rows:
            return []
        if self._reader is None:
            self._reader = self.preparation.row_reader()
        matrix = np.vstack([self._reader.read(row) for row in rows])
        scores = {name: values.tolist() for name, (values, _) in self._scores(self.predict(matrix)).items()}
        return [{name: values[i] for name, values in scores.items()} for i in range(len(rows))]

    def _few(self, table: Table) -> np.ndarray:
        if self._reader is None:
            self._reader = self.preparation.row_reader()
        columns = {feature.name: table.frame[feature.name].array for feature in self.preparation.features}
        rows = ({name: values[i] for name, values in columns.items()} for i in range(table.rows))
        return np.vstack([self._reader.read(row) for row in rows])

    def _is_typed(self, table: Table) -> bool:
        """Whether the quick way applies: every column is there, and what was a number or date is one."""
        for feature in self.preparation.features:
            if feature.name not in table:
                return False
            kind = table.column(feature.name).type
            if feature.kind == "number" and kind in ("string", "datetime"):
                return False
            if feature.kind == "date" and kind != "datetime":
                return False
        return True

    @property
    def _outputs(self) -> int:
        if self.task in ("binary", "multiclass"):
            return len(self.classes or ()) if hasattr(self.estimator, "predict_proba") else 0
        return len(self.estimator.quantiles) if self.task == "quantile" else 0

    def _scores(self, found: np.ndarray) -> dict[str, tuple[np.ndarray, str]]:
        """Score columns in order, with the kind of score that each holds."""
        if self.task == "regression":
            return {"Scored Labels": (found, "scored_labels")}
        if self.task == "quantile":
            names = [f"Scored Quantile {quantile:g}" for quantile in self.estimator.quantiles]
            return {name: (found[:, i], "scored_quantile") for i, name in enumerate(names)}
        if self.task == "binary":
            positive = found[:, 1]
            labels = class_series((positive >= 0.5).astype(np.int64), self.classes)
            return {
                "Scored Labels": (labels, "scored_labels"),
                "Scored Probabilities": (positive, "scored_probabilities"),
            }
        codes = np.argmax(found, axis=1) if found.ndim == 2 else found.astype(np.int64)
        scores = {"Scored Labels": (class_series(codes, self.classes), "scored_labels")}
        if found.ndim == 2:
            for i, value in enumerate(self.classes):
                scores[f"Scored Probabilities_{class_name(value)}"] = (found[:, i], "scored_probabilities")
        return scores


def class_name(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def make_learner(name: str, settings: dict[str, Any], ctx: Context) -> SupervisedLearner:
    """The untrained model of a learner module, from the parameters of its run(). Raises ModuleError for wrong lists."""
    values, ranges = read_settings(settings, ctx)
    for text in [values.get("hidden_nodes"), *ranges.get("hidden_nodes", [])]:
        if text is not None:
            read_layers(text)
    if "quantiles" in values:
        read_quantiles(values["quantiles"])
    return SupervisedLearner(name, values, ranges)


def wrap_learner(name: str, learner: Learner) -> SupervisedLearner:
    """One-vs-All or One-vs-One around an untrained two-class learner."""
    if not isinstance(learner, SupervisedLearner) or learner.task != "binary":
        raise ModuleError(
            f"The connected learner is {getattr(learner, 'title', learner.name)}, which is no two-class learner.",
            hint="Connect a learner whose name begins with Two-Class.",
        )
    return SupervisedLearner(name, learner.parameters, learner.ranges, learner.name)
