"""Small tables that the tests of modules share."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from atelier_modules.api import Column, Table

PEOPLE = {
    "name": ["Ana", "Bo", None, "Cy", "Di"],
    "age": pd.array([34, 51, 28, None, 45], dtype="Int64"),
    "balance": [1200.5, None, -30.0, 0.0, 99.25],
    "active": pd.array([True, None, False, True, True], dtype="boolean"),
    "joined": pd.to_datetime(
        ["2024-01-31", "2024-02-29 12:30:00", None, "2023-12-01", "2024-02-29"], format="ISO8601"
    ),
    "city": ["Graz", "Porto", "Graz", None, "Porto"],
}
WIDE_TEXT = ['ä, “quoted” "text"\nwith lines', "x" * 20_000, "tab\there", "", "日本語"]


@pytest.fixture
def people() -> Table:
    """Five rows with every type, a missing value in each column, and `city` categorical."""
    return Table(pd.DataFrame(PEOPLE), [Column("city", "string", categorical=True)])


@pytest.fixture
def empty(people: Table) -> Table:
    """The columns of `people` without a row."""
    return people.take([])


@pytest.fixture
def one_row(people: Table) -> Table:
    return people.take([0])


@pytest.fixture
def wide() -> Table:
    """Text with everything that text may hold, beside a number."""
    return Table(pd.DataFrame({"text": WIDE_TEXT, "n": range(5)}))


@pytest.fixture
def types() -> Callable[[Table], dict[str, str]]:
    return lambda table: {column.name: column.type for column in table.columns}
