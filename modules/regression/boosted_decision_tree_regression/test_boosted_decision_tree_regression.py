import numpy as np
import pytest
from lightgbm import LGBMRegressor

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import (
    check_learner,
    codes_by_hand,
    learner_of,
    people,
    score,
    train,
    with_label,
)

FEW = {"number_of_trees": 10, "number_of_leaves": 6, "learning_rate": 0.3}


def test_predicts_as_lightgbm_called_directly():
    table = with_label(people(), "price")
    trained = train(learner_of("boosted_decision_tree_regression", FEW), table, "price")
    scored = score(trained["trained_model"], table)
    matrix, categories = codes_by_hand(table.frame)
    direct = LGBMRegressor(
        n_estimators=10, num_leaves=6, min_child_samples=10, learning_rate=0.3, random_state=42, verbosity=-1
    ).fit(matrix, table.frame["price"], categorical_feature=categories)
    np.testing.assert_allclose(scored.frame["Scored Labels"], direct.predict(matrix))
    assert scored.score_columns() == ["Scored Labels"]
    assert trained.fact == "10 trees"


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("boosted_decision_tree_regression", FEW), "price")


def test_text_is_no_label_of_a_regression():
    with pytest.raises(ModuleError) as fault:
        train(learner_of("boosted_decision_tree_regression", FEW), people(), "group")
    assert "“group” is of the type string" in fault.value.message
    assert fault.value.column == "group"
