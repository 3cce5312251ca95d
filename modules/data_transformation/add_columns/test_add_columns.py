import pandas as pd
from atelier_modules.api import Table
from atelier_modules.testing import run_module


def add(left, right) -> Table:
    return run_module("add_columns", {}, left_dataset=left, right_dataset=right)["combined_dataset"]


def test_side_by_side_like_concat(people):
    right = pd.DataFrame({"x": range(5), "y": list("abcde")})
    expected = pd.concat([people.frame, right], axis=1)
    pd.testing.assert_frame_equal(add(people, right).frame, expected, check_dtype=False)


def test_the_shorter_side_is_filled_with_missing(people, one_row, types):
    table = add(people, one_row.renamed({name: f"{name}2" for name in one_row.names}))
    assert table.rows == 5
    assert table.frame["age2"].isna().tolist() == [False, True, True, True, True]
    assert types(table)["age2"] == "integer"
    assert types(table)["active2"] == "boolean"
    assert types(table)["joined2"] == "datetime"
    assert table.frame["age2"][0] == 34


def test_equal_names_get_numbers():
    left = pd.DataFrame({"total": [1], "total_1": [2]})
    right = pd.DataFrame({"total": [3]})
    table = add(left, right)
    assert table.frame.to_dict("list") == {"total_1_2": [1], "total_1": [2], "total_2": [3]}


def test_roles_and_categories_stay_with_one_label(people):
    left = people.set_role("name", "label")
    right = people.renamed({name: f"{name}_r" for name in people.names}).set_role("age_r", "label")
    table = add(left, right)
    assert table.label_column() == "name"
    assert table.column("age_r").role == "feature"
    assert table.column("city_r").categorical


def test_empty_sides(people, empty):
    right = empty.renamed({name: f"{name}_r" for name in empty.names})
    assert add(people, right).frame["age_r"].isna().all()
    assert add(empty, right).rows == 0
