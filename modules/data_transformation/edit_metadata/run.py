from __future__ import annotations

import csv

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.values import convert
from atelier_modules.words import count

ROLES = {
    "feature": "feature",
    "label": "label",
    "clear_feature": "none",
    "clear_label": "feature",
    "clear_score": "feature",
}


def run(
    ctx: Context,
    dataset: Table,
    columns: str,
    data_type: str,
    datetime_format: str | None,
    categorical: str,
    fields: str,
    new_column_names: str | None,
) -> dict[str, Table]:
    names = dataset.select(columns, parameter="columns")
    table = dataset
    if data_type != "unchanged":
        frame = table.frame.copy(deep=False)
        for name in names:
            frame[name] = convert(frame[name], data_type, "data_type", (datetime_format or "").strip())
        table = table.with_frame(frame)
    if categorical != "unchanged":
        for name in names:
            table = table.with_column(name, categorical=categorical == "make_categorical")
    if fields != "unchanged":
        table = _with_role(table, names, fields)
    if (new_column_names or "").strip():
        table = _renamed(table, names, new_column_names or "")
    ctx.fact(f"{count(len(names), 'column')} changed")
    return {"results_dataset": table}


def _with_role(table: Table, names: list[str], fields: str) -> Table:
    if fields == "label" and len(names) > 1:
        raise ModuleError(
            f"{len(names)} columns are chosen, but a table has one label.",
            parameter="fields",
            column=names[1],
        )
    needed = {"clear_feature": "feature", "clear_label": "label", "clear_score": "score"}.get(fields)
    chosen = [name for name in names if needed is None or table.column(name).role == needed]
    return table.set_role(chosen, ROLES[fields]) if chosen else table


def _renamed(table: Table, names: list[str], text: str) -> Table:
    parameter = "new_column_names"
    new = [name.strip() for name in next(csv.reader([" ".join(text.splitlines())], skipinitialspace=True))]
    ordered = [name for name in table.names if name in set(names)]
    if len(new) != len(ordered):
        raise ModuleError(
            f"{count(len(new), 'new name')} for {count(len(ordered), 'column')}.", parameter=parameter
        )
    others = set(table.names) - set(names)
    for number, name in enumerate(new):
        if not name:
            raise ModuleError(
                f"The new name of “{ordered[number]}” is empty.", parameter=parameter, column=ordered[number]
            )
        if name in others or name in new[:number]:
            raise ModuleError(f"There would be two columns “{name}”.", parameter=parameter, column=name)
    return table.renamed(dict(zip(ordered, new, strict=True)))
