#!/usr/bin/env python3
"""Writes Tests/NumericCoreTests/Fixtures/continuous.csv: densities and tails of continuous distributions.

mpmath at 50 digits (60 working digits where a complement cancels) evaluates each definition directly, at arguments
that are exact doubles. scipy only proposes the arguments: the points with tail 0.5 … 1e-300 on either side, rounded
to six digits. Values print as the nearest double.

Made with Python 3.11, mpmath 1.3, scipy 1.17:  python3 Tests/Reference/distributions.py
"""
import pathlib
import sys

import scipy.stats as st
from mpmath import mp, mpf, beta, betainc, erfc, exp, log, log1p, loggamma, pi, sqrt

mp.dps = 60
OUT = pathlib.Path(__file__).resolve().parent.parent / "NumericCoreTests" / "Fixtures"
TAILS = [0.5, 0.3, 0.1, 0.05, 0.025, 1e-3, 1e-5, 1e-10, 1e-20, 1e-50, 1e-100, 1e-200, 1e-290]


def ibeta(a, b, x, y):
    """I_x(a, b) with y = 1 - x on the side where it is the small one, else None.

    Abramowitz & Stegun 26.5.8, modified Lentz algorithm.
    """
    if x * (a + b + 2) > a + 1:
        return None
    c = mpf(1)
    d = value = 1 / (1 - (a + b) * x / (a + 1))
    m = 0
    while True:
        m += 1
        for e in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                  -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + e * d)
            c = 1 + e / c
            value *= c * d
        if abs(c * d - 1) < mpf(10) ** -56:
            return exp(a * log(x) + b * log(y) - (loggamma(a) + loggamma(b) - loggamma(a + b))) * value / a


def beta_tails(a, b, u, v):
    a, b = mpf(a), mpf(b)
    x, y = u / (u + v), v / (u + v)
    lower = ibeta(a, b, x, y)
    if lower is not None:
        return lower, 1 - lower
    upper = ibeta(b, a, y, x)
    return 1 - upper, upper


def upper_gamma(a, x):
    """Q(a, x) by Legendre's continued fraction, modified Lentz algorithm."""
    b = x + 1 - a
    c = mpf(10) ** 500
    d = value = 1 / b
    n = 0
    while True:
        n += 1
        b += 2
        d = 1 / (n * (a - n) * d + b)
        c = b + n * (a - n) / c
        step = c * d
        value *= step
        if abs(step - 1) < mpf(10) ** -56:
            return exp(a * log(x) - x - loggamma(a)) * value


def gamma_tails(a, x):
    a, x = mpf(a), mpf(x)
    if x < a + 8 * sqrt(a):
        # Here the upper tail is above 1e-16, and 60 digits less its 16 are enough.
        term = total = 1 / a
        n = mpf(a)
        while term > total * mpf(10) ** -55:
            n += 1
            term *= x / n
            total += term
        lower = exp(a * log(x) - x - loggamma(a)) * total
        return lower, 1 - lower
    upper = upper_gamma(a, x)
    return 1 - upper, upper


def normal(z):
    z = mpf(z)
    return -z * z / 2 - log(2 * pi) / 2, erfc(-z / sqrt(mpf(2))) / 2, erfc(z / sqrt(mpf(2))) / 2


def student(nu, t):
    nu, t = mpf(nu), mpf(t)
    logd = loggamma((nu + 1) / 2) - loggamma(nu / 2) - log(nu * pi) / 2 - (nu + 1) / 2 * log1p(t * t / nu)
    outside = beta_tails(nu / 2, mpf(1) / 2, nu, t * t)[0] / 2 if t != 0 else mpf(1) / 2
    return (logd, outside, 1 - outside) if t < 0 else (logd, 1 - outside, outside)


def chi_squared(nu, x):
    return gamma(mpf(nu) / 2, 2, x)


def gamma(a, s, x):
    a, s, x = mpf(a), mpf(s), mpf(x)
    logd = (a - 1) * log(x / s) - x / s - loggamma(a) - log(s)
    return (logd, *gamma_tails(a, x / s))


def fisher(n1, n2, f):
    n1, n2, f = mpf(n1), mpf(n2), mpf(f)
    a, b = n1 / 2, n2 / 2
    u, v = n1 * f, n2
    logd = a * log(u / (u + v)) + b * log(v / (u + v)) - (loggamma(a) + loggamma(b) - loggamma(a + b)) - log(f)
    return (logd, *beta_tails(a, b, u, v))


def beta_distribution(a, b, x):
    a, b, x = mpf(a), mpf(b), mpf(x)
    logd = (a - 1) * log(x) + (b - 1) * log(1 - x) - (loggamma(a) + loggamma(b) - loggamma(a + b))
    return (logd, *beta_tails(a, b, x, 1 - x))


def logistic(location, scale, x):
    z = (mpf(x) - mpf(location)) / mpf(scale)
    return -z - 2 * log1p(exp(-z)) - log(mpf(scale)), 1 / (1 + exp(-z)), 1 / (1 + exp(z))


FAMILIES = [
    ("normal", normal, st.norm, [()]),
    ("t", student, st.t, [(v,) for v in (0.5, 1, 2, 2.7, 3, 4, 5, 7.3, 10, 12, 29, 30, 100, 1234.5, 1e5, 1e8, 1e15)]),
    ("chiSquared", chi_squared, st.chi2,
     [(v,) for v in (0.2, 0.5, 1, 2, 3, 4.4, 5, 9, 12, 20, 31, 50, 100, 333.3, 1000, 1e4, 1e5, 1e6)]),
    ("F", fisher, st.f,
     [(1, 1), (1, 5), (2, 3), (2, 10), (3, 7.7), (3, 1000), (5, 12), (10, 10), (0.5, 30), (17, 4), (30, 100),
      (100, 30), (200, 3000), (1, 1e6), (1000, 1000), (1e4, 1e5)]),
    ("gamma", gamma, lambda a, s: st.gamma(a, scale=s),
     [(0.05, 1), (0.3, 2.5), (1, 0.1), (2.5, 3), (17.3, 1), (123.4, 10), (5e3, 1)]),
    ("beta", beta_distribution, st.beta,
     [(0.1, 0.2), (0.5, 0.5), (0.5, 3), (1, 1), (1, 8), (2, 2), (2.5, 40), (13, 7), (100, 100), (1000, 30),
      (2e4, 5e4)]),
    ("logistic", logistic, lambda m, s: st.logistic(m, s), [(0, 1), (2.5, 0.3), (-10, 7)]),
]


def arguments(frozen, support):
    points = set()
    for p in TAILS:
        for x in (frozen.ppf(p), frozen.isf(p)):
            x = float("%.6g" % x) if support != "unit" or x < 0.9 else float("%.12g" % x)
            points.add(x)
    return sorted(x for x in points if mp.isfinite(x))


def inside(name, x):
    if name in ("normal", "t", "logistic"):
        return abs(x) < 1e140
    if name == "beta":
        return 0 < x < 1
    return 1e-290 < x < 1e140


def main():
    lines = ["distribution,parameter1,parameter2,x,log_density,density,cdf,upper_tail,log_cdf,log_upper_tail"]
    for name, evaluate, family, sets in FAMILIES:
        for parameters in sets:
            frozen = family(*parameters)
            print(name, parameters, file=sys.stderr, flush=True)
            for x in arguments(frozen, "unit" if name == "beta" else "line"):
                if not inside(name, x):
                    continue
                logd, lower, upper = evaluate(*parameters, x)
                log_lower = log(lower) if lower < 0.5 else log1p(-upper)
                log_upper = log(upper) if upper < 0.5 else log1p(-lower)
                values = [logd, exp(logd), lower, upper, log_lower, log_upper]
                fields = list(parameters) + [""] * (2 - len(parameters)) + [x] + [repr(float(v)) for v in values]
                lines.append(",".join([name] + [str(f) for f in fields]))
    (OUT / "continuous.csv").write_text("\n".join(lines) + "\n")
    print(len(lines) - 1, "rows")


if __name__ == "__main__":
    main()
