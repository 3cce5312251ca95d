from __future__ import annotations

import pandas as pd
import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module


def test_gives_the_rows_without_the_label():
    frame = pd.DataFrame({"age": [21, None], "bought": ["no", "yes"]})
    out = run_module("web_service_input", {"label_column": "bought"}, dataset=frame)
    assert out["dataset"].names == ["age"]
    assert out["dataset"].rows == 2
    assert out.fact == "2 rows, 1 column"


def test_does_not_mind_a_label_that_is_not_there_and_empty_tables():
    out = run_module("web_service_input", {"label_column": "bought"}, dataset=pd.DataFrame({"age": []}))
    assert (out["dataset"].names, out["dataset"].rows) == (["age"], 0)


def test_says_what_is_missing():
    with pytest.raises(ModuleError, match="no rows"):
        run_module("web_service_input")
    with pytest.raises(ModuleError) as raised:
        run_module("web_service_input", {"name": " "}, dataset=pd.DataFrame({"a": [1]}))
    assert raised.value.parameter == "name"
