import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module


def select(table, columns: str, **parameters):
    return run_module("select_columns_in_dataset", {"columns": columns, **parameters}, dataset=table)


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ('["joined","age"]', ["age", "joined"]),
        ("joined, age", ["age", "joined"]),
        ('{"begin":"all","rules":[{"exclude":{"types":["numeric"]}}]}', ["name", "active", "joined", "city"]),
        (
            '{"begin":"none","rules":[{"include":{"types":["numeric"]}},{"include":{"names":["city"]}}]}',
            ["age", "balance", "city"],
        ),
        ('{"begin":"none","rules":[{"include":{"types":["categorical"]}}]}', ["city"]),
        ('{"begin":"none","rules":[{"include":{"indexes":"1-2,6"}}]}', ["name", "age", "city"]),
        (
            '{"begin":"all","rules":[{"exclude":{"roles":["label"]}}]}',
            ["name", "age", "balance", "joined", "city"],
        ),
    ],
)
def test_by_name_and_with_rules(people, columns, names):
    out = select(people.set_role("active", "label"), columns)
    assert out["results_dataset"].names == names
    assert out.fact == f"{len(names)} of 6 columns"


def test_values_roles_and_categories_stay(people):
    table = select(people.set_role("city", "label"), '["city","age"]', preserve_order=True)["results_dataset"]
    assert table.names == ["city", "age"]
    assert table.label_column() == "city"
    assert table.column("city").categorical
    assert table.frame["age"].equals(people.frame["age"])


def test_empty_one_row_and_wide_text(empty, one_row, wide):
    assert select(empty, '["age"]')["results_dataset"].rows == 0
    assert select(one_row, '["age"]')["results_dataset"].frame["age"].tolist() == [34]
    assert select(wide, '["text"]')["results_dataset"].frame["text"].tolist() == wide.frame["text"].tolist()


@pytest.mark.parametrize("columns", ['["salary"]', '{"begin":"none"}', '{"begin":"some"}', '["age"'])
def test_errors(people, columns):
    with pytest.raises(ModuleError) as caught:
        select(people, columns)
    assert caught.value.parameter == "columns"
