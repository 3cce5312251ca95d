import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module


def remember(table):
    return run_module("select_columns_transform", {}, dataset_with_wanted_columns=table)


def test_the_same_columns_in_the_same_order(people, types):
    out = remember(people.keep(["city", "age"]))
    found = out["columns_selection_transformation"].apply(people)
    assert found.names == ["city", "age"]
    assert found.column("city").categorical
    assert found.frame["age"].equals(people.frame["age"])
    assert out.fact == "2 columns"


def test_columns_may_be_missing_later_but_not_misspelt(people, empty, one_row):
    transform = remember(people.keep(["age", "city"]))["columns_selection_transformation"]
    assert transform.apply(people.keep(["name", "age"])).names == ["age"]
    assert transform.apply(empty).rows == 0
    assert transform.apply(one_row).rows == 1
    with pytest.raises(ModuleError) as caught:
        transform.apply(people.renamed({"age": "Age"}))
    assert caught.value.column == "age"


def test_a_selection_from_an_empty_table(people, empty):
    assert remember(empty)["columns_selection_transformation"].apply(people).names == people.names


def test_no_columns(people):
    with pytest.raises(ModuleError):
        remember(people.keep([]))
