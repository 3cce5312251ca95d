"""`python -m atelier_modules run step.json`: one step in a process of its own, where no worker is wanted.

step.json has `module`, `parameters`, `inputs` (port to path), `outputs` (port to folder), and perhaps `seed`, `sample`,
`folder` (scratch) and `messages`: a file to which every message is appended as a line of JSON, as a worker streams them.
Log lines go to standard output. Exit code: 0 done, 1 the input is at fault, 2 the module is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, TextIO

from .openmp import ensure_openmp


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m atelier_modules")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="run one step")
    run.add_argument("step", type=Path)
    parsed = parser.parse_args(arguments)
    ensure_openmp(["-m", "atelier_modules", *sys.argv[1:]])
    os.environ.setdefault("MPLBACKEND", "Agg")
    return _run(json.loads(parsed.step.read_text(encoding="utf-8")))


def _run(spec: dict[str, Any]) -> int:
    from .step import perform

    spec.setdefault("folder", tempfile.mkdtemp(prefix="atelier-step-"))
    file = open(spec["messages"], "a", encoding="utf-8") if spec.get("messages") else None
    try:
        last = perform(spec, lambda message: _tell(message, file))
    finally:
        if file:
            file.close()
    if "failed" not in last:
        return 0
    return 2 if last["failed"]["code"] == "BUG" else 1


def _tell(message: dict[str, Any], file: TextIO | None) -> None:
    if file:
        file.write(json.dumps(message, ensure_ascii=False) + "\n")
        file.flush()
    if "log" in message:
        print(message["log"], flush=True)
    if "failed" in message:
        failed = message["failed"]
        for key in ("traceback", "message", "hint"):
            if failed.get(key):
                print(failed[key], file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
