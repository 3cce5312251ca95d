"""A scoring script: `init()` once, `run(data)` for each request, as in `score.py`."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from typing import Any

from .errors import ScoringError, model_failed
from .openapi import describe_script
from .outputs import to_json


class ScriptScorer:
    def __init__(self, path: str, name: str) -> None:
        folder = os.path.dirname(os.path.abspath(path))
        sys.path.insert(0, folder)
        os.chdir(folder)
        spec = importlib.util.spec_from_file_location("atelier_entry_script", os.path.abspath(path))
        if spec is None or spec.loader is None:
            raise ValueError(f"{path} is not a Python file")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for function in ("init", "run"):
            if not callable(getattr(module, function, None)):
                raise ValueError(f"{path} has no function {function}()")
        module.init()
        self.run = module.run
        self.name = name

    def openapi(self) -> dict[str, Any]:
        return describe_script(self.name)

    def score(self, raw: bytes, query: dict[str, str]) -> tuple[bytes, dict[str, float]]:
        started = time.perf_counter()
        try:
            payload = to_json(self.run(raw.decode("utf-8")))
        except UnicodeDecodeError as error:
            raise ScoringError(400, "VALIDATION_FAILED", "The body is not UTF-8 text.") from error
        except Exception as error:
            raise model_failed(error) from error
        return payload, {"model": (time.perf_counter() - started) * 1000}
