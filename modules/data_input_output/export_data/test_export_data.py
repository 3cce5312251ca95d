import pandas as pd
import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module


def export(table, **parameters):
    out = run_module("export_data", parameters, input_dataset=table)
    return out["exported"]


@pytest.mark.parametrize(("kind", "separator"), [("csv", ","), ("tsv", "\t")])
def test_text_reads_back_equal(people, kind, separator):
    file = export(people, path="2026/may", file_format=kind) / f"2026/may.{kind}"
    back = pd.read_csv(file, sep=separator, parse_dates=["joined"])
    pd.testing.assert_series_equal(back["joined"], people.frame["joined"], check_dtype=False)
    pd.testing.assert_series_equal(back["age"].astype("Int64"), people.frame["age"])
    assert back["name"].isna().tolist() == people.frame["name"].isna().tolist()
    assert "true" in file.read_text() and "True" not in file.read_text()


def test_parquet_reads_back_equal(people):
    back = pd.read_parquet(
        export(people, file_format="parquet") / "data.parquet", dtype_backend="numpy_nullable"
    )
    expected = people.frame.convert_dtypes()
    pd.testing.assert_frame_equal(back, expected, check_dtype=False)


def test_wide_text_survives(wide):
    file = export(wide, path="wide.csv") / "wide.csv"
    back = pd.read_csv(file, keep_default_na=False)
    assert back["text"].tolist() == wide.frame["text"].tolist()


def test_without_a_header(one_row):
    assert (
        (export(one_row, write_header=False) / "data.csv")
        .read_text()
        .startswith("Ana,34,1200.5,true,2024-01-31T00:00:00")
    )


def test_an_empty_table_is_a_header(empty):
    assert (export(empty) / "data.csv").read_text() == "name,age,balance,active,joined,city\n"


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../up", "a/../../up", "."])
def test_only_inside_the_folder(one_row, path):
    with pytest.raises(ModuleError) as caught:
        export(one_row, path=path)
    assert caught.value.parameter == "path"
