"""For tests of modules: `run_module("clean_missing_data", {"cleaning_mode": "mean"}, dataset=frame)["cleaned_dataset"]`."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from .context import Context
from .definition import find_module
from .errors import ModuleBug
from .execute import call_module
from .parameters import resolve_parameters
from .ports import read_port, write_port
from .table import Table


class Outputs(dict):
    """What a module gave, by port; and what it said: `log`, `facts`, `metrics` as (key, value, step), `progress`."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []
        self.facts: list[str] = []
        self.metrics: list[tuple[str, float, int]] = []
        self.progress: list[dict[str, Any]] = []

    def hear(self, message: dict[str, Any]) -> None:
        if "log" in message:
            self.log.append(message["log"])
        if "fact" in message:
            self.facts.append(message["fact"])
        if "metric" in message:
            metric = message["metric"]
            self.metrics.append((metric["key"], metric["value"], metric["step"]))
        if "progress" in message:
            self.progress.append(message["progress"])

    @property
    def fact(self) -> str | None:
        return self.facts[-1] if self.facts else None


def run_module(
    name: str, parameters: Mapping[str, Any] | None = None, *, seed: int | None = None, **inputs: Any
) -> Outputs:
    """Runs a module as a step runs it, and reads its outputs back from disk as the next step would.

    Inputs are Tables, frames (all columns become features), learners, models, transforms or paths. Raises ModuleError.
    """
    module = find_module(name)
    values = resolve_parameters(module, parameters or {})
    said = Outputs()
    given = {port: Table(value) if isinstance(value, pd.DataFrame) else value for port, value in inputs.items()}
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch) / "work"
        work.mkdir()
        ctx = Context(name, said.hear, work, seed)
        results = call_module(module, ctx, given, values)
        kept = _lasting_folder() if _has_files(module) else Path(scratch)
        for port in module.outputs:
            if results.get(port.name) is None:
                if not port.optional:
                    raise ModuleBug(f"{name} gave no {port.name}")
                continue
            write_port(port, results[port.name], kept / port.name)
            said[port.name] = read_port(port, kept / port.name)
    return said


def _lasting_folder() -> Path:
    """For outputs that are files: a test looks at them after the call."""
    folder = tempfile.mkdtemp(prefix="atelier-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _has_files(module: Any) -> bool:
    kinds = ("data_frame", "untrained_model", "trained_model", "transform")
    return any(port.type not in kinds for port in module.outputs)
