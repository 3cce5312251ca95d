import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)


@pytest.mark.parametrize(
    ("method", "forest"), [("bagging", RandomForestRegressor), ("replicate", ExtraTreesRegressor)]
)
def test_predicts_as_scikit_learn_called_directly(method, forest):
    table = with_label(people(), "price")
    parameters = {"resampling_method": method, "number_of_trees": 11, "maximum_depth": 6, "random_splits": 5}
    scored = score(
        train(learner_of("decision_forest_regression", parameters), table, "price")["trained_model"], table
    )
    matrix = matrix_by_hand(table.frame)
    direct = forest(
        n_estimators=11, max_depth=6, max_features=5, bootstrap=method == "bagging", random_state=42
    )
    direct.fit(matrix, table.frame["price"])
    np.testing.assert_allclose(scored.frame["Scored Labels"], direct.predict(matrix))


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("decision_forest_regression", {"number_of_trees": 4}), "price")
