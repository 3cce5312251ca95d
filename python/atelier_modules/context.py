from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Emit = Callable[[dict[str, Any]], None]


class Context:
    """How a step speaks while it runs. Every message goes to `emit` as one JSON object of the worker's stream."""

    def __init__(self, module: str, emit: Emit, folder: Path, seed: int | None = None) -> None:
        self.module = module
        self.folder = folder
        self._emit = emit
        self._seed = seed
        self._progress_at = 0.0
        self._fact: str | None = None

    def log(self, line: str) -> None:
        for part in str(line).splitlines() or [""]:
            self._emit({"log": part})

    def fact(self, text: str) -> None:
        """One short fact for the second line of the node, such as “6 columns, 9,258 cells”."""
        self._fact = text
        self._emit({"fact": text})

    def add_fact(self, text: str) -> None:
        """Something more to say after the fact that was said."""
        self.fact(f"{self._fact}, {text}" if self._fact else text)

    def metric(self, key: str, value: float, step: int = 0) -> None:
        number = float(value)
        # JSON has no word for these.
        said = number if math.isfinite(number) else str(number).replace("nan", "NaN").replace("inf", "Infinity")
        self._emit({"metric": {"key": key, "value": said, "step": int(step)}})

    def metrics(self, values: Mapping[str, float], step: int = 0) -> None:
        for key, value in values.items():
            self.metric(key, value, step)

    def progress(self, done: int, of: int, unit: str = "") -> None:
        """May be called as often as one likes: at most ten a second are sent, and the last one always."""
        now = time.monotonic()
        if done < of and now - self._progress_at < 0.1:
            return
        self._progress_at = now
        self._emit({"progress": {"done": int(done), "of": int(of), "unit": unit}})

    def random_seed(self, value: int | None) -> int:
        """The seed to use for a parameter `random_seed`: 0 or nothing takes the clock, so that runs differ."""
        if value:
            return int(value) % 2**32
        if self._seed is not None:
            return int(self._seed) % 2**32
        return time.time_ns() % 2**32
