"""A file from the web, within limits of time and size."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from .context import Context
from .errors import ModuleError

_CHUNK = 1 << 18
_CONNECT_SECONDS = 30.0


def fetch(
    url: str, timeout_seconds: float, max_bytes: int, ctx: Context, parameter: str | None = None
) -> bytes:
    """The body of an http or https address. Raises ModuleError that says what went wrong."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise ModuleError(
            f"“{url}” is no web address." if url else "No address is given.",
            parameter=parameter,
            hint="Write it with http:// or https:// in front.",
        )
    deadline = time.monotonic() + timeout_seconds
    request = urllib.request.Request(url, headers={"User-Agent": "atelier-import-data", "Accept": "*/*"})
    try:
        with _opener().open(request, timeout=min(timeout_seconds, _CONNECT_SECONDS)) as response:
            return _read(response, deadline, timeout_seconds, max_bytes, ctx, parameter)
    except urllib.error.HTTPError as error:
        raise ModuleError(f"The server answered {error.code} {error.reason}.", parameter=parameter) from None
    except TimeoutError:
        raise _too_slow(timeout_seconds) from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _too_slow(timeout_seconds) from None
        raise ModuleError(f"The address cannot be reached: {error.reason}.", parameter=parameter) from None
    except OSError as error:
        raise ModuleError(f"The download broke off: {error}.", parameter=parameter) from None


def _opener() -> urllib.request.OpenerDirector:
    """Only http and https, also after a redirect: never a file of the machine or an ftp address."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _read(
    response, deadline: float, timeout_seconds: float, max_bytes: int, ctx: Context, parameter
) -> bytes:
    total = int(response.headers.get("Content-Length") or 0)
    if total > max_bytes:
        raise _too_large(max_bytes)
    parts: list[bytes] = []
    size = 0
    # read1 hands on what has come, so that a server that dribbles cannot stretch the time limit.
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            raise _too_large(max_bytes)
        if time.monotonic() > deadline:
            raise _too_slow(timeout_seconds)
        ctx.progress(size // 1024, max(total, size) // 1024, "KiB")
    if total and size < total:
        raise ModuleError(f"The download broke off after {size:,} of {total:,} bytes.", parameter=parameter)
    return b"".join(parts)


def _too_slow(timeout_seconds: float) -> ModuleError:
    return ModuleError(
        f"The download took longer than {timeout_seconds:g} seconds.",
        parameter="timeout_seconds",
        hint="Raise the time limit.",
    )


def _too_large(max_bytes: int) -> ModuleError:
    return ModuleError(
        f"The file is larger than {max_bytes // 2**20} MiB.",
        parameter="max_size_mib",
        hint="Raise the size limit.",
    )
