#!/usr/bin/env python3
"""Writes Tests/NumericCoreTests/Fixtures/special.csv with mpmath 1.3 at 50 digits:  python3 Tests/Reference/special_functions.py"""
import pathlib

from mpmath import mp, mpf, beta, binomial, digamma, gamma, loggamma, log, polygamma

mp.dps = 50
OUT = pathlib.Path(__file__).resolve().parent.parent / "NumericCoreTests" / "Fixtures" / "special.csv"
POINTS = [1e-5, 0.1, 0.5, 0.9, 1.4, 2.7, 3, 7.5, 12.3, 33, 170.2, 1e4, 3.3e7]
lines = ["function,x,y,value"]
for x in POINTS:
    lines.append(f"logGamma,{x},,{float(loggamma(mpf(x)))!r}")
    lines.append(f"digamma,{x},,{float(digamma(mpf(x)))!r}")
    lines.append(f"trigamma,{x},,{float(polygamma(1, mpf(x)))!r}")
    m = mpf(x) + 1
    lines.append(f"gammaHalfStepRatio,{float(m)},,{float(gamma(mpf(float(m)) / 2) / gamma((mpf(float(m)) - 1) / 2))!r}")
    for y in (0.3, 1, 4.5, 60, 5e5):
        lines.append(f"logBeta,{x},{y},{float(loggamma(mpf(x)) + loggamma(mpf(y)) - loggamma(mpf(x) + mpf(y)))!r}")
for n, k in [(5, 2), (10, 10), (30, 1), (100, 50), (12345, 678), (1e9, 3), (7.5, 2.5)]:
    lines.append(f"logBinomialCoefficient,{n},{k},{float(log(binomial(mpf(n), mpf(k))))!r}")
OUT.write_text("\n".join(lines) + "\n")
