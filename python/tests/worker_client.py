"""A worker as a process of its own, and a caller that speaks HTTP with it."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TOKEN = "a-token-of-the-tests"
PACKAGE = Path(__file__).parent.parent
MODULES = Path(__file__).parent / "sample_modules"


class Worker:
    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        own = {
            "PYTHONPATH": str(PACKAGE),
            "ATELIER_MODULES": str(MODULES),
            "ATELIER_WORKER_TOKEN": TOKEN,
            "ATELIER_WORKER_HOST": "127.0.0.1",
            "ATELIER_WORKER_PORT": str(self.port),
            "ATELIER_WORKER_FOLDER": str(folder),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "atelier_modules.worker"], env={**os.environ, **own, **settings}
        )
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.call("GET", "/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError("the worker did not start")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def call(
        self, method: str, path: str, body: Any = None, token: str | None = TOKEN, chunked: bool = False
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        sent = iter([data[at : at + 1000] for at in range(0, len(data), 1000)]) if chunked else data
        connection.request(method, path, sent, headers, encode_chunked=chunked)
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        kind = answer.getheader("Content-Type") or ""
        if "ndjson" in kind:
            return answer.status, [json.loads(line) for line in read.splitlines()]
        return answer.status, json.loads(read) if read and "json" in kind else read

    def put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        assert self.call("PUT", f"/blobs/{sha256}", data)[0] == 200
        return sha256

    def put_folder(self, folder: Path) -> str:
        files = [
            {"path": path.relative_to(folder).as_posix(), "sha256": self.put(path.read_bytes()), "sizeBytes": 1}
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
        digest = hashlib.sha256(json.dumps(files).encode()).hexdigest()
        assert self.call("PUT", f"/trees/{digest}", {"files": files})[0] == 200
        return digest

    def step(self, module: str, name: str = "one", **more: Any) -> list[dict[str, Any]]:
        """All messages of a step; the last is its end."""
        body = {"id": name, "module": module, "outputs": ["results_dataset"], **more}
        status, messages = self.call("POST", "/steps", body)
        assert status == 200, messages
        return messages

    def csv(self, text: str, name: str = "data.csv") -> dict[str, str]:
        return {"blob": self.put(text.encode()), "fileName": name}


def wait_until(true: Callable[[], Any], seconds: float = 20) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        value = true()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
