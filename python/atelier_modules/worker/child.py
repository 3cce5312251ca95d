"""What one fork does: it takes its place, runs a step or describes a table, and ends."""

from __future__ import annotations

import ctypes
import json
import os
import random
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np

from ..describe import describe_table
from ..explain import explain
from ..read_files import load_table
from ..step import perform

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def run_child(spec_path: str, messages: int, output: int) -> int:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.setsid()
    _speak_to(output)
    spec: dict[str, Any] = json.loads(Path(spec_path).read_text(encoding="utf-8"))
    os.chdir(spec["folder"])
    os.environ["TMPDIR"] = spec["folder"]
    _limit(spec.get("memoryMib"))
    # Forks of one process would all draw the same numbers.
    random.seed()
    np.random.seed()
    emit = _emitter(messages)
    if "describe" in spec:
        return _describe(spec["describe"], emit)
    last = perform(spec, emit)
    sys.stdout.flush()
    sys.stderr.flush()
    return 0 if "done" in last else 1


def _speak_to(output: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(nothing)
    os.close(output)
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = open(number, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
        setattr(sys, name, stream)


def _limit(memory_mib: int | None) -> None:
    """When memory runs out in the container, the step goes, not the worker. A limit counts from what the fork starts with."""
    try:
        Path("/proc/self/oom_score_adj").write_text("800")
    except OSError:
        pass
    if memory_mib:
        used = _data_kib() * 1024
        most = used + memory_mib * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _data_kib() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1])
    return 0


def _emitter(messages: int) -> Any:
    # While a script of people runs, `sys.stdout` is what collects its lines and sends them here.
    out = sys.stdout

    def emit(message: dict[str, Any]) -> None:
        if "log" in message:
            # By the same way as print, so that the lines keep their order.
            print(message["log"], file=out, flush=True)
            return
        data = json.dumps(message, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        while data:
            data = data[os.write(messages, data) :]

    return emit


def _describe(ask: dict[str, Any], emit: Any) -> int:
    try:
        path = Path(ask["path"])
        emit({"described": describe_table(load_table(path), ask["rows"], ask["bins"])})
    except Exception as error:
        emit({"failed": explain(error, None, {})})
        return 1
    return 0
