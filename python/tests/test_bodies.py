import json

import pytest

from atelier_serving.bodies import Table, parse_body
from atelier_serving.errors import ScoringError

SPLIT = {"columns": ["a", "b"], "data": [[1, "x"], [2, "y"]]}
TABLE = Table(["a", "b"], [[1, 2], ["x", "y"]])


def parse(value):
    return parse_body(json.dumps(value).encode())


@pytest.mark.parametrize("key", ["input_data", "dataframe_split"])
def test_reads_a_split_frame(key):
    assert parse({key: SPLIT}).data == TABLE


@pytest.mark.parametrize("key", ["input_data", "dataframe_records", "inputs", "instances"])
def test_reads_records(key):
    assert parse({key: [{"a": 1, "b": "x"}, {"b": "y", "a": 2}]}).data == TABLE


def test_reads_a_plain_list_of_records():
    assert parse([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]).data == TABLE


def test_reads_one_row():
    assert parse({"a": 1, "b": None}).data == Table(["a", "b"], [[1], [None]])


def test_keeps_the_index_and_the_params():
    body = parse({"input_data": {**SPLIT, "index": [7, 9]}, "params": {"top": 3}})
    assert body.data.index == [7, 9]
    assert body.params == {"top": 3}


def test_a_column_that_some_records_lack_is_missing_there():
    assert parse([{"a": 1}, {"b": 2}]).data == Table(["a", "b"], [[1, None], [None, 2]])


@pytest.mark.parametrize(
    ("value", "path", "words"),
    [
        ({"rows": []}, "", "it has rows"),
        ({"inputs": [], "instances": []}, "", "inputs and instances"),
        ({"input_data": {"columns": ["a"], "data": [[1, 2]]}}, "input_data.data", "row 0 has 2 values"),
        ({"input_data": {"columns": ["a"], "data": [[1]], "index": [1, 2]}}, "input_data.index", "list of 1"),
        ({"input_data": {"columns": ["a", "a"], "data": [[1, 2]]}}, "a", "named twice"),
        ({"dataframe_records": {"a": 1}}, "dataframe_records", "list of objects"),
        ({"inputs": [1], "params": 5}, "params", "object"),
        ([{"a": 1}, 2], "body", "row 1 is not an object"),
        ("text", "", "JSON object"),
    ],
)
def test_says_what_is_wrong_and_where(value, path, words):
    with pytest.raises(ScoringError) as caught:
        parse(value)
    assert caught.value.status == 400
    assert caught.value.path == path
    assert words in caught.value.message


def test_names_the_place_of_broken_json():
    with pytest.raises(ScoringError, match="line 2, column 3"):
        parse_body(b'{"a":\n  }')
