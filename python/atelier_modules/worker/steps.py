from __future__ import annotations

import json
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .cache import Cache
from .forks import Fork, Nursery
from .lines import LineSplitter, log_lines

Message = dict[str, Any]


class Step:
    """One run of a child: its messages as they come, its end turned into the last message."""

    def __init__(self, name: str, folder: Path, nursery: Nursery) -> None:
        self.name = name
        self.folder = folder
        self._nursery = nursery
        self._lock = threading.Lock()
        self._pid: int | None = None
        self._ended: dict[str, str] | None = None

    def stop(self, code: str, message: str) -> None:
        """Ends the child and all that it started; the first reason given is the one that is told."""
        with self._lock:
            if self._ended is None:
                self._ended = {"code": code, "message": message}
            if self._pid is not None:
                self._nursery.kill(self._pid)

    @property
    def stopped(self) -> Message | None:
        return failed(**self._ended) if self._ended else None

    def run(self, spec: Message, timeout_ms: int | None, caller: socket.socket | None) -> Iterator[list[Message]]:
        """Starts the child and gives its messages, several at once when several are there. The last is done or failed.

        Raises NurseryGone, or ConnectionError when the caller hangs up, which ends the child.
        """
        path = self.folder / "step.json"
        path.write_text(json.dumps(spec), encoding="utf-8")
        fork = self._nursery.fork(path)
        deadline = time.monotonic() + timeout_ms / 1000 if timeout_ms else None
        try:
            yield from self._follow(fork, deadline, timeout_ms, caller)
        finally:
            with self._lock:
                pid, self._pid = self._pid, None
            if pid is not None:
                self._nursery.kill(pid)
            fork.close()

    def _follow(
        self, fork: Fork, deadline: float | None, timeout_ms: int | None, caller: socket.socket | None
    ) -> Iterator[list[Message]]:
        messages, output, exit_ = LineSplitter(), log_lines(), LineSplitter()
        splitters = {fork.messages: messages, fork.output: output, fork.exit: exit_}
        open_ends: set[Any] = set(splitters)
        last: Message | None = None
        status: int | None = None
        until = deadline
        while open_ends & set(splitters):
            watched = [*open_ends, *([caller] if caller is not None else [])]
            left = None if until is None else max(0.0, until - time.monotonic())
            ready, _, _ = select.select(watched, [], [], left)
            if not ready:
                if status is not None:
                    # Something escaped the group and holds the pipes; the step itself is over.
                    break
                self.stop("TIMEOUT", f"The step took longer than {_duration(timeout_ms or 0)}.")
                until = time.monotonic() + 5
                deadline = None
                continue
            if caller is not None and caller in ready and _hung_up(caller):
                self.stop("CANCELED", "The caller went away.")
                raise ConnectionAbortedError
            found: list[Message] = []
            for end in (fork.output, fork.messages, fork.exit):
                if end not in ready:
                    continue
                data = os.read(end, 1 << 18)
                lines = splitters[end].feed(data)
                if not data:
                    open_ends.discard(end)
                if end == fork.output:
                    found.extend({"log": line} for line in lines)
                elif end == fork.messages:
                    for message in map(_parse, lines):
                        if message is not None and ("done" in message or "failed" in message or "described" in message):
                            last = message
                        elif message is not None:
                            found.append(message)
                else:
                    status = self._note(lines, status)
                    if status is not None:
                        until = time.monotonic() + 1
            if found:
                yield found
        yield [self._conclude(last, status)]

    def _note(self, lines: list[str], status: int | None) -> int | None:
        for line in lines:
            word, _, number = line.partition(" ")
            if word == "pid":
                with self._lock:
                    self._pid = int(number)
                    if self._ended is not None:
                        self._nursery.kill(self._pid)
            elif word == "status":
                status = int(number)
                with self._lock:
                    self._pid = None
        return status

    def _conclude(self, last: Message | None, status: int | None) -> Message:
        if self._ended is not None:
            return failed(**self._ended)
        if status is None:
            raise ConnectionAbortedError("the process that forks has ended")
        if last is not None:
            return last
        if os.WIFSIGNALED(status):
            return _killed(os.WTERMSIG(status))
        return failed("BUG", f"The step ended with exit code {os.waitstatus_to_exitcode(status)} and said nothing.")


def failed(code: str, message: str, hint: str | None = None) -> Message:
    nothing = {"parameter": None, "column": None, "row": None, "traceback": None}
    return {"failed": {"code": code, "message": message, "hint": hint, **nothing}}


def _killed(number: int) -> Message:
    if number == signal.SIGKILL:
        return failed(
            "OUT_OF_MEMORY",
            "The step was killed, most likely because memory ran out.",
            "Give it fewer rows or columns, or more memory.",
        )
    return failed("BUG", f"The step was ended by {signal.Signals(number).name}.")


def _parse(line: str) -> Message | None:
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def _hung_up(caller: socket.socket) -> bool:
    try:
        return caller.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _duration(milliseconds: int) -> str:
    return f"{milliseconds / 1000:g} s"


def collect_outputs(cache: Cache, folder: Path, names: list[str]) -> dict[str, Any]:
    """Takes what a step wrote into the cache; the files of each output with their hashes."""
    outputs: dict[str, Any] = {}
    for name in names:
        root = folder / name
        files = []
        for path in sorted(root.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            sha256, size = cache.add_file(path)
            files.append({"path": path.relative_to(root).as_posix(), "sha256": sha256, "sizeBytes": size})
        outputs[name] = {"files": files}
    return outputs


def place_inputs(cache: Cache, inputs: dict[str, Any], folder: Path) -> tuple[dict[str, str], Message | None]:
    """Links every input below the folder; where each is, or what is missing."""
    paths: dict[str, str] = {}
    trees: list[str] = []
    blobs: list[str] = []
    for name, source in inputs.items():
        root = folder / name
        root.mkdir(parents=True)
        if "tree" in source:
            files = cache.find_tree(source["tree"])
            whole = files is not None and all(cache.link(file["sha256"], root / file["path"]) for file in files)
            if not whole:
                trees.append(source["tree"])
            paths[name] = str(root)
        else:
            file = root / Path(source.get("fileName") or "data").name
            if not cache.link(source["blob"], file):
                blobs.append(source["blob"])
            paths[name] = str(file)
    return paths, ({"missing": {"trees": trees, "blobs": blobs}} if trees or blobs else None)
