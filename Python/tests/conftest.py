"""What the tests share: the program to compare with, and tables."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Callable

import numpy as np
import pytest

Program = Callable[..., bytes]


@pytest.fixture(scope="session")
def program() -> Program:
    """Runs the built `evidence` program and gives what it prints."""
    path = os.environ.get("EVIDENCE_PROGRAM")
    if not path or not Path(path).exists():
        pytest.fail("EVIDENCE_PROGRAM must name the built program; `make python` does")

    def run(*words: str, content: bytes = b"") -> bytes:
        done = subprocess.run([path, *words], input=content, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()
        return done.stdout

    return run


TRIALS = {
    "study": ['One, "1999"', "Two", "Three", "Vier"],
    "ai": [4, 6, 3, 62],
    "n1i": [123, 306, 231, 13598],
    "ci": [11, 29, 11, 248],
    "n2i": [139, 303, 220, 12867],
    "year": [1948, 1949, 1960, None],
}


@pytest.fixture
def trials() -> dict[str, list[object]]:
    """Four trials with every kind of cell."""
    return {name: list(values) for name, values in TRIALS.items()}


@pytest.fixture
def long_table() -> dict[str, object]:
    """Estimates of 60 groups of 1 to 9 studies, whose rows stand together."""
    generator = np.random.default_rng(11)
    sizes = generator.integers(1, 10, 60)
    rows = int(sizes.sum())
    return {
        "marker": np.repeat([f"m{index}" for index in range(60)], sizes),
        "yi": generator.normal(0.2, 0.4, rows),
        "vi": generator.uniform(0.01, 0.3, rows),
    }
