import numpy as np
import pandas as pd
import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module

FRAME = pd.DataFrame({"n": range(100), "k": ["a"] * 70 + ["b"] * 25 + [None] * 5})


def split(table, **parameters):
    return run_module("split_data", {"random_seed": 3, **parameters}, dataset=table)


def halves(table, **parameters) -> tuple[list, list]:
    out = split(table, **parameters)
    return tuple(out[port].frame.iloc[:, 0].tolist() for port in ("results_dataset1", "results_dataset2"))


def by_regex(table, expression: str) -> list:
    return halves(table, splitting_mode="regular_expression", regular_expression=expression)[0]


def by_relation(table, expression: str) -> list:
    return halves(table, splitting_mode="relative_expression", relational_expression=expression)[0]


@pytest.mark.parametrize(("fraction", "rows"), [(0, 0), (0.255, 26), (0.5, 50), (0.8, 80), (1, 100)])
def test_rows(fraction, rows):
    first, second = halves(FRAME, fraction_of_rows=fraction)
    assert len(first) == rows
    assert sorted([*first, *second]) == list(range(100))
    assert first == sorted(first)
    assert (first, second) == halves(FRAME, fraction_of_rows=fraction)
    if 0 < fraction < 1:
        assert first != list(range(rows))


def test_from_the_top():
    assert halves(FRAME, fraction_of_rows=0.3, randomized_split=False)[0] == list(range(30))


def test_a_seed_of_zero_takes_the_clock():
    assert len({tuple(halves(FRAME, random_seed=0)[0]) for _ in range(3)}) > 1


@pytest.mark.parametrize("randomized", [True, False])
def test_stratified(randomized):
    out = split(
        FRAME,
        fraction_of_rows=0.2,
        randomized_split=randomized,
        stratified_split=True,
        stratification_key_column="k",
    )
    assert out["results_dataset1"].frame["k"].value_counts(dropna=False).tolist() == [14, 5, 1]
    assert out.fact == "20 / 80"


def test_many_small_groups_still_give_the_fraction():
    frame = pd.DataFrame({"n": range(30), "k": np.repeat(range(10), 3)})
    options = {"stratified_split": True, "stratification_key_column": "k"}
    assert len(halves(frame, fraction_of_rows=0.5, **options)[0]) == 15


def test_stratified_by_the_label(people):
    out = split(people.set_role("city", "label"), stratified_split=True)
    assert out["results_dataset1"].label_column() == "city"
    with pytest.raises(ModuleError) as caught:
        split(people, stratified_split=True)
    assert caught.value.parameter == "stratification_key_column"


def test_regular_expressions(people):
    assert by_regex(people, r'\"name" ^[A-C]') == ["Ana", "Bo", "Cy"]
    assert by_regex(people, r"(\0) o$") == ["Bo"]
    assert by_regex(people, r"(\1) ^5") == ["Bo"]
    assert by_regex(people, r'\"active" true') == ["Ana", "Cy", "Di"]
    assert by_regex(people, r'\"joined" 2024-02') == ["Bo", "Di"]
    frame = pd.DataFrame({"Text": ["a Gryphon here", "a gryphon", None]})
    assert by_regex(frame, r'\"Text" Gryphon') == ["a Gryphon here"]


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (r'\"age" > 34', ["Bo", "Di"]),
        (r"(\1)>=34 & <51", ["Ana", "Di"]),
        (r"(\1)<=30 | ==51", ["Bo", None]),
        (r'\"age" < 30 | \"age" > 40 & != 45', ["Bo", None]),
        (r'\"age" != 34', ["Bo", None, "Di"]),
        (r'\"balance" == 99.25', ["Di"]),
        (r'\"joined" > 2024-01-31', ["Bo", "Di"]),
        (r'\"joined" == 1/31/2024', ["Ana"]),
        (r'\"city" == Graz', ["Ana", None]),
        (r'\"city" != "Graz"', ["Bo", "Di"]),
        (r'\"active" == true', ["Ana", "Cy", "Di"]),
    ],
)
def test_relational_expressions(people, expression, names):
    found = [None if pd.isna(name) else name for name in by_relation(people, expression)]
    assert found == names


def test_texts_with_marks_in_quotes():
    frame = pd.DataFrame({"t": ["a & b", "c | d", "e"]})
    assert by_relation(frame, r'\"t" == "a & b" | == "c | d"') == ["a & b", "c | d"]


@pytest.mark.parametrize(
    ("mode", "expression", "column"),
    [
        ("regular_expression", r'\"nam" x', "nam"),
        ("regular_expression", r"name x", None),
        ("regular_expression", r'\"name" (', None),
        ("regular_expression", r'\"name" ', None),
        ("regular_expression", r"(\9) x", None),
        ("relative_expression", r'\"age" > old', "age"),
        ("relative_expression", r'\"age"', None),
        ("relative_expression", r'\"age" > 1 & (< 3)', None),
        ("relative_expression", r'\"name" > 3', "name"),
        ("relative_expression", r'\"age" > 3 & \"balance" < 1', "balance"),
    ],
)
def test_errors_name_parameter_and_column(people, mode, expression, column):
    parameter = "regular_expression" if mode == "regular_expression" else "relational_expression"
    with pytest.raises(ModuleError) as caught:
        split(people, splitting_mode=mode, **{parameter: expression})
    assert (caught.value.parameter, caught.value.column) == (parameter, column)


def test_folds_roles_empty_one_row_and_wide_text(people, empty, one_row, wide):
    folded = run_module("partition_and_sample", {"randomized_split": False}, dataset=people)["dataset"]
    out = split(folded, fraction_of_rows=0.6, randomized_split=False)
    assert out["results_dataset2"].folds.ids.tolist() == [4, 5]
    assert halves(empty) == ([], [])
    assert [len(half) for half in halves(one_row, fraction_of_rows=0.4)] == [0, 1]
    assert by_regex(empty, r'\"name" x') == []
    assert by_relation(empty, r'\"age" > 3') == []
    assert by_regex(wide, r'\"text" x{1000}') == ["x" * 20_000]
