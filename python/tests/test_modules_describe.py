from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from atelier_modules.columns import Column
from atelier_modules.describe import describe_table
from atelier_modules.table import Table
from atelier_modules.table_files import read_stored, write_table


@pytest.fixture
def describe(tmp_path):
    def work(frame, columns=(), **asked):
        write_table(Table(frame, columns), tmp_path)
        said = describe_table(read_stored(tmp_path), **asked)
        json.dumps(said, allow_nan=False)
        return said

    return work


def test_counts_ranges_and_bars_of_numbers(describe):
    frame = pd.DataFrame({"a": np.arange(1000) / 10, "b": [1.0, np.nan, np.inf, -1.0] * 250, "c": [7] * 1000})
    a, b, c = describe(frame, bins=4)["columns"]
    assert (a["min"], a["max"], a["mean"], a["missing"], a["unique"]) == (0.0, 99.9, pytest.approx(49.95), 0, 1000)
    assert [bar["count"] for bar in a["histogram"]["bins"]] == [250] * 4
    assert (a["histogram"]["bins"][0]["from"], a["histogram"]["bins"][-1]["to"]) == (0.0, 99.9)
    # Infinite numbers are counted as values, and have no place on an axis.
    assert (b["missing"], b["unique"], b["min"], b["max"], b["mean"]) == (250, 3, -1.0, 1.0, 0.0)
    assert c["histogram"]["bins"] == [{"from": 7, "to": 8, "count": 1000}]


@pytest.mark.parametrize(
    "values",
    [
        [1.7e308, -1.7e308],
        [1e15, 1e15 + 1],
        [1.0, np.nextafter(1.0, 2)],
        [5e-324, 1e-323],
        [2**62, -(2**62)],
        [2**63 - 1, -(2**63)],
        pd.to_datetime(["2024-01-01", "2024-01-01"]),
        pd.to_datetime(["1700-01-01", "2250-01-01"]),
        [0.5, 0.5],
        [np.nan, np.nan],
    ],
)
def test_bars_hold_every_value_however_wide_or_narrow(describe, values):
    [said] = describe(pd.DataFrame({"a": values}))["columns"]
    counted = sum(bar["count"] for bar in said["histogram"]["bins"])
    assert counted == 2 - said["missing"]


def test_categories_and_roles(describe):
    frame = pd.DataFrame({"job": ["a"] * 5 + ["b"] * 3 + [None] * 2, "code": [1] * 6 + [2] * 4, "on": [True] * 10})
    columns = [Column("job", "string", True, "label"), Column("code", "integer", True, "score", "scored_labels")]
    job, code, on = describe(frame, columns, bins=1)["columns"]
    assert (job["role"], job["categorical"], job["unique"], job["missing"]) == ("label", True, 2, 2)
    assert job["histogram"] == {"kind": "category", "bins": [{"value": "a", "count": 5}], "others": 3}
    assert (code["score"], code["histogram"]["kind"], code["min"], code["max"]) == ("scored_labels", "category", 1, 2)
    assert on["histogram"]["bins"] == [{"value": True, "count": 10}]


def test_the_first_rows_as_json(describe):
    frame = pd.DataFrame(
        {
            "a": [1.5, np.nan, np.inf],
            "t": pd.to_datetime(["2024-01-02 03:04:05", None, "2024-01-01 00:00:00"]),
            "s": ["x" * 5000, None, "ü"],
        }
    )
    said = describe(frame, rows=3)
    assert said["head"] == [
        [1.5, "2024-01-02T03:04:05", "x" * 2000 + "…"],
        [None, None, None],
        ["inf", "2024-01-01T00:00:00", "ü"],
    ]
    assert describe(frame, rows=0)["head"] == []
    assert describe(frame.iloc[:0])["columns"][0]["unique"] == 0
    assert describe(pd.DataFrame())["columns"] == []
