from __future__ import annotations

from atelier_modules.api import Context, Learner, ModuleError, Table


def run(ctx: Context, untrained_model: Learner, dataset: Table, label_column: str) -> dict:
    if untrained_model.task in ("clustering", "anomaly"):
        kind = "Clustering" if untrained_model.task == "clustering" else "Anomaly Detection"
        raise ModuleError(
            f"Train Model takes learners that predict a label, and {untrained_model.title} does not.",
            hint=f"Use Train {kind} Model.",
        )
    label = dataset.column_name(label_column, "label_column")
    return {"trained_model": untrained_model.fit(dataset, label, ctx)}
