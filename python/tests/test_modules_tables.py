from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from atelier_modules.columns import Column
from atelier_modules.delimited import read_delimited
from atelier_modules.errors import ModuleError
from atelier_modules.folds import Folds
from atelier_modules.read_files import load_table, read_table
from atelier_modules.table import Table
from atelier_modules.table_files import read_stored, write_table

EVERYTHING = pd.DataFrame(
    {
        "integer": [1, -(2**63), 2**63 - 1],
        "integer with missing": pd.array([1, None, 2**53 + 1], dtype="Int64"),
        "small": np.array([1, 2, 3], dtype="int8"),
        "double": [0.1, np.nan, np.inf],
        "single": np.array([0.1, 0.2, np.nan], dtype="float32"),
        "boolean": [True, False, True],
        "boolean with missing": pd.array([True, None, False], dtype="boolean"),
        "moment": pd.to_datetime(["2024-02-29 12:34:56.123456789", None, "1969-07-20 00:00:00.5"]),
        "moment in UTC": pd.to_datetime(["2024-01-01", None, "2024-06-01"], utc=True),
        "text": ["ä €", None, ""],
        "no text": pd.Series([None, None, None], dtype=object),
    }
)


def round_trip(table, folder):
    write_table(table, folder)
    return read_stored(folder).table()


def test_every_type_comes_back_as_it_was(tmp_path):
    columns = [
        Column("text", "string", categorical=True, role="label"),
        Column("double", "double", role="score", score="scored_probabilities"),
        Column("integer", "integer", role="none"),
    ]
    extra = {"learner": "a", "classes": ["x", "y"]}
    table = Table(EVERYTHING, columns, Folds(2, np.array([1, 2, 1])), "binary", extra)
    back = round_trip(table.attach("evaluation.json", "{}"), tmp_path)
    pd.testing.assert_frame_equal(back.frame, EVERYTHING, check_exact=True)
    assert back.columns == table.columns
    assert [column.type for column in back.columns] == (
        ["integer"] * 3 + ["double"] * 2 + ["boolean"] * 2 + ["datetime"] * 2 + ["string"] * 2
    )
    assert (back.task, back.extra, back.files) == ("binary", extra, {"evaluation.json": b"{}"})
    assert back.folds.count == 2 and back.folds.ids.tolist() == [1, 2, 1]


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 5000])
@pytest.mark.parametrize("different", [1, 3, 100_000])
def test_text_comes_back_however_often_it_repeats(tmp_path, rows, different):
    words = [None if at % 7 == 3 else f"word {at % different} \U0001f600" for at in range(rows)]
    once = round_trip(Table(pd.DataFrame({"a": pd.Series(words, dtype=object)})), tmp_path / "1")
    assert once.frame["a"].tolist() == words
    # Read here, equal texts are one object: the other way to write them.
    kept = once.take(np.arange(rows)[::-1])
    again = round_trip(kept, tmp_path / "2")
    assert again.frame["a"].tolist() == words[::-1]
    assert str(pq.read_schema(tmp_path / "2" / "data.parquet").field("a").type) == "string"


def test_missing_values_of_any_kind_are_missing(tmp_path):
    words = ["a", None, np.nan, pd.NA, pd.NaT, "b"] * 50
    back = round_trip(Table(pd.DataFrame({"a": pd.Series(words, dtype=object)})), tmp_path)
    assert back.frame["a"].tolist() == ["a", None, None, None, None, "b"] * 50


def test_wide_and_long_text(tmp_path):
    words = ["x" * 1_000_000, "line\nbreak\0", '"quoted"', "\ud800 lone"]
    back = round_trip(Table(pd.DataFrame({"a": words})), tmp_path)
    assert back.frame["a"].tolist() == [*words[:3], "? lone"]


def test_empty_tables(tmp_path):
    empty = round_trip(Table(EVERYTHING.iloc[:0]), tmp_path / "rows")
    assert (empty.rows, empty.names) == (0, list(EVERYTHING.columns))
    assert [one.type for one in empty.columns] == [one.type for one in Table(EVERYTHING).columns]
    nothing = round_trip(Table(pd.DataFrame()), tmp_path / "columns")
    assert (nothing.rows, nothing.names) == (0, [])


def test_what_pandas_holds_otherwise_becomes_one_of_five_types():
    frame = pd.DataFrame(
        {
            "category": pd.Categorical(["a", None, "b"]),
            "category of numbers": pd.Categorical([3, 1, None]),
            "objects": pd.Series([1, None, 3], dtype=object),
            "answers": pd.Series([True, None, False], dtype=object),
            "dates": [datetime.date(2024, 1, 1), None, datetime.date(2024, 1, 2)],
            "mixed": pd.Series([1, "a", None], dtype=object),
            "arrow": pd.array(["a", None, "b"], dtype="string[pyarrow]"),
            "zoned": pd.to_datetime(["2024-01-01"] * 3).tz_localize("Europe/Berlin"),
            "gaps": pd.period_range("2024-01", periods=3, freq="M"),
        }
    )
    table = Table(frame)
    kinds = {column.name: (column.type, column.categorical) for column in table.columns}
    assert kinds == {
        "category": ("string", True),
        "category of numbers": ("integer", True),
        "objects": ("integer", False),
        "answers": ("boolean", False),
        "dates": ("datetime", False),
        "mixed": ("string", False),
        "arrow": ("string", False),
        "zoned": ("datetime", False),
        "gaps": ("string", False),
    }
    assert table.frame["category of numbers"].tolist() == [3, 1, pd.NA]
    assert table.frame["mixed"].tolist() == ["1", "a", None]
    assert str(table.frame["zoned"][0]) == "2023-12-31 23:00:00+00:00"
    assert table.frame["gaps"][0] == "2024-01"


def test_rows_are_numbered_and_names_are_text():
    table = Table(pd.DataFrame({1: [1, 2]}, index=["a", "b"]))
    assert (table.names, list(table.frame.index)) == (["1"], [0, 1])
    with pytest.raises(ModuleError, match="Two columns are called “a”") as caught:
        Table(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    assert caught.value.column == "a"


def test_metadata_and_folds_follow_the_rows():
    columns = [Column("a", "integer", role="label"), Column("b", "string", categorical=True)]
    frame = pd.DataFrame({"a": [1, 2, 3, 4], "b": list("wxyz")})
    table = Table(frame, columns, Folds(2, np.array([1, 2, 1, 2])))
    kept = table.with_frame(table.frame[table.frame["a"] > 2])
    assert (kept.folds.ids.tolist(), kept.columns) == ([1, 2], columns)
    assert table.take([3, 0]).folds.ids.tolist() == [2, 1]
    assert table.with_frame(table.frame.sort_values("a", ascending=False)).folds.ids.tolist() == [2, 1, 2, 1]
    assert table.with_frame(pd.concat([frame, frame], ignore_index=True)).folds is None
    assert table.renamed({"a": "c"}).label_column() == "c"
    moved = table.set_role("b", "label")
    assert (moved.label_column(), moved.feature_columns()) == ("b", ["a"])
    scored = table.set_role("b", "score", score="scored_labels")
    assert (scored.score_columns("scored_labels"), scored.score_columns("other")) == (["b"], [])
    grown = table.with_frame(frame.assign(c=1.5), [Column("c", "double", role="score", score="x")])
    assert grown.column("c") == Column("c", "double", role="score", score="x")
    assert table.with_column("b", categorical=False).column("b").categorical is False


FILES = {
    "a.csv": "age,job\n31,clerk\n,\"miner, old\"\n",
    "b.tsv": "age\tjob\n31\tclerk\n\tminer, old\n",
    "c.csv": "age;job\r\n31;clerk\r\n;miner, old\r\n",
    "d.arff": "% x\n@relation r\n@ATTRIBUTE age integer\n@attribute job {clerk,'miner, old'}\n@data\n31,clerk\n?,'miner, old'\n",
    "e.jsonl": '{"age":31,"job":"clerk"}\n{"job":"miner, old"}\n',
}


@pytest.mark.parametrize("name", FILES)
def test_reads_what_people_bring(tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name].encode())
    for path in (tmp_path / name, tmp_path):
        table = read_table(path)
        assert table.names == ["age", "job"]
        assert table.frame["job"].tolist() == ["clerk", "miner, old"]
        assert table.frame["age"].tolist() == [31, pd.NA]
        assert [column.role for column in table.columns] == ["feature", "feature"]
    assert read_table(tmp_path / name, rows=1).rows == 1
    assert table.column("job").categorical == (name == "d.arff")


def test_csv_has_the_types_of_all_its_values(tmp_path):
    path = tmp_path / "a.csv"
    lines = [f"{at},{at % 2 == 0},2024-01-{at % 28 + 1:02},{at / 2}" for at in range(50_000)]
    path.write_text("a,b,c,d\n" + "\n".join([*lines, "last,,,"]))
    table = read_table(path)
    assert [column.type for column in table.columns] == ["string", "boolean", "datetime", "double"]
    assert table.frame["a"].iloc[-1] == "last" and table.frame["b"].iloc[-1] is pd.NA
    assert read_table(path, rows=10).frame["a"].tolist() == list(range(10))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2", "007"], "string"),
        (["", "01067"], "string"),
        (["+49351", "+4989"], "string"),
        (["00.75", "1"], "string"),
        (["0x1F", "1"], "string"),
        (["12345678901234567890", "1"], "string"),
        (["12345678901234567890", "1.5"], "double"),
        (["9223372036854775807", ""], "integer"),
        (["-07", "0", "10"], "integer"),
        (["0.5", "0", "1e3"], "double"),
        (["2024-01-05", "2024-01-06"], "datetime"),
    ],
)
def test_codes_stay_as_they_are_written(tmp_path, values, kind):
    path = tmp_path / "a.csv"
    path.write_text("code,other\n" + "".join(f"{value},x\n" for value in values))
    table = read_table(path)
    assert table.column("code").type == kind
    if kind == "string":
        assert [None if pd.isna(one) else one for one in table.frame["code"]] == [one or None for one in values]
    path.write_text("".join(f"{value},x\n" for value in values))
    assert read_delimited(path.read_bytes(), has_header=False).table().columns[0].type == kind


def test_csv_in_other_encodings_and_shapes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffname,größe\nMüller,1\n".encode())
    assert read_table(path).names == ["name", "größe"]
    path.write_bytes("name,größe\nMüller,1\n".encode("cp1252"))
    assert read_table(path).frame.iloc[0].tolist() == ["Müller", 1]
    path.write_bytes("name,größe\nMüller,1\n".encode("utf-16"))
    assert read_table(path).names == ["name", "größe"]
    path.write_text('a,a,\n"two\nlines",2,3\n')
    table = read_table(path)
    assert (table.names, table.frame["a"].tolist()) == (["a", "a (2)", "Column 3"], ["two\nlines"])
    assert read_table(path, rows=1).rows == 1
    path.write_text("")
    assert (read_table(path).rows, read_table(path).names) == (0, [])
    path.write_text("a,b\n")
    assert (read_table(path).rows, read_table(path).names) == (0, ["a", "b"])


def test_faults_of_files_name_the_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n1,2,3\n")
    with pytest.raises(ModuleError, match="a.csv: A row has 3 values where the others have 2") as caught:
        read_table(path)
    assert caught.value.row == 2
    (tmp_path / "b.arff").write_text("@relation r\n@attribute a numeric\n@data\n1\nx\n")
    with pytest.raises(ModuleError, match="“x” is no number") as caught:
        read_table(tmp_path / "b.arff")
    assert (caught.value.column, caught.value.row) == ("a", 2)
    for name, content in {"c.parquet": b"PAR1 no", "d.svmlight": b"1 a:b\n", "e.xlsx": b"PK", "f.jsonl": b"{"}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ModuleError, match=name.replace(".", r"\.")):
            read_table(tmp_path / name)
    (tmp_path / "nothing").mkdir()
    with pytest.raises(ModuleError, match="holds no table"):
        read_table(tmp_path / "nothing")


def test_a_broken_table_folder_is_told(tmp_path):
    write_table(Table(pd.DataFrame({"a": [1]})), tmp_path)
    (tmp_path / "data.parquet").write_bytes(b"no")
    with pytest.raises(ModuleError, match="The table cannot be read"):
        read_table(tmp_path)
    (tmp_path / "schema.json").write_text("{")
    with pytest.raises(ModuleError, match="The table cannot be read"):
        read_table(tmp_path)


def test_svmlight_has_its_label(tmp_path):
    path = tmp_path / "a.svmlight"
    path.write_text("1 1:0.5 3:2\n-1 2:1 # note\n")
    table = read_table(path)
    assert table.label_column() == "Label"
    assert table.frame.to_numpy().tolist() == [[1, 0.5, 0, 2], [-1, 0, 1, 0]]


def test_foreign_parquet_is_made_tidy(tmp_path):
    data = pa.table(
        {
            "decimal": pa.array([1, None], type=pa.decimal128(10, 2)),
            "date": pa.array([datetime.date(2024, 1, 1), None]),
            "dictionary": pa.array(["a", None]).dictionary_encode(),
            "list": [[1, 2], None],
            "bytes": [b"\xff", None],
            "time": pa.array([datetime.time(12, 30), None]),
            "nothing": pa.nulls(2),
            "zone": pa.array([0, None], type=pa.timestamp("us", tz="America/New_York")),
            "unsigned": pa.array([2**64 - 1, None], type=pa.uint64()),
        }
    )
    pq.write_table(data, tmp_path / "a.parquet")
    table = read_table(tmp_path)
    assert [column.type for column in table.columns] == (
        ["double", "datetime"] + ["string"] * 5 + ["datetime", "integer"]
    )
    assert table.column("dictionary").categorical
    assert table.frame["list"][0] == "[1, 2]" and table.frame["unsigned"][0] == 2**64 - 1
    pq.write_table(pa.table({"a": range(100_000)}), tmp_path / "a.parquet")
    assert read_table(tmp_path, rows=70_000).frame["a"].tolist() == list(range(70_000))


def test_files_of_a_folder_lie_below_each_other(tmp_path):
    (tmp_path / "1.csv").write_text("a,b\n1,x\n")
    (tmp_path / "2.csv").write_text("a,c\n1.5,2\n")
    (tmp_path / "_note.csv").write_text("no\n")
    (tmp_path / "read.me").write_text("no")
    table = read_table(tmp_path)
    assert table.frame["a"].tolist() == [1.0, 1.5] and table.names == ["a", "b", "c"]
    (tmp_path / "3.csv").write_text("a\nword\n")
    assert read_table(tmp_path).frame["a"].tolist() == ["1", "1.5", "word"]
    assert load_table(tmp_path, rows=2).data.num_rows == 2


def test_mltable_says_how_files_are_read(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("1;x\n2;y\n")
    (tmp_path / "MLTable").write_text(
        "paths:\n- pattern: ./data/*.txt\ntransformations:\n- read_delimited: {delimiter: ';', header: no_header}\n"
    )
    assert read_table(tmp_path).frame.to_numpy().tolist() == [[1, "x"], [2, "y"]]
    (tmp_path / "MLTable").write_text("paths:\n- file: ../../etc/passwd\n")
    with pytest.raises(ModuleError, match="names no file"):
        read_table(tmp_path)
    (tmp_path / "MLTable").write_text("paths:\n- file: data/a.txt\ntransformations:\n- skip: 3\n")
    with pytest.raises(ModuleError, match="“skip”"):
        read_table(tmp_path)
