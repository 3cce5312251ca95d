import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor

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


def error_of(predicted, table):
    return float(np.sqrt(np.mean((np.asarray(predicted) - table.frame["price"]) ** 2)))


def test_learns_as_well_as_scikit_learns_own_training():
    table, other = with_label(people(), "price"), with_label(people(seed=8), "price")
    parameters = {"hidden_nodes": "10", "iterations": 100, "learning_rate": 0.05}
    model = train(learner_of("neural_network_regression", parameters), table, "price")["trained_model"]
    ours = error_of(score(model, other).frame["Scored Labels"], other)
    price = table.frame["price"]
    direct = MLPRegressor(
        (10,), solver="sgd", learning_rate_init=0.05, max_iter=100, momentum=0, random_state=42
    )
    direct.fit(matrix_by_hand(table.frame, "z_score"), (price - price.mean()) / price.std(ddof=0))
    scaled = direct.predict(matrix_by_hand(other.frame, "z_score"))
    theirs = error_of(scaled * price.std(ddof=0) + price.mean(), other)
    assert ours < 0.8 * other.frame["price"].std() and ours < 1.15 * theirs


def test_steps_that_are_too_long_are_told():
    with pytest.raises(ModuleError, match="learning rate is too large") as fault:
        train(
            learner_of("neural_network_regression", {"learning_rate": 10}),
            with_label(people(), "price"),
            "price",
        )
    assert fault.value.parameter == "learning_rate"


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("neural_network_regression", {"hidden_nodes": "4", "iterations": 4}), "price")
