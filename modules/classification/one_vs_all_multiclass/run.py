from __future__ import annotations

from atelier_modules.api import Context, Learner
from atelier_modules.learners.supervised import wrap_learner


def run(ctx: Context, untrained_binary_model: Learner) -> dict:
    learner = wrap_learner("one_vs_all_multiclass", untrained_binary_model)
    ctx.fact(f"around {untrained_binary_model.title}")
    return {"untrained_model": learner}
