from __future__ import annotations

from atelier_modules.api import Context, Table
from atelier_modules.text_tables import read_text, without_outer_spaces
from atelier_modules.words import count


def run(ctx: Context, data_format: str, has_header: bool, data: str) -> dict[str, Table]:
    delimiter = "\t" if data_format == "tsv" else ","
    text = without_outer_spaces(data, delimiter, "data") if data_format in ("csv", "tsv") else data
    table = read_text(text, data_format, "data", delimiter, has_header)
    ctx.fact(f"{count(table.rows, 'row')}, {count(len(table.names), 'column')}")
    return {"dataset": table}
