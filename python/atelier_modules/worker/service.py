from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .cache import Cache
from .forks import Nursery
from .settings import Settings
from .steps import Message, Step, collect_outputs, place_inputs

_DESCRIBED = 256
_DESCRIBE_MS = 120_000


class Conflict(Exception):
    """A step of that id is under way."""


class BadRequest(ValueError):
    """What was sent is no step; the message says why."""


class Service:
    """What the worker does, apart from HTTP."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cache = Cache(settings.folder / "cache", settings.cache_bytes)
        self.nursery = Nursery()
        self.done = 0
        self._steps_folder = settings.folder / "steps"
        shutil.rmtree(self._steps_folder, ignore_errors=True)
        self._steps_folder.mkdir(parents=True)
        self._lock = threading.Lock()
        self._steps: dict[str, Step] = {}
        self._places = threading.Semaphore(settings.concurrency)
        self._described: OrderedDict[str, Message] = OrderedDict()
        self._serial = 0
        self._asked_at = time.monotonic()

    def asked(self) -> None:
        """Somebody wants something of the worker; a look at its health does not count."""
        self._asked_at = time.monotonic()

    def idle_seconds(self) -> float:
        return 0 if self._steps else time.monotonic() - self._asked_at

    def health(self) -> dict[str, Any]:
        return {"ready": self.nursery.ready, "steps": self.done, "running": len(self._steps)}

    def cancel(self, name: str) -> bool:
        with self._lock:
            step = self._steps.get(name)
        if step is not None:
            step.stop("CANCELED", "The step was canceled.")
        return step is not None

    def prepare(self, request: Message) -> tuple[Step, Message] | Message:
        """A step whose inputs are placed and its spec, or what is missing. Raises BadRequest, Conflict."""
        check_step(request)
        step = self._new_step(request["id"])
        try:
            paths, missing = place_inputs(self.cache, request.get("inputs") or {}, step.folder / "inputs")
        except BaseException:
            self.finish(step)
            raise
        if missing is not None:
            self.finish(step)
            return missing
        work = step.folder / "work"
        work.mkdir()
        outputs = {name: str(step.folder / "outputs" / name) for name in request.get("outputs") or []}
        spec = {key: request.get(key) for key in ("module", "parameters", "seed", "sample", "memoryMib")}
        return step, {**spec, "inputs": paths, "outputs": outputs, "folder": str(work)}

    def run(
        self, step: Step, spec: Message, timeout_ms: int | None, caller: socket.socket
    ) -> Iterator[list[Message]]:
        """All messages of a step. Its outputs are in the cache when `done` comes."""
        with self._places:
            if step.stopped is not None:
                yield [step.stopped]
                return
            for messages in step.run(spec, timeout_ms, caller):
                if "done" in messages[-1]:
                    done = messages[-1]["done"]
                    done["outputs"] = collect_outputs(self.cache, step.folder / "outputs", done["outputs"])
                if "done" in messages[-1] or "failed" in messages[-1]:
                    # Who reads the end may ask for a step of that id again at once.
                    self._forget(step)
                yield messages
            self.done += 1

    def _forget(self, step: Step) -> None:
        with self._lock:
            if self._steps.get(step.name) is step:
                del self._steps[step.name]

    def finish(self, step: Step) -> None:
        self._forget(step)
        shutil.rmtree(step.folder, ignore_errors=True)

    def describe(self, request: Message) -> Message:
        """The description of a table, `missing` or `failed`. The same question is answered from memory."""
        source = _check_source("input", request.get("input"))
        ask = {"rows": _count(request, "rows", 50), "bins": _count(request, "bins", 20)}
        key = json.dumps([source, ask], sort_keys=True)
        with self._lock:
            if key in self._described:
                self._described.move_to_end(key)
                return self._described[key]
            self._serial += 1
            name = f"describe {self._serial}"
        step = self._new_step(name)
        try:
            return self._describe(step, source, ask, key)
        finally:
            self.finish(step)

    def _describe(self, step: Step, source: Message, ask: Message, key: str) -> Message:
        paths, missing = place_inputs(self.cache, {"input": source}, step.folder / "inputs")
        if missing is not None:
            return missing
        spec = {"folder": str(step.folder), "describe": {"path": paths["input"], **ask}}
        last = [messages[-1] for messages in step.run(spec, _DESCRIBE_MS, None)][-1]
        if "described" not in last:
            return last
        files = [path for path in Path(step.folder, "inputs").rglob("*") if path.is_file()]
        described = {**last["described"], "sizeBytes": sum(path.stat().st_size for path in files)}
        with self._lock:
            self._described[key] = described
            while len(self._described) > _DESCRIBED:
                self._described.popitem(last=False)
        return described

    def _new_step(self, name: str) -> Step:
        with self._lock:
            if name in self._steps:
                raise Conflict
            self._serial += 1
            step = Step(name, self._steps_folder / str(self._serial), self.nursery)
            self._steps[name] = step
        step.folder.mkdir()
        return step

    def close(self) -> None:
        with self._lock:
            steps = list(self._steps.values())
        for step in steps:
            step.stop("CANCELED", "The worker was stopped.")
        self.nursery.stop()
        shutil.rmtree(self.settings.folder, ignore_errors=True)


def check_step(request: Any) -> None:
    if not isinstance(request, dict):
        raise BadRequest("A step is a JSON object.")
    for key in ("id", "module"):
        if not isinstance(request.get(key), str) or not request[key]:
            raise BadRequest(f"A step needs “{key}”.")
    for key in ("parameters", "inputs"):
        if not isinstance(request.get(key) or {}, dict):
            raise BadRequest(f"“{key}” must be an object.")
    for name, source in (request.get("inputs") or {}).items():
        _check_name(name)
        _check_source(f"inputs.{name}", source)
    outputs = request.get("outputs") or []
    if not isinstance(outputs, list):
        raise BadRequest("“outputs” must be a list of names.")
    for name in outputs:
        _check_name(name)
    for key in ("timeoutMs", "memoryMib"):
        value = request.get(key)
        if value is not None and (not isinstance(value, (int, float)) or value <= 0):
            raise BadRequest(f"“{key}” must be a number above 0.")
    sample = request.get("sample")
    if sample is not None and (not isinstance(sample, dict) or not isinstance(sample.get("rows"), int)):
        raise BadRequest("“sample” must be like {\"rows\": 10000}.")


def _check_name(name: Any) -> None:
    if not isinstance(name, str) or not name.replace("_", "a").isalnum() or len(name) > 100:
        raise BadRequest(f"{name!r} is no name of a port.")


def _check_source(where: str, source: Any) -> Message:
    if isinstance(source, dict) and isinstance(source.get("tree"), str):
        return {"tree": source["tree"]}
    if isinstance(source, dict) and isinstance(source.get("blob"), str):
        name = source.get("fileName") or "data"
        if not isinstance(name, str) or Path(name).name in ("", "..") or "\0" in name:
            raise BadRequest(f"“{where}.fileName” is no file name.")
        return {"blob": source["blob"], "fileName": Path(name).name}
    raise BadRequest(f"“{where}” must have a tree or a blob.")


def _count(request: Message, key: str, default: int) -> int:
    value = request.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000:
        raise BadRequest(f"“{key}” must be a number from 0 to 10,000.")
    return max(1, value) if key == "bins" else value
