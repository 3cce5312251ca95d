from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from .nursery import TUNING
from .settings import count_cpus


class NurseryGone(Exception):
    """The process that forks has ended; the next request starts another."""


@dataclass
class Fork:
    """The reading ends of a child's three pipes."""

    messages: int
    output: int
    exit: int

    def close(self) -> None:
        for end in (self.messages, self.output, self.exit):
            os.close(end)


class Nursery:
    """The server's side of the process that forks; starts it, and starts another when it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready = threading.Event()

    @property
    def ready(self) -> bool:
        return self._ready.is_set() and self._alive()

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the process and waits until everything is imported."""
        with self._lock:
            self._start()

    def _start(self) -> None:
        self._ready.clear()
        mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "atelier_modules.worker.nursery", str(its.fileno())],
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                env=_environment(),
            )
        finally:
            its.close()
        self._control = mine
        if not mine.recv(4096):
            raise NurseryGone("the libraries cannot be imported")
        self._ready.set()

    def fork(self, spec: Path) -> Fork:
        """Starts a child for the step that lies at `spec`. Raises NurseryGone."""
        pipes = [os.pipe() for _ in range(3)]
        try:
            self._send({"spec": str(spec)}, [write for _, write in pipes])
        except OSError as error:
            for read, _ in pipes:
                os.close(read)
            raise NurseryGone(str(error)) from None
        finally:
            for _, write in pipes:
                os.close(write)
        return Fork(*[read for read, _ in pipes])

    def kill(self, pid: int) -> None:
        try:
            self._send({"kill": pid}, [])
        except OSError:
            # It ended, and its children with it.
            pass

    def stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _send(self, request: dict[str, object], descriptors: list[int]) -> None:
        with self._lock:
            if not self._alive() or self._control is None or _ended(self._control):
                self._start()
            assert self._control is not None
            socket.send_fds(self._control, [json.dumps(request).encode()], descriptors)


def _ended(control: socket.socket) -> bool:
    readable, _, _ = select.select([control], [], [], 0)
    return bool(readable)


def _environment() -> dict[str, str]:
    """Neither BLAS nor Arrow may start threads at import, which a fork would lose; OpenMP starts its own in the child, when it is used."""
    cpus = str(count_cpus())
    own = {
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", cpus),
        "LOKY_MAX_CPU_COUNT": cpus,
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "MPLBACKEND": "Agg",
    }
    return {**os.environ, **TUNING, **own}
