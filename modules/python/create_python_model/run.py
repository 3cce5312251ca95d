from __future__ import annotations

from atelier_modules.api import Context
from atelier_modules.learners.python_model import PythonLearner


def run(ctx: Context, script: str) -> dict:
    learner = PythonLearner(script)
    learner.check(ctx)
    return {"untrained_model": learner}
