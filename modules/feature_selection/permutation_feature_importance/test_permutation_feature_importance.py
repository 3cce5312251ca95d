import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.model_quality import METRICS, measure
from atelier_modules.testing import run_module
from sklearn import metrics as sk

RANDOM = np.random.default_rng(2)
X = pd.DataFrame(
    {"strong": RANDOM.normal(size=120), "weak": RANDOM.normal(size=120), "none": RANDOM.normal(size=120)}
)
SIGNAL = 3 * X["strong"] + 0.8 * X["weak"] + RANDOM.normal(scale=0.3, size=120)
TASKS = {
    "binary": ("two_class_logistic_regression", X.assign(y=np.where(SIGNAL > 0, "yes", "no"))),
    "multiclass": ("multiclass_logistic_regression", X.assign(y=pd.cut(SIGNAL, 3, labels=False))),
    "regression": ("linear_regression", X.assign(y=SIGNAL)),
}


@pytest.fixture(scope="module")
def models() -> dict:
    made = {}
    for task, (learner, frame) in TASKS.items():
        untrained = run_module(learner)["untrained_model"]
        out = run_module("train_model", {"label_column": "y"}, untrained_model=untrained, dataset=frame)
        made[task] = out["trained_model"]
    return made


def importance(model, frame, **parameters):
    return run_module(
        "permutation_feature_importance",
        {"random_seed": 4, **parameters},
        trained_model=model,
        test_data=frame,
    )


@pytest.mark.parametrize(
    ("task", "metric"),
    [
        *[
            (task, name)
            for task in ("binary", "multiclass")
            for name, m in METRICS.items()
            if not m.of_numbers
        ],
        *[("regression", name) for name, m in METRICS.items() if m.of_numbers],
    ],
)
def test_the_columns_that_matter_come_first(models, task, metric):
    out = importance(models[task], TASKS[task][1], metric=metric)
    frame = out["feature_importance"].frame
    assert frame["Feature"].tolist()[0] == "strong"
    assert frame["Importance"].is_monotonic_decreasing
    found = dict(zip(frame["Feature"], frame["Importance"], strict=True))
    assert found["strong"] > 3 * abs(found["none"])


def test_the_number_is_the_change_of_the_metric(models):
    """With one column the permutation can be repeated by hand."""
    frame = X[["strong"]].assign(y=SIGNAL)
    untrained = run_module("linear_regression")["untrained_model"]
    model = run_module("train_model", {"label_column": "y"}, untrained_model=untrained, dataset=frame)[
        "trained_model"
    ]
    shuffled = frame.assign(strong=frame["strong"].to_numpy()[np.random.default_rng(4).permutation(120)])
    before, after = (
        sk.mean_absolute_error(frame["y"], model.score(Table(data)).frame["Scored Labels"])
        for data in (frame, shuffled)
    )
    out = importance(model, frame, metric="mean_absolute_error")
    assert out["feature_importance"].frame["Importance"][0] == pytest.approx(after - before)


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_classification_metrics_like_the_library(models, task):
    frame = TASKS[task][1]
    table = Table(frame)
    scored = models[task].score(table)
    predicted = scored.frame["Scored Labels"]
    average = {"pos_label": "yes", "average": "binary"} if task == "binary" else {"average": "macro"}
    assert measure("accuracy", models[task], table) == sk.accuracy_score(frame["y"], predicted)
    assert measure("precision", models[task], table) == pytest.approx(
        sk.precision_score(frame["y"], predicted, **average)
    )
    assert measure("recall", models[task], table) == pytest.approx(
        sk.recall_score(frame["y"], predicted, **average)
    )
    probabilities = scored.frame[scored.score_columns("scored_probabilities")].to_numpy()
    loss = sk.log_loss(frame["y"], probabilities[:, 0] if task == "binary" else probabilities)
    assert measure("average_log_loss", models[task], table) == pytest.approx(loss)


def test_regression_metrics_worked_by_hand(models):
    table = Table(TASKS["regression"][1])
    actual = table.frame["y"].to_numpy()
    error = models["regression"].score(table).frame["Scored Labels"].to_numpy() - actual
    off = actual - actual.mean()
    expected = {
        "mean_absolute_error": np.abs(error).mean(),
        "root_mean_squared_error": np.sqrt((error**2).mean()),
        "relative_absolute_error": np.abs(error).sum() / np.abs(off).sum(),
        "relative_squared_error": (error**2).sum() / (off**2).sum(),
        "coefficient_of_determination": 1 - (error**2).sum() / (off**2).sum(),
    }
    assert {name: measure(name, models["regression"], table) for name in expected} == pytest.approx(expected)


def test_a_seed_repeats(models):
    first, second = (
        importance(models["binary"], TASKS["binary"][1])["feature_importance"].frame for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, second)


def test_rows_without_a_label_one_row_and_unseen_classes(models):
    frame = TASKS["binary"][1]
    gaps = frame.assign(y=frame["y"].where(frame.index % 2 == 0, None))
    assert importance(models["binary"], gaps)["feature_importance"].rows == 3
    assert importance(models["binary"], frame.iloc[:1])["feature_importance"].frame[
        "Importance"
    ].tolist() == [0, 0, 0]
    unseen = frame.assign(y=["maybe", *frame["y"][1:]])
    for metric in ("accuracy", "precision", "average_log_loss"):
        assert importance(models["binary"], unseen, metric=metric)["feature_importance"].rows == 3


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (lambda f: f.drop(columns="weak"), "weak"),
        (lambda f: f.drop(columns="y"), "y"),
        (lambda f: f.iloc[:0], "y"),
        (lambda f: f.assign(y=None), "y"),
    ],
)
def test_errors_name_the_column(models, change, column):
    with pytest.raises(ModuleError) as caught:
        importance(models["binary"], change(TASKS["binary"][1]))
    assert caught.value.column == column


def test_a_metric_of_another_task(models):
    with pytest.raises(ModuleError) as caught:
        importance(models["regression"], TASKS["regression"][1], metric="accuracy")
    assert caught.value.parameter == "metric"
