import pandas as pd
import pytest
from atelier_modules.api import ModuleError, Table
from atelier_modules.testing import run_module


def query(sql: str, t1, t2=None, t3=None) -> Table:
    inputs = {name: table for name, table in (("t1", t1), ("t2", t2), ("t3", t3)) if table is not None}
    return run_module("apply_sql_transformation", {"sql_query": sql}, **inputs)["results_dataset"]


def failure(sql: str, *tables) -> ModuleError:
    with pytest.raises(ModuleError) as caught:
        query(sql, *tables)
    assert caught.value.parameter == "sql_query"
    return caught.value


SALES = pd.DataFrame({"id": [1, 2, 2, 3], "amount": [10.5, 4.5, 7.0, None]})
CITIES = pd.DataFrame({"id": [1, 2, 4], "city": ["Porto", "Graz", "Linz"]})
COUNTRIES = pd.DataFrame({"city": ["Porto", "Graz"], "country": ["PT", "AT"]})


JOINED = SALES.merge(CITIES, on="id")
SAME = [
    (
        "select id, amount * 2 as twice from t1 where amount > 5 order by amount",
        SALES[SALES["amount"] > 5]
        .sort_values("amount")
        .assign(twice=lambda f: f["amount"] * 2)[["id", "twice"]],
    ),
    (
        "select city, sum(amount) as total, count(*) as n from t1 join t2 on t1.id = t2.id group by city order by city",
        JOINED.groupby("city").agg(total=("amount", "sum"), n=("amount", "size")).reset_index(),
    ),
    (
        "select t1.id, t2.city from t1 left join t2 on t1.id = t2.id order by t1.id, amount",
        SALES.merge(CITIES, on="id", how="left")
        .sort_values(["id", "amount"])[["id", "city"]]
        .replace({float("nan"): None}),
    ),
    (
        "select t2.city, country, max(amount) as best from t1 join t2 on t1.id = t2.id"
        " join t3 on t2.city = t3.city group by t2.city, country order by 1",
        JOINED.merge(COUNTRIES, on="city")
        .groupby(["city", "country"])
        .agg(best=("amount", "max"))
        .reset_index(),
    ),
    (
        "with big as (select * from t1 where amount > 5) select count(*) as n from big",
        pd.DataFrame({"n": [int((SALES["amount"] > 5).sum())]}),
    ),
]


@pytest.mark.parametrize(("sql", "expected"), SAME)
def test_same_rows_as_pandas(sql, expected):
    found = query(sql, SALES, CITIES, COUNTRIES).frame
    pd.testing.assert_frame_equal(found, expected.reset_index(drop=True), check_dtype=False)


def test_types_and_roles_come_back(people, types):
    labelled = people.set_role("active", "label")
    table = query("select * from t1", labelled)
    assert types(table) == types(people)
    pd.testing.assert_frame_equal(table.frame, people.frame, check_dtype=False)
    assert table.label_column() == "active"
    assert table.column("city").categorical


def test_a_computed_column_has_the_type_of_its_values(types):
    frame = pd.DataFrame({"n": [1, 2], "t": ["a", "b"]})
    table = query("select n / 2.0 as half, n + 1 as next, t || '!' as loud, null as none from t1", frame)
    assert types(table) == {"half": "double", "next": "integer", "loud": "string", "none": "string"}


def test_dates_compare_as_texts(people):
    assert query("select name from t1 where joined >= '2024-02-01' order by name", people).frame[
        "name"
    ].tolist() == [
        "Bo",
        "Di",
    ]


def test_several_statements_and_semicolons_in_texts():
    table = query(
        "create table extra (v text); insert into extra values ('a;b'); -- a comment; here\nselect v from extra;",
        SALES,
    )
    assert table.frame["v"].tolist() == ["a;b"]


def test_equal_names_are_numbered():
    table = query("select t1.id, t2.id from t1 join t2 on t1.id = t2.id", SALES, CITIES)
    assert table.names == ["id", "id_2"]


def test_odd_column_names():
    frame = pd.DataFrame({'a "b" c': [1], "select": [2]})
    assert query('select "a ""b"" c" + [select] as s from t1', frame).frame["s"].tolist() == [3]


def test_empty_one_row_and_wide_text(empty, one_row, wide, types):
    table = query("select * from t1", empty)
    assert table.rows == 0
    assert types(table) == types(empty)
    assert query("select * from t1", one_row).rows == 1
    assert query("select text from t1", wide).frame["text"].tolist() == wide.frame["text"].tolist()


def test_errors_say_what_is_there(people):
    assert "salary" in failure("select salary from t1", people).message
    assert "t1 has name, age" in (failure("select salary from t1", people).hint or "")
    assert failure("select * from t2", people).hint == "Connected are t1."
    assert "syntax" in failure("selec 1", people).message
    assert "no query" in failure("create table x (a)", people).message
    assert "no query" in failure("  ", people).message


def test_a_script_may_have_its_own_transaction():
    table = query("begin; delete from t1 where id = 2; commit; select id from t1", SALES)
    assert table.frame["id"].tolist() == [1, 3]


@pytest.mark.parametrize("statement", ["attach '{}' as other", "vacuum into '{}'", "vacuum main into '{}'"])
def test_no_file_is_touched(people, tmp_path, statement):
    target = tmp_path / "out.db"
    assert "authoriz" in failure(f"{statement.format(target)}; select 1 as x", people).message
    assert not target.exists()
