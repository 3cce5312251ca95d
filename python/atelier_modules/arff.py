"""ARFF: numbers, text, dates and nominal attributes, dense or sparse."""

from __future__ import annotations

import csv
import re
from typing import Any

import pandas as pd

from .columns import Column
from .errors import ModuleError
from .table import Table

_ATTRIBUTE = re.compile(r"@attribute\s+('(?:[^'\\]|\\.)*'|\"[^\"]*\"|\S+)\s+(.*)$", re.IGNORECASE)


def parse_arff(text: str) -> Table:
    """Raises ModuleError with the row, counted from 1 after @data."""
    names: list[str] = []
    kinds: list[str] = []
    rows: list[list[str | None]] = []
    in_data = False
    for line in text.lstrip("\ufeff").splitlines():
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if in_data:
            rows.append(_row(line, names, kinds, len(rows) + 1))
        elif line.lower().startswith("@attribute"):
            match = _ATTRIBUTE.match(line)
            if not match:
                raise ModuleError(f"This line of the ARFF header is not understood: {line[:80]}")
            names.append(_unquote(match[1]))
            kinds.append(_kind(match[2]))
        elif line.lower().startswith("@data"):
            in_data = True
    if not names or not in_data:
        raise ModuleError("This is no ARFF: it needs @attribute lines and @data.")
    frame = pd.DataFrame(
        {name: _column(name, kinds[at], [row[at] for row in rows]) for at, name in enumerate(names)}
    )
    flagged = [
        Column(name, "string", categorical=True)
        for name, kind in zip(names, kinds, strict=True)
        if kind == "nominal"
    ]
    return Table(frame, flagged)


def _kind(declared: str) -> str:
    if declared.startswith("{"):
        return "nominal"
    word = declared.split()[0].lower()
    known = {"numeric": "double", "real": "double", "integer": "integer", "string": "string", "date": "date"}
    if word not in known:
        raise ModuleError(f"ARFF has no attribute type “{word}”.")
    return known[word]


def _row(line: str, names: list[str], kinds: list[str], number: int) -> list[str | None]:
    if line.startswith("{"):
        values: list[str | None] = ["0" if kind in ("double", "integer") else None for kind in kinds]
        for part in _split(line.strip("{}")):
            index, _, value = part.strip().partition(" ")
            if not index.isdigit() or int(index) >= len(names):
                raise ModuleError(f"“{part}” is no index and value of a sparse row.", row=number)
            values[int(index)] = _value(value)
        return values
    parts = [_value(part) for part in _split(line)]
    if len(parts) != len(names):
        raise ModuleError(f"A row has {len(parts)} values for {len(names)} attributes.", row=number)
    return parts


def _split(line: str) -> list[str]:
    quote = "'" if "'" in line and '"' not in line else '"'
    return next(csv.reader([line], quotechar=quote, escapechar="\\", skipinitialspace=True), [])


def _value(text: str) -> str | None:
    text = text.strip()
    return None if text == "?" else _unquote(text)


def _unquote(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1].replace("\\'", "'").replace('\\"', '"')
    return text


def _column(name: str, kind: str, values: list[str | None]) -> Any:
    if kind in ("string", "nominal"):
        return pd.Series(values, dtype=object)
    series = pd.Series(values, dtype=object)
    if kind == "date":
        return pd.to_datetime(series, errors="coerce")
    numbers = pd.to_numeric(series, errors="coerce")
    wrong = numbers.isna() & series.notna()
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise ModuleError(f"“{values[row]}” is no number.", column=name, row=row + 1)
    if kind == "integer" and ((numbers % 1) == 0)[numbers.notna()].all():
        return numbers.astype("Int64" if numbers.isna().any() else "int64")
    return numbers.astype("float64")
