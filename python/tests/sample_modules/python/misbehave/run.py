from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

from atelier_modules.api import Context, Table


def run(ctx: Context, dataset: Table | None, how: str) -> dict:
    print(f"pid {os.getpid()}", flush=True)
    if how == "sleep":
        time.sleep(60)
    if how == "allocate":
        np.ones(2**31).sum()
    if how == "segfault":
        ctypes.string_at(0)
    if how == "exit":
        os._exit(3)
    if how == "spawn":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(f"spawned {child.pid}", flush=True)
    if how == "fault":
        raise AttributeError("no such thing")
    if how in ("text", "missing"):
        LinearRegression().fit(dataset.frame, np.arange(dataset.rows))
    if how == "key":
        dataset.frame["jobs"]
    if how == "change":
        path = os.path.join("..", "inputs", "dataset", "data.csv")
        os.chmod(path, 0o644)
        with open(path, "a") as file:
            file.write("changed")
    if how == "shout":
        for number in range(20_000):
            print(f"line {number}")
    if how == "nothing":
        return {}
    return {"results_dataset": Table(pd.DataFrame({"a": [1, 2]}))}
