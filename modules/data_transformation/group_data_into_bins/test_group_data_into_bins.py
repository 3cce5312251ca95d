import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module

VALUES = np.random.default_rng(3).normal(50, 20, 200).round(1)
FRAME = pd.DataFrame({"x": VALUES})


def group(table, **parameters):
    return run_module("group_data_into_bins", parameters, dataset=table)


def bins(table, **parameters) -> list:
    return (
        group(table, output_mode="result_only", **parameters)["quantized_dataset"].frame.iloc[:, 0].tolist()
    )


@pytest.mark.parametrize("count", [1, 2, 7, 10])
def test_quantiles_like_qcut(count):
    expected = pd.qcut(FRAME["x"], count, labels=False) + 1
    assert bins(FRAME, number_of_bins=count) == expected.tolist()


@pytest.mark.parametrize("count", [1, 2, 7, 10])
def test_equal_width_like_cut(count):
    expected = pd.cut(FRAME["x"], count, labels=False) + 1
    assert bins(FRAME, binning_mode="equal_width", number_of_bins=count) == expected.tolist()


def test_custom_edges_like_digitize():
    edges = [20.0, 50.0, 80.0]
    expected = np.digitize(VALUES, edges, right=True) + 1
    assert bins(FRAME, binning_mode="custom_edges", bin_edges="20, 50, 80") == expected.tolist()
    assert bins(pd.DataFrame({"x": [-1, 0, 1]}), binning_mode="custom_edges", bin_edges="0") == [1, 1, 2]


def test_scaled_quantiles():
    index = np.array(bins(FRAME, number_of_bins=5))
    assert bins(FRAME, number_of_bins=5, quantile_normalization="percent") == ((index - 1) * 25.0).tolist()
    assert bins(FRAME, number_of_bins=5, quantile_normalization="pquantile") == ((index - 1) / 4).tolist()


def test_equal_values_join_bins():
    out = group(pd.DataFrame({"x": [0] * 90 + list(range(1, 11))}), number_of_bins=10, output_mode="inplace")
    assert out["quantized_dataset"].frame["x"].nunique() == 2
    assert "2 bins" in out.log[0]
    assert set(bins(pd.DataFrame({"x": [5, 5, 5]}), number_of_bins=4)) == {1}


@pytest.mark.parametrize(
    ("mode", "names"),
    [("append", ["n", "x", "x_quantized"]), ("inplace", ["n", "x"]), ("result_only", ["x_quantized"])],
)
def test_output_modes_and_tags(mode, names):
    frame = pd.DataFrame({"n": [1.0, 2, 3], "x": [1.0, 2.0, np.nan]})
    table = group(frame, columns='["x"]', output_mode=mode, number_of_bins=2)["quantized_dataset"]
    assert table.names == names
    assert table.column(names[-1]).categorical
    assert table.column(names[-1]).type == "integer"
    assert [None if pd.isna(value) else value for value in table.frame[names[-1]]] == [1, 2, None]
    plain = group(frame, columns='["x"]', output_mode=mode, tag_columns_as_categorical=False)[
        "quantized_dataset"
    ]
    assert not plain.column(names[-1]).categorical


def test_the_saved_bins_take_values_beyond_the_ends():
    out = group(FRAME, number_of_bins=4, output_mode="inplace")
    later = out["binning_transformation"].apply(Table(pd.DataFrame({"x": [-1e9, 50.0, 1e9, np.nan]})))
    found = later.frame["x"]
    assert found.iloc[[0, 2]].tolist() == [1, 4]
    assert found.isna().tolist() == [False, False, False, True]


def test_empty_one_row_and_infinity(empty, one_row):
    assert group(empty, columns='["age","balance"]')["quantized_dataset"].rows == 0
    assert group(one_row, columns='["age"]')["quantized_dataset"].frame["age_quantized"].tolist() == [1]
    assert bins(pd.DataFrame({"x": [1.0, 2.0, np.inf]}), binning_mode="equal_width", number_of_bins=2) == [
        1,
        2,
        2,
    ]


def test_errors(people):
    for edges in ("", "5, 3", "1, x"):
        with pytest.raises(ModuleError) as caught:
            group(FRAME, binning_mode="custom_edges", bin_edges=edges)
        assert caught.value.parameter == "bin_edges"
    with pytest.raises(ModuleError) as caught:
        group(people, columns='["name"]')
    assert (caught.value.parameter, caught.value.column) == ("columns", "name")
