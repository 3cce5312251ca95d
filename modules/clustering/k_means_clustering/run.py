from __future__ import annotations

from atelier_modules.api import Context
from atelier_modules.learners.clusters import make_clustering


def run(ctx: Context, **settings: object) -> dict:
    return {"untrained_model": make_clustering("k_means_clustering", settings, ctx)}
