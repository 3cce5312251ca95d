import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module
from sklearn.impute import SimpleImputer

NUMBERS = pd.DataFrame(
    {"a": [1.0, np.nan, 4.0, 4.0], "b": [np.nan, 10.0, 30.0, np.nan], "c": [1.5, 2.5, 3.5, 4.5]}
)


def clean(table, columns: str = '{"begin":"all"}', **parameters):
    return run_module("clean_missing_data", {"columns": columns, **parameters}, dataset=table)


def cleaned(table, columns: str = '{"begin":"all"}', **parameters) -> Table:
    return clean(table, columns, **parameters)["cleaned_dataset"]


@pytest.mark.parametrize(
    ("mode", "strategy"), [("mean", "mean"), ("median", "median"), ("mode", "most_frequent")]
)
def test_same_values_as_an_imputer(mode, strategy):
    expected = SimpleImputer(strategy=strategy).fit_transform(NUMBERS)
    np.testing.assert_allclose(cleaned(NUMBERS, cleaning_mode=mode).frame.to_numpy(), expected)


def test_the_saved_cleaning_uses_the_values_of_then():
    out = clean(NUMBERS, cleaning_mode="mean")
    later = Table(pd.DataFrame({"c": [np.nan], "a": [np.nan], "b": [100.0], "z": [np.nan]}))
    found = out["cleaning_transformation"].apply(later).frame
    assert found["c"].tolist() == [3.0]
    assert found["a"].tolist() == [3.0]
    assert found["b"].tolist() == [100.0]
    assert found["z"].isna().all()


def test_custom_values_in_every_type(people, types):
    for column, value, expected in [
        ("name", "none", "none"),
        ("age", "0", 0),
        ("balance", "2.5", 2.5),
        ("active", "false", False),
        ("joined", "2000-01-01", pd.Timestamp("2000-01-01")),
    ]:
        table = cleaned(people, f'["{column}"]', cleaning_mode="custom_value", replacement_value=value)
        gap = int(np.flatnonzero(people.frame[column].isna())[0])
        assert table.frame[column][gap] == expected
        assert types(table) == types(people)
        assert table.frame[column].isna().sum() == 0


def test_a_value_of_another_type_names_the_column(people):
    with pytest.raises(ModuleError) as caught:
        clean(people, '["age"]', cleaning_mode="custom_value", replacement_value="old")
    assert (caught.value.parameter, caught.value.column) == ("replacement_value", "age")


def test_a_mean_of_text_names_the_column_only_when_it_has_gaps(people):
    with pytest.raises(ModuleError) as caught:
        clean(people, '["name"]', cleaning_mode="mean")
    assert (caught.value.parameter, caught.value.column) == ("cleaning_mode", "name")
    whole = Table(pd.DataFrame({"name": ["a", "b"], "n": [1.0, np.nan]}))
    assert cleaned(whole, cleaning_mode="mean").frame["n"].tolist() == [1.0, 1.0]


def test_an_integer_column_stays_one_while_its_mean_is_whole(types):
    table = Table(
        pd.DataFrame({"w": pd.array([1, 3, None], dtype="Int64"), "h": pd.array([1, 2, None], dtype="Int64")})
    )
    found = cleaned(table, cleaning_mode="mean")
    assert types(found) == {"w": "integer", "h": "double"}
    assert found.frame["w"].tolist() == [1, 3, 2]
    assert found.frame["h"].tolist() == [1, 2, 1.5]


def test_remove_rows_and_columns(people):
    out = clean(people, '["age", "name"]', cleaning_mode="remove_row")
    assert out["cleaned_dataset"].frame["name"].tolist() == ["Ana", "Bo", "Di"]
    assert out.fact == "2 of 5 rows removed"
    frame = NUMBERS.assign(d=1)
    out = clean(frame, cleaning_mode="remove_column")
    assert out["cleaned_dataset"].names == ["c", "d"]
    # The columns were chosen when it was fitted, not anew.
    later = Table(pd.DataFrame({"a": [1.0], "b": [1.0], "c": [np.nan], "d": [1]}))
    assert out["cleaning_transformation"].apply(later).names == ["c", "d"]


@pytest.mark.parametrize(
    ("low", "high", "touched"), [(0, 1, "ab"), (0.3, 1, "b"), (0, 0.3, "a"), (0.6, 1, "")]
)
def test_only_columns_within_the_ratios(low, high, touched):
    found = cleaned(
        NUMBERS,
        cleaning_mode="custom_value",
        minimum_missing_value_ratio=low,
        maximum_missing_value_ratio=high,
    ).frame
    assert [name for name in "ab" if not found[name].isna().any()] == list(touched)


def test_ratios_the_wrong_way_round():
    with pytest.raises(ModuleError) as caught:
        clean(NUMBERS, minimum_missing_value_ratio=0.5, maximum_missing_value_ratio=0.1)
    assert caught.value.parameter == "minimum_missing_value_ratio"


def test_indicator_columns():
    found = cleaned(NUMBERS, '["a"]', cleaning_mode="mean", generate_missing_value_indicator_column=True)
    assert found.frame["a_IsMissing"].tolist() == [False, True, False, False]


@pytest.mark.parametrize("mode", ["mean", "median", "mode"])
def test_a_column_with_nothing_in_it(mode):
    frame = pd.DataFrame({"x": [np.nan, np.nan]})
    assert cleaned(frame, cleaning_mode=mode).frame["x"].isna().all()
    filled = cleaned(frame, cleaning_mode=mode, columns_with_all_missing_values="fill")
    assert filled.frame["x"].tolist() == [0, 0]


@pytest.mark.parametrize("mode", ["mean", "median", "mode"])
def test_a_column_with_nothing_in_it_can_go_and_goes_from_later_tables_too(mode):
    frame = pd.DataFrame({"x": [np.nan, np.nan], "n": [1.0, np.nan], "y": [None, None]})
    out = clean(frame, cleaning_mode=mode, columns_with_all_missing_values="remove")
    assert out["cleaned_dataset"].names == ["n"] and out["cleaned_dataset"].frame["n"].tolist() == [1, 1]
    later = frame.assign(x=[5.0, 6.0])
    applied = run_module(
        "apply_transformation", transformation=out["cleaning_transformation"], dataset=later
    )["transformed_dataset"]
    assert applied.names == ["n"]
    # Of no rows nothing can be told, so nothing goes.
    assert clean(frame.iloc[:0], cleaning_mode=mode, columns_with_all_missing_values="remove")[
        "cleaned_dataset"
    ].names == ["x", "n", "y"]


def test_roles_and_folds_stay(people):
    table = cleaned(people.set_role("age", "label"), '["age"]', cleaning_mode="median")
    assert table.label_column() == "age"
    assert table.column("city").categorical


@pytest.mark.parametrize("mode", ["custom_value", "mean", "median", "mode", "remove_row", "remove_column"])
def test_empty_and_one_row(empty, one_row, mode):
    assert cleaned(empty, '["age","balance"]', cleaning_mode=mode).rows == 0
    assert cleaned(one_row, '["age","balance"]', cleaning_mode=mode).frame["age"].tolist() == [34]


def test_wide_text_and_the_mode_of_categories(wide, people):
    assert cleaned(wide, cleaning_mode="mode").frame["text"].tolist() == wide.frame["text"].tolist()
    assert cleaned(people, '["city"]', cleaning_mode="mode").frame["city"].tolist().count("Graz") == 3


def test_columns_may_be_missing_later_but_not_misspelt():
    table = Table(pd.DataFrame({"x": [1.0, None], "y": [1.0, 0.0]}))
    transform = clean(table, cleaning_mode="mean")["cleaning_transformation"]
    assert transform.apply(Table(pd.DataFrame({"x": [np.nan]}))).frame["x"].tolist() == [1.0]
    with pytest.raises(ModuleError) as caught:
        transform.apply(Table(pd.DataFrame({"X": [1.0]})))
    assert caught.value.column == "x"
    assert caught.value.hint == "Did you mean “X”?"


def test_a_single_row_whose_value_is_missing_when_scored(people):
    transform = clean(people, '["city"]', cleaning_mode="mode")["cleaning_transformation"]
    # A column with no value at all is read as doubles.
    row = Table(pd.DataFrame({"city": [np.nan]}))
    assert transform.apply(row).frame["city"].tolist() == ["Graz"]
