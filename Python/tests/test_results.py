"""Results, their errors and their looks."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
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


@pytest.mark.parametrize(
    "make",
    [
        lambda: evidence.pool("bcg", mods="~ ablat", at="ablat=33"),
        lambda: evidence.pool("bcg", subgroup="alloc"),
        lambda: evidence.effects("bcg"),
        lambda: evidence.bias("bcg"),
        lambda: evidence.diagnose("bcg", leave_one_out=True, gosh=20),
        lambda: evidence.nnt("bcg"),
        lambda: evidence.command("datasets list"),
        lambda: evidence.command("compare", "bcg"),
    ],
)
def test_entries_read_alone_are_those_of_the_whole(make: Callable[[], evidence.Report]) -> None:
    result = make()
    whole = json.loads(result.json)
    assert {name: result[name] for name in whole} == whole
    assert dict(result) == whole and list(result) == list(whole)
    for key in ("no_such_thing", "k\": 13,\n  \"excluded", "", 0):
        assert key not in result and key not in make()


def test_options_that_compare_equal_are_not_the_same() -> None:
    table = {"yi": [0.1, 0.2, 0.3, 0.5], "vi": [0.1, 0.1, 0.2, 0.3]}
    said = [evidence.pool(table, threshold=value).provenance.command for value in (0.0, -0.0, 0)]
    assert said == [f"evidence pool - --threshold{value} --format json" for value in (" 0", "=-0", " 0")]
    assert evidence.pool(table, residuals=True).json != evidence.pool(table, residuals=False).json
    with pytest.raises(evidence.UsageError, match="1"):
        evidence.pool(table, residuals=1)
    risks = [evidence.nnt(or_=0.4, baseline_risk=risk, ci=(0.2, 0.8)) for risk in ([0.1, 0.3], [0.1, 0.4], (0.1, 0.3))]
    assert risks[0].json == risks[2].json != risks[1].json


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
