"""The operations of Apply Math Operation, on doubles with NaN for missing. Outside its domain an operation gives NaN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

Array = Any


@dataclass(frozen=True)
class Operation:
    compute: Callable[..., Array]
    arguments: int = 1
    keeps_integers: bool = False
    gives_boolean: bool = False


def _one(function: Callable[[Array], Array], keeps_integers: bool = False) -> Operation:
    return Operation(function, 1, keeps_integers)


def _two(function: Callable[[Array, Array], Array], keeps_integers: bool = False) -> Operation:
    return Operation(function, 2, keeps_integers)


def _test(function: Callable[[Array, Array], Array]) -> Operation:
    return Operation(function, 2, gives_boolean=True)


def _snap(values: Array) -> Array:
    """A quotient a hair away from an integer is meant to be it: 0.7 / 0.1 is 7, not 6.999…."""
    nearest = np.rint(values)
    near = np.abs(values - nearest) <= 1e-12 * np.maximum(1.0, np.abs(values))
    return np.where(near, nearest, values)


def _to_step(rounding: Callable[[Array], Array]) -> Callable[[Array, Array], Array]:
    def compute(x: Array, precision: Array) -> Array:
        step = np.abs(np.where(np.asarray(precision) == 0, 1.0, precision))
        # Dividing by the inverse keeps 0.1 × 3 a 0.3 when the step is a decimal fraction.
        inverse = np.rint(1 / step)
        decimal = (step < 1) & (np.abs(inverse * step - 1) < 1e-12)
        quotient = rounding(_snap(x / step))
        return np.where(decimal, quotient / np.where(decimal, inverse, 1), quotient * step)

    return compute


def _to_digits(rounding: Callable[[Array], Array]) -> Callable[[Array, Array], Array]:
    def compute(x: Array, digits: Array) -> Array:
        places = np.rint(np.asarray(digits, dtype="float64"))
        power = np.power(10.0, np.abs(places))
        size = np.abs(x)
        scaled = np.where(places >= 0, size * power, size / power)
        rounded = rounding(_snap(scaled))
        result = np.sign(x) * np.where(places >= 0, rounded / power, rounded * power)
        # Past the digits that a double has there is nothing to round.
        return np.where(np.isfinite(scaled) & (scaled < 2**53), result, x)

    return compute


def _half_up(size: Array) -> Array:
    return np.floor(_snap(size + 0.5))


def _divisor(y: Array) -> Array:
    return np.where(np.asarray(y) == 0, 1.0, y)


def _power_of_two(x: Array) -> Array:
    mantissa, exponent = np.frexp(np.where(x > 0, x, np.nan))
    return np.ldexp(1.0, np.where(mantissa == 0.5, exponent - 1, exponent)) * np.where(x > 0, 1.0, np.nan)


def _nearest_even(x: Array) -> Array:
    return np.sign(x) * 2 * np.floor(np.abs(x) / 2 + 0.5)


def _nearest_odd(x: Array) -> Array:
    return np.where(x < 0, -1.0, 1.0) * (2 * np.floor((np.abs(x) - 1) / 2 + 0.5) + 1) + 0 * x


def _factorial(x: Array) -> Array:
    return np.where(x >= 0, special.factorial(np.where(x >= 0, x, 0.0)), np.nan)


def _double_factorial(x: Array) -> Array:
    """By the gamma function: 2^(n/2) Γ(n/2 + 1), and √(2/π) more for odd n. For whole numbers from −1 on."""
    whole = (x >= -1) & (x == np.rint(x))
    n = np.where(whole, x, 0.0)
    odd = np.mod(n, 2) == 1
    value = np.exp2(n / 2) * special.gamma(n / 2 + 1) * np.where(odd, np.sqrt(2 / np.pi), 1.0)
    # Γ is a rounded value; below 2^53 the product of whole numbers is whole.
    value = np.where(value < 2**53, np.rint(value), value)
    return np.where(whole, value, np.nan)


def _nth_root(x: Array, n: Array) -> Array:
    odd = np.mod(n, 2) == 1
    root = np.power(np.abs(x), 1.0 / np.asarray(n, dtype="float64"))
    rounded = np.rint(root)
    root = np.where(np.power(rounded, n) == np.abs(x), rounded, root)
    return np.where(x >= 0, root, np.where(odd, -root, np.nan)) + 0 * x


def _polygamma(x: Array, n: Array) -> Array:
    order = np.asarray(n, dtype="float64")
    valid = (order >= 0) & (order == np.rint(order))
    values = special.polygamma(np.where(valid, order, 0).astype("int64"), x)
    return np.where(valid, values, np.nan)


def _log_base(x: Array, base: Array) -> Array:
    base = np.asarray(base, dtype="float64")
    exact = np.where(base == 10, np.log10(x), np.where(base == 2, np.log2(x), np.log(x) / np.log(base)))
    return exact


def _inverse(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda x: function(1 / x)


def _reciprocal(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda x: 1 / function(x)


def _as_degrees(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda x: np.degrees(function(x))


def _acot(x: Array) -> Array:
    return np.where(x == 0, np.pi / 2, np.arctan(1 / x)) + 0 * x


BASIC = {
    "Abs": _one(np.abs, True),
    "Atan2": _two(np.arctan2),
    "Conj": _one(np.conj, True),
    "CubeRoot": _one(np.cbrt),
    "DoubleFactorial": _one(_double_factorial, True),
    "Eps": _one(lambda x: np.spacing(np.abs(x))),
    "Exp": _one(np.exp),
    "Exp2": _two(lambda t, x: x * np.exp2(t), True),
    "ExpMinus1": _one(np.expm1),
    "Factorial": _one(_factorial, True),
    "Hypotenuse": _two(np.hypot),
    "Ln": _one(np.log),
    "LnPlus1": _one(np.log1p),
    "Log": _two(_log_base),
    "Log10": _one(np.log10),
    "Log2": _one(np.log2),
    "NthRoot": _two(_nth_root),
    "Pow": _two(np.power, True),
    "Sqrt": _one(np.sqrt),
    "SqrtPi": _one(lambda x: np.sqrt(x * np.pi)),
    "Square": _one(np.square, True),
}
COMPARE = {
    "EqualTo": _test(np.equal),
    "NotEqualTo": _test(np.not_equal),
    "GreaterThan": _test(np.greater),
    "GreaterThanOrEqualTo": _test(np.greater_equal),
    "LessThan": _test(np.less),
    "LessThanOrEqualTo": _test(np.less_equal),
    "PairMax": _two(np.maximum, True),
    "PairMin": _two(np.minimum, True),
}
ARITHMETIC = {
    "Add": _two(np.add, True),
    "Subtract": _two(np.subtract, True),
    "Multiply": _two(np.multiply, True),
    "Divide": _two(np.divide),
}
ROUNDING = {
    "Ceiling": _two(_to_step(np.ceil), True),
    "CeilingPower2": _one(_power_of_two, True),
    "Floor": _two(_to_step(np.floor), True),
    "Mod": _two(lambda x, y: np.mod(x, _divisor(y)), True),
    "Quotient": _two(lambda x, y: np.trunc(_snap(x / _divisor(y))), True),
    "Remainder": _two(lambda x, y: np.fmod(x, _divisor(y)), True),
    "RoundDigits": _two(_to_digits(_half_up), True),
    "RoundDown": _two(_to_digits(np.floor), True),
    "RoundUp": _two(_to_digits(np.ceil), True),
    "ToEven": _one(_nearest_even, True),
    "ToOdd": _one(_nearest_odd, True),
    "Truncate": _two(_to_step(np.trunc), True),
}
SPECIAL = {
    "Beta": _two(special.beta),
    "EllipticIntegralE": _one(special.ellipe),
    "EllipticIntegralK": _one(special.ellipk),
    "Erf": _one(special.erf),
    "Erfc": _one(special.erfc),
    "ErfScaled": _one(special.erfcx),
    "ErfInverse": _one(special.erfinv),
    "ExponentialIntegralEin": _one(special.expi),
    "Gamma": _one(special.gamma),
    "GammaLn": _one(special.gammaln),
    "GammaRegularizedP": _two(special.gammainc),
    "GammaRegularizedPInverse": _two(special.gammaincinv),
    "GammaRegularizedQ": _two(special.gammaincc),
    "GammaRegularizedQInverse": _two(special.gammainccinv),
    "PolyGamma": _two(_polygamma),
}
TRIGONOMETRIC = {
    "Acos": _one(np.arccos),
    "AcosDegrees": _one(_as_degrees(np.arccos)),
    "Acosh": _one(np.arccosh),
    "Acot": _one(_acot),
    "AcotDegrees": _one(_as_degrees(_acot)),
    "Acoth": _one(_inverse(np.arctanh)),
    "Acsc": _one(_inverse(np.arcsin)),
    "AcscDegrees": _one(_as_degrees(_inverse(np.arcsin))),
    "Acsch": _one(_inverse(np.arcsinh)),
    "Asec": _one(_inverse(np.arccos)),
    "AsecDegrees": _one(_as_degrees(_inverse(np.arccos))),
    "Asech": _one(_inverse(np.arccosh)),
    "Asin": _one(np.arcsin),
    "AsinDegrees": _one(_as_degrees(np.arcsin)),
    "Asinh": _one(np.arcsinh),
    "Atan": _one(np.arctan),
    "AtanDegrees": _one(_as_degrees(np.arctan)),
    "Atanh": _one(np.arctanh),
    "Cos": _one(np.cos),
    "CosDegrees": _one(special.cosdg),
    "Cosh": _one(np.cosh),
    "Cot": _one(_reciprocal(np.tan)),
    "CotDegrees": _one(special.cotdg),
    "Coth": _one(_reciprocal(np.tanh)),
    "Csc": _one(_reciprocal(np.sin)),
    "CscDegrees": _one(_reciprocal(special.sindg)),
    "Csch": _one(_reciprocal(np.sinh)),
    "DegreesToRadians": _one(np.radians),
    "RadiansToDegrees": _one(np.degrees),
    "Sec": _one(_reciprocal(np.cos)),
    "SecDegrees": _one(_reciprocal(special.cosdg)),
    "Sech": _one(_reciprocal(np.cosh)),
    "Sign": _one(np.sign, True),
    "Sin": _one(np.sin),
    "Sinc": _one(lambda x: np.sinc(x / np.pi)),
    "SinDegrees": _one(special.sindg),
    "Sinh": _one(np.sinh),
    "Tan": _one(np.tan),
    "TanDegrees": _one(special.tandg),
    "Tanh": _one(np.tanh),
}
OPERATIONS = {**BASIC, **COMPARE, **ARITHMETIC, **ROUNDING, **SPECIAL, **TRIGONOMETRIC}
