"""A model in MLflow's format, called through its pyfunc flavor with the signature held."""

from __future__ import annotations

import json
import os
import tempfile
import time
from typing import Any

from .bodies import parse_body
from .errors import ScoringError, bad_input, model_failed
from .inputs import to_model_input
from .openapi import describe_mlflow_model
from .outputs import to_json, to_plain


class MlflowScorer:
    """Loads once; `score` may be called from many threads."""

    def __init__(self, folder: str, name: str) -> None:
        _keep_to_ourselves()
        from mlflow.pyfunc import load_model

        self.model = load_model(folder)
        self.name = name
        self.schema = self.model.metadata.get_input_schema()
        self.classifier = _find_classifier(self.model)
        self.example = _read_example(folder)

    def openapi(self) -> dict[str, Any]:
        classes = to_plain(self.classifier.classes_) if self.classifier is not None else None
        return describe_mlflow_model(self.name, self.model.metadata, self.example, classes)

    def score(self, raw: bytes, query: dict[str, str]) -> tuple[bytes, dict[str, float]]:
        """The reply and what each part took, in milliseconds."""
        started = time.perf_counter()
        body = parse_body(raw)
        data = to_model_input(body.data, self.schema)
        read = time.perf_counter()
        wants = query.get("probabilities", "false").lower() in ("1", "true")
        if wants and self.classifier is None:
            raise bad_input("the model is no classifier with probabilities", "probabilities")
        reply: Any = to_plain(self._predict(data, body.params))
        if wants:
            reply = {"predictions": reply, **self._probabilities(data)}
        predicted = time.perf_counter()
        try:
            payload = to_json(reply)
        except TypeError as error:
            raise model_failed(error) from error
        done = time.perf_counter()
        parts = {"read": read - started, "model": predicted - read, "write": done - predicted}
        return payload, {name: seconds * 1000 for name, seconds in parts.items()}

    def _predict(self, data: Any, params: dict[str, Any] | None) -> Any:
        from mlflow.exceptions import MlflowException

        try:
            return self.model.predict(data, params=params) if params else self.model.predict(data)
        except ScoringError:
            raise
        except MlflowException as error:
            # MLflow says so when the input does not fit the signature or a parameter is of the wrong type.
            if error.error_code in ("INVALID_PARAMETER_VALUE", "BAD_REQUEST"):
                raise bad_input(str(error.message).split("Error: ")[-1]) from error
            raise model_failed(error) from error
        except Exception as error:
            raise model_failed(error) from error

    def _probabilities(self, data: Any) -> dict[str, Any]:
        try:
            rows = self.classifier.predict_proba(data)
        except Exception as error:
            raise model_failed(error) from error
        return {"probabilities": to_plain(rows), "classes": to_plain(self.classifier.classes_)}


def _keep_to_ourselves() -> None:
    """No traces and no files in the working folder, which may be read-only.

    Left on, MLflow opens its tracking store around each load; where it cannot, it hides the error of the model.
    """
    os.environ.setdefault("MLFLOW_TRACKING_URI", f"file:{tempfile.gettempdir()}/mlflow")
    try:
        from mlflow.tracing import disable
    except ImportError:
        # MLflow before 2.14 has none.
        return
    disable()


def _find_classifier(model: Any) -> Any:
    """The model that was logged, when it can say how sure it is (scikit-learn, LightGBM and XGBoost classifiers)."""
    try:
        raw = model.get_raw_model()
    except Exception:
        # Flavors without a native model (a plain python function) raise whatever they like here.
        return None
    return raw if hasattr(raw, "predict_proba") and hasattr(raw, "classes_") else None


def _read_example(folder: str) -> Any:
    """The example that was saved with the model, as it would be sent to a server; None when there is none."""
    try:
        with open(os.path.join(folder, "serving_input_example.json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None
