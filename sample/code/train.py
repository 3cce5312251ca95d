"""Trains boosted trees that tell benign from malignant, and logs how good they are on rows that they never saw."""

import argparse

import mlflow
import pandas as pd
from mlflow.models import infer_signature
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--trees", type=int, default=120)
parser.add_argument("--learning-rate", type=float, default=0.05)
parser.add_argument("--model", required=True, help="folder to save the model in")
args = parser.parse_args()

table = pd.read_csv(args.data)
features = table.drop(columns="diagnosis")
is_malignant = (table["diagnosis"] == "malignant").astype(int)
train_x, test_x, train_y, test_y = train_test_split(
    features, is_malignant, test_size=0.25, stratify=is_malignant, random_state=0
)
print(f"{len(train_x)} rows to learn from, {len(test_x)} held out, {features.shape[1]} columns", flush=True)

with mlflow.start_run():
    mlflow.log_params({"trees": args.trees, "learning_rate": args.learning_rate, "rows": len(train_x)})
    model = GradientBoostingClassifier(
        n_estimators=args.trees, learning_rate=args.learning_rate, max_depth=2, subsample=0.7, random_state=0
    )
    model.fit(train_x, train_y)

    stages = zip(model.staged_predict_proba(train_x), model.staged_predict_proba(test_x))
    for tree, (seen, unseen) in enumerate(stages, start=1):
        if tree % 5 == 0 or tree == 1:
            auc = roc_auc_score(test_y, unseen[:, 1])
            losses = {"loss": log_loss(train_y, seen[:, 1]), "held_out_loss": log_loss(test_y, unseen[:, 1])}
            mlflow.log_metrics({"auc": auc, **losses}, step=tree)
            print(f"tree {tree:3d}  held-out AUC {auc:.4f}  loss {losses['held_out_loss']:.4f}", flush=True)

    accuracy = accuracy_score(test_y, model.predict(test_x))
    mlflow.log_metric("accuracy", accuracy)
    mlflow.sklearn.save_model(
        model,
        args.model,
        signature=infer_signature(test_x, model.predict(test_x)),
        input_example=test_x.head(3),
    )
    print(f"accuracy {accuracy:.4f} on {len(test_x)} rows; the model is saved", flush=True)
