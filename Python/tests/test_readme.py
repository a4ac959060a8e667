"""The examples of the README run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import evidence

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_three() -> None:
    assert [bool(re.search(word, block)) for word, block in zip(("pool", "batch_arrays", "spark"), BLOCKS)] == [True] * 3


def test_one_analysis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(BLOCKS[0], names)
    result = names["result"]
    assert isinstance(result, evidence.PoolResult)
    assert str(result.display.estimate) in BLOCKS[0]
    assert (tmp_path / "bcg.svg").read_text(encoding="utf-8").startswith("<svg")


def test_many_analyses() -> None:
    pandas = pytest.importorskip("pandas")
    generator = np.random.default_rng(1)
    counts = {name: generator.integers(1, 9, 12).astype(float) for name in ("a", "c")}
    frame = pandas.DataFrame({"gene": ["x"] * 6, "tissue": ["u"] * 3 + ["v"] * 3, "yi": np.arange(6) / 7, "vi": 0.1})
    names = {
        "evidence": evidence,
        "yi": generator.normal(size=(4, 5)),
        "vi": generator.uniform(0.1, 1, (4, 5)),
        "n1": np.full(12, 30.0),
        "n2": np.full(12, 40.0),
        "cuts": [0, 5, 12],
        "frame": frame,
        **counts,
    }
    exec(BLOCKS[1], names)
    assert names["result"].groups == 2  # type: ignore[attr-defined]
