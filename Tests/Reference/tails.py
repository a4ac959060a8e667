"""Tails.csv: two-sided p-values of the normal and of t, upper tails of chi-squared, by mpmath with 50 digits.

Arguments are doubles, so that what is off is the function's. Run: python3 tails.py > ../NumericCoreTests/Fixtures/tails.csv
"""
import random

from mpmath import betainc, erfc, gammainc, mp, mpf, nstr, sqrt

mp.dps = 50
random.seed(20261128)


def arguments(count, largest):
    """From tiny to the largest, most of them of the size that occurs."""
    yield from (random.uniform(0, min(6, largest)) for _ in range(count))
    yield from (random.uniform(0, largest) for _ in range(count))
    yield from (10 ** random.uniform(-12, 0) for _ in range(count // 4))


print("# mpmath", mp.dps, "digits; Tests/Reference/tails.py")
print("law,df,x,tail")
for x in arguments(80, 38):
    print(f"normal,,{x!r},{nstr(erfc(mpf(x) / sqrt(mpf(2))), 20)}")
for df in (1, 2, 3, 4, 5, 9, 10, 30, 31):
    for x in arguments(24, 1200):
        print(f"chi-squared,{df},{x!r},{nstr(gammainc(mpf(df) / 2, mpf(x) / 2, regularized=True), 20)}")
    for x in arguments(24, 40):
        x2 = mpf(x) ** 2
        print(f"t,{df},{x!r},{nstr(betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + x2), regularized=True), 20)}")
