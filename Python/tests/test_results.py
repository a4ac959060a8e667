"""Results, their errors and their looks."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import evidence


def test_entries_are_attributes() -> None:
    result = evidence.pool("bcg", measure="RR")
    assert isinstance(result, evidence.PoolResult)
    assert result["pooled"]["estimate"] == result.pooled.estimate
    assert result.k == 13 and len(result.studies) == 13
    assert result.studies[0].display.estimate == result["studies"][0]["display"]["estimate"]
    assert result.omnibus is None and result.coefficients[0].term == "intercept"
    assert result.to_dict() == json.loads(result.json)
    with pytest.raises(AttributeError, match="no such_thing"):
        _ = result.pooled.such_thing


def test_looks() -> None:
    result = evidence.pool("bcg", measure="RR")
    assert "Pooled RR 0.489" in repr(result) and "Pooled RR 0.489" in str(result)
    assert result._repr_html_().startswith("<pre>")
    again = pickle.loads(pickle.dumps(result))
    assert again.json == result.json and again.text() == result.text() and again.pooled == result.pooled


def test_figures_show_and_save(tmp_path: object) -> None:
    from pathlib import Path

    figure = evidence.forest("mbt/suicide-attempts", method="DL")
    assert figure._repr_svg_().startswith("<svg") and "<svg" in figure._repr_html_()
    assert "rows" in figure.data or len(figure.data) > 3
    assert "RR" in repr(figure) or "Risk ratio" in repr(figure)
    path = Path(str(tmp_path)) / "forest.svg"
    figure.save(path)
    assert path.read_text() == figure.to_svg()


def test_errors_have_a_place() -> None:
    with pytest.raises(evidence.DataError) as caught:
        evidence.pool(b"ai,n1i,ci,n2i\n1,2,3,4\n9,2,1,4\n", measure="OR")
    assert (caught.value.code, caught.value.line, caught.value.column) == (65, 3, "n1i")
    assert caught.value.hint and "line 3" in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).line == 3


@pytest.mark.parametrize(
    ("kind", "data", "options"),
    [
        (evidence.UsageError, "bcg", {"meathod": "DL"}),
        (evidence.UsageError, "bcg", {"measure": "XX"}),
        (evidence.InputNotFoundError, "no-such-file.csv", {}),
        (evidence.NotEstimableError, {"yi": [None], "vi": [None]}, {"measure": "GEN"}),
    ],
)
def test_errors_have_kinds(kind: type[evidence.EvidenceError], data: object, options: dict[str, str]) -> None:
    with pytest.raises(kind):
        evidence.pool(data, **options)


@pytest.mark.parametrize("name", ["format", "output"])
def test_what_the_result_does_is_no_option(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        evidence.pool("bcg", **{name: "json"})


def test_threads() -> None:
    expected = [evidence.pool("bcg", measure=measure).json for measure in ("RR", "OR", "RD")]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda turn: evidence.pool("bcg", measure=("RR", "OR", "RD")[turn % 3]).json, range(60)))
    assert all(report == expected[turn % 3] for turn, report in enumerate(found))


def test_the_documented_example() -> None:
    result = evidence.pool("bcg", measure="RR", inference="hartung-knapp")
    assert round(result.display.estimate, 3) == 0.489
