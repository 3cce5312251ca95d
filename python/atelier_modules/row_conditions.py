"""Conditions on one column of the expressions `\\"name" …` and `(\\index) …`."""

from __future__ import annotations

import operator
import re

import numpy as np
import pandas as pd

from .columns import Column
from .errors import ModuleError
from .table import Table
from .transforms.indicator import category_texts
from .values import as_numbers, datetime_texts, parse_value
from .words import shorten

_COLUMN = re.compile(r'\s*\(?\s*\\(?:"(?P<name>(?:[^"\\]|\\.)*)"|(?P<index>\d+))\s*\)?\s*')
_COMPARISON = re.compile(r"(<=|>=|==|!=|<|>)\s*(.*)", re.DOTALL)
_OPERATORS = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def match_regular(table: Table, expression: str, parameter: str) -> np.ndarray:
    """Rows whose value, as text, the regular expression is found in. A missing value never matches."""
    name, rest = _split_column(table, expression, parameter)
    pattern = rest.strip()
    if not pattern:
        raise ModuleError(
            "The regular expression is empty.", parameter=parameter, hint='Write it like \\"Text" ^Gr.'
        )
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise ModuleError(
            f"“{shorten(pattern)}” is no regular expression: {error}.", parameter=parameter
        ) from None
    series = table.frame[name]
    texts = datetime_texts(series) if table.column(name).type == "datetime" else category_texts(series)
    return np.array(
        [isinstance(text, str) and compiled.search(text) is not None for text in texts], dtype=bool
    )


def match_relational(table: Table, expression: str, parameter: str) -> np.ndarray:
    """Rows that meet the comparisons: `&` before `|`, no brackets. A missing value meets none."""
    name, rest = _split_column(table, expression, parameter)
    series, column = table.frame[name], table.column(name)
    result = np.zeros(table.rows, dtype=bool)
    for alternative in _split_outside_quotes(rest, "|"):
        every = np.ones(table.rows, dtype=bool)
        for condition in _split_outside_quotes(alternative, "&"):
            every &= _compare(series, column, _without_column(table, condition, name, parameter), parameter)
        result |= every
    return result & series.notna().to_numpy()


def _split_column(table: Table, expression: str, parameter: str) -> tuple[str, str]:
    found = _COLUMN.match(expression)
    if not found:
        raise ModuleError(
            "The expression does not begin with a column.",
            parameter=parameter,
            hint='Write the column as \\"name", or as (\\0) for the first one.',
        )
    rest = expression[found.end() :]
    if found["index"] is None:
        return table.column_name(found["name"].replace('\\"', '"'), parameter=parameter), rest
    index = int(found["index"])
    if index >= len(table.names):
        raise ModuleError(
            f"There is no column with index {index}: the table has {len(table.names)}, counted from 0.",
            parameter=parameter,
        )
    return table.names[index], rest


def _without_column(table: Table, condition: str, name: str, parameter: str) -> str:
    """The column may be written again in each comparison, as long as it is the same one."""
    if not _COLUMN.match(condition):
        return condition
    again, rest = _split_column(table, condition, parameter)
    if again != name:
        raise ModuleError(
            f"The expression speaks of “{name}” and “{again}”; it can only compare one column.",
            parameter=parameter,
            column=again,
        )
    return rest


def _split_outside_quotes(text: str, mark: str) -> list[str]:
    return re.split(rf'{re.escape(mark)}{{1,2}}(?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def _compare(series: pd.Series, column: Column, condition: str, parameter: str) -> np.ndarray:
    found = _COMPARISON.fullmatch(condition.strip())
    if not found or not found[2].strip():
        raise ModuleError(
            f"“{shorten(condition.strip())}” is no comparison.",
            parameter=parameter,
            hint="Write it like > 30 & != 40.",
        )
    symbol, text = found[1], found[2].strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if column.type in ("string", "boolean") and symbol not in ("==", "!="):
        raise ModuleError(
            f"Column “{column.name}” is {column.type}: it can be compared with == and != only.",
            parameter=parameter,
            column=column.name,
        )
    try:
        value = parse_value(text, "double" if column.type == "integer" else column.type)
    except (ValueError, OverflowError):
        raise ModuleError(
            f"“{shorten(text)}” does not fit column “{column.name}”, which is {column.type}.",
            parameter=parameter,
            column=column.name,
        ) from None
    compare = _OPERATORS[symbol]
    if column.type == "string":
        return np.array([isinstance(one, str) and compare(one, value) for one in series], dtype=bool)
    if column.type == "datetime":
        return compare(pd.to_datetime(series, utc=True), _as_utc(value)).to_numpy(dtype=bool)
    return compare(as_numbers(series), float(value))


def _as_utc(value: pd.Timestamp) -> pd.Timestamp:
    return value.tz_localize("UTC") if value.tz is None else value.tz_convert("UTC")
