from __future__ import annotations

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.words import count


def run(ctx: Context, dataset: Table | None, name: str, label_column: str) -> dict[str, Table]:
    if not name.strip():
        raise ModuleError("The input has no name.", parameter="name")
    if dataset is None:
        raise ModuleError(
            "There are no rows to try the pipeline with.",
            hint="Connect a table with rows like those that requests will bring.",
        )
    rows = dataset.keep([column for column in dataset.names if column != label_column])
    ctx.fact(f"{count(rows.rows, 'row')}, {count(len(rows.names), 'column')}")
    return {"dataset": rows}
