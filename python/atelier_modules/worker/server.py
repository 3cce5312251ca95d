from __future__ import annotations

import hmac
import io
import json
import re
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO
from urllib.parse import unquote

from .bodies import BadBody, open_body
from .cache import BadContent
from .forks import NurseryGone
from .service import BadRequest, Conflict, Service

_LARGEST_JSON = 64 * 2**20
_BUFFER = 1 << 20


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, service: Service, address: tuple[str, int]) -> None:
        self.service = service
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up is no news; anything else is printed by the base class."""
        import sys

        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "atelier-worker"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    # A connection that is kept open without a request ends after this.
    timeout = 600

    _ROUTES = [
        ("GET", re.compile(r"/healthz"), "_health"),
        ("HEAD", re.compile(r"/blobs/([0-9a-f]{64})"), "_head_blob"),
        ("GET", re.compile(r"/blobs/([0-9a-f]{64})"), "_get_blob"),
        ("PUT", re.compile(r"/blobs/([^/]+)"), "_put_blob"),
        ("HEAD", re.compile(r"/trees/([^/]+)"), "_head_tree"),
        ("PUT", re.compile(r"/trees/([^/]+)"), "_put_tree"),
        ("POST", re.compile(r"/steps"), "_run_step"),
        ("DELETE", re.compile(r"/steps/([^/]+)"), "_cancel_step"),
        ("POST", re.compile(r"/tables/describe"), "_describe"),
    ]

    def do_GET(self) -> None:
        self._dispatch()

    do_HEAD = do_PUT = do_POST = do_DELETE = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """The steps' own lines are the log; a line per request would drown them."""

    def _dispatch(self) -> None:
        self._body: BinaryIO | None = None
        self._started = False
        try:
            self._body = open_body(self.rfile, self.headers)
            self._route()
        except (BadBody, BadContent, BadRequest) as error:
            self._answer(400, {"error": str(error)})
        except NurseryGone as error:
            self._answer(503, {"error": f"The worker cannot run steps: {error}"})
        except ConnectionError:
            self.close_connection = True
        except Exception as error:
            if self._started:
                # The end of the stream is missing, which tells the caller that something broke.
                self.close_connection = True
            else:
                self._answer(500, {"error": f"{type(error).__name__}: {error}"})
            raise
        finally:
            self._skip_body()

    def _route(self) -> None:
        path = unquote(self.path.split("?", 1)[0])
        if path != "/healthz":
            if not self._authorized():
                return self._answer(401, {"error": "The token is missing or wrong."})
            self.server.service.asked()
        methods = []
        for method, pattern, name in self._ROUTES:
            match = pattern.fullmatch(path)
            if match and method == self.command:
                return getattr(self, name)(*match.groups())
            if match:
                methods.append(method)
        if not methods:
            return self._answer(404, {"error": "There is nothing here."})
        self._answer(405, {"error": "Not so."}, {"Allow": ", ".join(methods)})

    def _authorized(self) -> bool:
        given = self.headers.get("Authorization") or ""
        wanted = f"Bearer {self.server.service.settings.token}"
        return hmac.compare_digest(given.encode(), wanted.encode())

    def _health(self) -> None:
        health = self.server.service.health()
        self._answer(200 if health["ready"] else 503, health)

    def _head_blob(self, sha256: str) -> None:
        found = self.server.service.cache.find(sha256)
        self._answer(200 if found else 404, None, {"X-Size": str(found[1])} if found else {})

    def _get_blob(self, sha256: str) -> None:
        found = self.server.service.cache.find(sha256)
        try:
            file = found[0].open("rb") if found else None
        except FileNotFoundError:
            file = None
        if file is None or found is None:
            return self._answer(404, {"error": "There is no such file."})
        with file:
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(found[1]))
            self.end_headers()
            self.wfile.flush()
            self.connection.sendfile(file)

    def _put_blob(self, sha256: str) -> None:
        assert self._body is not None
        size = self.headers.get("Content-Length")
        self.server.service.cache.put(sha256, self._body, int(size) if size is not None else None)
        self._answer(200, {"ok": True})

    def _head_tree(self, digest: str) -> None:
        self._answer(200 if self.server.service.cache.find_tree(digest) is not None else 404, None)

    def _put_tree(self, digest: str) -> None:
        missing = self.server.service.cache.put_tree(digest, self._json().get("files"))
        self._answer(409 if missing else 200, {"missing": missing} if missing else {"ok": True})

    def _cancel_step(self, name: str) -> None:
        there = self.server.service.cancel(name)
        self._answer(200 if there else 404, {"canceled": there})

    def _describe(self) -> None:
        answer = self.server.service.describe(self._json())
        self._answer(404 if "missing" in answer else 422 if "failed" in answer else 200, answer)

    def _run_step(self) -> None:
        service = self.server.service
        request = self._json()
        try:
            prepared = service.prepare(request)
        except Conflict:
            return self._answer(409, {"error": "A step of that id is under way."})
        if isinstance(prepared, dict):
            return self._answer(404, prepared)
        step, spec = prepared
        try:
            self._started = True
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ndjson")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.flush()
            for messages in service.run(step, spec, request.get("timeoutMs"), self.connection):
                self._send_chunk(b"".join(_line(message) for message in messages))
            self.wfile.write(b"0\r\n\r\n")
            self.wfile.flush()
        finally:
            service.finish(step)

    def _send_chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
        self.wfile.flush()

    def _json(self) -> dict[str, Any]:
        assert self._body is not None
        data = self._body.read(_LARGEST_JSON + 1)
        if len(data) > _LARGEST_JSON:
            raise BadRequest("The body is too large.")
        try:
            value = json.loads(data)
        except ValueError as error:
            raise BadRequest(f"The body is no JSON: {error}") from None
        if not isinstance(value, dict):
            raise BadRequest("The body must be a JSON object.")
        return value

    def _answer(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        data = b"" if value is None or self.command == "HEAD" else json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for key, text in (headers or {}).items():
            self.send_header(key, text)
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def _skip_body(self) -> None:
        """What is left of a body would be taken for the next request."""
        if self._body is None:
            self.close_connection = True
            return
        try:
            left = 64 * 2**20
            while left > 0 and (part := self._body.read(_BUFFER)):
                left -= len(part)
            if left <= 0:
                self.close_connection = True
        except (BadBody, OSError):
            self.close_connection = True


def _line(message: dict[str, Any]) -> bytes:
    text = io.StringIO()
    json.dump(message, text, ensure_ascii=False)
    return text.getvalue().encode("utf-8", "backslashreplace") + b"\n"
