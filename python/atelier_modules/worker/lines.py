from __future__ import annotations

_LONGEST = 64 * 1024


class LineSplitter:
    """Bytes into lines of text. A line that is too long comes in parts, a last line without its end when all is read."""

    def __init__(self, longest: int | None = None) -> None:
        self._rest = b""
        self._longest = longest

    def feed(self, data: bytes) -> list[str]:
        """Lines that are whole now; no data means that the end is reached."""
        if not data:
            rest, self._rest = self._rest, b""
            return [rest.decode("utf-8", "replace")] if rest else []
        *lines, self._rest = (self._rest + data).split(b"\n")
        if self._longest and len(self._rest) > self._longest:
            lines.append(self._rest)
            self._rest = b""
        return [line.rstrip(b"\r").decode("utf-8", "replace") for line in lines]


def log_lines() -> LineSplitter:
    return LineSplitter(_LONGEST)
