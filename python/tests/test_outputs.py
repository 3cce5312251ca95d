import datetime
import decimal
import json

import numpy as np
import pandas as pd
import pytest

from atelier_serving.outputs import to_json


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.array(["yes", "no"], dtype=object), ["yes", "no"]),
        (np.array([1.5, np.nan, np.inf]), [1.5, None, None]),
        (np.array([[1, 2], [3, 4]], dtype=np.int32), [[1, 2], [3, 4]]),
        (pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan]}), [{"a": 1, "b": 0.5}, {"a": 2, "b": None}]),
        (pd.Series([1, None], dtype="Int64"), [1, None]),
        (pd.Series(["a", "b"], dtype="category"), ["a", "b"]),
        ([np.float32(0.5), np.int64(3), np.bool_(True)], [0.5, 3, True]),
        ({"a": np.array([1.0]), "b": {"c": pd.NaT}}, {"a": [1.0], "b": {"c": None}}),
        (pd.DataFrame({"t": [pd.Timestamp("2025-01-31T10:00:00")]}), [{"t": "2025-01-31T10:00:00"}]),
        ([datetime.date(2025, 1, 31), decimal.Decimal("1.5"), b"ab"], ["2025-01-31", 1.5, "YWI="]),
        ([float("nan"), {"x": (np.float64("inf"), 1)}], [None, {"x": [None, 1]}]),
        ("grün", "grün"),
    ],
)
def test_writes_json_that_every_parser_reads(value, expected):
    def refuse(name):
        raise AssertionError(f"{name} is not JSON")

    assert json.loads(to_json(value), parse_constant=refuse) == expected


def test_says_what_json_cannot_hold():
    with pytest.raises(TypeError, match="returned a object"):
        to_json([object()])
