"""All that a module's run.py needs: `from atelier_modules.api import Context, ModuleError, Table`."""

from .columns import Column
from .context import Context
from .errors import ModuleError
from .folds import Folds
from .learning import Learner, TrainedModel, Transform
from .table import Table

__all__ = ["Column", "Context", "Folds", "Learner", "ModuleError", "Table", "TrainedModel", "Transform"]
