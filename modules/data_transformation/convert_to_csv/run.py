from __future__ import annotations

from pathlib import Path

from atelier_modules.api import Context, Table
from atelier_modules.text_tables import write_delimited
from atelier_modules.words import count


def run(ctx: Context, dataset: Table) -> dict[str, Path]:
    file = ctx.folder / "data.csv"
    write_delimited(dataset, file)
    ctx.fact(f"{count(dataset.rows, 'row')}, {count(file.stat().st_size, 'byte')}")
    return {"results_dataset": file}
