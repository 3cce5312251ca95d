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

# LightGBM's wheel needs libgomp.so.1, which slim base images lack; scikit-learn's wheel brings one. Linking to it, not copying
# it, keeps a process that uses both at one OpenMP.
brought="$(find "$ATELIER_ENV" -path "*/scikit_learn.libs/libgomp*" | head -n 1)"
if [ -n "$brought" ] && ! "$ATELIER_ENV/bin/python" -c 'import ctypes; ctypes.CDLL("libgomp.so.1")' 2>/dev/null; then
  ln -s "$brought" /usr/lib/libgomp.so.1
fi
