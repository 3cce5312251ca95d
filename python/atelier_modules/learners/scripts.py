"""Python that people write: run with its prints in the log, and faults told by the script's own lines."""

from __future__ import annotations

import contextlib
import contextvars
import hashlib
import io
import linecache
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from ..context import Context
from ..errors import ModuleError

_PARAMETER = "script"
_LOADING = threading.RLock()


def load_script(source: str) -> ModuleType:
    """The script as a module, whose name depends on its text alone: pickles of its classes open wherever it is loaded.

    Raises ModuleError with the line when the script is no Python or fails while it is read.
    """
    name = f"atelier_script_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    with _LOADING:
        return sys.modules.get(name) or _load(name, source)


def _load(name: str, source: str) -> ModuleType:
    # The file name is shown in tracebacks; the hash keeps the lines of two scripts apart.
    path = f"<script {name[-6:]}>"
    lines = source.splitlines(keepends=True)
    linecache.cache[path] = (len(source), None, lines, path)
    try:
        code = compile(source, path, "exec")
    except SyntaxError as error:
        raise ModuleError(
            f"The script is not valid Python: {error.msg} in line {error.lineno}.\n{(error.text or '').rstrip()}",
            parameter=_PARAMETER,
        ) from None
    module = ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    try:
        with telling_faults("The script"):
            exec(code, module.__dict__)
    except ModuleError:
        del sys.modules[name]
        raise
    return module


@contextlib.contextmanager
def telling_faults(what: str) -> Iterator[None]:
    """Turns a fault of the script into a ModuleError with the traceback from the script's first line on."""
    try:
        yield
    except ModuleError:
        raise
    except (Exception, SystemExit) as error:
        frames = traceback.extract_tb(error.__traceback__)
        first = next(
            (i for i, frame in enumerate(frames) if frame.filename.startswith("<script ")), len(frames)
        )
        own = [frame for frame in frames[first:] if frame.filename.startswith("<script ")]
        where = f" in line {own[-1].lineno}" if own else ""
        shown = "".join(traceback.format_list(frames[first:]))
        last = "".join(traceback.format_exception_only(error)).strip()
        raise ModuleError(
            f"{what} failed{where}: {last}\n\n{shown}{last}",
            parameter=_PARAMETER,
            hint="Mend the script; what it printed stands in the log.",
        ) from error


@contextlib.contextmanager
def prints_in_log(ctx: Context | None) -> Iterator[None]:
    """What is printed in this thread goes to the log line by line, as it is printed."""
    if ctx is None:
        yield
        return
    lines = _Lines(ctx.log)
    _PRINTS.enter()
    token = _LINES.set(lines)
    try:
        yield
    finally:
        lines.close_line()
        _LINES.reset(token)
        _PRINTS.leave()


class _Lines:
    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._rest = ""

    def write(self, text: str) -> None:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._tell(line.rstrip("\r").rsplit("\r", 1)[-1])

    def close_line(self) -> None:
        if self._rest:
            self._tell(self._rest)
            self._rest = ""

    def _tell(self, line: str) -> None:
        # The log may be printed itself: then it goes where prints went before.
        token = _LINES.set(None)
        try:
            self._say(line)
        finally:
            _LINES.reset(token)


_LINES: contextvars.ContextVar[_Lines | None] = contextvars.ContextVar("lines of a script", default=None)


class _Stream(io.TextIOBase):
    """Stands for stdout or stderr: what is printed where no lines are collected passes through."""

    def __init__(self, through: Any) -> None:
        self.through = through

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        lines = _LINES.get()
        if lines is None:
            return self.through.write(text)
        lines.write(text)
        return len(text)

    def flush(self) -> None:
        if _LINES.get() is None:
            self.through.flush()


class _Prints:
    """Puts the streams in place while any thread collects prints: a service runs scripts of several requests at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0

    def enter(self) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                sys.stdout, sys.stderr = _Stream(sys.stdout), _Stream(sys.stderr)

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                for name in ("stdout", "stderr"):
                    stream = getattr(sys, name)
                    if isinstance(stream, _Stream):
                        setattr(sys, name, stream.through)


_PRINTS = _Prints()


def find_callable(module: ModuleType, names: tuple[str, ...], what: str) -> Any:
    """The first of the names that the script defines. Raises ModuleError when it defines none."""
    for name in names:
        found = getattr(module, name, None)
        if callable(found):
            return found
    raise ModuleError(
        f"The script has no {what} {names[0]}.", parameter=_PARAMETER, hint=f"Define a {what} of this name."
    )
