import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsOneClassifier

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

NAME = "one_vs_one_multiclass"


def test_predicts_as_scikit_learns_wrapper_around_the_same_learner():
    table = with_label(people(), "group")
    inner = learner_of("two_class_logistic_regression", {"l2_weight": 2, "optimization_tolerance": 1e-7})
    trained = train(learner_of(NAME, inner=inner), table, "group")
    scored = score(trained["trained_model"], table).frame
    matrix = matrix_by_hand(table.frame, "z_score")
    direct = OneVsOneClassifier(LogisticRegression(C=0.5, tol=1e-7, max_iter=1000)).fit(
        matrix, table.frame["group"]
    )
    assert trained.fact == "3 models"
    assert scored["Scored Labels"].tolist() == direct.predict(matrix).tolist()


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
