import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import Column, ModuleError, Table
from atelier_modules.testing import run_module
from imblearn.over_sampling import SMOTE

RANDOM = np.random.default_rng(5)
NUMBERS = pd.DataFrame({"x": RANDOM.normal(size=40), "z": RANDOM.normal(size=40), "y": [0] * 30 + [1] * 10})


def smote(table, **parameters):
    values = {"label_column": "y", "random_seed": 11, **parameters}
    return run_module("smote", values, samples=table)


@pytest.mark.parametrize(("percentage", "neighbours"), [(100, 1), (200, 5), (400, 3)])
def test_like_the_library(percentage, neighbours):
    out = smote(NUMBERS, smote_percentage=percentage, number_of_nearest_neighbors=neighbours)
    sampler = SMOTE(
        sampling_strategy={1: 10 + 10 * percentage // 100}, k_neighbors=neighbours, random_state=11
    )
    expected, _ = sampler.fit_resample(NUMBERS[["x", "z"]].to_numpy(), NUMBERS["y"].to_numpy())
    table = out["table"]
    np.testing.assert_allclose(table.frame[["x", "z"]].to_numpy(), expected)
    assert table.frame["y"].tolist() == [0] * 30 + [1] * (10 + percentage // 10)
    assert out.fact == f"{percentage // 10} rows added to “1”"


def test_nothing_to_add():
    pd.testing.assert_frame_equal(smote(NUMBERS, smote_percentage=0)["table"].frame, NUMBERS)


def mixed() -> Table:
    frame = pd.DataFrame(
        {
            "id": [f"r{n}" for n in range(40)],
            "age": RANDOM.integers(20, 60, 40),
            "job": RANDOM.choice(["nurse", "clerk"], 40),
            "since": pd.to_datetime("2024-01-01") + pd.to_timedelta(np.arange(40), unit="D"),
            "active": RANDOM.choice([True, False], 40),
            "y": ["no"] * 30 + ["yes"] * 10,
        }
    )
    return Table(frame, [Column("id", "string", role="none"), Column("y", "string", True, "label")])


def test_categories_dates_and_integers_keep_their_types(types):
    table = mixed()
    found = smote(table, label_column="")["table"]
    assert types(found) == types(table)
    assert found.label_column() == "y"
    new = found.frame.iloc[40:]
    assert len(new) == 10
    assert set(new["y"]) == {"yes"}
    assert set(new["job"]) <= {"nurse", "clerk"}
    assert new["id"].isna().all()
    rare = table.frame.iloc[30:]
    assert new["since"].between(rare["since"].min(), rare["since"].max()).all()
    assert new["age"].between(rare["age"].min(), rare["age"].max()).all()


def test_categories_only():
    table = mixed().keep(["job", "active", "y"])
    assert smote(table)["table"].rows == 50


def test_rows_without_a_label_stay():
    table = pd.DataFrame({"x": range(7), "y": [0, 0, 0, 1, 1, None, 0]})
    found = smote(table)["table"].frame
    assert len(found) == 9
    assert found["y"].isna().sum() == 1


def test_a_seed_repeats_and_zero_does_not():
    first, second = (smote(NUMBERS)["table"].frame for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    assert not smote(NUMBERS, random_seed=0)["table"].frame.equals(
        smote(NUMBERS, random_seed=0)["table"].frame
    )


def failure(table, **parameters) -> ModuleError:
    with pytest.raises(ModuleError) as caught:
        smote(table, **parameters)
    return caught.value


def test_errors(people, empty, one_row):
    assert failure(NUMBERS, smote_percentage=150).parameter == "smote_percentage"
    gaps = NUMBERS.assign(x=NUMBERS["x"].where(NUMBERS.index != 4))
    assert (failure(gaps).column, failure(gaps).row) == ("x", 5)
    endless = failure(NUMBERS.assign(x=NUMBERS["x"].where(NUMBERS.index != 2, -np.inf)))
    assert (endless.column, endless.row) == ("x", 3) and "infinite" in endless.message
    assert failure(NUMBERS.iloc[:31]).parameter == "label_column"
    assert "one row" in failure(NUMBERS.iloc[:31]).message
    assert "0 classes" in failure(empty, label_column="city").message
    assert "1 class," in failure(one_row, label_column="city").message
    assert failure(people, label_column="").parameter == "label_column"
