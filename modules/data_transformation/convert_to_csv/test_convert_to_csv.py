import pandas as pd
from atelier_modules.read_files import read_table
from atelier_modules.testing import run_module


def test_the_file_is_what_the_table_was(people, types):
    folder = run_module("convert_to_csv", {}, dataset=people)["results_dataset"]
    back = read_table(folder / "data.csv")
    assert types(back) == types(people)
    found = back.frame.astype({"joined": "datetime64[ns]"})
    pd.testing.assert_frame_equal(found, people.frame.astype({"joined": "datetime64[ns]"}), check_dtype=False)


def test_wide_text(wide):
    folder = run_module("convert_to_csv", {}, dataset=wide)["results_dataset"]
    back = pd.read_csv(folder / "data.csv", keep_default_na=False)
    assert back["text"].tolist() == wide.frame["text"].tolist()


def test_empty_and_one_row(empty, one_row):
    folder = run_module("convert_to_csv", {}, dataset=empty)["results_dataset"]
    assert (folder / "data.csv").read_text() == "name,age,balance,active,joined,city\n"
    out = run_module("convert_to_csv", {}, dataset=one_row)
    text = (out["results_dataset"] / "data.csv").read_text()
    assert text.splitlines()[1] == "Ana,34,1200.5,true,2024-01-31T00:00:00,Graz"
    assert out.fact == f"1 row, {len(text)} bytes"
