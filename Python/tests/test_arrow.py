"""Nested rows in Arrow record batches."""

from __future__ import annotations

import numpy as np
import pytest

import evidence
from evidence._batch import plan

pyarrow = pytest.importorskip("pyarrow")

from evidence._arrow import run_record_batch  # noqa: E402

OPTIONS = {"measure": "GEN", "inference": "hartung-knapp"}
generator = np.random.default_rng(4)
YI, VI = generator.normal(0.3, 0.5, (20, 10)), generator.uniform(0.02, 0.5, (20, 10))


def run(batch: object) -> object:
    return run_record_batch(plan(["yi", "vi"], OPTIONS), batch)


def expected() -> list[float]:
    return evidence.batch_arrays(YI, VI, **OPTIONS).estimate.tolist()


@pytest.mark.parametrize("kind", ["list", "large_list", "fixed", "structs", "fixed structs"])
def test_lists_of_every_kind(kind: str) -> None:
    double = pyarrow.float64()
    if "structs" in kind:
        struct = pyarrow.struct([("note", pyarrow.string()), ("vi", double), ("yi", double)])
        rows = [[{"note": "x", "yi": y, "vi": v} for y, v in zip(ys, vs)] for ys, vs in zip(YI, VI)]
        column = pyarrow.array(rows, pyarrow.list_(struct, 10) if "fixed" in kind else pyarrow.list_(struct))
        batch = pyarrow.record_batch({"studies": column})
    else:
        make = {"list": pyarrow.list_(double), "large_list": pyarrow.large_list(double), "fixed": pyarrow.list_(double, 10)}
        batch = pyarrow.record_batch(
            {"id": pyarrow.array(range(20)), **{n: pyarrow.array(a.tolist(), make[kind]) for n, a in (("yi", YI), ("vi", VI))}}
        )
    assert run(batch).column("estimate").to_pylist() == expected()
    assert run(batch.slice(7, 6)).column("estimate").to_pylist() == expected()[7:13]


def test_other_numbers() -> None:
    yi, vi = [[1, 2, 3], [4]], [[1.5, 2.5, 0.5], [0.25]]
    batch = pyarrow.record_batch(
        {"yi": pyarrow.array(yi, pyarrow.list_(pyarrow.int32())), "vi": pyarrow.array(vi, pyarrow.list_(pyarrow.float32()))}
    )
    assert run(batch).column("k").to_pylist() == [3, 1]
    wide = evidence.batch_arrays([[1, 2, 3]], [[1.5, 2.5, 0.5]], **OPTIONS)
    assert run(batch).column("estimate").to_pylist()[0] == wide.estimate[0]


def test_nulls() -> None:
    batch = pyarrow.record_batch(
        {"yi": pyarrow.array([[1.0, None, 3.0], None, []]), "vi": pyarrow.array([[1.0, 2.0, 3.0], None, []])}
    )
    results = run(batch)
    assert results.column("k").to_pylist() == [2, 0, 0]
    assert results.column("estimate").null_count == 2
    assert results.column("status").to_pylist() == ["ok", "no_usable_rows", "no_usable_rows"]


def test_lists_of_different_lengths_are_refused() -> None:
    batch = pyarrow.record_batch({"yi": pyarrow.array([[1.0, 2.0]]), "vi": pyarrow.array([[1.0]])})
    with pytest.raises(evidence.DataError, match="different lengths"):
        run(batch)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(evidence.DataError, match="vi"):
        run(pyarrow.record_batch({"yi": pyarrow.array([[1.0, 2.0]])}))
