import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import FEATURES, learner_of, matrix_by_hand, people
from atelier_modules.testing import run_module


def clustered(parameters, table, **more):
    learner = learner_of("k_means_clustering", parameters)
    return run_module("train_clustering_model", more, untrained_model=learner, dataset=table)


@pytest.mark.parametrize("initialization", ["k_means_plus_plus", "random", "first_n"])
@pytest.mark.parametrize("normalize", [True, False])
def test_groups_as_scikit_learn_called_directly(initialization, normalize):
    table = people(120).keep(FEATURES)
    parameters = {"number_of_centroids": 3, "initialization": initialization, "normalize_features": normalize}
    result = clustered(parameters, table)["results_dataset"].frame
    matrix = matrix_by_hand(table.frame, "min_max" if normalize else None)
    starts = {"k_means_plus_plus": "k-means++", "random": "random", "first_n": matrix[:3]}
    direct = KMeans(
        3,
        init=starts[initialization],
        n_init=1 if initialization == "first_n" else 10,
        max_iter=100,
        random_state=42,
    ).fit(matrix)
    assert result["Assignments"].tolist() == direct.labels_.tolist()
    names = [f"DistancesToClusterCenter no.{i}" for i in range(3)]
    np.testing.assert_allclose(result[names], direct.transform(matrix), atol=1e-6)


def test_more_centroids_than_rows_name_the_parameter():
    with pytest.raises(ModuleError) as fault:
        clustered({"number_of_centroids": 9}, people(8).keep(FEATURES))
    assert fault.value.parameter == "number_of_centroids"


def test_rows_that_are_all_alike_fill_one_cluster():
    out = clustered({"number_of_centroids": 3}, pd.DataFrame({"x": [1.0] * 6}))
    assert set(out["results_dataset"].frame["Assignments"]) == {0}
    assert out.fact == "1 cluster, 6 rows"
    assert "Only 1 of 3 clusters have rows" in "".join(out.log)


LABELLED = pd.DataFrame(
    {"x": [0.0, 0.1, 0.4, 9.0, 9.1, 9.5], "kind": ["low", None, "odd", "high", None, "high"]}
)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("ignore", ["low", None, "odd", "high", None, "high"]),
        ("fill_missing", ["low", "low", "odd", "high", "high", "high"]),
        ("overwrite", ["low", "low", "low", "high", "high", "high"]),
    ],
)
def test_the_label_column_follows_the_assign_label_mode(mode, expected):
    from atelier_modules.api import Table

    table = Table(LABELLED).set_role("kind", "label")
    out = clustered({"assign_label_mode": mode}, table)
    assert out["results_dataset"].frame["kind"].tolist() == expected
    assert [feature["name"] for feature in out["trained_model"].features] == ["x"]
    assert out["results_dataset"].label_column() == "kind"
