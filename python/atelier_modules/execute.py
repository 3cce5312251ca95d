"""One call of a module, with its faults turned into words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .context import Context
from .definition import ModuleDefinition
from .errors import ModuleBug, ModuleError
from .loading import load_run


def call_module(
    module: ModuleDefinition, ctx: Context, inputs: Mapping[str, Any], parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """What run() returned, by output port. Raises ModuleError for faults of the input, ModuleBug for faults of the module."""
    run = load_run(module)
    ports = {port.name for port in module.inputs}
    for name in inputs:
        if name not in ports:
            raise ModuleError(f"{module.display_name} has no input “{name}”.")
    for port in module.inputs:
        if inputs.get(port.name) is None and not port.optional:
            raise ModuleError(f"Nothing is connected to “{port.display_name}”.")
    results = run(ctx, **{name: inputs.get(name) for name in ports}, **parameters)
    if results is None:
        results = {}
    if not isinstance(results, dict):
        raise ModuleBug(f"{module.name}: run() returned a {type(results).__name__}, not a dict")
    unknown = set(results) - {port.name for port in module.outputs}
    if unknown:
        raise ModuleBug(f"{module.name}: run() returned the unknown output {sorted(unknown)[0]}")
    return results
