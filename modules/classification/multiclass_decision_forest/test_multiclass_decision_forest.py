import numpy as np
from sklearn.ensemble import RandomForestClassifier

from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)

FEW = {"number_of_trees": 9, "minimum_leaf_instances": 3}


def test_predicts_as_scikit_learn_called_directly():
    table = with_label(people(), "group")
    scored = score(
        train(learner_of("multiclass_decision_forest", FEW), table, "group")["trained_model"], table
    ).frame
    matrix = matrix_by_hand(table.frame)
    direct = RandomForestClassifier(
        n_estimators=9, max_depth=32, max_features=17, min_samples_leaf=3, random_state=42
    ).fit(matrix, table.frame["group"])
    names = [f"Scored Probabilities_{value}" for value in direct.classes_]
    np.testing.assert_allclose(scored[names], direct.predict_proba(matrix))
    assert scored["Scored Labels"].tolist() == direct.predict(matrix).tolist()


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("multiclass_decision_forest", FEW), "group")
