import pandas as pd
import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module

ARFF = """% people
@RELATION people
@ATTRIBUTE age NUMERIC
@ATTRIBUTE 'full name' STRING
@ATTRIBUTE colour {red, blue}
@ATTRIBUTE born DATE "yyyy-MM-dd"
@DATA
34, 'Ana Lee', red, "2020-01-31"
?, 'Bo', blue, ?
"""


def enter(data: str, **parameters):
    return run_module("enter_data_manually", {"data": data, **parameters})


def test_csv_is_typed_by_its_values(types):
    out = enter(
        "city, people, coast, founded\nPorto, 231962, true, 1123-01-01\nGraz, , false, 1128-05-02\n\n\n"
    )
    table = out["dataset"]
    assert types(table) == {"city": "string", "people": "integer", "coast": "boolean", "founded": "datetime"}
    assert table.frame["city"].tolist() == ["Porto", "Graz"]
    assert table.frame["people"].isna().tolist() == [False, True]
    assert out.fact == "2 rows, 4 columns"


@pytest.mark.parametrize(("kind", "text"), [("csv", "1,a\n2,b"), ("tsv", "1\ta\n2\tb")])
def test_without_a_header_columns_are_numbered(kind, text):
    table = enter(text, data_format=kind, has_header=False)["dataset"]
    expected = pd.DataFrame({"Col1": [1, 2], "Col2": ["a", "b"]})
    pd.testing.assert_frame_equal(table.frame, expected, check_dtype=False)


def test_one_row_of_wide_text():
    table = enter('text\n"' + "long, " * 50_000 + '"\n')["dataset"]
    assert table.rows == 1
    assert table.frame["text"][0] == ("long, " * 50_000).strip()


def test_a_header_alone_is_an_empty_table():
    table = enter("a,b\n")["dataset"]
    assert (table.names, table.rows) == (["a", "b"], 0)


def test_a_row_that_is_too_long_is_named():
    with pytest.raises(ModuleError) as caught:
        enter("a,b\n1,2\n3,4,5\n")
    assert (caught.value.parameter, caught.value.row) == ("data", 2)


@pytest.mark.parametrize("kind", ["csv", "tsv", "arff", "svmlight"])
def test_no_text_is_an_error(kind):
    with pytest.raises(ModuleError) as caught:
        enter(" \n ", data_format=kind)
    assert caught.value.parameter == "data"


def test_arff(types):
    table = enter(ARFF, data_format="arff")["dataset"]
    assert types(table) == {"age": "double", "full name": "string", "colour": "string", "born": "datetime"}
    assert table.frame["full name"].tolist() == ["Ana Lee", "Bo"]
    assert table.frame["age"].isna().tolist() == [False, True]
    assert table.column("colour").categorical


def test_arff_with_text_for_a_number_names_column_and_row():
    with pytest.raises(ModuleError) as caught:
        enter("@attribute age numeric\n@data\n1\nold\n", data_format="arff")
    assert (caught.value.parameter, caught.value.column, caught.value.row) == ("data", "age", 2)


def test_svmlight():
    table = enter("1 1:2 3:12500\n0 2:13\n", data_format="svmlight")["dataset"]
    assert table.frame[["Col1", "Col2", "Col3"]].to_numpy().tolist() == [[2, 0, 12500], [0, 13, 0]]
    assert table.frame[table.label_column()].tolist() == [1, 0]


def test_what_is_no_svmlight():
    with pytest.raises(ModuleError) as caught:
        enter("1 two:three\n", data_format="svmlight")
    assert caught.value.parameter == "data"
