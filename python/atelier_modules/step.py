"""One step: ports read from paths, the module called, its outputs written."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .context import Context
from .definition import FILE_TYPES, ModuleDefinition, Port, find_module
from .errors import ModuleBug, ModuleError
from .execute import call_module
from .explain import explain
from .parameters import resolve_parameters
from .ports import read_port, write_port
from .table import Table

Emit = Callable[[dict[str, Any]], None]


def perform(spec: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Runs a step and emits its last message, `done` or `failed`, which is also given back.

    The spec has `module`, `parameters`, `inputs` (port to path), `outputs` (port to folder), `folder` (scratch), and
    perhaps `seed` and `sample`. Nothing is raised but what ends the process.
    """
    began = time.perf_counter()
    inputs: dict[str, Any] = {}
    module: ModuleDefinition | None = None
    try:
        module = find_module(spec["module"])
        written = _perform(module, spec, inputs, emit)
        last: dict[str, Any] = {"done": {"outputs": written, "seconds": round(time.perf_counter() - began, 4)}}
    except (Exception, SystemExit) as error:
        last = {"failed": explain(error, module, inputs)}
    emit(last)
    return last


def _perform(module: ModuleDefinition, spec: dict[str, Any], inputs: dict[str, Any], emit: Emit) -> list[str]:
    parameters = resolve_parameters(module, spec.get("parameters") or {})
    rows = (spec.get("sample") or {}).get("rows")
    given: dict[str, str] = spec.get("inputs") or {}
    ports = {port.name: port for port in module.inputs}
    for name, path in given.items():
        if name not in ports:
            raise ModuleError(f"{module.display_name} has no input “{name}”.")
        inputs[name] = _read(ports[name], Path(path), rows)
    ctx = Context(module.name, emit, Path(spec["folder"]), spec.get("seed"))
    results = call_module(module, ctx, inputs, parameters)
    # A source has no input to cut, so what it brings is cut.
    cut = rows if not any(port.type == "data_frame" for port in module.inputs) else None
    return _write(module, results, spec.get("outputs") or {}, cut)


def _read(port: Port, path: Path, rows: int | None) -> Any:
    if port.type in FILE_TYPES:
        return _file_or_folder(port, path)
    try:
        return read_port(port, path, rows)
    except ModuleError as error:
        message = f"Input “{port.display_name}”: {error.message}"
        raise ModuleError(message, error.parameter, error.column, error.row, error.hint) from None


def _file_or_folder(port: Port, path: Path) -> Path:
    """A port for one file takes the only file of a folder, and a port for a folder takes a file's folder."""
    if port.type == "uri_file" and path.is_dir():
        files = [one for one in path.rglob("*") if one.is_file()]
        return files[0] if len(files) == 1 else path
    return path.parent if port.type != "uri_file" and path.is_file() else path


def _write(
    module: ModuleDefinition, results: dict[str, Any], outputs: dict[str, str], cut: int | None
) -> list[str]:
    ports = {port.name: port for port in module.outputs}
    written = []
    for name, folder in outputs.items():
        if name not in ports:
            raise ModuleError(f"{module.display_name} has no output “{name}”.")
        value = results.get(name)
        if value is None:
            if ports[name].optional:
                continue
            raise ModuleBug(f"it gave no {ports[name].display_name}")
        if cut is not None and isinstance(value, Table) and value.rows > cut:
            value = value.with_frame(value.frame.head(cut))
        write_port(ports[name], value, Path(folder))
        written.append(name)
    return written
