from __future__ import annotations

import uuid

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException


def make_five() -> str:
    """Runs r0 … r4; r4 has no auc, that of r3 is not a number."""
    client = MlflowClient()
    experiment = mlflow.set_experiment(f"t-{uuid.uuid4().hex[:10]}")
    for index in range(5):
        run = client.create_run(
            experiment.experiment_id, run_name=f"r{index}", start_time=1_700_000_000_000 + index
        )
        if index < 4:
            client.log_metric(run.info.run_id, "auc", float("nan") if index == 3 else index / 10)
        client.log_param(run.info.run_id, "kind", "odd" if index % 2 else "even")
        client.set_tag(run.info.run_id, "my tag", f"Value{index}")
        client.set_terminated(run.info.run_id, "FAILED" if index == 0 else "FINISHED")
    return experiment.experiment_id


@pytest.fixture(scope="module")
def five() -> str:
    return make_five()


def names(client, number, *args, **options):
    return [run.info.run_name for run in client.search_runs([number], *args, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["r4", "r3", "r2", "r1", "r0"]),
        ("metrics.auc > 0.05", ["r2", "r1"]),
        ("metrics.auc >= 0.1 and metric.auc < 0.2", ["r1"]),
        ("params.kind = 'odd'", ["r3", "r1"]),
        ("params.kind != 'odd'", ["r4", "r2", "r0"]),
        ("params.kind LIKE 'o%'", ["r3", "r1"]),
        ("tags.`my tag` ILIKE 'value%' AND tags.\"my tag\" != 'Value4'", ["r3", "r2", "r1", "r0"]),
        ("attributes.status = 'FAILED'", ["r0"]),
        ("status = 'FINISHED' and run_name IN ('r1', 'r2')", ["r2", "r1"]),
        ("attributes.run_name NOT IN ('r1', 'r2')", ["r4", "r3", "r0"]),
        ("start_time > 1700000000002", ["r4", "r3"]),
        ("metrics.auc IS NULL", ["r4"]),
        ("params.other IS NOT NULL", []),
    ],
)
def test_filters(client, five, text, expected):
    assert names(client, five, text) == expected


def test_order_puts_missing_values_last(client, five):
    assert names(client, five, order_by=["metrics.auc DESC"]) == ["r2", "r1", "r0", "r3", "r4"]
    assert names(client, five, order_by=["metrics.auc ASC"]) == ["r0", "r1", "r2", "r3", "r4"]
    assert names(client, five, order_by=["params.kind", "start_time ASC"])[:3] == ["r0", "r2", "r4"]
    assert names(client, five, order_by=["attributes.run_name DESC"])[0] == "r4"


@pytest.mark.parametrize("order", [[], ["metrics.auc DESC"], ["params.kind ASC", "name DESC"], ["end_time DESC"]])
def test_pages_hold_each_run_once(client, five, order):
    whole = names(client, five, order_by=order)
    paged, token = [], None
    while True:
        page = client.search_runs([five], order_by=order, max_results=2, page_token=token)
        paged += [run.info.run_name for run in page]
        token = page.token
        if not token:
            break
    assert paged == whole


def test_data_frame(five):
    frame = mlflow.search_runs([five], "metrics.auc > 0.05")
    assert list(frame["metrics.auc"]) == [0.2, 0.1]
    assert list(frame["params.kind"]) == ["even", "odd"]


def test_deleted_runs(client):
    five = make_five()
    [run] = client.search_runs([five], "run_name = 'r1'")
    client.delete_run(run.info.run_id)
    assert names(client, five, run_view_type=ViewType.DELETED_ONLY) == ["r1"]
    assert len(names(client, five, run_view_type=ViewType.ALL)) == 5


@pytest.mark.parametrize(
    "text",
    ["metrics.auc > 'high'", "params.kind > 'a'", "a or b", "metrics.auc >", "nothing = 'x'", "params.kind = 'open"],
)
def test_a_filter_without_sense_is_the_callers_fault(client, five, text):
    with pytest.raises(MlflowException) as wrong:
        client.search_runs([five], text)
    assert wrong.value.error_code == "INVALID_PARAMETER_VALUE"
    assert "character" in str(wrong.value)
