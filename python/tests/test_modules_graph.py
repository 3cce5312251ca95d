from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest
from atelier_modules.errors import ModuleError
from atelier_modules.graph import GraphScorer
from atelier_modules.objects import write_object
from atelier_modules.testing import run_module
from atelier_serving.errors import ScoringError
from atelier_serving.mlflow_model import MlflowScorer


@pytest.fixture(scope="module")
def training() -> pd.DataFrame:
    rows = range(200)
    return pd.DataFrame(
        {
            "id": [f"c{row}" for row in rows],
            "age": [20 + row % 50 if row % 9 else None for row in rows],
            "job": [["clerk", "nurse", "cook"][row % 3] for row in rows],
            "bought": ["yes" if row % 3 == 1 else "no" for row in rows],
        }
    )


@pytest.fixture(scope="module")
def folder(training, tmp_path_factory):
    """What "Create inference pipeline" makes of select → clean → train → score."""
    root = tmp_path_factory.mktemp("pipeline")
    selected = run_module("select_columns_in_dataset", {"columns": "age, job, bought"}, dataset=training)
    cleaned = run_module(
        "clean_missing_data", {"columns": "age", "cleaning_mode": "mean"}, dataset=selected["results_dataset"]
    )
    learner = run_module("two_class_logistic_regression", {"random_seed": 1})["untrained_model"]
    trained = run_module(
        "train_model", {"label_column": "bought"}, untrained_model=learner, dataset=cleaned["cleaned_dataset"]
    )["trained_model"]
    write_object("trained_model", trained, root / "saved" / "trained_model")
    write_object("transform", cleaned["cleaning_transformation"], root / "saved" / "clean")
    text = {
        "version": 1,
        "columns": [
            {"name": "id", "type": "string", "required": False},
            {"name": "age", "type": "integer", "required": False},
            {"name": "job", "type": "string", "required": True, "values": ["clerk", "cook", "nurse"]},
        ],
        "scores": {"positive": "yes", "threshold": 0.5},
        "nodes": [
            {"name": "in", "module": "web_service_input", "inputs": {"dataset": {"rows": True}}},
            {
                "name": "select",
                "module": "select_columns_in_dataset",
                "parameters": {"columns": "age, job"},
                "inputs": {"dataset": {"node": "in", "port": "dataset"}},
            },
            {
                "name": "clean",
                "module": "apply_transformation",
                "inputs": {
                    "transformation": {"saved": "clean"},
                    "dataset": {"node": "select", "port": "results_dataset"},
                },
            },
            {
                "name": "score",
                "module": "score_model",
                "inputs": {
                    "trained_model": {"saved": "trained_model"},
                    "dataset": {"node": "clean", "port": "transformed_dataset"},
                },
            },
        ],
        "output": {"node": "score", "port": "scored_dataset"},
    }
    (root / "pipeline.json").write_text(json.dumps(text))
    return root


def test_scores_rows_as_the_steps_one_by_one_do(folder, training):
    scored = GraphScorer(folder).score(training.drop(columns=["bought"]))
    assert list(scored.columns)[:2] == ["age", "job"]
    right = (scored["Scored Labels"] == training["bought"]).mean()
    assert right > 0.95
    assert scored["age"].isna().sum() == 0


def test_one_row_without_what_may_be_left_out(folder):
    scorer = GraphScorer(folder)
    [row] = scorer.score(pd.DataFrame({"job": ["nurse"]})).to_dict(orient="records")
    assert row["Scored Labels"] == "yes"
    assert row["Scored Probabilities"] > 0.5


def test_names_the_column_that_is_missing(folder):
    with pytest.raises(ModuleError, match="“job”") as raised:
        GraphScorer(folder).score(pd.DataFrame({"age": [30]}))
    assert raised.value.column == "job"


def test_takes_a_value_that_was_never_seen(folder):
    scored = GraphScorer(folder).score(pd.DataFrame({"job": ["astronaut", None], "age": [30, None]}))
    assert len(scored) == 2


@pytest.fixture(scope="module")
def scorer(folder, tmp_path_factory):
    """The same as a model that is served."""
    root = tmp_path_factory.mktemp("model")
    inputs = [
        {"name": "id", "type": "string", "required": False},
        {"name": "age", "type": "long", "required": False},
        {"name": "job", "type": "string", "required": True},
    ]
    document = {
        "flavors": {
            "python_function": {"loader_module": "atelier_modules.mlflow_model", "data": "data", "python_version": "3.11.0"}
        },
        "mlflow_version": "3.6.0",
        "signature": {"inputs": json.dumps(inputs), "outputs": None, "params": None},
    }
    (root / "MLmodel").write_text(json.dumps(document))
    shutil.copytree(folder, root / "data")
    return MlflowScorer(str(root), "bought")


def test_a_served_pipeline_answers_as_its_graph_does(scorer, folder, training):
    rows = training.drop(columns=["bought"]).head(20)
    reply, _ = scorer.score(json.dumps({"dataframe_records": json.loads(rows.to_json(orient="records"))}).encode(), {})
    expected = GraphScorer(folder).score(rows)
    assert [row["Scored Labels"] for row in json.loads(reply)] == expected["Scored Labels"].tolist()


def test_a_served_pipeline_tells_known_values_and_how_classes_are_told_apart(scorer):
    document = scorer.openapi()
    row = document["components"]["schemas"]["Row"]["properties"]
    assert row["job"] == {"type": "string", "x-values": ["clerk", "cook", "nurse"]}
    assert "x-values" not in row["age"]
    assert document["x-scores"] == {"positive": "yes", "threshold": 0.5}


@pytest.mark.parametrize(
    ("row", "column"),
    [({"age": 30}, "job"), ({"job": 5}, "job"), ({"job": "cook", "age": "old"}, "age"), ({"job": "cook", "age": 1.5}, "age")],
)
def test_a_row_that_does_not_fit_is_refused_by_the_name_of_its_column(scorer, row, column):
    with pytest.raises(ScoringError) as raised:
        scorer.score(json.dumps([row]).encode(), {})
    assert (raised.value.status, raised.value.path) == (400, column)


def test_what_a_step_finds_wrong_with_a_column_is_the_callers_fault_too(scorer, monkeypatch):
    def refuse(_rows):
        raise ModuleError("Dates end in 2262.", column="age", row=1)

    monkeypatch.setattr(scorer.pipeline.scorer, "score", refuse)
    with pytest.raises(ScoringError) as raised:
        scorer.score(b'[{"job": "cook"}]', {})
    assert (raised.value.status, raised.value.path) == (400, "age")
