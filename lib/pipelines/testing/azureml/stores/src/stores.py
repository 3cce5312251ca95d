import argparse
import csv
import json
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("act", choices=["clean", "fit", "best"])
parser.add_argument("paths", nargs="+", type=pathlib.Path)
parser.add_argument("--skip", type=int, default=0)
parser.add_argument("--method", default="keep")
parser.add_argument("--store")
parser.add_argument("--rate", type=float)
parser.add_argument("--weights", type=pathlib.Path)
args = parser.parse_args()
*sources, target = args.paths
if args.act == "clean":
    for path in sources[0].glob("*.csv"):
        lines = path.read_text().splitlines(keepends=True)
        (target / path.name).write_text("".join(lines[:1] + lines[1 + args.skip :]))
elif args.act == "fit":
    with (sources[0] / f"{args.store}.csv").open(newline="") as file:
        sold = [int(row["sold"]) for row in csv.DictReader(file)]
    mean = sum(sold) / len(sold)
    target.mkdir(parents=True, exist_ok=True)
    model = {"store": args.store, "mean": mean * args.rate, "weights": str(args.weights)}
    (target / "model.json").write_text(json.dumps(model))
else:
    models = [json.loads((path / "model.json").read_text()) for path in sources]
    best = max(models, key=lambda model: model["mean"])
    target.write_text(best["store"])
    print(json.dumps(best))
