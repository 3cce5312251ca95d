import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import FEATURES, learner_of, matrix_by_hand, people, train, with_label
from atelier_modules.testing import run_module


def model_of(table, **parameters):
    learner = learner_of("k_means_clustering", parameters)
    return run_module("train_clustering_model", {}, untrained_model=learner, dataset=table)["trained_model"]


def assign(model, table, **parameters):
    return run_module("assign_data_to_clusters", parameters, trained_model=model, dataset=table)


def test_new_rows_go_to_the_nearest_of_the_old_centres():
    old = pd.DataFrame({"x": [0.0, 1.0, 10.0, 11.0], "y": [0.0, 1.0, 10.0, 9.0]})
    new = pd.DataFrame({"x": [2.0, 8.0, 5.4], "y": [1.0, 9.0, 5.4]})
    result = assign(model_of(old, normalize_features=False), new)["results_dataset"].frame
    direct = KMeans(2, n_init=10, random_state=42).fit(old.to_numpy())
    assert result["Assignments"].tolist() == direct.predict(new.to_numpy()).tolist()
    distances = result[["DistancesToClusterCenter no.0", "DistancesToClusterCenter no.1"]]
    np.testing.assert_allclose(distances, direct.transform(new.to_numpy()))


def test_rows_of_every_kind():
    table = people().keep(FEATURES)
    model = model_of(table, number_of_centroids=4)
    all_rows = assign(model, table)["results_dataset"]
    assert len(all_rows.frame["Assignments"].unique()) == 4
    one = assign(model, table.take([5]))
    assert one["results_dataset"].frame["Assignments"][0] == all_rows.frame["Assignments"][5]
    assert one.fact == "1 row"
    empty = assign(model, table.take([]))["results_dataset"]
    assert (empty.rows, empty.names) == (0, all_rows.names)
    odd = table.with_frame(table.frame.assign(job="juggler", age=np.nan))
    assert not assign(model, odd)["results_dataset"].frame["Assignments"].isna().any()
    assert assign(model, table, append=False)["results_dataset"].names[0] == "Assignments"
    assert matrix_by_hand(table.frame, "min_max").shape[1] == model.centres.shape[1]


def test_refuses_models_that_predict_and_tables_without_the_columns():
    table = with_label(people(), "bought")
    predicting = train(learner_of("two_class_decision_forest"), table, "bought")["trained_model"]
    with pytest.raises(ModuleError, match="this one predicts"):
        assign(predicting, table)
    with pytest.raises(ModuleError) as fault:
        assign(model_of(table), table.keep(["age"]))
    assert fault.value.column == "visits"
