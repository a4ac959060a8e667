"""A million analyses of ten studies by REML from numpy arrays, beside PyMARE's column arrays, in one run; and the cost of a small call.

Run by `make python-bench`. Each is timed three times, in turns; medians are printed.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any, Callable

import numpy as np

import evidence


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def arrays(groups: int, turns: int) -> None:
    from pymare.estimators import VarianceBasedLikelihoodEstimator

    generator = np.random.default_rng(1)
    tau2 = generator.uniform(0, 0.2, (groups, 1))
    vi = generator.uniform(0.01, 0.3, (groups, 10))
    yi = generator.normal(0.2, np.sqrt(tau2 + vi))
    columns, variances = np.ascontiguousarray(yi.T), np.ascontiguousarray(vi.T)
    design = np.ones((10, 1))

    ours, one, theirs = [], [], []
    for _ in range(turns):
        ours.append(seconds(lambda: evidence.batch_arrays(yi, vi, method="REML")))
        one.append(seconds(lambda: evidence.batch_arrays(yi, vi, method="REML", jobs=1)))
        theirs.append(
            seconds(lambda: VarianceBasedLikelihoodEstimator(method="REML").fit(y=columns, v=variances, X=design).summary())
        )
    found = evidence.batch_arrays(yi, vi, method="REML")
    fit = VarianceBasedLikelihoodEstimator(method="REML").fit(y=columns[:, :1000], v=variances[:, :1000], X=design)
    gap = np.abs(fit.summary().fe_params.ravel() - found.estimate[:1000]).max()
    middle = statistics.median
    print(f"{groups} analyses of 10 studies, REML, from arrays in memory; medians of {turns}")
    print(f"  evidence.batch_arrays, all cores   {middle(ours):8.2f} s")
    print(f"  evidence.batch_arrays, one thread  {middle(one):8.2f} s")
    print(f"  PyMARE, column arrays              {middle(theirs):8.2f} s")
    print(f"  ratios                             {middle(theirs) / middle(ours):8.0f} and {middle(theirs) / middle(one):.0f}")
    print(f"  largest difference of 1000 estimates {gap:.1e}")


def small_call() -> None:
    table = {"yi": [0.1 * i for i in range(13)], "vi": [0.02 + 0.01 * i for i in range(13)]}
    counts = {"ai": [4, 6, 3], "n1i": [123, 306, 231], "ci": [11, 29, 11], "n2i": [139, 303, 220]}

    def median(work: Callable[[], Any]) -> float:
        return statistics.median(seconds(work) for _ in range(3000)) * 1e6

    from evidence._commands import source
    from evidence._library import command

    evidence.pool(table, measure="GEN")
    content = source(table).content
    engine = median(lambda: command("pool", ("-",), "measure", "GEN", "format", "json").run(content))
    whole = median(lambda: evidence.pool(table, measure="GEN"))
    read = median(lambda: evidence.pool(table, measure="GEN").pooled.estimate)
    print("one small call, medians of 3000, microseconds")
    print(f"  the engine on 13 studies as CSV, to its JSON report      {engine:6.1f}")
    print(f"  evidence.pool(mapping of 13 studies)                     {whole:6.1f}")
    print(f"  the same, and reading an entry of the report             {read:6.1f}")
    print(f"  what Python adds to the engine                           {whole - engine:6.1f}")
    print(f"  evidence.pool(mapping of 3 tables, measure='OR')         {median(lambda: evidence.pool(counts, measure='OR')):6.1f}")


if __name__ == "__main__":
    small_call()
    arrays(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
