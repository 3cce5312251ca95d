"""Tables as text: CSV and TSV both ways, ARFF and SVMLight to read."""

from __future__ import annotations

import csv
import io
import re
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from .columns import Column, type_of
from .errors import ModuleError
from .table import Table
from .values import datetime_texts, infer_types
from .words import shorten

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": " "}


def read_delimited(
    text: str, delimiter: str = ",", has_header: bool = True, skip_rows: int = 0, parameter: str | None = None
) -> Table:
    """CSV or TSV. Raises ModuleError with the line that has too many values."""
    body = text.lstrip("\ufeff")
    if not body.strip():
        raise ModuleError("There is no text to read.", parameter=parameter)
    try:
        with warnings.catch_warnings():
            # Pandas only warns, and then drops values, when the first rows are longer than the header.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                io.StringIO(body),
                sep=delimiter,
                header=0 if has_header else None,
                skiprows=skip_rows,
                index_col=False,
                skipinitialspace=delimiter != "\t",
                low_memory=False,
            )
    except pd.errors.ParserWarning:
        raise _too_long(body, delimiter, skip_rows, parameter) from None
    except pd.errors.EmptyDataError:
        raise ModuleError("There is no text to read.", parameter=parameter) from None
    except pd.errors.ParserError as error:
        found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
        if not found:
            raise ModuleError(f"The text cannot be read: {error}.", parameter=parameter) from None
        raise _line_error(int(found[2]), int(found[3]), int(found[1]), parameter) from None
    if not has_header:
        frame.columns = [f"Col{number + 1}" for number in range(frame.shape[1])]
    frame.columns = [_column_name(name, number) for number, name in enumerate(frame.columns, 1)]
    return Table(infer_types(frame))


def _column_name(name: object, number: int) -> str:
    text = str(name).strip()
    return f"Col{number}" if not text or text.startswith("Unnamed: ") else text


def _too_long(text: str, delimiter: str, skip_rows: int, parameter: str | None) -> ModuleError:
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))[skip_rows:]
    width = len(rows[0])
    number = next((n for n, row in enumerate(rows, 1) if len(row) > width), 1)
    return _line_error(number + skip_rows, len(rows[number - 1]), width, parameter)


def _line_error(line: int, found: int, expected: int, parameter: str | None) -> ModuleError:
    return ModuleError(
        f"Line {line} has {found} values where {expected} are expected.",
        parameter=parameter,
        row=line,
        hint="Put values that hold the delimiter into double quotes.",
    )


def find_delimiter(text: str) -> str:
    """The delimiter that the first lines agree on; a comma when none does."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    best, most = ",", 1
    for delimiter in (",", ";", "\t", "|"):
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        if widths and min(widths) == max(widths) and widths[0] > most:
            best, most = delimiter, widths[0]
    return best


def read_svmlight(text: str, parameter: str | None = None) -> Table:
    """Lines `label index:value …` as columns Col1 … ColN and Labels, which is the label."""
    from sklearn.datasets import load_svmlight_file

    if not text.strip():
        raise ModuleError("There is no text to read.", parameter=parameter)
    try:
        matrix, labels = load_svmlight_file(io.BytesIO(text.encode()), zero_based="auto")
    except ValueError as error:
        raise ModuleError(f"The text is not in the SVMLight format: {error}.", parameter=parameter) from None
    values = matrix.toarray()
    frame = pd.DataFrame({f"Col{number + 1}": _whole(values[:, number]) for number in range(values.shape[1])})
    frame["Labels"] = _whole(labels)
    return Table(frame, [Column("Labels", type_of(frame["Labels"]), role="label")])


def _whole(values: np.ndarray) -> np.ndarray:
    return values.astype("int64") if len(values) and (values == np.rint(values)).all() else values


def read_arff(text: str, parameter: str | None = None) -> Table:
    """ARFF with numeric, nominal, string and date attributes, dense or sparse rows. Nominal columns are categorical."""
    attributes: list[tuple[str, str]] = []
    rows: list[list[str | None]] = []
    in_data = False
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("%"):
            continue
        if in_data:
            rows.append(_arff_row(line, number, attributes, parameter))
        elif line.lower().startswith("@attribute"):
            attributes.append(_arff_attribute(line, number, parameter))
        elif line.lower().startswith("@data"):
            in_data = True
        elif not line.lower().startswith("@relation"):
            raise ModuleError(f"Line {number}, “{shorten(line)}”, is no ARFF declaration.", parameter=parameter, row=number)
    if not attributes or not in_data:
        raise ModuleError("The text has no @ATTRIBUTE or no @DATA line.", parameter=parameter)
    columns, series = [], {}
    for place, (name, kind) in enumerate(attributes):
        values = [row[place] for row in rows]
        series[name] = _arff_column(name, kind, values, parameter)
        columns.append(Column(name, type_of(series[name]), categorical=kind.startswith("{")))
    return Table(pd.DataFrame(series), columns)


def _arff_attribute(line: str, number: int, parameter: str | None) -> tuple[str, str]:
    found = re.match(r"@attribute\s+(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|(\S+))\s+(.+)$", line, re.IGNORECASE)
    if not found:
        raise ModuleError(f"Line {number}, “{shorten(line)}”, is no ARFF attribute.", parameter=parameter, row=number)
    name = next(part for part in found.groups()[:3] if part is not None)
    return name, found[4].strip()


def _arff_row(
    line: str, number: int, attributes: list[tuple[str, str]], parameter: str | None
) -> list[str | None]:
    if line.startswith("{"):
        return _sparse_row(line, number, attributes, parameter)
    values = _arff_values(line)
    if len(values) != len(attributes):
        raise _line_error(number, len(values), len(attributes), parameter)
    return values


def _arff_values(line: str) -> list[str | None]:
    quote = "'" if "'" in line else '"'
    fields = next(csv.reader([line], quotechar=quote, skipinitialspace=True, escapechar="\\"))
    return [None if field.strip() == "?" else field.strip() for field in fields]


def _sparse_row(
    line: str, number: int, attributes: list[tuple[str, str]], parameter: str | None
) -> list[str | None]:
    row: list[str | None] = [_nominal_values(kind)[0] if kind.startswith("{") else "0" for _, kind in attributes]
    for field in _arff_values(line.strip("{} ")):
        place, _, value = (field or "").partition(" ")
        if not place:
            continue
        if not place.isdigit() or int(place) >= len(attributes):
            raise ModuleError(f"Line {number} names the attribute {place}, which is not there.", parameter=parameter, row=number)
        text = value.strip().strip("'\"")
        row[int(place)] = None if text == "?" else text
    return row


def _nominal_values(kind: str) -> list[str]:
    return [value or "" for value in _arff_values(kind.strip("{} "))]


def _arff_column(name: str, kind: str, values: list[str | None], parameter: str | None) -> pd.Series:
    series = pd.Series(values, name=name, dtype=object)
    word = kind.split()[0].lower() if not kind.startswith("{") else "nominal"
    if word in ("numeric", "real", "integer"):
        numbers = pd.to_numeric(series, errors="coerce")
        bad = (numbers.isna() & series.notna()).to_numpy()
        if bad.any():
            raise _arff_value(name, series, bad, "not a number", parameter)
        whole = word == "integer" and (numbers.dropna() % 1 == 0).all()
        return numbers.astype("float64").astype("Int64" if numbers.isna().any() else "int64") if whole else numbers.astype("float64")
    if word == "nominal":
        known = set(_nominal_values(kind))
        bad = np.array([value is not None and value not in known for value in values], dtype=bool)
        if bad.any():
            raise _arff_value(name, series, bad, f"none of {shorten(', '.join(sorted(known)))}", parameter)
        return series
    if word == "date":
        dates = pd.to_datetime(series, format="mixed", errors="coerce")
        bad = (dates.isna() & series.notna()).to_numpy()
        if bad.any():
            raise _arff_value(name, series, bad, "not a date", parameter)
        return dates
    if word == "string":
        return series
    raise ModuleError(f"Attribute “{name}” has the unknown type {shorten(kind)}.", parameter=parameter, column=name)


def _arff_value(name: str, series: pd.Series, bad: np.ndarray, what: str, parameter: str | None) -> ModuleError:
    row = int(np.argmax(bad))
    return ModuleError(
        f"“{shorten(series.iloc[row])}” in column “{name}”, row {row + 1}, is {what}.", parameter, name, row + 1
    )


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
