"""module.yml, read strictly: a module that is written wrongly must not start."""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .errors import ModuleBug, ModuleError
from .yaml_core import read_yaml

FILE_TYPES = ("uri_file", "uri_folder", "mltable", "mlflow_model", "custom_model", "triton_model")
PORT_TYPES = ("data_frame", "untrained_model", "trained_model", "transform", *FILE_TYPES)
PARAMETER_TYPES = ("string", "integer", "number", "boolean")
WIDGETS = (
    "text textarea python sql columns column column_list number_list datastore_path".split()
)
_TOP = (
    "$schema type name version display_name category icon description help is_deterministic cost inputs outputs "
    "example inference"
).split()
_PORT = "type display_name description optional".split()
_PARAMETER = (
    "type display_name description optional default min max enum labels widget from visible_when advanced"
).split()


@dataclass(frozen=True)
class Port:
    name: str
    type: str
    display_name: str
    optional: bool = False


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str
    display_name: str
    default: Any = None
    has_default: bool = False
    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] | None = None
    widget: str | None = None
    source: str | None = None
    visible_when: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class ModuleDefinition:
    name: str
    version: str
    display_name: str
    category: str
    is_deterministic: bool
    folder: Path
    inputs: tuple[Port, ...]
    parameters: tuple[Parameter, ...]
    outputs: tuple[Port, ...]
    example: dict[str, Any]
    inference: dict[str, Any]


def modules_folder() -> Path:
    """Where the modules are: ATELIER_MODULES, or `modules` beside the package or beside its parent folder."""
    named = os.environ.get("ATELIER_MODULES")
    if named:
        return Path(named)
    here = Path(__file__).resolve().parent
    places = [here.parent / "modules", here.parent.parent / "modules"]
    return next((place for place in places if place.is_dir()), places[-1])


@functools.cache
def module_folders(root: Path) -> dict[str, Path]:
    return {path.parent.name: path.parent for path in sorted(root.glob("*/*/module.yml"))}


def find_module(name: str, root: Path | None = None) -> ModuleDefinition:
    folders = module_folders(root or modules_folder())
    if name not in folders:
        raise ModuleError(f"There is no module “{name}”.", hint=f"There are {len(folders)} modules here.")
    return read_module(folders[name])


@functools.cache
def read_module(folder: Path) -> ModuleDefinition:
    """Raises ModuleBug with the file and the key that is wrong."""
    path = folder / "module.yml"
    try:
        document = read_yaml(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ModuleBug(f"{path}: {error}") from None
    return _Reader(path, folder).read(document)


class _Reader:
    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.folder = folder

    def fail(self, where: str, message: str) -> ModuleBug:
        return ModuleBug(f"{self.path}: {where}: {message}")

    def read(self, document: Any) -> ModuleDefinition:
        self.keys("module", document, _TOP)
        if document.get("type") != "module":
            raise self.fail("type", "must be module")
        if document.get("name") != self.folder.name:
            raise self.fail("name", f"must be the folder's name, {self.folder.name}")
        if document.get("category") != self.folder.parent.name:
            raise self.fail("category", f"must be the group's folder, {self.folder.parent.name}")
        for key in ("version", "display_name", "description", "icon"):
            if not isinstance(document.get(key), str) or not document[key].strip():
                raise self.fail(key, "must be text")
        if document.get("cost", "light") not in ("light", "heavy"):
            raise self.fail("cost", "must be light or heavy")
        inputs = self.mapping("inputs", document.get("inputs"))
        ports = {name: body for name, body in inputs.items() if self.kind(name, body) in PORT_TYPES}
        parameters = tuple(
            self.parameter(name, body, list(inputs), list(ports))
            for name, body in inputs.items()
            if name not in ports
        )
        outputs = self.mapping("outputs", document.get("outputs"))
        return ModuleDefinition(
            name=document["name"],
            version=document["version"],
            display_name=document["display_name"],
            category=document["category"],
            is_deterministic=self.boolean(document, "is_deterministic", True),
            folder=self.folder,
            inputs=tuple(self.port(f"inputs.{name}", name, body) for name, body in ports.items()),
            parameters=parameters,
            outputs=tuple(self.port(f"outputs.{name}", name, body) for name, body in outputs.items()),
            example=self.mapping("example", document.get("example")),
            inference=self.mapping("inference", document.get("inference")),
        )

    def keys(self, where: str, value: Any, known: list[str]) -> None:
        if not isinstance(value, dict):
            raise self.fail(where, "must be a mapping")
        for key in value:
            if key not in known:
                raise self.fail(where, f"has the unknown key “{key}”")

    def mapping(self, where: str, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.fail(where, "must be a mapping")
        return value

    def boolean(self, body: dict[str, Any], key: str, default: bool) -> bool:
        value = body.get(key, default)
        if not isinstance(value, bool):
            raise self.fail(key, "must be true or false")
        return value

    def kind(self, name: str, body: Any) -> str:
        where = f"inputs.{name}"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", str(name)):
            raise self.fail(where, "names are snake_case")
        kind = body.get("type") if isinstance(body, dict) else None
        if kind not in PORT_TYPES and kind not in PARAMETER_TYPES:
            raise self.fail(where, f"has no known type: {kind}")
        return kind

    def port(self, where: str, name: str, body: Any) -> Port:
        self.keys(where, body, _PORT)
        if body.get("type") not in PORT_TYPES:
            raise self.fail(where, f"has no known type: {body.get('type')}")
        return Port(
            name, body["type"], str(body.get("display_name", name)), self.boolean(body, "optional", False)
        )

    def parameter(self, name: str, body: dict[str, Any], inputs: list[str], ports: list[str]) -> Parameter:
        where = f"inputs.{name}"
        self.keys(where, body, _PARAMETER)
        widget = body.get("widget")
        if widget is not None and widget not in WIDGETS:
            raise self.fail(where, f"has no known widget: {widget}")
        source = body.get("from")
        if source is not None and source not in ports:
            raise self.fail(where, f"speaks of the columns of “{source}”, which is no input port")
        choices = body.get("enum")
        if choices is not None and not (
            isinstance(choices, list) and choices and all(isinstance(choice, str) for choice in choices)
        ):
            raise self.fail(where, "enum must be a list of texts (quote numbers, true and false)")
        for choice in self.mapping(f"{where}.labels", body.get("labels")):
            if choices is None or choice not in choices:
                raise self.fail(where, f"labels “{choice}”, which is not in its enum")
        visible = self.mapping(f"{where}.visible_when", body.get("visible_when"))
        for other, values in visible.items():
            if other not in inputs or not isinstance(values, list):
                raise self.fail(where, "visible_when names another parameter and a list of its values")
        parameter = Parameter(
            name=name,
            type=body["type"],
            display_name=str(body.get("display_name", name)),
            default=body.get("default"),
            has_default="default" in body,
            optional=self.boolean(body, "optional", False),
            minimum=body.get("min"),
            maximum=body.get("max"),
            choices=tuple(choices) if choices is not None else None,
            widget=widget,
            source=source,
            visible_when=visible,
        )
        if parameter.has_default and parameter.default is not None:
            self.check_default(where, parameter)
        return parameter

    def check_default(self, where: str, parameter: Parameter) -> None:
        from .parameters import check_value

        try:
            check_value(parameter, parameter.default)
        except ModuleError as error:
            raise self.fail(where, f"default: {error.message}") from None
