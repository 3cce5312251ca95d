"""The code of a module: its run.py, loaded once."""

from __future__ import annotations

import functools
import importlib.util
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .definition import ModuleDefinition
from .errors import ModuleBug


def load_run(module: ModuleDefinition) -> Callable[..., Any]:
    """The `run` function of a module. Raises ModuleBug when it does not take what module.yml declares."""
    run = _load(module.folder)
    wanted = [port.name for port in module.inputs] + [parameter.name for parameter in module.parameters]
    taken = inspect.signature(run).parameters
    if any(one.kind is one.VAR_KEYWORD for one in taken.values()):
        return run
    names = list(taken)[1:]
    if set(names) != set(wanted):
        odd = sorted(set(names) ^ set(wanted))
        raise ModuleBug(f"{module.name}: run() and module.yml disagree about {', '.join(odd)}")
    return run


@functools.cache
def _load(folder: Path) -> Callable[..., Any]:
    path = folder / "run.py"
    name = f"atelier_module_{folder.name}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ModuleBug(f"{path} is not Python")
    code = importlib.util.module_from_spec(spec)
    sys.modules[name] = code
    spec.loader.exec_module(code)
    run = getattr(code, "run", None)
    if not callable(run):
        raise ModuleBug(f"{path} has no function run")
    return run
