"""Makes the sets that every side of the benchmark gets: y.f64 and v.f64 (G sets of k, little-endian doubles) and long.csv; and
one.csv, all studies of the first G rows as one set.

data.py FOLDER GROUPS K
Estimates scatter by their sampling variance and by a between-study variance that is 0 in a third of the sets; everything is rounded to
six decimals first, so that arrays and file hold the same numbers.
"""
import sys
from pathlib import Path

import numpy as np

folder, groups, k = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
stamp = folder / "made"
if stamp.exists() and stamp.read_text() == f"{groups} {k} and one":
    sys.exit()
random = np.random.default_rng(20)
v = np.round(0.01 + random.chisquare(1, (groups, k)) * 0.04, 6)
tau = np.array([0.0, 0.15, 0.4])[random.integers(0, 3, groups)]
y = np.round(random.normal(0.2, 0.3, groups)[:, None] + random.normal(size=(groups, k)) * np.sqrt(v + tau[:, None] ** 2), 6)
y.tofile(folder / "y.f64")
v.tofile(folder / "v.f64")
with open(folder / "long.csv", "w") as out:
    out.write("group,yi,vi\n")
    for start in range(0, groups, 20000):
        end = min(start + 20000, groups)
        out.write("".join(
            f"g{g},{y[g, i]:.6f},{v[g, i]:.6f}\n" for g in range(start, end) for i in range(k)))
with open(folder / "one.csv", "w") as out:
    out.write("yi,vi\n")
    out.write("".join(f"{a:.6f},{b:.6f}\n" for a, b in zip(y.ravel()[:groups], v.ravel()[:groups])))
stamp.write_text(f"{groups} {k} and one")
