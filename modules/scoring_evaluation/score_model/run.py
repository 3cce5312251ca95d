from __future__ import annotations

from atelier_modules.api import Context, ModuleError, Table, TrainedModel
from atelier_modules.learners.scores import with_threshold
from atelier_modules.learners.scripts import prints_in_log


def run(ctx: Context, trained_model: TrainedModel, dataset: Table, append: bool, threshold: float) -> dict:
    if trained_model.task == "clustering":
        raise ModuleError(
            "Score Model takes models that predict, and this one groups rows into clusters.",
            hint="Use Assign Data to Clusters.",
        )
    with prints_in_log(ctx):
        scored = trained_model.score(dataset, append)
    rows = f"{dataset.rows:,} {'row' if dataset.rows == 1 else 'rows'}"
    if threshold == 0.5:
        ctx.fact(rows)
    else:
        scored = with_threshold(scored, trained_model, threshold)
        ctx.fact(f"{rows}, threshold {threshold:g}")
    return {"scored_dataset": scored}
