import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module


def edit(table, columns: str, **parameters) -> Table:
    return run_module("edit_metadata", {"columns": columns, **parameters}, dataset=table)["results_dataset"]


def convert(values, kind: str, **parameters) -> Table:
    table = Table(pd.DataFrame({"v": values}))
    return edit(table, '["v"]', data_type=kind, **parameters)


def found(table: Table) -> list:
    return [None if pd.isna(value) else value for value in table.frame["v"]]


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (["1", " 2 ", None], "integer", [1, 2, None]),
        (["9007199254740993", "1"], "integer", [9007199254740993, 1]),
        (["1.0", "2e3"], "integer", [1, 2000]),
        ([1.0, np.nan], "integer", [1, None]),
        ([True, False], "integer", [1, 0]),
        (["1.5", "-2"], "double", [1.5, -2.0]),
        ([1, 2], "double", [1.0, 2.0]),
        (["yes", "No", "t", "0", None], "boolean", [True, False, True, False, None]),
        ([2, 0], "boolean", [True, False]),
        ([1, 2], "string", ["1", "2"]),
        ([1.5, np.nan], "string", ["1.5", None]),
        ([True, False], "string", ["true", "false"]),
        (pd.array([True, None], dtype="boolean"), "string", ["true", None]),
        (
            ["2024-02-29", "2024-02-29T12:30:00", None],
            "datetime",
            [pd.Timestamp(2024, 2, 29), pd.Timestamp(2024, 2, 29, 12, 30), None],
        ),
        ([0, 86400], "datetime", [pd.Timestamp(1970, 1, 1), pd.Timestamp(1970, 1, 2)]),
        ([pd.Timestamp(1970, 1, 2), pd.NaT], "integer", [86400, None]),
        ([pd.Timestamp(2024, 2, 29, 12, 30)], "string", ["2024-02-29T12:30:00"]),
    ],
)
def test_values_are_converted(values, kind, expected, types):
    table = convert(values, kind)
    assert types(table) == {"v": kind}
    assert found(table) == expected


def test_a_date_format():
    assert found(convert(["31.12.2024", "01.02.2024"], "datetime", datetime_format="%d.%m.%Y")) == [
        pd.Timestamp(2024, 12, 31),
        pd.Timestamp(2024, 2, 1),
    ]


@pytest.mark.parametrize(
    ("values", "kind", "row"),
    [
        (["1", None, "abc"], "integer", 3),
        ([1.0, 2.5], "integer", 2),
        ([np.inf], "integer", 1),
        (["x"], "double", 1),
        (["yes", "maybe"], "boolean", 2),
        (["2024-01-01", "2024-02-30"], "datetime", 2),
        ([True], "datetime", 1),
        ([1.0, np.inf], "datetime", 2),
    ],
)
def test_a_value_that_does_not_fit_names_column_and_row(values, kind, row):
    with pytest.raises(ModuleError) as caught:
        convert(values, kind)
    error = caught.value
    assert (error.parameter, error.column, error.row) == ("data_type", "v", row)
    assert f"column “v”, row {row}" in error.message


def test_categories_roles_and_names(people):
    table = edit(people, '["name"]', categorical="make_categorical", fields="label", new_column_names="y")
    assert table.names[0] == "y"
    assert (table.column("y").categorical, table.label_column()) == (True, "y")
    other = edit(table, '["city"]', fields="label", categorical="make_non_categorical")
    assert other.label_column() == "city"
    assert other.column("y").role == "feature"
    assert not other.column("city").categorical


@pytest.mark.parametrize(
    ("before", "fields", "after"),
    [
        ("feature", "clear_feature", "none"),
        ("label", "clear_label", "feature"),
        ("score", "clear_score", "feature"),
        ("none", "feature", "feature"),
        ("feature", "clear_score", "feature"),
        ("label", "clear_feature", "label"),
    ],
)
def test_roles_are_cleared(people, before, fields, after):
    table = edit(people.set_role("age", before), '["age"]', fields=fields)
    assert table.column("age").role == after


def test_new_names_follow_the_order_of_the_table(people):
    table = edit(people, '["city","name"]', new_column_names="first, last")
    assert (table.names[0], table.names[-1]) == ("first", "last")


@pytest.mark.parametrize("names", ["one", "a,b,c", "a,", "a,a", "age,x"])
def test_wrong_new_names(people, names):
    with pytest.raises(ModuleError) as caught:
        edit(people, '["name","city"]', new_column_names=names)
    assert caught.value.parameter == "new_column_names"


def test_only_one_label(people):
    with pytest.raises(ModuleError) as caught:
        edit(people, '["name","city"]', fields="label")
    assert caught.value.parameter == "fields"


@pytest.mark.parametrize("kind", ["string", "integer", "double", "boolean", "datetime"])
def test_empty_and_one_row(empty, one_row, types, kind):
    table = edit(empty, '["balance"]', data_type=kind)
    assert (table.rows, types(table)["balance"]) == (0, kind)
    assert edit(one_row, '["name"]', data_type="string").frame["name"].tolist() == ["Ana"]


def test_wide_text_in_an_error_is_shortened(wide):
    with pytest.raises(ModuleError) as caught:
        edit(wide.take([1]), '["text"]', data_type="integer")
    assert len(caught.value.message) < 200
