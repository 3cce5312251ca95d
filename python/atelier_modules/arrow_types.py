"""Between Arrow and the frame of a table, without a change of any value."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from .columns import type_of
from .table import Table
from .text_arrays import as_text, decode_text, encode_text

_TEXT = pa.string()


def column_type(kind: pa.DataType) -> str:
    """The column type of a tidy Arrow column."""
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "double"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_timestamp(kind):
        return "datetime"
    return "string"


def tidy(data: pa.Table) -> tuple[pa.Table, set[str]]:
    """A foreign Arrow table with the five types only and with unique names; and which columns were dictionaries."""
    names: list[str] = []
    columns: list[pa.ChunkedArray] = []
    flagged: set[str] = set()
    for at, (name, column) in enumerate(zip(data.column_names, data.columns, strict=True)):
        if name.startswith("__index_level_"):
            continue
        name = unique_name(name.strip() or f"Column {at + 1}", names)
        if pa.types.is_dictionary(column.type):
            flagged.add(name)
        names.append(name)
        columns.append(_tidy(column))
    return pa.Table.from_arrays(columns, names=names), flagged


def unique_name(name: str, taken: list[str]) -> str:
    """The name, or the name with a number when it is taken."""
    if name not in taken:
        return name
    at = 2
    while f"{name} ({at})" in taken:
        at += 1
    return f"{name} ({at})"


def _tidy(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return column
    if pa.types.is_float64(kind) or pa.types.is_float32(kind):
        return column
    if pa.types.is_dictionary(kind):
        return _tidy(column.cast(kind.value_type))
    if pa.types.is_decimal(kind) or pa.types.is_float16(kind):
        return column.cast(pa.float64())
    if pa.types.is_date(kind):
        return column.cast(pa.timestamp("ms"))
    if pa.types.is_timestamp(kind):
        return column if kind.tz in (None, "UTC") else column.cast(pa.timestamp(kind.unit, tz="UTC"))
    if pa.types.is_null(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(_TEXT)
    if pa.types.is_time(kind):
        return column.cast(_TEXT)
    return pa.chunked_array([pa.array([None if value is None else as_text(value) for value in column.to_pylist()], type=_TEXT)])


def to_arrow(table: Table) -> pa.Table:
    frame = table.frame
    names = list(frame.columns)
    if not names:
        return pa.table({}).select([])
    return pa.Table.from_arrays([_array(frame[name]) for name in names], names=names)


def _array(series: pd.Series) -> pa.Array | pa.ChunkedArray:
    return encode_text(series) if type_of(series) == "string" else pa.array(series, from_pandas=True)


def to_pandas(data: pa.Table) -> pd.DataFrame:
    """Integers stay integers and booleans booleans: with values missing, as `Int64` and `boolean`."""
    columns = {
        name: _series(column) for name, column in zip(data.column_names, data.columns, strict=True)
    }
    return pd.DataFrame(columns, copy=False) if columns else pd.DataFrame(index=range(data.num_rows))


def _series(column: pa.ChunkedArray) -> pd.Series:
    kind = column.type
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind):
        return decode_text(column)
    if column.null_count and pa.types.is_integer(kind):
        name = str(kind).replace("uint", "UInt").replace("int", "Int")
        return pd.Series(pd.api.types.pandas_dtype(name).__from_arrow__(column))
    if column.null_count and pa.types.is_boolean(kind):
        return pd.Series(pd.BooleanDtype().__from_arrow__(column))
    return column.to_pandas(use_threads=False)
