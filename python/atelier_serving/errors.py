"""The one error that a caller is meant to see."""

from __future__ import annotations

from typing import Any


class ScoringError(Exception):
    """An expected failure: `status` is the HTTP status, `path` names the column or field at fault.

    400 the body is wrong, 413 it is too large, 424 the model failed, 429 too many at once, 503 not loaded (yet).
    """

    def __init__(self, status: int, code: str, message: str, path: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.path = path

    def body(self) -> dict[str, Any]:
        """The shape that the studio's API and its gateway answer with, too."""
        issues = [{"path": self.path, "message": self.message}] if self.path else []
        data = {"issues": issues, "details": {}}
        return {"code": self.code, "status": self.status, "message": self.message, "data": data}


def bad_input(message: str, path: str = "") -> ScoringError:
    return ScoringError(400, "VALIDATION_FAILED", f"{path}: {message}" if path else message, path)


def model_failed(cause: BaseException) -> ScoringError:
    text = str(cause) or "no message"
    return ScoringError(424, "MODEL_FAILED", f"The model failed: {type(cause).__name__}: {text}")
