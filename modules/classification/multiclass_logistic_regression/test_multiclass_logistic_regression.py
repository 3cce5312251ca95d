import numpy as np
from sklearn.linear_model import LogisticRegression

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
    table = with_label(people(), "group")
    parameters = {"l2_weight": 2, "optimization_tolerance": 1e-7}
    scored = score(
        train(learner_of("multiclass_logistic_regression", parameters), table, "group")["trained_model"], table
    )
    matrix = matrix_by_hand(table.frame, "z_score")
    direct = LogisticRegression(C=0.5, tol=1e-7, max_iter=1000).fit(matrix, table.frame["group"])
    names = [f"Scored Probabilities_{value}" for value in direct.classes_]
    np.testing.assert_allclose(scored.frame[names], direct.predict_proba(matrix), atol=1e-4)
    np.testing.assert_allclose(scored.frame[names].sum(axis=1), 1)


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("multiclass_logistic_regression"), "group")
