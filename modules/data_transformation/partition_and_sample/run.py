from __future__ import annotations

import numpy as np

from atelier_modules.api import Context, Folds, ModuleError, Table
from atelier_modules.number_list import read_numbers
from atelier_modules.strata import strata_of
from atelier_modules.words import count


def run(
    ctx: Context,
    dataset: Table,
    partition_or_sample_mode: str,
    use_replacement: bool,
    randomized_split: bool,
    partitioner_method: str,
    number_of_folds: int,
    proportions: str | None,
    fold_to_pick: int,
    pick_complement: bool,
    rate_of_sampling: float,
    stratified_split: bool,
    stratification_key_column: str | None,
    random_seed: int,
    number_of_rows_to_select: int,
) -> dict[str, Table]:
    if not dataset.names:
        raise ModuleError("The table has no columns.")
    if partition_or_sample_mode == "head":
        result = dataset.take(np.arange(min(number_of_rows_to_select, dataset.rows)))
        ctx.fact(f"{result.rows:,} of {count(dataset.rows, 'row')}")
        return {"dataset": result}
    if partition_or_sample_mode == "pick_fold":
        result = _pick(dataset, fold_to_pick, pick_complement)
        ctx.fact(f"{result.rows:,} of {count(dataset.rows, 'row')}")
        return {"dataset": result}
    key = stratification_key_column or dataset.label_column() or ""
    groups = (
        strata_of(dataset, key, "stratification_key_column")
        if stratified_split
        else [np.arange(dataset.rows)]
    )
    random = np.random.default_rng(ctx.random_seed(random_seed))
    if partition_or_sample_mode == "sampling":
        result = dataset.take(_sample(groups, rate_of_sampling, random))
        ctx.fact(f"{result.rows:,} of {count(dataset.rows, 'row')}")
        return {"dataset": result}
    shares = _shares(partitioner_method, number_of_folds, proportions or "")
    if use_replacement:
        result = _draw(dataset, groups, shares, random)
    else:
        even = partitioner_method == "evenly"
        ids = _deal(dataset.rows, groups, shares, even, random if randomized_split else None)
        result = dataset.with_folds(Folds(len(shares), ids))
    sizes = np.bincount(result.folds.ids, minlength=len(shares) + 1)[1:] if result.folds is not None else []
    ctx.log(f"Rows of the folds: {', '.join(f'{size:,}' for size in sizes)}")
    ctx.fact(count(len(shares), "fold"))
    return {"dataset": result}


def _pick(table: Table, fold: int, complement: bool) -> Table:
    if table.folds is None:
        raise ModuleError(
            "The table has no folds.",
            parameter="partition_or_sample_mode",
            hint="Assign folds with another Partition and Sample before this one.",
        )
    if fold > table.folds.count:
        raise ModuleError(
            f"There is no fold {fold}: the table has {count(table.folds.count, 'fold')}.",
            parameter="fold_to_pick",
        )
    inside = table.folds.ids == fold
    return table.take(~inside if complement else inside).with_folds(None)


def _sample(groups: list[np.ndarray], rate: float, random: np.random.Generator) -> np.ndarray:
    taken = [random.choice(rows, size=_round(rate * len(rows)), replace=False) for rows in groups]
    return np.sort(np.concatenate(taken)) if taken else np.array([], dtype="int64")


def _round(value: float) -> int:
    return int(np.floor(value + 0.5 + 1e-9))


def _shares(method: str, number_of_folds: int, proportions: str) -> list[float]:
    if method == "evenly":
        return [1 / number_of_folds] * number_of_folds
    shares = read_numbers(proportions, "proportions")
    if not shares or min(shares) < 0:
        raise ModuleError("The proportions must be numbers from 0 to 1.", parameter="proportions")
    total = sum(shares)
    if total > 1 + 1e-9:
        raise ModuleError(f"The proportions sum to {total:g}, which is more than 1.", parameter="proportions")
    return [*shares, 1 - total] if total < 1 - 1e-9 else shares


def _deal(
    rows: int, groups: list[np.ndarray], shares: list[float], even: bool, random: np.random.Generator | None
) -> np.ndarray:
    """The fold of each row. Even folds are dealt round robin through all groups, so that sizes differ by one at most."""
    ids = np.zeros(rows, dtype="int64")
    dealt = 0
    for group in groups:
        ordered = random.permutation(group) if random is not None else group
        if even:
            ids[ordered] = (dealt + np.arange(len(ordered))) % len(shares) + 1
            dealt += len(ordered)
        else:
            ids[ordered] = np.repeat(np.arange(1, len(shares) + 1), _sizes(len(ordered), shares))
    return ids


def _sizes(rows: int, shares: list[float]) -> np.ndarray:
    bounds = [0, *(_round(part * rows) for part in np.cumsum(shares))]
    bounds[-1] = rows
    return np.diff(bounds)


def _draw(table: Table, groups: list[np.ndarray], shares: list[float], random: np.random.Generator) -> Table:
    """Each fold drawn with replacement from all rows, or from all rows of each group."""
    rows: list[np.ndarray] = []
    ids: list[np.ndarray] = []
    sizes = [_sizes(len(group), shares) for group in groups]
    for fold in range(len(shares)):
        for group, parts in zip(groups, sizes, strict=True):
            if len(group):
                rows.append(random.choice(group, size=parts[fold], replace=True))
                ids.append(np.full(parts[fold], fold + 1))
    chosen = np.concatenate(rows) if rows else np.array([], dtype="int64")
    folds = np.concatenate(ids) if ids else np.array([], dtype="int64")
    return table.with_folds(None).take(chosen).with_folds(Folds(len(shares), folds))
