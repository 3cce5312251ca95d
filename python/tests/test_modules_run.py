from __future__ import annotations

import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from atelier_modules.table_files import read_stored
from worker_client import MODULES, PACKAGE


@pytest.fixture
def run(tmp_path):
    def work(**spec) -> tuple[subprocess.CompletedProcess, list[dict]]:
        messages = tmp_path / "messages.ndjson"
        messages.unlink(missing_ok=True)
        path = tmp_path / "step.json"
        path.write_text(json.dumps({**spec, "messages": str(messages)}))
        env = {**os.environ, "PYTHONPATH": str(PACKAGE), "ATELIER_MODULES": str(MODULES)}
        command = [sys.executable, "-m", "atelier_modules", "run", str(path)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
        return done, [json.loads(line) for line in messages.read_text().splitlines()]

    return work


def test_one_step_in_a_process_of_its_own(run, tmp_path):
    (tmp_path / "a.csv").write_text("age,job\n31,clerk\n")
    done, messages = run(
        module="echo",
        parameters={"columns": "job"},
        inputs={"dataset": str(tmp_path / "a.csv")},
        outputs={"results_dataset": str(tmp_path / "out")},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "printed: 1 rows\n" in done.stdout
    assert {"fact": "1 columns"} in messages
    assert messages[-1]["done"]["outputs"] == ["results_dataset"]
    assert read_stored(tmp_path / "out").table().frame["job"].tolist() == ["clerk"]


def test_faults_of_the_input_and_of_the_module_have_codes(run, tmp_path):
    done, messages = run(module="echo", inputs={"dataset": str(tmp_path / "nothing.csv")}, outputs={})
    assert done.returncode == 1
    assert messages[-1]["failed"]["code"] == "MODULE_ERROR"
    assert messages[-1]["failed"]["message"] in done.stderr
    done, messages = run(module="misbehave", parameters={"how": "fault"}, outputs={})
    assert done.returncode == 2 and "AttributeError: no such thing" in done.stderr
    assert messages[-1]["failed"]["code"] == "BUG"
    done, messages = run(module="misbehave", parameters={"how": "nothing"}, outputs={"results_dataset": str(tmp_path / "x")})
    assert messages[-1]["failed"]["message"] == "Misbehave has a fault: it gave no Results dataset."


def test_a_module_tests_itself_with_the_helper(monkeypatch):
    monkeypatch.setenv("ATELIER_MODULES", str(MODULES))
    from atelier_modules.testing import run_module

    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
    outputs = run_module("echo", {"columns": "b"}, dataset=frame)
    assert outputs["results_dataset"].frame["b"].tolist() == ["x", None]
    assert (outputs.fact, outputs.metrics[0]) == ("1 columns", ("rows", 2.0, 0))
    assert outputs.log[0].startswith("drawn")
