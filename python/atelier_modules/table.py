from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from .columns import ROLES, Column, settle, type_of_dtype
from .errors import ModuleError
from .folds import Folds
from .selector import missing_column, select_columns

_UNSET: Any = object()


class Table:
    """A pandas frame and what is known of its columns.

    Rows are always numbered from 0 without gaps. A column has one of five types, which its dtype tells:
    text is `object` with None for missing, integers and booleans become `Int64` and `boolean` when values are
    missing, and there are no pandas categories: `categorical` is a flag. Do not change `frame` in place; it may be shared.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        columns: Iterable[Column] | Mapping[str, Column] | None = None,
        folds: Folds | None = None,
        task: str | None = None,
        extra: Mapping[str, Any] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        known = columns if isinstance(columns, Mapping) else {c.name: c for c in columns or ()}
        self.frame, flagged = _tidy(frame)
        kinds = zip(self.frame.columns, self.frame.dtypes.array, strict=True)
        self._columns = [
            _describe(name, type_of_dtype(dtype), known.get(name), name in flagged) for name, dtype in kinds
        ]
        self._by_name = {column.name: column for column in self._columns}
        if folds is not None and len(folds.ids) != len(self.frame):
            raise ValueError(f"{len(folds.ids)} fold numbers for {len(self.frame)} rows")
        self.folds = folds
        self.task = task
        self.extra = dict(extra or {})
        self.files = dict(files or {})

    @property
    def columns(self) -> list[Column]:
        return list(self._columns)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self._columns]

    @property
    def rows(self) -> int:
        return len(self.frame)

    def column(self, name: str) -> Column:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __len__(self) -> int:
        return len(self.frame)

    def select(
        self,
        selector: str,
        parameter: str | None = None,
        exactly_one: bool = False,
        allow_empty: bool = False,
    ) -> list[str]:
        """Names of the columns that a selector chooses; with `exactly_one` a list of one.

        Raises ModuleError when a named column is not there or nothing is chosen (unless `allow_empty`).
        """
        names = select_columns(self._columns, selector, parameter)
        if exactly_one and len(names) != 1:
            found = f"{len(names)} columns are chosen" if names else "No column is chosen"
            raise ModuleError(f"{found}, but exactly one is needed.", parameter=parameter)
        if not names and not allow_empty:
            raise ModuleError("No column is chosen.", parameter=parameter, hint="Choose at least one column.")
        return names

    def column_name(self, value: str, parameter: str | None = None) -> str:
        """The name of the one column that a parameter of `widget: column` names."""
        name = (value or "").strip()
        if name in self._by_name:
            return name
        if not name:
            raise ModuleError("No column is chosen.", parameter=parameter, hint="Choose one column.")
        if name[0] in "[{":
            return self.select(name, parameter=parameter, exactly_one=True)[0]
        raise missing_column(
            name,
            self.names,
            lambda message, column=None, hint=None: ModuleError(message, parameter, column, hint=hint),
        )

    def label_column(self) -> str | None:
        """The column marked as label; the first one when several are."""
        return next((column.name for column in self._columns if column.role == "label"), None)

    def feature_columns(self) -> list[str]:
        return [column.name for column in self._columns if column.role == "feature"]

    def score_columns(self, score: str | None = None) -> list[str]:
        """Columns that a scoring step wrote, all or those of one kind such as `scored_labels`."""
        return [
            column.name
            for column in self._columns
            if column.role == "score" and (score is None or column.score == score)
        ]

    def with_frame(self, frame: pd.DataFrame, columns: Iterable[Column] = ()) -> Table:
        """The same metadata over other values: known by column name; `columns` overrides it for some.

        Fold numbers follow when the frame has as many rows or its index says which rows were kept.
        """
        known = {**self._by_name, **{column.name: column for column in columns}}
        folds = self.folds.follow(frame.index) if self.folds is not None else None
        return Table(frame, known, folds=folds, task=self.task, extra=self.extra)

    def take(self, rows: Any) -> Table:
        """Rows by their numbers from 0, or by a mask of booleans."""
        chosen = np.asarray(rows)
        positions = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.int64)
        return self.with_frame(self.frame.iloc[positions])

    def keep(self, names: Iterable[str]) -> Table:
        """Only these columns, in this order."""
        chosen = list(names)
        return self if chosen == self.names else self.with_frame(self.frame[chosen])

    def renamed(self, names: Mapping[str, str]) -> Table:
        """Columns with other names, whose metadata goes with them."""
        known = [replace(column, name=names.get(column.name, column.name)) for column in self._columns]
        frame = self.frame.rename(columns=dict(names))
        return Table(frame, known, folds=self.folds, task=self.task, extra=self.extra)

    def with_column(
        self, name: str, *, role: str = _UNSET, categorical: bool = _UNSET, score: str | None = _UNSET
    ) -> Table:
        """Other metadata for one column."""
        changes: dict[str, Any] = {}
        if role is not _UNSET:
            if role not in ROLES:
                raise ValueError(f"no such role: {role}")
            changes["role"] = role
        if categorical is not _UNSET:
            changes["categorical"] = categorical
        if score is not _UNSET:
            changes["score"] = score
        column = replace(self._by_name[name], **changes)
        return self.with_frame(self.frame, [column])

    def set_role(self, names: str | Iterable[str], role: str, score: str | None = None) -> Table:
        """The columns with a role. A table has one label: giving it away makes the old one a feature."""
        if role not in ROLES:
            raise ValueError(f"no such role: {role}")
        chosen = {names} if isinstance(names, str) else set(names)
        changed = [replace(self._by_name[name], role=role, score=score) for name in self.names if name in chosen]
        if role == "label":
            changed += [
                replace(column, role="feature")
                for column in self._columns
                if column.role == "label" and column.name not in chosen
            ]
        return self.with_frame(self.frame, changed)

    def with_folds(self, folds: Folds | None) -> Table:
        return Table(self.frame, self._by_name, folds=folds, task=self.task, extra=self.extra)

    def attach(self, name: str, content: bytes | str) -> Table:
        """The table with a file beside it, written into the same output folder (`evaluation.json`)."""
        data = content.encode() if isinstance(content, str) else content
        files = {**self.files, name: data}
        return Table(self.frame, self._by_name, self.folds, self.task, self.extra, files)


def _tidy(frame: pd.DataFrame) -> tuple[pd.DataFrame, set[str]]:
    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    if isinstance(frame.columns, pd.MultiIndex):
        frame = frame.set_axis([" ".join(str(p) for p in name if str(p)) for name in frame.columns], axis=1)
    names = [name if isinstance(name, str) else str(name) for name in frame.columns]
    if names != list(frame.columns):
        frame = frame.set_axis(names, axis=1)
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ModuleError(f"Two columns are called “{twice}”.", column=twice, hint="Rename one of them.")
    index = frame.index
    if not (isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1):
        frame = frame.reset_index(drop=True)
    changed: dict[str, pd.Series] = {}
    flagged: set[str] = set()
    for name, dtype in zip(names, frame.dtypes.array, strict=True):
        if isinstance(dtype, np.dtype) and dtype.kind in "iufbM":
            continue
        series = frame[name]
        settled, was_category = settle(series)
        if was_category:
            flagged.add(name)
        if settled is not series:
            changed[name] = settled
    return (frame.assign(**changed) if changed else frame), flagged


def _describe(name: str, kind: str, known: Column | None, flagged: bool) -> Column:
    if known is None:
        return Column(name, kind, categorical=flagged)
    if known.type == kind and known.name == name and (known.categorical or not flagged):
        return known
    return replace(known, name=name, type=kind, categorical=known.categorical or flagged)
