import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from atelier_modules.api import Column, ModuleError, Table
from atelier_modules.testing import run_module

FRAME = pd.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})


def run(body, dataset1=None, dataset2=None, bundle=None, head=""):
    script = f"{head}\ndef azureml_main(dataframe1=None, dataframe2=None):\n    {body}\n"
    return run_module(
        "execute_python_script", {"script": script}, dataset1=dataset1, dataset2=dataset2, script_bundle=bundle
    )


def test_the_script_that_stands_there_first_hands_the_dataset_on():
    out = run_module("execute_python_script", {}, dataset1=FRAME)
    pd.testing.assert_frame_equal(out["result_dataset1"].frame, FRAME)
    assert "result_dataset2" not in out
    assert out.log == ["3 rows came in"] and out.fact == "3 rows"


def test_two_datasets_in_and_two_out():
    out = run("return dataframe2, dataframe1.assign(c=dataframe1.a * 2)", FRAME, FRAME.head(1))
    assert out["result_dataset1"].rows == 1
    assert out["result_dataset2"].frame["c"].tolist() == [2, 4, 6]
    assert out.fact == "1 row, 3 rows"


def test_no_dataset_and_a_table_made_by_the_script():
    out = run(
        "return pd.DataFrame({'n': [dataframe1 is None, dataframe2 is None]}),", head="import pandas as pd"
    )
    assert out["result_dataset1"].frame["n"].tolist() == [True, True]


def test_empty_tables_and_one_row():
    assert run("return dataframe1", FRAME.head(0))["result_dataset1"].rows == 0
    assert run("return dataframe1.a", FRAME.head(1))["result_dataset1"].names == ["a"]


def test_what_was_known_of_the_columns_stays_known():
    table = Table(FRAME, [Column("b", "string", categorical=True, role="label")])
    out = run("return dataframe1[['b']].assign(n=1)", table)
    assert out["result_dataset1"].column("b").categorical and out["result_dataset1"].label_column() == "b"


def test_the_dataset_itself_is_not_changed():
    table = Table(FRAME.copy())
    run("dataframe1['a'] = 0; return dataframe1", table)
    assert table.frame["a"].tolist() == [1, 2, 3]


def test_prints_stand_in_the_log():
    out = run(
        "print('one\\ntwo'); print('three', end=''); sys.stderr.write('four\\n'); return dataframe1",
        FRAME,
        head="import sys",
    )
    assert out.log == ["one", "two", "threefour"]


def test_a_fault_is_told_with_the_scripts_own_lines():
    with pytest.raises(ModuleError) as fault:
        run("return helper(dataframe1)", FRAME, head="def helper(frame):\n    return frame['missing']\n")
    assert fault.value.message.startswith("The script failed in line 2: KeyError: 'missing'")
    assert (
        "line 5, in azureml_main" in fault.value.message and "return helper(dataframe1)" in fault.value.message
    )
    assert "execute_python_script/run.py" not in fault.value.message
    assert fault.value.parameter == "script"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 5", "Result 1 of azureml_main is a int"),
        ("pass", "returned nothing"),
        ("return dataframe1, dataframe1, dataframe1", "at most two"),
        ("return (", "not valid Python: .* in line"),
        ("import sys; sys.exit(2)", "SystemExit"),
    ],
)
def test_results_that_are_no_frames_are_told(body, said):
    with pytest.raises(ModuleError, match=said):
        run(body, FRAME)


def test_a_script_without_the_function_is_told():
    with pytest.raises(ModuleError, match="no function azureml_main"):
        run_module("execute_python_script", {"script": "x = 1"}, dataset1=FRAME)


@pytest.fixture(params=["zip", "folder with a zip", "folder"])
def bundle(request, tmp_path):
    source = "def double(x):\n    return 2 * x\n"
    if request.param == "folder":
        (tmp_path / "numbers_of_mine.py").write_text(source)
        (tmp_path / "words.txt").write_text("hello")
        return tmp_path
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("numbers_of_mine.py", source)
        archive.writestr("words.txt", "hello")
    return path if request.param == "zip" else tmp_path


def test_a_bundle_is_on_the_import_path_and_unpacked(bundle):
    out = run(
        "dataframe1['a'] = double(dataframe1['a']); dataframe1['w'] = open('Script Bundle/words.txt').read(); return dataframe1",
        FRAME,
        bundle=bundle,
        head="from numbers_of_mine import double",
    )
    assert out["result_dataset1"].frame["a"].tolist() == [2, 4, 6]
    assert set(out["result_dataset1"].frame["w"]) == {"hello"}


def test_a_bundle_that_is_no_zip_is_told(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello")
    with pytest.raises(ModuleError, match="“notes.txt” is no zip file"):
        run("return dataframe1", FRAME, bundle=path)


def test_scripts_of_several_threads_keep_their_prints_apart():
    body = "time.sleep(0.02); print(dataframe1.a[0]); return dataframe1"
    frames = [pd.DataFrame({"a": [i]}) for i in range(6)]
    before = sys.stdout
    with ThreadPoolExecutor(6) as pool:
        outs = list(pool.map(lambda frame: run(body, frame, head="import time"), frames))
    assert [out.log for out in outs] == [[str(i)] for i in range(6)]
    assert sys.stdout is before


def test_figures_left_open_and_pictures_in_the_folder_are_given():
    drawn = run(
        "plt.figure(); plt.plot([1, 2]); plt.figure(); plt.savefig('b.jpg'); plt.close(); "
        "os.mkdir('more'); plt.figure(7).savefig('more/c.webp'); return dataframe1",
        FRAME,
        head="import os\nimport matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt",
    )
    names = sorted(path.name for path in drawn["images"].iterdir())
    assert names == ["b.jpg", "figure-1.png", "figure-7.png", "more-c.webp"]
    assert (drawn["images"] / "figure-1.png").read_bytes().startswith(b"\x89PNG")
    assert drawn.fact == "3 rows, 4 images"
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


def test_without_a_drawing_there_are_no_images(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"of the bundle")
    out = run("return dataframe1", FRAME, bundle=tmp_path)
    assert "images" not in out and out.fact == "3 rows"


def test_a_folder_with_the_name_of_a_picture_is_none():
    out = run("os.makedirs('a.png'); open('a.png/b.png', 'wb').close(); return dataframe1", FRAME, head="import os")
    assert [path.name for path in out["images"].iterdir()] == ["a.png-b.png"]
