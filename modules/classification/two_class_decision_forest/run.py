from __future__ import annotations

from atelier_modules.api import Context
from atelier_modules.learners.supervised import make_learner


def run(ctx: Context, **settings: object) -> dict:
    return {"untrained_model": make_learner("two_class_decision_forest", settings, ctx)}
