import numpy as np
import pandas as pd
import pytest

from atelier_serving.columns import cast_column
from atelier_serving.errors import ScoringError


@pytest.mark.parametrize(
    ("values", "kind", "dtype"),
    [
        ([1, 2], "long", np.int64),
        ([1, 2], "integer", np.int32),
        ([1, 2.5, None], "double", np.float64),
        ([1], "float", np.float32),
        (["a", None], "string", object),
        ([True, False], "boolean", bool),
        (["YWI="], "binary", object),
    ],
)
def test_casts_to_the_type_of_the_signature(values, kind, dtype):
    column = cast_column("c", values, kind, True)
    assert column.dtype == dtype


def test_a_float_without_a_fraction_is_refused_beside_whole_ones():
    with pytest.raises(ScoringError, match="a whole number"):
        cast_column("age", [1, 2.5], "long", True)


def test_instants_lose_their_zone_and_keep_their_moment():
    column = cast_column("c", ["2025-01-31T12:00:00+02:00", "2025-01-31", None], "datetime", True)
    assert column[0] == pd.Timestamp("2025-01-31T10:00:00")
    assert column.dtype == "datetime64[ns]"
    assert pd.isna(column[2])


def test_an_optional_whole_number_may_be_missing_everywhere():
    assert cast_column("c", [None], "long", False)[0] is None


@pytest.mark.parametrize(
    ("values", "kind", "words"),
    [
        ([1, "x"], "long", "row 1 is “x”, the model needs a whole number"),
        ([1.5], "long", "row 0 is 1.5"),
        ([None], "long", "row 0 is missing"),
        ([2**31], "integer", "whole number"),
        ([True], "long", "True"),
        (["1.5"], "double", "the model needs a number"),
        ([True], "double", "the model needs a number"),
        ([5], "string", "the model needs text"),
        ([1], "boolean", "true or false"),
        (["yesterday"], "datetime", "a date and time"),
        ([5], "datetime", "a date and time"),
        ([5], "binary", "base64"),
    ],
)
def test_refuses_what_does_not_fit_and_names_the_column(values, kind, words):
    with pytest.raises(ScoringError) as caught:
        cast_column("age", values, kind, True)
    assert caught.value.status == 400
    assert caught.value.path == "age"
    assert caught.value.message.startswith("age: ")
    assert words in caught.value.message


def test_whole_numbers_with_gaps_stay_whole_where_gaps_are_allowed():
    column = cast_column("c", [2**60, None], "long", True, gaps=True)
    assert (column.dtype, column[0], column[1]) == ("Int64", 2**60, pd.NA)
    with pytest.raises(ScoringError, match="row 1 is “x”"):
        cast_column("c", [None, "x"], "long", True, gaps=True)
