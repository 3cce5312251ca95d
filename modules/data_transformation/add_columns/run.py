from __future__ import annotations

from dataclasses import replace

import pandas as pd

from atelier_modules.api import Context, Table
from atelier_modules.rows import take_or_missing
from atelier_modules.words import count, fresh_name


def run(ctx: Context, left_dataset: Table, right_dataset: Table) -> dict[str, Table]:
    left, right = _rename(left_dataset, right_dataset)
    rows = max(left.rows, right.rows)
    frame = pd.concat([_padded(left.frame, rows), _padded(right.frame, rows)], axis=1)
    labelled = left.label_column() is not None
    # A table has one label: that of the left side when both bring one.
    columns = left.columns + [
        replace(column, role="feature") if labelled and column.role == "label" else column
        for column in right.columns
    ]
    folds = left.folds if left.folds is not None and left.rows == rows else None
    ctx.fact(f"{count(len(columns), 'column')}, {count(rows, 'row')}")
    return {"combined_dataset": Table(frame, columns, folds=folds, task=left.task or right.task)}


def _rename(left: Table, right: Table) -> tuple[Table, Table]:
    taken = set(left.names) | set(right.names)
    left_names, right_names = {}, {}
    for name in left.names:
        if name in right:
            for names, suffix in ((left_names, "_1"), (right_names, "_2")):
                names[name] = fresh_name(f"{name}{suffix}", taken)
                taken.add(names[name])
    return left.renamed(left_names), right.renamed(right_names)


def _padded(frame: pd.DataFrame, rows: int) -> pd.DataFrame:
    if len(frame) == rows:
        return frame
    return take_or_missing(frame, [*range(len(frame)), *[-1] * (rows - len(frame))])
