from __future__ import annotations

from pathlib import Path

import pytest
from atelier_modules.definition import ModuleDefinition, modules_folder, read_module
from atelier_modules.errors import ModuleBug, ModuleError
from atelier_modules.loading import load_run
from atelier_modules.parameters import is_visible, resolve_parameters
from atelier_modules.yaml_core import read_yaml

GOOD = """
type: module
name: sample
version: "1"
display_name: Sample
category: statistics
icon: sigma
description: A module of this test.
inputs:
  dataset: { type: data_frame, display_name: Dataset }
  other: { type: data_frame, optional: true }
  mode: { type: string, enum: [mean, custom], default: mean, display_name: Mode, labels: { mean: Mean } }
  value: { type: number, min: 0, max: 10, display_name: Value, visible_when: { mode: [custom] } }
  rows: { type: integer, min: 1, default: 5, display_name: Rows }
  on: { type: boolean, default: false }
  note: { type: string, optional: true }
  column: { type: string, widget: column, from: dataset, display_name: Column }
outputs:
  results_dataset: { type: data_frame }
"""


@pytest.fixture
def write(tmp_path):
    def work(text: str, run: str = "def run(ctx, **values):\n    return {}\n", number=[0]) -> ModuleDefinition:
        number[0] += 1
        folder = tmp_path / str(number[0]) / "statistics" / "sample"
        folder.mkdir(parents=True)
        (folder / "module.yml").write_text(text)
        (folder / "run.py").write_text(run)
        return read_module(folder)

    return work


def test_ports_and_parameters_are_told_apart(write):
    module = write(GOOD)
    assert [(port.name, port.optional) for port in module.inputs] == [("dataset", False), ("other", True)]
    assert [one.name for one in module.parameters] == ["mode", "value", "rows", "on", "note", "column"]
    assert module.parameters[0].choices == ("mean", "custom")
    assert module.is_deterministic


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("type: module", "type: command", "type: must be module"),
        ("name: sample", "name: other", "folder's name, sample"),
        ("category: statistics", "category: python", "group's folder, statistics"),
        ('version: "1"', "version: 1", "version: must be text"),
        ("icon: sigma", "colour: red", "unknown key “colour”"),
        ("type: integer, min: 1", "type: int, min: 1", "inputs.rows: has no known type: int"),
        ("widget: column", "widget: picker", "inputs.column: has no known widget: picker"),
        ("from: dataset", "from: nothing", "speaks of the columns of “nothing”"),
        ("labels: { mean: Mean }", "labels: { median: M }", "labels “median”"),
        ("enum: [mean, custom]", "enum: [yes, 1]", "enum must be a list of texts"),
        ("default: mean", "default: median", "inputs.mode: default: “Mode” is median"),
        ("default: 5", "default: 0", "inputs.rows: default: “Rows” is 0; it must be at least 1"),
        ("visible_when: { mode: [custom] }", "visible_when: { modus: [custom] }", "visible_when names another"),
        ("optional: true }\n  mode", "optional: maybe }\n  mode", "optional: must be true or false"),
        ("results_dataset: { type: data_frame }", "results_dataset: { type: table }", "outputs.results_dataset"),
        ("  on:", "  On:", "inputs.On: names are snake_case"),
        ("inputs:", "inputs: [", "module.yml"),
    ],
)
def test_what_is_wrong_in_a_module_is_named(write, old, new, said):
    assert old in GOOD
    with pytest.raises(ModuleBug) as caught:
        write(GOOD.replace(old, new, 1))
    assert said in str(caught.value)


def test_values_are_typed_checked_and_defaulted(write):
    module = write(GOOD)
    values = resolve_parameters(module, {"rows": "7", "on": "TRUE", "column": "age", "note": 12})
    assert values == {"mode": "mean", "value": None, "rows": 7, "on": True, "note": "12", "column": "age"}
    assert resolve_parameters(module, {"mode": "custom", "value": "2.5", "column": "a"})["value"] == 2.5
    # What was left in a parameter that is not shown does no harm.
    assert resolve_parameters(module, {"value": "x", "column": "a"})["value"] is None
    assert is_visible(module, module.parameters[1], {"mode": "custom"})
    assert not is_visible(module, module.parameters[1], {})


@pytest.mark.parametrize(
    ("given", "parameter", "said"),
    [
        ({}, "column", "“Column” is not set."),
        ({"column": "a", "rows": 0}, "rows", "“Rows” is 0; it must be at least 1."),
        ({"column": "a", "rows": 1.5}, "rows", "must be a whole number"),
        ({"column": "a", "rows": True}, "rows", "must be a whole number"),
        ({"column": "a", "rows": "many"}, "rows", "must be a whole number"),
        ({"column": "a", "mode": "custom"}, "value", "“Value” is not set."),
        ({"column": "a", "mode": "custom", "value": 11}, "value", "must be from 0 to 10"),
        ({"column": "a", "mode": "custom", "value": "nan"}, "value", "must be a number"),
        ({"column": "a", "mode": "median"}, "mode", "must be one of mean, custom"),
        ({"column": "a", "on": "perhaps"}, "on", "must be true or false"),
        ({"column": ["a"]}, "column", "must be text"),
        ({"colum": "a"}, "colum", "Sample has no parameter “colum”."),
    ],
)
def test_wrong_values_name_their_parameter(write, given, parameter, said):
    with pytest.raises(ModuleError) as caught:
        resolve_parameters(write(GOOD), given)
    assert caught.value.parameter == parameter
    assert said in caught.value.message


def test_yaml_is_that_of_the_studio():
    text = "a: [yes, on, No, true, 0o7, 1_000, 1:30, 010, 0x1F, 1e3, -.5, .inf, ~, 2024-01-01, '1']\nb:\n"
    assert read_yaml(text) == {
        "a": ["yes", "on", "No", True, "0o7", "1_000", "1:30", 10, 31, 1000.0, -0.5, float("inf"), None]
        + ["2024-01-01", "1"],
        "b": None,
    }


def test_run_takes_what_the_module_declares(write):
    with pytest.raises(ModuleBug, match="disagree about column, .*value"):
        load_run(write(GOOD, "def run(ctx, dataset, other):\n    return {}\n"))
    with pytest.raises(ModuleBug, match="has no function run"):
        load_run(write(GOOD, "x = 1\n"))


ALL = sorted(path.parent for path in modules_folder().glob("*/*/module.yml"))


@pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)
def test_every_module_of_the_studio_keeps_the_contract(folder: Path):
    module = read_module(folder)
    load_run(module)
    known = {parameter.name for parameter in module.parameters}
    assert set(module.example.get("parameters", {})) <= known
    assert set(module.example.get("inputs", {})) <= {port.name for port in module.inputs}
    resolve_parameters(module, module.example.get("parameters", {}))
    outputs = {port.name for port in module.outputs}
    if "output" in module.inference:
        assert module.inference["output"] in outputs
    document = read_yaml((folder / "module.yml").read_text())
    for name, port in {**document.get("inputs", {}), **document.get("outputs", {})}.items():
        assert port.get("display_name"), f"{name} has no title"
    assert document["description"].endswith("."), "a description is a sentence"


def test_there_are_modules():
    assert len(ALL) >= 58
    assert len({folder.name for folder in ALL}) == len(ALL)
