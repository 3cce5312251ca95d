from __future__ import annotations

from typing import Any

from ..columns import Column
from ..learning import Transform
from ..table import Table
from .base import fitted_columns, present


class SelectionTransform(Transform):
    """The same columns in the same order from any table, as far as it has them."""

    def __init__(self, columns: list[Column], name: str = "select_columns_transform") -> None:
        self.columns = columns
        self.name = name

    def apply(self, table: Table) -> Table:
        return table.keep(present(table, self.columns, "The selection"))

    def describe(self) -> dict[str, Any]:
        return {**super().describe(), "columns": [column.name for column in self.columns]}


def remember_columns(table: Table, names: list[str] | None = None) -> SelectionTransform:
    return SelectionTransform(fitted_columns(table, table.names if names is None else names))
