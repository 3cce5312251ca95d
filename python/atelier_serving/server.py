"""HTTP for a scorer: keep-alive, one thread a connection, at most `threads` predictions at once, a drain at the end."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable
from urllib.parse import parse_qsl, urlsplit

from .errors import ScoringError, bad_input


class ScoringServer(ThreadingHTTPServer):
    """Answers liveness at once and readiness when `load` has returned; a model that cannot load keeps it not ready."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], load: Callable[[], Any], threads: int, max_body_bytes: int) -> None:
        super().__init__(address, Handler)
        self.load = load
        self.scorer: Any = None
        self.document: dict[str, Any] | None = None
        self.failure: str | None = None
        self.draining = False
        self.max_body_bytes = max_body_bytes
        self.slots = threading.BoundedSemaphore(threads)
        self.active = 0
        self.changed = threading.Condition()

    def load_model(self) -> bool:
        started = time.perf_counter()
        try:
            scorer = self.load()
            self.document = scorer.openapi()
            self.scorer = scorer
        except BaseException as error:
            self.failure = f"{type(error).__name__}: {error}"
            traceback.print_exc()
            say(f"the model did not load: {self.failure}")
            return False
        say(f"ready: the model was loaded in {time.perf_counter() - started:.1f} s")
        return True

    def count(self, change: int) -> None:
        with self.changed:
            self.active += change
            self.changed.notify_all()

    def drain(self, grace_seconds: float) -> bool:
        """Takes no new connection, lets what runs finish; false when the time was not enough."""
        self.draining = True
        self.shutdown()
        self.socket.close()
        with self.changed:
            return self.changed.wait_for(lambda: self.active == 0, timeout=grace_seconds)

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "atelier"
    sys_version = ""
    # Longer than any client keeps an idle connection, so that the client closes first.
    timeout = 120
    disable_nagle_algorithm = True
    wbufsize = -1
    server: ScoringServer

    def do_GET(self) -> None:
        route = urlsplit(self.path).path
        if route == "/":
            return self.answer(200, b'{"status":"alive"}')
        if route == "/ready":
            if self.server.scorer is not None and not self.server.draining:
                return self.answer(200, b'{"status":"ready"}')
            reason = self.server.failure or ("draining" if self.server.draining else "loading the model")
            return self.answer(503, json.dumps({"status": "not ready", "reason": reason}, ensure_ascii=False).encode())
        if route == "/swagger.json":
            if self.server.document is None:
                return self.fail(self.not_loaded())
            return self.answer(200, json.dumps(self.server.document).encode())
        wrong = route == "/score"
        self.fail(ScoringError(405 if wrong else 404, "NOT_FOUND", "Scores are asked for with POST /score."))

    def do_POST(self) -> None:
        self.server.count(1)
        try:
            self.score()
        finally:
            self.server.count(-1)

    def score(self) -> None:
        try:
            raw = self.read_body()
            parts = urlsplit(self.path)
            if parts.path != "/score":
                raise ScoringError(404, "NOT_FOUND", "Scores are asked for with POST /score.")
            scorer = self.server.scorer
            if scorer is None:
                raise self.not_loaded()
            if not self.server.slots.acquire(timeout=30):
                raise ScoringError(429, "TOO_MANY_REQUESTS", "The model is busy. Try again in a moment.")
            try:
                payload, timings = scorer.score(raw, dict(parse_qsl(parts.query)))
            finally:
                self.server.slots.release()
        except ScoringError as error:
            return self.fail(error)
        except (ConnectionError, TimeoutError):
            raise
        except Exception as error:
            traceback.print_exc()
            return self.fail(ScoringError(500, "INTERNAL", f"The scoring server failed: {type(error).__name__}."))
        shown = ", ".join(f"{name};dur={value:.2f}" for name, value in timings.items())
        self.answer(200, payload, {"server-timing": shown})

    def not_loaded(self) -> ScoringError:
        failure = self.server.failure
        return ScoringError(503, "UNAVAILABLE", f"The model did not load: {failure}" if failure else "The model is loading.")

    def read_body(self) -> bytes:
        limit = self.server.max_body_bytes
        if self.headers.get("content-encoding", "identity") != "identity":
            self.close_connection = True
            raise ScoringError(415, "BAD_REQUEST", "Compressed bodies are not read: send plain JSON.")
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            return self.read_chunks(limit)
        try:
            length = int(self.headers.get("content-length", "0"))
        except ValueError:
            self.close_connection = True
            raise bad_input("The content-length header is not a number.") from None
        if length > limit or length < 0:
            self.close_connection = True
            raise self.too_large(limit)
        raw = self.rfile.read(length)
        if len(raw) < length:
            raise ConnectionError("the caller went away before the body was complete")
        return raw

    def read_chunks(self, limit: int) -> bytes:
        chunks: list[bytes] = []
        total = 0
        while True:
            try:
                size = int(self.rfile.readline(64).split(b";")[0].strip(), 16)
            except ValueError:
                self.close_connection = True
                raise bad_input("The chunked body is broken.") from None
            total += size
            if total > limit or size < 0:
                self.close_connection = True
                raise self.too_large(limit)
            if size == 0:
                while self.rfile.readline(1024) not in (b"\r\n", b"\n", b""):
                    pass
                return b"".join(chunks)
            chunks.append(self.rfile.read(size))
            self.rfile.readline(4)

    @staticmethod
    def too_large(limit: int) -> ScoringError:
        return ScoringError(413, "PAYLOAD_TOO_LARGE", f"The body is larger than {limit // 2**20} MiB.")

    def fail(self, error: ScoringError) -> None:
        if error.status >= 424:
            if error.__cause__ is not None:
                traceback.print_exception(error.__cause__)
            say(f"{error.status} {error.message}")
        self.answer(error.status, json.dumps(error.body(), ensure_ascii=False).encode())

    def answer(self, status: int, payload: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if self.server.draining or self.close_connection:
            self.send_header("connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """The gateway counts requests; a line for each would only cost time here."""


def say(text: str) -> None:
    now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    print(f"{now}Z {text}", flush=True)


def listen(host: str, port: int, load: Callable[[], Any], threads: int, max_body_bytes: int) -> ScoringServer:
    server = ScoringServer((host, port), load, threads, max_body_bytes)
    server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return server
