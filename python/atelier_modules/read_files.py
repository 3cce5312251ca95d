"""A table from a file that somebody brought along: CSV, TSV, Parquet, or a folder of those."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from .errors import ModuleError
from .table import Table
from .table_files import DATA, SCHEMA, read_table_folder
from .to_arrow import to_pandas


def read_table(path: Path) -> Table:
    if path.is_dir() and (path / SCHEMA).is_file() and (path / DATA).is_file():
        return read_table_folder(path)
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    if not files:
        raise ModuleError("The input holds no file.")
    return Table(pd.concat([_read(file) for file in files], ignore_index=True))


def _read(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return to_pandas(pq.read_table(path, use_threads=False))
    return pd.read_csv(path, sep="\t" if path.suffix == ".tsv" else ",")
