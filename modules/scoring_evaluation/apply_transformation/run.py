from __future__ import annotations

from atelier_modules.api import Context, Table, Transform


def run(ctx: Context, transformation: Transform, dataset: Table) -> dict:
    transformed = transformation.apply(dataset)
    ctx.fact(f"{transformed.rows:,} {'row' if transformed.rows == 1 else 'rows'}")
    return {"transformed_dataset": transformed}
