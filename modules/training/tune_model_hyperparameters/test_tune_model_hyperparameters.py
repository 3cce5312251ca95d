import itertools

import numpy as np
import pytest
from lightgbm import LGBMClassifier
from sklearn.metrics import accuracy_score, roc_auc_score

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import codes_by_hand, learner_of, people, score, with_label
from atelier_modules.testing import run_module

RANGES = {
    "trainer_mode": "parameter_range",
    "number_of_trees_range": "3;12",
    "number_of_leaves_range": "3;8",
    "minimum_leaf_instances_range": "10",
    "learning_rate_range": "0.2",
}


def tune(learner, label, validation=None, table=None, **parameters):
    table = with_label(people(), label) if table is None else table
    return run_module(
        "tune_model_hyperparameters",
        {"label_column": label, "sweep_mode": "entire_grid", **parameters},
        untrained_model=learner,
        training_dataset=table,
        validation_dataset=validation,
    )


def test_the_best_on_the_validation_dataset_wins():
    table, validation = with_label(people(), "bought"), with_label(people(seed=8), "bought")
    learner = learner_of("two_class_boosted_decision_tree", RANGES)
    out = tune(learner, "bought", validation, classification_metric="auc")
    (matrix, categories), (other, _) = codes_by_hand(table.frame), codes_by_hand(validation.frame)
    expected, models = {}, {}
    for trees, leaves in itertools.product((3, 12), (3, 8)):
        model = LGBMClassifier(
            n_estimators=trees,
            num_leaves=leaves,
            min_child_samples=10,
            learning_rate=0.2,
            random_state=42,
            verbosity=-1,
        ).fit(matrix, table.frame["bought"], categorical_feature=categories)
        models[trees, leaves] = model
        expected[trees, leaves] = roc_auc_score(validation.frame["bought"], model.predict_proba(other)[:, 1])
    best = max(expected, key=expected.get)
    sweep = out["sweep_results"].frame
    assert {
        (row.number_of_trees, row.number_of_leaves): row.AUC for row in sweep.itertuples()
    } == pytest.approx(expected)
    assert sweep["AUC"].is_monotonic_decreasing
    scored = score(out["trained_best_model"], validation).frame
    np.testing.assert_allclose(scored["Scored Probabilities"], models[best].predict_proba(other)[:, 1])
    assert out.fact == f"best of 4, AUC {expected[best]:.3f}"
    assert [key for key, _, _ in out.metrics] == ["AUC"] * 4
    assert out.progress[-1]["unit"] == "trees"


def test_without_a_validation_dataset_there_is_cross_validation():
    learner = learner_of("two_class_boosted_decision_tree", RANGES)
    out = tune(learner, "bought", number_of_folds=3)
    best = out["sweep_results"].frame.iloc[0]
    again = run_module(
        "cross_validate_model",
        {"label_column": "bought", "number_of_folds": 3},
        untrained_model=learner.with_parameters(
            {"number_of_trees": int(best["number_of_trees"]), "number_of_leaves": int(best["number_of_leaves"])}
        ),
        dataset=with_label(people(), "bought"),
    )
    mean = again["evaluation_results_by_fold"].frame.set_index("Fold Number").loc["Mean"]
    assert best["Accuracy"] == pytest.approx(mean["Accuracy"])


def test_a_random_sweep_tries_so_many_different_settings():
    learner = learner_of("two_class_boosted_decision_tree", RANGES)
    out = tune(learner, "bought", sweep_mode="random_sweep", maximum_runs=3, number_of_folds=2)
    sweep = out["sweep_results"].frame
    assert len(sweep) == 3 and not sweep[["number_of_trees", "number_of_leaves"]].duplicated().any()


def test_single_parameters_give_way_to_the_usual_values():
    learner = learner_of("linear_regression", {"l2_weight": 77})
    out = tune(learner, "price", regression_metric="root_mean_squared_error", number_of_folds=2)
    sweep = out["sweep_results"].frame
    assert sorted(sweep["l2_weight"]) == [0.001, 0.01, 0.1, 1]
    assert sweep["Root_Mean_Squared_Error"].is_monotonic_increasing
    assert out["trained_best_model"].parameters["l2_weight"] == sweep["l2_weight"][0]


@pytest.mark.parametrize(
    ("metric", "key"),
    [
        ("f_score", "F1"),
        ("average_log_loss", "Log_Loss"),
        ("precision", "Precision"),
        ("recall", "Recall"),
        ("auc", "AUC"),
    ],
)
def test_every_metric_of_classes_ranks(metric, key):
    learner = learner_of(
        "two_class_decision_forest",
        {
            "trainer_mode": "parameter_range",
            "number_of_trees_range": "1;5",
            "maximum_depth_range": "4",
            "random_splits_range": "17",
            "minimum_leaf_instances_range": "1",
        },
    )
    sweep = tune(learner, "bought", classification_metric=metric, number_of_folds=2)["sweep_results"].frame
    ordered = sweep[key].is_monotonic_increasing if key == "Log_Loss" else sweep[key].is_monotonic_decreasing
    assert ordered and len(sweep) == 2


@pytest.mark.parametrize(
    "metric",
    [
        "mean_absolute_error",
        "relative_absolute_error",
        "relative_squared_error",
        "coefficient_of_determination",
    ],
)
def test_every_metric_of_numbers_ranks(metric):
    out = tune(learner_of("linear_regression"), "price", regression_metric=metric, number_of_folds=2)
    key = {"coefficient_of_determination": "Coefficient_of_Determination"}.get(metric, metric.title())
    values = out["sweep_results"].frame[key]
    assert values.is_monotonic_decreasing if "coefficient" in metric else values.is_monotonic_increasing


def test_learners_around_learners_are_tuned_by_the_inner_ranges():
    inner = learner_of("two_class_boosted_decision_tree", {**RANGES, "number_of_leaves_range": "4"})
    out = tune(
        learner_of("one_vs_all_multiclass", inner=inner), "group", with_label(people(80, seed=8), "group")
    )
    assert sorted(out["sweep_results"].frame["number_of_trees"]) == [3, 12]
    validation = with_label(people(80, seed=8), "group")
    best = out["sweep_results"].frame["Accuracy"][0]
    predicted = score(out["trained_best_model"], validation).frame
    assert accuracy_score(predicted["group"], predicted["Scored Labels"]) == pytest.approx(best)


def test_settings_that_fail_are_left_out():
    learner = learner_of(
        "linear_regression",
        {
            "solution_method": "online_gradient_descent",
            "trainer_mode": "parameter_range",
            "learning_rate_range": "10;0.001",
            "l2_weight_range": "0.001",
            "epochs_range": "3",
            "decrease_learning_rate": False,
        },
    )
    out = tune(learner, "price", number_of_folds=2)
    assert out["sweep_results"].frame["learning_rate"].tolist() == [0.001]
    assert "learning rate is too large" in "".join(out.log)


def test_faults_name_what_is_wrong():
    tree = learner_of("two_class_boosted_decision_tree", RANGES)
    python = run_module("create_python_model", {})["untrained_model"]
    with pytest.raises(ModuleError, match="cannot tune Create Python Model"):
        tune(python, "bought")
    with pytest.raises(ModuleError, match="5 values|3 values") as fault:
        tune(tree, "group")
    assert fault.value.column == "group"
    with pytest.raises(ModuleError, match="validation dataset lacks"):
        tune(tree, "bought", with_label(people(), "price"))
    with pytest.raises(ModuleError, match="no rows"):
        tune(tree, "bought", table=with_label(people(), "bought").take([]))


def test_a_metric_that_these_labels_do_not_have():
    table = with_label(people(), "bought")
    alike = table.take((table.frame["bought"] == "yes").to_numpy())
    tree = learner_of("two_class_boosted_decision_tree", RANGES)
    with pytest.raises(ModuleError, match="AUC cannot be measured: the labels to validate with lack a class") as fault:
        tune(tree, "bought", alike, classification_metric="auc")
    assert (fault.value.parameter, fault.value.column) == ("classification_metric", "bought")
    prices = with_label(people(), "price")
    same = prices.with_frame(prices.frame.assign(price=20.0))
    with pytest.raises(ModuleError, match="are all the same") as fault:
        tune(
            learner_of("linear_regression"),
            "price",
            same,
            sweep_mode="random_sweep",
            maximum_runs=1,
            regression_metric="coefficient_of_determination",
        )
    assert (fault.value.parameter, fault.value.column) == ("regression_metric", "price")
