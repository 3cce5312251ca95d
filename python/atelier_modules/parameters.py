"""Values of parameters, checked against module.yml before a module sees them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .definition import ModuleDefinition, Parameter
from .errors import ModuleError
from .selector import near_name

# `number_of_trees_range` lists values of `number_of_trees`.
_RANGE = "_range"


def resolve_parameters(module: ModuleDefinition, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every parameter of the module with its value or default. Raises ModuleError that names the parameter.

    A parameter that is not shown (`visible_when`) need not be set; what was left in it is ignored if it is wrong.
    """
    known = {parameter.name: parameter for parameter in module.parameters}
    for name in given:
        if name not in known:
            near = near_name(name, list(known))
            hint = f"Did you mean “{near}”?" if near else None
            raise ModuleError(f"{module.display_name} has no parameter “{name}”.", parameter=name, hint=hint)
    values: dict[str, Any] = {}
    for name, parameter in known.items():
        values[name] = _resolve(module, parameter, given)
        single = known.get(name.removesuffix(_RANGE))
        if parameter.widget == "number_list" and single is not parameter and single is not None:
            if is_visible(module, parameter, given):
                _check_list(parameter, single, values[name])
    return values


def _check_list(parameter: Parameter, single: Parameter, text: str) -> None:
    """Values to try of `learning_rate_range` keep within the limits of `learning_rate`. What is no number the module says."""
    for part in str(text or "").split(";"):
        if single.type in ("integer", "number") and _float(part) is not None:
            try:
                check_value(single, part.strip())
            except ModuleError as error:
                raise ModuleError(error.message, parameter=parameter.name) from None


def _resolve(module: ModuleDefinition, parameter: Parameter, given: Mapping[str, Any]) -> Any:
    value = given.get(parameter.name)
    if value is None or (value == "" and parameter.type != "string"):
        if parameter.has_default or parameter.optional:
            return parameter.default
        if not is_visible(module, parameter, given):
            return None
        raise ModuleError(f"“{parameter.display_name}” is not set.", parameter=parameter.name)
    try:
        return check_value(parameter, value)
    except ModuleError:
        if is_visible(module, parameter, given):
            raise
        return parameter.default


def is_visible(module: ModuleDefinition, parameter: Parameter, given: Mapping[str, Any]) -> bool:
    known = {other.name: other for other in module.parameters}
    for name, values in parameter.visible_when.items():
        other = known.get(name)
        if other is None:
            continue
        value = given.get(name)
        if not is_visible(module, other, given) or (other.default if value is None else value) not in values:
            return False
    return True


def check_value(parameter: Parameter, value: Any) -> Any:
    """The value in the parameter's type. Text such as `"0.5"` and `"true"` is understood, as a YAML job may quote it."""
    convert = {"string": _text, "integer": _integer, "number": _number, "boolean": _boolean}[parameter.type]
    typed = convert(parameter, value)
    if parameter.choices is not None and typed not in parameter.choices:
        raise _wrong(parameter, value, f"one of {', '.join(parameter.choices)}")
    if parameter.type in ("integer", "number"):
        _check_range(parameter, typed, value)
    return typed


def _check_range(parameter: Parameter, value: float, given: Any) -> None:
    low, high = parameter.minimum, parameter.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return
    if low is not None and high is not None:
        raise _wrong(parameter, given, f"from {low:g} to {high:g}")
    raise _wrong(parameter, given, f"at least {low:g}" if low is not None else f"at most {high:g}")


def _wrong(parameter: Parameter, value: Any, needed: str) -> ModuleError:
    shown = str(value) if len(str(value)) <= 60 else f"{str(value)[:60]}…"
    return ModuleError(f"“{parameter.display_name}” is {shown}; it must be {needed}.", parameter=parameter.name)


def _text(parameter: Parameter, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value}"
    raise _wrong(parameter, value, "text")


def _integer(parameter: Parameter, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    number = _float(value)
    if number is None or number != math.floor(number):
        raise _wrong(parameter, value, "a whole number")
    return int(number)


def _number(parameter: Parameter, value: Any) -> float:
    number = _float(value)
    if number is None:
        raise _wrong(parameter, value, "a number")
    return number


def _float(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _boolean(parameter: Parameter, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    raise _wrong(parameter, value, "true or false")
