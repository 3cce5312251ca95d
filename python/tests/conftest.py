from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from mlflow.models import infer_signature
from serving_models import FRAME, LABELS, Broken, Doubler, save_python_model
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def classifier(tmp_path_factory) -> str:
    import mlflow.sklearn

    folder = str(tmp_path_factory.mktemp("models") / "classifier")
    columns = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["job"]), remainder="passthrough")
    model = make_pipeline(columns, LogisticRegression(max_iter=1000)).fit(FRAME, LABELS)
    mlflow.sklearn.save_model(
        model,
        folder,
        signature=infer_signature(FRAME, model.predict(FRAME)),
        input_example=FRAME.head(2),
        serialization_format="cloudpickle",
        pip_requirements=["scikit-learn"],
    )
    return folder


@pytest.fixture(scope="session")
def tensor_model(tmp_path_factory) -> str:
    sample = np.ones((3, 2), dtype=np.float32)
    signature = infer_signature(sample, sample, params={"factor": 2.0})
    return save_python_model(tmp_path_factory.mktemp("models") / "tensor", Doubler(), signature)


@pytest.fixture(scope="session")
def named_tensor_model(tmp_path_factory) -> str:
    sample = {"left": np.ones((2, 2)), "right": np.ones(2, dtype=np.int64)}
    return save_python_model(tmp_path_factory.mktemp("models") / "named", Doubler(), infer_signature(sample))


@pytest.fixture(scope="session")
def broken_model(tmp_path_factory) -> str:
    return save_python_model(tmp_path_factory.mktemp("models") / "broken", Broken(), infer_signature(FRAME))


class Running:
    """The server as a deployment runs it: its own process, found by the port it prints."""

    def __init__(self, *arguments: str) -> None:
        env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
        command = [sys.executable, "-m", "atelier_serving", "--host", "127.0.0.1", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: list[str] = []
        self.port = 0
        while not self.port:
            line = self.process.stdout.readline()
            assert line, "".join(self.lines)
            self.lines.append(line)
            found = re.search(r"listening on \S+:(\d+)", line)
            self.port = int(found.group(1)) if found else 0

    def until_ready(self) -> "Running":
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.call("GET", "/ready")[0] == 200:
                return self
            time.sleep(0.05)
        raise AssertionError("not ready within 60 s")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def call(self, method: str, path: str, body: object = None, headers: dict | None = None):
        connection = self.connect()
        payload = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        connection.request(method, path, payload, headers or {})
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, json.loads(text), dict(response.getheaders())

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@pytest.fixture
def run_server():
    started: list[Running] = []

    def start(*arguments: str) -> Running:
        started.append(Running(*arguments))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait(timeout=10)
        running.process.stdout.close()
