import numpy as np
import pytest
from sklearn.decomposition import PCA

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import FEATURES, learner_of, matrix_by_hand, people, score
from atelier_modules.testing import run_module

NAME = "pca_based_anomaly_detection"


def model_of(table, **parameters):
    learner = learner_of(NAME, parameters)
    return run_module("train_anomaly_detection_model", {}, untrained_model=learner, dataset=table)[
        "trained_model"
    ]


def test_scores_grow_with_the_reconstruction_error_of_scikit_learns_pca():
    table = people().keep(FEATURES)
    scored = score(model_of(table, number_of_components=4, expected_share=0.1), table).frame
    matrix = matrix_by_hand(table.frame, "z_score")
    direct = PCA(4, svd_solver="randomized", n_oversamples=2, random_state=42).fit(matrix)
    errors = np.linalg.norm(matrix - direct.inverse_transform(direct.transform(matrix)), axis=1)
    usual = np.quantile(errors, 0.9)
    np.testing.assert_allclose(scored["Scored Probabilities"], errors / (errors + usual), rtol=1e-6)
    assert abs(scored["Scored Labels"].mean() - 0.1) < 0.01
    assert ((scored["Scored Probabilities"] > 0.5) == (scored["Scored Labels"] == 1)).all()


def test_numbers_may_keep_their_mean():
    table = people().keep(["income", "visits"])
    model = model_of(table, number_of_components=1, mean_normalization=False)
    expected = table.frame[["income", "visits"]] / table.frame[["income", "visits"]].std(ddof=0)
    np.testing.assert_allclose(model.preparation.transform(table), expected)


def test_too_many_components_name_the_parameter():
    with pytest.raises(ModuleError, match="which allow 1") as fault:
        model_of(people().keep(["income", "visits"]), number_of_components=5)
    assert fault.value.parameter == "number_of_components"
