"""Means and deviations of Box-Cox transformed normal variables, to 30 digits.

Writes Tests/EffectSizesTests/Fixtures/boxcox.json. Independent of the program: exponent by bisection (or golden section of
the sum of squares for five numbers), Luo's mean and Wan's or Shi's deviation of the transformed numbers, mpmath's quadrature.
"""
import json, sys
from mpmath import mp, mpf, log, exp, erfinv, sqrt, quad, findroot, diff

mp.dps = 30
quantile = lambda p: sqrt(2) * erfinv(2 * p - 1)
xi = lambda n: 2 * quantile((n - mpf("0.375")) / (n + mpf("0.25")))
eta = lambda n: 2 * quantile((mpf("0.75") * n - mpf("0.125")) / (n + mpf("0.25")))
P = lambda x, a: mpf(x) ** mpf(a)

def luo(a, q1, m, q3, b, n):
    if q1 is None:
        w = 4 / (4 + P(n, "0.75")); return w * (a + b) / 2 + (1 - w) * m
    if a is None:
        w = mpf("0.7") + mpf("0.39") / n; return w * (q1 + q3) / 2 + (1 - w) * m
    w1 = mpf("2.2") / (mpf("2.2") + P(n, "0.75")); w2 = mpf("0.7") - mpf("0.72") / P(n, "0.55")
    return w1 * (a + b) / 2 + w2 * (q1 + q3) / 2 + (1 - w1 - w2) * m

def wan(a, q1, m, q3, b, n):
    if q1 is None: return (b - a) / xi(n)
    if a is None: return (q3 - q1) / eta(n)
    w = 1 / (1 + mpf("0.07") * P(n, "0.6"))
    return w * (b - a) / xi(n) + (1 - w) * (q3 - q1) / eta(n)

def recover(a, q1, m, q3, b, n):
    values = [None if v is None else mpf(v) / mpf(m) for v in (a, q1, m, q3, b)]
    n = mpf(n)
    f = lambda x, l: log(x) if l == 0 else (x ** l - 1) / l
    pairs = [(l, u) for l, u in ((values[0], values[4]), (values[1], values[3])) if l is not None]
    g = lambda pair, l: f(pair[0], l) + f(pair[1], l)
    roots = []
    for pair in pairs:
        if g(pair, mpf(0)) >= 0: roots.append(mpf(0)); continue
        lo, hi = mpf(0), mpf(50)
        for _ in range(110):
            mid = (lo + hi) / 2
            if g(pair, mid) < 0: lo = mid
            else: hi = mid
        roots.append(lo)
    lam = roots[0]
    if len(roots) == 2 and roots[0] != roots[1]:
        loss = lambda l: sum(g(p, l) ** 2 for p in pairs)
        lo, hi = min(roots), max(roots)
        for _ in range(120):
            x, y = lo + (hi - lo) * mpf("0.381966011250105"), lo + (hi - lo) * mpf("0.618033988749895")
            if loss(x) < loss(y): hi = y
            else: lo = x
        lam = lo
    t = [None if v is None else f(v, lam) for v in values]
    mu, sigma = luo(*t, n), wan(*t, n)
    inverse = lambda y: exp(y) if lam == 0 else max(lam * y + 1, mpf(0)) ** (1 / lam)
    reach = mpf(14) if lam == 0 else min(mpf(14), (mu + 1 / lam) / sigma)
    w = lambda z: exp(-z * z / 2)
    cuts = [-reach + 2 * reach * i / 16 for i in range(17)]
    mass = quad(w, cuts)
    first = quad(lambda z: w(z) * inverse(mu + sigma * z), cuts) / mass
    second = quad(lambda z: w(z) * (inverse(mu + sigma * z) - first) ** 2, cuts) / mass
    return lam, first * mpf(m), sqrt(second) * mpf(m)

cases = [
    (1, None, 6, None, 40, 50), (None, 9, 14, 22, None, 60), (2, 9, 14, 22, 71, 57), (3, 5, 5.5, 5.8, 6.1, 35),
    (None, 4, 6, 7, None, 21), (0.01, None, 0.4, None, 9, 200), (None, 20, 30, 41, None, 1000),
]
names = ["mini", "q1i", "mediani", "q3i", "maxi", "ni"]
rows = []
for case in cases:
    lam, mean, sd = recover(*case)
    rows.append({"input": {k: float(v) for k, v in zip(names, case) if v is not None}, "lambda": float(lam),
                 "mean": float(mean), "sd": float(sd)})
    print(case, float(lam), float(mean), float(sd), file=sys.stderr)
json.dump({"made_by": "Tests/Reference/boxcox.py, mpmath, 30 digits", "rows": rows},
          open("Tests/EffectSizesTests/Fixtures/boxcox.json", "w"), indent=1)
