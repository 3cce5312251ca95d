from __future__ import annotations

from atelier_modules.api import Context, Learner, ModuleError, Table


def run(ctx: Context, untrained_model: Learner, dataset: Table, columns: str, append: bool) -> dict:
    if untrained_model.task != "clustering":
        raise ModuleError(
            f"Train Clustering Model takes clustering learners, and {untrained_model.title} is none.",
            hint="Connect K-Means Clustering, or use Train Model.",
        )
    names = dataset.select(columns, parameter="columns")
    model = untrained_model.fit(dataset, None, ctx, columns=names)
    return {"trained_model": model, "results_dataset": model.score(dataset, append)}
