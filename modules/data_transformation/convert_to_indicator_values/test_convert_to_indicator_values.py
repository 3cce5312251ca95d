import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import Column, ModuleError, Table
from atelier_modules.testing import run_module


def indicate(table, columns: str, overwrite: bool = False):
    values = {"columns": columns, "overwrite_categorical_columns": overwrite}
    return run_module("convert_to_indicator_values", values, dataset=table)


def test_like_get_dummies():
    frame = pd.DataFrame({"colour": ["red", "blue", "red", None], "n": [1, 2, 3, 4]})
    table = indicate(frame, '["colour"]', overwrite=True)["results_dataset"]
    expected = pd.get_dummies(frame["colour"], prefix="colour", prefix_sep="-", dtype=int)
    expected["colour-Missing"] = [0, 0, 0, 1]
    pd.testing.assert_frame_equal(table.frame, pd.concat([frame[["n"]], expected], axis=1), check_dtype=False)


def test_the_columns_stay_unless_overwritten(people, types):
    out = indicate(people, '["city"]')
    table = out["results_dataset"]
    assert table.names == [*people.names, "city-Graz", "city-Porto", "city-Missing"]
    assert types(table)["city-Graz"] == "integer"
    assert table.frame[["city-Graz", "city-Porto", "city-Missing"]].sum(axis=1).tolist() == [1] * 5
    assert out.fact == "1 column into 3"


def test_numbers_and_booleans(people):
    table = Table(
        pd.DataFrame({"mpg": [25.0, 30.0, 25.0, 26.5]}), [Column("mpg", "double", categorical=True)]
    )
    found = indicate(table, '["mpg"]', overwrite=True)["results_dataset"]
    assert found.names == ["mpg-25", "mpg-26.5", "mpg-30"]
    assert indicate(people, '["active"]', overwrite=True)["results_dataset"].names[-3:] == [
        "active-false",
        "active-true",
        "active-Missing",
    ]


def test_unseen_categories_give_zeros_and_the_columns_stay():
    out = indicate(pd.DataFrame({"c": ["a", "b"]}), '["c"]', overwrite=True)
    later = out["indicator_values_transformation"].apply(Table(pd.DataFrame({"c": ["b", "new", None]})))
    assert later.frame.to_dict("list") == {"c-a": [0, 0, 0], "c-b": [1, 0, 0]}


def test_an_integer_category_is_found_in_doubles():
    table = Table(pd.DataFrame({"k": [1, 2]}), [Column("k", "integer", categorical=True)])
    transform = indicate(table, '["k"]', overwrite=True)["indicator_values_transformation"]
    later = transform.apply(Table(pd.DataFrame({"k": [2.0, np.nan]})))
    assert later.frame.to_dict("list") == {"k-1": [0, 0], "k-2": [1, 0]}


def test_a_number_that_is_no_category_is_refused(people):
    with pytest.raises(ModuleError) as caught:
        indicate(people, '["age"]')
    assert (caught.value.parameter, caught.value.column) == ("columns", "age")


def test_a_name_that_is_taken_gets_a_number():
    frame = pd.DataFrame({"c": ["a"], "c-a": [7]})
    assert indicate(frame, '["c"]')["results_dataset"].frame.to_dict("list") == {
        "c": ["a"],
        "c-a": [7],
        "c-a_2": [1],
    }


def test_empty_one_row_and_wide_text(empty, one_row, wide):
    assert indicate(empty, '["city"]')["results_dataset"].names == empty.names
    assert indicate(one_row, '["city"]')["results_dataset"].frame["city-Graz"].tolist() == [1]
    assert indicate(wide, '["text"]', overwrite=True)["results_dataset"].frame.shape == (5, 6)
