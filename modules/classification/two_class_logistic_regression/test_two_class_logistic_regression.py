import numpy as np
import pytest
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


@pytest.mark.parametrize(("l1", "l2"), [(0, 1), (0, 5), (0, 0), (2, 0), (3, 1)])
def test_weighs_both_penalties_as_scikit_learn_does(l1, l2):
    table = with_label(people(), "bought")
    parameters = {"l1_weight": l1, "l2_weight": l2, "optimization_tolerance": 1e-6}
    scored = score(
        train(learner_of("two_class_logistic_regression", parameters), table, "bought")["trained_model"], table
    )
    matrix, target = matrix_by_hand(table.frame, "z_score"), (table.frame["bought"] == "yes").to_numpy()
    if l1 == 0:
        direct = LogisticRegression(C=1 / l2 if l2 else np.inf, tol=1e-6, max_iter=1000).fit(matrix, target)
        np.testing.assert_allclose(
            scored.frame["Scored Probabilities"], direct.predict_proba(matrix)[:, 1], atol=1e-4
        )
        return
    model = LogisticRegression(
        penalty="elasticnet", solver="saga", C=1 / (l1 + l2), l1_ratio=l1 / (l1 + l2), tol=1e-7, max_iter=20000
    )
    direct = model.fit(matrix, target)
    np.testing.assert_allclose(
        scored.frame["Scored Probabilities"], direct.predict_proba(matrix)[:, 1], atol=0.02
    )


def test_l1_drives_weights_to_zero():
    table = with_label(people(), "bought")
    model = train(
        learner_of("two_class_logistic_regression", {"l1_weight": 20, "l2_weight": 0}), table, "bought"
    )["trained_model"]
    assert (model.estimator.coef_ == 0).sum() > 5


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("two_class_logistic_regression"), "bought")
