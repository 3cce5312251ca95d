from __future__ import annotations

import mlflow
import pytest
from mlflow.exceptions import MlflowException

from conftest import REQUIREMENTS


@pytest.fixture
def logged(classifier, experiment):
    model, features, _ = classifier
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(
            model,
            name="model",
            input_example=features[:2],
            pip_requirements=REQUIREMENTS,
            params={"C": 1.0},
        )
    return run, info


def test_a_logged_model_predicts_the_same(client, classifier, logged):
    model, features, _ = classifier
    run, info = logged
    expected = list(model.predict(features))
    assert list(mlflow.sklearn.load_model(info.model_uri).predict(features)) == expected
    by_run = mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/model")
    assert list(by_run.predict(features)) == expected
    kept = mlflow.get_logged_model(info.model_id)
    assert kept.status == "READY"
    assert kept.source_run_id == run.info.run_id
    assert kept.params["C"] == "1.0"
    assert [output.model_id for output in client.get_run(run.info.run_id).outputs.model_outputs] == [info.model_id]


def test_logged_models_are_found_by_what_was_measured(client, experiment, logged):
    run, info = logged
    client.log_metric(run.info.run_id, "auc", 0.9, model_id=info.model_id)
    client.log_metric(run.info.run_id, "auc", 0.8, step=1, model_id=info.model_id)
    found = mlflow.search_logged_models(
        [experiment.experiment_id], "metrics.auc > 0.7 AND name = 'model'", output_format="list"
    )
    assert [model.model_id for model in found] == [info.model_id]
    assert [(metric.key, metric.value) for metric in found[0].metrics] == [("auc", 0.8)]
    assert mlflow.search_logged_models([experiment.experiment_id], "metrics.auc > 0.85", output_format="list") == []
    client.set_logged_model_tags(info.model_id, {"stage": "best"})
    assert mlflow.get_logged_model(info.model_id).tags["stage"] == "best"
    client.delete_logged_model_tag(info.model_id, "stage")
    assert "stage" not in mlflow.get_logged_model(info.model_id).tags
    client.delete_logged_model(info.model_id)
    with pytest.raises(MlflowException) as gone:
        mlflow.get_logged_model(info.model_id)
    assert gone.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_a_registered_model_is_loaded_by_version_and_alias(client, classifier, experiment, name):
    model, features, _ = classifier
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(
            model, name="model", pip_requirements=REQUIREMENTS, registered_model_name=name
        )
    assert info.registered_model_version == "1" or info.registered_model_version == 1
    client.set_registered_model_alias(name, "champion", "1")
    expected = list(model.predict(features))
    for address in [f"models:/{name}/1", f"models:/{name}@champion", f"models:/{name}/latest"]:
        assert list(mlflow.pyfunc.load_model(address).predict(features)) == expected
    version = client.get_model_version(name, "1")
    assert version.run_id == run.info.run_id
    assert version.status == "READY"
    assert version.aliases == ["champion"]


def test_a_version_keeps_its_files_when_the_run_writes_again(client, classifier, experiment, name, tmp_path):
    model, features, _ = classifier
    folder = tmp_path / "model"
    mlflow.sklearn.save_model(model, str(folder), pip_requirements=REQUIREMENTS)
    with mlflow.start_run() as run:
        mlflow.log_artifacts(str(folder), "model")
        registered = mlflow.register_model(f"runs:/{run.info.run_id}/model", name)
        mlflow.log_text("nothing", "model/MLmodel")
    loaded = mlflow.pyfunc.load_model(f"models:/{name}/{registered.version}")
    assert list(loaded.predict(features)) == list(model.predict(features))
