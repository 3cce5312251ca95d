"""Parameters of learners: the trainer mode, ranges and lists."""

from __future__ import annotations

from typing import Any

from ..context import Context
from ..errors import ModuleError

_RANGE = "_range"
_MODE = "trainer_mode"
# Whole numbers. The limits of all values are those of module.yml.
_WHOLE = (
    "number_of_leaves",
    "minimum_leaf_instances",
    "number_of_trees",
    "maximum_depth",
    "random_splits",
    "iterations",
    "epochs",
)
_TEXTS = ("hidden_nodes",)


def read_settings(settings: dict[str, Any], ctx: Context) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Values and ranges of a learner's parameters, as run() got them.

    In parameter range mode a value is the first of its range; otherwise there are no ranges. A seed is drawn from the
    clock here, not in training: so the learner differs each time, and a training that reads it is not taken for done.
    """
    single = {key: value for key, value in settings.items() if key != _MODE and not key.endswith(_RANGE)}
    if "random_seed" in single:
        single["random_seed"] = ctx.random_seed(single["random_seed"])
    if settings.get(_MODE, "single_parameter") != "parameter_range":
        return single, {}
    ranges: dict[str, list[Any]] = {}
    for key, text in settings.items():
        if not key.endswith(_RANGE):
            continue
        name = key[: -len(_RANGE)]
        ranges[name] = read_range(text or "", key)
        single[name] = ranges[name][0]
    return single, ranges


def read_range(text: str, parameter: str) -> list[Any]:
    """The values of a `;` list, each once, in order. Raises ModuleError that names the parameter."""
    values = []
    for part in str(text).split(";"):
        if not part.strip():
            continue
        values.append(_value(part.strip(), parameter))
    if not values:
        raise ModuleError(
            "There is no value to try.", parameter=parameter, hint="Write values such as 8;20;64."
        )
    return list(dict.fromkeys(values))


def _value(part: str, parameter: str) -> Any:
    name = parameter.removesuffix(_RANGE)
    if name in _TEXTS:
        return part
    try:
        value = float(part)
    except ValueError:
        raise ModuleError(
            f"“{part}” is no number.", parameter=parameter, hint="Write values such as 8;20;64."
        ) from None
    whole = name in _WHOLE
    if value != value or value in (float("inf"), float("-inf")) or (whole and value != int(value)):
        raise ModuleError(f"“{part}” is no {'whole' if whole else 'finite'} number.", parameter=parameter)
    return int(value) if whole else value


def read_quantiles(text: str) -> list[float]:
    """Quantiles in rising order. Raises ModuleError for what does not lie between 0 and 1."""
    found = []
    for part in str(text).replace(",", ";").split(";"):
        if not part.strip():
            continue
        try:
            value = float(part)
        except ValueError:
            value = float("nan")
        if not 0 < value < 1:
            raise ModuleError(
                f"“{part.strip()}” is no quantile.",
                parameter="quantiles",
                hint="Write numbers between 0 and 1, such as 0.25;0.5;0.75.",
            )
        found.append(value)
    if not found:
        raise ModuleError(
            "There is no quantile.", parameter="quantiles", hint="Write some, such as 0.25;0.5;0.75."
        )
    return sorted(set(found))


def read_layers(text: str) -> tuple[int, ...]:
    """Nodes of each hidden layer."""
    parts = [part.strip() for part in str(text).split(",") if part.strip()]
    if not parts or not all(part.isdigit() and 0 < int(part) <= 100_000 for part in parts):
        raise ModuleError(
            f"“{text}” is no number of hidden nodes.",
            parameter="hidden_nodes",
            hint="Write 100 for one layer, or 100,50 for two.",
        )
    return tuple(int(part) for part in parts)
