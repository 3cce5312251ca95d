from __future__ import annotations

from typing import Any

from atelier_modules.api import Context, Table
from atelier_modules.transforms.cleaning import REPLACING, fit_cleaning
from atelier_modules.words import count


def run(
    ctx: Context,
    dataset: Table,
    columns: str,
    minimum_missing_value_ratio: float,
    maximum_missing_value_ratio: float,
    cleaning_mode: str,
    replacement_value: str,
    generate_missing_value_indicator_column: bool,
    columns_with_all_missing_values: str,
) -> dict[str, Any]:
    transform = fit_cleaning(
        dataset,
        dataset.select(columns, parameter="columns"),
        cleaning_mode,
        (minimum_missing_value_ratio, maximum_missing_value_ratio),
        replacement_value,
        columns_with_all_missing_values,
        generate_missing_value_indicator_column,
    )
    cleaned = transform.apply(dataset)
    ctx.fact(_fact(cleaning_mode, dataset, cleaned))
    return {"cleaned_dataset": cleaned, "cleaning_transformation": transform}


def _fact(mode: str, before: Table, after: Table) -> str:
    if mode == "remove_row":
        return f"{before.rows - after.rows:,} of {count(before.rows, 'row')} removed"
    if mode == "remove_column":
        return f"{len(before.names) - len(after.names)} of {count(len(before.names), 'column')} removed"
    assert mode in REPLACING
    kept = [name for name in before.names if name in after]
    filled = before.frame[kept].isna().sum() - after.frame[kept].isna().sum()
    touched = int((filled > 0).sum())
    said = [f"{count(touched, 'column')}, {count(int(filled.sum()), 'cell')}"] if touched else []
    if len(kept) < len(before.names):
        said.append(f"{count(len(before.names) - len(kept), 'column')} removed")
    return "; ".join(said) or "nothing missing"
