import pandas as pd
import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module

# The table of the public reference: patients with and without a key.
PATIENTS = pd.DataFrame(
    {
        "id": pd.array([1, 2, 3, 3, 4, None, 5, 6, 7], dtype="Int64"),
        "initials": ["F.M.", "F.A.M.", "F.A.M.", "F.M.", "F.M.", "F.M.", "F.A.M.", "F.A.M.", "F.A.M."],
        "age": [53, 53, 24, 24, 23, 23, 53, None, None],
    }
)


def remove(table, keys: str, first: bool = True):
    return run_module(
        "remove_duplicate_rows", {"key_columns": keys, "retain_first_duplicate_row": first}, dataset=table
    )


def test_like_drop_duplicates():
    out = remove(PATIENTS, '["id"]')
    expected = PATIENTS[~PATIENTS["id"].duplicated() | PATIENTS["id"].isna()].reset_index(drop=True)
    pd.testing.assert_frame_equal(out["results_dataset"].frame, expected, check_dtype=False)
    assert out.fact == "1 of 9 rows removed"


def test_the_last_one_may_stay():
    found = remove(PATIENTS, '["id"]', first=False)["results_dataset"].frame
    assert found["initials"].tolist()[2] == "F.M."


def test_missing_keys_are_never_equal():
    assert remove(PATIENTS, '["initials","age"]')["results_dataset"].frame["id"].isna().sum() == 0
    assert remove(PATIENTS, '["age"]')["results_dataset"].frame["age"].isna().sum() == 2


def test_every_type_empty_one_row_and_wide_text(people, empty, one_row, wide):
    assert remove(people, '["joined","active"]')["results_dataset"].rows == 5
    assert remove(people.set_role("city", "label"), '["city"]')["results_dataset"].label_column() == "city"
    assert remove(empty, '{"begin":"all"}')["results_dataset"].rows == 0
    assert remove(one_row, '{"begin":"all"}')["results_dataset"].rows == 1
    assert remove(wide, '["text"]')["results_dataset"].rows == 5


def test_an_unknown_key(people):
    with pytest.raises(ModuleError) as caught:
        remove(people, '["nam"]')
    assert (caught.value.parameter, caught.value.hint) == ("key_columns", "Did you mean “name”?")
