import pandas as pd
import pytest

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import FEATURES, learner_of, people
from atelier_modules.testing import run_module

TWO_HEAPS = pd.DataFrame({"height": [1.5, 1.52, 1.9, 1.92], "weight": [50, 52, 91, 95], "name": list("abcd")})


def train(table, learner="k_means_clustering", **parameters):
    return run_module("train_clustering_model", parameters, untrained_model=learner_of(learner), dataset=table)


def test_two_heaps_are_two_clusters():
    out = train(TWO_HEAPS, columns="height, weight")
    result = out["results_dataset"]
    first, second, third, fourth = result.frame["Assignments"]
    assert first == second != third == fourth
    assert result.names == [
        *TWO_HEAPS.columns,
        "Assignments",
        "DistancesToClusterCenter no.0",
        "DistancesToClusterCenter no.1",
    ]
    assert {result.column(name).role for name in result.names[3:]} == {"score"}
    assert result.task == out["trained_model"].task == "clustering"
    assert out.fact == "2 clusters, 4 rows"


def test_only_the_chosen_columns_form_the_clusters():
    out = train(TWO_HEAPS, columns='["weight"]')
    assert [feature["name"] for feature in out["trained_model"].features] == ["weight"]


def test_results_alone():
    out = train(TWO_HEAPS, columns="height, weight", append=False)
    assert out["results_dataset"].names[0] == "Assignments" and len(out["results_dataset"].names) == 3


def test_faults_name_what_is_wrong():
    with pytest.raises(ModuleError, match="no rows"):
        train(people().take([]).keep(FEATURES))
    with pytest.raises(ModuleError) as fault:
        train(TWO_HEAPS, columns="width")
    assert (fault.value.parameter, fault.value.column) == ("columns", "width")
    with pytest.raises(ModuleError, match="Linear Regression is none"):
        train(TWO_HEAPS, "linear_regression")
