"""Learners that people write as a Python class."""

from __future__ import annotations

from typing import Any

import cloudpickle
import numpy as np
import pandas as pd

from ..context import Context
from ..errors import ModuleError
from ..learning import Learner, TrainedModel
from ..table import Table
from .labels import labelled_rows, plain_value
from .features import Feature, check_features
from .scores import append_scores
from .scripts import find_callable, load_script, prints_in_log, telling_faults

_CLASSES = ("AtelierModel", "AzureMLModel")


class PythonLearner(Learner):
    """A class with __init__, train(df_train, df_label) and predict(df), kept as the text it was written as."""

    name = "create_python_model"
    title = "Create Python Model"
    task = "custom"

    def __init__(self, script: str) -> None:
        super().__init__(script=script)
        self.ranges: dict[str, list[Any]] = {}

    def check(self, ctx: Context | None) -> None:
        """Raises ModuleError when the script cannot be loaded or lacks the class or a method."""
        with prints_in_log(ctx):
            kind = find_callable(load_script(self.parameters["script"]), _CLASSES, "class")
        for method in ("train", "predict"):
            if not callable(getattr(kind, method, None)):
                raise ModuleError(
                    f"The class {kind.__name__} has no method {method}.", parameter="script", hint="Define it."
                )

    def fit(self, table: Table, label: str | None, ctx: Context | None = None) -> PythonModel:
        if label is None:
            raise ModuleError("No label column is chosen.", parameter="label_column", hint="Choose one column.")
        rows = labelled_rows(table, label, ctx)
        names = [name for name in rows.feature_columns() if name != label]
        with prints_in_log(ctx):
            kind = find_callable(load_script(self.parameters["script"]), _CLASSES, "class")
            with telling_faults(f"{kind.__name__}.train"):
                instance = kind()
                instance.train(rows.frame[names].copy(), rows.frame[label].copy())
        if ctx is not None:
            ctx.fact(f"{rows.rows:,} rows")
        task, classes = _task(rows, label)
        features = [
            Feature(name, "any", rows.column(name).type, rows.column(name).categorical) for name in names
        ]
        return PythonModel(self.parameters["script"], instance, label, task, classes, features)


def _task(rows: Table, label: str) -> tuple[str, list[Any] | None]:
    """Two different values are two classes; text, true/false and categories are classes; other numbers are numbers."""
    column = rows.column(label)
    unique = rows.frame[label].nunique()
    if unique != 2 and column.is_numeric and not column.categorical:
        return "regression", None
    classes = sorted(plain_value(value) for value in rows.frame[label].unique())
    return ("binary" if unique == 2 else "multiclass"), classes


class PythonModel(TrainedModel):
    """A trained instance with its script: opened elsewhere, the script is loaded before the instance is."""

    learner = PythonLearner.name

    def __init__(
        self,
        script: str,
        instance: Any,
        label: str,
        task: str,
        classes: list[Any] | None,
        features: list[Feature],
    ) -> None:
        self.script = script
        self.instance = instance
        self.label = label
        self.task = task
        self.classes = classes
        self.columns = features
        self.features = [feature.describe() for feature in features]

    def __getstate__(self) -> dict[str, Any]:
        with telling_faults("Saving the model"):
            return {**self.__dict__, "instance": cloudpickle.dumps(self.instance)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        load_script(state["script"])
        self.__dict__.update(state)
        self.instance = cloudpickle.loads(state["instance"])

    def score(self, table: Table, append: bool = True) -> Table:
        check_features(table, self.columns)
        names = [feature.name for feature in self.columns]
        with telling_faults("predict"):
            found = self.instance.predict(table.frame[names].copy())
        frame = self._frame(found, table.rows)
        scores = {name: (frame[name].to_numpy(), _kind(name)) for name in frame}
        return append_scores(table, self, scores, append)

    def _frame(self, found: Any, rows: int) -> pd.DataFrame:
        if isinstance(found, tuple) and len(found) == 1:
            found = found[0]
        if isinstance(found, pd.Series):
            found = found.to_numpy()
        if not isinstance(found, pd.DataFrame):
            values = np.asarray(found)
            if values.ndim == 2 and values.shape[1] == 1:
                values = values[:, 0]
            if values.ndim != 1:
                raise ModuleError(
                    f"predict returned {type(found).__name__} of {values.ndim} dimensions; it must be a frame or one value per row.",
                    parameter="script",
                )
            found = pd.DataFrame({"Scored Labels": values})
        elif found.shape[1] == 1 and not str(found.columns[0]).startswith("Scored"):
            found = found.set_axis(["Scored Labels"], axis=1)
        if len(found) != rows:
            raise ModuleError(
                f"predict returned {len(found):,} rows for {rows:,}.",
                parameter="script",
                hint="Return one row for each row of df.",
            )
        return found.set_axis([str(name) for name in found.columns], axis=1)


def _kind(name: str) -> str:
    if name == "Scored Labels":
        return "scored_labels"
    plain = name.casefold()
    return (
        "scored_probabilities"
        if plain.startswith("scored probabilities") or plain == "probabilities"
        else "custom"
    )
