from __future__ import annotations

import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module


def test_gives_what_it_gets_with_roles():
    table = Table(pd.DataFrame({"Scored Labels": ["yes"]})).set_role("Scored Labels", "score", "scored_labels")
    out = run_module("web_service_output", dataset=table)["results_dataset"]
    assert out.frame.equals(table.frame)
    assert out.score_columns() == ["Scored Labels"]


def test_needs_a_name():
    with pytest.raises(ModuleError) as raised:
        run_module("web_service_output", {"name": ""}, dataset=pd.DataFrame({"a": [1]}))
    assert raised.value.parameter == "name"
