"""Batches have the bits of the program's."""

from __future__ import annotations

import csv
import io
import multiprocessing

import numpy as np
import pytest
from conftest import Program

import evidence
from evidence._tables import csv_bytes

NUMBERS = ("estimate", "se", "ci_lower", "ci_upper", "p", "tau2", "i2", "q", "q_p")


def lines(output: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.decode())))


def same(result: evidence.BatchResult, expected: list[dict[str, str]], extra: tuple[str, ...] = ()) -> None:
    assert result.groups == len(expected)
    for name in NUMBERS + extra:
        want = np.array([float(row[name]) if row[name] else np.nan for row in expected])
        assert np.array_equal(result[name], want, equal_nan=True), name
    assert result.k.tolist() == [int(row["k"]) for row in expected]


@pytest.mark.parametrize("method", ["REML", "DL", "PM", "EE", "ML", "SJ"])
@pytest.mark.parametrize("inference", ["normal", "hartung-knapp"])
def test_estimates(program: Program, long_table: dict[str, np.ndarray], method: str, inference: str) -> None:
    words = ("--by", "marker", "--measure", "GEN", "--method", method, "--inference", inference)
    expected = lines(program("batch", "-", *words, content=csv_bytes(long_table)))
    result = evidence.batch(long_table, by="marker", measure="GEN", method=method, inference=inference)
    same(result, expected)
    assert list(result["marker"]) == [row["marker"] for row in expected]
    assert result.status_text == [row["status"] for row in expected]


def test_prediction_intervals(program: Program, long_table: dict[str, np.ndarray]) -> None:
    words = ("--by", "marker", "--measure", "GEN", "--prediction", "riley")
    expected = lines(program("batch", "-", *words, content=csv_bytes(long_table)))
    same(evidence.batch(long_table, by="marker", measure="GEN", prediction="riley"), expected, ("pi_lower", "pi_upper"))


@pytest.mark.parametrize("method", ["REML", "MH", "PETO"])
def test_counts(program: Program, method: str) -> None:
    generator = np.random.default_rng(3)
    rows = 400
    table = {
        "region": np.repeat(np.arange(80) // 4, 5),
        "year": np.repeat(np.arange(80) % 4, 5),
        "events1": generator.integers(0, 30, rows).astype(float),
        "total1": generator.integers(30, 90, rows).astype(float),
        "ci": generator.integers(0, 40, rows).astype(float),
        "n2i": generator.integers(40, 90, rows).astype(float),
    }
    names = {"ai": "events1", "n1i": "total1"}
    words = ("--by", "region,year", "--measure", "OR", "--method", method, "--map", "ai=events1,n1i=total1")
    expected = lines(program("batch", "-", *words, content=csv_bytes(table)))
    same(evidence.batch(table, by=["region", "year"], measure="OR", method=method, map=names), expected)


def test_rows_of_a_group_may_stand_apart(program: Program, long_table: dict[str, np.ndarray]) -> None:
    order = np.random.default_rng(5).permutation(len(long_table["yi"]))
    shuffled = {name: column[order] for name, column in long_table.items()}
    words = ("--by", "marker", "--measure", "GEN", "--unsorted")
    same(evidence.batch(shuffled, by="marker"), lines(program("batch", "-", *words, content=csv_bytes(shuffled))))


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_frames(library: str, long_table: dict[str, np.ndarray]) -> None:
    module = pytest.importorskip(library)
    frame = module.table(long_table) if library == "pyarrow" else module.DataFrame(long_table)
    result = evidence.batch(frame, by="marker", measure="GEN")
    assert np.array_equal(result.estimate, evidence.batch(long_table, by="marker", measure="GEN").estimate)
    made = {"pandas": result.to_pandas, "polars": result.to_polars, "pyarrow": result.to_arrow}[library]()
    assert made["status"][0] == "ok" or str(made["status"][0]) == "ok"
    assert len(made) == 60


def test_arrays_with_and_without_offsets() -> None:
    generator = np.random.default_rng(2)
    yi, vi = generator.normal(size=(50, 8)), generator.uniform(0.1, 1, (50, 8))
    wide = evidence.batch_arrays(yi, vi, inference="hartung-knapp")
    flat = evidence.batch_arrays(yi.ravel(), vi.ravel(), offsets=np.arange(51) * 8, inference="hartung-knapp")
    assert np.array_equal(wide.estimate, flat.estimate) and np.array_equal(wide.p, flat.p)
    copied = evidence.batch_arrays(np.asfortranarray(yi), vi.tolist(), inference="hartung-knapp")
    assert np.array_equal(wide.estimate, copied.estimate)
    single = evidence.pool({"yi": yi[7], "vi": vi[7]}, measure="GEN", inference="hartung-knapp")
    assert wide.estimate[7] == single.pooled.estimate and wide.ci_lower[7] == single.pooled.ci_lower
    for jobs in (1, 2, 7):
        assert np.array_equal(evidence.batch_arrays(yi, vi, jobs=jobs, inference="hartung-knapp").estimate, wide.estimate)


def test_counts_as_arrays() -> None:
    table = {"ai": [[1, 4], [3, 2]], "n1i": [[20, 30], [25, 31]], "ci": [[5, 9], [8, 7]], "n2i": [[20, 30], [25, 31]]}
    result = evidence.batch_arrays(measure="OR", **table)
    single = evidence.pool({name: values[1] for name, values in table.items()}, measure="OR")
    assert result.estimate[1] == single.pooled.estimate


def test_failures_have_a_status() -> None:
    yi = np.array([[0.1, 0.2], [0.1, 0.3], [np.nan, np.nan], [0.5, np.nan]])
    vi = np.array([[0.1, 0.1], [-0.1, 0.1], [0.1, 0.1], [0.2, 0.1]])
    result = evidence.batch_arrays(yi, vi)
    assert result.status.tolist() == [0, 2, 1, 0]
    assert result.k.tolist() == [2, 0, 0, 1]
    assert [problem.group for problem in result.problems] == [1, 2]
    assert result.problems[0].row == 2 and "vi = -0.1" in result.problems[0].message
    assert result.status_text[2] == "no_usable_rows" and np.isnan(result.tau2[3])
    assert "4 groups" in repr(result) and "1 bad_value" in repr(result)


def test_only_what_is_wanted() -> None:
    result = evidence.batch_arrays([[0.1, 0.2]], [[0.1, 0.1]], results=["estimate"])
    assert list(result) == ["estimate", "status"]
    with pytest.raises(evidence.UsageError):
        evidence.batch_arrays([[0.1, 0.2]], [[0.1, 0.1]], results=["estimated"])


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (([[0.1]], [[0.1]]), {"mods": "~ x"}),
        (([[0.1]], [[0.1]]), {"method": "REMLL"}),
        (([0.1], [0.1]), {"offsets": [0, 2]}),
        (([0.1], [0.1]), {"offsets": [1, 0]}),
        (([0.1], [0.1]), {"offsets": [-1, 1]}),
    ],
)
def test_calls_that_make_no_sense(arguments: tuple[object, object], options: dict[str, object]) -> None:
    with pytest.raises(evidence.UsageError):
        evidence.batch_arrays(*arguments, **options)  # type: ignore[arg-type]


def test_shapes_that_do_not_go_together() -> None:
    with pytest.raises(ValueError, match="one shape"):
        evidence.batch_arrays([[0.1, 0.2]], [[0.1]])
    with pytest.raises(TypeError, match="offsets"):
        evidence.batch_arrays([0.1, 0.2], [0.1, 0.1])
    with pytest.raises(evidence.UsageError, match="numbers"):
        evidence.batch({"g": ["a"], "yi": ["x"], "vi": [1.0]}, by="g", measure="GEN")
    with pytest.raises(evidence.UsageError, match="does not have"):
        evidence.batch({"g": ["a"], "yi": [1.0], "vi": [1.0]}, by="h", measure="GEN")


def test_no_groups() -> None:
    assert evidence.batch_arrays(np.empty((0, 3)), np.empty((0, 3))).groups == 0
    assert evidence.batch({"g": [], "yi": [], "vi": []}, by="g", measure="GEN").groups == 0


def _in_child(queue: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    generator = np.random.default_rng(2)
    queue.put(evidence.batch_arrays(generator.normal(size=(3000, 8)), np.ones((3000, 8))).estimate.sum())


def test_a_forked_process_works_too() -> None:
    generator = np.random.default_rng(2)
    expected = evidence.batch_arrays(generator.normal(size=(3000, 8)), np.ones((3000, 8))).estimate.sum()
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=_in_child, args=(queue,))
    process.start()
    assert queue.get(timeout=60) == expected
    process.join(60)
    assert process.exitcode == 0
