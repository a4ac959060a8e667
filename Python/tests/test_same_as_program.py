"""Reports are those of the program, byte for byte."""

from __future__ import annotations

import pytest
from conftest import Program

import evidence
from evidence._tables import columns_of, csv_bytes

CASES = [
    ("pool", "bcg", {"measure": "RR"}),
    # Options in the order in which `pool` passes them on, since the provenance names them.
    ("pool", "bcg", {"measure": "OR", "method": "DL", "inference": "hartung-knapp", "tau2_ci": "q-profile"}),
    ("pool", "bcg", {"measure": "RR", "mods": "~ ablat + year"}),
    ("pool", "bcg", {"measure": "RR", "subgroup": "alloc", "common_tau2": True}),
    ("pool", "bcg", {"measure": "RD", "level": 0.9, "where": "year >= 1950"}),
    ("pool", "bcg", {"method": "MH"}),
    ("pool", "bcg", {"as_": "revman5"}),
    ("pool", "mbt/suicide-attempts", {"measure": "PETO", "method": "PETO"}),
    ("effects", "bcg", {"measure": "AS"}),
    ("nnt", "bcg", {"pool": True, "measure": "RR", "baseline_risk": "controls"}),
    ("bias", "bcg", {"tests": ["egger", "harbord"], "trim_and_fill": "L0"}),
    ("diagnose", "bcg", {"leave_one_out": True, "influence": True}),
    ("diagnose", "bcg", {"gosh": 50, "seed": 7}),
]


def command_line(options: dict[str, object]) -> list[str]:
    words: list[str] = []
    for name, value in options.items():
        option = "--" + name.rstrip("_").replace("_", "-")
        if value is True:
            words.append(option)
        else:
            words += [option, ",".join(map(str, value)) if isinstance(value, list) else str(value)]
    return words


@pytest.mark.parametrize(("name", "data", "options"), CASES)
def test_reports(program: Program, name: str, data: str, options: dict[str, object]) -> None:
    report = getattr(evidence, name)(data, **options)
    assert report.json == program(name, data, *command_line(options), "--format", "json")
    assert report.text().encode() == program(name, data, *command_line(options), "--format", "text")


def test_a_typed_effect_needs_no_table(program: Program) -> None:
    report = evidence.nnt(or_=0.4, ci=(0.2, 0.8), baseline_risk=[0.1, 0.3])
    words = ("nnt", "--or", "0.4", "--ci", "0.2,0.8", "--baseline-risk", "0.1,0.3", "--format", "json")
    assert report.json == program(*words)
    assert evidence.nnt(rd=-0.05, ci=(-0.1, -0.01), baseline_risk=0.3).rows[0].kind == "NNTB"


def test_tables_are_read_as_their_csv(program: Program, trials: dict[str, list[object]]) -> None:
    content = csv_bytes(columns_of(trials))
    expected = program("pool", "-", "--measure", "OR", "--format", "json", content=content)
    assert evidence.pool(trials, measure="OR").json == expected
    assert evidence.pool(content, measure="OR").json == expected


def test_a_file_is_read_by_name(program: Program, trials: dict[str, list[object]], tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "trials.csv"
    path.write_bytes(csv_bytes(columns_of(trials)))
    report = evidence.pool(path, measure="OR")
    assert report.json == program("pool", str(path), "--measure", "OR", "--format", "json")
    assert report.provenance.input["file"] == str(path)


def test_figures(program: Program) -> None:
    figure = evidence.forest("bcg", measure="RR", subgroup="alloc")
    assert figure.to_svg().encode() == program("forest", "bcg", "--measure", "RR", "--subgroup", "alloc", "--format", "svg")
    funnel = evidence.plot("funnel", "bcg", measure="OR", contours=True)
    assert funnel.to_svg().encode() == program("plot", "funnel", "bcg", "--measure", "OR", "--contours")


def test_any_command_by_its_name(program: Program, trials: dict[str, list[object]]) -> None:
    content = csv_bytes(columns_of(trials))
    report = evidence.command("compare", trials, measure="OR")
    assert report.json == program("compare", "-", "--measure", "OR", "--format", "json", content=content)
    assert len(evidence.command("datasets list")) > 0


def test_converted_rows(program: Program) -> None:
    rows = [{"study": "a", "or": 0.4, "ci_lower": 0.2, "ci_upper": 0.8}, {"study": "b", "or": 2, "ci_lower": 1, "ci_upper": 4}]
    report = evidence.convert(rows, into="OR")
    content = csv_bytes(columns_of(rows))
    assert report.json == program("convert", "-", "--into", "OR", "--format", "json", content=content)
    assert report.rows[0].route and len(report.rows) == 2
