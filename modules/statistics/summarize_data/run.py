from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from atelier_modules.api import Context, Table
from atelier_modules.transforms.base import NUMERIC
from atelier_modules.values import as_numbers
from atelier_modules.words import count

PERCENTILES = {"P0.5": 0.005, "P1": 0.01, "P5": 0.05, "P95": 0.95, "P99.5": 0.995}
MEASURES = [
    "Min",
    "Max",
    "Mean",
    "Mean Deviation",
    "1st Quartile",
    "Median",
    "3rd Quartile",
    "Mode",
    "Range",
    "Sample Variance",
    "Sample Standard Deviation",
    "Sample Skewness",
    "Sample Kurtosis",
]


def run(ctx: Context, dataset: Table) -> dict[str, Table]:
    rows = []
    for done, column in enumerate(dataset.columns, 1):
        series = dataset.frame[column.name]
        row: dict[str, Any] = {
            "Feature": column.name,
            "Count": len(series),
            "Unique Value Count": int(series.nunique()),
            "Missing Value Count": int(series.isna().sum()),
        }
        row |= (
            _measures(series) if column.type in NUMERIC else dict.fromkeys([*MEASURES, *PERCENTILES], np.nan)
        )
        rows.append(row)
        ctx.progress(done, len(dataset.names), "columns")
    names = ["Feature", "Count", "Unique Value Count", "Missing Value Count", *MEASURES, *PERCENTILES]
    frame = pd.DataFrame(rows, columns=names)
    kinds: dict[str, Any] = {name: "float64" for name in (*MEASURES, *PERCENTILES)}
    kinds |= {"Count": "int64", "Unique Value Count": "int64", "Missing Value Count": "int64"}
    missing = int(dataset.frame.isna().sum().sum())
    ctx.fact(f"{count(len(rows), 'column')}, {count(missing, 'missing value')}")
    return {"results_dataset": Table(frame.astype(kinds))}


@np.errstate(invalid="ignore", divide="ignore")
def _measures(series: pd.Series) -> dict[str, float]:
    numbers = pd.Series(as_numbers(series)).dropna()
    if not len(numbers):
        return dict.fromkeys([*MEASURES, *PERCENTILES], np.nan)
    quantiles = numbers.quantile([0.25, 0.5, 0.75, *PERCENTILES.values()]).to_numpy()
    values = [
        numbers.min(),
        numbers.max(),
        numbers.mean(),
        (numbers - numbers.mean()).abs().mean(),
        *quantiles[:3],
        numbers.mode().iloc[0],
        numbers.max() - numbers.min(),
        numbers.var(),
        numbers.std(),
        numbers.skew(),
        numbers.kurt(),
        *quantiles[3:],
    ]
    return dict(zip([*MEASURES, *PERCENTILES], map(float, values), strict=True))
