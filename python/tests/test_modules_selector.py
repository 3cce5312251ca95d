from __future__ import annotations

import json

import pandas as pd
import pytest
from atelier_modules.columns import Column
from atelier_modules.errors import ModuleError
from atelier_modules.table import Table

FRAME = pd.DataFrame(
    {
        "age": [1],
        "job": ["a"],
        "rate": [0.5],
        "on": [True],
        "at": pd.to_datetime(["2024-01-01"]),
        "last, first": ["x"],
        "y": ["no"],
        "Scored Labels": ["no"],
    }
)
TABLE = Table(
    FRAME,
    [
        Column("job", "string", categorical=True),
        Column("y", "string", role="label"),
        Column("Scored Labels", "string", role="score", score="scored_labels"),
    ],
)


def rules(*steps, begin="none"):
    return json.dumps({"begin": begin, "rules": list(steps)})


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        ('["rate", "age", "rate"]', ["rate", "age"]),
        ("rate, age", ["rate", "age"]),
        ("age\nrate", ["age", "rate"]),
        ("last, first", ["last, first"]),
        ('"last, first", age', ["last, first", "age"]),
        ('["last, first"]', ["last, first"]),
        (rules(begin="all"), FRAME.columns.tolist()),
        (rules({"include": {"types": ["numeric"]}}), ["age", "rate"]),
        (rules({"include": {"types": ["integer", "boolean", "datetime"]}}), ["age", "on", "at"]),
        (rules({"include": {"types": ["categorical"]}}), ["job"]),
        (rules({"include": {"types": "string"}}), ["job", "last, first", "y", "Scored Labels"]),
        (rules({"include": {"roles": ["label", "score"]}}), ["y", "Scored Labels"]),
        (rules({"include": {"indexes": "1-2,4"}}), ["age", "job", "on"]),
        (rules({"include": {"indexes": "7-"}}), ["y", "Scored Labels"]),
        (
            rules({"exclude": {"roles": ["score"]}}, {"exclude": {"types": ["string"]}}, begin="all"),
            ["age", "rate", "on", "at"],
        ),
        (
            rules({"exclude": {"types": ["string"]}}, {"include": {"names": ["y"]}}, begin="all"),
            ["age", "rate", "on", "at", "y"],
        ),
    ],
)
def test_chooses(selector, names):
    assert TABLE.select(selector) == names


@pytest.mark.parametrize(
    ("selector", "message", "hint"),
    [
        ("Age", "There is no column “Age”.", "Did you mean “age”?"),
        ('["rates"]', "There is no column “rates”.", "Did you mean “rate”?"),
        (rules({"exclude": {"names": ["zzz"]}}, begin="all"), "There is no column “zzz”.", "There is age, job"),
        ("[1]", "A list of columns must be a list of names.", None),
        ("{", "not valid JSON", None),
        ("", "No column is chosen.", "Choose at least one column."),
        (rules(), "No column is chosen.", None),
        (rules(begin="some"), "“begin” must be all or none.", None),
        (rules({"include": {"types": ["number"]}}), "“number” is no type", None),
        (rules({"include": {"roles": ["target"]}}), "“target” is no role", None),
        (rules({"include": {"indexes": "0"}}), "There is no column number 0: the table has 8.", None),
        (rules({"include": {"indexes": "3-1"}}), "There is no column number 3-1", None),
        (rules({"include": {"indexes": "one"}}), "“one” is no column index", None),
        (rules({"include": {"regex": "a"}}), "cannot choose by “regex”", None),
        (rules({"only": {"names": []}}), "Each rule is one “include” or “exclude”", None),
        ('{"begin":"all","rule":[]}', "unknown key “rule”", None),
    ],
)
def test_says_what_is_wrong(selector, message, hint):
    with pytest.raises(ModuleError) as caught:
        TABLE.select(selector, parameter="columns")
    assert message in caught.value.message
    assert caught.value.parameter == "columns"
    if hint:
        assert hint in caught.value.hint


def test_one_column():
    assert TABLE.column_name(" age ") == "age"
    assert TABLE.column_name("last, first") == "last, first"
    assert TABLE.column_name('["age"]') == "age"
    for wrong in ("", "age, job", '["age","job"]', "agee"):
        with pytest.raises(ModuleError) as caught:
            TABLE.column_name(wrong, parameter="label_column")
        assert caught.value.parameter == "label_column"
    with pytest.raises(ModuleError, match="2 columns are chosen, but exactly one is needed"):
        TABLE.select("age, job", exactly_one=True)
    assert TABLE.select("", allow_empty=True) == []
