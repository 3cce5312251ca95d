#!/bin/sh
# Makes the Python environment of an image, inside its build container. Everything next to this file is gone afterwards.
set -eu
cd "$(dirname "$0")"
. ./env.sh

if [ -x ./uv ] && ./uv --version >/dev/null 2>&1; then
  ./uv venv --python "$ATELIER_PYTHON" --python-preference only-system --no-python-downloads "$ATELIER_ENV"
  ./uv pip sync --allow-empty-requirements --compile-bytecode --python "$ATELIER_ENV/bin/python" requirements.lock
else
  # No uv for this platform: slower, the same packages.
  "python$ATELIER_PYTHON" -m venv "$ATELIER_ENV"
  "$ATELIER_ENV/bin/python" -m pip install --no-deps --disable-pip-version-check --no-input -r requirements.lock
fi
