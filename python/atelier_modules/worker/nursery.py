"""The process that has the libraries imported and forks one child per step. It has one thread, so that a fork is safe.

Requests come as one datagram each over a Unix socket: `{"spec": path}` with three descriptors (messages, output, exit), or
`{"kill": pid}`. To the exit descriptor goes `pid N` at the start and `status N` at the end.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Iterator
from typing import Any

# Without these no step starts.
_FIRST = "numpy pandas pyarrow pyarrow.parquet pyarrow.csv pyarrow.compute joblib atelier_modules.worker.child".split()
# Imported one by one while nothing is asked, in the order in which steps need them; what an environment lacks is left out.
_LATER = (
    "sklearn.linear_model sklearn.preprocessing sklearn.pipeline sklearn.compose sklearn.metrics sklearn.model_selection "
    "lightgbm sklearn.ensemble scipy.stats scipy.special sklearn.neural_network sklearn.cluster sklearn.svm "
    "sklearn.decomposition sklearn.multiclass sklearn.inspection sklearn.feature_selection imblearn.over_sampling sqlite3"
).split()
_PR_SET_CHILD_SUBREAPER = 36
# Most of a short step's time is first touches of memory: huge pages and a heap that is not given back take half of them away.
TUNING = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(256 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(512 * 2**20),
    "MALLOC_TOP_PAD_": str(32 * 2**20),
}


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for name in TUNING:
        os.environ.pop(name, None)
    for name in _FIRST:
        importlib.import_module(name)
    from .warm_up import warm_up

    warm_up()
    _settle()
    control.send(b'{"ready": true}')
    Nursery(control).serve()


def _settle() -> None:
    """Forks share what is here; a collection in a child would copy all of it."""
    gc.collect()
    gc.freeze()
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        print(f"{threads - 1} threads were started by an import; steps may hang", file=sys.stderr, flush=True)


def _later() -> Iterator[None]:
    """Imports the rest, one thing at each turn. A step that needs one earlier imports it itself."""
    from ..definition import module_folders, modules_folder, read_module
    from ..loading import load_run

    for name in _LATER:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"{name} cannot be imported: {error}", file=sys.stderr, flush=True)
        yield
    for folder in module_folders(modules_folder()).values():
        try:
            load_run(read_module(folder))
        except Exception:
            # The step that needs it will say so; the others can work.
            traceback.print_exc()
        yield
    _settle()


_OVER = object()


class Nursery:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._exits: dict[int, int] = {}
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> None:
        later: Iterator[None] | None = _later()
        while True:
            ready, _, _ = select.select([self._control, self._wake_read], [], [], 0 if later else None)
            if not ready and later and next(later, _OVER) is _OVER:
                later = None
            if self._wake_read in ready:
                os.read(self._wake_read, 4096)
                self._reap()
            if self._control in ready and not self._receive():
                break
        for pid in self._exits:
            _kill_group(pid)

    def _receive(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self._control, 65_536, 3)
        if not data:
            return False
        request = json.loads(data)
        if "kill" in request:
            if request["kill"] in self._exits:
                _kill_group(request["kill"])
            return True
        self._fork(request, descriptors)
        return True

    def _fork(self, request: dict[str, Any], descriptors: list[int]) -> None:
        messages, output, exit_ = descriptors
        pid = os.fork()
        if pid == 0:
            self._become_child(request, messages, output, exit_)
        os.close(messages)
        os.close(output)
        self._exits[pid] = exit_
        os.write(exit_, b"pid %d\n" % pid)

    def _become_child(self, request: dict[str, Any], messages: int, output: int, exit_: int) -> None:
        code = 70
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for end in (self._wake_read, self._wake_write, exit_, *self._exits.values()):
                os.close(end)
            self._control.close()
            from .child import run_child

            code = run_child(request["spec"], messages, output)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _reap(self) -> None:
        while True:
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                return
            pid = ended.si_pid
            # Before it is reaped, so that its number cannot be another's yet: whatever it left running ends with it.
            if pid in self._exits:
                _kill_group(pid)
            _, status = os.waitpid(pid, 0)
            exit_ = self._exits.pop(pid, None)
            if exit_ is not None:
                _tell_end(exit_, status)


def _tell_end(exit_: int, status: int) -> None:
    try:
        os.write(exit_, b"status %d\n" % status)
    except BrokenPipeError:
        pass
    os.close(exit_)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        # It has not made its group yet.
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


if __name__ == "__main__":
    main()
