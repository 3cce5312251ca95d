"""Ports on disk that are no tables: a description in JSON, and the object itself as a pickle."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from .errors import ModuleBug, ModuleError
from .learning import Learner, TrainedModel, Transform

KINDS: dict[str, tuple[type, str, str]] = {
    "untrained_model": (Learner, "learner", "an untrained model"),
    "trained_model": (TrainedModel, "model", "a trained model"),
    "transform": (Transform, "transform", "a transformation"),
}


def write_object(port_type: str, value: Any, folder: Path) -> None:
    base, stem, article = KINDS[port_type]
    if not isinstance(value, base):
        raise ModuleBug(f"{type(value).__name__} is not {article}")
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(plain(value.describe()), ensure_ascii=False, indent=1)
    (folder / f"{stem}.json").write_text(text, encoding="utf-8")
    joblib.dump(value, folder / f"{stem}.pkl")
    for name, content in getattr(value, "files", {}).items():
        (folder / name).write_bytes(content)


def read_object(port_type: str, path: Path) -> Any:
    base, stem, article = KINDS[port_type]
    pickle = path / f"{stem}.pkl"
    if not pickle.is_file():
        raise ModuleError(f"The input is not {article}: it has no {stem}.pkl.")
    try:
        value = joblib.load(pickle)
    except Exception as error:
        raise ModuleError(
            f"{article.capitalize()} cannot be read: {error}.",
            hint="Run the step that made it once more: it may come from another version of the packages.",
        ) from error
    if not isinstance(value, base):
        raise ModuleError(f"The input is not {article}, but {type(value).__name__}.")
    return value


def plain(value: Any) -> Any:
    """The value as JSON knows it: numpy scalars become numbers, what is not finite becomes null."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(one) for one in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
