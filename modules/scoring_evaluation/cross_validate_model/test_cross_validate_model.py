import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold

from atelier_modules.api import Folds, ModuleError, Table
from atelier_modules.learners.testing import learner_of, people, with_label
from atelier_modules.testing import run_module

QUICK = {"number_of_trees": 5, "number_of_leaves": 4}


def validate(learner, table, label, **parameters):
    return run_module(
        "cross_validate_model", {"label_column": label, **parameters}, untrained_model=learner, dataset=table
    )


def test_each_fold_is_scored_by_a_model_of_the_others():
    table = with_label(people(), "bought").keep(["age", "visits", "income", "bought"])
    out = validate(learner_of("two_class_boosted_decision_tree", QUICK), table, "bought", number_of_folds=4)
    matrix, target = (
        table.frame[["age", "visits", "income"]].to_numpy(),
        (table.frame["bought"] == "yes").to_numpy(),
    )
    expected, folds, by_fold = np.empty(240), np.empty(240), []
    codes = pd.factorize(table.frame["bought"])[0]
    for i, (rest, test) in enumerate(
        StratifiedKFold(4, shuffle=True, random_state=42).split(matrix, codes), start=1
    ):
        model = LGBMClassifier(
            n_estimators=5, num_leaves=4, min_child_samples=10, learning_rate=0.2, random_state=42, verbosity=-1
        ).fit(matrix[rest], target[rest])
        expected[test] = model.predict_proba(matrix[test])[:, 1]
        folds[test] = i
        by_fold.append(roc_auc_score(target[test], expected[test]))
    scored = out["scored_results"]
    np.testing.assert_allclose(scored.frame["Scored Probabilities"], expected)
    assert scored.frame["Fold Number"].tolist() == folds.tolist()
    assert scored.names == [*table.names, "Fold Number", "Scored Labels", "Scored Probabilities"]
    assert scored.task == "binary" and scored.label_column() == "bought"
    result = out["evaluation_results_by_fold"].frame
    assert result["Fold Number"].tolist() == ["1", "2", "3", "4", "Mean", "Standard Deviation"]
    np.testing.assert_allclose(result["AUC"], [*by_fold, np.mean(by_fold), np.std(by_fold, ddof=1)])
    assert dict((key, value) for key, value, _ in out.metrics)["AUC"] == pytest.approx(np.mean(by_fold))
    assert out.fact == f"4 folds, AUC {np.mean(by_fold):.3f}"
    assert out.progress[-1] == {"done": 4, "of": 4, "unit": "folds"}


def test_folds_of_the_dataset_are_used():
    ids = np.arange(60) % 3 + 1
    table = with_label(people(60), "price").with_folds(Folds(3, ids))
    out = validate(learner_of("linear_regression"), table, "price", number_of_folds=10)
    assert out["scored_results"].frame["Fold Number"].tolist() == ids.tolist()
    assert out["evaluation_results_by_fold"].rows == 5


def test_numbers_are_folded_without_strata():
    table = with_label(people(50), "price")
    out = validate(learner_of("linear_regression"), table, "price", number_of_folds=5)
    expected = np.empty(50)
    for i, (_, test) in enumerate(KFold(5, shuffle=True, random_state=42).split(np.arange(50)), start=1):
        expected[test] = i
    assert out["scored_results"].frame["Fold Number"].tolist() == expected.tolist()


def test_a_dataset_with_fewer_rows_than_folds_has_a_fold_for_each_row():
    table = with_label(people(6), "price")
    out = validate(learner_of("linear_regression"), table, "price")
    assert sorted(out["scored_results"].frame["Fold Number"]) == [1, 2, 3, 4, 5, 6]


def test_several_classes_of_which_a_fold_lacks_one():
    table = with_label(people(40), "group")
    frame = table.frame.assign(group=["rare", *(["low", "top"] * 20)[:39]])
    out = validate(
        learner_of("multiclass_decision_forest", {"number_of_trees": 3}),
        table.with_frame(frame),
        "group",
        number_of_folds=3,
    )
    scored = out["scored_results"]
    assert "Scored Probabilities_rare" in scored.names and scored.rows == 40
    assert run_module("evaluate_model", {}, scored_dataset=scored)["evaluation_results"].rows == 1


def test_a_python_model_is_validated_too():
    script = """
class AtelierModel:
    def train(self, df_train, df_label):
        self.mean = df_label.mean()
    def predict(self, df):
        return [self.mean] * len(df)
"""
    learner = run_module("create_python_model", {"script": script})["untrained_model"]
    out = validate(learner, with_label(people(30), "price"), "price", number_of_folds=3)
    assert out["scored_results"].frame["Scored Labels"].nunique() == 3


def test_faults_say_what_is_wrong():
    table = with_label(people(30), "bought")
    tree = learner_of("two_class_boosted_decision_tree", QUICK)
    with pytest.raises(ModuleError, match="no rows"):
        validate(tree, table.take([]), "bought")
    with pytest.raises(ModuleError, match="at least two rows"):
        validate(tree, table.take([0]), "bought")
    with pytest.raises(ModuleError, match="nothing to train on"):
        validate(tree, table.with_folds(Folds(1, np.ones(30, dtype=int))), "bought")
    alone = Table(pd.DataFrame({"x": range(4), "y": ["a", "b", "b", "b"]}))
    with pytest.raises(ModuleError, match="Without fold . The label|Without fold .: The label"):
        validate(tree, alone, "y", number_of_folds=4)
    with pytest.raises(ModuleError, match="K-Means Clustering does not"):
        validate(learner_of("k_means_clustering"), table, "bought")
