import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module

MARKED = pd.DataFrame(
    {"age": ["34", "?", "51"], "rate": ["1.5", "?", "2"], "job": ["a?", "?", "b"], "n": [1, 2, 3]}
)


def convert(table, **parameters) -> Table:
    return run_module("convert_to_dataset", parameters, dataset=table)["results_dataset"]


def replace(table, new: str, old: str | None = None) -> Table:
    options = {"replace": "missing"} if old is None else {"replace": "custom", "custom_value": old}
    return convert(table, action="replace_values", new_value=new, **options)


def test_as_it_is(people):
    pd.testing.assert_frame_equal(convert(people).frame, people.frame, check_dtype=False)


def test_a_placeholder_becomes_missing_and_numbers_numeric(types):
    table = convert(MARKED, action="set_missing_values")
    assert types(table) == {"age": "integer", "rate": "double", "job": "string", "n": "integer"}
    assert table.frame.isna().sum().tolist() == [1, 1, 1, 0]
    assert table.frame["job"][0] == "a?"
    assert table.frame["age"].dropna().tolist() == [34, 51]


@pytest.mark.parametrize(
    ("marker", "column"), [("34", "age"), ("-30", "balance"), ("true", "active"), ("2024-02-29", "joined")]
)
def test_a_placeholder_of_every_type(people, types, marker, column):
    table = convert(people, action="set_missing_values", custom_missing_value=marker)
    more = table.frame.isna().sum() - people.frame.isna().sum()
    assert more[column] >= 1
    assert types(table) == types(people)


def test_only_whole_values_are_replaced(types):
    table = replace(pd.DataFrame({"t": ["obs", "obs.", "obsolete"], "n": [3, 35, 3]}), "x", "obs")
    assert table.frame["t"].tolist() == ["x", "obs.", "obsolete"]
    table = replace(pd.DataFrame({"n": [3, 35, 3], "f": [3.0, 3.5, 0.0]}), "-1", "3")
    assert table.frame.to_dict("list") == {"n": [-1, 35, -1], "f": [-1.0, 3.5, 0.0]}
    assert types(table) == {"n": "integer", "f": "double"}


def test_replacing_keeps_other_missing_values(people):
    table = replace(people.keep(["age"]), "1", "34")
    assert table.frame["age"].tolist()[:2] == [1, 51]
    assert table.frame["age"].isna().sum() == 1


def test_missing_values_are_replaced():
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "t": ["a", None], "e": [None, None]})
    assert replace(frame, "7").frame.to_dict("list") == {"n": [1, 7], "t": ["a", "7"], "e": [7, 7]}


def test_a_value_that_does_not_fit_names_column_and_row(people):
    with pytest.raises(ModuleError) as caught:
        replace(people, "none")
    assert (caught.value.parameter, caught.value.column, caught.value.row) == ("new_value", "age", 4)


def test_roles_empty_one_row_and_wide_text(people, empty, one_row, wide):
    assert convert(people.set_role("city", "label"), action="set_missing_values").label_column() == "city"
    assert replace(empty, "x").rows == 0
    assert replace(one_row, "x", "Ana").frame["name"].tolist() == ["x"]
    assert replace(wide, "short", "x" * 20_000).frame["text"][1] == "short"
