"""Run in a serving container: the graph of the model, called with its example, without HTTP and without MLflow."""

import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, "/srv/model/code")

import pandas as pd  # noqa: E402
from atelier_modules.graph import GraphScorer  # noqa: E402

scorer = GraphScorer(Path("/srv/model/data"))
example = json.loads(Path("/srv/model/serving_input_example.json").read_text())["dataframe_split"]
row = pd.DataFrame(example["data"], columns=example["columns"])
for _ in range(50):
    scorer.score(row)
took = []
for _ in range(400):
    start = time.perf_counter()
    scorer.score(row)
    took.append((time.perf_counter() - start) * 1000)
took.sort()
print(json.dumps({"p50": statistics.median(took), "p95": took[380], "perSecond": 1000 / statistics.mean(took)}))
