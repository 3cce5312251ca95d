from __future__ import annotations

from atelier_modules.api import Context
from atelier_modules.learners.anomalies import make_anomaly


def run(ctx: Context, **settings: object) -> dict:
    return {"untrained_model": make_anomaly("pca_based_anomaly_detection", settings, ctx)}
