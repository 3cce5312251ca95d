"""What the model is called with: the data of a request, held against the signature of the model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .bodies import Table
from .columns import cast_column
from .errors import bad_input


def to_model_input(data: Any, schema: Any, gaps: bool = False) -> Any:
    """`schema` is an MLflow `Schema` or None. Raises a 400 that names the column at fault.

    With `gaps` any value may be null, also a whole number, which MLflow itself knows no missing one of.
    """
    if schema is None:
        return _without_schema(data)
    if schema.is_tensor_spec():
        return _to_tensors(data, schema)
    if not schema.has_input_names():
        return pd.DataFrame(_rows_of(data))
    return _to_frame(_to_table(data, schema), schema, gaps)


def _without_schema(data: Any) -> Any:
    if isinstance(data, Table):
        return pd.DataFrame(dict(zip(data.columns, data.values)), columns=data.columns, index=data.index)
    if isinstance(data, dict):
        return {name: np.array(value) for name, value in data.items()}
    return np.array(data)


def _rows_of(data: Any) -> list[Any]:
    if isinstance(data, Table):
        return [list(row) for row in zip(*data.values)]
    if isinstance(data, dict):
        raise bad_input("The model's columns have no names: send a list of rows.")
    return data


def _to_table(data: Any, schema: Any) -> Table:
    names = schema.input_names()
    if isinstance(data, Table):
        return data
    if isinstance(data, dict):
        lists = [isinstance(value, list) for value in data.values()]
        if all(lists):
            lengths = {len(value) for value in data.values()}
            if len(lengths) > 1:
                raise bad_input(f"The columns have different numbers of rows: {sorted(lengths)}.")
            return Table(list(data), list(data.values()))
        if not any(lists):
            return Table(list(data), [[value] for value in data.values()])
        odd = next(name for name, value in data.items() if not isinstance(value, list))
        raise bad_input("is one value where other columns are lists", odd)
    rows = data if all(isinstance(row, list) for row in data) else [[value] for value in data]
    for number, row in enumerate(rows):
        if len(row) != len(names):
            raise bad_input(f"Row {number} has {len(row)} values, the model has {len(names)} columns: {', '.join(names)}.")
    return Table(names, [list(column) for column in zip(*rows)] if rows else [[] for _ in names])


def _to_frame(table: Table, schema: Any, gaps: bool) -> pd.DataFrame:
    given = dict(zip(table.columns, table.values))
    missing = [name for name in schema.required_input_names() if name not in given]
    if missing:
        known = set(schema.input_names())
        extra = [str(name) for name in table.columns if name not in known]
        also = f"; not known to it: {', '.join(extra)}" if extra else ""
        names = f" (as are {', '.join(missing[1:])})" if len(missing) > 1 else ""
        raise bad_input(f"is missing, the model needs it{names}{also}", missing[0])
    columns = {}
    for spec in schema.inputs:
        if spec.name in given:
            columns[spec.name] = _cast(spec, given[spec.name], gaps)
    # Columns that the model does not know are left out, as MLflow does.
    # Their values: from series pandas would first compare the index of each with those of all others.
    frame = pd.DataFrame({name: series.array for name, series in columns.items()})
    if table.index is not None:
        frame.index = table.index
    return frame


def _cast(spec: Any, values: list[Any], gaps: bool) -> pd.Series:
    kind = getattr(spec.type, "name", None)
    if kind is None:
        # Arrays, objects and maps: MLflow itself checks them when the model is called.
        return pd.Series(values, dtype=object)
    return cast_column(spec.name, values, kind, getattr(spec, "required", True), gaps)


def _to_tensors(data: Any, schema: Any) -> Any:
    if schema.has_input_names():
        names = schema.input_names()
        if isinstance(data, Table):
            data = dict(zip(data.columns, data.values))
        if not isinstance(data, dict):
            if len(names) != 1:
                raise bad_input(f"The model needs the arrays {', '.join(names)} by name.")
            data = {names[0]: data}
        for name in names:
            if name not in data:
                raise bad_input("is missing, the model needs it", name)
        return {spec.name: _to_array(data[spec.name], spec, spec.name) for spec in schema.inputs}
    spec = schema.inputs[0]
    if isinstance(data, Table):
        data = _rows_of(data)
    elif isinstance(data, dict):
        raise bad_input("The model's input has no name: send a list of lists.")
    return _to_array(data, spec, "")


def _to_array(value: Any, spec: Any, name: str) -> np.ndarray:
    try:
        array = np.array(value, dtype=spec.type)
    except (TypeError, ValueError) as error:
        raise bad_input(f"cannot be read as an array of {spec.type}: {error}", name or "input_data") from error
    shape = tuple(spec.shape)
    fits = len(shape) == array.ndim and all(want in (-1, have) for want, have in zip(shape, array.shape))
    if not fits and spec.type != np.dtype(object):
        raise bad_input(f"has the shape {array.shape}, the model needs {shape}", name or "input_data")
    return array
