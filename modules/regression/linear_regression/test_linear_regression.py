import numpy as np
import pytest
from sklearn.linear_model import Ridge, SGDRegressor

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

DESCENT = {"solution_method": "online_gradient_descent"}


@pytest.mark.parametrize("intercept", [True, False])
def test_least_squares_predict_as_scikit_learn_called_directly(intercept):
    table = with_label(people(), "price")
    parameters = {"l2_weight": 3, "include_intercept": intercept}
    scored = score(train(learner_of("linear_regression", parameters), table, "price")["trained_model"], table)
    matrix = matrix_by_hand(table.frame, "z_score")
    direct = Ridge(alpha=3, fit_intercept=intercept).fit(matrix, table.frame["price"])
    np.testing.assert_allclose(scored.frame["Scored Labels"], direct.predict(matrix))


def test_gradient_descent_predicts_as_scikit_learn_called_directly():
    table = with_label(people(), "price")
    scored = score(
        train(learner_of("linear_regression", {**DESCENT, "epochs": 7}), table, "price")["trained_model"], table
    )
    matrix, price = matrix_by_hand(table.frame, "z_score"), table.frame["price"]
    direct = SGDRegressor(alpha=0.001, eta0=0.01, max_iter=7, tol=None, random_state=42)
    direct.fit(matrix, (price - price.mean()) / price.std(ddof=0))
    expected = direct.predict(matrix) * price.std(ddof=0) + price.mean()
    np.testing.assert_allclose(scored.frame["Scored Labels"], expected)


@pytest.mark.parametrize(
    "parameters", [{"normalize_features": False}, {"learning_rate": 10, "decrease_learning_rate": False}]
)
def test_steps_that_are_too_long_are_told(parameters):
    with pytest.raises(ModuleError, match="learning rate is too large") as fault:
        train(
            learner_of("linear_regression", {**DESCENT, **parameters}), with_label(people(), "price"), "price"
        )
    assert fault.value.parameter == "learning_rate"


@pytest.mark.parametrize("parameters", [{}, DESCENT])
def test_holds_for_every_kind_of_row(parameters):
    check_learner(learner_of("linear_regression", parameters), "price")
