import numpy as np
import pytest
from sklearn.linear_model import PoissonRegressor
from sklearn.metrics import mean_poisson_deviance

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)


def test_predicts_as_scikit_learn_called_directly():
    table = with_label(people(), "calls")
    scored = score(
        train(learner_of("poisson_regression", {"l2_weight": 0.5}), table, "calls")["trained_model"], table
    )
    matrix = matrix_by_hand(table.frame, "z_score")
    direct = PoissonRegressor(alpha=0.5, tol=1e-7, max_iter=1000).fit(matrix, table.frame["calls"])
    np.testing.assert_allclose(scored.frame["Scored Labels"], direct.predict(matrix), rtol=1e-6)


def test_the_l1_penalty_finds_the_least_penalized_loss():
    table = with_label(people(), "calls")
    matrix, calls = matrix_by_hand(table.frame, "z_score"), table.frame["calls"].to_numpy(dtype=float)
    model = train(learner_of("poisson_regression", {"l1_weight": 0.1, "l2_weight": 0.05}), table, "calls")[
        "trained_model"
    ]
    weights, intercept = model.estimator.coef_, model.estimator.intercept_
    assert (np.abs(weights) < 1e-6).sum() > 5

    def loss(w, b):
        half = mean_poisson_deviance(calls, np.exp(matrix @ w + b)) / 2
        return half + 0.1 * np.abs(w).sum() + 0.05 * (w**2).sum() / 2

    least = loss(weights, intercept)
    draw = np.random.default_rng(1)
    for size in (0.3, 0.03, 0.003):
        for _ in range(40):
            assert loss(weights + draw.normal(0, size, len(weights)), intercept + draw.normal(0, size)) > least
    for i in range(len(weights)):
        for step in (-0.01, 0.01):
            assert loss(weights + step * np.eye(len(weights))[i], intercept) > least


def test_a_tiny_l1_penalty_changes_next_to_nothing():
    table = with_label(people(), "calls")
    without = score(train(learner_of("poisson_regression"), table, "calls")["trained_model"], table).frame
    almost = score(
        train(learner_of("poisson_regression", {"l1_weight": 1e-9}), table, "calls")["trained_model"], table
    ).frame
    np.testing.assert_allclose(almost["Scored Labels"], without["Scored Labels"], rtol=1e-4)


def test_negative_counts_are_refused():
    table = with_label(people(), "calls")
    calls = table.frame["calls"].astype(float)
    # The row is that of the whole table, also when rows before it have no label.
    wrong = table.with_frame(table.frame.assign(calls=calls.where(calls.index > 4).mask(calls.index == 11, -2)))
    with pytest.raises(ModuleError, match="is -2 in row 12; Poisson Regression needs counts of 0 or more") as fault:
        train(learner_of("poisson_regression"), wrong, "calls")
    assert (fault.value.parameter, fault.value.column, fault.value.row) == ("label_column", "calls", 12)


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("poisson_regression"), "calls")
