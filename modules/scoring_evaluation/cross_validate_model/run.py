from __future__ import annotations

import pandas as pd

from atelier_modules.api import Context, Learner, ModuleError, Table
from atelier_modules.learners.evaluation import main_metric
from atelier_modules.learners.labels import labelled_rows
from atelier_modules.learners.scored import read_scored
from atelier_modules.learners.validation import FOLD_COLUMN, each_fold, fold_metrics, join_folds, number_folds


def run(
    ctx: Context,
    untrained_model: Learner,
    dataset: Table,
    label_column: str,
    number_of_folds: int,
    random_seed: int,
) -> dict:
    if untrained_model.task in ("clustering", "anomaly"):
        raise ModuleError(
            f"Cross Validate Model takes learners that predict a label, and {untrained_model.title} does not."
        )
    label = dataset.column_name(label_column, "label_column")
    rows = labelled_rows(dataset, label, ctx)
    ids = number_folds(rows, label, untrained_model, number_of_folds, ctx.random_seed(random_seed))
    count = len(set(ids.tolist()))
    parts, found = [], []
    for part in each_fold(untrained_model, rows, label, ids):
        parts.append(part)
        found.append({FOLD_COLUMN: str(part[0]), "Rows": len(part[1]), **fold_metrics(part[2])})
        ctx.progress(len(parts), count, "folds")
    table = _by_fold(pd.DataFrame(found))
    mean = table.iloc[-2].drop([FOLD_COLUMN, "Rows"]).dropna().astype(float).to_dict()
    ctx.metrics(mean)
    scored = join_folds(rows, parts, label)
    task = read_scored(scored, "dataset").task
    ctx.fact(f"{count} folds, {main_metric(task, mean)}")
    return {"scored_results": scored, "evaluation_results_by_fold": Table(table, task=task)}


def _by_fold(found: pd.DataFrame) -> pd.DataFrame:
    """The metrics of each fold, then their mean and standard deviation."""
    metrics = found.drop(columns=FOLD_COLUMN)
    mean = {FOLD_COLUMN: "Mean", **metrics.mean()}
    deviation = {FOLD_COLUMN: "Standard Deviation", **metrics.std(ddof=1)}
    return pd.concat([found, pd.DataFrame([mean, deviation])], ignore_index=True)
