#!/usr/bin/env python3
"""Writes Tests/SynthesisTests/Fixtures/sensitivity.json: likelihoods and curves of the methods for publication bias.

Every value is computed from its definition with mpmath at 30 digits, by other means than the library's: likelihoods are maximised by
mpmath's root finder on numerical derivatives, weights are integrated by quadrature, closed forms are evaluated as printed in the papers.

Made with Python 3.11, mpmath 1.3, scipy (starting points, and the truncated beta function):  python3 Tests/Reference/sensitivity.py
"""
import json
import pathlib

import numpy as np
from mpmath import mp, mpf, diff, erfc, exp, findroot, log, matrix, pi, quad, sqrt
from scipy import integrate
from scipy.optimize import minimize
from scipy.stats import norm

mp.dps = 30
OUT = pathlib.Path(__file__).resolve().parent.parent / "SynthesisTests" / "Fixtures" / "sensitivity.json"
# The 13 BCG trials (Colditz et al. 1994), log risk ratios and variances rounded to four decimals; turned round, so that
# large effects are the wanted ones.
Y = [0.8893, 1.5854, 1.3481, 1.4416, 0.2175, 0.7861, 1.6209, -0.0120, 0.4694, 1.3713, 0.3394, -0.4459, 0.0173]
V = [0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714]
Y = [mpf(str(y)) for y in Y]
V = [mpf(str(v)) for v in V]


def cdf(x):
    return erfc(-x / sqrt(2)) / 2


def pdf(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def quantile(p):
    return findroot(lambda x: cdf(x) - p, 1)


Z975 = quantile(mpf("0.975"))


def maximum(f, start, step=mpf(10) ** -8):
    """The stationary point of f near the maximum that scipy finds, and its Hessian."""
    rough = minimize(lambda x: -float(f(*map(mpf, x))), start, method="Nelder-Mead",
                     options=dict(xatol=1e-9, fatol=1e-12, maxiter=4000)).x
    n = len(start)
    gradient = [lambda *x, i=i: diff(f, x, tuple(int(i == j) for j in range(n))) for i in range(n)]
    x = findroot(gradient, [mpf(v) for v in rough], tol=1e-18)
    h = matrix(n, n)
    for i in range(n):
        for j in range(n):
            order = [0] * n
            order[i] += 1
            order[j] += 1
            h[i, j] = diff(f, tuple(x), tuple(order))
    return list(x), -h


def copas(gamma0, gamma1):
    def ell(mu, rho, tau2):
        total = mpf(0)
        for y, v in zip(Y, V):
            s = sqrt(v)
            u = gamma0 + gamma1 / s
            ratio = pdf(u) / cdf(u)
            sigma2 = v / (1 - rho ** 2 * ratio * (u + ratio))
            t2 = tau2 + sigma2
            rt = rho * sqrt(sigma2 / t2)
            arg = (u + rt * (y - mu) / sqrt(t2)) / sqrt(1 - rt ** 2)
            total += -log(t2) / 2 - (y - mu) ** 2 / (2 * t2) - log(cdf(u)) + log(cdf(arg))
        return total

    x, h = maximum(ell, [0.5, 0.5, 0.3])
    return dict(gamma0=float(gamma0), gamma1=float(gamma1), mu=float(x[0]), rho=float(x[1]), tau2=float(x[2]),
                se=float(sqrt((h ** -1)[0, 0])), loglik=float(ell(*x)))


def p_uniform():
    def ell(mu, tau2):
        total = mpf(0)
        for y, v in zip(Y, V):
            s2 = v + tau2
            side = 1 if y / sqrt(v) > Z975 else -1
            total += -log(2 * pi * s2) / 2 - (y - mu) ** 2 / (2 * s2) - log(cdf(side * (mu - Z975 * sqrt(v)) / sqrt(s2)))
        return total

    x, h = maximum(ell, [0.7, 0.3])
    null = findroot(lambda t: diff(lambda u: ell(mpf(0), u), t), mpf("0.6"))
    return dict(mu=float(x[0]), tau2=float(x[1]), se=float(sqrt((h ** -1)[0, 0])), loglik=float(ell(*x)),
                lrt=float(2 * (ell(*x) - ell(mpf(0), null))))


def truncated_beta(low, high):
    """The likelihood in double precision, each weight integrated by adaptive quadrature between the kinks."""
    ends = sorted([norm.isf(low), norm.isf(high)])

    def weight(z, a, b):
        p = np.clip(norm.sf(z), low, high)
        return p ** (a - 1) * (1 - p) ** (b - 1)

    def ell(x):
        mu, tau2, a, b = x
        if tau2 < 0 or a <= 0 or b <= 0:
            return -np.inf
        total = 0.0
        for y, v in zip(map(float, Y), map(float, V)):
            s, sd = np.sqrt(v + tau2), np.sqrt(v)
            area = integrate.quad(lambda z: weight(z, a, b) * norm.pdf(z * sd, mu, s) * sd, *ends, epsabs=1e-13, epsrel=1e-13)[0]
            area += weight(-50, a, b) * norm.cdf((ends[0] * sd - mu) / s) + weight(50, a, b) * norm.sf((ends[1] * sd - mu) / s)
            total += np.log(weight(y / sd, a, b)) + norm.logpdf(y, mu, s) - np.log(area)
        return total

    best = minimize(lambda x: -ell(x), [0.6, 0.4, 1.1, 1.7], method="Nelder-Mead",
                    options=dict(xatol=1e-10, fatol=1e-13, maxiter=4000, maxfev=4000))
    return dict(low=low, high=high, mu=best.x[0], tau2=best.x[1], delta=list(best.x[2:]), loglik=-best.fun)


def p_curve():
    z = [abs(y) / sqrt(v) for y, v in zip(Y, V)]
    z025 = quantile(1 - mpf("0.0125"))
    tail = lambda x, d: cdf(d - x) + cdf(-x - d)
    delta = findroot(lambda d: tail(Z975, d) - mpf(1) / 3, 1.5)
    score = lambda p: -sqrt(2) * mp.erfinv(1 - 2 * p)

    def stouffer(values, pp):
        return float(sum(score(pp(x)) for x in values) / sqrt(len(values)))

    significant = [x for x in z if x > Z975]
    strong = [x for x in z if x > z025]
    return dict(full=stouffer(significant, lambda x: 2 * cdf(-x) / mpf("0.05")),
                half=stouffer(strong, lambda x: 2 * cdf(-x) / mpf("0.025")),
                flat_full=stouffer(significant[:], lambda x: 1 - tail(x, delta) / tail(Z975, delta)),
                flat_half=stouffer(strong, lambda x: 1 - tail(x, delta) / tail(z025, delta)))


def missing(a, b, c, d, m1, m2, delta1, delta2):
    """Log risk ratio and odds ratio with their delta-method variances, the derivatives being numerical."""
    def risk(p, alpha, delta):
        return (1 - alpha) * p + alpha * delta * p / (1 - p + delta * p)

    out = {}
    for name, link in (("RR", log), ("OR", lambda p: log(p / (1 - p)))):
        est, var = mpf(0), mpf(0)
        for sign, (e, o, m, delta) in ((1, (a, b, m1, delta1)), (-1, (c, d, m2, delta2))):
            n, total = mpf(e + o), mpf(e + o + m)
            p, alpha = e / n, m / total
            f = lambda x, y: link(risk(x, y, mpf(delta)))
            est += sign * f(p, alpha)
            var += diff(f, (p, alpha), (1, 0)) ** 2 * p * (1 - p) / n + diff(f, (p, alpha), (0, 1)) ** 2 * alpha * (1 - alpha) / total
        out[name] = [float(est), float(var)]
    return out


result = dict(
    passport="Computed by Tests/Reference/sensitivity.py with Python and mpmath from the definitions",
    yi=[float(y) for y in Y], vi=[float(v) for v in V],
    copas=[copas(mpf("0.5"), mpf("0.1")), copas(mpf("0"), mpf("0.2"))],
    p_uniform=p_uniform(), truncated_beta=truncated_beta(0.025, 0.975), p_curve=p_curve(),
    missing=[dict(cells=[29, 18, 20, 14], missing=[22, 34], imor=imor, **missing(29, 18, 20, 14, 22, 34, *imor))
             for imor in ([2, 0.5], [1, 1], [0.25, 3])])
OUT.write_text(json.dumps(result, indent=1) + "\n")
print(json.dumps(result, indent=1))
