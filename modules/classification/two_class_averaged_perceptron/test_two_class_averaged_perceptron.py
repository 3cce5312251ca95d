import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import SGDClassifier

from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)


def test_predicts_as_a_calibrated_averaged_perceptron_of_scikit_learn():
    table = with_label(people(), "bought")
    model = train(
        learner_of("two_class_averaged_perceptron", {"iterations": 6, "learning_rate": 0.5}), table, "bought"
    )
    scored = score(model["trained_model"], table).frame
    matrix, target = matrix_by_hand(table.frame, "z_score"), (table.frame["bought"] == "yes").astype(int)
    perceptron = SGDClassifier(
        loss="perceptron",
        penalty=None,
        learning_rate="constant",
        eta0=0.5,
        average=True,
        max_iter=6,
        tol=1e-4,
        random_state=42,
    )
    direct = CalibratedClassifierCV(perceptron, cv=3, ensemble=False).fit(matrix, target)
    np.testing.assert_allclose(scored["Scored Probabilities"], direct.predict_proba(matrix)[:, 1], rtol=1e-6)


def test_a_class_with_one_row_is_learned_without_calibration():
    table = with_label(people(30), "bought")
    frame = table.frame.assign(bought=["yes", *["no"] * 29])
    scored = score(
        train(learner_of("two_class_averaged_perceptron"), table.with_frame(frame), "bought")["trained_model"],
        table,
    )
    assert scored.frame["Scored Labels"].tolist() == frame["bought"].tolist()


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("two_class_averaged_perceptron", {"iterations": 3}), "bought")
