"""MLflow's way to load a pipeline that scores: the `loader_module` of its MLmodel file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from .graph import GraphScorer


class PipelineModel:
    def __init__(self, scorer: GraphScorer) -> None:
        self.scorer = scorer

    def predict(self, model_input: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        return self.scorer.score(model_input)


def _load_pyfunc(path: str) -> PipelineModel:
    return PipelineModel(GraphScorer(Path(path)))
