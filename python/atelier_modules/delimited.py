"""CSV and TSV, typed by all of their values: a column of numbers with one word at the end is text."""

from __future__ import annotations

import io
import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.csv as pc

from .arrow_types import column_type, tidy
from .columns import Column
from .errors import ModuleError
from .table_files import Stored
from .words import count

# The datasets of the studio read the same words so: lib/tables/worker/ingest.ts.
_MISSING = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "#N/A", "n/a", "<NA>"]
_LARGEST = 2**31 - 2
# Written so by nobody who counts: 00123, +49 171…, 0x1F. As numbers they would not come back as they were.
_CODE = re.compile(r"0[0-9xX]|\+")
_DIGITS = r"^\s*-?[0-9]+\s*$"
_LONGEST = 19


def read_delimited(
    data: bytes, delimiter: str | None = None, has_header: bool = True, rows: int | None = None
) -> Stored:
    """`delimiter` is found in the first line when it is not given. With `rows`, only so many are parsed.

    Raises ModuleError with the row when one is longer or shorter than the others.
    """
    text = _as_utf8(data)
    if not text.strip():
        return Stored(pa.table({}), [])
    if len(text) > _LARGEST:
        raise ModuleError("The file is larger than 2 GiB.", hint="Bring it as Parquet, or in several files.")
    if rows is not None:
        text = _first_lines(text, rows + (1 if has_header else 0))
    separator = delimiter or find_delimiter(text.split(b"\n", 1)[0])
    table = _keep_codes(_parse(text, separator, has_header), text, separator, has_header)
    if not has_header:
        table = table.rename_columns([f"Col{at + 1}" for at in range(table.num_columns)])
    tidied, _ = tidy(table if rows is None else table.slice(0, rows))
    return Stored(tidied, [Column(one.name, column_type(one.type)) for one in tidied.schema])


def find_delimiter(line: bytes) -> str:
    bare = re.sub(rb'"[^"]*"', b"", line)
    counts = {mark: bare.count(mark.encode()) for mark in (",", ";", "\t", "|")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _as_utf8(data: bytes) -> bytes:
    """What is neither UTF-8 nor UTF-16 is most likely from Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode()
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _first_lines(text: bytes, lines: int) -> bytes:
    """Enough of the text for so many rows; a line break inside quotes ends no row."""
    start = 0
    inside = False
    for _ in range(lines):
        while True:
            end = text.find(b"\n", start)
            if end < 0:
                return text
            inside ^= text.count(b'"', start, end) % 2 == 1
            start = end + 1
            if not inside:
                break
    return text[:start]


def _keep_codes(table: pa.Table, text: bytes, delimiter: str, has_header: bool) -> pa.Table:
    """Columns of numbers with a value that is a code, such as 00123, or of whole numbers past 64 bits: as the text they are."""
    numbers = [at for at, kind in enumerate(table.schema.types) if pa.types.is_integer(kind) or pa.types.is_floating(kind)]
    if not numbers:
        return table
    for at, words in zip(numbers, _parse_as_text(text, delimiter, has_header, numbers), strict=True):
        if _has_code(words) or (pa.types.is_floating(table.schema.types[at]) and _is_too_long(words)):
            table = table.set_column(at, table.column_names[at], words)
    return table


def _has_code(words: pa.ChunkedArray) -> bool:
    # Few starts are different, however many rows there are.
    starts = compute.unique(compute.utf8_slice_codeunits(compute.utf8_ltrim_whitespace(words), 0, 2)).to_pylist()
    return any(start is not None and _CODE.match(start) for start in starts)


def _is_too_long(words: pa.ChunkedArray) -> bool:
    longest = compute.max(compute.utf8_length(words)).as_py()
    if longest is None or longest < _LONGEST:
        return False
    return bool(compute.all(compute.match_substring_regex(words, _DIGITS)).as_py())


def _parse_as_text(text: bytes, delimiter: str, has_header: bool, at: list[int]) -> list[pa.ChunkedArray]:
    names = [f"f{one}" for one in at]
    kinds = dict.fromkeys(names, pa.string())
    found = pc.read_csv(
        io.BytesIO(text),
        read_options=pc.ReadOptions(use_threads=False, block_size=_block(text), autogenerate_column_names=True),
        parse_options=pc.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=kinds,
            include_columns=names,
            null_values=_MISSING,
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    return found.slice(1 if has_header else 0).columns


def _block(text: bytes) -> int:
    """One block, so that types come from all values."""
    return min(max(len(text) + 16, 1 << 16), _LARGEST)


def _parse(text: bytes, delimiter: str, has_header: bool) -> pa.Table:
    bad: list[Any] = []

    def remember(row: Any) -> str:
        bad.append(row)
        return "error"

    try:
        return pc.read_csv(
            io.BytesIO(text),
            read_options=pc.ReadOptions(use_threads=False, block_size=_block(text), autogenerate_column_names=not has_header),
            parse_options=pc.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=remember
            ),
            convert_options=pc.ConvertOptions(
                null_values=_MISSING, strings_can_be_null=True, quoted_strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid as error:
        if bad:
            row = bad[0].number - (1 if has_header else 0) if bad[0].number is not None else None
            raise ModuleError(
                f"A row has {count(bad[0].actual_columns, 'value')} where the others have {bad[0].expected_columns}.",
                row=row,
                hint="Put values that hold the delimiter or a line break in double quotes.",
            ) from None
        raise ModuleError(f"The text cannot be read as a table: {error}.") from None
