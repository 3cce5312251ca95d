from __future__ import annotations

import numpy as np

from .table import Table


def strata_of(table: Table, column: str, parameter: str) -> list[np.ndarray]:
    """Row numbers of each value of the column, in the order in which the values first appear; missing is a value too."""
    name = table.column_name(column, parameter=parameter)
    groups = table.frame.groupby(name, dropna=False, sort=False, observed=True).indices
    return sorted((np.sort(rows) for rows in groups.values() if len(rows)), key=lambda rows: rows[0])
