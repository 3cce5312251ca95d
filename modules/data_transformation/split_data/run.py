from __future__ import annotations

import numpy as np

from atelier_modules.api import Context, Table
from atelier_modules.row_conditions import match_regular, match_relational
from atelier_modules.strata import strata_of


def run(
    ctx: Context,
    dataset: Table,
    splitting_mode: str,
    fraction_of_rows: float,
    randomized_split: bool,
    random_seed: int,
    stratified_split: bool,
    stratification_key_column: str | None,
    regular_expression: str,
    relational_expression: str,
) -> dict[str, Table]:
    if splitting_mode == "regular_expression":
        first = match_regular(dataset, regular_expression, "regular_expression")
    elif splitting_mode == "relative_expression":
        first = match_relational(dataset, relational_expression, "relational_expression")
    else:
        key = stratification_key_column or dataset.label_column() or ""
        groups = (
            strata_of(dataset, key, "stratification_key_column")
            if stratified_split
            else [np.arange(dataset.rows)]
        )
        random = np.random.default_rng(ctx.random_seed(random_seed)) if randomized_split else None
        first = _choose(dataset.rows, groups, fraction_of_rows, random)
    ctx.fact(_fact(int(first.sum()), dataset.rows, splitting_mode, fraction_of_rows))
    return {"results_dataset1": dataset.take(first), "results_dataset2": dataset.take(~first)}


def _choose(
    rows: int, groups: list[np.ndarray], fraction: float, random: np.random.Generator | None
) -> np.ndarray:
    """The rows of the first output. The shares of small groups are balanced, so that the whole has the fraction."""
    first = np.zeros(rows, dtype=bool)
    wanted = given = 0.0
    for group in groups:
        wanted += fraction * len(group)
        size = min(len(group), max(0, int(np.floor(wanted - given + 0.5 + 1e-9))))
        given += size
        chosen = random.choice(group, size=size, replace=False) if random is not None else group[:size]
        first[chosen] = True
    return first


def _fact(first: int, rows: int, mode: str, fraction: float) -> str:
    if mode == "split_rows":
        return f"{fraction * 100:.4g} / {100 - fraction * 100:.4g}"
    return f"{first:,} / {rows - first:,} rows"
