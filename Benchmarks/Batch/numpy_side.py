"""One set of K studies by REML, as one writes it in numpy: Fisher scoring on whole arrays from the moment estimate on.

numpy_side.py memory FOLDER K       sets of y.f64 and v.f64 cut into sets of K; prints the seconds of one, their mean
numpy_side.py csv FOLDER            one.csv read by pandas; prints the seconds
"""
import sys
import time
from pathlib import Path

import numpy as np


def reml(y, v):
    w = 1 / v
    mean = (w * y).sum() / w.sum()
    q = (w * (y - mean) ** 2).sum()
    t = max(0.0, (q - (y.size - 1)) / (w.sum() - (w * w).sum() / w.sum()))
    for _ in range(100):
        w = 1 / (v + t)
        s = w.sum()
        r = y - (w * y).sum() / s
        w2 = w * w
        s2 = w2.sum()
        trace, trace2 = s - s2 / s, s2 - 2 * (w2 * w).sum() / s + (s2 / s) ** 2
        step = ((w2 * r * r).sum() - trace) / trace2
        t = max(0.0, t + step)
        if abs(step) <= 1e-10 * max(t, 1e-8):
            return t
    raise SystemExit("not converged")


folder = Path(sys.argv[2])
if sys.argv[1] == "memory":
    k = int(sys.argv[3])
    y = np.fromfile(folder / "y.f64").reshape(-1, k)
    v = np.fromfile(folder / "v.f64").reshape(-1, k)
    start = time.perf_counter()
    for index in range(len(y)):
        reml(y[index], v[index])
    print((time.perf_counter() - start) / len(y))
else:
    import pandas as pd

    start = time.perf_counter()
    table = pd.read_csv(folder / "one.csv")
    reml(table["yi"].to_numpy(), table["vi"].to_numpy())
    print(time.perf_counter() - start)
