"""A table from what somebody brought along: CSV, TSV, Parquet, ARFF, SVMLight, JSON lines, or a folder of those."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.json as pj

from .arff import parse_arff
from .arrow_types import column_type, tidy, to_arrow
from .columns import Column
from .delimited import read_delimited
from .errors import ModuleError
from .svmlight import parse_svmlight
from .table import Table
from .table_files import Stored, is_table_folder, open_parquet, read_stored

Reader = Callable[[Path, int | None], Stored]


def read_table(path: Path, rows: int | None = None) -> Table:
    return load_table(path, rows).table()


def load_table(path: Path, rows: int | None = None) -> Stored:
    """The table of a port's folder, a file, or a folder of files. With `rows`, at most so many.

    Raises ModuleError that names the file when it cannot be read.
    """
    if path.is_dir() and is_table_folder(path):
        stored = read_stored(path)
        return stored if rows is None else stored.head(rows)
    if path.is_dir() and (path / "MLTable").is_file():
        from .mltable import load_mltable

        return load_mltable(path, rows)
    files = [path] if path.is_file() else _files_in(path)
    parts: list[Stored] = []
    left = rows
    for file in files:
        parts.append(load_file(file, left))
        if left is not None:
            left -= parts[-1].data.num_rows
            if left <= 0:
                break
    return parts[0] if len(parts) == 1 else join(parts)


def load_file(path: Path, rows: int | None = None) -> Stored:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ModuleError(f"“{path.name}” is no table.", hint=f"Bring {', '.join(sorted(_READERS))}.")
    try:
        return reader(path, rows)
    except ModuleError as error:
        raise ModuleError(f"{path.name}: {error.message}", error.parameter, error.column, error.row, error.hint) from None
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise ModuleError(f"{path.name} cannot be read: {error}.") from None


def join(parts: list[Stored]) -> Stored:
    """Rows below rows. A column that is missing in one part is empty there; its type is the wider one."""
    try:
        data = pa.concat_tables([part.data for part in parts], promote_options="permissive")
    except pa.ArrowException:
        data = pa.concat_tables([_as_text(part.data, parts) for part in parts], promote_options="permissive")
    known = {column.name: column for part in reversed(parts) for column in part.columns}
    data, _ = tidy(data)
    columns = [
        Column(one.name, column_type(one.type), known[one.name].categorical, known[one.name].role)
        for one in data.schema
    ]
    return Stored(data, columns)


def _as_text(data: pa.Table, parts: list[Stored]) -> pa.Table:
    """Columns whose types cannot be one become text."""
    kinds: dict[str, set[str]] = {}
    for part in parts:
        for one in part.data.schema:
            kinds.setdefault(one.name, set()).add(column_type(one.type))
    return pa.table(
        {
            name: data[name].cast(pa.string()) if len(kinds[name]) > 1 else data[name]
            for name in data.column_names
        }
    )


def _files_in(folder: Path) -> list[Path]:
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part[0] in "._" for part in path.relative_to(folder).parts)
    )
    tables = [path for path in files if path.suffix.lower() in _READERS]
    if not tables:
        found = f"It holds {', '.join(path.name for path in files[:5])}." if files else "It holds nothing."
        raise ModuleError("The folder holds no table.", hint=found)
    return tables


def _csv(path: Path, rows: int | None) -> Stored:
    return read_delimited(path.read_bytes(), rows=rows)


def _tsv(path: Path, rows: int | None) -> Stored:
    return read_delimited(path.read_bytes(), delimiter="\t", rows=rows)


def _parquet(path: Path, rows: int | None) -> Stored:
    file = open_parquet(path)
    if rows is not None and file.metadata.num_rows > rows:
        batches = []
        left = rows
        for batch in file.iter_batches(batch_size=min(rows, 65_536), use_threads=False):
            batches.append(batch.slice(0, left))
            left -= batches[-1].num_rows
            if left <= 0:
                break
        return _stored(pa.Table.from_batches(batches))
    return _stored(file.read(use_threads=False))


def _json_lines(path: Path, rows: int | None) -> Stored:
    data = path.read_bytes()
    reading = pj.ReadOptions(use_threads=False, block_size=min(len(data) + 16, 2**31 - 2))
    table = pj.read_json(io.BytesIO(data), read_options=reading)
    return _stored(table if rows is None else table.slice(0, rows))


def _arff(path: Path, rows: int | None) -> Stored:
    return _from_table(parse_arff(path.read_bytes().decode("utf-8", "replace")), rows)


def _svmlight(path: Path, rows: int | None) -> Stored:
    return _from_table(parse_svmlight(path.read_bytes()), rows)


def _from_table(table: Table, rows: int | None) -> Stored:
    data = to_arrow(table)
    return Stored(data if rows is None else data.slice(0, rows), table.columns)


def _stored(data: pa.Table) -> Stored:
    tidied, flagged = tidy(data)
    columns = [Column(one.name, column_type(one.type), one.name in flagged) for one in tidied.schema]
    return Stored(tidied, columns)


_READERS: dict[str, Reader] = {
    ".csv": _csv,
    ".txt": _csv,
    ".tsv": _tsv,
    ".parquet": _parquet,
    ".arff": _arff,
    ".svmlight": _svmlight,
    ".svm": _svmlight,
    ".jsonl": _json_lines,
}
