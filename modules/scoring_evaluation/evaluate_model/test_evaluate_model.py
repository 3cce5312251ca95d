import json

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics as sk

from atelier_modules.api import ModuleError, Table
from atelier_modules.learners.testing import learner_of, people, score, train, with_label
from atelier_modules.testing import run_module

QUICK = {"number_of_trees": 8, "number_of_leaves": 5}


def scored_by(name, label, parameters=None, seed=8):
    model = train(learner_of(name, parameters), with_label(people(), label), label)["trained_model"]
    return score(model, with_label(people(seed=seed), label))


def evaluate(scored, other=None):
    out = run_module("evaluate_model", {}, scored_dataset=scored, scored_dataset_to_compare=other)
    document = json.loads(out["evaluation_results"].files["evaluation.json"])
    return out, document


def outside(**columns):
    return pd.DataFrame(columns)


def test_two_classes_are_measured_as_scikit_learn_does():
    scored = scored_by("two_class_boosted_decision_tree", "bought", QUICK)
    out, document = evaluate(scored)
    truth = (scored.frame["bought"] == "yes").to_numpy()
    found = scored.frame["Scored Probabilities"].to_numpy()
    guess = found >= 0.5
    expected = {
        "AUC": sk.roc_auc_score(truth, found),
        "Accuracy": sk.accuracy_score(truth, guess),
        "Precision": sk.precision_score(truth, guess),
        "Recall": sk.recall_score(truth, guess),
        "F1": sk.f1_score(truth, guess),
        "Average_Precision": sk.average_precision_score(truth, found),
        "Log_Loss": sk.log_loss(truth, found),
    }
    entry = document["inputs"][0]
    assert document["version"] == 1 and document["task"] == "binary"
    assert entry["metrics"] == pytest.approx(expected)
    assert {key: value for key, value, _ in out.metrics} == pytest.approx(expected)
    assert out.fact == f"AUC {expected['AUC']:.3f}"
    assert entry["confusion"] == {"labels": ["no", "yes"], "counts": sk.confusion_matrix(truth, guess).tolist()}
    assert (entry["rows"], entry["positives"], entry["positiveLabel"]) == (240, int(truth.sum()), "yes")
    row = out["evaluation_results"].frame.iloc[0]
    assert row["AUC"] == pytest.approx(expected["AUC"]) and row["Learner"] == "two_class_boosted_decision_tree"


def test_every_threshold_has_its_counts():
    scored = scored_by("two_class_logistic_regression", "bought")
    _, document = evaluate(scored)
    curves = document["inputs"][0]["curves"]
    truth = (scored.frame["bought"] == "yes").to_numpy()
    found = scored.frame["Scored Probabilities"].to_numpy()
    assert len(curves["thresholds"]) >= 101 and curves["thresholds"] == sorted(curves["thresholds"])
    for i, threshold in enumerate(curves["thresholds"]):
        above = found >= threshold
        counts = [
            (above & truth).sum(),
            (above & ~truth).sum(),
            (~above & ~truth).sum(),
            (~above & truth).sum(),
        ]
        assert [curves[key][i] for key in ("tp", "fp", "tn", "fn")] == counts
    recall, fallout = np.array(curves["tp"]) / truth.sum(), np.array(curves["fp"]) / (~truth).sum()
    assert np.trapezoid(recall[::-1], fallout[::-1]) == pytest.approx(
        document["inputs"][0]["metrics"]["AUC"], abs=0.02
    )


def test_histogram_and_lift_of_a_table_made_by_hand():
    _, document = evaluate(
        outside(
            **{
                "Labels": [1, 1, 0, 0],
                "Binary Class Scored Labels": [1, 0, 0, 0],
                "Binary Class Scored Probabilities": [0.92, 0.41, 0.4, 0.07],
            }
        )
    )
    entry = document["inputs"][0]
    lift = {round(point["share"], 2): (point["lift"], point["found"]) for point in entry["lift"]}
    assert lift[0.25] == (2.0, 0.5) and lift[0.5] == (2.0, 1.0) and lift[1.0] == (1.0, 1.0)
    histogram = entry["histogram"]
    assert sum(histogram["positive"]) == sum(histogram["negative"]) == 2
    assert histogram["positive"][18] == 1 and histogram["negative"][1] == 1
    assert entry["metrics"]["AUC"] == 1.0 and entry["metrics"]["Recall"] == 0.5


def test_several_classes():
    scored = scored_by("multiclass_boosted_decision_tree", "group", QUICK)
    out, document = evaluate(scored)
    truth, guess = scored.frame["group"], scored.frame["Scored Labels"]
    names = ["low", "middle", "top"]
    shares = scored.frame[[f"Scored Probabilities_{name}" for name in names]]
    expected = {
        "AUC": sk.roc_auc_score(truth, shares, multi_class="ovr"),
        "Accuracy": sk.accuracy_score(truth, guess),
        "Precision": sk.precision_score(truth, guess, average="macro"),
        "Recall": sk.recall_score(truth, guess, average="macro"),
        "F1": sk.f1_score(truth, guess, average="macro"),
        "Log_Loss": sk.log_loss(truth, shares),
    }
    entry = document["inputs"][0]
    assert document["task"] == "multiclass"
    assert entry["metrics"] == pytest.approx(expected)
    assert entry["confusion"] == {"labels": names, "counts": sk.confusion_matrix(truth, guess).tolist()}
    assert [one["recall"] for one in entry["classes"]] == pytest.approx(
        list(sk.recall_score(truth, guess, average=None))
    )
    assert out.fact == f"accuracy {expected['Accuracy']:.3f}"


def test_classes_without_probabilities():
    scored = scored_by("multiclass_logistic_regression", "group")
    labels = scored.keep([name for name in scored.names if not name.startswith("Scored Probabilities")])
    _, document = evaluate(labels)
    assert list(document["inputs"][0]["metrics"]) == ["Accuracy", "Precision", "Recall", "F1"]


def test_numbers():
    scored = scored_by("linear_regression", "price")
    out, document = evaluate(scored)
    truth, guess = scored.frame["price"], scored.frame["Scored Labels"]
    spread = truth - truth.mean()
    expected = {
        "Mean_Absolute_Error": sk.mean_absolute_error(truth, guess),
        "Root_Mean_Squared_Error": sk.root_mean_squared_error(truth, guess),
        "Relative_Absolute_Error": (truth - guess).abs().sum() / spread.abs().sum(),
        "Relative_Squared_Error": 1 - sk.r2_score(truth, guess),
        "Coefficient_of_Determination": sk.r2_score(truth, guess),
    }
    entry = document["inputs"][0]
    assert entry["metrics"] == pytest.approx(expected)
    assert sum(entry["residuals"]["counts"]) == 240
    np.testing.assert_allclose(entry["residuals"]["points"], np.column_stack([truth, guess]))
    assert out.fact == f"R² {expected['Coefficient_of_Determination']:.3f}"


def test_of_very_many_rows_some_points_are_shown():
    truth = np.arange(5000.0)
    _, document = evaluate(outside(**{"Labels": truth, "Regression Scored Labels": truth + 1}))
    assert len(document["inputs"][0]["residuals"]["points"]) == 2000
    assert document["inputs"][0]["metrics"]["Mean_Absolute_Error"] == pytest.approx(1)


def test_quantiles_are_measured_by_the_middle_one():
    scored = scored_by("fast_forest_quantile_regression", "price", {"number_of_trees": 5})
    _, document = evaluate(scored)
    expected = sk.mean_absolute_error(scored.frame["price"], scored.frame["Scored Quantile 0.5"])
    assert document["inputs"][0]["metrics"]["Mean_Absolute_Error"] == pytest.approx(expected)


def test_clusters_of_a_table_made_by_hand():
    frame = pd.DataFrame(
        {
            "Assignments": [0, 0, 1],
            "DistancesToClusterCenter no.0": [1.0, 3.0, 8.0],
            "DistancesToClusterCenter no.1": [5.0, 7.0, 2.0],
        }
    )
    out, document = evaluate(frame)
    first, second, combined = document["inputs"][0]["clusters"]
    assert first == {"name": "Cluster 0", "points": 2, "own": 2.0, "other": 6.0, "maximum": 3.0}
    assert second == {"name": "Cluster 1", "points": 1, "own": 2.0, "other": 8.0, "maximum": 2.0}
    assert combined == pytest.approx(
        {"name": "Combined", "points": 3, "own": 2.0, "other": 20 / 3, "maximum": 3.0}
    )
    assert document["task"] == "clustering" and out.fact == "mean distance 2.000"


def test_clusters_of_a_trained_model():
    learner = learner_of("k_means_clustering", {"number_of_centroids": 3})
    table = people().keep(["age", "income", "visits"])
    result = run_module("train_clustering_model", {}, untrained_model=learner, dataset=table)["results_dataset"]
    _, document = evaluate(result)
    clusters = document["inputs"][0]["clusters"]
    assert [one["points"] for one in clusters[:3]] == result.frame[
        "Assignments"
    ].value_counts().sort_index().tolist()


def test_anomalies_are_two_classes():
    table = people().set_role("bought", "label").keep(["age", "income", "visits", "bought"])
    learner = learner_of("pca_based_anomaly_detection")
    model = run_module("train_anomaly_detection_model", {}, untrained_model=learner, dataset=table)[
        "trained_model"
    ]
    _, document = evaluate(score(model, table))
    truth = table.frame["bought"] == "yes"
    found = score(model, table).frame["Scored Probabilities"]
    assert document["task"] == "binary"
    assert document["inputs"][0]["metrics"]["AUC"] == pytest.approx(sk.roc_auc_score(truth, found))


def test_two_models_are_compared():
    one, other = (
        scored_by("two_class_boosted_decision_tree", "bought", QUICK),
        scored_by("two_class_logistic_regression", "bought"),
    )
    out, document = evaluate(one, other)
    assert [entry["name"] for entry in document["inputs"]] == ["scored_dataset", "scored_dataset_to_compare"]
    assert [entry["learner"] for entry in document["inputs"]] == [
        "two_class_boosted_decision_tree",
        "two_class_logistic_regression",
    ]
    said = {key: value for key, value, _ in out.metrics}
    assert said["AUC"] == document["inputs"][0]["metrics"]["AUC"]
    assert said["AUC_compared"] == document["inputs"][1]["metrics"]["AUC"]
    assert out["evaluation_results"].rows == 2
    assert out.fact == f"AUC {said['AUC']:.3f} and {said['AUC_compared']:.3f}"
    with pytest.raises(ModuleError, match="cannot be compared"):
        evaluate(one, scored_by("linear_regression", "price"))


def test_rows_without_truth_are_left_out():
    scored = scored_by("two_class_boosted_decision_tree", "bought", QUICK)
    gaps = scored.with_frame(scored.frame.assign(bought=scored.frame["bought"].where(scored.frame.index >= 40)))
    out, document = evaluate(gaps)
    assert document["inputs"][0]["rows"] == 200
    assert "40 of 240 rows have no label" in "".join(out.log)


def test_one_row_and_one_class_have_the_metrics_that_are_defined():
    scored = scored_by("two_class_boosted_decision_tree", "bought", QUICK)
    _, document = evaluate(scored.take([0]))
    assert "AUC" not in document["inputs"][0]["metrics"]
    assert document["inputs"][0]["metrics"]["Accuracy"] in (0.0, 1.0)
    _, document = evaluate(scored_by("linear_regression", "price").take([0]))
    assert list(document["inputs"][0]["metrics"]) == ["Mean_Absolute_Error", "Root_Mean_Squared_Error"]


def test_scores_that_went_through_csv_are_known_by_their_names():
    scored = scored_by("two_class_boosted_decision_tree", "bought", QUICK)
    plain = Table(scored.frame).set_role("bought", "label")
    assert evaluate(plain)[1]["inputs"][0]["metrics"] == pytest.approx(
        evaluate(scored)[1]["inputs"][0]["metrics"]
    )


def test_faults_say_what_is_missing():
    scored = scored_by("two_class_boosted_decision_tree", "bought", QUICK)
    with pytest.raises(ModuleError, match="no score columns") as fault:
        evaluate(people())
    assert "Score Model" in fault.value.hint
    with pytest.raises(ModuleError, match="lacks the label column “bought”"):
        evaluate(scored.keep([name for name in scored.names if name != "bought"]))
    with pytest.raises(ModuleError, match="no rows"):
        evaluate(scored.take([]))
    truth = scored.frame["bought"].tolist()
    other = scored.with_frame(scored.frame.assign(bought=[None, *truth[1:4], "maybe", *truth[5:]]))
    with pytest.raises(ModuleError, match="“maybe” in row 5, which is none of the two classes no and yes") as fault:
        evaluate(other)
    assert (fault.value.column, fault.value.row) == ("bought", 5)
    guessed = ["yes", "no", "yes", "perhaps"]
    strange = outside(**{"Labels": ["no", "yes", "no", "yes"], "Binary Class Scored Labels": guessed})
    with pytest.raises(ModuleError) as fault:
        evaluate(strange)
    assert (fault.value.column, fault.value.row) == ("Binary Class Scored Labels", 4)
