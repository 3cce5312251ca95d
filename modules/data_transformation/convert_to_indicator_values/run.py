from __future__ import annotations

from typing import Any

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.transforms.indicator import fit_indicators
from atelier_modules.words import count


def run(ctx: Context, dataset: Table, columns: str, overwrite_categorical_columns: bool) -> dict[str, Any]:
    names = dataset.select(columns, parameter="columns")
    for name in names:
        column = dataset.column(name)
        if not column.categorical and column.type not in ("string", "boolean"):
            raise ModuleError(
                f"Column “{name}” is {column.type} and not categorical.",
                parameter="columns",
                column=name,
                hint="Make it categorical with Edit Metadata first.",
            )
    transform = fit_indicators(dataset, names, overwrite_categorical_columns)
    made = sum(len(one.targets) for one in transform.spread)
    ctx.fact(f"{count(len(names), 'column')} into {made:,}")
    return {"results_dataset": transform.apply(dataset), "indicator_values_transformation": transform}
