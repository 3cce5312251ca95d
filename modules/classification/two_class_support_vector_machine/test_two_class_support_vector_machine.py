import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)


@pytest.mark.parametrize("sphere", [False, True])
def test_predicts_as_a_calibrated_linear_machine_of_scikit_learn(sphere):
    table = with_label(people(), "bought")
    parameters = {"lambda_weight": 0.01, "iterations": 30, "unit_sphere": sphere}
    scored = score(
        train(learner_of("two_class_support_vector_machine", parameters), table, "bought")["trained_model"],
        table,
    )
    matrix = matrix_by_hand(table.frame, "z_score")
    matrix = normalize(matrix) if sphere else matrix
    machine = LinearSVC(penalty="l1", dual=False, C=1 / (0.01 * 240), max_iter=30, random_state=42)
    direct = CalibratedClassifierCV(machine, cv=3, ensemble=False).fit(
        matrix, (table.frame["bought"] == "yes").astype(int)
    )
    np.testing.assert_allclose(
        scored.frame["Scored Probabilities"], direct.predict_proba(matrix)[:, 1], rtol=1e-5
    )


def test_numbers_may_be_left_as_they_are():
    table = with_label(people(), "bought")
    model = train(
        learner_of("two_class_support_vector_machine", {"normalize_features": False}), table, "bought"
    )["trained_model"]
    np.testing.assert_allclose(model.preparation.transform(table), matrix_by_hand(table.frame))


@pytest.mark.parametrize("sphere", [False, True])
def test_holds_for_every_kind_of_row(sphere):
    check_learner(
        learner_of("two_class_support_vector_machine", {"iterations": 5, "unit_sphere": sphere}), "bought"
    )
