"""Times steps through a worker on 30,000 rows and 21 columns, beside the same work with pandas in one process.

PYTHONPATH=python python bench/worker/steps.py [rounds]
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "python" / "tests"), str(ROOT / "python")]

from atelier_modules.table import Table  # noqa: E402
from atelier_modules.table_files import write_table  # noqa: E402
from worker_client import TOKEN, Worker  # noqa: E402

ROWS = 30_000
STEPS = {
    "select_columns_in_dataset": ({"columns": '{"begin":"all","rules":[{"exclude":{"names":["job"]}}]}'}, "dataset"),
    "clean_missing_data": ({"cleaning_mode": "mean", "columns": '{"begin":"none","rules":[{"include":{"types":["double"]}}]}'}, "dataset"),
    "edit_metadata": ({"columns": "job"}, "dataset"),
    "remove_duplicate_rows": ({"key_columns": "age, job"}, "dataset"),
    "summarize_data": ({}, "dataset"),
}


def make_frame() -> pd.DataFrame:
    """The shape of the bank marketing table: ten columns of text, ten of numbers, one label."""
    random = np.random.default_rng(7)
    words = ["admin.", "blue-collar", "technician", "services", "management", "retired", "unknown"]
    columns: dict[str, object] = {"age": random.integers(18, 95, ROWS), "job": random.choice(words, ROWS)}
    for at in range(9):
        columns[f"word {at}"] = random.choice(words[: 2 + at % 5], ROWS)
    for at in range(5):
        columns[f"count {at}"] = random.integers(0, 1000, ROWS)
    for at in range(4):
        values = random.normal(size=ROWS).round(3)
        values[random.random(ROWS) < 0.02] = np.nan
        columns[f"rate {at}"] = values
    columns["y"] = random.choice(["no", "yes"], ROWS)
    return pd.DataFrame(columns)


def with_pandas(folder: Path) -> None:
    frame = pd.read_parquet(folder / "data.parquet")
    numbers = frame.select_dtypes("float").columns
    frame = frame.assign(**{name: frame[name].fillna(frame[name].mean()) for name in numbers})
    frame.to_parquet(folder.parent / "result.parquet")


def cpu_ms(worker: Worker) -> float:
    """Processor time of the worker's three kinds of process, ended children included. Tells more than a clock on a busy machine."""
    server = worker.process.pid
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ticks = 0
    for pid in (server, *children):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += sum(int(field) for field in fields[11:15])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def wait_until_idle(worker: Worker) -> None:
    """It answers before all is imported, and imports the rest while nothing is asked."""
    before = -1.0
    while (now := cpu_ms(worker)) != before:
        before = now
        time.sleep(2)


def median_ms(work, rounds: int) -> float:
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "table"
        write_table(Table(make_frame()), folder)
        began = time.process_time()
        limit = median_ms(lambda: with_pandas(folder), rounds)
        busy = (time.process_time() - began) * 1000 / (rounds + 1)
        print(f"{'read, fill, write with pandas in one process':52} {limit:7.1f} ms   1.0   processor {busy:.1f} ms")
        began = time.perf_counter()
        worker = Worker(Path(scratch) / "home", ATELIER_MODULES=str(ROOT / "modules"))
        print(f"{'the worker starts':52} {(time.perf_counter() - began) * 1000:7.1f} ms")
        wait_until_idle(worker)
        try:
            tree = worker.put_folder(folder)
            connection = http.client.HTTPConnection("127.0.0.1", worker.port)

            def ask(path: str, body: dict) -> list[dict]:
                connection.request("POST", path, json.dumps(body), {"Authorization": f"Bearer {TOKEN}"})
                lines = connection.getresponse().read().splitlines()
                return [json.loads(line) for line in lines]

            for name, (parameters, port) in STEPS.items():
                seconds = []

                def step() -> None:
                    body = {"id": "bench", "module": name, "parameters": parameters}
                    last = ask("/steps", {**body, "inputs": {port: {"tree": tree}}, "outputs": [outputs[name]]})[-1]
                    if "done" not in last:
                        raise SystemExit(f"{name}: {last}")
                    seconds.append(last["done"]["seconds"] * 1000)

                before = cpu_ms(worker)
                took = median_ms(step, rounds)
                busy = (cpu_ms(worker) - before) / (rounds + 1)
                inside = statistics.median(seconds)
                times = f"{took:7.1f} ms  {took / limit:4.1f}   processor {busy:.1f} ms, inside the fork {inside:.1f} ms"
                print(f"{'step ' + name:52} {times}")
            again = iter(range(1, 10_000))

            def describe() -> None:
                # Another number each time: the same question would be answered from memory.
                [said] = ask("/tables/describe", {"input": {"tree": tree}, "rows": next(again)})
                assert said["rows"] == ROWS

            print(f"{'describe the table':52} {median_ms(describe, rounds):7.1f} ms")
        finally:
            worker.stop()


outputs = {name: "cleaned_dataset" if name == "clean_missing_data" else "results_dataset" for name in STEPS}

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
