from __future__ import annotations

from atelier_modules.api import Context, Learner, ModuleError, Table
from atelier_modules.learners.scripts import prints_in_log
from atelier_modules.words import shorten


def run(
    ctx: Context, untrained_model: Learner, dataset: Table, label_column: str, model_explanations: bool
) -> dict:
    if untrained_model.task in ("clustering", "anomaly"):
        kind = "Clustering" if untrained_model.task == "clustering" else "Anomaly Detection"
        raise ModuleError(
            f"Train Model takes learners that predict a label, and {untrained_model.title} does not.",
            hint=f"Use Train {kind} Model.",
        )
    label = dataset.column_name(label_column, "label_column")
    model = untrained_model.fit(dataset, label, ctx)
    if model_explanations:
        # Only here, for what it imports takes longer than training a small model.
        from atelier_modules.explanations import explain

        with prints_in_log(ctx):
            explanations = explain(model, dataset, ctx)
        model.files = explanations.files()
        ctx.metrics(explanations.metrics())
        ctx.add_fact(f"first {shorten(explanations.importances['Feature'][0], 24)}")
    return {"trained_model": model}
