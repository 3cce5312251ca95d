"""Any port, from a path and to a folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from .definition import FILE_TYPES, Port
from .errors import ModuleBug
from .objects import read_object, write_object
from .read_files import load_table
from .table import Table
from .table_files import write_table


def read_port(port: Port, path: Path, rows: int | None = None) -> Any:
    if port.type == "data_frame":
        return load_table(path, rows).table()
    if port.type in FILE_TYPES:
        return path
    return read_object(port.type, path)


def write_port(port: Port, value: Any, folder: Path) -> None:
    """Raises ModuleBug when a module gave something else than it declared."""
    if port.type == "data_frame":
        if not isinstance(value, Table):
            raise ModuleBug(f"output {port.name} is a {type(value).__name__}, not a Table")
        write_table(value, folder)
    elif port.type in FILE_TYPES:
        _place(port, value, folder)
    else:
        write_object(port.type, value, folder)


def _place(port: Port, value: Any, folder: Path) -> None:
    path = Path(value)
    if not path.exists():
        raise ModuleBug(f"output {port.name} is {path.name}, which is not there")
    folder.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, folder, dirs_exist_ok=True)
        return
    folder.mkdir(exist_ok=True)
    shutil.copy2(path, folder / path.name)
