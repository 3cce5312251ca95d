from __future__ import annotations

import pandas as pd

from atelier_modules.api import Column, Context, ModuleError, Table
from atelier_modules.values import convert, missing_series
from atelier_modules.words import count


def run(ctx: Context, dataset1: Table, dataset2: Table) -> dict[str, Table]:
    if len(dataset1.names) != len(dataset2.names):
        raise ModuleError(
            f"Dataset1 has {count(len(dataset1.names), 'column')}, Dataset2 has {len(dataset2.names)}.",
            column=next(iter(set(dataset1.names) ^ set(dataset2.names)), None),
            hint="Choose the same columns of both with Select Columns in Dataset.",
        )
    same_names = set(dataset1.names) == set(dataset2.names)
    frame = {}
    columns = []
    for first, name in zip(dataset1.columns, dataset2.names, strict=True):
        second = dataset2.column(first.name if same_names else name)
        frame[first.name] = _stack(dataset1.frame[first.name], first, dataset2.frame[second.name], second)
        columns.append(
            Column(first.name, first.type, first.categorical or second.categorical, first.role, first.score)
        )
    result = pd.DataFrame(frame) if frame else pd.DataFrame(index=range(dataset1.rows + dataset2.rows))
    ctx.fact(f"{dataset1.rows:,} + {dataset2.rows:,} rows")
    return {"results_dataset": Table(result, columns, task=dataset1.task)}


def _stack(top: pd.Series, first: Column, bottom: pd.Series, second: Column) -> pd.Series:
    if first.type != second.type:
        # A column without any value fits every type: its reader could only guess.
        if top.isna().all():
            top = missing_series(second.type, top.index)
        elif bottom.isna().all():
            bottom = missing_series(first.type, bottom.index)
        elif {first.type, second.type} == {"integer", "double"}:
            top, bottom = convert(top, "double"), convert(bottom, "double")
        else:
            raise ModuleError(
                f"Column “{first.name}” is {first.type} in Dataset1, but “{second.name}” is {second.type} in Dataset2.",
                column=first.name,
                hint="Bring both to one type with Edit Metadata.",
            )
    if getattr(top.dtype, "tz", None) != getattr(bottom.dtype, "tz", None):
        top, bottom = pd.to_datetime(top, utc=True), pd.to_datetime(bottom, utc=True)
    if len(top) == 0:
        return bottom.reset_index(drop=True)
    if len(bottom) == 0:
        return top.reset_index(drop=True)
    if first.type == "integer" and top.dtype != bottom.dtype:
        top, bottom = top.astype("Int64"), bottom.astype("Int64")
    if first.type == "boolean" and top.dtype != bottom.dtype:
        top, bottom = top.astype("boolean"), bottom.astype("boolean")
    return pd.concat([top, bottom], ignore_index=True)
