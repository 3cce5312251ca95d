from collections import Counter

import pandas as pd
import pytest
from atelier_modules.api import Column, ModuleError, Table
from atelier_modules.testing import run_module

LEFT = pd.DataFrame({"id": [3, 1, 2, 1], "name": ["Cy", "Ana", "Bo", "Ann"]})
RIGHT = pd.DataFrame({"key": [1, 2, 2, 9], "city": ["Porto", "Graz", "Linz", "Rome"]})


def join(left, right, left_keys: str = '["id"]', right_keys: str = '["key"]', **parameters):
    values = {"left_keys": left_keys, "right_keys": right_keys, **parameters}
    return run_module("join_data", values, left_dataset=left, right_dataset=right)


def rows(table: Table) -> list[tuple]:
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in table.frame.itertuples(index=False)
    ]


@pytest.mark.parametrize(
    ("kind", "how"), [("inner", "inner"), ("left_outer", "left"), ("full_outer", "outer")]
)
def test_same_rows_as_merge(kind, how):
    table = join(LEFT, RIGHT, join_type=kind)["results_dataset"]
    expected = Table(LEFT.merge(RIGHT, left_on="id", right_on="key", how=how))
    assert table.names == expected.names
    assert Counter(rows(table)) == Counter(rows(expected))


def test_rows_keep_the_order_of_the_left_table(types):
    out = join(LEFT, RIGHT, join_type="left_outer")
    table = out["results_dataset"]
    assert rows(table) == [
        (3, "Cy", None, None),
        (1, "Ana", 1, "Porto"),
        (2, "Bo", 2, "Graz"),
        (2, "Bo", 2, "Linz"),
        (1, "Ann", 1, "Porto"),
    ]
    assert types(table)["key"] == "integer"
    assert out.fact == "5 rows, 4 matched"


def test_semi_join_keeps_only_left_rows_once():
    out = join(LEFT, RIGHT, join_type="left_semi")
    assert rows(out["results_dataset"]) == [(1, "Ana"), (2, "Bo"), (1, "Ann")]
    assert out.fact == "3 of 4 rows match"


def test_without_the_right_keys_a_full_join_fills_the_left_ones():
    table = join(LEFT, RIGHT, join_type="full_outer", keep_right_key_columns=False)["results_dataset"]
    assert table.names == ["id", "name", "city"]
    assert rows(table)[-1] == (9, None, "Rome")
    assert not table.frame["id"].isna().any()


def test_several_keys_in_the_order_of_the_lists():
    left = pd.DataFrame({"a": [1, 1, 2], "b": ["x", "y", "x"], "v": [10, 20, 30]})
    right = pd.DataFrame({"p": ["x", "y"], "q": [1, 1], "w": [7, 8]})
    table = join(left, right, '["a","b"]', '["q","p"]', keep_right_key_columns=False)["results_dataset"]
    assert rows(table) == [(1, "x", 10, 7), (1, "y", 20, 8)]


def test_case():
    left, right = pd.DataFrame({"id": ["Ana", "BO"]}), pd.DataFrame({"key": ["ana", "BO"]})
    assert rows(join(left, right)["results_dataset"]) == [("BO", "BO")]
    assert len(rows(join(left, right, match_case=False)["results_dataset"])) == 2


def test_missing_keys_match_nothing():
    left = pd.DataFrame({"id": pd.array([1, None], dtype="Int64"), "n": ["a", "b"]})
    right = pd.DataFrame({"key": pd.array([None, 1], dtype="Int64"), "c": ["x", "y"]})
    assert rows(join(left, right)["results_dataset"]) == [(1, "a", 1, "y")]
    assert len(rows(join(left, right, join_type="full_outer")["results_dataset"])) == 3


def test_keys_of_numbers_mix_and_dates_match(people):
    assert rows(join(pd.DataFrame({"id": [1, 2]}), pd.DataFrame({"key": [2.0, 2.5]}))["results_dataset"]) == [
        (2, 2.0)
    ]
    dates = people.keep(["joined"]).renamed({"joined": "key"})
    table = join(people, dates, '["joined"]', '["key"]')["results_dataset"]
    assert table.rows == 4


def test_equal_names_and_two_labels():
    left = Table(pd.DataFrame({"id": [1], "y": ["a"]}), [Column("y", "string", role="label")])
    right = Table(pd.DataFrame({"id": [1], "y": ["b"]}), [Column("y", "string", True, "label")])
    table = join(left, right, '["id"]', '["id"]')["results_dataset"]
    assert table.names == ["id", "y", "id_right", "y_right"]
    assert table.label_column() == "y"
    assert table.column("y_right") == Column("y_right", "string", True, "feature")


def test_empty_one_row_and_wide_text(people, empty, one_row, wide):
    keys = ('["name"]', '["name"]')
    assert join(people, empty, *keys)["results_dataset"].rows == 0
    assert join(people, empty, *keys, join_type="left_outer")["results_dataset"].rows == 5
    assert join(empty, people, *keys, join_type="full_outer")["results_dataset"].rows == 5
    assert join(one_row, people, *keys)["results_dataset"].rows == 1
    # An empty text is a value, and matches itself.
    assert join(wide, wide, '["text"]', '["text"]')["results_dataset"].rows == 5


def test_errors(people):
    with pytest.raises(ModuleError) as caught:
        join(LEFT, people, '["id"]', '["name"]')
    assert (caught.value.parameter, caught.value.column) == ("right_keys", "name")
    with pytest.raises(ModuleError) as caught:
        join(LEFT, RIGHT, '["id"]', '["key","city"]')
    assert caught.value.parameter == "right_keys"
