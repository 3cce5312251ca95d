"""Counts clients and deposits by the decade of their age."""

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--clients", type=Path, required=True)
parser.add_argument("--groups", type=Path, required=True)
options = parser.parse_args()

clients, deposits = Counter(), Counter()
with options.clients.open(newline="", encoding="utf-8") as table:
    for row in csv.DictReader(table):
        if row["age"]:
            decade = f"{row['age'][:-1]}0"
            clients[decade] += 1
            deposits[decade] += row["deposit"] == "yes"
groups = [{"decade": decade, "clients": clients[decade], "deposits": deposits[decade]} for decade in sorted(clients)]
options.groups.mkdir(parents=True, exist_ok=True)
(options.groups / "groups.json").write_text(json.dumps(groups), encoding="utf-8")
print(f"{len(groups)} groups of {sum(clients.values())} clients")
