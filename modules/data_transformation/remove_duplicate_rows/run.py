from __future__ import annotations

from atelier_modules.api import Context, Table
from atelier_modules.words import count


def run(ctx: Context, dataset: Table, key_columns: str, retain_first_duplicate_row: bool) -> dict[str, Table]:
    names = dataset.select(key_columns, parameter="key_columns")
    keys = dataset.frame[names]
    repeated = keys.duplicated(keep="first" if retain_first_duplicate_row else "last") & keys.notna().all(
        axis=1
    )
    ctx.fact(f"{int(repeated.sum()):,} of {count(dataset.rows, 'row')} removed")
    return {"results_dataset": dataset.take(~repeated.to_numpy())}
