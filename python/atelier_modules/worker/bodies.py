from __future__ import annotations

from email.message import Message
from typing import BinaryIO


class BadBody(ValueError):
    """A body whose length or chunks are not as HTTP has them."""


def open_body(source: BinaryIO, headers: Message) -> BinaryIO:
    """The body of a request, with a Content-Length or in chunks, as a file that ends where it ends."""
    if (headers.get("Transfer-Encoding") or "").lower() == "chunked":
        return _Chunked(source)  # type: ignore[return-value]
    length = headers.get("Content-Length") or "0"
    if not length.isdigit():
        raise BadBody("Content-Length is no number")
    return _Sized(source, int(length))  # type: ignore[return-value]


class _Sized:
    def __init__(self, source: BinaryIO, left: int) -> None:
        self._source = source
        self._left = left

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._source.read(wanted) if wanted else b""
        self._left = self._left - len(data) if len(data) == wanted else 0
        if len(data) < wanted:
            raise BadBody("the body ended early")
        return data


class _Chunked:
    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._left = 0
        self._over = False

    def read(self, size: int = -1) -> bytes:
        parts: list[bytes] = []
        while not self._over and (size < 0 or size > 0):
            if self._left == 0:
                self._next()
                continue
            part = self._source.read(self._left if size < 0 else min(size, self._left))
            if not part:
                raise BadBody("the body ended early")
            self._left -= len(part)
            if size > 0:
                size -= len(part)
            parts.append(part)
            if self._left == 0:
                self._source.readline(16)
        return b"".join(parts)

    def _next(self) -> None:
        line = self._source.readline(1024).split(b";")[0].strip()
        try:
            self._left = int(line, 16)
        except ValueError:
            raise BadBody("a chunk has no length") from None
        if self._left == 0:
            while self._source.readline(65_536).strip():
                pass
            self._over = True
