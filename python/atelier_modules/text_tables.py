"""Tables as text for the modules that take or give text: readers that name the parameter, and a writer of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from .arff import parse_arff
from .delimited import read_delimited
from .errors import ModuleError
from .svmlight import parse_svmlight
from .table import Table
from .values import datetime_texts

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": " "}


def read_text(
    text: str,
    kind: str,
    parameter: str,
    delimiter: str | None = None,
    has_header: bool = True,
    skip_rows: int = 0,
) -> Table:
    """Text of a kind (csv, tsv, arff, svmlight). Raises ModuleError that names the parameter the text came from."""
    if not text.strip():
        raise ModuleError("There is no text to read.", parameter=parameter)
    try:
        return _reader(kind, delimiter, has_header, skip_rows)(text)
    except ModuleError as error:
        raise ModuleError(error.message, parameter, error.column, error.row, error.hint) from None


def _reader(kind: str, delimiter: str | None, has_header: bool, skip_rows: int) -> Callable[[str], Table]:
    if kind == "arff":
        return parse_arff
    if kind == "svmlight":
        return lambda text: parse_svmlight(text.encode())
    mark = "\t" if kind == "tsv" else delimiter

    def read(text: str) -> Table:
        body = text.split("\n", skip_rows)[-1] if text.count("\n") >= skip_rows else ""
        if not body.strip():
            raise ModuleError("There is no text to read.")
        return with_clean_names(read_delimited(body.encode(), mark, has_header).table())

    return read


def with_clean_names(table: Table) -> Table:
    """Names without spaces around them; a column without a name is called by its number."""
    names = {name: name.strip() or f"Col{number}" for number, name in enumerate(table.names, 1)}
    return table.renamed(names) if any(old != new for old, new in names.items()) else table


def without_outer_spaces(text: str, delimiter: str, parameter: str) -> str:
    """What a person types after a comma: a space before or after a value does not belong to it."""
    cleaned = io.StringIO()
    writer = csv.writer(cleaned, delimiter=delimiter, lineterminator="\n")
    # The limit of 128 KiB for a value is the library's, not ours.
    csv.field_size_limit(2**31 - 1)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=delimiter != "\t"):
            if len(row) > 1 or any(value.strip() for value in row):
                writer.writerow([value.strip() for value in row])
    except csv.Error as error:
        raise ModuleError(f"The text cannot be read: {error}.", parameter=parameter) from None
    return cleaned.getvalue()


def write_delimited(table: Table, path: Path, delimiter: str = ",", header: bool = True) -> None:
    """UTF-8; booleans as true and false, dates like 2026-05-01T14:30:00, missing values empty."""
    frame = table.frame.copy(deep=False)
    for column in table.columns:
        series = frame[column.name]
        if column.type == "boolean":
            frame[column.name] = series.astype(object).map({True: "true", False: "false"})
        elif column.type == "datetime":
            frame[column.name] = datetime_texts(series, "T")
    frame.to_csv(path, sep=delimiter, header=header, index=False, encoding="utf-8", lineterminator="\n")
