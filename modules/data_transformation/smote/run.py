from __future__ import annotations

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.oversampling import synthesize
from atelier_modules.words import count, shorten


def run(
    ctx: Context,
    samples: Table,
    label_column: str | None,
    smote_percentage: int,
    number_of_nearest_neighbors: int,
    random_seed: int,
) -> dict[str, Table]:
    label = samples.column_name(label_column or samples.label_column() or "", parameter="label_column")
    if smote_percentage % 100:
        raise ModuleError(f"{smote_percentage} is no multiple of 100.", parameter="smote_percentage")
    if smote_percentage == 0:
        ctx.fact("no rows added")
        return {"table": samples}
    counts = samples.frame[label].value_counts()
    if len(counts) < 2:
        raise ModuleError(
            f"The label column “{label}” has {count(len(counts), 'class', 'classes')}, at least 2 are needed.",
            parameter="label_column",
            column=label,
        )
    # Of classes of the same size the one that comes first in the table is the rare one.
    rare = next(value for value in samples.frame[label].dropna().unique() if counts[value] == counts.min())
    added = int(counts[rare]) * smote_percentage // 100
    result = synthesize(
        samples, label, rare, added, number_of_nearest_neighbors, ctx.random_seed(random_seed)
    )
    ctx.fact(f"{count(added, 'row')} added to “{shorten(rare, 20)}”")
    return {"table": result}
