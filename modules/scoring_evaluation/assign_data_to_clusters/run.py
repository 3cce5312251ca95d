from __future__ import annotations

from atelier_modules.api import Context, ModuleError, Table, TrainedModel


def run(ctx: Context, trained_model: TrainedModel, dataset: Table, append: bool) -> dict:
    if trained_model.task != "clustering":
        raise ModuleError(
            "Assign Data to Clusters takes clustering models, and this one predicts.", hint="Use Score Model."
        )
    assigned = trained_model.score(dataset, append)
    ctx.fact(f"{dataset.rows:,} {'row' if dataset.rows == 1 else 'rows'}")
    return {"results_dataset": assigned}
