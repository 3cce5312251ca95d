from __future__ import annotations

from atelier_modules.api import Context, Learner, ModuleError, Table


def run(ctx: Context, untrained_model: Learner, dataset: Table) -> dict:
    if untrained_model.task != "anomaly":
        raise ModuleError(
            f"Train Anomaly Detection Model takes anomaly detection learners, and {untrained_model.title} is none.",
            hint="Connect PCA-Based Anomaly Detection, or use Train Model.",
        )
    return {"trained_model": untrained_model.fit(dataset, None, ctx)}
