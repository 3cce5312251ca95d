import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import Column, ModuleError, Table
from atelier_modules.testing import run_module
from sklearn.feature_selection import f_classif

RANDOM = np.random.default_rng(9)
X = RANDOM.normal(size=(80, 3))
FRAME = pd.DataFrame(X, columns=["a", "b", "c"]).assign(y=X @ [0.2, 3.0, -1.0] + RANDOM.normal(size=80))


def choose(table, **parameters):
    return run_module("filter_based_feature_selection", {"target_column": "y", **parameters}, dataset=table)


def scores(table, **parameters) -> dict[str, float]:
    frame = choose(table, **parameters)["features"].frame
    return dict(zip(frame["Feature"], frame["Score"], strict=True))


def test_pearson_like_pandas():
    expected = FRAME.corr()["y"].drop("y").abs().sort_values(ascending=False)
    found = scores(FRAME)
    assert list(found) == expected.index.tolist()
    np.testing.assert_allclose(list(found.values()), expected)


def test_pearson_with_a_target_of_categories():
    frame = FRAME.assign(y=np.where(FRAME["y"] > 0, "high", "low"))
    # The squared correlation with the group means is the share of variance between groups, which F follows from.
    f, _ = f_classif(frame[["a", "b", "c"]], frame["y"])
    expected = dict(zip("abc", np.sqrt(f / (f + 78)), strict=True))
    assert scores(frame) == pytest.approx(expected)


def test_chi_squared_of_a_table_worked_by_hand():
    frame = pd.DataFrame(
        {"sex": ["m"] * 40 + ["f"] * 60, "y": ["yes"] * 30 + ["no"] * 10 + ["yes"] * 20 + ["no"] * 40}
    )
    # Expected counts are 20, 20, 30 and 30, each off by 10.
    expected = 100 / 20 + 100 / 20 + 100 / 30 + 100 / 30
    assert scores(frame, feature_scoring_method="chi_squared") == {"sex": pytest.approx(expected)}


def test_chi_squared_bins_numbers():
    found = scores(FRAME, feature_scoring_method="chi_squared")
    assert next(iter(found)) == "b"
    assert min(found.values()) > 0


def test_the_best_columns_follow_the_target():
    out = choose(FRAME.assign(y=FRAME["y"]), number_of_desired_features=2)
    assert out["filtered_dataset"].names == ["y", "b", "c"]
    assert out.fact == "2 of 3 columns"
    assert choose(FRAME, number_of_desired_features=50)["filtered_dataset"].names[0] == "y"


def test_the_choice_is_repeated_without_the_target():
    transform = choose(FRAME, number_of_desired_features=1)["columns_selection_transformation"]
    assert transform.apply(Table(FRAME.drop(columns="y"))).names == ["b"]
    assert transform.apply(Table(FRAME)).names == ["y", "b"]


def test_only_features_are_scored():
    columns = [
        Column("a", "double", role="none"),
        Column("b", "double", role="score"),
        Column("y", "double", role="label"),
    ]
    table = Table(FRAME, columns)
    assert set(scores(table, target_column="")) == {"c"}
    assert set(scores(table, operate_on_feature_columns_only=False)) == {"a", "c"}


def test_missing_values_constants_and_text(people):
    frame = FRAME.assign(gone=np.nan, same=1, text="t", part=FRAME["b"].where(FRAME.index % 2 == 0))
    found = scores(frame)
    assert (found["gone"], found["same"], found["text"]) == (0, 0, 0)
    assert found["part"] == pytest.approx(abs(frame[["part", "y"]].corr().iloc[0, 1]))
    for method in ("pearson_correlation", "chi_squared"):
        assert len(scores(people, target_column="city", feature_scoring_method=method)) == 5


@pytest.mark.parametrize("method", ["pearson_correlation", "chi_squared"])
def test_one_row_and_wide_text(one_row, wide, method):
    assert set(scores(one_row, target_column="city", feature_scoring_method=method).values()) == {0}
    assert "text" in scores(wide, target_column="n", feature_scoring_method=method)


def test_errors(empty, one_row):
    for table, options in [
        (empty, {"target_column": "city"}),
        (one_row, {"target_column": ""}),
        (one_row, {"target_column": "salary"}),
        (one_row.keep(["city"]), {"target_column": "city"}),
    ]:
        with pytest.raises(ModuleError) as caught:
            choose(table, **options)
        assert caught.value.parameter == "target_column"
