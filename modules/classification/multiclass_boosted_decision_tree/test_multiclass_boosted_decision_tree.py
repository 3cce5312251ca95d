import numpy as np
from lightgbm import LGBMClassifier

from atelier_modules.learners.testing import (
    check_learner,
    codes_by_hand,
    learner_of,
    people,
    score,
    train,
    with_label,
)

FEW = {"number_of_trees": 6, "number_of_leaves": 5}


def test_predicts_as_lightgbm_called_directly():
    table = with_label(people(), "group")
    scored = score(
        train(learner_of("multiclass_boosted_decision_tree", FEW), table, "group")["trained_model"], table
    )
    matrix, categories = codes_by_hand(table.frame)
    direct = LGBMClassifier(
        n_estimators=6, num_leaves=5, min_child_samples=10, learning_rate=0.2, random_state=42, verbosity=-1
    ).fit(matrix, table.frame["group"], categorical_feature=categories)
    names = [f"Scored Probabilities_{value}" for value in direct.classes_]
    assert scored.score_columns() == ["Scored Labels", *names]
    np.testing.assert_allclose(scored.frame[names], direct.predict_proba(matrix))
    assert scored.frame["Scored Labels"].tolist() == direct.predict(matrix).tolist()


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("multiclass_boosted_decision_tree", FEW), "group")


def test_two_classes_and_numbers_as_classes_are_several_classes_too():
    table = people()
    two = score(
        train(learner_of("multiclass_boosted_decision_tree", FEW), with_label(table, "bought"), "bought")[
            "trained_model"
        ],
        table,
    )
    assert two.score_columns()[1:] == ["Scored Probabilities_no", "Scored Probabilities_yes"]
    numbered = table.with_frame(table.frame.assign(calls=table.frame["calls"].clip(upper=2)))
    scored = score(
        train(learner_of("multiclass_boosted_decision_tree", FEW), with_label(numbered, "calls"), "calls")[
            "trained_model"
        ],
        table,
    )
    assert scored.column("Scored Labels").type == "integer"
    assert scored.score_columns()[1:] == [f"Scored Probabilities_{i}" for i in range(3)]
