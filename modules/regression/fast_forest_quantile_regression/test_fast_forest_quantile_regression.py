import numpy as np
import pytest
from lightgbm import LGBMRegressor

from atelier_modules.api import ModuleError
from atelier_modules.learners.testing import (
    check_learner,
    codes_by_hand,
    learner_of,
    people,
    score,
    train,
    with_label,
)

FEW = {"number_of_trees": 8, "number_of_leaves": 6}


def test_each_quantile_is_a_forest_of_lightgbm():
    table = with_label(people(), "price")
    trained = train(
        learner_of("fast_forest_quantile_regression", {**FEW, "quantiles": "0.9; 0.1"}), table, "price"
    )
    scored = score(trained["trained_model"], table)
    matrix, categories = codes_by_hand(table.frame)
    both = [
        LGBMRegressor(
            boosting_type="rf",
            objective="quantile",
            alpha=quantile,
            n_estimators=8,
            num_leaves=6,
            min_child_samples=10,
            subsample=0.7,
            subsample_freq=1,
            feature_fraction_bynode=0.7,
            random_state=42,
            verbosity=-1,
        )
        .fit(matrix, table.frame["price"], categorical_feature=categories)
        .predict(matrix)
        for quantile in (0.1, 0.9)
    ]
    assert scored.score_columns() == ["Scored Quantile 0.1", "Scored Quantile 0.9"]
    np.testing.assert_allclose(scored.frame[scored.score_columns()], np.sort(np.column_stack(both), axis=1))
    assert trained.fact == "16 trees"
    assert trained.progress[-1] == {"done": 16, "of": 16, "unit": "trees"}


def test_quantiles_hold_their_share_of_the_rows():
    table, other = with_label(people(600), "price"), with_label(people(600, seed=9), "price")
    model = train(learner_of("fast_forest_quantile_regression", {"number_of_trees": 30}), table, "price")[
        "trained_model"
    ]
    frame = score(model, other).frame
    for quantile in (0.25, 0.5, 0.75):
        share = (frame["price"] <= frame[f"Scored Quantile {quantile}"]).mean()
        assert abs(share - quantile) < 0.12
    assert (frame["Scored Quantile 0.25"] <= frame["Scored Quantile 0.75"]).all()


@pytest.mark.parametrize("text", ["0.5;1", "half", "0", "", "-0.1"])
def test_wrong_quantiles_name_the_parameter(text):
    with pytest.raises(ModuleError) as fault:
        learner_of("fast_forest_quantile_regression", {"quantiles": text or ";"})
    assert fault.value.parameter == "quantiles"


def test_holds_for_every_kind_of_row():
    check_learner(learner_of("fast_forest_quantile_regression", FEW), "price")
