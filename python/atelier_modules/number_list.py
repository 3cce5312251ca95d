from __future__ import annotations

import json
import math
import re

from .errors import ModuleError
from .words import shorten


def read_numbers(text: str, parameter: str) -> list[float]:
    """Numbers separated by commas, semicolons or spaces, or a JSON list. Raises ModuleError for anything else."""
    body = text.strip()
    if body.startswith("["):
        try:
            parts = [str(part) for part in json.loads(body)]
        except (ValueError, TypeError):
            raise ModuleError(f"“{shorten(body)}” is no list of numbers.", parameter=parameter) from None
    else:
        parts = [part for part in re.split(r"[,;\s]+", body) if part]
    numbers = []
    for part in parts:
        try:
            number = float(part)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise ModuleError(
                f"“{shorten(part)}” is no number.", parameter=parameter, hint="Write them like 1, 2.5, 10."
            )
        numbers.append(number)
    return numbers
