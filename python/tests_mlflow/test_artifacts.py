from __future__ import annotations

import mlflow
import pytest
from mlflow.exceptions import MlflowException


def test_files_go_up_and_come_down(client, experiment, tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a b é.txt").write_text("one")
    (tmp_path / "in" / "deep" / "empty.bin").write_bytes(b"")
    large = bytes(range(256)) * 4 * 1024 * 20
    (tmp_path / "in" / "large.bin").write_bytes(large)
    with mlflow.start_run() as run:
        mlflow.log_artifacts(str(tmp_path / "in"), "files")
        mlflow.log_text("hello", "notes/hello.txt")
        mlflow.log_dict({"a": 1}, "a.json")
    number = run.info.run_id
    assert run.info.artifact_uri == f"mlflow-artifacts:/{experiment.experiment_id}/{number}/artifacts"
    top = {file.path: file.is_dir for file in client.list_artifacts(number)}
    assert top == {"a.json": False, "files": True, "notes": True}
    files = {file.path: file.file_size for file in client.list_artifacts(number, "files")}
    assert files == {"files/a b é.txt": 3, "files/deep": None, "files/large.bin": len(large)}
    back = mlflow.artifacts.download_artifacts(run_id=number, dst_path=str(tmp_path / "out"))
    assert (tmp_path / "out" / "files" / "large.bin").read_bytes() == large
    assert (tmp_path / "out" / "files" / "a b é.txt").read_text() == "one"
    assert (tmp_path / "out" / "files" / "deep" / "empty.bin").read_bytes() == b""
    assert back
    assert mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/a.json") == {"a": 1}


def test_files_are_deleted(client, experiment):
    with mlflow.start_run() as run:
        mlflow.log_text("a", "x/a.txt")
        mlflow.log_text("b", "b.txt")
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    get_artifact_repository(run.info.artifact_uri).delete_artifacts("x")
    assert client.list_artifacts(run.info.run_id, "x") == []
    assert "b.txt" in [file.path for file in client.list_artifacts(run.info.run_id)]


def test_a_missing_file_is_said_so(client, experiment):
    run = client.create_run(experiment.experiment_id)
    with pytest.raises(Exception, match="path is correct|not found"):
        client.download_artifacts(run.info.run_id, "nothing.txt")


def test_downloads_cannot_act_in_a_page(http, experiment):
    with mlflow.start_run() as run:
        mlflow.log_text("<script>alert(1)</script>", "page.html")
    path = f"/api/2.0/mlflow-artifacts/artifacts/{experiment.experiment_id}/{run.info.run_id}/artifacts/page.html"
    for address in [path, f"/get-artifact?run_id={run.info.run_id}&path=page.html"]:
        reply = http("GET", address)
        assert reply.status_code == 200
        assert reply.headers["content-disposition"].startswith("attachment")
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "html" not in reply.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    ["../x", "..%2Fx", "%2e%2e%2fx", "a/../../x", "a%5c..%5cx", "a%00b", "/etc/passwd", "a//b"],
)
def test_paths_stay_inside(client, http, experiment, path):
    run = client.create_run(experiment.experiment_id)
    root = f"/api/2.0/mlflow-artifacts/artifacts/{experiment.experiment_id}/{run.info.run_id}/artifacts"
    sent = http("PUT", f"{root}/{path}", data=b"x")
    assert sent.status_code in (400, 404), sent.text
    listed = http("GET", "/api/2.0/mlflow/artifacts/list", params={"run_id": run.info.run_id, "path": "../.."})
    assert listed.status_code == 400
    assert client.list_artifacts(run.info.run_id) == []


def test_another_runs_folder_needs_its_own_experiment(client, http, experiment):
    run = client.create_run(experiment.experiment_id)
    reply = http("PUT", f"/api/2.0/mlflow-artifacts/artifacts/999/{run.info.run_id}/artifacts/x", data=b"x")
    assert reply.status_code == 404


def test_a_deleted_run_takes_no_files(client, experiment):
    run = client.create_run(experiment.experiment_id)
    client.delete_run(run.info.run_id)
    with pytest.raises((MlflowException, Exception), match="400|can only be read"):
        client.log_text(run.info.run_id, "x", "x.txt")
