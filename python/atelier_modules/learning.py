"""What a step hands on besides tables. Subclasses live in this package, so that a pickle of one opens anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .table import Table

if TYPE_CHECKING:
    from .context import Context

TASKS = ("binary", "multiclass", "regression", "clustering", "anomaly", "quantile")


class Learner:
    """An algorithm with its parameters, not yet trained. `name` is the module's, `task` one of TASKS."""

    name = ""
    task = ""

    def __init__(self, **parameters: Any) -> None:
        self.parameters = parameters

    def fit(self, table: Table, label: str | None, ctx: Context | None = None) -> TrainedModel:
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """What `learner.json` says."""
        return {"version": 1, "task": self.task, "learner": self.name, "parameters": self.parameters}


class TrainedModel:
    """A model that can score tables. `features` are dicts of name, type, categorical and perhaps categories.

    `files` are kept beside it, by name.
    """

    task = ""
    learner = ""
    label: str | None = None
    classes: list[Any] | None = None
    features: list[dict[str, Any]] = []
    files: dict[str, bytes] = {}

    def score(self, table: Table, append: bool = True) -> Table:
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """What `model.json` says."""
        return {
            "version": 1,
            "task": self.task,
            "label": self.label,
            "classes": self.classes,
            "features": self.features,
            "learner": self.learner,
        }


class Transform:
    """A fitted change of tables, to be applied again to others. `name` is the module that fitted it."""

    name = ""

    def apply(self, table: Table) -> Table:
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """What `transform.json` says."""
        return {"version": 1, "transform": self.name or type(self).__name__}
