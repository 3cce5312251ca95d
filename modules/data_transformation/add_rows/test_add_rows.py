import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module


def add(first, second) -> Table:
    return run_module("add_rows", {}, dataset1=first, dataset2=second)["results_dataset"]


def test_like_concat(people):
    expected = pd.concat([people.frame, people.frame], ignore_index=True)
    pd.testing.assert_frame_equal(add(people, people).frame, expected, check_dtype=False)


def test_columns_are_matched_by_name(people):
    turned = people.keep(list(reversed(people.names)))
    assert add(people, turned).frame["age"].tolist() == [*people.frame["age"], *people.frame["age"]]


def test_other_names_are_matched_by_position():
    table = add(pd.DataFrame({"a": [1], "b": ["x"]}), pd.DataFrame({"c": [2], "d": ["y"]}))
    assert table.frame.to_dict("list") == {"a": [1, 2], "b": ["x", "y"]}


def test_numbers_mix_and_a_column_of_nothing_fits_all(types):
    table = add(pd.DataFrame({"n": [1], "e": ["x"]}), pd.DataFrame({"n": [1.5], "e": [float("nan")]}))
    assert types(table) == {"n": "double", "e": "string"}
    assert table.frame["n"].tolist() == [1.0, 1.5]
    assert table.frame["e"].isna().tolist() == [False, True]


def test_roles_are_kept(people):
    assert add(people.set_role("city", "label"), people).label_column() == "city"


def test_empty_and_one_row(people, empty, one_row):
    pd.testing.assert_frame_equal(add(empty, people).frame, people.frame, check_dtype=False)
    pd.testing.assert_frame_equal(add(people, empty).frame, people.frame, check_dtype=False)
    assert add(empty, one_row).rows == 1
    assert add(empty, empty).rows == 0


def test_wide_text(wide):
    assert add(wide, wide).frame["text"].tolist() == wide.frame["text"].tolist() * 2


def test_dates_of_other_zones():
    local = pd.DataFrame({"at": pd.to_datetime(["2024-01-01"])})
    utc = pd.DataFrame({"at": pd.to_datetime(["2024-01-01"], utc=True)})
    assert add(local, utc).frame["at"].nunique() == 1


def test_other_types_and_counts_are_refused(people):
    with pytest.raises(ModuleError) as caught:
        add(pd.DataFrame({"a": ["x"]}), pd.DataFrame({"a": [1]}))
    assert caught.value.column == "a"
    with pytest.raises(ModuleError, match="6 columns"):
        add(people, people.keep(["age"]))
