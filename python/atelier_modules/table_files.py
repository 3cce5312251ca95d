"""A table as a folder: `data.parquet`, `schema.json`, and fold numbers in `_folds.parquet` when there are any."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .arrow_types import to_arrow, to_pandas
from .columns import Column
from .errors import ModuleError
from .folds import Folds
from .objects import plain
from .table import Table

DATA, SCHEMA, FOLDS = "data.parquet", "schema.json", "_folds.parquet"
# Level 1 costs 2 ms more than no compression and a fifth of the bytes less. Nothing here reads statistics. Arrow's own schema
# stays out of the file, or others would read dictionaries as categories.
_WRITE: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "write_statistics": False,
    "store_schema": False,
}


@dataclass
class Stored:
    """A table as it lies on disk, before pandas: what a description needs."""

    data: pa.Table
    columns: list[Column]
    folds: Folds | None = None
    task: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def head(self, rows: int) -> Stored:
        if self.data.num_rows <= rows:
            return self
        folds = Folds(self.folds.count, self.folds.ids[:rows]) if self.folds else None
        return Stored(self.data.slice(0, rows), self.columns, folds, self.task, self.extra, self.files)

    def table(self) -> Table:
        frame = to_pandas(self.data)
        return Table(frame, self.columns, self.folds, self.task, self.extra, self.files)


def write_table(table: Table, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(to_arrow(table), folder / DATA, **_WRITE)
    (folder / SCHEMA).write_text(json.dumps(schema_of(table), ensure_ascii=False), encoding="utf-8")
    if table.folds is not None:
        ids = pa.table({"fold": pa.array(table.folds.ids, type=pa.int32())})
        pq.write_table(ids, folder / FOLDS, **_WRITE)
    for name, content in table.files.items():
        (folder / name).write_bytes(content)


def schema_of(table: Table) -> dict[str, Any]:
    return {
        "version": 1,
        "rows": table.rows,
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "categorical": column.categorical,
                "role": column.role,
                "score": column.score,
            }
            for column in table.columns
        ],
        "folds": {"count": table.folds.count, "file": FOLDS} if table.folds is not None else None,
        "task": table.task,
        "extra": plain(table.extra),
    }


def open_parquet(path: Path, **options: Any) -> pq.ParquetFile:
    """Without the buffering that starts a thread: a process with threads must not fork."""
    return pq.ParquetFile(path, memory_map=True, pre_buffer=False, **options)


def is_table_folder(path: Path) -> bool:
    return (path / SCHEMA).is_file() and (path / DATA).is_file()


def read_stored(folder: Path) -> Stored:
    try:
        schema = json.loads((folder / SCHEMA).read_text(encoding="utf-8"))
        texts = [one["name"] for one in schema["columns"] if one["type"] == "string"]
        data = open_parquet(folder / DATA, read_dictionary=texts).read(use_threads=False)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise ModuleError(f"The table cannot be read: {error}.") from None
    columns = [
        Column(
            one["name"],
            one["type"],
            bool(one.get("categorical", False)),
            one.get("role") or "feature",
            one.get("score"),
        )
        for one in schema.get("columns", [])
    ]
    folds = None
    if schema.get("folds") and (folder / FOLDS).is_file():
        ids = open_parquet(folder / FOLDS).read(use_threads=False)["fold"].to_numpy()
        folds = Folds(int(schema["folds"]["count"]), ids.astype(np.int64))
    known = {DATA, SCHEMA, FOLDS}
    files = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in known
    }
    return Stored(data, columns, folds, schema.get("task"), schema.get("extra") or {}, files)
