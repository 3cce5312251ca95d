from __future__ import annotations

from typing import Any

import numpy as np

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.number_list import read_numbers
from atelier_modules.transforms.base import require_types
from atelier_modules.transforms.binning import Binned, BinningTransform, equal_edges, quantile_edges
from atelier_modules.values import as_numbers
from atelier_modules.words import count

SCALES = {"quantile_index": None, "percent": 100.0, "pquantile": 1.0}


def run(
    ctx: Context,
    dataset: Table,
    binning_mode: str,
    number_of_bins: int,
    quantile_normalization: str,
    bin_edges: str | None,
    columns: str,
    output_mode: str,
    tag_columns_as_categorical: bool,
) -> dict[str, Any]:
    names = dataset.select(columns, parameter="columns")
    require_types(dataset, names, ("integer", "double"), "columns")
    custom = _custom_edges(bin_edges or "") if binning_mode == "custom_edges" else []
    binned = []
    for name in names:
        numbers = as_numbers(dataset.frame[name])
        known = np.where(np.isfinite(numbers), numbers, np.nan)
        if binning_mode == "quantiles":
            edges = quantile_edges(known, number_of_bins)
        else:
            edges = custom or equal_edges(known, number_of_bins)
        if not custom and len(edges) + 1 < number_of_bins:
            ctx.log(f"Column “{name}” has {count(len(edges) + 1, 'bin')}: many of its values are equal.")
        binned.append(Binned(dataset.column(name), edges))
    scale = SCALES[quantile_normalization] if binning_mode == "quantiles" else None
    transform = BinningTransform(binned, scale, output_mode, tag_columns_as_categorical)
    most = max(len(one.edges) for one in binned) + 1
    ctx.fact(f"{count(len(names), 'column')}, {count(most, 'bin')}")
    return {"quantized_dataset": transform.apply(dataset), "binning_transformation": transform}


def _custom_edges(text: str) -> list[float]:
    edges = read_numbers(text, "bin_edges")
    if not edges:
        raise ModuleError("No bin edge is given.", parameter="bin_edges", hint="Write them like 18, 65.")
    for first, second in zip(edges, edges[1:], strict=False):
        if first >= second:
            raise ModuleError(
                f"The bin edges are not in ascending order: {second:g} comes after {first:g}.",
                parameter="bin_edges",
            )
    return edges
