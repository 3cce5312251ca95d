from __future__ import annotations

import math
import os
import subprocess
import sys

import mlflow
import pandas as pd
import pytest
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException


def test_parameters_metrics_and_tags(client, experiment):
    with mlflow.start_run(run_name="first", tags={"team": "growth"}, description="a note") as run:
        mlflow.log_param("depth", 3)
        mlflow.log_params({"rate": 0.1, "empty": ""})
        mlflow.log_metric("auc", 0.7, step=1)
        mlflow.log_metric("auc", 0.9, step=2)
        mlflow.log_metrics({"loss": float("nan"), "gain": float("inf")}, step=5)
        mlflow.set_tag("leak", "no")
    found = client.get_run(run.info.run_id)
    assert found.info.status == "FINISHED"
    assert found.info.run_name == "first"
    assert found.info.end_time >= found.info.start_time
    assert found.data.params == {"depth": "3", "rate": "0.1", "empty": ""}
    assert found.data.metrics["auc"] == 0.9
    assert math.isnan(found.data.metrics["loss"])
    assert found.data.metrics["gain"] > 1e308
    assert found.data.tags["team"] == "growth"
    assert found.data.tags["leak"] == "no"
    assert found.data.tags["mlflow.runName"] == "first"
    assert found.data.tags["mlflow.note.content"] == "a note"
    history = client.get_metric_history(run.info.run_id, "auc")
    assert [(point.step, point.value) for point in history] == [(1, 0.7), (2, 0.9)]


def test_the_latest_value_is_that_of_the_greatest_step(client, experiment):
    run = client.create_run(experiment.experiment_id)
    for step, timestamp, value in [(3, 50, 0.3), (1, 99, 0.1), (3, 40, 0.9), (3, 50, 0.2)]:
        client.log_metric(run.info.run_id, "m", value, timestamp=timestamp, step=step)
    assert client.get_run(run.info.run_id).data.metrics == {"m": 0.3}


def test_a_batch_may_be_sent_twice(client, experiment):
    run = client.create_run(experiment.experiment_id)
    metrics = [Metric("m", index / 10, 1000 + index, index) for index in range(1000)]
    params = [Param(f"p{index}", str(index)) for index in range(100)]
    tags = [RunTag(f"t{index}", str(index)) for index in range(100)]
    for _ in range(2):
        client.log_batch(run.info.run_id, metrics=metrics, params=params[:0], tags=tags[:0])
        client.log_batch(run.info.run_id, metrics=[], params=params, tags=tags)
    found = client.get_run(run.info.run_id)
    assert len(client.get_metric_history(run.info.run_id, "m")) == 1000
    assert found.data.metrics["m"] == 99.9
    assert len(found.data.params) == 100
    assert found.data.tags["t99"] == "99"


def test_a_parameter_is_written_once(client, experiment):
    run = client.create_run(experiment.experiment_id)
    client.log_param(run.info.run_id, "depth", 3)
    client.log_param(run.info.run_id, "depth", 3)
    with pytest.raises(MlflowException, match="Changing param values is not allowed"):
        client.log_param(run.info.run_id, "depth", 4)
    assert client.get_run(run.info.run_id).data.params == {"depth": "3"}


def test_tags_change_and_go(client, experiment):
    run = client.create_run(experiment.experiment_id, run_name="a")
    client.set_tag(run.info.run_id, "k", "1")
    client.set_tag(run.info.run_id, "k", "2")
    client.set_tag(run.info.run_id, "mlflow.runName", "b")
    assert client.get_run(run.info.run_id).info.run_name == "b"
    assert client.get_run(run.info.run_id).data.tags["k"] == "2"
    client.delete_tag(run.info.run_id, "k")
    assert "k" not in client.get_run(run.info.run_id).data.tags
    with pytest.raises(MlflowException) as missing:
        client.delete_tag(run.info.run_id, "k")
    assert missing.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_nested_runs_know_their_parent(client, experiment):
    with mlflow.start_run() as parent, mlflow.start_run(nested=True) as child:
        pass
    found = client.search_runs(
        [experiment.experiment_id], f"tags.mlflow.parentRunId = '{parent.info.run_id}'"
    )
    assert [run.info.run_id for run in found] == [child.info.run_id]


def test_a_run_is_taken_up_again(client, experiment):
    with mlflow.start_run() as run:
        mlflow.log_metric("a", 1)
    with mlflow.start_run(run_id=run.info.run_id):
        assert client.get_run(run.info.run_id).info.status == "RUNNING"
        mlflow.log_metric("b", 2)
    assert client.get_run(run.info.run_id).data.metrics == {"a": 1, "b": 2}
    with pytest.raises(ValueError), mlflow.start_run() as failed:
        raise ValueError("stop")
    assert client.get_run(failed.info.run_id).info.status == "FAILED"


def test_deleted_runs_are_hidden_and_come_back(client, experiment):
    run = client.create_run(experiment.experiment_id)
    client.delete_run(run.info.run_id)
    assert client.get_run(run.info.run_id).info.lifecycle_stage == "deleted"
    assert client.search_runs([experiment.experiment_id]) == []
    with pytest.raises(MlflowException, match="must be in the 'active' state"):
        client.log_metric(run.info.run_id, "a", 1)
    client.restore_run(run.info.run_id)
    assert len(client.search_runs([experiment.experiment_id])) == 1


def test_experiments(client, name):
    assert client.get_experiment("0").name == "Default"
    number = client.create_experiment(name, tags={"a": "b"})
    assert client.get_experiment(number).tags == {"a": "b"}
    assert client.get_experiment_by_name("nobody knows it") is None
    with pytest.raises(MlflowException) as taken:
        client.create_experiment(name)
    assert taken.value.error_code == "RESOURCE_ALREADY_EXISTS"
    client.set_experiment_tag(number, "c", "d")
    client.rename_experiment(number, f"{name}-new")
    found = client.search_experiments(filter_string=f"name LIKE '{name}%' AND tags.c = 'd'")
    assert [each.name for each in found] == [f"{name}-new"]
    client.create_run(number)
    client.delete_experiment(number)
    assert client.get_experiment(number).lifecycle_stage == "deleted"
    assert client.search_runs([number]) == []
    client.restore_experiment(number)
    assert len(client.search_runs([number])) == 1


def test_data_sets(client, experiment):
    frame = pd.DataFrame({"age": [31, 45], "y": [0, 1]})
    with mlflow.start_run() as run:
        mlflow.log_input(mlflow.data.from_pandas(frame, name="bank", targets="y"), context="train")
    [used] = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert used.dataset.name == "bank"
    assert {tag.key: tag.value for tag in used.tags} == {"mlflow.data.context": "train"}
    found = client.search_runs([experiment.experiment_id], "dataset.name = 'bank'")
    assert [each.info.run_id for each in found] == [run.info.run_id]
    assert client.search_runs([experiment.experiment_id], "dataset.context = 'test'") == []


@pytest.mark.skipif(not hasattr(mlflow, "set_workspace"), reason="older clients name the workspace in the address")
def test_the_workspace_by_header(uri, name):
    root, workspace = uri.rsplit("/", 1)
    script = f"""
import mlflow
mlflow.set_workspace({workspace!r})
mlflow.set_experiment({name!r})
with mlflow.start_run() as run:
    mlflow.log_text("hello", "a.txt")
print(mlflow.artifacts.load_text(run.info.artifact_uri + "/a.txt"))
"""
    env = {**os.environ, "MLFLOW_TRACKING_URI": root}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "hello", done.stderr


def test_sklearn_autolog(client, experiment):
    from sklearn.datasets import make_classification
    from sklearn.tree import DecisionTreeClassifier

    features, target = make_classification(100, 4, random_state=7)
    mlflow.sklearn.autolog(log_models=False)
    try:
        with mlflow.start_run() as run:
            DecisionTreeClassifier(max_depth=2).fit(features, target)
    finally:
        mlflow.sklearn.autolog(disable=True)
    found = client.get_run(run.info.run_id)
    assert found.data.params["max_depth"] == "2"
    assert found.data.metrics["training_accuracy_score"] > 0.5
    assert found.inputs.dataset_inputs
    paths = [file.path for file in client.list_artifacts(run.info.run_id)]
    assert "training_confusion_matrix.png" in paths
