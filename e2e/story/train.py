"""Trains boosted trees that tell who will say yes, and logs how well they rank customers they have not seen."""

import argparse
import time

import mlflow
import pandas as pd
from mlflow.models import infer_signature
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--rounds", type=int, default=10)
parser.add_argument("--learning-rate", type=float, default=0.1)
parser.add_argument("--pause", type=float, default=0.0, help="seconds between two rounds, for who watches")
args = parser.parse_args()

table = pd.read_csv(args.data)
# How long a call took is known only when it is over, and with it its result.
features = table.drop(columns=["y", "duration"])
says_yes = (table["y"] == "yes").astype(int)
train_x, test_x, train_y, test_y = train_test_split(
    features, says_yes, test_size=0.25, random_state=7, stratify=says_yes
)
print(f"{len(train_x)} rows to learn from, {len(test_x)} held out", flush=True)

words = features.select_dtypes(exclude="number").columns.tolist()
trees = HistGradientBoostingClassifier(learning_rate=args.learning_rate, warm_start=True, random_state=7)
model = make_pipeline(
    make_column_transformer(
        (OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), words),
        remainder="passthrough",
    ),
    trees,
)

mlflow.log_params({"rounds": args.rounds, "learning_rate": args.learning_rate})
for done in range(1, args.rounds + 1):
    trees.set_params(max_iter=done * 5)
    model.fit(train_x, train_y)
    chances = model.predict_proba(test_x)[:, 1]
    auc = roc_auc_score(test_y, chances)
    mlflow.log_metrics({"AUC": auc, "held_out_loss": log_loss(test_y, chances)}, step=done)
    print(f"round {done}: AUC {auc:.4f}", flush=True)
    time.sleep(args.pause)

signature = infer_signature(test_x, model.predict(test_x))
mlflow.sklearn.log_model(model, name="model", signature=signature, input_example=test_x.head(2))
print(f"done: AUC {auc:.4f} on {len(test_x)} held-out rows", flush=True)
