"""MLflow's way to load a pipeline that scores: the `loader_module` of its MLmodel file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from .errors import ModuleError
from .graph import GraphScorer


class PipelineModel:
    """`score` is for a server that holds the rows against the signature itself: `predict` has MLflow do that first."""

    # What may be wrong with the rows of a caller. Such an error that names a column or a row is theirs.
    row_errors = (ModuleError,)

    def __init__(self, scorer: GraphScorer) -> None:
        self.scorer = scorer

    def predict(self, model_input: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        return self.scorer.score(model_input)

    def score(self, rows: pd.DataFrame) -> pd.DataFrame:
        return self.scorer.score(rows)

    def describe(self) -> dict[str, Any]:
        """What a form and its answer can show: the known values of columns, and how two classes are told apart."""
        known = {one["name"]: one["values"] for one in self.scorer.columns if one.get("values")}
        return {"values": known, "scores": self.scorer.scores}

    def get_raw_model(self) -> PipelineModel:
        """MLflow's way to what it wraps."""
        return self


def _load_pyfunc(path: str) -> PipelineModel:
    return PipelineModel(GraphScorer(Path(path)))
