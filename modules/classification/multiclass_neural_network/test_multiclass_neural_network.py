import numpy as np
from sklearn.neural_network import MLPClassifier

from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)


def test_learns_as_well_as_scikit_learns_own_training():
    table, other = with_label(people(), "group"), with_label(people(seed=8), "group")
    parameters = {"hidden_nodes": "12", "iterations": 60, "normalizer": "min_max", "learning_rate": 0.2}
    model = train(learner_of("multiclass_neural_network", parameters), table, "group")["trained_model"]
    ours = np.mean(score(model, other).frame["Scored Labels"] == other.frame["group"])
    direct = MLPClassifier(
        (12,), solver="sgd", learning_rate_init=0.2, max_iter=60, momentum=0, random_state=42
    )
    direct.fit(matrix_by_hand(table.frame, "min_max"), table.frame["group"])
    theirs = np.mean(direct.predict(matrix_by_hand(other.frame, "min_max")) == other.frame["group"])
    assert ours > 0.55 and ours > theirs - 0.08


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("multiclass_neural_network", {"hidden_nodes": "5", "iterations": 4}), "group")
