"""A million groups generated and pooled by Spark on a local cluster of worker processes, held against the program.

Run by `make spark-test`. Reads EVIDENCE_PROGRAM, the built program, and EVIDENCE_GROUPS, the number of groups (1 000 000).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

import evidence
import evidence.spark

GROUPS = int(os.environ.get("EVIDENCE_GROUPS", "1000000"))
STUDIES = 10
OPTIONS = {"measure": "GEN", "method": "REML", "inference": "hartung-knapp"}
WORDS = ("--measure", "GEN", "--method", "REML", "--inference", "hartung-knapp")
NUMBERS = ["estimate", "se", "ci_lower", "ci_upper", "p", "tau2", "i2", "q", "q_p"]
PROGRAM = os.environ["EVIDENCE_PROGRAM"]

checks = 0
times: list[tuple[str, float, int]] = []


def check(condition: bool, what: str) -> None:
    global checks
    if not condition:
        sys.exit(f"spark-test: not so: {what}")
    checks += 1
    print(f"ok: {what}", flush=True)


def session(workers: int) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    made = (
        SparkSession.builder.master(f"local-cluster[{workers},1,1536]")
        .appName("evidence")
        .config("spark.driver.memory", "4g")
        .config("spark.executor.memory", "1536m")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "16")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "20000")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.python.worker.reuse", "true")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("OFF")
    return made


def long_rows(spark: SparkSession, groups: int) -> DataFrame:
    """Estimates of `groups` groups of ten studies, from hashes of the place: the same however the rows are cut up."""
    rows = spark.range(groups * STUDIES, numPartitions=16)

    def uniform(salt: int) -> Any:
        return (f.pmod(f.xxhash64(f.col("id"), f.lit(salt)), f.lit(1 << 30)) + 0.5) / float(1 << 30)

    group = f.floor(f.col("id") / STUDIES)
    return rows.select(
        group.alias("group"),
        (f.pmod(group, f.lit(97)) / 100.0 + uniform(1) + uniform(2) - 1.0).alias("yi"),
        (0.01 + 0.3 * uniform(3) * uniform(4)).alias("vi"),
    )


def program(table: pa.Table, folder: Path, jobs: int) -> tuple[pa.Table, float]:
    """What the program makes of rows, and its seconds."""
    source, target = folder / "rows.csv", folder / "results.csv"
    pyarrow.csv.write_csv(table, source, pyarrow.csv.WriteOptions(quoting_style="none"))
    started = time.perf_counter()
    subprocess.run(
        [PROGRAM, "batch", source, "--by", table.column_names[0], *WORDS, "--jobs", str(jobs), "-q", "-o", target],
        check=True,
    )
    seconds = time.perf_counter() - started
    return pyarrow.csv.read_csv(target), seconds


def read(folder: Path, key: str) -> pa.Table:
    return pyarrow.parquet.read_table(folder).sort_by(key)


def same(found: pa.Table, expected: pa.Table) -> bool:
    """Bit for bit, nulls where the program's cells are empty."""
    for name in NUMBERS:
        a = found.column(name).combine_chunks().to_numpy(zero_copy_only=False).astype(float)
        b = expected.column(name).combine_chunks().to_numpy(zero_copy_only=False).astype(float)
        if not np.array_equal(a, b, equal_nan=True):
            return False
    return found.column("k").to_pylist() == expected.column("k").to_pylist()


def timed(what: str, groups: int, work: Any) -> float:
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    times.append((what, seconds, groups))
    return seconds


def executor_python_workers() -> list[int]:
    """Processes of this interpreter that Spark's executors have started: the forked workers of their daemons."""
    listing = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()[1:]]
    daemons = {int(row[0]) for row in rows if "pyspark.daemon" in row[2]}
    executors = {int(row[0]) for row in rows if "CoarseGrainedExecutorBackend" in row[2]}
    mine = {int(row[0]) for row in rows if int(row[0]) in daemons and int(row[1]) in executors}
    return [int(row[0]) for row in rows if int(row[0]) in daemons and int(row[1]) in mine]


def descends_from_here(pid: int) -> bool:
    """Whether a process was started by this run."""
    while pid > 1:
        if pid == os.getpid():
            return True
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists():
            return False
        pid = int(stat.read_text().rsplit(")", 1)[1].split()[1])
    return False


def in_mid_run(spark: SparkSession, finished: int) -> bool:
    """Whether the stage that analyses has finished so many of its 16 tasks and is at work on others."""
    tracker = spark.sparkContext.statusTracker()
    infos = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return any(one and one.numTasks == 16 and finished <= one.numCompletedTasks < 15 for one in infos)


def kill_in_mid_run(spark: SparkSession, killed: list[int]) -> None:
    """Kills one Python worker when the analyses are under way, and an executor with all it has a little later."""
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline and len(killed) < 2:
        time.sleep(0.02)
        if not killed and in_mid_run(spark, 3):
            for pid in list(filter(descends_from_here, executor_python_workers()))[:1]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
        elif killed and in_mid_run(spark, 6):
            listing = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
            executors = [int(row.split()[0]) for row in listing.splitlines() if "CoarseGrainedExecutorBackend" in row]
            for pid in list(filter(descends_from_here, executors))[-1:]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="evidence-spark-"))
    try:
        spark = session(2)
        timed("Spark, 2 workers: generate the rows, write Parquet", GROUPS, lambda: (
            long_rows(spark, GROUPS).write.parquet(str(folder / "rows"))))
        rows = spark.read.parquet(str(folder / "rows"))
        table = in_order_of_making(folder / "rows")
        expected, seconds = program(table, folder, 2)
        times.append(("evidence batch from CSV, 2 threads", seconds, GROUPS))
        times.append(("evidence batch from CSV, 1 thread", program(table, folder, 1)[1], GROUPS))

        timed("Spark, 2 workers: group and analyse", GROUPS, lambda: (
            evidence.spark.batch(rows, by="group", **OPTIONS).write.parquet(str(folder / "all"))))
        found = read(folder / "all", "group")
        check(found.num_rows == GROUPS and same(found, expected), f"{GROUPS} groups are bit for bit the program's")
        check(set(found.column("status").to_pylist()) == {"ok"}, "every status is ok")

        timed("Spark, 2 workers: nest only", GROUPS, lambda: (
            evidence.spark.nest(rows, "group", ["yi", "vi"]).write.parquet(str(folder / "nested"))))
        nested = spark.read.parquet(str(folder / "nested"))
        timed("Spark, 2 workers: analyse nested rows", GROUPS, lambda: (
            evidence.spark.batch_nested(nested, ["yi", "vi"], **OPTIONS).write.parquet(str(folder / "two"))))
        check(same(read(folder / "two", "group"), expected), "nested rows give the same")

        killed: list[int] = []
        killer = threading.Thread(target=kill_in_mid_run, args=(spark, killed))
        killer.start()
        timed("Spark, a worker and an executor killed: group and analyse", GROUPS, lambda: (
            evidence.spark.batch(rows, by="group", **OPTIONS).write.parquet(str(folder / "killed"))))
        killer.join()
        check(len(killed) == 2, f"a Python worker and an executor were killed in mid-run ({killed})")
        found = read(folder / "killed", "group")
        check(found.num_rows == GROUPS and same(found, expected), "the job completed with the same bits all the same")

        skewed(spark, folder)
        failing(spark)
        in_pandas(spark, rows)
        spark.stop()

        spark = session(1)
        nested = spark.read.parquet(str(folder / "nested"))
        timed("Spark, 1 worker: analyse nested rows", GROUPS, lambda: (
            evidence.spark.batch_nested(nested, ["yi", "vi"], **OPTIONS).write.parquet(str(folder / "one"))))
        check(same(read(folder / "one", "group"), expected), "one worker gives the same")
        spark.stop()

        yi = table.column("yi").to_numpy().reshape(-1, STUDIES)
        vi = table.column("vi").to_numpy().reshape(-1, STUDIES)
        for jobs in (2, 1):
            timed(f"evidence.batch_arrays in one process, {jobs} threads", GROUPS, lambda jobs=jobs: (
                evidence.batch_arrays(yi, vi, jobs=jobs, method="REML", inference="hartung-knapp")))
    finally:
        shutil.rmtree(folder)
    print(f"\n{'what':66} {'seconds':>8} {'groups/s':>12}")
    for what, seconds, groups in times:
        print(f"{what:66} {seconds:8.2f} {groups / seconds:12,.0f}")
    print(f"{checks} passed, 0 failed")


def in_order_of_making(folder: Path) -> pa.Table:
    """The rows of all files, the files in the order of the partitions that wrote them."""
    return pa.concat_tables([pyarrow.parquet.read_table(path) for path in sorted(folder.glob("*.parquet"))])


def skewed(spark: SparkSession, folder: Path) -> None:
    """Groups of 2 to 50 000 studies, sizes falling like a power."""
    sizes = np.unique(np.geomspace(2, 50_000, 60).astype(int))
    groups = np.concatenate([np.repeat(index, size) for index, size in enumerate(np.concatenate((sizes, np.full(5000, 2))))])
    generator = np.random.default_rng(8)
    table = pa.table({
        "group": groups.astype(np.int64),
        "yi": generator.normal(0.1, 0.3, len(groups)),
        "vi": generator.uniform(0.01, 0.2, len(groups)),
    })
    pyarrow.parquet.write_table(table, folder / "skewed.parquet")
    expected, _ = program(table, folder, 2)
    rows = spark.read.parquet(str(folder / "skewed.parquet"))
    timed(f"Spark, 2 workers: {expected.num_rows} groups of 2 to 50 000 studies", expected.num_rows, lambda: (
        evidence.spark.batch(rows, by="group", **OPTIONS).write.parquet(str(folder / "skewed"))))
    found = read(folder / "skewed", "group")
    check(max(found.column("k").to_pylist()) == 50_000, "the largest group has 50 000 studies")
    check(same(found, expected), "skewed groups are bit for bit the program's")


def failing(spark: SparkSession) -> None:
    """A group that cannot be analysed is a row with a status."""
    data = [("a", 0.1, 0.2), ("a", 0.3, 0.1), ("b", 0.2, -1.0), ("b", 0.1, 0.1), ("c", None, 0.1), ("d", 0.4, 0.2)]
    rows = spark.createDataFrame(data, "name string, yi double, vi double")
    found = {row["name"]: row for row in evidence.spark.batch(rows, by=["name"], **OPTIONS).collect()}
    check(found["a"]["status"] == "ok" and found["d"]["status"] == "ok" and found["d"]["tau2"] is None, "good groups")
    check(found["b"]["status"].startswith("bad_value: vi = -1") and found["b"]["estimate"] is None, "a bad value")
    check(found["c"]["status"] == "no_usable_rows" and found["c"]["k"] == 0, "a group without values")
    try:
        evidence.spark.batch(rows, by="name", measure="GEN", mods="~ x")
    except evidence.UsageError:
        check(True, "an option that batches do not have is refused before the job")
    else:
        check(False, "an option that batches do not have is refused before the job")


def in_pandas(spark: SparkSession, rows: DataFrame) -> None:
    """The other way on a sample: applyInPandas, PyMARE's REML per group."""
    sample = min(1000, GROUPS)
    chosen = rows.where(f.col("group") < sample)

    def pool(frame: Any) -> Any:
        import pandas
        from pymare import Dataset
        from pymare.estimators import VarianceBasedLikelihoodEstimator

        data = Dataset(frame["yi"].to_numpy(), frame["vi"].to_numpy())
        fit = VarianceBasedLikelihoodEstimator(method="REML").fit_dataset(data).summary()
        return pandas.DataFrame({"group": [frame["group"].iloc[0]], "estimate": [fit.fe_params.item()]})

    made = chosen.groupBy("group").applyInPandas(pool, "group bigint, estimate double")
    timed("Spark, 2 workers: applyInPandas with PyMARE per group", sample, lambda: made.count() and made.agg(f.sum("estimate")).collect())


if __name__ == "__main__":
    main()
