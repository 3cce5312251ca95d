"""The share of deposits in each group that is large enough to say something about."""

import argparse
import json
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--groups", type=Path, required=True)
parser.add_argument("--smallest-group", type=int, default=1)
parser.add_argument("--report", type=Path, required=True)
options = parser.parse_args()

groups = json.loads((options.groups / "groups.json").read_text(encoding="utf-8"))
large = [group for group in groups if group["clients"] >= options.smallest_group]
shares = {group["decade"]: round(group["deposits"] / group["clients"], 4) for group in large}
options.report.mkdir(parents=True, exist_ok=True)
(options.report / "shares.json").write_text(json.dumps(shares), encoding="utf-8")
print(f"{len(large)} of {len(groups)} groups are large enough")
