from __future__ import annotations

import numpy as np
import pandas as pd

from atelier_modules.api import Context, ModuleError, Table, TrainedModel
from atelier_modules.model_quality import METRICS, measure
from atelier_modules.words import count, shorten


def run(
    ctx: Context, trained_model: TrainedModel, test_data: Table, random_seed: int, metric: str
) -> dict[str, Table]:
    table = _usable(trained_model, test_data, metric)
    random = np.random.default_rng(ctx.random_seed(random_seed))
    names = [feature["name"] for feature in trained_model.features]
    baseline = measure(metric, trained_model, table)
    ctx.log(f"{METRICS[metric].title} before shuffling: {baseline:.6g}")
    importances = {}
    for done, name in enumerate(names, 1):
        frame = table.frame.copy(deep=False)
        frame[name] = frame[name].take(random.permutation(table.rows)).set_axis(frame.index)
        changed = measure(metric, trained_model, table.with_frame(frame))
        importances[name] = baseline - changed if METRICS[metric].larger_is_better else changed - baseline
        ctx.progress(done, len(names), "columns")
    ranked = sorted(names, key=lambda name: -importances[name])
    result = pd.DataFrame({"Feature": ranked, "Importance": [float(importances[name]) for name in ranked]})
    ctx.fact(f"{count(len(names), 'column')}, first {shorten(ranked[0], 24)}" if ranked else "no columns")
    return {"feature_importance": Table(result)}


def _usable(model: TrainedModel, table: Table, metric: str) -> Table:
    if model.task not in ("binary", "multiclass", "regression"):
        raise ModuleError(f"The model is for {model.task}; a classification or regression model is needed.")
    wanted = "regression" if METRICS[metric].of_numbers else "classification"
    if METRICS[metric].of_numbers != (model.task == "regression"):
        raise ModuleError(
            f"{METRICS[metric].title} is a metric for {wanted}, but the model is for {model.task}.",
            parameter="metric",
            hint="Choose another metric.",
        )
    if model.label is None or model.label not in table:
        raise ModuleError(
            f"The test data has no column “{model.label}”, the label of the model.", column=model.label
        )
    for feature in model.features:
        if feature["name"] not in table:
            raise ModuleError(
                f"The test data has no column “{feature['name']}”, which the model was trained on.",
                column=feature["name"],
            )
    rows = table.take(table.frame[model.label].notna().to_numpy())
    if rows.rows == 0:
        raise ModuleError("The test data has no row with a label.", column=model.label)
    return rows
