import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module

FRAME = pd.DataFrame({"n": range(100), "k": ["a"] * 70 + ["b"] * 25 + [None] * 5})
STRATIFIED = {"stratified_split": True, "stratification_key_column": "k"}


def partition(table, mode: str = "assign_to_folds", **parameters) -> Table:
    values = {"partition_or_sample_mode": mode, "random_seed": 7, **parameters}
    return run_module("partition_and_sample", values, dataset=table)["dataset"]


def sizes(table: Table) -> list[int]:
    return np.bincount(table.folds.ids, minlength=table.folds.count + 1)[1:].tolist()


def test_round_robin():
    table = partition(FRAME, randomized_split=False, number_of_folds=3)
    assert table.folds.ids.tolist() == [row % 3 + 1 for row in range(100)]
    assert table.names == ["n", "k"]


@pytest.mark.parametrize("count", [1, 3, 7])
def test_even_folds_at_random(count):
    table = partition(FRAME, number_of_folds=count)
    assert table.frame["n"].tolist() == list(range(100))
    assert max(sizes(table)) - min(sizes(table)) <= 1
    again = partition(FRAME, number_of_folds=count)
    assert again.folds.ids.tolist() == table.folds.ids.tolist()
    if count > 1:
        assert (
            table.folds.ids.tolist()
            != partition(FRAME, number_of_folds=count, random_seed=8).folds.ids.tolist()
        )


def test_stratified_folds_have_the_same_shares():
    table = partition(FRAME, number_of_folds=5, **STRATIFIED)
    for fold in range(1, 6):
        values = table.frame["k"][table.folds.ids == fold]
        assert values.value_counts(dropna=False).tolist() == [14, 5, 1]


@pytest.mark.parametrize(
    ("proportions", "expected"),
    [("0.5, 0.25, 0.25", [50, 25, 25]), (".2,.3", [20, 30, 50]), ("[0.1, 0.9]", [10, 90])],
)
def test_proportions(proportions, expected):
    for randomized in (True, False):
        options = {"partitioner_method": "proportions", "proportions": proportions}
        assert sizes(partition(FRAME, randomized_split=randomized, **options)) == expected


@pytest.mark.parametrize("proportions", ["0.6, 0.5", "", "a", "-0.5, 1"])
def test_wrong_proportions(proportions):
    with pytest.raises(ModuleError) as caught:
        partition(FRAME, partitioner_method="proportions", proportions=proportions)
    assert caught.value.parameter == "proportions"


def test_with_replacement_rows_repeat():
    table = partition(FRAME, use_replacement=True, number_of_folds=4)
    assert sizes(table) == [25] * 4
    assert table.frame["n"].duplicated().any()
    assert set(table.frame["n"]) <= set(range(100))


def test_pick_fold_and_its_complement():
    folded = partition(FRAME, number_of_folds=4)
    picked = partition(folded, "pick_fold", fold_to_pick=2)
    others = partition(folded, "pick_fold", fold_to_pick=2, pick_complement=True)
    assert picked.frame["n"].tolist() == FRAME["n"][folded.folds.ids == 2].tolist()
    assert sorted([*picked.frame["n"], *others.frame["n"]]) == list(range(100))
    assert picked.folds is None


def test_pick_fold_errors(people):
    with pytest.raises(ModuleError) as caught:
        partition(partition(FRAME, number_of_folds=2), "pick_fold", fold_to_pick=3)
    assert caught.value.parameter == "fold_to_pick"
    with pytest.raises(ModuleError, match="no folds"):
        partition(people, "pick_fold")


@pytest.mark.parametrize(("rate", "rows"), [(0, 0), (0.1, 10), (0.255, 26), (1, 100)])
def test_sampling(rate, rows):
    found = partition(FRAME, "sampling", rate_of_sampling=rate).frame["n"].tolist()
    assert len(set(found)) == len(found) == rows
    assert found == sorted(found)


def test_stratified_sampling():
    found = partition(FRAME, "sampling", rate_of_sampling=0.2, **STRATIFIED)
    assert found.frame["k"].value_counts(dropna=False).tolist() == [14, 5, 1]
    with pytest.raises(ModuleError) as caught:
        partition(FRAME, "sampling", stratified_split=True)
    assert caught.value.parameter == "stratification_key_column"


@pytest.mark.parametrize("rows", [0, 3, 500])
def test_head(rows):
    table = partition(FRAME, "head", number_of_rows_to_select=rows)
    assert table.frame["n"].tolist() == list(range(min(rows, 100)))


def test_a_seed_of_zero_takes_the_clock():
    found = {
        tuple(partition(FRAME, "sampling", rate_of_sampling=0.5, random_seed=0).frame["n"]) for _ in range(3)
    }
    assert len(found) > 1


def test_roles_empty_and_one_row(people, empty, one_row):
    assert partition(people.set_role("city", "label")).label_column() == "city"
    assert sizes(partition(empty, number_of_folds=3)) == [0, 0, 0]
    assert sizes(partition(one_row, number_of_folds=2)) == [1, 0]
    assert sizes(partition(empty, use_replacement=True, number_of_folds=2)) == [0, 0]
    assert partition(empty, "sampling", rate_of_sampling=0.5).rows == 0
    assert partition(one_row, "sampling", rate_of_sampling=1).rows == 1
