import io
import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from atelier_modules.api import ModuleError, Table
from atelier_modules.learners.testing import FEATURES, learner_of, people, pickled, score, train, with_label
from atelier_modules.testing import run_module

FEW = ["strong", "weak", "idle"]
QUICK = ("two_class_boosted_decision_tree", {"number_of_trees": 5, "number_of_leaves": 4})


def test_a_model_opens_in_another_process(tmp_path):
    table = with_label(people(), "bought")
    model = train(learner_of(*QUICK), table, "bought")["trained_model"]
    pickled(model, tmp_path)
    expected = score(model, table.take([3])).frame["Scored Probabilities"][0]
    code = (
        "import joblib, json, sys; model = joblib.load(sys.argv[1]);"
        "print(json.dumps(model.score_rows([json.loads(sys.argv[2])])))"
    )
    row = json.loads(table.frame.iloc[[3]][FEATURES].to_json(orient="records", date_format="iso"))[0]
    said = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "model.pkl", json.dumps(row)],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert json.loads(said.stdout)[0]["Scored Probabilities"] == pytest.approx(expected)


def test_the_model_tells_its_columns():
    table = with_label(people(), "bought")
    described = train(learner_of(*QUICK), table, "bought")["trained_model"].describe()
    assert (
        described["task"] == "binary"
        and described["classes"] == ["no", "yes"]
        and described["label"] == "bought"
    )
    features = {feature["name"]: feature for feature in described["features"]}
    assert list(features) == FEATURES
    assert features["job"] == {
        "name": "job",
        "type": "string",
        "categorical": False,
        "categories": ["clerk", "nurse", "smith"],
    }
    assert features["region"]["categories"] == ["1", "2", "3", "4"]
    assert features["since"]["type"] == "datetime"


def test_only_features_are_learned_from():
    table = with_label(people(), "bought").set_role("income", "none").set_role("visits", "score")
    model = train(learner_of(*QUICK), table, "bought")["trained_model"]
    assert {"income", "visits", "bought"}.isdisjoint(feature["name"] for feature in model.features)


def test_free_text_is_left_out_with_a_word_about_it():
    rows = 2400
    frame = people(rows).frame[["age", "bought"]].assign(note=[f"call {i} was long " * 20 for i in range(rows)])
    trained = train(learner_of(*QUICK), frame, "bought")
    assert [feature["name"] for feature in trained["trained_model"].features] == ["age"]
    assert "“note” is left out: it has 2,400 different texts in 2,400 rows." in trained.log


@pytest.mark.parametrize("name", ["two_class_boosted_decision_tree", "two_class_logistic_regression"])
def test_of_very_many_categories_the_rare_ones_share_one(name):
    draw = np.random.default_rng(2)
    frame = pd.DataFrame(
        {"city": [f"city {i}" for i in draw.zipf(1.3, 5000) % 1500], "y": draw.integers(0, 2, 5000)}
    )
    frame["y"] = np.where(frame["city"] == "city 1", 1, frame["y"])
    trained = train(learner_of(name), Table(frame).with_column("city", categorical=True), "y")
    most = 1000 if "tree" in name else 64
    if frame["city"].nunique() > most:
        assert f"so that {most} are left" in "".join(trained.log)
    model = trained["trained_model"]
    assert model.preparation.width <= 64 or "tree" in name
    rows = [
        {"city": "city 1"},
        {"city": frame["city"].value_counts().index[-1]},
        {"city": "Atlantis"},
        {"city": None},
    ]
    scored = score(model, pd.DataFrame(rows * 3)).frame["Scored Probabilities"]
    np.testing.assert_allclose([one["Scored Probabilities"] for one in model.score_rows(rows)], scored[:4])


def test_columns_without_a_value_do_no_harm():
    table = with_label(people(), "bought")
    frame = table.frame.assign(hollow=np.nan, silent=pd.Series([None] * table.rows, dtype=object))
    for name in (
        "two_class_boosted_decision_tree",
        "two_class_logistic_regression",
        "two_class_decision_forest",
    ):
        model = train(learner_of(name), table.with_frame(frame), "bought")["trained_model"]
        scored = score(model, table.with_frame(frame)).frame
        assert not scored["Scored Probabilities"].isna().any()
        row = frame.head(1).to_dict("records")
        assert model.score_rows(row)[0]["Scored Probabilities"] == pytest.approx(
            scored["Scored Probabilities"][0]
        )


def test_infinite_numbers_are_taken_for_missing():
    table = with_label(people(), "bought")
    endless, gone = (
        table.with_frame(table.frame.assign(income=table.frame["income"].where(table.frame.index > 5, value)))
        for value in (np.inf, np.nan)
    )
    for name in ("two_class_boosted_decision_tree", "two_class_logistic_regression"):
        ours = score(train(learner_of(name), endless, "bought")["trained_model"], endless).frame[
            "Scored Probabilities"
        ]
        same = score(train(learner_of(name), gone, "bought")["trained_model"], gone).frame[
            "Scored Probabilities"
        ]
        assert ours.tolist() == same.tolist()


def test_the_label_column_must_be_there():
    table = people()
    with pytest.raises(ModuleError) as fault:
        train(learner_of(*QUICK), table, "Bought")
    assert (fault.value.parameter, fault.value.hint) == ("label_column", "Did you mean “bought”?")
    with pytest.raises(ModuleError) as fault:
        train(learner_of(*QUICK), table.with_frame(table.frame.assign(bought=None)), "bought")
    assert "no value in any row" in fault.value.message and fault.value.column == "bought"
    with pytest.raises(ModuleError, match="holds dates"):
        train(learner_of(*QUICK), table, "since")
    with pytest.raises(ModuleError, match="different numbers") as fault:
        train(learner_of("multiclass_decision_forest"), table, "income")
    assert "regression" in fault.value.hint


def explained(name, table, label, parameters=None, inner=None):
    learner = learner_of(name, parameters, inner)
    options = {"label_column": label, "model_explanations": True}
    return run_module("train_model", options, untrained_model=learner, dataset=table)


def test_explanations_are_the_importances_of_the_library():
    """scikit-learn's own pipeline of the same learner, shuffled by scikit-learn with the same seed."""
    draw = np.random.default_rng(8)
    frame = pd.DataFrame(draw.normal(size=(300, 3)), columns=["strong", "weak", "idle"])
    frame["y"] = np.where(2 * frame["strong"] + 0.5 * frame["weak"] + draw.normal(size=300) > 0, "yes", "no")
    direct = make_pipeline(StandardScaler(), LogisticRegression(tol=1e-6)).fit(frame[FEW], frame["y"])
    expected = permutation_importance(
        direct, frame[FEW], frame["y"], scoring="neg_log_loss", n_repeats=5, random_state=42
    )
    out = explained("two_class_logistic_regression", frame, "y", {"optimization_tolerance": 1e-6})
    said = json.loads(out["trained_model"].files["explanations.json"])
    assert (said["measure"], said["rows"], said["repeats"]) == ("Average Log Loss", 300, 5)
    order = np.argsort(-expected.importances_mean)
    assert [one["name"] for one in said["features"]] == [FEW[i] for i in order] == FEW
    for key, values in (("importance", expected.importances_mean), ("deviation", expected.importances_std)):
        np.testing.assert_allclose([one[key] for one in said["features"]], values[order], atol=1e-4)
    assert said["value"] == pytest.approx(log_loss(frame["y"], direct.predict_proba(frame[FEW])), abs=1e-4)
    assert out.fact.endswith(", first strong")
    assert dict((key, value) for key, value, _ in out.metrics)["Importance/strong"] == pytest.approx(
        said["features"][0]["importance"]
    )
    table = pd.read_csv(io.BytesIO(out["trained_model"].files["feature_importance.csv"]))
    assert table["Feature"].tolist() == FEW and table.columns.tolist() == ["Feature", "Importance", "Deviation"]


@pytest.mark.parametrize(
    ("name", "label", "measure", "parameters"),
    [
        ("boosted_decision_tree_regression", "price", "Root Mean Squared Error", {"number_of_trees": 20}),
        (
            "fast_forest_quantile_regression",
            "price",
            "Pinball Loss",
            {"number_of_trees": 10, "minimum_leaf_instances": 3},
        ),
        ("multiclass_decision_forest", "group", "Average Log Loss", {}),
        ("two_class_boosted_decision_tree", "bought", "Average Log Loss", {"number_of_trees": 20}),
    ],
)
def test_every_kind_of_learner_is_explained_by_its_own_columns(name, label, measure, parameters):
    out = explained(name, with_label(people(), label), label, parameters)
    said = json.loads(out["trained_model"].files["explanations.json"])
    assert said["measure"] == measure
    found = {one["name"]: one["importance"] for one in said["features"]}
    # Texts, categories and dates count whole, however they were prepared. By the way the people are made, age says most.
    assert set(found) == set(FEATURES)
    assert list(found)[0] == "age" and found["age"] > 2 * abs(found["since"])


def test_classes_without_probabilities_are_explained_by_their_labels():
    script = (
        "class AtelierModel:\n"
        "    def train(self, df_train, df_label): pass\n"
        "    def predict(self, df): return df['x'].gt(0).map({True: 'yes', False: 'no'})\n"
    )
    draw = np.random.default_rng(3)
    frame = pd.DataFrame({"x": draw.normal(size=100), "z": draw.normal(size=100)})
    frame["y"] = np.where(frame["x"] > 0, "yes", "no")
    said = explained("create_python_model", frame, "y", {"script": script})["trained_model"].files
    document = json.loads(said["explanations.json"])
    assert (document["measure"], document["value"]) == ("Accuracy", 1.0)
    found = {one["name"]: one["importance"] for one in document["features"]}
    assert found["x"] > 0.3 and found["z"] == 0


def test_models_are_not_explained_unless_asked():
    trained = train(learner_of(*QUICK), with_label(people(), "bought"), "bought")
    assert trained["trained_model"].files == {}
    assert not any(key.startswith("Importance/") for key, _, _ in trained.metrics)


def test_explanations_take_rows_without_a_label_one_column_and_long_tables():
    draw = np.random.default_rng(3)
    frame = pd.DataFrame({"size (m²)": draw.normal(size=3000)})
    frame["y"] = frame["size (m²)"] * 2
    frame.loc[:9, "y"] = np.nan
    out = explained("linear_regression", frame, "y")
    said = json.loads(out["trained_model"].files["explanations.json"])
    assert said["rows"] == 2000 and said["features"][0]["importance"] > 1
    assert [key for key, _, _ in out.metrics] == ["Importance/size _m__"]


@pytest.mark.parametrize(
    ("learner", "said"),
    [
        ("k_means_clustering", "Train Clustering Model"),
        ("pca_based_anomaly_detection", "Train Anomaly Detection Model"),
    ],
)
def test_other_learners_are_sent_to_their_own_trainer(learner, said):
    with pytest.raises(ModuleError) as fault:
        train(learner_of(learner), people(), "bought")
    assert said in fault.value.hint


def test_names_of_which_every_row_has_its_own_are_left_out():
    table = with_label(people(), "bought")
    named = table.frame.assign(name=[f"person {i}" for i in range(240)])
    trained = train(learner_of(*QUICK), table.with_frame(named), "bought")
    assert "name" not in [feature["name"] for feature in trained["trained_model"].features]
    assert "“name” is left out" in "".join(trained.log)
    kept = table.with_frame(named).with_column("name", categorical=True)
    assert "name" in [
        feature["name"] for feature in train(learner_of(*QUICK), kept, "bought")["trained_model"].features
    ]


def test_a_thousand_classes_are_the_most():
    frame = pd.DataFrame({"x": range(1500), "y": [f"class {i}" for i in range(1500)]})
    with pytest.raises(ModuleError, match="1,500 different values"):
        train(learner_of("multiclass_decision_forest", {"number_of_trees": 1}), frame, "y")
