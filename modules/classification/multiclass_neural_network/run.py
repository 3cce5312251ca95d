from __future__ import annotations

from atelier_modules.api import Context
from atelier_modules.learners.supervised import make_learner


def run(ctx: Context, **settings: object) -> dict:
    return {"untrained_model": make_learner("multiclass_neural_network", settings, ctx)}
