import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import learner_of, people, pickled, score, train, with_label
from atelier_modules.testing import run_module

MEAN = """
import numpy as np

class {name}:
    def __init__(self):
        self.means = {{}}

    def train(self, df_train, df_label):
        print("training on", len(df_train), "rows")
        self.columns = list(df_train.columns)
        self.mean = df_label.mean()

    def predict(self, df):
        print("predicting")
        return np.full(len(df), self.mean)
"""


def learner_from(script):
    return run_module("create_python_model", {"script": script})["untrained_model"]


def test_the_script_that_stands_there_first_predicts_as_its_library():
    table = with_label(people(), "bought")
    scored = score(train(learner_of("create_python_model"), table, "bought")["trained_model"], table)
    numbers = table.frame[["age", "visits", "income", "region"]].fillna(0)
    direct = LogisticRegression(max_iter=1000).fit(numbers, table.frame["bought"])
    np.testing.assert_allclose(scored.frame["Scored Probabilities"], direct.predict_proba(numbers)[:, 1])
    assert scored.frame["Scored Labels"].tolist() == direct.predict(numbers).tolist()
    assert scored.score_columns() == ["Scored Labels", "Scored Probabilities"]
    evaluated = run_module("evaluate_model", {}, scored_dataset=scored)
    assert "AUC" in dict((key, value) for key, value, _ in evaluated.metrics)


@pytest.mark.parametrize("name", ["AtelierModel", "AzureMLModel"])
def test_both_names_of_the_class_are_understood(name):
    table = with_label(people(30), "price")
    trained = train(learner_from(MEAN.format(name=name)), table, "price")
    assert trained["trained_model"].instance.columns == table.names[:-1]
    out = run_module("score_model", {}, trained_model=trained["trained_model"], dataset=table)
    assert set(out["scored_dataset"].frame["Scored Labels"]) == {table.frame["price"].mean()}
    assert "training on 30 rows" in trained.log and "predicting" in out.log


def test_a_model_opens_in_another_process(tmp_path):
    table = with_label(people(30), "price")
    pickled(train(learner_from(MEAN.format(name="AtelierModel")), table, "price")["trained_model"], tmp_path)
    table.frame.to_parquet(tmp_path / "rows.parquet")
    code = (
        "import joblib, sys; from pathlib import Path; from atelier_modules.read_files import read_table;"
        "model = joblib.load(sys.argv[1] + '/model.pkl');"
        "print(model.score(read_table(Path(sys.argv[1]) / 'rows.parquet')).frame['Scored Labels'][0])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True, timeout=120
    )
    assert float(said.stdout.split()[-1]) == pytest.approx(table.frame["price"].mean())


def test_results_of_every_shape():
    table = with_label(people(20), "price")
    shapes = {
        "pd.Series([1.0] * len(df), index=df.index[::-1])": ["Scored Labels"],
        "pd.DataFrame({0: [1.0] * len(df)})": ["Scored Labels"],
        "np.ones((len(df), 1))": ["Scored Labels"],
        "(pd.DataFrame({'Scored Labels': [1.0] * len(df), 'probabilities': 0.5}),)": [
            "Scored Labels",
            "probabilities",
        ],
        "[1.0] * len(df)": ["Scored Labels"],
    }
    for result, names in shapes.items():
        script = f"import numpy as np, pandas as pd\nclass AtelierModel:\n  def train(self, x, y): pass\n  def predict(self, df): return {result}"
        model = train(learner_from(script), table, "price")["trained_model"]
        assert score(model, table).score_columns() == names
        assert score(model, table.take([])).rows == 0


def test_a_fault_in_the_script_is_told_with_its_line():
    table = with_label(people(20), "price")
    script = "class AtelierModel:\n    def train(self, x, y):\n        self.fit(x)\n    def fit(self, x):\n        return 1 / 0\n    def predict(self, df):\n        return df.no_such"
    with pytest.raises(ModuleError) as fault:
        train(learner_from(script), table, "price")
    assert fault.value.message.startswith(
        "AtelierModel.train failed in line 5: ZeroDivisionError: division by zero"
    )
    assert "line 3, in train" in fault.value.message and "self.fit(x)" in fault.value.message
    assert "supervised" not in fault.value.message and "python_model" not in fault.value.message
    with pytest.raises(ModuleError, match="predict failed in line 7: AttributeError"):
        score(train(learner_from(script.replace("1 / 0", "1")), table, "price")["trained_model"], table)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("class AtelierModel:\n  def train(self x): pass", "not valid Python.*line 2"),
        ("import no_such_package", "failed in line 1: ModuleNotFoundError"),
        ("class Other: pass", "no class AtelierModel"),
        ("class AtelierModel:\n  def train(self, x, y): pass", "no method predict"),
        ("raise SystemExit(3)", "SystemExit"),
    ],
)
def test_a_script_that_is_no_model_is_refused_at_once(script, said):
    with pytest.raises(ModuleError, match=said) as fault:
        learner_from(script)
    assert fault.value.parameter == "script"


def test_too_few_predictions_are_told():
    script = "class AtelierModel:\n  def train(self, x, y): pass\n  def predict(self, df): return [1.0]"
    table = with_label(people(20), "price")
    with pytest.raises(ModuleError, match="predict returned 1 rows for 20"):
        score(train(learner_from(script), table, "price")["trained_model"], table)


@pytest.mark.parametrize(
    ("values", "task"),
    [
        (["a", "b"], "binary"),
        (["a", "b", "c"], "multiclass"),
        ([0, 1], "binary"),
        ([1.5, 2.5, 3.5], "regression"),
    ],
)
def test_the_label_tells_the_task(values, task):
    frame = pd.DataFrame({"x": range(12), "y": (values * 12)[:12]})
    script = "class AtelierModel:\n  def train(self, x, y): self.first = y.iloc[0]\n  def predict(self, df): return [self.first] * len(df)"
    model = train(learner_from(script), frame, "y")["trained_model"]
    assert model.task == task
    assert run_module("evaluate_model", {}, scored_dataset=score(model, frame))["evaluation_results"].rows == 1
