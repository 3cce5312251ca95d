import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier

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

FEW = {"number_of_trees": 12, "number_of_leaves": 6}


def test_predicts_as_lightgbm_called_directly():
    table = with_label(people(), "bought")
    trained = train(learner_of("two_class_boosted_decision_tree", FEW), table, "bought")
    scored = score(trained["trained_model"], table).frame
    matrix, categories = codes_by_hand(table.frame)
    direct = LGBMClassifier(
        n_estimators=12, num_leaves=6, min_child_samples=10, learning_rate=0.2, random_state=42, verbosity=-1
    ).fit(matrix, table.frame["bought"], categorical_feature=categories)
    np.testing.assert_allclose(scored["Scored Probabilities"], direct.predict_proba(matrix)[:, 1])
    assert scored["Scored Labels"].tolist() == direct.predict(matrix).tolist()
    assert trained.fact == "12 trees"
    assert trained.progress[-1] == {"done": 12, "of": 12, "unit": "trees"}


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("two_class_boosted_decision_tree", FEW), "bought")


@pytest.mark.parametrize(
    ("values", "positive"),
    [([0, 1], 1), ([False, True], True), (["b", "a"], "b"), ([2.5, 1.5], 2.5)],
)
def test_the_last_class_in_order_is_the_positive_one(values, positive):
    frame = pd.DataFrame({"x": [1.0] * 30 + [5.0] * 30, "y": [values[0]] * 30 + [values[1]] * 30})
    model = train(learner_of("two_class_boosted_decision_tree", FEW), frame, "y")["trained_model"]
    scored = score(model, frame).frame
    assert model.classes[1] == positive
    assert scored["Scored Labels"].tolist() == frame["y"].tolist()
    high = scored["Scored Probabilities"] > 0.5
    assert (frame.loc[high, "y"] == positive).all()


def test_five_classes_are_refused_with_their_names():
    frame = pd.DataFrame({"x": range(10), "y": list("abcde") * 2})
    with pytest.raises(ModuleError) as fault:
        train(learner_of("two_class_boosted_decision_tree", FEW), frame, "y")
    assert "“y” has 5 values (a, b, c, d, e)" in fault.value.message
    assert "Two-Class Boosted Decision Tree" in fault.value.message
    assert (fault.value.parameter, fault.value.column) == ("label_column", "y")


def test_one_class_alone_is_refused():
    frame = pd.DataFrame({"x": range(10), "y": ["no"] * 10})
    with pytest.raises(ModuleError, match="only the value no"):
        train(learner_of("two_class_boosted_decision_tree", FEW), frame, "y")


def test_a_range_trains_with_its_first_value():
    ranged = learner_of(
        "two_class_boosted_decision_tree",
        {"trainer_mode": "parameter_range", "number_of_trees_range": "5; 9;5", "learning_rate_range": "0.3"},
    )
    assert ranged.ranges["number_of_trees"] == [5, 9]
    assert ranged.ranges["learning_rate"] == [0.3]
    assert train(ranged, with_label(people(), "bought"), "bought").fact == "5 trees"


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("number_of_trees_range", "5;many", "“many” is no number"),
        ("number_of_leaves_range", "8; 1", "“Maximum leaves per tree” is 1; it must be from 2 to 10000"),
        ("learning_rate_range", "0", "it must be from 0.0001 to 1"),
        ("learning_rate_range", "0.1;5", "is 5; it must be from 0.0001 to 1"),
        ("number_of_trees_range", " ; ", "no value"),
        ("number_of_trees_range", "2.5", "it must be a whole number"),
        ("number_of_trees_range", "inf", "no whole number"),
    ],
)
def test_a_wrong_range_names_its_parameter(key, text, said):
    with pytest.raises(ModuleError, match=said) as fault:
        learner_of("two_class_boosted_decision_tree", {"trainer_mode": "parameter_range", key: text})
    assert fault.value.parameter == key


def test_seed_zero_takes_the_clock_in_the_learner_itself():
    first, second = (
        learner_of("two_class_boosted_decision_tree", {**FEW, "random_seed": 0}).parameters["random_seed"]
        for _ in range(2)
    )
    assert first != second and first > 0
    assert learner_of("two_class_boosted_decision_tree", {"random_seed": 7}).parameters["random_seed"] == 7
