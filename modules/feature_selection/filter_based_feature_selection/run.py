from __future__ import annotations

from typing import Any

import pandas as pd

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.feature_scores import chi_squared, pearson
from atelier_modules.transforms.base import fitted_columns
from atelier_modules.transforms.selection import SelectionTransform
from atelier_modules.words import count


def run(
    ctx: Context,
    dataset: Table,
    feature_scoring_method: str,
    operate_on_feature_columns_only: bool,
    target_column: str | None,
    number_of_desired_features: int,
) -> dict[str, Any]:
    target = dataset.column_name(target_column or dataset.label_column() or "", parameter="target_column")
    if dataset.frame[target].isna().all():
        raise ModuleError(
            f"The target column “{target}” has no value.", parameter="target_column", column=target
        )
    candidates = [
        column.name
        for column in dataset.columns
        if column.name != target
        and column.role not in ("label", "score")
        and (column.role == "feature" or not operate_on_feature_columns_only)
    ]
    if not candidates:
        raise ModuleError("There is no column to choose from besides the target.", parameter="target_column")
    score = pearson if feature_scoring_method == "pearson_correlation" else chi_squared
    scores = {}
    for done, name in enumerate(candidates, 1):
        scores[name] = score(dataset, name, target)
        ctx.progress(done, len(candidates), "columns")
    # Columns of one score keep the order of the table: sorting is stable.
    ranked = sorted(candidates, key=lambda name: -scores[name])
    chosen = [target, *ranked[:number_of_desired_features]]
    features = pd.DataFrame({"Feature": ranked, "Score": [scores[name] for name in ranked]})
    ctx.fact(f"{len(chosen) - 1} of {count(len(candidates), 'column')}")
    return {
        "filtered_dataset": dataset.keep(chosen),
        "features": Table(features),
        "columns_selection_transformation": SelectionTransform(
            fitted_columns(dataset, chosen), "filter_based_feature_selection"
        ),
    }
