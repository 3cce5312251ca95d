"""Writes breast-cancer.csv from the copy of the data set that scikit-learn carries. Run with scikit-learn 1.5."""

from pathlib import Path

from sklearn.datasets import load_breast_cancer

bunch = load_breast_cancer(as_frame=True)
table = bunch.data.rename(columns=lambda name: name.replace(" ", "_"))
table.insert(0, "diagnosis", bunch.target.map(dict(enumerate(bunch.target_names))))
table.to_csv(Path(__file__).with_name("breast-cancer.csv"), index=False)
