from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import mlflow
import pytest
from mlflow.exceptions import MlflowException


@pytest.fixture
def run(client, experiment):
    run = client.create_run(experiment.experiment_id)
    client.log_text(run.info.run_id, "flavors: {}\n", "model/MLmodel")
    client.log_text(run.info.run_id, "weights", "model/model.bin")
    return run.info.run_id


@pytest.fixture
def source(run):
    return f"runs:/{run}/model"


def test_twenty_registrations_at_once(client, name, run, source):
    client.create_registered_model(name)
    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(lambda _: client.create_model_version(name, source, run), range(20)))
    assert sorted(int(version.version) for version in made) == list(range(1, 21))
    found = client.search_model_versions(f"name = '{name}'")
    assert sorted(int(version.version) for version in found) == list(range(1, 21))


def test_models(client, name):
    made = client.create_registered_model(name, tags={"a": "1"}, description="first")
    assert (made.name, made.description, made.tags) == (name, "first", {"a": "1"})
    with pytest.raises(MlflowException) as taken:
        client.create_registered_model(name)
    assert taken.value.error_code == "RESOURCE_ALREADY_EXISTS"
    client.update_registered_model(name, "second")
    client.set_registered_model_tag(name, "b", "2")
    client.delete_registered_model_tag(name, "a")
    found = client.get_registered_model(name)
    assert (found.description, found.tags) == ("second", {"b": "2"})
    [searched] = client.search_registered_models(f"name LIKE '{name}%' and tags.b = '2'")
    assert searched.name == name
    client.rename_registered_model(name, f"{name}-new")
    assert client.get_registered_model(f"{name}-new").tags == {"b": "2"}
    with pytest.raises(MlflowException) as missing:
        client.get_registered_model(name)
    assert missing.value.error_code == "RESOURCE_DOES_NOT_EXIST"
    client.delete_registered_model(f"{name}-new")
    assert client.search_registered_models(f"name = '{name}-new'") == []
    client.create_registered_model(f"{name}-new")


def test_versions(client, name, run, source):
    client.create_registered_model(name)
    first = client.create_model_version(name, source, run, tags={"a": "1"}, description="one")
    second = client.create_model_version(name, source, run)
    assert (first.version, second.version) == ("1", "2")
    assert client.get_model_version_download_uri(name, "1") == f"mlflow-artifacts:/models/{name}/1"
    assert [file.path for file in mlflow.artifacts.list_artifacts(f"models:/{name}/1")] == ["MLmodel", "model.bin"]
    client.update_model_version(name, "1", "changed")
    client.set_model_version_tag(name, "1", "b", "2")
    client.delete_model_version_tag(name, "1", "a")
    found = client.get_model_version(name, "1")
    assert (found.description, found.tags, found.source, found.run_id) == ("changed", {"b": "2"}, source, run)
    by_run = client.search_model_versions(f"run_id = '{run}' and name = '{name}'", order_by=["version_number ASC"])
    assert [version.version for version in by_run] == ["1", "2"]
    assert [v.version for v in client.search_model_versions(f"name = '{name}' and version_number > 1")] == ["2"]
    client.delete_model_version(name, "2")
    with pytest.raises(MlflowException) as gone:
        client.get_model_version(name, "2")
    assert gone.value.error_code == "RESOURCE_DOES_NOT_EXIST"
    assert client.create_model_version(name, source, run).version == "3"


def test_aliases(client, name, run, source):
    client.create_registered_model(name)
    for _ in range(2):
        client.create_model_version(name, source, run)
    client.set_registered_model_alias(name, "champion", "1")
    client.set_registered_model_alias(name, "champion", "2")
    assert client.get_model_version_by_alias(name, "champion").version == "2"
    assert client.get_registered_model(name).aliases == {"champion": "2"}
    client.delete_registered_model_alias(name, "champion")
    with pytest.raises(MlflowException):
        client.get_model_version_by_alias(name, "champion")
    for reserved in ["latest", "Latest", "v3"]:
        with pytest.raises(MlflowException):
            client.set_registered_model_alias(name, reserved, "1")


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_stages(client, name, run, source):
    client.create_registered_model(name)
    for _ in range(2):
        client.create_model_version(name, source, run)
    client.transition_model_version_stage(name, "1", "production")
    client.transition_model_version_stage(name, "2", "Production", archive_existing_versions=True)
    stages = {version.version: version.current_stage for version in client.search_model_versions(f"name = '{name}'")}
    assert stages == {"1": "Archived", "2": "Production"}
    assert [version.version for version in client.get_latest_versions(name, ["Production"])] == ["2"]
    with pytest.raises(MlflowException):
        client.transition_model_version_stage(name, "1", "Somewhere")
    with pytest.raises(MlflowException):
        client.transition_model_version_stage(name, "1", "Archived", archive_existing_versions=True)


def test_a_version_is_copied_to_another_model(client, name, run, source):
    client.create_registered_model(name)
    client.create_model_version(name, source, run)
    copy = client.copy_model_version(f"models:/{name}/1", f"{name}-copy")
    assert (copy.name, copy.version) == (f"{name}-copy", "1")
    assert [file.path for file in mlflow.artifacts.list_artifacts(f"models:/{name}-copy/1")] == ["MLmodel", "model.bin"]


@pytest.mark.parametrize(
    "bad",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "../../other",
        "runs:/{run}/../other",
        "runs:/{run}/%2e%2e/other",
        "runs:/{run}/%252e%252e%252fother",
        "runs:/nobody/model",
        "mlflow-artifacts:/0/{run}/artifacts/../../x",
        "mlflow-artifacts://elsewhere:1/0/x/artifacts",
        "mlflow-artifacts:/x#/../y",
        "models:/m-00000000000000000000000000000000",
        "runs:/{run}/a%00b",
        "ftp://host/x",
    ],
)
def test_sources_outside_are_refused(client, name, run, bad):
    client.create_registered_model(name)
    with pytest.raises(MlflowException) as refused:
        client.create_model_version(name, bad.format(run=run), run)
    assert refused.value.error_code in ("INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST")
    assert client.search_model_versions(f"name = '{name}'") == []


def test_an_address_outside_is_kept_as_it_is(client, name, run):
    client.create_registered_model(name)
    version = client.create_model_version(name, "s3://bucket/model", run)
    assert version.source == "s3://bucket/model"
    assert client.get_model_version_download_uri(name, version.version) == "s3://bucket/model"
