import json

import pytest
from serving_models import FRAME, save_python_model

from atelier_serving.errors import ScoringError
from atelier_serving.mlflow_model import MlflowScorer

RECORDS = FRAME.head(2).to_dict(orient="records")
SPLIT = {"columns": list(FRAME.columns), "data": FRAME.head(2).values.tolist()}
LISTS = {name: FRAME[name].head(2).tolist() for name in FRAME.columns}


@pytest.fixture(scope="module")
def scorer(classifier):
    return MlflowScorer(classifier, "churn:1")


def score(scorer, body, **query):
    return json.loads(scorer.score(json.dumps(body).encode(), query)[0])


@pytest.mark.parametrize(
    "body",
    [
        {"input_data": SPLIT},
        {"input_data": {**SPLIT, "index": [4, 5]}},
        {"input_data": RECORDS},
        {"input_data": LISTS},
        {"input_data": SPLIT["data"]},
        {"dataframe_split": SPLIT},
        {"dataframe_records": RECORDS},
        {"inputs": LISTS},
        {"inputs": RECORDS},
        {"instances": RECORDS},
        RECORDS,
        [{**record, "unknown": 1} for record in RECORDS],
    ],
)
def test_every_body_gives_what_the_model_itself_predicts(scorer, body):
    assert score(scorer, body) == scorer.model.predict(FRAME.head(2)).tolist()


def test_one_row_as_a_plain_map(scorer):
    assert score(scorer, {"input_data": RECORDS[0]}) == score(scorer, RECORDS)[:1]


def test_whole_numbers_are_fine_where_the_model_needs_any_number(scorer):
    assert len(score(scorer, [{**RECORDS[0], "rate": 2}])) == 1


def test_probabilities_are_given_when_asked_for(scorer):
    reply = score(scorer, RECORDS, probabilities="true")
    assert reply["classes"] == ["no", "yes"]
    assert [len(row) for row in reply["probabilities"]] == [2, 2]
    assert all(abs(sum(row) - 1) < 1e-9 for row in reply["probabilities"])
    chosen = [reply["classes"][row.index(max(row))] for row in reply["probabilities"]]
    assert chosen == reply["predictions"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ([{"job": "clerk", "rate": 1}], "age"),
        ([{"age": "old", "job": "clerk", "rate": 1}], "age"),
        ([{"age": 1, "job": 5, "rate": 1}], "job"),
        ({"input_data": {"age": [1, 2], "job": "clerk", "rate": [1, 2]}}, "job"),
    ],
)
def test_a_wrong_column_is_named(scorer, body, path):
    with pytest.raises(ScoringError) as caught:
        score(scorer, body)
    assert (caught.value.status, caught.value.path) == (400, path)


def test_a_failing_model_is_not_the_callers_fault(broken_model):
    with pytest.raises(ScoringError) as caught:
        score(MlflowScorer(broken_model, "broken:1"), RECORDS)
    assert caught.value.status == 424
    assert "RuntimeError: the disk of the model is gone" in caught.value.message


def test_tensors_and_params(tensor_model):
    scorer = MlflowScorer(tensor_model, "tensor:1")
    assert score(scorer, {"input_data": [[1, 2], [3, 4]]}) == [[2, 4], [6, 8]]
    assert score(scorer, {"inputs": [[1, 2]], "params": {"factor": 10}}) == [[10, 20]]
    assert score(scorer, [[0.5, 1]]) == [[1, 2]]
    with pytest.raises(ScoringError, match=r"shape \(1, 3\), the model needs \(-1, 2\)"):
        score(scorer, [[1, 2, 3]])
    with pytest.raises(ScoringError, match="factor"):
        score(scorer, {"inputs": [[1, 2]], "params": {"factor": "much"}})
    with pytest.raises(ScoringError, match="no classifier"):
        score(scorer, [[1, 2]], probabilities="1")


def test_named_tensors(named_tensor_model):
    scorer = MlflowScorer(named_tensor_model, "named:1")
    data = {"left": [[1, 2], [3, 4]], "right": [5, 6]}
    assert score(scorer, {"input_data": data}) == {"left": [[2, 4], [6, 8]], "right": [10, 12]}
    with pytest.raises(ScoringError) as caught:
        score(scorer, {"input_data": {"left": [[1, 2]]}})
    assert caught.value.path == "right"


def test_a_model_without_signature_takes_what_comes(tmp_path):
    from serving_models import Doubler

    scorer = MlflowScorer(save_python_model(tmp_path / "free", Doubler(), None), "free:1")
    assert score(scorer, {"input_data": [[1, 2]]}) == [[2, 4]]
    assert score(scorer, {"dataframe_split": {"columns": ["a"], "data": [[4]]}}) == [[8]]


def test_the_document_says_how_to_call(scorer):
    document = scorer.openapi()
    row = document["components"]["schemas"]["Row"]
    assert list(row["properties"]) == ["age", "job", "rate"]
    assert row["properties"]["age"] == {"type": "integer", "format": "int64"}
    assert row["required"] == ["age", "job", "rate"]
    assert document["x-classes"] == ["no", "yes"]
    example = document["paths"]["/score"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert example["input_data"]["data"] == [[31, "clerk", 1.5]]
    assert len(score(scorer, example)) == 1
