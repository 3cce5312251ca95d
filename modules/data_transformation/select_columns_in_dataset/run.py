from __future__ import annotations

from atelier_modules.api import Context, Table
from atelier_modules.words import count


def run(ctx: Context, dataset: Table, columns: str, preserve_order: bool) -> dict[str, Table]:
    names = dataset.select(columns, parameter="columns")
    if not preserve_order:
        chosen = set(names)
        names = [name for name in dataset.names if name in chosen]
    ctx.fact(f"{len(names)} of {count(len(dataset.names), 'column')}")
    return {"results_dataset": dataset.keep(names)}
