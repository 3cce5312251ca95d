"""A pipeline that scores, in one process: everything that was saved is loaded once, rows go through in memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from .columns import Column
from .context import Context
from .definition import ModuleDefinition, find_module
from .errors import ModuleError
from .explain import explain
from .loading import load_run
from .parameters import resolve_parameters
from .ports import read_port
from .table import Table

_DTYPES = {"string": object, "integer": "Int64", "double": "float64", "boolean": "boolean", "datetime": "datetime64[ns]"}


class GraphScorer:
    """`folder` holds `pipeline.json` and `saved/<name>/…`; `score` may be called from many threads.

    pipeline.json: `{"version": 1, "columns": [{"name", "type", "required", "values"}], "scores": {"positive", "threshold"}, "nodes": [{"name", "module", "parameters",
    "inputs": {port: {"node", "port"} | {"saved"} | {"rows": true}}}], "output": {"node", "port"}}`, nodes in an order in
    which each comes after those that it reads.
    """

    def __init__(self, folder: Path) -> None:
        document = json.loads((folder / "pipeline.json").read_text(encoding="utf-8"))
        self.columns: list[dict[str, Any]] = document["columns"]
        self._names = [column["name"] for column in self.columns]
        self.scores: dict[str, Any] | None = document.get("scores")
        self.output = (document["output"]["node"], document["output"]["port"])
        self.nodes = [_Node(body, folder / "saved") for body in document["nodes"]]
        self._known = {column["name"]: Column(column["name"], column["type"]) for column in self.columns}

    def score(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The table at the output. Raises ModuleError that names the step for rows that cannot be scored."""
        rows = Table(self._complete(frame), self._known)
        results: dict[tuple[str, str], Any] = {}
        for node in self.nodes:
            for port, value in node.run(rows, results).items():
                results[node.name, port] = value
        return results[self.output].frame

    def _complete(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Columns that may be left out are there, without a value. A frame that has them all is taken as it is."""
        if list(frame.columns) == self._names:
            return frame
        frame = frame.reset_index(drop=True)
        columns = {}
        for column in self.columns:
            name, kind = column["name"], column["type"]
            if name in frame.columns:
                columns[name] = frame[name]
            elif column.get("required"):
                raise ModuleError(f"The column “{name}” is missing.", column=name)
            else:
                columns[name] = pd.Series([None] * len(frame), dtype=_DTYPES[kind])
        return pd.DataFrame(columns)


class _Node:
    def __init__(self, body: dict[str, Any], saved: Path) -> None:
        self.name: str = body["name"]
        self.module: ModuleDefinition = find_module(body["module"])
        self.code = load_run(self.module)
        self.parameters = resolve_parameters(self.module, body.get("parameters") or {})
        ports = {port.name: port for port in self.module.inputs}
        self.fixed: dict[str, Any] = {name: None for name in ports}
        self.from_rows: list[str] = []
        self.from_nodes: dict[str, tuple[str, str]] = {}
        for port, source in (body.get("inputs") or {}).items():
            if source.get("rows"):
                self.from_rows.append(port)
            elif "saved" in source:
                self.fixed[port] = read_port(ports[port], saved / source["saved"])
            else:
                self.from_nodes[port] = (source["node"], source["port"])

    def run(self, rows: Table, results: dict[tuple[str, str], Any]) -> dict[str, Any]:
        inputs = dict(self.fixed)
        for port in self.from_rows:
            inputs[port] = rows
        for port, source in self.from_nodes.items():
            inputs[port] = results[source]
        ctx = Context(self.module.name, _unheard, Path("/tmp"))
        try:
            return self.code(ctx, **inputs, **self.parameters) or {}
        except ModuleError:
            raise
        except Exception as error:
            said = explain(error, self.module, inputs)
            if said["code"] != "MODULE_ERROR":
                raise
            raise ModuleError(f"{self.name}: {said['message']}", column=said["column"], row=said["row"]) from error


def _unheard(message: dict[str, Any]) -> None:
    """Facts and metrics of a step are for runs; a request has its answer."""
