"""The column selector: names, a JSON list of names, or rules that include and exclude."""

from __future__ import annotations

import csv
import difflib
import json
import re
from collections.abc import Callable, Sequence

from .columns import ROLES, TYPES, Column
from .errors import ModuleError

_TYPE_WORDS = (*TYPES, "numeric", "categorical")


def select_columns(columns: Sequence[Column], selector: str, parameter: str | None = None) -> list[str]:
    """Names in the order of the list of names, or in the order of the table when rules choose them."""
    fail = _failure(parameter)
    text = selector.strip() if isinstance(selector, str) else selector
    known = [column.name for column in columns]
    if isinstance(text, str) and text in known:
        return [text]
    value = _parse(text, fail)
    if isinstance(value, dict):
        return _by_rules(columns, value, fail)
    return _by_name(known, value, fail)


def near_name(name: str, known: Sequence[str]) -> str | None:
    """The column that was probably meant."""
    folded = {other.casefold(): other for other in known}
    if name.casefold() in folded:
        return folded[name.casefold()]
    near = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


Fail = Callable[..., ModuleError]


def _failure(parameter: str | None) -> Fail:
    def fail(message: str, column: str | None = None, hint: str | None = None) -> ModuleError:
        return ModuleError(message, parameter=parameter, column=column, hint=hint)

    return fail


def _parse(value: object, fail: Fail) -> dict | list:
    if isinstance(value, (list, dict)):
        return value
    if not isinstance(value, str):
        raise fail("The column selection is neither text nor JSON.")
    if value == "":
        return []
    if value[0] in "[{":
        try:
            parsed = json.loads(value)
        except ValueError as error:
            raise fail(f"The column selection is not valid JSON: {error}.") from None
        return parsed
    row = next(csv.reader([value.replace("\n", ",")], skipinitialspace=True))
    return [name.strip() for name in row if name.strip()]


def _by_name(known: list[str], names: object, fail: Fail) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise fail("A list of columns must be a list of names.")
    there = set(known)
    for name in names:
        if name not in there:
            raise missing_column(name, known, fail)
    return list(dict.fromkeys(names))


def missing_column(name: str, known: Sequence[str], fail: Fail) -> ModuleError:
    near = near_name(name, known)
    hint = f"Did you mean “{near}”?" if near else f"There is {_listing(known)}."
    return fail(f"There is no column “{name}”.", column=name, hint=hint)


def _listing(known: Sequence[str]) -> str:
    if not known:
        return "no column at all"
    shown = ", ".join(known[:8])
    return shown if len(known) <= 8 else f"{shown} and {len(known) - 8} more"


def _by_rules(columns: Sequence[Column], value: dict, fail: Fail) -> list[str]:
    begin = value.get("begin", "none")
    if begin not in ("all", "none"):
        raise fail("“begin” must be all or none.")
    rules = value.get("rules", [])
    if not isinstance(rules, list):
        raise fail("“rules” must be a list.")
    unknown = set(value) - {"begin", "rules"}
    if unknown:
        raise fail(f"The column selection has an unknown key “{sorted(unknown)[0]}”.")
    chosen = {column.name for column in columns} if begin == "all" else set()
    for rule in rules:
        action, names = _apply_rule(columns, rule, fail)
        chosen = chosen | names if action == "include" else chosen - names
    return [column.name for column in columns if column.name in chosen]


def _apply_rule(columns: Sequence[Column], rule: object, fail: Fail) -> tuple[str, set[str]]:
    if not isinstance(rule, dict) or len(rule) != 1:
        raise fail("Each rule is one “include” or one “exclude”.")
    action, what = next(iter(rule.items()))
    if action not in ("include", "exclude") or not isinstance(what, dict) or len(what) != 1:
        raise fail("Each rule is one “include” or “exclude” of names, types, roles or indexes.")
    kind, wanted = next(iter(what.items()))
    if kind == "names":
        return action, set(_by_name([column.name for column in columns], wanted, fail))
    if kind == "indexes":
        return action, _by_index(columns, wanted, fail)
    if kind == "types":
        words = _words(wanted, _TYPE_WORDS, "type", fail)
        return action, {column.name for column in columns if _has_type(column, words)}
    if kind == "roles":
        words = _words(wanted, ROLES, "role", fail)
        return action, {column.name for column in columns if column.role in words}
    raise fail(f"A rule cannot choose by “{kind}”: use names, types, roles or indexes.")


def _words(wanted: object, known: Sequence[str], what: str, fail: Fail) -> set[str]:
    words = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(words, list):
        raise fail(f"A rule needs a list of {what}s.")
    for word in words:
        if word not in known:
            raise fail(f"“{word}” is no {what}: use {', '.join(known)}.")
    return set(words)


def _has_type(column: Column, words: set[str]) -> bool:
    if column.type in words or (column.categorical and "categorical" in words):
        return True
    return column.is_numeric and "numeric" in words


def _by_index(columns: Sequence[Column], wanted: object, fail: Fail) -> set[str]:
    chosen: set[str] = set()
    for part in str(wanted).split(","):
        match = re.fullmatch(r"\s*(\d+)\s*(?:-\s*(\d+)?)?\s*", part)
        if not match:
            raise fail(f"“{part.strip()}” is no column index. Write indexes as 1-3,5; the first column is 1.")
        first = int(match[1])
        last = int(match[2]) if match[2] else (len(columns) if "-" in part else first)
        if not 1 <= first <= last <= len(columns):
            raise fail(f"There is no column number {part.strip()}: the table has {len(columns)}.")
        chosen.update(column.name for column in columns[first - 1 : last])
    return chosen
