import numpy as np
import pandas as pd
import pytest
from atelier_modules.testing import run_module
from scipy import stats

VALUES = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0])


def summarize(table) -> pd.DataFrame:
    return run_module("summarize_data", {}, dataset=table)["results_dataset"].frame.set_index("Feature")


def test_against_other_libraries():
    row = summarize(pd.DataFrame({"x": [*VALUES, np.nan]})).loc["x"]
    expected = {
        "Count": 9,
        "Unique Value Count": 7,
        "Missing Value Count": 1,
        "Min": 1,
        "Max": 9,
        "Mean": np.mean(VALUES),
        "Mean Deviation": np.mean(np.abs(VALUES - np.mean(VALUES))),
        "1st Quartile": np.percentile(VALUES, 25),
        "Median": np.median(VALUES),
        "3rd Quartile": np.percentile(VALUES, 75),
        "Mode": stats.mode(VALUES).mode,
        "Range": 8,
        "Sample Variance": np.var(VALUES, ddof=1),
        "Sample Standard Deviation": np.std(VALUES, ddof=1),
        "Sample Skewness": stats.skew(VALUES, bias=False),
        "Sample Kurtosis": stats.kurtosis(VALUES, bias=False),
        "P0.5": np.percentile(VALUES, 0.5),
        "P1": np.percentile(VALUES, 1),
        "P5": np.percentile(VALUES, 5),
        "P95": np.percentile(VALUES, 95),
        "P99.5": np.percentile(VALUES, 99.5),
    }
    assert row.to_dict() == pytest.approx(expected)


def test_every_type(people, types):
    out = run_module("summarize_data", {}, dataset=people)
    frame = out["results_dataset"].frame.set_index("Feature")
    assert frame.index.tolist() == people.names
    assert frame["Count"].tolist() == [5] * 6
    assert frame["Missing Value Count"].tolist() == [1] * 6
    assert frame["Unique Value Count"].tolist() == [4, 4, 4, 2, 4, 2]
    assert frame.loc["active", ["Min", "Max", "Mean"]].tolist() == [0, 1, 0.75]
    assert (
        frame.loc[["name", "joined", "city"]]
        .drop(columns=["Count", "Unique Value Count", "Missing Value Count"])
        .isna()
        .all(axis=None)
    )
    assert types(out["results_dataset"])["Count"] == "integer"
    assert out.fact == "6 columns, 6 missing values"


def test_empty_one_row_and_nothing_but_missing(empty, one_row, wide):
    assert summarize(empty).loc["age"].dropna().to_dict() == {
        "Count": 0,
        "Unique Value Count": 0,
        "Missing Value Count": 0,
    }
    row = summarize(one_row).loc["age"]
    assert (row["Mean"], row["Range"]) == (34, 0)
    assert np.isnan(row["Sample Variance"])
    assert summarize(pd.DataFrame({"x": [np.nan]})).loc["x", "Missing Value Count"] == 1
    assert summarize(wide).loc["text", "Unique Value Count"] == 5
