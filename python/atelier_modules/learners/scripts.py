"""Python that people write: run with its prints in the log, and faults told by the script's own lines."""

from __future__ import annotations

import contextlib
import hashlib
import io
import linecache
import sys
import traceback
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from ..context import Context
from ..errors import ModuleError

_PARAMETER = "script"


def load_script(source: str) -> ModuleType:
    """The script as a module, whose name depends on its text alone: pickles of its classes open wherever it is loaded.

    Raises ModuleError with the line when the script is no Python or fails while it is read.
    """
    name = f"atelier_script_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    if name in sys.modules:
        return sys.modules[name]
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
    """What is printed goes to the log line by line, as it is printed."""
    if ctx is None:
        yield
        return
    out = _Lines(ctx.log)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            yield
        finally:
            out.close_line()


class _Lines(io.TextIOBase):
    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._rest = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._say(line.rstrip("\r").rsplit("\r", 1)[-1])
        return len(text)

    def close_line(self) -> None:
        if self._rest:
            self._say(self._rest)
            self._rest = ""


def find_callable(module: ModuleType, names: tuple[str, ...], what: str) -> Any:
    """The first of the names that the script defines. Raises ModuleError when it defines none."""
    for name in names:
        found = getattr(module, name, None)
        if callable(found):
            return found
    raise ModuleError(
        f"The script has no {what} {names[0]}.", parameter=_PARAMETER, hint=f"Define a {what} of this name."
    )
