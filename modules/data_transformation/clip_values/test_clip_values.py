import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module

TEN = pd.DataFrame({"x": range(1, 11)})
BOTH = {"set_of_thresholds": "clip_peaks_and_subpeaks"}


def clip(table, **parameters):
    return run_module("clip_values", parameters, dataset=table)


def clipped(table, **parameters) -> list:
    return clip(table, **parameters)["results_dataset"].frame["x"].tolist()


def test_constants_like_numpy():
    values = np.array([-5.0, 0.0, 2.5, 9.0, np.nan])
    frame = pd.DataFrame({"x": values})
    np.testing.assert_array_equal(
        clipped(frame, **BOTH, upper_constant=5, lower_constant=0), np.clip(values, 0, 5)
    )
    np.testing.assert_array_equal(clipped(frame, upper_constant=2.5), np.minimum(values, 2.5))
    np.testing.assert_array_equal(
        clipped(frame, set_of_thresholds="clip_subpeaks", lower_constant=1), np.maximum(values, 1)
    )


def test_percentiles_of_the_reference_example():
    percentiles = {"upper_threshold_type": "percentile", "lower_threshold_type": "percentile"}
    found = clipped(TEN, **BOTH, **percentiles, upper_percentile=60, lower_percentile=40)
    assert found == [4, 4, 4, 4, 5, 6, 6, 6, 6, 6]
    found = clipped(
        TEN,
        **BOTH,
        **percentiles,
        upper_percentile=90,
        lower_percentile=30,
        upper_substitute="missing",
        lower_substitute="missing",
    )
    assert [None if pd.isna(value) else value for value in found] == [None, None, 3, 4, 5, 6, 7, 8, 9, None]


@pytest.mark.parametrize(("substitute", "value"), [("mean", 22.0), ("median", 2.0), ("threshold", 10.0)])
def test_substitutes_are_of_the_values_before(substitute, value, types):
    frame = pd.DataFrame({"x": [1, 1, 2, 6, 100]})
    out = clip(frame, upper_constant=10, upper_substitute=substitute)
    assert out["results_dataset"].frame["x"].tolist() == [1, 1, 2, 6, value]
    assert types(out["results_dataset"])["x"] == "integer"
    assert out.fact == "1 value in 1 column clipped"


def test_new_columns_and_indicators(people):
    table = clip(people, columns='["age"]', upper_constant=40, overwrite=False, add_indicator_columns=True)[
        "results_dataset"
    ]
    assert table.names == [*people.names, "age_clipped", "age_IsClipped"]
    assert table.frame["age"].dropna().tolist() == [34, 51, 28, 45]
    assert table.frame["age_clipped"].dropna().tolist() == [34, 40, 28, 40]
    assert table.frame["age_IsClipped"].tolist() == [False, True, False, False, True]


def test_the_saved_clipping_keeps_its_thresholds():
    out = clip(TEN, upper_threshold_type="percentile", upper_percentile=50)
    later = out["clipping_transformation"].apply(Table(pd.DataFrame({"x": [100, 3]})))
    assert later.frame["x"].tolist() == [5, 3]


def test_empty_one_row_and_nothing_but_missing(empty, one_row):
    percentile = {"upper_threshold_type": "percentile", "upper_percentile": 50, "upper_substitute": "mean"}
    assert clip(empty, columns='["age","balance"]', **percentile)["results_dataset"].rows == 0
    assert clip(one_row, columns='["age"]', **percentile)["results_dataset"].frame["age"].tolist() == [34]
    assert np.isnan(clipped(pd.DataFrame({"x": [np.nan]}), **percentile)).all()


def test_errors_name_the_column(people):
    with pytest.raises(ModuleError) as caught:
        clip(people, columns='["joined"]')
    assert (caught.value.parameter, caught.value.column) == ("columns", "joined")
    with pytest.raises(ModuleError) as caught:
        clip(TEN, **BOTH, upper_constant=1, lower_constant=5)
    assert caught.value.column == "x"
