"""The MLflow client of PyPI against a server named by MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN."""

from __future__ import annotations

import os
import uuid

import mlflow
import pytest
import requests
from mlflow import MlflowClient

REQUIREMENTS = ["scikit-learn"]


@pytest.fixture(scope="session")
def uri() -> str:
    return os.environ["MLFLOW_TRACKING_URI"]


@pytest.fixture
def client() -> MlflowClient:
    return MlflowClient()


@pytest.fixture
def name() -> str:
    """A name that no other test uses."""
    return f"t-{uuid.uuid4().hex[:10]}"


@pytest.fixture
def experiment(name: str):
    return mlflow.set_experiment(name)


@pytest.fixture
def http(uri: str):
    """Sends a request as a client without MLflow's package would."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {os.environ['MLFLOW_TRACKING_TOKEN']}"

    def send(method: str, path: str, **options) -> requests.Response:
        return session.request(method, uri + path, timeout=30, **options)

    return send


@pytest.fixture(scope="session")
def classifier():
    """A small fitted model with its data."""
    from sklearn.datasets import make_classification
    from sklearn.linear_model import LogisticRegression

    features, target = make_classification(100, 4, random_state=7)
    return LogisticRegression().fit(features, target), features, target
