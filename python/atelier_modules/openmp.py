"""LightGBM's wheel links to libgomp.so.1, which slim machines lack and scikit-learn's wheel brings under another name."""

from __future__ import annotations

import ctypes
import os
import sys
import sysconfig
import tempfile
from pathlib import Path

_FOLDER = "ATELIER_OPENMP"


def ensure_openmp(argv: list[str]) -> None:
    """Starts this process again as `argv`, once, with a folder on LD_LIBRARY_PATH where libgomp.so.1 is to be found.

    Does nothing where the library is there already, or nowhere.
    """
    if os.environ.get(_FOLDER) or not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL("libgomp.so.1")
        return
    except OSError:
        pass
    brought = sorted(Path(sysconfig.get_path("platlib")).glob("scikit_learn.libs/libgomp*.so*"))
    if not brought:
        return
    folder = tempfile.mkdtemp(prefix="atelier-openmp-")
    os.symlink(brought[0], Path(folder) / "libgomp.so.1")
    paths = [folder, *filter(None, [os.environ.get("LD_LIBRARY_PATH")])]
    os.environ.update({_FOLDER: folder, "LD_LIBRARY_PATH": ":".join(paths)})
    os.execv(sys.executable, [sys.executable, *argv])
