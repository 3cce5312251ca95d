from __future__ import annotations

import sqlite3
from typing import Any

import pandas as pd

from atelier_modules.api import Column, Context, ModuleError, Table
from atelier_modules.columns import type_of
from atelier_modules.values import convert, datetime_texts, missing_series
from atelier_modules.words import count, fresh_name, shorten

PARAMETER = "sql_query"
AFFINITIES = {
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "double": "REAL",
    "string": "TEXT",
    "datetime": "TEXT",
}


def run(ctx: Context, t1: Table, t2: Table | None, t3: Table | None, sql_query: str) -> dict[str, Table]:
    tables = {name: table for name, table in (("t1", t1), ("t2", t2), ("t3", t3)) if table is not None}
    # Without the library's own transactions, so that a script may have its own.
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("begin")
        for name, table in tables.items():
            _load(connection, name, table)
        connection.execute("commit")
        connection.set_authorizer(_allow)
        names, rows = _execute(connection, sql_query, tables)
    finally:
        connection.close()
    result = _table(names, rows, list(tables.values()))
    ctx.fact(f"{count(result.rows, 'row')}, {count(len(result.names), 'column')}")
    return {"results_dataset": result}


def _load(connection: sqlite3.Connection, name: str, table: Table) -> None:
    if not table.names:
        raise ModuleError(f"The table {name} has no columns.")
    folded: dict[str, str] = {}
    for column in table.names:
        if column.lower() in folded:
            raise ModuleError(
                f"“{folded[column.lower()]}” and “{column}” of {name} differ only in capitals, which SQLite does not tell apart.",
                column=column,
                hint="Rename one of them with Edit Metadata.",
            )
        folded[column.lower()] = column
    spec = ", ".join(f"{_quote(column.name)} {AFFINITIES[column.type]}" for column in table.columns)
    connection.execute(f"create table {name} ({spec})")
    marks = ", ".join("?" * len(table.names))
    lists = [_values(table.frame[column.name], column.type) for column in table.columns]
    connection.executemany(f"insert into {name} values ({marks})", zip(*lists, strict=True))


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _values(series: pd.Series, kind: str) -> list[Any]:
    missing = series.isna().to_numpy()
    if kind == "datetime":
        values = datetime_texts(series).to_list()
    elif kind == "boolean":
        values = [1 if value else 0 for value in series.fillna(False).astype(bool)]
    else:
        values = series.to_list()
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]


def _allow(action: int, first: str | None, *_: Any) -> int:
    """Everything inside the memory of this database; no other file is opened or written."""
    denied = action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


def _execute(
    connection: sqlite3.Connection, script: str, tables: dict[str, Table]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    names: list[str] | None = None
    rows: list[tuple[Any, ...]] = []
    for statement in _statements(script):
        try:
            cursor = connection.execute(statement)
            if cursor.description is not None:
                names = [part[0] for part in cursor.description]
                rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise _readable(error, statement, tables) from None
    if names is None:
        raise ModuleError(
            "The script has no query whose rows could be the result.",
            parameter=PARAMETER,
            hint="End it with a select, such as select * from t1.",
        )
    return names, rows


def _statements(script: str) -> list[str]:
    """The statements one by one; semicolons inside texts, comments and triggers do not end one."""
    statements, current = [], ""
    for part in script.split(";"):
        current += part
        if sqlite3.complete_statement(current + ";"):
            statements.append(current)
            current = ""
        else:
            current += ";"
    statements.append(current)
    return [statement for statement in statements if statement.strip(" \t\r\n;")]


def _readable(error: sqlite3.Error, statement: str, tables: dict[str, Table]) -> ModuleError:
    text = str(error)
    hint = f"In: {shorten(' '.join(statement.split()), 120)}"
    if "no such table: t" in text:
        hint = f"Connected are {', '.join(tables)}."
    elif "no such column" in text:
        hint = "; ".join(
            f"{name} has {shorten(', '.join(table.names), 120)}" for name, table in tables.items()
        )
    return ModuleError(f"SQLite says: {text}.", parameter=PARAMETER, hint=hint)


def _table(names: list[str], rows: list[tuple[Any, ...]], inputs: list[Table]) -> Table:
    unique: list[str] = []
    for name in names:
        unique.append(fresh_name(name, unique))
    values = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    frame, columns = {}, []
    for name, column_values in zip(unique, values, strict=True):
        known = next((table.column(name) for table in inputs if name in table), None)
        series = _series(name, list(column_values))
        if known is not None:
            series = _restored(series, known)
            if type_of(series) == known.type:
                columns.append(known)
        frame[name] = series
    labels = [column.name for column in columns if column.role == "label"]
    columns = [Column(c.name, c.type, c.categorical) if c.name in labels[1:] else c for c in columns]
    return Table(pd.DataFrame(frame, columns=unique), columns)


def _series(name: str, values: list[Any]) -> pd.Series:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        dtype: Any = "Int64" if None in values else "int64"
    elif kinds and kinds <= {int, float}:
        dtype = "float64"
    else:
        dtype = object
        values = [_text(value) for value in values] if kinds != {str} else values
    return pd.Series(values, name=name, dtype=dtype)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _restored(series: pd.Series, known: Column) -> pd.Series:
    """The type of the input column of that name, when every value still fits it."""
    if series.isna().all():
        return missing_series(known.type, series.index).rename(series.name)
    if known.type == "boolean" and not series.dropna().isin([0, 1]).all():
        return series
    if known.type == "integer" or (type_of(series) == "string") != (known.type in ("string", "datetime")):
        return series
    try:
        return convert(series, known.type)
    except ModuleError:
        return series
