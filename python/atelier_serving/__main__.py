"""`python -m atelier_serving --model <folder>` or `--entry-script score.py`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from typing import Any

from .server import listen, say


def read_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    env = os.environ
    parser = argparse.ArgumentParser(prog="atelier_serving")
    parser.add_argument("--model", default=env.get("ATELIER_MODEL_FOLDER"), help="folder that holds MLmodel")
    parser.add_argument("--entry-script", default=env.get("AZUREML_ENTRY_SCRIPT"), help="file with init() and run()")
    parser.add_argument("--name", default=env.get("ATELIER_MODEL_NAME", "model"))
    parser.add_argument("--host", default="0.0.0.0")
    parser.add_argument("--port", type=int, default=5001)
    parser.add_argument("--threads", type=int, default=int(env.get("ATELIER_SCORING_THREADS", "8")))
    parser.add_argument("--max-body-mib", type=int, default=int(env.get("ATELIER_MAX_BODY_MIB", "32")))
    parser.add_argument("--grace-seconds", type=float, default=float(env.get("ATELIER_GRACE_SECONDS", "30")))
    arguments = parser.parse_args(argv)
    if not arguments.model and not arguments.entry_script:
        parser.error("one of --model and --entry-script is needed")
    return arguments


def load_scorer(arguments: argparse.Namespace) -> Any:
    # A model brings its own environment, and only one kind of scorer fits it: the other is not imported.
    if arguments.entry_script:
        from .script import ScriptScorer

        root = os.environ.get("AML_APP_ROOT", "")
        return ScriptScorer(os.path.join(root, arguments.entry_script), arguments.name)
    from .mlflow_model import MlflowScorer

    return MlflowScorer(arguments.model, arguments.name)


def main(argv: list[str] | None = None) -> int:
    arguments = read_arguments(argv)
    server = listen(
        arguments.host,
        arguments.port,
        lambda: load_scorer(arguments),
        arguments.threads,
        arguments.max_body_mib * 2**20,
    )
    finished: list[bool] = []
    stop = threading.Event()

    def on_signal(number: int, _frame: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    serving.start()
    say(f"listening on {arguments.host}:{server.server_address[1]}")
    loading = threading.Thread(target=lambda: finished.append(server.load_model()), daemon=True)
    loading.start()
    while not stop.is_set():
        stop.wait(0.2)
        if finished == [False]:
            # Without a model there is nothing to serve: the exit tells the runner at once.
            return 1
    done = server.drain(arguments.grace_seconds)
    say("drained, bye" if done else "some requests were still running at the end of the grace time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
