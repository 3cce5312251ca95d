from __future__ import annotations

import os

import numpy as np

from atelier_modules.api import Context, Table


def run(ctx: Context, dataset: Table, columns: str, random_seed: int) -> dict:
    names = dataset.select(columns, parameter="columns")
    print(f"printed: {dataset.rows} rows")
    ctx.log(f"drawn: {np.random.random()}")
    ctx.log(f"environment: {sorted(name for name in os.environ if 'TOKEN' in name)}")
    ctx.metric("rows", dataset.rows)
    ctx.metric("nothing", float("nan"))
    ctx.progress(1, 1, "tables")
    ctx.fact(f"{len(names)} columns")
    return {"results_dataset": dataset.keep(names)}
