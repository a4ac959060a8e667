"""Every kind of table means the same."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

import evidence
from evidence._tables import columns_of, csv_bytes


def test_cells() -> None:
    columns = {
        "text": ["plain", "a,b", 'q"', "", " blank", "line\nbreak"],
        "number": [0.1 + 0.2, 1e-300, float("nan"), -0.0, 1e22, 5],
        "other": [None, True, np.float64(0.5), np.int8(3), datetime.date(2020, 1, 2), np.nan],
    }
    assert csv_bytes(columns).decode() == (
        'text,number,other\nplain,0.30000000000000004,\n"a,b",1e-300,true\n"q""",,0.5\n"",-0.0,3\n'
        '" blank",1e+22,2020-01-02\n"line\nbreak",5,\n'
    )


def test_cells_of_columns_of_one_kind() -> None:
    columns = {"f": [0.1, float("nan"), float("inf"), -0.0], "i": [1, -2, 10**20, 0], "b": [True, False, True, True]}
    assert csv_bytes(columns).decode() == "f,i,b\n0.1,1,true\n,-2,false\ninf,100000000000000000000,true\n-0.0,0,true\n"
    assert csv_bytes({"a;b": ["x\ty"], " c": ["\u00a0"]}).decode() == '"a;b"," c"\n"x\ty","\u00a0"\n'


def test_frames_mean_the_same(trials: dict[str, list[object]]) -> None:
    expected = evidence.pool(trials, measure="OR").json
    rows = [dict(zip(trials, row)) for row in zip(*trials.values())]
    assert evidence.pool(rows, measure="OR").json == expected
    arrays = {name: np.array(values, dtype=object) for name, values in trials.items()}
    assert evidence.pool(arrays, measure="OR").json == expected


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_libraries_frames(library: str, trials: dict[str, list[object]]) -> None:
    module = pytest.importorskip(library)
    del trials["year"]  # pandas turns whole numbers with a gap into floating ones
    frame = module.table(trials) if library == "pyarrow" else module.DataFrame(trials)
    assert evidence.pool(frame, measure="OR").json == evidence.pool(trials, measure="OR").json
    assert evidence.effects(frame, measure="RD").rows[3].study == "Vier"


def test_a_structured_array() -> None:
    array = np.array([(0.1, 0.02), (0.3, 0.05)], dtype=[("yi", "f8"), ("vi", "f8")])
    assert evidence.pool(array, measure="GEN").k == 2


@pytest.mark.parametrize("bad", [{}, {"yi": [1, 2], "vi": [1]}])
def test_what_is_no_table(bad: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="column"):
        evidence.pool(bad)


@pytest.mark.parametrize("bad", [5, [1, 2], None])
def test_other_things_are_refused(bad: object) -> None:
    with pytest.raises(TypeError):
        evidence.pool(bad)


def test_columns_keep_their_order(trials: dict[str, list[object]]) -> None:
    assert list(columns_of(trials)) == ["study", "ai", "n1i", "ci", "n2i", "year"]
