"""Numbers and names as the studio's texts write them."""

from __future__ import annotations

from collections.abc import Container


def count(number: int, noun: str, plural: str | None = None) -> str:
    """“1 row”, “9,258 rows”."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def fresh_name(name: str, taken: Container[str]) -> str:
    """The name, or the name with the first number that makes it new: `age`, `age_2`, `age_3`."""
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def shorten(value: object, length: int = 40) -> str:
    text = str(value)
    return text if len(text) <= length else f"{text[:length]}…"
