"""The scoring server of a deployment."""

__version__ = "0.1.0"
