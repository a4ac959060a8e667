#!/usr/bin/env python3
"""Writes discrete.csv and noncentral.csv in Tests/NumericCoreTests/Fixtures.

mpmath works from the definitions: discrete tails are plain sums of probabilities at 80 digits; non-central
chi-squared and F are Poisson mixtures at 60 digits; non-central t is the series of Johnson, Kotz & Balakrishnan (1995),
equation 31.16, at 300 digits because it cancels.

Made with Python 3.11, mpmath 1.3:  python3 Tests/Reference/discrete_and_noncentral.py
"""
import pathlib
import sys

from mpmath import mp, mpf, beta, binomial, erfc, exp, gamma, log, log1p, loggamma, sqrt

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import distributions as central
from distributions import OUT


def row(name, parameters, x, logd, lower, upper):
    log_lower = log(lower) if lower < 0.5 else log1p(-upper)
    log_upper = (log(upper) if upper > 0 else mpf("-inf")) if upper < 0.5 else log1p(-lower)
    values = [logd, exp(logd), lower, upper, log_lower, log_upper]
    fields = list(parameters) + [""] * (3 - len(parameters)) + [x]
    return ",".join([name] + [str(v) for v in fields] + [repr(float(v)) for v in values])


HEADER = "distribution,parameter1,parameter2,parameter3,x,log_density,density,cdf,upper_tail,log_cdf,log_upper_tail"


def discrete():
    mp.dps = 80
    families = {
        "binomial": (lambda n, p: (0, n, lambda k: loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)
                                   + k * log(mpf(p)) + (n - k) * log1p(-mpf(p))),
                     [(1, 0.3), (10, 0.5), (20, 1e-5), (63, 0.27), (1000, 0.01), (1000, 0.9), (4000, 0.5)]),
        "poisson": (lambda m: (0, int(20 * m + 800), lambda k: k * log(mpf(m)) - mpf(m) - loggamma(k + 1)),
                    [(1e-3,), (0.7,), (5,), (33.3,), (400,)]),
        "negativeBinomial": (lambda r, p: (0, 60000, lambda k: loggamma(k + mpf(r)) - loggamma(k + 1)
                                           - loggamma(mpf(r)) + mpf(r) * log(mpf(p)) + k * log1p(-mpf(p))),
                             [(1, 0.3), (0.4, 0.05), (12.5, 0.6), (300, 0.9)]),
        "hypergeometric": (lambda a, b, n: (max(0, n - b), min(a, n),
                                            lambda k: log(binomial(a, k)) + log(binomial(b, n - k))
                                            - log(binomial(a + b, n))),
                           [(5, 7, 4), (19, 19, 13), (71, 63, 80), (500, 20, 300), (3000, 4000, 1500)]),
    }
    lines = [HEADER]
    for name, (make, sets) in families.items():
        for parameters in sets:
            first, last, logp = make(*parameters)
            ks = list(range(first, last + 1))
            masses = []
            for k in ks:
                masses.append(exp(logp(mpf(k))))
                if len(masses) > 50 and masses[-1] < mpf(10) ** -400 and masses[-1] < masses[-2]:
                    break
            ks = ks[:len(masses)]
            uppers = [mpf(0)] * len(ks)
            for i in range(len(ks) - 2, -1, -1):
                uppers[i] = uppers[i + 1] + masses[i + 1]
            keep = [i for i in range(len(ks) - 1) if uppers[i] > mpf(10) ** -290]
            step = max(1, len(keep) // 25)
            total = mpf(0)
            for i, k in enumerate(ks):
                total += masses[i]
                if i in keep[::step] and total > mpf(10) ** -300:
                    lines.append(row(name, parameters, k, log(masses[i]), total, uppers[i]))
    (OUT / "discrete.csv").write_text("\n".join(lines) + "\n")
    print(len(lines) - 1, "discrete rows")


def mixture(rate, component):
    """Sums Pois(j; rate) times (density, lower, upper) of member j."""
    sums = [mpf(0)] * 3
    j = 0
    weight = exp(-mpf(rate))
    while True:
        terms = [weight * c for c in component(j)]
        sums = [s + t for s, t in zip(sums, terms)]
        if j > rate and all(t < s * mpf(10) ** -40 for s, t in zip(sums, terms)):
            return sums
        j += 1
        weight *= mpf(rate) / j


def nc_chi_squared(nu, lam, x):
    def component(j):
        logd, lower, upper = central.gamma(mpf(nu) / 2 + j, 2, x)
        return exp(logd), lower, upper
    return mixture(mpf(lam) / 2, component)


def nc_f(n1, n2, lam, f):
    a, b, u, v = mpf(n1) / 2, mpf(n2) / 2, mpf(n1) * mpf(f), mpf(n2)
    x, y = u / (u + v), v / (u + v)

    def component(j):
        lower, upper = central.beta_tails(a + j, b, u, v)
        return exp((a + j) * log(x) + b * log(y)) / beta(a + j, b) / mpf(f), lower, upper
    return mixture(mpf(lam) / 2, component)


def nc_t(nu, delta, t):
    mp.dps = 300
    nu, d, t = mpf(nu), mpf(delta), mpf(t)
    if t < 0:
        density, lower, upper = nc_t(nu, -delta, -t)
        return density, upper, lower
    mp.dps = 300
    h = d * d / 2
    y = nu / (nu + t * t)
    x = 1 - y

    # I_x(j + 1/2, nu/2) and I_x(j + 1, nu/2), each next one less x^a y^b / (a B(a, b)).
    def series(a, b, x, y):
        term = total = 1 / a
        n = mpf(0)
        while term > total * mpf(10) ** -298:
            term *= (a + b + n) / (a + 1 + n) * x
            total += term
            n += 1
        return x ** a * y ** b / beta(a, b) * total

    def incomplete(a):
        return series(a, nu / 2, x, y) if x < 0.5 else 1 - series(nu / 2, a, y, x)

    total = density = mpf(0)
    p, q = exp(-h), d / sqrt(mpf(2)) * exp(-h) / gamma(mpf(3) / 2)
    j = 0
    i1, i2 = incomplete(mpf(1) / 2), incomplete(mpf(1))
    s1 = x ** mpf("0.5") * y ** (nu / 2) / beta(mpf(1) / 2, nu / 2)
    s2 = x * y ** (nu / 2) / beta(mpf(1), nu / 2)
    while True:
        a1, a2 = j + mpf(1) / 2, j + mpf(1)
        term = p * i1 + q * i2
        total += term
        # dI/dt = x^a y^b / B * 2 / t
        density += (p * s1 + q * s2) / t
        if j > h and abs(p * i1) + abs(q * i2) < mpf(10) ** -290:
            break
        i1 -= s1 / a1
        i2 -= s2 / a2
        s1 *= x * (a1 + nu / 2) / a1
        s2 *= x * (a2 + nu / 2) / a2
        j += 1
        p *= h / j
        q *= h / (j + mpf(1) / 2)
    lower = erfc(d / sqrt(mpf(2))) / 2 + total / 2
    return density, lower, 1 - lower


def noncentral():
    lines = [HEADER]
    for nu, lam in [(1, 0.5), (3, 4), (5.5, 30), (20, 1e-3), (2, 200), (100, 50), (0.7, 10)]:
        mean, sd = nu + lam, (2 * nu + 4 * lam) ** 0.5
        for x in [mean * 1e-6, mean * 0.01] + [mean + z * sd for z in (-2, -1, -0.2, 0.1, 1, 2, 4, 8, 20, 60)]:
            if x <= 0:
                continue
            x = float("%.6g" % x)
            mp.dps = 60
            density, lower, upper = nc_chi_squared(nu, lam, x)
            lines.append(row("nonCentralChiSquared", (nu, lam), x, log(density), lower, upper))
    for n1, n2, lam in [(1, 10, 2), (3, 5, 10), (4.5, 30, 1), (10, 100, 60), (2, 1000, 150)]:
        for f in [1e-5, 0.05, 0.3, 1, 1.5, 2.5, 5, 12, 40, 300, 1e4]:
            mp.dps = 60
            density, lower, upper = nc_f(n1, n2, lam, f)
            if min(lower, upper) > mpf(10) ** -295:
                lines.append(row("nonCentralF", (n1, n2, lam), f, log(density), lower, upper))
    for nu, delta in [(1, 0.3), (3, 1), (4.4, -2.5), (10, 5), (30, -0.01), (58, 12), (120, 20), (1000, 3)]:
        for t in [-40, -6.5, -2, -0.5, -0.01, 0.02, 0.8, 1.7, 3, 5.5, 11, 19, 35, 300]:
            if nu >= 30 and abs(t) > 40:
                continue
            density, lower, upper = nc_t(nu, delta, t)
            if density > 0 and min(lower, upper) > mpf(10) ** -200:
                lines.append(row("nonCentralT", (nu, delta), t, log(density), lower, upper))
    (OUT / "noncentral.csv").write_text("\n".join(lines) + "\n")
    print(len(lines) - 1, "non-central rows")


if __name__ == "__main__":
    discrete()
    noncentral()
