from __future__ import annotations

import pandas as pd

from atelier_modules.api import Context, Learner, ModuleError, Table
from atelier_modules.learners.labels import labelled_rows
from atelier_modules.learners.supervised import SupervisedLearner
from atelier_modules.learners.validation import (
    best_first,
    cross_validated,
    number_folds,
    settings_to_try,
    validated,
)

_KEYS = {"f_score": "F1", "auc": "AUC", "average_log_loss": "Log_Loss"}


def run(
    ctx: Context,
    untrained_model: Learner,
    training_dataset: Table,
    validation_dataset: Table | None,
    sweep_mode: str,
    maximum_runs: int,
    label_column: str,
    classification_metric: str,
    regression_metric: str,
    number_of_folds: int,
    random_seed: int,
) -> dict:
    learner = _sweepable(untrained_model)
    classes = learner.task in ("binary", "multiclass")
    metric = _key(classification_metric if classes else regression_metric)
    label = training_dataset.column_name(label_column, "label_column")
    rows = labelled_rows(training_dataset, label, ctx)
    seed = ctx.random_seed(random_seed)
    most = maximum_runs if sweep_mode == "random_sweep" else None
    settings = settings_to_try(learner.ranges or learner.kind.ranges, most, seed)
    ids = None
    if validation_dataset is None:
        ids = number_folds(rows, label, learner, number_of_folds, seed)
    tried, faults = [], []
    for i, values in enumerate(settings):
        candidate = learner.with_parameters(values)
        try:
            if ids is None:
                found = validated(candidate, rows, validation_dataset, label)
            else:
                found = cross_validated(candidate, rows, label, ids)
        except ModuleError as error:
            if error.column == label:
                raise
            faults.append(error)
            ctx.log(f"{_shown(values)}: {error.message}")
            continue
        finally:
            ctx.progress(i + 1, len(settings), "settings")
        tried.append({"settings": values, **found})
        ctx.metrics({key: value for key, value in found.items() if key == metric}, step=i)
        ctx.log(f"{_shown(values)}: {metric} {found[metric]:.4f}" if metric in found else f"{_shown(values)}")
    if not tried:
        raise faults[0]
    if not any(metric in one for one in tried):
        raise ModuleError(
            f"{metric.replace('_', ' ')} cannot be measured: the labels to validate with "
            f"{'lack a class' if classes else 'are all the same'}.",
            parameter="classification_metric" if classes else "regression_metric",
            column=label,
            hint="Rank by another metric, or bring more rows.",
        )
    ranked = best_first(metric, tried)
    best = ranked[0]
    model = learner.with_parameters(best["settings"]).fit(rows, label, ctx)
    ctx.fact(f"best of {len(tried)}, {metric.replace('_', ' ')} {best[metric]:.3f}")
    sweep = pd.DataFrame(
        [{**one["settings"], **{k: v for k, v in one.items() if k != "settings"}} for one in ranked]
    )
    return {"sweep_results": Table(sweep), "trained_best_model": model}


def _sweepable(learner: Learner) -> SupervisedLearner:
    if isinstance(learner, SupervisedLearner):
        return learner
    raise ModuleError(
        f"Tune Model Hyperparameters cannot tune {getattr(learner, 'title', learner.name)}.",
        hint="Connect a classification or regression learner.",
    )


def _key(metric: str) -> str:
    """The metric's key in results, of its name among the parameters."""
    return _KEYS.get(metric) or "_".join(
        word if word == "of" else word.capitalize() for word in metric.split("_")
    )


def _shown(values: dict) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items()) or "the learner as it is"
