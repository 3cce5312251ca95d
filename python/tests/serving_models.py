"""Models that the tests of the scoring server save. A server of their own loads them from here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from mlflow.pyfunc import PythonModel

FRAME = pd.DataFrame(
    {
        "age": [31, 45, 62, 28, 51, 39],
        "job": ["clerk", "miner", "clerk", "nurse", "miner", "nurse"],
        "rate": [1.5, -0.5, 2.0, 0.0, 3.5, 1.0],
    }
)
LABELS = ["no", "yes", "no", "no", "yes", "yes"]


class Doubler(PythonModel):
    """Says what it was given, so that tests see how a body arrives."""

    def predict(self, context, model_input, params=None):
        if isinstance(model_input, dict):
            return {name: array * 2 for name, array in model_input.items()}
        return np.asarray(model_input) * (params or {}).get("factor", 2)


class Broken(PythonModel):
    def predict(self, context, model_input, params=None):
        raise RuntimeError("the disk of the model is gone")


def save_python_model(folder: Path, model: PythonModel, signature) -> str:
    import mlflow.pyfunc

    mlflow.pyfunc.save_model(str(folder), python_model=model, signature=signature, pip_requirements=["numpy"])
    return str(folder)
