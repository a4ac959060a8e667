"""Runs every side on the same input in turn, several rounds, and prints medians and ratios.

run.py [--groups G] [--k K] [--rounds N] [--small] EVIDENCE MEMORY FLOOR PYTHON FOLDER
EVIDENCE is the program, MEMORY the program of Sources/BatchMemory, FLOOR the compiled floor.c, PYTHON an interpreter with pymare.
"""
import argparse
import shutil
import statistics
import subprocess
import time
from pathlib import Path

here = Path(__file__).parent
parser = argparse.ArgumentParser()
parser.add_argument("--groups", type=int, default=1_000_000)
parser.add_argument("--k", type=int, default=10)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--sets", type=int, default=2000, help="sets that metafor pools; the rest is extrapolated")
parser.add_argument("evidence")
parser.add_argument("memory")
parser.add_argument("floor")
parser.add_argument("python")
parser.add_argument("folder", type=Path)
a = parser.parse_args()
groups, k = a.groups, str(a.k)
times, notes = {}, {}


def call(command):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True).stdout.split()


def take(name, seconds):
    times.setdefault(name, []).append(seconds)


def evidence(method, inference, jobs):
    """The seconds of a whole run and its peak memory in MB, by GNU time where there is one."""
    command = [a.evidence, "batch", a.folder / "long.csv", "--by", "group", "--measure", "GEN", "--method", method,
               "--inference", inference, "--jobs", str(jobs), "-o", a.folder / "evidence.csv", "--quiet"]
    # A new file, as the other sides write one: giving the room of an old one back takes the system tens of milliseconds.
    (a.folder / "evidence.csv").unlink(missing_ok=True)
    timer = shutil.which("time")
    start = time.perf_counter()
    result = subprocess.run([str(c) for c in ([timer, "-f", "%M"] if timer else []) + command],
                            capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    if timer:
        notes.setdefault(f"peak memory, {method} {inference}, {jobs} threads, MB", []).append(
            float(result.stderr.split()[-1]) / 1000)
    return seconds


call([a.python, here / "data.py", a.folder, groups, k])
cases = [("DL", "normal"), ("REML", "normal"), ("REML", "hartung-knapp")]
for _ in range(a.rounds):
    take("read the bytes", float(call([a.floor, "read", a.folder / "long.csv"])[0]))
    take("parse the numbers (C)", float(call([a.floor, "parse", a.folder / "long.csv"])[0]))
    for method, inference in cases:
        case = f"{method} {inference}"
        for jobs in (1, 2):
            for p, words in (([], ", no p-values"), (["p"], ""), (["pq"], ", p-values of Q too")):
                name = f"memory {case}: evidence, {jobs} thread{'s' * (jobs > 1)}{words}"
                out = call([a.memory, a.folder / "y.f64", a.folder / "v.f64", k, method, inference, jobs, *p])
                take(name, float(out[0]))
                notes.setdefault("sets that failed: evidence", []).append(float(out[1]))
        take(f"memory {case}: PyMARE", float(call(
            [a.python, here / "pymare_side.py", "memory", a.folder, k, method, inference])[0]))
        for jobs in (1, 2):
            take(f"CSV {case}: evidence, {jobs} thread{'s' * (jobs > 1)}", evidence(method, inference, jobs))
        (a.folder / "pymare.csv").unlink(missing_ok=True)
        take(f"CSV {case}: pandas and PyMARE", float(call(
            [a.python, here / "pymare_side.py", "csv", a.folder, k, method, inference, a.folder / "pymare.csv"])[0]))
        if shutil.which("Rscript"):
            out = call(["Rscript", here / "metafor_side.R", a.folder, k, method, inference, min(a.sets, groups)])
            take(f"memory {case}: metafor (extrapolated)", float(out[0]) * groups)
            notes.setdefault(f"sets of {a.sets} that failed: metafor {case}", []).append(float(out[1]))

    if groups == 1_000_000:
        for jobs in (1, 2):
            out = call([a.memory, a.folder / "y.f64", a.folder / "v.f64", groups, "REML", "normal", jobs])
            take(f"memory one set of a million, REML: evidence, {jobs} thread{'s' * (jobs > 1)}", float(out[0]) / a.k)
        take("memory one set of a million, REML: numpy by hand", float(
            call([a.python, here / "numpy_side.py", "memory", a.folder, groups])[0]))
        start = time.perf_counter()
        call([a.evidence, "pool", a.folder / "one.csv", "--measure", "GEN", "-o", a.folder / "one.txt"])
        take("CSV one set of a million, REML: evidence, 1 thread", time.perf_counter() - start)
        take("CSV one set of a million, REML: pandas and numpy", float(
            call([a.python, here / "numpy_side.py", "csv", a.folder])[0]))

median = {name: statistics.median(values) for name, values in times.items()}
print(f"{groups} sets of {k} studies; medians of {a.rounds} rounds, every side in each round\n")
print(f"| {'what':66} | {'s':>9} | spread | evidence is |")
print(f"| {'-' * 66} | {'-' * 9} | --- | --- |")
for name, value in median.items():
    kind = name.split(":")[0]
    ratio = ""
    if "evidence" not in name and ":" in name:
        for jobs in ("1 thread", "2 threads"):
            own = median.get(f"{kind}: evidence, {jobs}")
            if own:
                ratio += f"{value / own:.0f}x ({jobs}) "
    elif kind.startswith("CSV") and "one set" not in kind:
        ratio = f"{value / median['parse the numbers (C)']:.1f}x the time of the C parser"
    print(f"| {name:66} | {value:9.3f} | {min(times[name]):.3f}-{max(times[name]):.3f} | {ratio} |")
for name, values in notes.items():
    print(f"{name}: {statistics.median(values):g}")
