"""A table as a folder: `data.parquet`, `schema.json`, and fold numbers in `_folds.parquet` when there are any."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .columns import Column
from .errors import ModuleError
from .folds import Folds
from .objects import plain
from .table import Table
from .to_arrow import to_arrow, to_pandas

DATA, SCHEMA, FOLDS = "data.parquet", "schema.json", "_folds.parquet"
# Level 1 halves the bytes to hash and send for a few milliseconds; statistics and dictionaries cost more than they save here.
_WRITE: dict[str, Any] = {"compression": "zstd", "compression_level": 1, "write_statistics": False}


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


def read_table_folder(folder: Path) -> Table:
    schema = json.loads((folder / SCHEMA).read_text(encoding="utf-8"))
    try:
        data = pq.read_table(folder / DATA, use_threads=False, memory_map=True)
    except (pa.ArrowInvalid, OSError) as error:
        raise ModuleError(f"The table cannot be read: {error}.") from None
    columns = [
        Column(one["name"], one["type"], one.get("categorical", False), one.get("role", "feature"), one.get("score"))
        for one in schema.get("columns", [])
    ]
    folds = None
    if schema.get("folds"):
        ids = pq.read_table(folder / FOLDS, use_threads=False)["fold"].to_numpy()
        folds = Folds(int(schema["folds"]["count"]), ids.astype(np.int64))
    known = {DATA, SCHEMA, FOLDS}
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in known}
    return Table(to_pandas(data), columns, folds, schema.get("task"), schema.get("extra") or {}, files)
