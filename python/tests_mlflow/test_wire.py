"""What clients in other languages rely on, without MLflow's package in between."""

from __future__ import annotations

import json
import os

import pytest
import requests

CREATE = "/api/2.0/mlflow/runs/create"


@pytest.fixture
def run(http):
    return http("POST", CREATE, json={"experiment_id": "0"}).json()["run"]["info"]


def test_both_prefixes_and_plain_routes(http, uri):
    for prefix in ["/api/2.0/mlflow", "/ajax-api/2.0/mlflow", "/api/3.0/mlflow", "/ajax-api/3.0/mlflow"]:
        assert http("GET", f"{prefix}/experiments/get?experiment_id=0").json()["experiment"]["name"] == "Default"
    assert requests.get(f"{uri}/health", timeout=5).text == "OK"
    assert requests.get(f"{uri}/version", timeout=5).text.split(".")[0].isdigit()
    page = requests.get(f"{uri}/", timeout=5)
    assert page.status_code == 200 and "text/html" in page.headers["content-type"]


def test_unknown_routes_say_so(http):
    reply = http("POST", "/api/3.0/mlflow/traces", json={})
    assert (reply.status_code, reply.json()["error_code"]) == (404, "ENDPOINT_NOT_FOUND")


def test_the_workspace_by_header(uri):
    root, workspace = uri.rsplit("/", 1)
    token = {"Authorization": f"Bearer {os.environ['MLFLOW_TRACKING_TOKEN']}"}
    address = f"{root}/api/2.0/mlflow/experiments/get?experiment_id=0"
    named = requests.get(address, headers={**token, "X-MLFLOW-WORKSPACE": workspace}, timeout=5)
    assert named.json()["experiment"]["name"] == "Default"
    other = requests.get(address, headers={**token, "X-MLFLOW-WORKSPACE": "not-mine"}, timeout=5)
    assert (other.status_code, other.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")


def test_credentials(uri):
    address = f"{uri}/api/2.0/mlflow/experiments/get?experiment_id=0"
    for headers in [{}, {"Authorization": "Bearer wrong"}]:
        reply = requests.get(address, headers=headers, timeout=5)
        assert (reply.status_code, reply.json()["error_code"]) == (401, "UNAUTHENTICATED")
        assert reply.headers["www-authenticate"] == 'Basic realm="mlflow"'
    password = ("anybody", os.environ["MLFLOW_TRACKING_TOKEN"])
    assert requests.get(address, auth=password, timeout=5).status_code == 200


def test_numbers_come_as_text_too(http, run):
    for value, timestamp, step in [("0.5", "10", "1"), ("NaN", "11", 2), ("-Infinity", 12, "3"), (1, 13, 4)]:
        body = {"run_id": run["run_id"], "key": "m", "value": value, "timestamp": timestamp, "step": step}
        assert http("POST", "/api/2.0/mlflow/runs/log-metric", json=body).status_code == 200
    path = f"/api/2.0/mlflow/metrics/get-history?run_id={run['run_id']}&metric_key=m"
    points = http("GET", path).json()["metrics"]
    assert [point["value"] for point in points] == [0.5, "NaN", -1.7976931348623157e308, 1]
    assert [point["step"] for point in points] == [1, 2, 3, 4]
    found = http("POST", "/api/2.0/mlflow/experiments/search", json={"max_results": "1000", "view_type": 1})
    assert found.json()["experiments"]


def test_json_inside_json_and_no_body(http):
    assert http("POST", CREATE, json=json.dumps({"experiment_id": "0"})).status_code == 200
    reply = http("POST", CREATE, headers={"content-type": "application/json"})
    assert reply.json()["run"]["info"]["experiment_id"] == "0"


def test_old_clients_say_run_uuid(http, run):
    reply = http("POST", "/api/2.0/mlflow/runs/update", json={"run_uuid": run["run_id"], "status": "FINISHED"})
    assert reply.json()["run_info"]["status"] == "FINISHED"
    assert run["run_uuid"] == run["run_id"]


def test_content_type_is_checked(http):
    for kind in ["text/plain", "application/x-www-form-urlencoded"]:
        reply = http("POST", CREATE, data='{"experiment_id": "0"}', headers={"content-type": kind})
        assert (reply.status_code, reply.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
        assert "Content-Type" in reply.json()["message"]


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        ("experiments/create", {}, "Missing value for required parameter 'name'."),
        ("experiments/create", {"name": 123}, "Invalid value 123 for parameter 'name' supplied"),
        ("runs/log-batch", {"run_id": "x", "metrics": [{"value": 1, "timestamp": 1}]}, "'metrics[0].key'"),
        ("runs/search", {"max_results": 0}, "Invalid value 0 for parameter 'max_results'"),
        ("runs/search", {"page_token": "nonsense"}, "cursor"),
        ("runs/set-tag", {"run_id": "x"}, "Missing value for required parameter 'key'."),
    ],
)
def test_errors_name_the_field(http, path, body, text):
    reply = http("POST", f"/api/2.0/mlflow/{path}", json=body)
    assert reply.status_code == 400
    assert reply.json()["error_code"] == "INVALID_PARAMETER_VALUE"
    assert text in reply.json()["message"]


@pytest.mark.parametrize("key", ["../a", "/a", "a/../b", "a//b", "a$b", "x" * 251, ""])
def test_keys_are_paths(http, run, key):
    body = {"run_id": run["run_id"], "key": key, "value": 1, "timestamp": 1}
    assert http("POST", "/api/2.0/mlflow/runs/log-metric", json=body).status_code == 400


def test_limits_of_a_batch(http, run):
    def send(**parts):
        return http("POST", "/api/2.0/mlflow/runs/log-batch", json={"run_id": run["run_id"], **parts})

    metrics = [{"key": "m", "value": 1, "timestamp": 1, "step": step} for step in range(1001)]
    assert "at most 1000 metrics" in send(metrics=metrics).json()["message"]
    params = [{"key": f"p{index}", "value": "1"} for index in range(101)]
    assert "at most 100 params" in send(params=params).json()["message"]
    twice = [{"key": "p", "value": "1"}, {"key": "p", "value": "2"}]
    assert "Duplicate parameter keys" in send(params=twice).json()["message"]
    assert send(params=[{"key": "long", "value": "x" * 7000}]).status_code == 200
    found = http("GET", f"/api/2.0/mlflow/runs/get?run_id={run['run_id']}").json()["run"]["data"]
    assert [len(param["value"]) for param in found["params"]] == [6000]
    assert "metrics" not in found


def test_texts_that_the_database_cannot_keep(http, run):
    body = {"run_id": run["run_id"], "key": "a", "value": "x\u0000y"}
    assert http("POST", "/api/2.0/mlflow/runs/set-tag", json=body).status_code == 400


def test_delete_takes_its_body(http):
    reply = http("DELETE", "/api/2.0/mlflow/registered-models/delete", json={"name": "nobody"})
    assert (reply.status_code, reply.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")


def test_files_in_parts_are_declined_in_words_that_clients_know(http):
    reply = http("POST", "/api/2.0/mlflow-artifacts/mpu/create/x", json={"path": "x", "num_parts": 2})
    assert reply.json()["message"].startswith("Multipart upload is not supported for the current artifact repository")
