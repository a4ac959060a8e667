#!/usr/bin/env python3
"""Reference values for absolute effects, from the published formulas at 50 digits, by routes that share nothing with
the library: polynomial roots instead of Newton steps, full enumeration of tables instead of a border walk.

    python3 absolute.py OUTDIR      (mpmath 1.3, numpy 1.26 or newer)

Writes tables.csv (one 2x2 table), rates.csv (person-time), effects.csv (relative effects at a baseline risk),
exact.csv (Chan-Zhang limits by enumeration).
"""
import sys
import mpmath as mp
import numpy as np

mp.mp.dps = 50
OUT = sys.argv[1].rstrip("/") + "/"


def bisected(f, lo, hi, steps):
    """Where f, above 0 at lo and not at hi, changes its sign."""
    for _ in range(steps):
        mid = (lo + hi) / 2
        if f(mid) > 0:
            lo = mid
        else:
            hi = mid
    return lo


def text(x):
    return repr(float(x))


def zed(level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(level))


def phi(x):
    return mp.ncdf(x)


def probit(p):
    return mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1)


def wilson(x, n, z):
    x, n = mp.mpf(x), mp.mpf(n)
    p = x / n
    centre, half = p + z**2 / (2 * n), z * mp.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (centre - half) / (1 + z**2 / n), (centre + half) / (1 + z**2 / n)


def wald(x, n, y, m, z):
    p, q = mp.mpf(x) / n, mp.mpf(y) / m
    s = z * mp.sqrt(p * (1 - p) / n + q * (1 - q) / m)
    return p - q - s, p - q + s


def newcombe(x, n, y, m, z):
    p, q = mp.mpf(x) / n, mp.mpf(y) / m
    (l1, u1), (l2, u2) = wilson(x, n, z), wilson(y, m, z)
    return p - q - mp.sqrt((p - l1) ** 2 + (u2 - q) ** 2), p - q + mp.sqrt((u1 - p) ** 2 + (q - l2) ** 2)


def agresti_caffo(x, n, y, m, z):
    lo, hi = wald(x + 1, n + 2, y + 1, m + 2, z)
    return max(mp.mpf(-1), lo), min(mp.mpf(1), hi)


def restricted(x, n, y, m, d):
    """The control risk by Miettinen and Nurminen's cubic (appendix I), the root of largest likelihood."""
    N = n + m
    c3, c2 = mp.mpf(N), (n + 2 * m) * d - N - x - y
    c1, c0 = (m * d - N - 2 * y) * d + x + y, y * d * (1 - d)
    lo, hi = max(mp.mpf(0), -d), min(mp.mpf(1), 1 - d)
    best, where = None, lo
    for r in list(mp.polyroots([c3, c2, c1, c0], maxsteps=500, extraprec=400)) + [lo, hi]:
        r = mp.re(r)
        r = min(max(r, lo), hi)

        def term(k, p):
            return mp.mpf(0) if k == 0 else (mp.ninf if p <= 0 else k * mp.log(p))

        value = term(x, r + d) + term(n - x, 1 - r - d) + term(y, r) + term(m - y, 1 - r)
        if best is None or value > best:
            best, where = value, r
    return where


def score_lower(x, n, y, m, z):
    d = mp.mpf(x) / n - mp.mpf(y) / m
    if d <= -1:
        return mp.mpf(-1)

    def f(delta):
        q = restricted(x, n, y, m, delta)
        p = q + delta
        v = (p * (1 - p) / n + q * (1 - q) / m) * mp.mpf(n + m) / (n + m - 1)
        return d - delta - z * mp.sqrt(max(v, 0))

    return bisected(f, mp.mpf(-1), d - mp.mpf(10) ** -12, 120)


def miettinen_nurminen(x, n, y, m, z):
    return score_lower(x, n, y, m, z), -score_lower(n - x, n, m - y, m, z)


METHODS = {"wald": wald, "newcombe": newcombe, "miettinen-nurminen": miettinen_nurminen, "agresti-caffo": agresti_caffo}
TABLES = [
    (56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20), (0, 10, 0, 10), (10, 10, 0, 20),
    (10, 10, 0, 10), (0, 10, 10, 10), (1, 19, 12, 19), (52, 71, 27, 63), (5, 22, 14, 19), (1, 1, 0, 1), (0, 1, 0, 1),
    (1, 2, 500, 1000), (1, 100000, 3, 90000), (4999, 5000, 4990, 5000), (250000, 1000000, 251000, 1000000),
    (0, 400, 7, 380), (37, 37, 12, 41),
]
with open(OUT + "tables.csv", "w") as out:
    out.write("# Written by Tests/Reference/absolute.py: published formulas at 50 digits, score limits by polynomial roots.\n")
    out.write("method,level,x1,n1,x2,n2,lower,upper\n")
    for name, method in METHODS.items():
        for level in (0.9, 0.95, 0.99):
            for t in TABLES:
                lo, hi = method(*t, zed(level))
                out.write(f"{name},{level},{t[0]},{t[1]},{t[2]},{t[3]},{text(lo)},{text(hi)}\n")


def rate_score_lower(x, t, y, s, z):
    x, t, y, s = map(mp.mpf, (x, t, y, s))
    d = x / t - y / s

    def f(delta):
        roots = mp.polyroots([t + s, (t + s) * delta - x - y, -y * delta], maxsteps=500, extraprec=400)
        q = max([mp.re(r) for r in roots])
        q = max(q, 0, -delta)
        return d - delta - z * mp.sqrt((q + delta) / t + q / s)

    return bisected(f, d - 100 * (x + y + z * z) / min(t, s), d - mp.mpf(10) ** -14, 150)


def rate_wald(x, t, y, s, z):
    d, w = mp.mpf(x) / t - mp.mpf(y) / s, z * mp.sqrt(mp.mpf(x) / t**2 + mp.mpf(y) / s**2)
    return d - w, d + w


def rate_limits(x, t, z):
    x = mp.mpf(x)
    return (x + z**2 / 2 - z * mp.sqrt(x + z**2 / 4)) / t, (x + z**2 / 2 + z * mp.sqrt(x + z**2 / 4)) / t


def rate_newcombe(x, t, y, s, z):
    a, b, (l1, u1), (l2, u2) = mp.mpf(x) / t, mp.mpf(y) / s, rate_limits(x, t, z), rate_limits(y, s, z)
    return a - b - mp.sqrt((a - l1) ** 2 + (u2 - b) ** 2), a - b + mp.sqrt((u1 - a) ** 2 + (b - l2) ** 2)


def rate_score(x, t, y, s, z):
    return rate_score_lower(x, t, y, s, z), -rate_score_lower(y, s, x, t, z)


with open(OUT + "rates.csv", "w") as out:
    out.write("# Written by Tests/Reference/absolute.py: published formulas at 50 digits.\n")
    out.write("method,level,x1,t1,x2,t2,lower,upper\n")
    for name, method in {"wald": rate_wald, "newcombe": rate_newcombe, "miettinen-nurminen": rate_score}.items():
        for level in (0.9, 0.95):
            for t in [(15, 2000, 30, 1800), (0, 100, 4, 120), (7, 350, 0, 410), (0, 50, 0, 80), (41, 28010, 15, 19017)]:
                lo, hi = method(*t, zed(level))
                out.write(f"{name},{level},{t[0]},{t[1]},{t[2]},{t[3]},{text(lo)},{text(hi)}\n")


def odds(p, eta):
    o = p / (1 - p) * mp.exp(eta)
    return o / (1 + o)


def shift(r):
    return 2 * r / mp.sqrt(1 - r * r)


EFFECTS = {
    "OR": (lambda x, p: odds(p, mp.log(x)) - p, [0.02, 0.4, 1, 1.0000001, 2.5, 40]),
    "PETO": (lambda x, p: odds(p, mp.log(x)) - p, [0.6, 1.7]),
    "RR": (lambda x, p: min(p * x, 1) - p, [0.1, 0.8, 1.0000001, 1.6, 7]),
    "RD": (lambda x, p: x, [-0.05, 0.0, 0.3]),
    "HR": (lambda x, p: 1 - (1 - p) ** x - p, [0.05, 0.75, 1.0000001, 3]),
    "IRR": (lambda x, p: 1 - (1 - p) ** x - p, [0.5, 2]),
    "SMD": (lambda x, p: phi(x + probit(p)) - p, [-1.5, -0.3, 1e-7, 0.685, 0.74, 3]),
    "SMD:hasselblad-hedges": (lambda x, p: odds(p, x * mp.pi / mp.sqrt(3)) - p, [-0.5, 0.74]),
    "SMD:kraemer-kupfer": (lambda x, p: 2 * phi(x / mp.sqrt(2)) - 1, [-0.5, 1e-7, 0.74]),
    "COR": (lambda x, p: phi(shift(x) + probit(p)) - p, [-0.3, 0.5]),
    "AUC": (lambda x, p: phi(mp.sqrt(2) * probit(x) + probit(p)) - p, [0.35, 0.7]),
    "AUC:kraemer-kupfer": (lambda x, p: 2 * x - 1, [0.35, 0.7]),
    "MD:2.5": (lambda x, p: phi(x / mp.mpf(2.5) + probit(p)) - p, [-1.2, 2]),
}
with open(OUT + "effects.csv", "w") as out:
    out.write("# Written by Tests/Reference/absolute.py: definitions at 50 digits. MD:2.5 is a mean difference with SD 2.5.\n")
    out.write("measure,estimate,baseline,difference\n")
    for name, (rule, values) in EFFECTS.items():
        for x in values:
            for p in (1e-6, 0.01, 0.2, 0.5, 0.9, 0.999):
                out.write(f"{name},{x!r},{p!r},{text(rule(mp.mpf(x), mp.mpf(p)))}\n")


def score(x, n, y, m, d):
    """Farrington-Manning statistics of all tables at once, restricted risks by bisection on the slope."""
    lo = np.full(np.broadcast(x, y).shape, max(0.0, -d))
    hi = np.full_like(lo, min(1.0, 1.0 - d))
    x, y = np.broadcast_arrays(x, y)
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(70):
            q = (lo + hi) / 2
            s = (np.where(x > 0, x / (q + d), 0) - np.where(x < n, (n - x) / (1 - q - d), 0)
                 + np.where(y > 0, y / q, 0) - np.where(y < m, (m - y) / (1 - q), 0))
            lo, hi = np.where(s > 0, q, lo), np.where(s > 0, hi, q)
        q = (lo + hi) / 2
        p = np.clip(q + d, 0, 1)
        v = p * (1 - p) / n + q * (1 - q) / m
        e = x / n - y / m - d
        return np.where(np.abs(e) < 1e-13, 0.0, e / np.sqrt(v))


def binomial(n, p):
    """Probabilities of 0...n events, a row for each p."""
    k = np.arange(n + 1)
    c = np.array([float(mp.binomial(n, int(j))) for j in k])
    p = p[:, None]
    return c * p**k * (1 - p) ** (n - k)


def exact_lower(x, n, y, m, tail):
    """Chan and Zhang (1999): all tables, 4000 control risks."""
    d0 = x / n - y / m
    if d0 <= -1:
        return -1.0

    def p_value(d):
        stats = score(np.arange(n + 1.0)[:, None], n, np.arange(m + 1.0)[None, :], m, d)
        extreme = stats >= stats[x, y] - 1e-9 * max(1, abs(stats[x, y]))
        grid = np.linspace(max(0, -d), min(1, 1 - d), 4001)
        first, second = binomial(n, np.minimum(grid + d, 1)), binomial(m, grid)
        return float(np.max(np.sum((first @ extreme) * second, axis=1)))

    outside, inside = -1.0, d0
    for d in np.linspace(-1, d0, 81)[1:-1]:
        if p_value(d) > tail:
            inside = d
            break
        outside = d
    while inside - outside > 1e-7:
        middle = (inside + outside) / 2
        if p_value(middle) > tail:
            inside = middle
        else:
            outside = middle
    return inside


with open(OUT + "exact.csv", "w") as out:
    out.write("# Written by Tests/Reference/absolute.py: Chan-Zhang limits, full enumeration, 4001 control risks, to 1e-6.\n")
    out.write("level,x1,n1,x2,n2,lower,upper\n")
    for level, t in [(0.95, (9, 10, 3, 10)), (0.95, (6, 7, 2, 7)), (0.95, (0, 10, 0, 10)), (0.95, (10, 10, 0, 10)),
                     (0.9, (2, 15, 9, 14)), (0.95, (1, 19, 12, 19)), (0.95, (5, 22, 14, 19)), (0.95, (0, 12, 3, 9)), (0.95, (56, 70, 48, 80))]:
        x, n, y, m = t
        lo = exact_lower(x, n, y, m, (1 - level) / 2)
        hi = -exact_lower(n - x, n, m - y, m, (1 - level) / 2)
        out.write(f"{level},{x},{n},{y},{m},{lo:.8f},{hi:.8f}\n")
