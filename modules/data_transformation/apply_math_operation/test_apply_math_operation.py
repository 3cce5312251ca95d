import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from atelier_modules.api import ModuleError, Table
from atelier_modules.math_operations import OPERATIONS
from atelier_modules.testing import run_module

CATEGORIES = {
    "basic": "basic_operation",
    "compare": "compare_operation",
    "operations": "arithmetic_operation",
    "rounding": "rounding_operation",
    "special": "special_operation",
    "trigonometric": "trigonometric_operation",
}
MODULE = yaml.safe_load((Path(__file__).parent / "module.yml").read_text())
LISTED = {category: MODULE["inputs"][parameter]["enum"] for category, parameter in CATEGORIES.items()}
NAN = math.nan


def apply(frame, operation: str, **parameters) -> Table:
    category = next(one for one, names in LISTED.items() if operation in names)
    values = {
        "category": category,
        CATEGORIES[category]: operation,
        "output_mode": "result_only",
        **parameters,
    }
    return run_module("apply_math_operation", values, dataset=frame)["results_dataset"]


def result(x: float, operation: str, second: float | None = None) -> float:
    frame = pd.DataFrame({"x": [float(x)]})
    names = ("second_argument", "basic_second_argument", "special_second_argument", "precision")
    parameters = {} if second is None else {f"{name}_constant": second for name in names}
    table = apply(frame, operation, columns='["x"]', **parameters)
    value = table.frame.iloc[0, 0]
    return NAN if pd.isna(value) else value


def test_every_listed_operation_is_there():
    listed = [name for names in LISTED.values() for name in names]
    assert sorted(listed) == sorted(OPERATIONS)
    assert len(listed) == 100


# Values from tables and closed forms, not from the library that the module calls.
PI, E = math.pi, math.e
KNOWN = [
    ("Abs", -2.5, None, 2.5),
    ("Atan2", 1, 1, PI / 4),
    ("Conj", -3, None, -3),
    ("CubeRoot", -27, None, -3),
    ("DoubleFactorial", 7, None, 105),
    ("DoubleFactorial", 8, None, 384),
    ("DoubleFactorial", 2.5, None, NAN),
    ("Eps", 1, None, 2.0**-52),
    ("Exp", 1, None, E),
    ("Exp2", 3, 5, 40),
    ("ExpMinus1", 1e-10, None, 1.00000000005e-10),
    ("Factorial", 5, None, 120),
    ("Factorial", -1, None, NAN),
    ("Hypotenuse", 3, 4, 5),
    ("Ln", E**2, None, 2),
    ("Ln", -1, None, NAN),
    ("LnPlus1", 1e-10, None, 9.9999999995e-11),
    ("Log", 81, 3, 4),
    ("Log10", 1000, None, 3),
    ("Log2", 8, None, 3),
    ("NthRoot", 625, 4, 5),
    ("NthRoot", -8, 3, -2),
    ("NthRoot", -16, 4, NAN),
    ("Pow", 2, 10, 1024),
    ("Sqrt", 2, None, 1.4142135623730951),
    ("Sqrt", -2, None, NAN),
    ("SqrtPi", 4, None, 3.5449077018110318),
    ("Square", 1.5, None, 2.25),
    ("PairMax", 3, 5, 5),
    ("PairMin", 3, 5, 3),
    ("Add", 3, 5, 8),
    ("Subtract", 3, 5, -2),
    ("Multiply", 3, 5, 15),
    ("Divide", 5, 2, 2.5),
    ("Divide", 1, 0, math.inf),
    ("Ceiling", 1.2, 0, 2),
    ("Ceiling", 1.21, 0.1, 1.3),
    ("Ceiling", 12, 5, 15),
    ("CeilingPower2", 9, None, 16),
    ("CeilingPower2", 8, None, 8),
    ("CeilingPower2", 0.3, None, 0.5),
    ("CeilingPower2", -1, None, NAN),
    ("Floor", -1.2, 0, -2),
    ("Floor", 0.7, 0.1, 0.7),
    ("Mod", -7, 3, 2),
    ("Quotient", -7, 3, -2),
    ("Remainder", -7, 3, -1),
    ("RoundDigits", 2.5, 0, 3),
    ("RoundDigits", -2.5, 0, -3),
    ("RoundDigits", 1.005, 2, 1.01),
    ("RoundDigits", 1234, -2, 1200),
    ("RoundDown", -2.79, 1, -2.7),
    ("RoundUp", -2.71, 1, -2.8),
    ("ToEven", 3, None, 4),
    ("ToEven", 4.9, None, 4),
    ("ToOdd", 2, None, 3),
    ("ToOdd", -4.2, None, -5),
    ("Truncate", -2.79, 0, -2),
    ("Beta", 2, 3, 1 / 12),
    ("EllipticIntegralE", 0, None, PI / 2),
    ("EllipticIntegralE", 1, None, 1),
    ("EllipticIntegralK", 0.5, None, 1.8540746773013719),
    ("Erf", 0.5, None, 0.5204998778130465),
    ("Erfc", 0.5, None, 0.4795001221869535),
    ("ErfScaled", 1, None, 0.427583576155807),
    ("ErfInverse", 0.5204998778130465, None, 0.5),
    ("ExponentialIntegralEin", 1, None, 1.8951178163559368),
    ("Gamma", 5, None, 24),
    ("Gamma", 0.5, None, math.sqrt(PI)),
    ("GammaLn", 10, None, math.log(362880)),
    ("GammaRegularizedP", 1, 2, 1 - math.exp(-2)),
    ("GammaRegularizedPInverse", 1, 1 - math.exp(-2), 2),
    ("GammaRegularizedQ", 1, 2, math.exp(-2)),
    ("GammaRegularizedQInverse", 1, math.exp(-2), 2),
    ("PolyGamma", 1, 1, PI**2 / 6),
    ("PolyGamma", 1, 0.5, NAN),
    ("Acos", 0.5, None, PI / 3),
    ("Acos", 2, None, NAN),
    ("AcosDegrees", 0.5, None, 60),
    ("Acosh", math.cosh(2), None, 2),
    ("Acot", 1, None, PI / 4),
    ("Acot", 0, None, PI / 2),
    ("AcotDegrees", 1, None, 45),
    ("Acoth", 1 / math.tanh(2), None, 2),
    ("Acsc", 2, None, PI / 6),
    ("AcscDegrees", 2, None, 30),
    ("Acsch", 1 / math.sinh(2), None, 2),
    ("Asec", 2, None, PI / 3),
    ("AsecDegrees", 2, None, 60),
    ("Asech", 1 / math.cosh(2), None, 2),
    ("Asin", 0.5, None, PI / 6),
    ("AsinDegrees", 0.5, None, 30),
    ("Asinh", math.sinh(2), None, 2),
    ("Atan", 1, None, PI / 4),
    ("AtanDegrees", 1, None, 45),
    ("Atanh", math.tanh(2), None, 2),
    ("Cos", PI / 3, None, 0.5),
    ("CosDegrees", 90, None, 0),
    ("Cosh", 1, None, (E + 1 / E) / 2),
    ("Cot", PI / 4, None, 1),
    ("CotDegrees", 45, None, 1),
    ("Coth", 1, None, (E**2 + 1) / (E**2 - 1)),
    ("Csc", PI / 6, None, 2),
    ("CscDegrees", 30, None, 2),
    ("Csch", 1, None, 2 / (E - 1 / E)),
    ("DegreesToRadians", 180, None, PI),
    ("RadiansToDegrees", PI, None, 180),
    ("Sec", PI / 3, None, 2),
    ("SecDegrees", 60, None, 2),
    ("Sech", 1, None, 2 / (E + 1 / E)),
    ("Sign", -7, None, -1),
    ("Sin", PI / 6, None, 0.5),
    ("SinDegrees", 180, None, 0),
    ("Sinc", PI / 2, None, 2 / PI),
    ("Sinc", 0, None, 1),
    ("Sinh", 1, None, (E - 1 / E) / 2),
    ("Tan", PI / 4, None, 1),
    ("TanDegrees", 45, None, 1),
    ("Tanh", 1, None, (E**2 - 1) / (E**2 + 1)),
]


@pytest.mark.parametrize(("operation", "x", "second", "expected"), KNOWN)
def test_known_values(operation, x, second, expected):
    assert result(x, operation, second) == pytest.approx(expected, rel=1e-12, abs=1e-15, nan_ok=True)


def test_a_second_argument_is_asked_for_where_it_is_needed():
    for parameter, operation in (("basic", "basic_operation"), ("special", "special_operation")):
        shown = MODULE["inputs"][f"{parameter}_second_argument_type"]["visible_when"][operation]
        assert sorted(shown) == sorted(name for name in LISTED[parameter] if OPERATIONS[name].arguments == 2)
    shown = MODULE["inputs"]["precision_type"]["visible_when"]["rounding_operation"]
    assert sorted(shown) == sorted(name for name in LISTED["rounding"] if OPERATIONS[name].arguments == 2)


def test_every_numeric_operation_has_a_known_value():
    compared = {
        "EqualTo",
        "NotEqualTo",
        "GreaterThan",
        "GreaterThanOrEqualTo",
        "LessThan",
        "LessThanOrEqualTo",
    }
    assert {name for name, *_ in KNOWN} | compared == set(OPERATIONS)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("EqualTo", [False, True, False, None]),
        ("NotEqualTo", [True, False, True, None]),
        ("GreaterThan", [False, False, True, None]),
        ("GreaterThanOrEqualTo", [False, True, True, None]),
        ("LessThan", [True, False, False, None]),
        ("LessThanOrEqualTo", [True, True, False, None]),
    ],
)
def test_comparisons_are_booleans_and_missing_stays_missing(operation, expected, types):
    frame = pd.DataFrame({"x": pd.array([1, 2, 3, None], dtype="Int64")})
    table = apply(frame, operation, second_argument_constant=2)
    assert list(types(table).values()) == ["boolean"]
    assert [None if pd.isna(value) else bool(value) for value in table.frame.iloc[:, 0]] == expected


def test_append_names_the_columns_and_keeps_integers(types):
    frame = pd.DataFrame({"a": [1, 2], "b": [1.5, None], "t": ["x", "y"]})
    table = apply(frame, "Add", output_mode="append", second_argument_constant=10)
    assert table.names == ["a", "b", "t", "Add(a_$10)", "Add(b_$10)"]
    assert table.frame["Add(a_$10)"].tolist() == [11, 12]
    assert table.frame["Add(b_$10)"].isna().tolist() == [False, True]
    assert types(table)["Add(a_$10)"] == "integer"


def test_columns_are_paired_or_one_serves_all():
    frame = pd.DataFrame({"a": [8, 9], "b": [10, 20], "c": [2, 3], "d": [5, 10]})
    options = {"columns": '["a","b"]', "second_argument_type": "column_set"}
    paired = apply(frame, "Divide", second_argument_columns='["c","d"]', **options)
    assert paired.frame.to_dict("list") == {"Divide(a_c)": [4, 3], "Divide(b_d)": [2, 2]}
    one = apply(frame, "Divide", second_argument_columns='["c"]', **options)
    assert one.frame["Divide(b_c)"].tolist() == [5, pytest.approx(20 / 3)]
    with pytest.raises(ModuleError) as caught:
        apply(frame, "Divide", second_argument_columns='["b","c","d"]', **options)
    assert caught.value.parameter == "second_argument_columns"


def test_precision_from_a_column():
    frame = pd.DataFrame({"x": [1.2345, 1.2345], "digits": [1, 3]})
    table = apply(
        frame, "RoundDigits", columns='["x"]', precision_type="column_set", precision_columns='["digits"]'
    )
    assert table.frame.iloc[:, 0].tolist() == [1.2, 1.235]


def test_inplace_keeps_role_and_other_columns(people):
    table = apply(people.set_role("age", "label"), "Square", columns='["age"]', output_mode="inplace")
    assert table.names == people.names
    assert table.label_column() == "age"
    assert table.frame["age"].dropna().tolist() == [34**2, 51**2, 28**2, 45**2]


def test_large_integers_do_not_lose_digits_silently(types):
    table = apply(pd.DataFrame({"n": [2**60]}), "Multiply", second_argument_constant=4)
    assert types(table) == {"Multiply(n_$4)": "double"}


def test_text_is_refused_by_name(people):
    with pytest.raises(ModuleError) as caught:
        apply(people, "Abs", columns='["name"]')
    assert (caught.value.parameter, caught.value.column) == ("columns", "name")


@pytest.mark.parametrize("operation", ["Abs", "EqualTo", "Add", "RoundDigits", "PolyGamma", "SinDegrees"])
def test_an_empty_table(empty, operation):
    assert apply(empty, operation, columns='["age","balance"]').rows == 0


@pytest.mark.parametrize(("operation", "function"), OPERATIONS.items(), ids=OPERATIONS)
def test_missing_stays_missing(operation, function):
    if not function.gives_boolean:
        numbers = np.array([np.nan, np.nan])
        with np.errstate(all="ignore"):
            found = function.compute(numbers) if function.arguments == 1 else function.compute(numbers, 2.0)
        assert np.isnan(found).all()
