"""The JSON bodies that callers send, in one shape: rows with named columns, or an array, or named arrays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .errors import bad_input

KEYS = ("input_data", "dataframe_split", "dataframe_records", "inputs", "instances")


@dataclass
class Table:
    """Column-wise values with names, as a frame was sent or as records were turned."""

    columns: list[str]
    values: list[list[Any]]
    index: list[Any] | None = None


@dataclass
class Body:
    """`data` is a `Table`, a list (nested: an array), or a map of name to array."""

    data: Any
    params: dict[str, Any] | None


def parse_body(raw: bytes) -> Body:
    try:
        sent = json.loads(raw)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        where = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise bad_input(f"The body is not valid JSON{where}.") from error
    if isinstance(sent, list):
        return Body(_from_list(sent, "body"), None)
    if not isinstance(sent, dict):
        raise bad_input(f"The body must be a JSON object with one of {', '.join(KEYS)}, or a list of rows.")
    given = [key for key in KEYS if key in sent]
    if not given and _is_row(sent):
        return Body(_from_list([sent], "body"), None)
    if len(given) != 1:
        found = f"it has {' and '.join(given)}" if given else f"it has {', '.join(list(sent)[:5]) or 'nothing'}"
        raise bad_input(f"The body needs exactly one of {', '.join(KEYS)}; {found}.")
    params = sent.get("params")
    if params is not None and not isinstance(params, dict):
        raise bad_input("must be an object", "params")
    return Body(_parse_data(given[0], sent[given[0]]), params)


def _is_row(sent: dict[str, Any]) -> bool:
    """An object of plain values is one row, its keys the names of the columns."""
    return len(sent) > 0 and not any(isinstance(value, (dict, list)) for value in sent.values())


def _parse_data(key: str, data: Any) -> Any:
    if key == "dataframe_split" or (key == "input_data" and isinstance(data, dict) and _is_split(data)):
        return _from_split(data, key)
    if isinstance(data, list):
        return _from_list(data, key)
    if key == "dataframe_records":
        raise bad_input("must be a list of objects, one per row", key)
    if isinstance(data, dict):
        return data
    return [data]


def _is_split(data: dict[str, Any]) -> bool:
    return isinstance(data.get("columns"), list) and isinstance(data.get("data"), list)


def _from_split(data: Any, key: str) -> Table:
    if not isinstance(data, dict) or not _is_split(data):
        raise bad_input("must be an object with columns and data, both lists", key)
    columns, rows = data["columns"], data["data"]
    repeated = {name for name in columns if columns.count(name) > 1}
    if repeated:
        raise bad_input("is named twice", str(sorted(repeated, key=str)[0]))
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != len(columns):
            count = f"{len(row)} values" if isinstance(row, list) else "no list"
            raise bad_input(f"row {number} has {count}, where {len(columns)} columns were named", f"{key}.data")
    index = data.get("index")
    if index is not None and (not isinstance(index, list) or len(index) != len(rows)):
        raise bad_input(f"must be a list of {len(rows)} values, as many as rows", f"{key}.index")
    values = [list(column) for column in zip(*rows)] if rows else [[] for _ in columns]
    return Table(columns, values, index)


def _from_list(rows: list[Any], key: str) -> Any:
    """A list of objects is a table; anything else is an array."""
    if not rows or not isinstance(rows[0], dict):
        return rows
    columns: dict[str, None] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise bad_input(f"row {number} is not an object, as the first row is", key)
        columns.update(dict.fromkeys(row))
    return Table(list(columns), [[row.get(name) for row in rows] for name in columns])
