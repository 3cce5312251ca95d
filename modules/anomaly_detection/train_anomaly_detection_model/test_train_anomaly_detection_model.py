import numpy as np
import pandas as pd
import pytest

from atelier_modules.api import ModuleError, Table
from atelier_modules.learners.testing import FEATURES, learner_of, people, score
from atelier_modules.testing import run_module


def train(table, learner="pca_based_anomaly_detection", **parameters):
    return run_module(
        "train_anomaly_detection_model", {}, untrained_model=learner_of(learner, parameters), dataset=table
    )


def line(rows=200):
    draw = np.random.default_rng(3)
    at = draw.normal(size=rows)
    return pd.DataFrame({"pressure": at + draw.normal(0, 0.05, rows), "heat": 2 * at, "flow": -at})


def test_rows_off_the_line_are_anomalies():
    model = train(line(), number_of_components=1, expected_share=0.01)["trained_model"]
    odd = pd.DataFrame({"pressure": [0.0, 3.0], "heat": [0.0, -6.0], "flow": [0.0, 3.0]})
    scored = score(model, odd)
    assert scored.frame["Scored Labels"].tolist() == [0, 1]
    assert scored.frame["Scored Probabilities"][1] > 0.9
    assert scored.task == "anomaly"


def test_a_label_column_is_left_out():
    table = Table(line().assign(fault="no")).set_role("fault", "label")
    model = train(table, number_of_components=1)["trained_model"]
    assert [feature["name"] for feature in model.features] == ["pressure", "heat", "flow"]
    assert model.label == "fault"


def test_rows_of_every_kind():
    table = people().keep(FEATURES)
    out = train(table)
    assert out.fact.startswith("2 components keep ")
    model = out["trained_model"]
    scored = score(model, table)
    assert scored.frame["Scored Probabilities"].between(0, 1).all()
    one = score(model, table.take([3])).frame
    np.testing.assert_allclose(one["Scored Probabilities"][0], scored.frame["Scored Probabilities"][3])
    assert score(model, table.take([])).names == scored.names
    odd = table.with_frame(table.frame.assign(job="juggler", age=np.nan, since=pd.NaT))
    assert not score(model, odd).frame["Scored Labels"].isna().any()


def test_faults_say_what_to_do():
    with pytest.raises(ModuleError, match="one row"):
        train(people().keep(FEATURES).take([0]))
    with pytest.raises(ModuleError, match="no rows"):
        train(people().keep(FEATURES).take([]))
    with pytest.raises(ModuleError, match="K-Means Clustering is none"):
        train(line(), "k_means_clustering")
