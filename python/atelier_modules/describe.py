"""What a table holds, without pandas: counts, ranges, means and small histograms of every column, and its first rows."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrow_types import column_type
from .columns import Column
from .table_files import Stored


def describe_table(stored: Stored, rows: int = 50, bins: int = 20) -> dict[str, Any]:
    known = {column.name: column for column in stored.columns}
    data = stored.data
    return {
        "rows": data.num_rows,
        "columns": [
            _describe(known.get(name) or Column(name, column_type(column.type)), column, bins)
            for name, column in zip(data.column_names, data.columns, strict=True)
        ],
        "head": _head(data, rows),
        "task": stored.task,
        "folds": stored.folds.count if stored.folds else None,
    }


def _describe(column: Column, values: pa.ChunkedArray, bins: int) -> dict[str, Any]:
    kind = column_type(values.type)
    said: dict[str, Any] = {
        "name": column.name,
        "type": kind,
        "categorical": column.categorical,
        "role": column.role,
        "score": column.score,
        "min": None,
        "max": None,
        "mean": None,
    }
    if kind in ("integer", "double", "datetime"):
        return {**said, **_describe_numbers(kind, column.categorical, values, bins)}
    counts = _count_values(values)
    if kind == "string" and counts:
        texts = [value for value, _ in counts]
        said.update(min=_short(min(texts)), max=_short(max(texts)))
    return {
        **said,
        "missing": values.null_count,
        "unique": len(counts),
        "histogram": _categories(counts, bins),
    }


def _describe_numbers(kind: str, categorical: bool, values: pa.ChunkedArray, bins: int) -> dict[str, Any]:
    whole = values.drop_null()
    numbers = _numbers(whole, kind)
    missing = values.null_count
    if kind == "double":
        gone = np.isnan(numbers)
        missing += int(gone.sum())
        numbers = numbers[~gone]
    # A type's own values tell how many are different: the floats of large integers and times would merge some.
    unique = pc.count_distinct(whole, mode="only_valid").as_py() - (1 if kind == "double" and gone.any() else 0)
    finite = numbers[np.isfinite(numbers)] if kind == "double" else numbers
    said: dict[str, Any] = {"missing": missing, "unique": unique}
    if categorical:
        return {**said, **_range(kind, whole, finite), "histogram": _categories(_count_values(values), bins)}
    return {**said, **_range(kind, whole, finite), "histogram": {"kind": "numeric", "bins": _bins(kind, finite, bins)}}


def _numbers(whole: pa.ChunkedArray, kind: str) -> np.ndarray:
    """Values as numpy has them; times as microseconds since 1970."""
    if kind == "datetime":
        whole = whole.cast(pa.timestamp("us", tz=whole.type.tz), safe=False).cast(pa.int64())
    return whole.to_numpy()


def _range(kind: str, whole: pa.ChunkedArray, finite: np.ndarray) -> dict[str, Any]:
    if not len(finite):
        return {}
    if kind == "datetime":
        return {key: _moment(value) for key, value in _of(finite).items()}
    if kind == "integer":
        return {"min": int(finite.min()), "max": int(finite.max()), "mean": float(finite.mean())}
    return {key: float(value) for key, value in _of(finite).items()}


def _of(values: np.ndarray) -> dict[str, Any]:
    return {"min": values.min(), "max": values.max(), "mean": values.mean()}


def _bins(kind: str, values: np.ndarray, bins: int) -> list[dict[str, Any]]:
    """Bars of one width; of whole numbers that are few, one bar each."""
    if not len(values):
        return []
    low, high = values.min(), values.max()
    span = float(high) - float(low)
    if kind == "integer" and span < bins:
        counts = np.bincount((values - low).astype(np.int64), minlength=int(span) + 1)
        return [{"from": int(low) + at, "to": int(low) + at + 1, "count": int(n)} for at, n in enumerate(counts)]
    show = _moment if kind == "datetime" else float
    if low == high:
        return [{"from": show(low), "to": show(high), "count": len(values)}]
    # Halved, the widest range of doubles is finite; from its start on, a narrow range far from 0 keeps its digits.
    half = values.astype(np.float64) / 2 - float(low) / 2
    whole = (0.0, float(high) / 2 - float(low) / 2)
    try:
        counts, edges = np.histogram(half, bins=bins, range=whole)
    except ValueError:
        # Between two neighbouring doubles there is room for one bar.
        counts, edges = np.histogram(half, bins=1, range=whole)
    shown = [show(float(low) + edge + edge) for edge in edges]
    shown[-1] = show(high)
    return [{"from": shown[at], "to": shown[at + 1], "count": int(n)} for at, n in enumerate(counts)]


def _count_values(values: pa.ChunkedArray) -> list[tuple[Any, int]]:
    """Values and how often each is there, the most frequent first."""
    counted = pc.value_counts(values.combine_chunks() if values.num_chunks != 1 else values.chunk(0))
    if pa.types.is_dictionary(values.type):
        counted = pa.StructArray.from_arrays([_plain_text(counted.field(0)), counted.field(1)], ["values", "counts"])
    order = np.argsort(-counted.field("counts").to_numpy(), kind="stable")
    pairs = zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True)
    listed = list(pairs)
    return [listed[at] for at in order if listed[at][0] is not None]


def _plain_text(values: pa.Array) -> pa.Array:
    return values.cast(values.type.value_type)


def _categories(counts: list[tuple[Any, int]], bins: int) -> dict[str, Any]:
    return {
        "kind": "category",
        "bins": [{"value": _short(_plain(value)), "count": count} for value, count in counts[:bins]],
        "others": sum(count for _, count in counts[bins:]),
    }


def _short(value: Any) -> Any:
    return f"{value[:200]}…" if isinstance(value, str) and len(value) > 200 else value


def _moment(microseconds: Any) -> str:
    try:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=int(microseconds))
    except OverflowError:
        return str(np.datetime64(int(microseconds), "us"))
    return moment.isoformat()


def _head(data: pa.Table, rows: int) -> list[list[Any]]:
    columns = [[_plain(value) for value in column.slice(0, rows).to_pylist()] for column in data.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else (None if math.isnan(value) else str(value))
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat()
    if isinstance(value, str) and len(value) > 2000:
        return f"{value[:2000]}…"
    return value
