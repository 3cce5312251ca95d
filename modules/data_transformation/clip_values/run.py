from __future__ import annotations

from typing import Any

import numpy as np

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.transforms.base import require_types
from atelier_modules.transforms.clipping import Clipped, ClippingTransform, Side
from atelier_modules.values import as_numbers
from atelier_modules.words import count


def run(
    ctx: Context,
    dataset: Table,
    set_of_thresholds: str,
    upper_threshold_type: str,
    upper_constant: float,
    upper_percentile: float,
    upper_substitute: str,
    lower_threshold_type: str,
    lower_constant: float,
    lower_percentile: float,
    lower_substitute: str,
    columns: str,
    overwrite: bool,
    add_indicator_columns: bool,
) -> dict[str, Any]:
    names = dataset.select(columns, parameter="columns")
    require_types(dataset, names, ("integer", "double"), "columns")
    clipped = []
    for name in names:
        numbers = as_numbers(dataset.frame[name])
        known = numbers[~np.isnan(numbers)]
        upper = lower = None
        if set_of_thresholds != "clip_subpeaks":
            limit = (
                upper_constant if upper_threshold_type == "constant" else _percentile(known, upper_percentile)
            )
            upper = _side(known, limit, upper_substitute)
        if set_of_thresholds != "clip_peaks":
            limit = (
                lower_constant if lower_threshold_type == "constant" else _percentile(known, lower_percentile)
            )
            lower = _side(known, limit, lower_substitute)
        if upper and lower and lower.threshold > upper.threshold:
            raise ModuleError(
                f"In column “{name}” the lower threshold {lower.threshold:g} is above the upper one, {upper.threshold:g}.",
                parameter="lower_percentile" if lower_threshold_type == "percentile" else "lower_constant",
                column=name,
            )
        clipped.append(Clipped(dataset.column(name), upper, lower))
    transform = ClippingTransform(clipped, overwrite, add_indicator_columns)
    changed = [int(transform.clip(dataset.frame[one.column.name], one)[1].sum()) for one in clipped]
    ctx.fact(f"{count(sum(changed), 'value')} in {count(sum(1 for n in changed if n), 'column')} clipped")
    return {"results_dataset": transform.apply(dataset), "clipping_transformation": transform}


def _percentile(known: np.ndarray, percentile: float) -> float:
    """The smallest value with that share of the values at or below it; of no values, none."""
    return float(np.quantile(known, percentile / 100, method="inverted_cdf")) if len(known) else float("nan")


def _side(known: np.ndarray, threshold: float, substitute: str) -> Side:
    if substitute == "threshold":
        return Side(threshold, threshold)
    if substitute == "missing" or not len(known):
        return Side(threshold, float("nan"))
    with np.errstate(invalid="ignore"):
        return Side(threshold, float(np.mean(known) if substitute == "mean" else np.median(known)))
