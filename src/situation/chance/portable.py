"""Logarithm, exponential, power and normal quantile that give the same bits everywhere.

A C library's `log` or `exp` may differ from another's in the last bit, and array libraries choose among versions by
processor. What decides a story must not hang on that, so these are built from `+ - * /`, `sqrt` and bit moves
(`frexp`, `ldexp`), whose results IEEE 754 fixes. Each operation is written out in one order, without library sums or
fused steps.

Source: logarithm and exponential by their series; the normal quantile after Wichura 1988 (Algorithm AS 241, Applied
Statistics 37, routine PPND16); the log of the gamma function after Stirling's series.
"""

from __future__ import annotations

import math
from typing import Final

from situation.kernel import kernel

__all__ = [
    "arctangent",
    "exp",
    "expm1",
    "hyperbolic_arctangent",
    "log",
    "log1p",
    "log_gamma",
    "normal_quantile",
    "power",
]

# ln 2 in two parts: the first has its low 20 bits zero, so a whole number below 2**20 times it is exact.
LN2_HIGH: Final = 6.93147180369123816490e-01
LN2_LOW: Final = 1.90821492927058770002e-10
_INVERSE_LN2: Final = 1.4426950408889634
SQRT_HALF: Final = 0.7071067811865476
_HALF_LOG_TWO_PI: Final = 0.9189385332046728
_PI_HALF: Final = 1.5707963267948966
_LARGEST_EXPONENT: Final = 709.782712893384
_SMALLEST_EXPONENT: Final = -745.2

# 2/(2n+1) for n = 11 down to 1: the series of 2 artanh(s) past its first term, highest power first.
LOG_TERMS: Final = (
    2.0 / 23.0,
    2.0 / 21.0,
    2.0 / 19.0,
    2.0 / 17.0,
    2.0 / 15.0,
    2.0 / 13.0,
    2.0 / 11.0,
    2.0 / 9.0,
    2.0 / 7.0,
    2.0 / 5.0,
    2.0 / 3.0,
)
# 1/n! for n = 14 down to 1, highest power first.
_EXP_TERMS: Final = (
    1.0 / 87178291200.0,
    1.0 / 6227020800.0,
    1.0 / 479001600.0,
    1.0 / 39916800.0,
    1.0 / 3628800.0,
    1.0 / 362880.0,
    1.0 / 40320.0,
    1.0 / 5040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    1.0 / 2.0,
    1.0,
)
# Stirling's series B(2k) / (2k (2k-1)) for k = 8 down to 1, highest power first.
_STIRLING_TERMS: Final = (
    -3617.0 / 122400.0,
    1.0 / 156.0,
    -691.0 / 360360.0,
    1.0 / 1188.0,
    -1.0 / 1680.0,
    1.0 / 1260.0,
    -1.0 / 360.0,
    1.0 / 12.0,
)


@kernel
def log(x: float) -> float:
    """Natural logarithm of a positive finite number, within about one unit in the last place.

    Raises: ValueError where x is not a positive finite number.
    """
    if not 0.0 < x <= 1.7976931348623157e308:
        raise ValueError("log is defined for positive finite numbers only")
    fraction, exponent = math.frexp(x)
    if fraction < SQRT_HALF:
        fraction = fraction * 2.0
        exponent = exponent - 1
    over_one = fraction - 1.0  # exact
    s = over_one / (fraction + 1.0)
    z = s * s
    tail = 0.0
    for term in LOG_TERMS:
        tail = tail * z + term
    whole = float(exponent)
    # log(1 + f) = f - s (f - tail z): the leading term carries no rounding error.
    return whole * LN2_HIGH + (over_one - (s * (over_one - z * tail) - whole * LN2_LOW))


@kernel
def log1p(x: float) -> float:
    """log(1 + x) for x > -1, exact where x is tiny: the rounding of 1 + x is divided out. Else ValueError."""
    u = 1.0 + x
    if u == 1.0:
        return x
    return log(u) * x / (u - 1.0)


@kernel
def exp(x: float) -> float:
    """e to the power x, within about one unit in the last place; 0 below -745.2.

    Raises: OverflowError above 709.78; ValueError where x is not a number.
    """
    if x != x:
        raise ValueError("exp of something that is not a number")
    if x > _LARGEST_EXPONENT:
        raise OverflowError("exp: the result is too large for a float")
    if x < _SMALLEST_EXPONENT:
        return 0.0
    whole = math.floor(x * _INVERSE_LN2 + 0.5)
    r = (x - whole * LN2_HIGH) - whole * LN2_LOW
    total = 0.0
    for term in _EXP_TERMS:
        total = total * r + term
    return math.ldexp(1.0 + r * total, whole)


@kernel
def expm1(x: float) -> float:
    """exp(x) - 1 without cancellation near zero."""
    if -0.35 < x < 0.35:
        total = 0.0
        for term in _EXP_TERMS:
            total = total * x + term
        return x * total
    return exp(x) - 1.0


@kernel
def power(x: float, y: float) -> float:
    """x to the power y for x >= 0; the relative error grows as |y log x| times one unit in the last place.

    Raises: ValueError where x is negative, or zero with y negative; OverflowError where the result is too large.
    """
    if y == 0.0 or x == 1.0:
        return 1.0
    if x == 0.0 and y > 0.0:
        return 0.0
    if y == 1.0:
        return x
    return exp(y * log(x))


@kernel
def hyperbolic_arctangent(x: float) -> float:
    """artanh(x) for -1 < x < 1.

    Raises: ValueError where x is at or outside -1 and 1.
    """
    return 0.5 * (log1p(x) - log1p(-x))


@kernel
def arctangent(x: float) -> float:
    """arctan(x) for any finite x: three halvings of the angle, then the series."""
    if x > 1.0:
        return _PI_HALF - arctangent(1.0 / x)
    if x < -1.0:
        return -_PI_HALF - arctangent(1.0 / x)
    y = x
    for _ in range(3):
        y = y / (1.0 + math.sqrt(1.0 + y * y))
    z = y * y
    total = 0.0
    for n in range(12, 0, -1):
        total = (1.0 / (2 * n + 1) - total) * z
    return 8.0 * (y - y * total)


@kernel
def log_gamma(x: float) -> float:
    """Log of the gamma function for x > 0: shifted to x >= 10, then Stirling's series.

    Raises: ValueError where x is not positive.
    """
    if not x > 0.0:
        raise ValueError("log_gamma is defined for positive numbers only")
    shift = 1.0
    while x < 10.0:
        shift = shift * x
        x = x + 1.0
    inverse = 1.0 / x
    z = inverse * inverse
    tail = 0.0
    for term in _STIRLING_TERMS:
        tail = tail * z + term
    value = (x - 0.5) * log(x) - x + _HALF_LOG_TWO_PI + tail * inverse
    return value if shift == 1.0 else value - log(shift)


_CENTRE_OVER: Final = (
    2.5090809287301226727e3,
    3.3430575583588128105e4,
    6.7265770927008700853e4,
    4.5921953931549871457e4,
    1.3731693765509461125e4,
    1.9715909503065514427e3,
    1.3314166789178437745e2,
    3.3871328727963666080e0,
)
_CENTRE_UNDER: Final = (
    5.2264952788528545610e3,
    2.8729085735721942674e4,
    3.9307895800092710610e4,
    2.1213794301586595867e4,
    5.3941960214247511077e3,
    6.8718700749205790830e2,
    4.2313330701600911252e1,
    1.0,
)
_MIDDLE_OVER: Final = (
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e0,
    3.64784832476320460504e0,
    5.76949722146069140550e0,
    4.63033784615654529590e0,
    1.42343711074968357734e0,
)
_MIDDLE_UNDER: Final = (
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e0,
    2.05319162663775882187e0,
    1.0,
)
_TAIL_OVER: Final = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e0,
    5.46378491116411436990e0,
    6.65790464350110377720e0,
)
_TAIL_UNDER: Final = (
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
)


@kernel
def _rational(over: tuple[float, ...], under: tuple[float, ...], r: float) -> float:
    """Ratio of two polynomials in r, highest power first."""
    top = 0.0
    for term in over:
        top = top * r + term
    bottom = 0.0
    for term in under:
        bottom = bottom * r + term
    return top / bottom


@kernel
def normal_quantile(u: float) -> float:
    """The value below which a standard normal lies with probability u, to about sixteen digits.

    Args: u: a probability, strictly between 0 and 1.
    Raises: ValueError where u is not strictly between 0 and 1.
    Source: Wichura 1988, Algorithm AS 241.
    """
    if not 0.0 < u < 1.0:
        raise ValueError("normal_quantile takes a probability strictly between 0 and 1")
    q = u - 0.5
    if -0.425 <= q <= 0.425:
        return q * _rational(_CENTRE_OVER, _CENTRE_UNDER, 0.180625 - q * q)
    r = math.sqrt(-log(u if q < 0.0 else 1.0 - u))
    value = _rational(_MIDDLE_OVER, _MIDDLE_UNDER, r - 1.6) if r <= 5.0 else _rational(_TAIL_OVER, _TAIL_UNDER, r - 5.0)
    return -value if q < 0.0 else value
