"""Fully connected networks, by scikit-learn, trained pass by pass."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from ..errors import ModuleError
from .kinds import Kind, Progress, Request
from .preparation import Preparation
from .settings import read_layers
from .targets import ScaledTarget

# Training stops when the loss has not fallen by this much for so many passes: scikit-learn's own rule.
_LEAST_FALL, _PATIENCE = 1e-4, 10
_RANGES = {"hidden_nodes": ["50", "100", "200"], "learning_rate": [0.01, 0.05, 0.1]}


class _FirstWeights:
    """Draws the first weights from an interval of a given width around 0."""

    def _init_coef(self, fan_in: int, fan_out: int, dtype: Any) -> tuple[np.ndarray, np.ndarray]:
        half = self.diameter / 2
        weights = self._random_state.uniform(-half, half, (fan_in, fan_out)).astype(dtype, copy=False)
        return weights, self._random_state.uniform(-half, half, fan_out).astype(dtype, copy=False)


class ClassifierNetwork(_FirstWeights, MLPClassifier):
    diameter = 0.1


class RegressorNetwork(_FirstWeights, MLPRegressor):
    diameter = 0.1


def _build(network: type) -> Any:
    def build(request: Request) -> Any:
        p = request.parameters
        built = network(
            hidden_layer_sizes=read_layers(p["hidden_nodes"]),
            solver="sgd",
            learning_rate_init=p["learning_rate"],
            max_iter=p["iterations"],
            momentum=p["momentum"],
            nesterovs_momentum=p["momentum"] > 0,
            shuffle=p["shuffle"],
            random_state=request.seed,
        )
        built.diameter = p["initial_weights_diameter"]
        return built

    return build


_classifier = _build(ClassifierNetwork)
_regressor = _build(RegressorNetwork)


def _fit(network: Any, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
    classes = {"classes": np.unique(target)} if isinstance(network, MLPClassifier) else {}
    best, waited = np.inf, 0
    with np.errstate(over="ignore", invalid="ignore"):
        for done in range(1, network.max_iter + 1):
            try:
                network.partial_fit(matrix, target, **(classes if done == 1 else {}))
            except ValueError as error:
                if "non-finite" not in str(error):
                    raise
                raise _diverged() from None
            if not np.isfinite(network.loss_):
                raise _diverged()
            network.passes_ = done
            progress(done, network.max_iter)
            waited = waited + 1 if network.loss_ > best - _LEAST_FALL else 0
            best = min(best, network.loss_)
            if waited > _PATIENCE:
                break
    progress(network.max_iter, network.max_iter)
    return network


def _fit_regressor(estimator: ScaledTarget, matrix: np.ndarray, target: np.ndarray, progress: Progress) -> Any:
    _fit(estimator.regressor, matrix, estimator.scale(target), progress)
    return estimator


def _diverged() -> ModuleError:
    return ModuleError(
        "The weights grow without limit: the learning rate is too large for this dataset.",
        parameter="learning_rate",
        hint="Try a tenth of it, and scale the numbers.",
    )


def _prepare(parameters: dict[str, Any]) -> Preparation:
    scaling = parameters["normalizer"]
    return Preparation("one_hot", None if scaling == "none" else scaling)


def _fact(estimator: Any) -> str:
    network = getattr(estimator, "regressor", estimator)
    return f"{network.passes_:,} {'pass' if network.passes_ == 1 else 'passes'}"


def _scaled(request: Request) -> ScaledTarget:
    return ScaledTarget(_regressor(request))


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "two_class_neural_network",
            "Two-Class Neural Network",
            "binary",
            _classifier,
            _prepare,
            _fit,
            _RANGES,
            "passes",
            _fact,
        ),
        Kind(
            "multiclass_neural_network",
            "Multiclass Neural Network",
            "multiclass",
            _classifier,
            _prepare,
            _fit,
            _RANGES,
            "passes",
            _fact,
        ),
        Kind(
            "neural_network_regression",
            "Neural Network Regression",
            "regression",
            _scaled,
            _prepare,
            _fit_regressor,
            _RANGES,
            "passes",
            _fact,
        ),
    )
}
