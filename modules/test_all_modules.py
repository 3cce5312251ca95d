"""What holds for every module: it is described to its users, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from atelier_modules.api import Table
from atelier_modules.definition import ModuleDefinition, Port, read_module
from atelier_modules.loading import load_run
from atelier_modules.testing import Outputs, run_module

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/*/module.yml"))
GROUPS = {
    "data_input_output": 3,
    "data_transformation": 19,
    "feature_selection": 2,
    "statistics": 1,
    "regression": 6,
    "clustering": 1,
    "classification": 12,
    "training": 3,
    "scoring_evaluation": 5,
    "python": 2,
    "anomaly_detection": 2,
    "web_service": 2,
}
ROLES = {"source", "drop", "transform", "train", "score"}
# What an example that brings no table, learner or model of its own is run with.
TABLE = pd.DataFrame(
    {
        "age": [21, 35, 48, 52, 29, 61],
        "visits": [1, 4, 2, 6, 5, 1],
        "bought": ["no", "yes", "no", "yes", "yes", "no"],
    }
)
LEARNERS: dict[str, tuple[str, dict[str, Any]]] = {
    "train_clustering_model": ("k_means_clustering", {}),
    "assign_data_to_clusters": ("k_means_clustering", {}),
    "train_anomaly_detection_model": ("pca_based_anomaly_detection", {"number_of_components": 1}),
}


def name_of(folder: Path) -> str:
    return folder.name


def document(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / "module.yml").read_text(encoding="utf-8"))


def test_every_group_is_complete():
    found: dict[str, int] = {}
    for folder in FOLDERS:
        found[folder.parent.name] = found.get(folder.parent.name, 0) + 1
    assert found == GROUPS
    assert len({folder.name for folder in FOLDERS}) == sum(GROUPS.values()) == 58


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_is_described(folder):
    module = read_module(folder)
    text = document(folder)
    assert text["description"].strip().endswith(".")
    assert len(text["help"].split()) >= 10
    assert isinstance(text["is_deterministic"], bool)
    assert text["cost"] in ("light", "heavy")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text["icon"])
    for name, item in text.get("inputs", {}).items():
        assert item.get("description", "").strip(), name
    for name, item in {**text.get("inputs", {}), **text.get("outputs", {})}.items():
        assert item.get("display_name"), name
    for parameter in module.parameters:
        unlabelled = set(parameter.choices or ()) - set(text["inputs"][parameter.name].get("labels", {}))
        assert all(re.fullmatch(r"[A-Z]\w+", choice) for choice in unlabelled), (
            f"{parameter.name}: {unlabelled}"
        )
    assert "example" in text


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_can_be_loaded_and_has_a_test(folder):
    load_run(read_module(folder))
    assert (folder / f"test_{folder.name}.py").is_file()


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_inference_role_names_its_ports(folder):
    module = read_module(folder)
    role = module.inference
    assert role.get("role") in {*ROLES, None}
    outputs = {port.name: port.type for port in module.outputs}
    if "data" in role:
        assert role["data"] in {port.name for port in module.inputs}
    if role.get("role") == "transform":
        assert outputs[role["output"]] == "transform"
    if role.get("role") == "train":
        assert outputs[role["output"]] == "trained_model"


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_the_example_runs(folder):
    module = read_module(folder)
    out = run_module(module.name, module.example.get("parameters", {}), **example_inputs(module))
    assert {port.name for port in module.outputs if not port.optional} <= set(out)


def example_inputs(module: ModuleDefinition) -> dict[str, Any]:
    given = {name: as_frame(table) for name, table in module.example.get("inputs", {}).items()}
    tables = [value for value in given.values() if isinstance(value, pd.DataFrame)]
    for port in module.inputs:
        if port.name not in given and not port.optional:
            given[port.name] = companion(module, port, tables[0] if tables else default_table(module))
    return given


def as_frame(table: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(table["rows"], columns=table["columns"])


def default_table(module: ModuleDefinition) -> pd.DataFrame:
    return TABLE[["age", "visits"]] if module.name in LEARNERS else TABLE


def companion(module: ModuleDefinition, port: Port, table: pd.DataFrame) -> Any:
    if port.type == "data_frame":
        return table
    if port.type == "untrained_model":
        return learner(module)["untrained_model"]
    if port.type == "trained_model":
        return trained(module, table)
    if port.type == "transform":
        return run_module("normalize_data", {}, dataset=table)["transformation_function"]
    raise AssertionError(f"the example of {module.name} must bring {port.name}, a {port.type}")


def learner(module: ModuleDefinition) -> Outputs:
    return run_module(*LEARNERS.get(module.name, ("two_class_logistic_regression", {})))


def trained(module: ModuleDefinition, table: pd.DataFrame) -> Any:
    untrained = learner(module)["untrained_model"]
    if module.name in LEARNERS:
        out = run_module(
            "train_clustering_model", {"columns": "age, visits"}, untrained_model=untrained, dataset=table
        )
    else:
        options = {"label_column": table.columns[-1]}
        out = run_module("train_model", options, untrained_model=untrained, dataset=Table(table))
    return out["trained_model"]
