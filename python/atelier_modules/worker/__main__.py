"""`python -m atelier_modules.worker`: serves steps over HTTP until SIGTERM."""

from __future__ import annotations

import signal
import sys
import threading

from ..openmp import ensure_openmp
from .forks import NurseryGone
from .server import Server
from .service import Service
from .settings import read_settings


def main() -> int:
    ensure_openmp(["-m", "atelier_modules.worker"])
    settings = read_settings()
    if not settings.token:
        print("ATELIER_WORKER_TOKEN is not set", file=sys.stderr)
        return 2
    service = Service(settings)
    server = Server(service, (settings.host, settings.port))
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ending.set())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        service.nursery.start()
    except NurseryGone as error:
        print(error, file=sys.stderr)
        return 1
    print(f"listening on {settings.host}:{server.server_port}", flush=True)
    while not ending.wait(min(30, settings.idle_seconds / 4)):
        if service.idle_seconds() > settings.idle_seconds:
            print("nobody asked for anything: ending", flush=True)
            break
    server.shutdown()
    service.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
