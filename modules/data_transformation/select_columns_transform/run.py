from __future__ import annotations

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.transforms.selection import SelectionTransform, remember_columns
from atelier_modules.words import count


def run(ctx: Context, dataset_with_wanted_columns: Table) -> dict[str, SelectionTransform]:
    if not dataset_with_wanted_columns.names:
        raise ModuleError("The table has no columns to remember.")
    ctx.fact(count(len(dataset_with_wanted_columns.names), "column"))
    return {"columns_selection_transformation": remember_columns(dataset_with_wanted_columns)}
