import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import Column, ModuleError, Table
from atelier_modules.testing import run_module
from scipy import stats
from sklearn.preprocessing import MinMaxScaler, StandardScaler

FRAME = pd.DataFrame({"a": [1.0, 2.0, 4.0, np.nan, 9.0], "b": [10, 20, 30, 40, 55]})


def normalize(table, method: str = "zscore", **parameters):
    return run_module("normalize_data", {"transformation_method": method, **parameters}, dataset=table)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("zscore", StandardScaler().fit_transform(FRAME)),
        ("minmax", MinMaxScaler().fit_transform(FRAME)),
        ("logistic", 1 / (1 + np.exp(-FRAME.to_numpy()))),
        ("tanh", np.tanh(FRAME.to_numpy())),
        (
            "lognormal",
            np.column_stack(
                [
                    stats.norm.cdf(np.log(FRAME[c]), np.log(FRAME[c]).mean(), np.log(FRAME[c]).std(ddof=0))
                    for c in "ab"
                ]
            ),
        ),
    ],
)
def test_formulas(method, expected):
    np.testing.assert_allclose(normalize(FRAME, method)["transformed_dataset"].frame.to_numpy(), expected)


def test_the_saved_scaling_uses_the_numbers_of_then():
    transform = normalize(FRAME, "minmax")["transformation_function"]
    later = transform.apply(Table(pd.DataFrame({"b": [55, 100], "a": [1.0, np.nan], "c": [1, 2]})))
    assert later.names == ["b", "a", "c"]
    assert later.frame["b"].tolist() == [1.0, 2.0]
    assert later.frame["c"].tolist() == [1, 2]
    lognormal = normalize(FRAME, "lognormal")["transformation_function"]
    assert lognormal.apply(Table(pd.DataFrame({"a": [-1.0], "b": [0]}))).frame.to_numpy().tolist() == [
        [0.0, 0.0]
    ]


@pytest.mark.parametrize("method", ["zscore", "minmax", "lognormal"])
def test_constant_columns(method):
    frame = pd.DataFrame({"c": [5.0, 5.0, np.nan]})
    np.testing.assert_array_equal(normalize(frame, method)["transformed_dataset"].frame["c"], [0, 0, np.nan])
    out = normalize(frame, method, use_zero_for_constant_columns=False)["transformed_dataset"]
    assert out.frame["c"].isna().all()


def test_label_and_categories_are_left_alone_unless_named():
    columns = [Column("a", "double", role="label"), Column("k", "integer", categorical=True)]
    table = Table(FRAME.assign(k=[1, 2, 1, 2, 1]), columns)
    out = normalize(table)["transformed_dataset"]
    assert out.frame["a"].tolist()[:3] == [1.0, 2.0, 4.0]
    assert out.frame["k"].tolist() == [1, 2, 1, 2, 1]
    assert out.label_column() == "a"
    named = normalize(table, columns='["a"]')["transformed_dataset"]
    assert named.frame["a"].max() < 2


@pytest.mark.parametrize("method", ["zscore", "minmax", "logistic", "lognormal", "tanh"])
def test_empty_one_row_and_nothing_but_missing(empty, one_row, method):
    assert normalize(empty, method, columns='["age"]')["transformed_dataset"].rows == 0
    assert normalize(one_row, method, columns='["age"]')["transformed_dataset"].rows == 1
    gone = normalize(pd.DataFrame({"x": [np.nan, np.nan]}), method)["transformed_dataset"]
    assert gone.frame["x"].isna().all()


def test_errors_name_column_and_row(people):
    with pytest.raises(ModuleError) as caught:
        normalize(people, "lognormal", columns='["balance"]')
    assert (caught.value.column, caught.value.row) == ("balance", 3)
    with pytest.raises(ModuleError) as caught:
        normalize(people, columns='["joined"]')
    assert (caught.value.parameter, caught.value.column) == ("columns", "joined")
