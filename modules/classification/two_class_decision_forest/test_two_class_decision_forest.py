import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

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
    ("method", "forest"), [("bagging", RandomForestClassifier), ("replicate", ExtraTreesClassifier)]
)
def test_predicts_as_scikit_learn_called_directly(method, forest):
    table = with_label(people(), "bought")
    parameters = {"resampling_method": method, "number_of_trees": 19, "maximum_depth": 5, "random_splits": 4}
    trained = train(learner_of("two_class_decision_forest", parameters), table, "bought")
    scored = score(trained["trained_model"], table).frame
    matrix = matrix_by_hand(table.frame)
    direct = forest(
        n_estimators=19, max_depth=5, max_features=4, bootstrap=method == "bagging", random_state=42
    ).fit(matrix, table.frame["bought"])
    np.testing.assert_allclose(scored["Scored Probabilities"], direct.predict_proba(matrix)[:, 1])
    assert trained.fact == "19 trees"
    assert trained.progress[-1]["done"] == 19


def test_more_random_splits_than_columns_take_all_columns():
    table = with_label(people(), "bought")
    many = score(
        train(learner_of("two_class_decision_forest", {"random_splits": 128}), table, "bought")[
            "trained_model"
        ],
        table,
    )
    all_of_them = score(
        train(learner_of("two_class_decision_forest", {"random_splits": 17}), table, "bought")["trained_model"],
        table,
    )
    assert many.frame["Scored Probabilities"].tolist() == all_of_them.frame["Scored Probabilities"].tolist()


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("two_class_decision_forest", {"number_of_trees": 5}), "bought")
