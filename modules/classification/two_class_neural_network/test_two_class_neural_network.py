import pytest
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)

SMALL = {"hidden_nodes": "12", "iterations": 90}


def test_ranks_rows_as_well_as_scikit_learns_own_training():
    table, other = with_label(people(), "bought"), with_label(people(seed=8), "bought")
    model = train(learner_of("two_class_neural_network", SMALL), table, "bought")["trained_model"]
    ours = roc_auc_score(other.frame["bought"], score(model, other).frame["Scored Probabilities"])
    direct = MLPClassifier(
        (12,), solver="sgd", learning_rate_init=0.1, max_iter=90, momentum=0, random_state=42
    )
    direct.fit(matrix_by_hand(table.frame, "z_score"), table.frame["bought"])
    theirs = roc_auc_score(
        other.frame["bought"], direct.predict_proba(matrix_by_hand(other.frame, "z_score"))[:, 1]
    )
    assert ours > 0.85 and abs(ours - theirs) < 0.05


def test_first_weights_lie_within_the_diameter():
    table = with_label(people(60), "bought")
    parameters = {
        "hidden_nodes": "7,3",
        "iterations": 1,
        "learning_rate": 0.000001,
        "initial_weights_diameter": 0.5,
    }
    network = train(learner_of("two_class_neural_network", parameters), table, "bought")[
        "trained_model"
    ].estimator
    assert [weights.shape for weights in network.coefs_] == [(17, 7), (7, 3), (3, 1)]
    assert 0.2 < max(abs(weights).max() for weights in network.coefs_) <= 0.2501


def test_stops_when_the_loss_no_longer_falls():
    table = with_label(people(40), "bought")
    trained = train(
        learner_of("two_class_neural_network", {"learning_rate": 0.000001, "iterations": 500}), table, "bought"
    )
    assert trained.fact == "12 passes"
    assert trained.progress[-1]["done"] == trained.progress[-1]["of"] == 500


@pytest.mark.parametrize("nodes", ["", "many", "0", "10,-3", "2.5"])
def test_wrong_layers_name_the_parameter(nodes):
    with pytest.raises(ModuleError) as fault:
        learner_of("two_class_neural_network", {"hidden_nodes": nodes or ","})
    assert fault.value.parameter == "hidden_nodes"


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("two_class_neural_network", {"hidden_nodes": "5", "iterations": 5}), "bought")
