"""For tests of learners: small tables of every column type, their preparation done by hand, and checks for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest

from ..errors import ModuleError
from ..learning import Learner
from ..table import Table
from ..testing import Outputs, run_module

FEATURES = ["age", "visits", "income", "since", "job", "member", "region"]


def people(rows: int = 240, seed: int = 5) -> Table:
    """Made-up people: `bought` is no or yes, `group` one of three texts, `price` a number, `calls` a count.

    Text, numbers and dates are missing here and there; `region` is an integer that is a category.
    """
    draw = np.random.default_rng(seed)
    age = draw.integers(18, 80, rows).astype(float)
    income = np.round(draw.lognormal(3, 0.5, rows), 2)
    job = draw.choice(["clerk", "nurse", "smith"], rows).astype(object)
    visits = draw.poisson(3, rows)
    member = draw.random(rows) < 0.4
    since = pd.Timestamp("2020-01-01") + pd.to_timedelta(draw.integers(0, 1500 * 24, rows), unit="h")
    pull = (age - 50) / 15 + visits / 3 - 1 + (job == "nurse") * 1.5 + member + draw.normal(0, 0.7, rows)
    frame = pd.DataFrame(
        {
            "age": age,
            "visits": visits,
            "income": income,
            "since": since,
            "job": job,
            "member": member,
            "region": draw.integers(1, 5, rows),
            "bought": np.where(pull > 0, "yes", "no").astype(object),
            "group": np.select([pull < -1, pull < 1.5], ["low", "middle"], "top").astype(object),
            "price": np.round(20 + 5 * pull + income / 10, 2),
            "calls": draw.poisson(np.exp(np.clip(pull / 3, -2, 2))),
        }
    )
    frame.loc[draw.choice(rows, rows // 12, replace=False), "age"] = np.nan
    frame.loc[draw.choice(rows, rows // 12, replace=False), "job"] = None
    frame.loc[draw.choice(rows, rows // 20, replace=False), "since"] = pd.NaT
    return Table(frame).with_column("region", categorical=True)


def with_label(table: Table, label: str) -> Table:
    """The features and one label."""
    return table.keep([*FEATURES, label])


def numbers_by_hand(frame: pd.DataFrame) -> pd.DataFrame:
    """The number columns of `people` and the parts of its date, with what is missing left so."""
    since = frame["since"]
    days = (since - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
    return pd.DataFrame(
        {
            "age": frame["age"],
            "visits": frame["visits"].astype(float),
            "income": frame["income"],
            "days": days,
            "month": since.dt.month.astype(float),
            "weekday": since.dt.weekday.astype(float),
            "hour": since.dt.hour.astype(float),
        }
    )


def matrix_by_hand(frame: pd.DataFrame, scaling: str | None = None) -> np.ndarray:
    """What one-hot preparation has to give, computed with pandas alone."""
    numbers = numbers_by_hand(frame)
    numbers = numbers.fillna(numbers.median())
    if scaling == "z_score":
        numbers = (numbers - numbers.mean()) / numbers.std(ddof=0)
    elif scaling == "min_max":
        numbers = (numbers - numbers.min()) / (numbers.max() - numbers.min())
    texts = [
        pd.get_dummies(frame["job"], dummy_na=bool(frame["job"].isna().any())),
        pd.get_dummies(frame["member"]),
        pd.get_dummies(frame["region"]),
    ]
    return np.hstack([numbers.to_numpy(), *(one.to_numpy(dtype=float) for one in texts)])


def codes_by_hand(frame: pd.DataFrame) -> tuple[np.ndarray, list[int]]:
    """What preparation for LightGBM has to give, and the positions of the category codes."""
    numbers = numbers_by_hand(frame)
    codes = pd.DataFrame({name: pd.Categorical(frame[name]).codes for name in ("job", "member", "region")})
    codes = codes.replace({"job": {-1: 3}}).astype(float)
    return np.hstack([numbers.to_numpy(), codes.to_numpy()]), [7, 8, 9]


def learner_of(name: str, parameters: Mapping[str, Any] | None = None, inner: Learner | None = None) -> Learner:
    inputs = {} if inner is None else {"untrained_binary_model": inner}
    return run_module(name, parameters, **inputs)["untrained_model"]


def train(learner: Learner, table: Table, label: str) -> Outputs:
    return run_module("train_model", {"label_column": label}, untrained_model=learner, dataset=table)


def score(model: Any, table: Table, append: bool = True) -> Table:
    return run_module("score_model", {"append": append}, trained_model=model, dataset=table)["scored_dataset"]


def check_learner(learner: Learner, label: str) -> None:
    """What must hold for every learner that predicts a label, whatever its mathematics."""
    table = with_label(people(), label)
    trained = train(learner, table, label)
    model = trained["trained_model"]
    assert trained.fact
    scored = score(model, table)
    scores = scored.score_columns()
    assert scores and scored.names[: len(table.names)] == table.names
    assert not scored.frame[scores].isna().any().any()
    assert scored.label_column() == label and scored.task == model.task
    _check_few_rows(model, table, scored, scores)
    _check_odd_rows(model, table, scores)
    _check_seed(learner, table, label, scored, scores)
    _check_faults(learner, model, table, label)


def _check_few_rows(model: Any, table: Table, scored: Table, scores: list[str]) -> None:
    one = score(model, table.take([7]))
    empty = score(model, table.take([]))
    assert one.rows == 1 and empty.rows == 0
    assert empty.names == scored.names
    assert [empty.column(name).type for name in scores] == [scored.column(name).type for name in scores]
    rows = model.score_rows(table.frame.head(12).to_dict("records"))
    for name in scores:
        expected = scored.frame[name].head(12).tolist()
        got = [row[name] for row in rows]
        single = one.frame[name].tolist()
        if scored.column(name).type in ("double", "integer"):
            np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-9)
            np.testing.assert_allclose(single, expected[7:8], rtol=1e-6, atol=1e-9)
        else:
            assert got == expected and single == expected[7:8]


def _check_odd_rows(model: Any, table: Table, scores: list[str]) -> None:
    """Categories that training never saw, and rows in which everything is missing, are scored like any other."""
    frame = table.frame.head(30)[FEATURES].copy()
    frame["job"] = "juggler"
    frame["region"] = 99
    frame.loc[20:, "age"] = np.nan
    frame.loc[20:, "job"] = None
    frame.loc[20:, "since"] = pd.NaT
    odd = score(model, table.keep(FEATURES).with_frame(frame))
    assert not odd.frame[scores].isna().any().any()
    quick = model.score_rows(frame.to_dict("records"))
    for name in scores:
        if odd.column(name).type == "double":
            np.testing.assert_allclose([row[name] for row in quick], odd.frame[name], rtol=1e-6, atol=1e-9)


def _check_seed(learner: Learner, table: Table, label: str, scored: Table, scores: list[str]) -> None:
    again = score(train(learner, table, label)["trained_model"], table)
    pd.testing.assert_frame_equal(again.frame[scores], scored.frame[scores])


def _check_faults(learner: Learner, model: Any, table: Table, label: str) -> None:
    with pytest.raises(ModuleError) as fault:
        train(learner, table.take([]), label)
    assert "no rows" in fault.value.message
    with pytest.raises(ModuleError) as fault:
        train(learner, table.keep([label]), label)
    assert "no column to learn from" in fault.value.message
    with pytest.raises(ModuleError) as fault:
        score(model, table.keep([name for name in table.names if name != "visits"]))
    assert fault.value.column == "visits"
    with pytest.raises(ModuleError) as fault:
        wrong = table.frame.assign(visits=["many", *["3"] * (table.rows - 1)])
        score(model, table.with_frame(wrong))
    assert (fault.value.column, fault.value.row) == ("visits", 1)
    gaps = table.with_frame(
        table.frame.assign(**{label: table.frame[label].astype(object).where(table.frame.index > 9)})
    )
    kept = score(train(learner, gaps, label)["trained_model"], table).frame
    alone = score(train(learner, table.take(np.arange(10, table.rows)), label)["trained_model"], table).frame
    pd.testing.assert_frame_equal(kept, alone, check_dtype=False)


def pickled(model: Any, folder: Any) -> Any:
    joblib.dump(model, folder / "model.pkl")
    return joblib.load(folder / "model.pkl")
