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
from .openapi import add_pipeline, describe_mlflow_model
from .outputs import to_json, to_plain
from .server import say


class MlflowScorer:
    """Loads once; `score` may be called from many threads."""

    def __init__(self, folder: str, name: str) -> None:
        _keep_to_ourselves()
        from mlflow.pyfunc import load_model

        self.model = load_model(folder)
        self.name = name
        self.schema = self.model.metadata.get_input_schema()
        raw = _raw_model(self.model)
        # A classifier can say how sure it is (scikit-learn, LightGBM and XGBoost).
        self.classifier = raw if hasattr(raw, "predict_proba") and hasattr(raw, "classes_") else None
        self.example = _read_example(folder)
        self.pipeline = raw if hasattr(raw, "row_errors") and _has_plain_columns(self.schema) else None
        self._warm_up()

    def openapi(self) -> dict[str, Any]:
        classes = to_plain(self.classifier.classes_) if self.classifier is not None else None
        document = describe_mlflow_model(self.name, self.model.metadata, self.example, classes)
        if self.pipeline is not None:
            add_pipeline(document, **self.pipeline.describe())
        return document

    def score(self, raw: bytes, query: dict[str, str]) -> tuple[bytes, dict[str, float]]:
        """The reply and what each part took, in milliseconds."""
        started = time.perf_counter()
        body = parse_body(raw)
        data = to_model_input(body.data, self.schema, gaps=self.pipeline is not None)
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

    def _warm_up(self) -> None:
        """The first row of a pipeline takes longer than all others, so it is not a caller's."""
        if self.pipeline is None or self.example is None:
            return
        try:
            self.score(json.dumps(self.example).encode(), {})
        except ScoringError as error:
            # An example that does not fit says nothing about the rows that come.
            say(f"the example of the model is no row for it: {error.message}")

    def _score_pipeline(self, rows: Any) -> Any:
        """Straight to the graph: the columns were held against the signature already."""
        try:
            return self.pipeline.score(rows)
        except self.pipeline.row_errors as error:
            if error.column is None and error.row is None:
                raise model_failed(error) from error
            raise bad_input(error.message, error.column or "") from error
        except Exception as error:
            raise model_failed(error) from error

    def _predict(self, data: Any, params: dict[str, Any] | None) -> Any:
        if self.pipeline is not None:
            return self._score_pipeline(data)
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


def _raw_model(model: Any) -> Any:
    """The model that was logged; None for flavors without one."""
    try:
        return model.get_raw_model()
    except Exception:
        # Flavors without a native model (a plain python function) raise whatever they like here.
        return None


def _has_plain_columns(schema: Any) -> bool:
    """Whether the server casts every column itself, so that MLflow need not."""
    return schema is not None and schema.has_input_names() and not schema.is_tensor_spec()


def _read_example(folder: str) -> Any:
    """The example that was saved with the model, as it would be sent to a server; None when there is none."""
    try:
        with open(os.path.join(folder, "serving_input_example.json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None
