"""Between the frame of a table and Arrow, without a change of any value."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from .columns import type_of
from .table import Table


def to_arrow(table: Table) -> pa.Table:
    frame = table.frame
    names = list(frame.columns)
    return pa.Table.from_arrays([_array(frame[name]) for name in names], names=names)


def _array(series: pd.Series) -> pa.Array | pa.ChunkedArray:
    if type_of(series) == "string":
        return _text(series)
    return pa.array(series, from_pandas=True)


def _text(series: pd.Series) -> pa.Array | pa.ChunkedArray:
    try:
        return pa.array(series.array, type=pa.string(), from_pandas=True)
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        # A module mixed text with other values: what is no text is written down as text.
        missing = series.isna().to_numpy()
        values = [None if gone else str(value) for value, gone in zip(series.array, missing, strict=True)]
        return pa.array(values, type=pa.string())


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Integers stay integers and booleans booleans: with values missing, as `Int64` and `boolean`."""
    columns = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        columns[name] = _series(column)
    return pd.DataFrame(columns, copy=False) if columns else pd.DataFrame(index=range(table.num_rows))


def _series(column: pa.ChunkedArray) -> pd.Series:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _series(column.cast(kind.value_type))
    if pa.types.is_decimal(kind) or pa.types.is_float16(kind):
        return _series(column.cast(pa.float64()))
    if pa.types.is_date(kind):
        return _series(column.cast(pa.timestamp("ms")))
    if column.null_count and pa.types.is_integer(kind):
        return _nullable(column, kind)
    if column.null_count and pa.types.is_boolean(kind):
        return pd.Series(pd.BooleanDtype().__from_arrow__(column))
    return column.to_pandas(use_threads=False)


def _nullable(column: pa.ChunkedArray, kind: pa.DataType) -> pd.Series:
    name = str(kind).replace("uint", "UInt").replace("int", "Int")
    dtype = pd.api.types.pandas_dtype(name)
    return pd.Series(dtype.__from_arrow__(column))
