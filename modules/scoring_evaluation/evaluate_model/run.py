from __future__ import annotations

import json

import pandas as pd

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.learners.evaluation import evaluate, main_metric
from atelier_modules.learners.scored import Scored, read_scored
from atelier_modules.objects import plain

_NAMES = ("scored_dataset", "scored_dataset_to_compare")


def run(ctx: Context, scored_dataset: Table, scored_dataset_to_compare: Table | None) -> dict:
    tables = [scored_dataset, scored_dataset_to_compare]
    scored = [read_scored(table, port, ctx) for table, port in zip(tables, _NAMES) if table is not None]
    _check_same_task(scored)
    inputs = [evaluate(one, name) for one, name in zip(scored, _NAMES)]
    for entry, suffix in zip(inputs, ("", "_compared")):
        ctx.metrics({f"{key}{suffix}": value for key, value in entry["metrics"].items()})
    ctx.fact(main_metric(scored[0].task, *(entry["metrics"] for entry in inputs)))
    document = {"version": 1, "task": scored[0].task, "inputs": inputs}
    table = _metrics_table(inputs, scored[0].task)
    return {
        "evaluation_results": table.attach("evaluation.json", json.dumps(plain(document), ensure_ascii=False))
    }


def _check_same_task(scored: list[Scored]) -> None:
    if len({one.task for one in scored}) > 1:
        raise ModuleError(
            f"The two datasets cannot be compared: the scores of one are {scored[0].task}, "
            f"those of the other {scored[1].task}.",
            hint="Connect scores of the same task.",
        )


def _metrics_table(inputs: list[dict], task: str) -> Table:
    rows = [
        {"Input": entry["name"], "Learner": entry["learner"], "Rows": entry["rows"], **entry["metrics"]}
        for entry in inputs
    ]
    return Table(pd.DataFrame(rows), task=task)
