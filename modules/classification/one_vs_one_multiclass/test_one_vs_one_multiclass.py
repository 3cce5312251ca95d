import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsOneClassifier
from sklearn.svm import SVC

from atelier_modules.api import ModuleError
from atelier_modules.learners.coupling import couple
from atelier_modules.learners.testing import (
    check_learner,
    learner_of,
    matrix_by_hand,
    people,
    score,
    train,
    with_label,
)
from atelier_modules.testing import run_module

NAME = "one_vs_one_multiclass"


def test_trains_scikit_learns_pairs_and_couples_them():
    table = with_label(people(), "group")
    inner = learner_of("two_class_logistic_regression", {"l2_weight": 2, "optimization_tolerance": 1e-7})
    trained = train(learner_of(NAME, inner=inner), table, "group")
    scored = score(trained["trained_model"], table).frame
    matrix = matrix_by_hand(table.frame, "z_score")
    direct = OneVsOneClassifier(LogisticRegression(C=0.5, tol=1e-7, max_iter=1000)).fit(
        matrix, table.frame["group"]
    )
    assert trained.fact == "3 models"
    pairs = np.full((table.rows, 3, 3), 0.5)
    for (i, j), estimator in zip([(0, 1), (0, 2), (1, 2)], direct.estimators_):
        pairs[:, i, j], pairs[:, j, i] = estimator.predict_proba(matrix).T
    names = ["Scored Probabilities_low", "Scored Probabilities_middle", "Scored Probabilities_top"]
    np.testing.assert_allclose(scored[names], couple(pairs), atol=1e-4)
    assert scored["Scored Labels"].tolist() == direct.classes_[scored[names].to_numpy().argmax(axis=1)].tolist()
    # Where the votes have a winner, it is nearly always the most probable class too.
    assert (scored["Scored Labels"] == direct.predict(matrix)).mean() > 0.97


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_couples_pairs_as_libsvm_does(classes):
    """LIBSVM couples the chances of its pairs, which are logistic curves of what its machines decide."""
    draw = np.random.default_rng(classes)
    target = draw.integers(0, classes, 400)
    matrix = draw.normal(size=(400, 3)) + target[:, None] * [0.9, -0.4, 0.2]
    machine = SVC(probability=True, random_state=1, decision_function_shape="ovo").fit(matrix, target)
    decided = machine.decision_function(matrix).reshape(400, -1)
    if classes == 2:
        # scikit-learn turns the sign of a single machine.
        decided = -decided
    pairs = np.full((400, classes, classes), 0.5)
    for at, (i, j) in enumerate(zip(*np.triu_indices(classes, 1))):
        first = 1 / (1 + np.exp(machine.probA_[at] * decided[:, at] + machine.probB_[at]))
        pairs[:, i, j], pairs[:, j, i] = first, 1 - first
    # LIBSVM stops its iteration at an error of 0.005 for each class.
    np.testing.assert_allclose(couple(pairs), machine.predict_proba(matrix), atol=0.005)


def test_chances_stay_chances_however_sure_the_pairs_are():
    draw = np.random.default_rng(4)
    first = draw.choice([0, 1e-12, 0.3, 1 - 1e-12, 1], (500, 4, 4))
    pairs = np.triu(first, 1) + np.tril(1 - first.transpose(0, 2, 1), -1) + np.eye(4) / 2
    found = couple(pairs)
    assert np.isfinite(found).all() and (found >= 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1)
    beaten = pairs[:, :, 0].copy()
    winners = (beaten[:, 1:] == 0).all(axis=1)
    assert winners.any() and (found[winners, 0] > 0.99).all()
    np.testing.assert_allclose(couple(np.full((1, 4, 4), 0.5)), 0.25)


def test_is_evaluated_with_what_probabilities_tell():
    table = with_label(people(), "group")
    inner = learner_of("two_class_logistic_regression")
    model = train(learner_of(NAME, inner=inner), table, "group")["trained_model"]
    metrics = dict(
        (key, value) for key, value, _ in run_module("evaluate_model", scored_dataset=score(model, table)).metrics
    )
    assert metrics["AUC"] > 0.8 and metrics["Log_Loss"] < np.log(3)


@pytest.mark.parametrize(
    ("inner", "parameters"),
    [
        ("two_class_boosted_decision_tree", {"number_of_trees": 4, "number_of_leaves": 4}),
        ("two_class_decision_forest", {"number_of_trees": 3}),
        ("two_class_neural_network", {"hidden_nodes": "3", "iterations": 3}),
        ("two_class_support_vector_machine", {"iterations": 3}),
        ("two_class_averaged_perceptron", {"iterations": 3}),
    ],
)
def test_takes_every_two_class_learner(inner, parameters):
    table = with_label(people(120), "group")
    model = train(learner_of(NAME, inner=learner_of(inner, parameters)), table, "group")["trained_model"]
    scored = score(model, table).frame
    assert set(scored["Scored Labels"]) <= {"low", "middle", "top"}
    assert (scored["Scored Labels"] == table.frame["group"]).mean() > 0.4


def test_holds_for_every_kind_of_row():
    inner = learner_of("two_class_boosted_decision_tree", {"number_of_trees": 4, "number_of_leaves": 4})
    check_learner(learner_of(NAME, inner=inner), "group")


def test_keeps_the_ranges_of_the_learner_within():
    inner = learner_of(
        "two_class_boosted_decision_tree", {"trainer_mode": "parameter_range", "number_of_trees_range": "3;5"}
    )
    assert learner_of(NAME, inner=inner).ranges["number_of_trees"] == [3, 5]


@pytest.mark.parametrize("other", ["multiclass_decision_forest", "linear_regression", "k_means_clustering"])
def test_refuses_what_is_no_two_class_learner(other):
    with pytest.raises(ModuleError, match="no two-class learner"):
        learner_of(NAME, inner=learner_of(other))
