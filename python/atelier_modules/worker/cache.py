from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGEST = re.compile(r"[A-Za-z0-9_.:-]{1,200}")
# What has just been used stays: its asker is about to ask again.
_YOUNG_SECONDS = 30.0


class BadContent(ValueError):
    """Bytes that do not have the hash they were sent under, or a list of files that is none."""


@dataclass
class Blob:
    size: int
    modified_ns: int
    used: float


class Cache:
    """Files by SHA-256 and folders as lists of them. The least recently used go when there are more than `limit` bytes.

    Steps get hard links, so a file that goes away stays with the steps that have it. A file that was changed through such a
    link is noticed by its time of change and forgotten.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.limit = limit
        self._blobs_folder = folder / "blobs"
        self._trees_folder = folder / "trees"
        self._drafts = folder / "drafts"
        for path in (self._blobs_folder, self._trees_folder, self._drafts):
            path.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._blobs: OrderedDict[str, Blob] = OrderedDict()
        self.bytes = 0
        found = [path for path in self._blobs_folder.glob("*/*") if _SHA256.fullmatch(path.name)]
        for path in sorted(found, key=lambda one: one.stat().st_atime_ns):
            self._remember(path.name, path.stat())

    def path(self, sha256: str) -> Path:
        return self._blobs_folder / sha256[:2] / sha256

    def find(self, sha256: str) -> tuple[Path, int] | None:
        """Where a file is and how large, marked as used."""
        with self._lock:
            blob = self._blobs.get(sha256)
            if blob is None:
                return None
            path = self.path(sha256)
            try:
                stat = path.stat()
            except FileNotFoundError:
                stat = None
            if stat is None or stat.st_mtime_ns != blob.modified_ns or stat.st_size != blob.size:
                self._forget(sha256)
                return None
            blob.used = time.monotonic()
            self._blobs.move_to_end(sha256)
            return path, blob.size

    def put(self, sha256: str, source: BinaryIO, size: int | None) -> None:
        """Raises BadContent when the bytes are not those. Without a size, the source is read to its end."""
        if not _SHA256.fullmatch(sha256):
            raise BadContent("that is no SHA-256")
        handle, draft = tempfile.mkstemp(dir=self._drafts)
        try:
            hasher = hashlib.sha256()
            written = 0
            with os.fdopen(handle, "wb") as target:
                while part := source.read(1 << 20):
                    hasher.update(part)
                    target.write(part)
                    written += len(part)
            if size is not None and written != size:
                raise BadContent("the body ended early")
            if hasher.hexdigest() != sha256:
                raise BadContent(f"the bytes have the SHA-256 {hasher.hexdigest()}")
            self._adopt(Path(draft), sha256)
        finally:
            Path(draft).unlink(missing_ok=True)

    def add_file(self, path: Path) -> tuple[str, int]:
        """Takes a file that a step wrote: its hash and size. The file itself may be gone afterwards."""
        with path.open("rb") as source:
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        size = path.stat().st_size
        if self.find(sha256) is None:
            self._adopt(path, sha256)
        return sha256, size

    def put_tree(self, digest: str, files: Any) -> list[str]:
        """Remembers a folder. The hashes that are missing, when some are; then nothing is remembered."""
        if not _DIGEST.fullmatch(digest):
            raise BadContent("that is no digest")
        checked = [_check_file(file) for file in _list(files)]
        missing = {file["sha256"] for file in checked if self.find(file["sha256"]) is None}
        if missing:
            return sorted(missing)
        draft = self._drafts / f"tree-{threading.get_ident()}-{time.monotonic_ns()}"
        draft.write_text(json.dumps(checked), encoding="utf-8")
        os.replace(draft, self._tree_path(digest))
        return []

    def find_tree(self, digest: str) -> list[dict[str, Any]] | None:
        """The files of a folder, when the folder is known and all of them are there."""
        if not _DIGEST.fullmatch(digest):
            return None
        try:
            files = json.loads(self._tree_path(digest).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return files if all(self.find(file["sha256"]) for file in files) else None

    def link(self, sha256: str, target: Path) -> bool:
        """Places a file; false when it is not there."""
        if self.find(sha256) is None:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.path(sha256), target)
        except FileNotFoundError:
            return False
        except OSError:
            # Another file system, or too many links to one file.
            shutil.copyfile(self.path(sha256), target)
        return True

    def _tree_path(self, digest: str) -> Path:
        return self._trees_folder / hashlib.sha256(digest.encode()).hexdigest()

    def _adopt(self, draft: Path, sha256: str) -> None:
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True)
        draft.chmod(0o444)
        with self._lock:
            try:
                os.rename(draft, target)
            except OSError:
                shutil.copyfile(draft, f"{target}.draft")
                os.replace(f"{target}.draft", target)
            if sha256 in self._blobs:
                self.bytes -= self._blobs.pop(sha256).size
            self._remember(sha256, target.stat())
            self._evict()

    def _remember(self, sha256: str, stat: os.stat_result) -> None:
        self._blobs[sha256] = Blob(stat.st_size, stat.st_mtime_ns, time.monotonic())
        self.bytes += stat.st_size

    def _forget(self, sha256: str) -> None:
        blob = self._blobs.pop(sha256)
        self.bytes -= blob.size
        self.path(sha256).unlink(missing_ok=True)

    def _evict(self) -> None:
        old = time.monotonic() - _YOUNG_SECONDS
        while self.bytes > self.limit and self._blobs:
            sha256, blob = next(iter(self._blobs.items()))
            if blob.used > old:
                return
            self._forget(sha256)


def _list(files: Any) -> list[Any]:
    if not isinstance(files, list):
        raise BadContent("files must be a list")
    return files


def _check_file(file: Any) -> dict[str, Any]:
    if not isinstance(file, dict) or not isinstance(file.get("path"), str):
        raise BadContent("a file has a path and a sha256")
    path = PurePosixPath(file["path"])
    if path.is_absolute() or not path.parts or ".." in path.parts or "\0" in file["path"]:
        raise BadContent(f"the path {file['path']!r} leaves its folder")
    if not isinstance(file.get("sha256"), str) or not _SHA256.fullmatch(file["sha256"]):
        raise BadContent(f"{file['path']} has no SHA-256")
    return {"path": str(path), "sha256": file["sha256"]}
