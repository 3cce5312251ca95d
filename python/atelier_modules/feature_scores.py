"""How much one column says about another, for feature selection."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from scipy import stats

from .table import Table
from .transforms.base import NUMERIC
from .values import as_numbers

_MOST_VALUES = 10


def pearson(table: Table, name: str, target: str) -> float:
    """The absolute correlation; 0 for columns of text or dates, or of one value only.

    With a target of categories it is the correlation of the column with its mean in each category.
    """
    if table.column(name).type not in NUMERIC:
        return 0.0
    both = table.frame[[name, target]].dropna()
    if len(both) < 2:
        return 0.0
    numbers = as_numbers(both[name])
    column = table.column(target)
    if column.categorical or column.type not in NUMERIC:
        values = pd.Series(numbers).groupby(both[target].to_numpy()).transform("mean").to_numpy()
    else:
        values = as_numbers(both[target])
    if np.ptp(numbers) == 0 or np.ptp(values) == 0:
        return 0.0
    with warnings.catch_warnings():
        # Nearly constant columns: their correlation is what it is.
        warnings.simplefilter("ignore")
        found = float(stats.pearsonr(numbers, values).statistic)
    return abs(found) if np.isfinite(found) else 0.0


def chi_squared(table: Table, name: str, target: str) -> float:
    """The chi squared statistic of the table of counts; 0 when one of the columns has one value only."""
    both = table.frame[[name, target]].dropna()
    counts = pd.crosstab(_levels(table, both[name]), _levels(table, both[target]))
    if counts.shape[0] < 2 or counts.shape[1] < 2:
        return 0.0
    return float(stats.chi2_contingency(counts.to_numpy(), correction=False).statistic)


def _levels(table: Table, series: pd.Series) -> pd.Series:
    column = table.column(str(series.name))
    if column.type == "datetime":
        numbers = pd.Series(series.astype("int64").to_numpy(dtype="float64"), index=series.index)
    elif column.categorical or column.type not in ("integer", "double"):
        return series
    else:
        numbers = pd.Series(as_numbers(series), index=series.index)
    if numbers.nunique() <= _MOST_VALUES:
        return numbers
    return pd.qcut(numbers, _MOST_VALUES, labels=False, duplicates="drop")
