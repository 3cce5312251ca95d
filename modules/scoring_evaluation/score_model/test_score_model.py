import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from atelier_modules.api import ModuleError, Table
from atelier_modules.learners.testing import FEATURES, learner_of, people, score, train, with_label
from atelier_modules.testing import run_module

QUICK = ("two_class_boosted_decision_tree", {"number_of_trees": 5, "number_of_leaves": 4})


@pytest.fixture(scope="module")
def table():
    return with_label(people(), "bought")


@pytest.fixture(scope="module")
def model(table):
    return train(learner_of(*QUICK), table, "bought")["trained_model"]


def test_score_columns_follow_the_columns_of_the_dataset(model, table):
    out = run_module("score_model", {}, trained_model=model, dataset=table)
    scored = out["scored_dataset"]
    assert scored.names == [*table.names, "Scored Labels", "Scored Probabilities"]
    pd.testing.assert_frame_equal(scored.frame[table.names], table.frame)
    assert [scored.column(name).score for name in scored.names[-2:]] == [
        "scored_labels",
        "scored_probabilities",
    ]
    assert scored.score_columns() == scored.names[-2:]
    assert scored.label_column() == "bought"
    assert scored.column("region").categorical
    assert scored.extra["learner"] == "two_class_boosted_decision_tree"
    assert out.fact == "240 rows"


def test_scores_alone_stand_beside_the_label(model, table):
    assert score(model, table, append=False).names == ["bought", "Scored Labels", "Scored Probabilities"]
    assert score(model, table.keep(FEATURES), append=False).names == ["Scored Labels", "Scored Probabilities"]


def test_the_label_need_not_be_there_and_order_does_not_matter(model, table):
    shuffled = table.keep(list(reversed(FEATURES)))
    expected = score(model, table).frame["Scored Probabilities"]
    assert score(model, shuffled).frame["Scored Probabilities"].tolist() == expected.tolist()


def test_scoring_again_replaces_the_scores(model, table):
    twice = score(model, score(model, table))
    assert twice.names == [*table.names, "Scored Labels", "Scored Probabilities"]


def test_columns_of_another_type_are_read_where_they_can_be(model, table):
    text = table.frame.assign(
        visits=table.frame["visits"].astype(str),
        region=table.frame["region"].astype(float),
        since=table.frame["since"].dt.strftime("%Y-%m-%dT%H:%M:%S"),
        member=table.frame["member"].map({True: "true", False: "false"}),
    )
    expected = score(model, table).frame["Scored Probabilities"]
    assert score(model, Table(text)).frame["Scored Probabilities"].tolist() == expected.tolist()
    quick = model.score_rows(text.head(20).to_dict("records"))
    np.testing.assert_allclose([row["Scored Probabilities"] for row in quick], expected.head(20))


def test_dates_that_are_none_name_row_and_column(model, table):
    frame = table.frame.assign(since=["2024-01-01"] * 11 + ["soon"] * (table.rows - 11))
    with pytest.raises(ModuleError, match="“soon”") as fault:
        score(model, Table(frame))
    assert (fault.value.column, fault.value.row) == ("since", 12)


def test_a_clustering_model_is_sent_to_its_own_step(table):
    learner = learner_of("k_means_clustering")
    model = run_module("train_clustering_model", {}, untrained_model=learner, dataset=table)["trained_model"]
    with pytest.raises(ModuleError) as fault:
        score(model, table)
    assert "Assign Data to Clusters" in fault.value.hint


def test_one_row_is_scored_in_a_few_milliseconds(model, table):
    row = table.frame.head(1).to_dict("records")
    model.score_rows(row)
    took = []
    for _ in range(30):
        begun = time.perf_counter()
        model.score_rows(row)
        took.append(time.perf_counter() - begun)
    assert sorted(took)[10] < 0.005


def test_true_and_false_are_read_however_they_are_written(model, table):
    expected = score(model, table).frame["Scored Probabilities"].head(20)
    row = table.frame.head(20)
    for yes, no in ((1, 0), ("True", "False"), ("TRUE", "FALSE"), ("1", "0"), (1.0, 0.0)):
        written = row.assign(member=row["member"].map({True: yes, False: no}))
        assert score(model, Table(written)).frame["Scored Probabilities"].tolist() == expected.tolist()
        quick = model.score_rows(written.to_dict("records"))
        np.testing.assert_allclose([one["Scored Probabilities"] for one in quick], expected)


def test_a_row_that_lacks_a_column_is_told(model, table):
    row = table.frame.head(1)[FEATURES].to_dict("records")[0]
    del row["job"]
    with pytest.raises(ModuleError) as fault:
        model.score_rows([row])
    assert fault.value.column == "job"


def test_models_score_in_several_threads_at_once(model, table):
    expected = score(model, table).frame["Scored Probabilities"].tolist()
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda i: score(model, table.take([i])).frame["Scored Probabilities"][0], range(40))
        )
    np.testing.assert_allclose(found, expected[:40])


def test_a_threshold_decides_the_labels_and_leaves_the_probabilities(model, table):
    usual = score(model, table).frame
    out = run_module("score_model", {"threshold": 0.2}, trained_model=model, dataset=table)
    frame = out["scored_dataset"].frame
    assert frame["Scored Probabilities"].tolist() == usual["Scored Probabilities"].tolist()
    positive = frame["Scored Probabilities"] >= 0.2
    assert positive.sum() > (usual["Scored Probabilities"] >= 0.5).sum()
    assert frame["Scored Labels"].tolist() == [model.classes[1] if yes else model.classes[0] for yes in positive]
    assert out["scored_dataset"].score_columns() == ["Scored Labels", "Scored Probabilities"]
    assert out.fact == "240 rows, threshold 0.2"


def test_a_threshold_of_a_half_is_what_the_model_says_itself(model, table):
    usual = score(model, table).frame
    half = run_module("score_model", {"threshold": 0.5}, trained_model=model, dataset=table)["scored_dataset"].frame
    pd.testing.assert_frame_equal(half, usual)


def test_a_threshold_for_numbers_is_refused(table):
    model = train(learner_of("linear_regression"), table, "visits")["trained_model"]
    with pytest.raises(ModuleError) as fault:
        run_module("score_model", {"threshold": 0.3}, trained_model=model, dataset=table)
    assert fault.value.parameter == "threshold"
