from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What the environment's variables say: ATELIER_WORKER_TOKEN, _HOST, _PORT, _FOLDER, _CACHE_MIB,
    _CONCURRENCY, _IDLE_SECONDS."""

    token: str
    host: str
    port: int
    folder: Path
    cache_bytes: int
    concurrency: int
    # A worker whose studio went away ends by itself.
    idle_seconds: float


def read_settings() -> Settings:
    """Takes the token out of the environment, where the code of a step would find it."""
    folder = os.environ.get("ATELIER_WORKER_FOLDER")
    return Settings(
        token=os.environ.pop("ATELIER_WORKER_TOKEN", ""),
        host=os.environ.get("ATELIER_WORKER_HOST") or "0.0.0.0",
        port=int(os.environ.get("ATELIER_WORKER_PORT") or 8791),
        folder=Path(folder) if folder else Path(tempfile.mkdtemp(prefix="atelier-worker-")),
        cache_bytes=int(os.environ.get("ATELIER_WORKER_CACHE_MIB") or 4096) * 2**20,
        concurrency=int(os.environ.get("ATELIER_WORKER_CONCURRENCY") or max(2, count_cpus())),
        idle_seconds=float(os.environ.get("ATELIER_WORKER_IDLE_SECONDS") or 3600),
    )


def count_cpus() -> int:
    """Processors that this container may use."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for path, read in (("/sys/fs/cgroup/cpu.max", _v2), ("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", _v1)):
        try:
            quota = read(Path(path))
        except (OSError, ValueError):
            continue
        if quota:
            return max(1, min(allowed, round(quota)))
    return allowed


def _v2(path: Path) -> float | None:
    quota, period = path.read_text().split()
    return None if quota == "max" else int(quota) / int(period)


def _v1(path: Path) -> float | None:
    quota = int(path.read_text())
    period = int((path.parent / "cpu.cfs_period_us").read_text())
    return quota / period if quota > 0 else None
