import argparse
import csv
import pathlib

parser = argparse.ArgumentParser()
for name in ("table", "rows", "mean", "large", "column"):
    parser.add_argument(f"--{name}", type=pathlib.Path)
args = parser.parse_args()
with args.table.open(newline="") as file:
    rows = list(csv.DictReader(file))
prices = [float(row["price"]) for row in rows]
args.rows.write_text(f"{len(rows)}\n")
args.mean.write_text(str(sum(prices) / len(prices)))
args.large.write_text(str(len(rows) > 1000))
args.column.write_text(next(iter(rows[0])))
