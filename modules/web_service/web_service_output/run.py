from __future__ import annotations

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.words import count


def run(ctx: Context, dataset: Table, name: str) -> dict[str, Table]:
    if not name.strip():
        raise ModuleError("The output has no name.", parameter="name")
    ctx.fact(count(dataset.rows, "row"))
    return {"results_dataset": dataset}
