import pandas as pd
import pytest

from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module


def fitted(frame, mode="mean"):
    out = run_module("clean_missing_data", {"cleaning_mode": mode}, dataset=frame)
    return out["cleaning_transformation"]


def apply(transformation, table):
    return run_module("apply_transformation", {}, transformation=transformation, dataset=table)


def test_uses_what_was_learned_before():
    transformation = fitted(pd.DataFrame({"x": [1.0, 3.0, None]}))
    out = apply(transformation, pd.DataFrame({"x": [None, 10.0]}))
    assert out["transformed_dataset"].frame["x"].tolist() == [2.0, 10.0]
    assert out.fact == "2 rows"


def test_one_row_and_no_row():
    transformation = fitted(pd.DataFrame({"x": [1.0, 3.0, None]}))
    assert apply(transformation, pd.DataFrame({"x": [None]}, dtype=float)).fact == "1 row"
    assert apply(transformation, pd.DataFrame({"x": []}, dtype=float))["transformed_dataset"].rows == 0


def test_a_column_in_other_capitals_is_named():
    transformation = fitted(pd.DataFrame({"x": [1.0, None]}))
    with pytest.raises(ModuleError) as fault:
        apply(transformation, pd.DataFrame({"X": [1.0]}))
    assert fault.value.column == "x"


def test_nothing_connected_is_told():
    with pytest.raises(ModuleError, match="Transformation"):
        apply(None, pd.DataFrame({"y": [1.0]}))
