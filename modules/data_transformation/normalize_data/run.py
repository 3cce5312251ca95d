from __future__ import annotations

from typing import Any

from atelier_modules.api import Context, Table
from atelier_modules.transforms.normalization import fit_normalization
from atelier_modules.words import count


def run(
    ctx: Context,
    dataset: Table,
    transformation_method: str,
    use_zero_for_constant_columns: bool,
    columns: str,
) -> dict[str, Any]:
    names = dataset.select(columns, parameter="columns")
    transform = fit_normalization(dataset, names, transformation_method, use_zero_for_constant_columns)
    constant = [one.column.name for one in transform.scaled if one.width == 0]
    if constant:
        ctx.log(f"{count(len(constant), 'column')} with one value only: {', '.join(constant)}")
    ctx.fact(f"{count(len(names), 'column')}")
    return {"transformed_dataset": transform.apply(dataset), "transformation_function": transform}
