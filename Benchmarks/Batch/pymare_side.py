"""PyMARE on the same sets: in memory, or pandas read, PyMARE and pandas write. Prints the seconds.

pymare_side.py memory FOLDER K METHOD INFERENCE       y.f64 and v.f64, as its (k × sets) arrays
pymare_side.py csv FOLDER K METHOD INFERENCE OUT      long.csv to OUT
"""
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from pymare.core import Dataset
from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator

warnings.filterwarnings("ignore")
mode, folder, k, method, inference = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
correction = "knapp-hartung" if inference == "hartung-knapp" else "wald"


def estimator():
    if method == "DL":
        return DerSimonianLaird(small_sample_correction=correction)
    return VarianceBasedLikelihoodEstimator(method=method, small_sample_correction=correction)


def pool(y, v):
    results = estimator().fit_dataset(Dataset(y=y, v=v)).summary()
    return results, results.get_fe_stats()


if mode == "memory":
    y = np.fromfile(folder / "y.f64").reshape(-1, k).T.copy()
    v = np.fromfile(folder / "v.f64").reshape(-1, k).T.copy()
    start = time.perf_counter()
    pool(y, v)
    print(time.perf_counter() - start)
else:
    start = time.perf_counter()
    table = pd.read_csv(folder / "long.csv")
    y = table["yi"].to_numpy().reshape(-1, k).T
    v = table["vi"].to_numpy().reshape(-1, k).T
    results, stats = pool(np.ascontiguousarray(y), np.ascontiguousarray(v))
    pd.DataFrame({
        "group": table["group"].to_numpy()[::k], "k": k, "estimate": stats["est"][0], "se": stats["se"][0],
        "ci_lower": stats["ci_l"][0], "ci_upper": stats["ci_u"][0], "p": stats["p"][0], "tau2": np.ravel(results.tau2),
    }).to_csv(sys.argv[6], index=False)
    print(time.perf_counter() - start)
