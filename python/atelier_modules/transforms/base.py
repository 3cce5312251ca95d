from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..columns import Column
from ..errors import ModuleError
from ..table import Table

NUMERIC = ("integer", "double", "boolean")


def require_types(
    table: Table, names: Iterable[str], types: Sequence[str], parameter: str | None = None
) -> None:
    """Raises ModuleError for the first of the columns that has another type. A column without any value has them all."""
    for name in names:
        kind = table.column(name).type
        if kind not in types and not table.frame[name].isna().all():
            wanted = "numbers" if "double" in types else " or ".join(types)
            raise ModuleError(
                f"Column “{name}” holds {_nouns(kind)}, but {wanted} are needed.",
                parameter=parameter,
                column=name,
                hint="Leave the column out, or change its type with Edit Metadata.",
            )


def _nouns(kind: str) -> str:
    return {
        "string": "text",
        "boolean": "booleans",
        "datetime": "dates",
        "integer": "integers",
        "double": "numbers",
    }[kind]


def present(table: Table, fitted: Sequence[Column], what: str) -> list[str]:
    """The fitted columns that a table has. Others are passed over: rows to be scored have no label, marked or not, and
    a model names the feature that it misses.

    Raises ModuleError for a column that is there in other capitals: that is a slip, not a column left out.
    """
    folded = {name.casefold(): name for name in table.names}
    for column in fitted:
        near = folded.get(column.name.casefold())
        if column.name not in table and near is not None:
            raise ModuleError(
                f"{what} was fitted on a column “{column.name}”, which this table does not have.",
                column=column.name,
                hint=f"Did you mean “{near}”?",
            )
    return [column.name for column in fitted if column.name in table]


def fitted_columns(table: Table, names: Iterable[str]) -> list[Column]:
    return [table.column(name) for name in names]
