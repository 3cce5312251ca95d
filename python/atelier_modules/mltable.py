"""An MLTable folder: which files, and how they are read. What it says beyond that is refused, never ignored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from .delimited import read_delimited
from .errors import ModuleError
from .table_files import Stored

_MARKS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|", "\\t": "\t"}


def load_mltable(folder: Path, rows: int | None = None) -> Stored:
    from .read_files import join, load_file

    try:
        said = yaml.safe_load((folder / "MLTable").read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ModuleError(f"The MLTable file is not valid: {error}.") from None
    files = [file for entry in said.get("paths") or [] for file in _files(folder, entry)]
    if not files:
        raise ModuleError("The MLTable file names no file that is there.")
    how, options = _reading(said.get("transformations") or [])
    parts = [
        _delimited(file, options, rows) if how == "read_delimited" else load_file(file, rows) for file in files
    ]
    joined = parts[0] if len(parts) == 1 else join(parts)
    return joined if rows is None else joined.head(rows)


def _files(folder: Path, entry: dict[str, Any]) -> list[Path]:
    root = folder.resolve()
    kind, value = next(iter(entry.items()), ("", ""))
    if "://" in str(value):
        raise ModuleError(f"The MLTable file names {value}, which is not in its folder.")
    place = str(value).removeprefix("./")
    if kind == "pattern":
        found = sorted(root.glob(place))
    elif kind == "folder":
        found = sorted((root / place).rglob("*"))
    else:
        found = [root / place]
    return [path for path in found if path.is_file() and path.resolve().is_relative_to(root) and path.name != "MLTable"]


def _reading(steps: list[Any]) -> tuple[str, dict[str, Any]]:
    how: tuple[str, dict[str, Any]] = ("", {})
    for step in steps:
        name, options = (step, {}) if isinstance(step, str) else next(iter(step.items()))
        if name not in ("read_delimited", "read_parquet", "read_json_lines"):
            raise ModuleError(f"The MLTable file asks for “{name}”, which is not supported here.")
        how = (name, options or {})
    return how


def _delimited(file: Path, options: dict[str, Any], rows: int | None) -> Stored:
    mark = options.get("delimiter")
    header = options.get("header", "all_files_same_headers") not in ("no_header", False)
    return read_delimited(file.read_bytes(), _MARKS.get(str(mark), mark), header, rows)
