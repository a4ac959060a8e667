"""The commands: the command line's words as keyword arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Optional, TypeVar, Union

from ._figures import Figure
from ._library import run
from ._results import BiasResult, ConvertResult, DiagnoseResult, EffectsResult, NNTResult, PoolResult, Report
from ._tables import Source, source

__all__ = ["bias", "command", "convert", "diagnose", "effects", "forest", "nnt", "plot", "pool"]

Option = Union[str, int, float, bool, None, Sequence[Any], Mapping[str, Any]]
"""A value of an option: a flag is ``True``; a list stands for a list with commas, a mapping for role=column pairs."""

Kind = TypeVar("Kind", bound=Report)

_OWN = {"format": "use the result's attributes, .json or .text()", "output": "write the result's .json or .text()"}


def words(options: Mapping[str, Any], refused: Mapping[str, str] = _OWN) -> dict[str, Any]:
    """Options by the command line's names: ``tau2_ci`` is ``tau2-ci``; ``or_`` and ``as_`` go round Python's keywords."""
    result: dict[str, Any] = {}
    for name, value in options.items():
        word = name.rstrip("_").replace("_", "-")
        if word in refused:
            raise TypeError(f"{name} has no place here: {refused[word]}")
        if value is None or value is False:
            continue
        result[word] = _plain(value)
    return result


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:  # a numpy scalar
        return value.item()
    return [_plain(entry) for entry in value]


def command(name: str, *arguments: Any, **options: Option) -> Report:
    """Any command of the command line that has a JSON report, by its name.

    ``evidence.command("compare", frame, measure="OR")`` is ``evidence compare - --measure OR`` on the frame's rows. Texts are
    passed on as they are; at most one argument may be a table.
    """
    return _report(Report, name, list(arguments), options)


def _report(kind: type[Kind], name: str, arguments: list[Any], options: Mapping[str, Any]) -> Kind:
    given = [source(argument) for argument in arguments]
    contents = [one.content for one in given if one.content is not None]
    if len(contents) > 1:
        raise TypeError("one table at a time")
    content = contents[0] if contents else None
    named = words(options)
    again = partial(_run_as, name, [one.argument for one in given], named, content)
    return kind(again("json"), again)


def _run_as(
    name: str, arguments: list[str], options: Mapping[str, Any], content: Optional[bytes], format: str
) -> bytes:
    return run(name, arguments, {**options, "format": format}, content)


def pool(
    data: Any,
    *,
    measure: Optional[str] = None,
    method: Optional[str] = None,
    inference: Optional[str] = None,
    level: Optional[float] = None,
    **options: Option,
) -> PoolResult:
    """Pool studies: one estimate, its interval, heterogeneity, prediction.

    Args:
        data: a frame (pandas, polars, pyarrow), a mapping of columns, a list of rows, a file's name or bytes, or the name of a
            built-in data set. Columns are found by role (``yi vi``, ``ai bi ci di n1i n2i``, ``m1i sd1i n1i m2i sd2i n2i``, …) and
            by usual spellings; ``map={"ai": "events", …}`` names them.
        measure: effect size by metafor's code: ``OR``, ``RR``, ``SMD``, ``GEN`` for given estimates, …
        method: ``REML`` (default), ``DL``, ``PM``, ``EE``, ``MH``, ``PETO``, ``GLMM``, …
        inference: ``normal`` (default), ``t``, ``hartung-knapp``, …
        level: coverage of intervals, 0.95.
        options: every option of ``evidence pool`` by its name, ``_`` for ``-``: ``mods="~ year"``, ``subgroup="alloc"``,
            ``tau2_ci="q-profile"``, ``prediction="riley"``, ``where="year >= 1990"``, ``as_="metafor"``, …

    Returns:
        The report: ``result.pooled.estimate`` is on the analysis scale (log odds ratio), ``result.display.estimate`` on the scale
        people read. Its numbers are those of the command line, bit for bit.

    Raises:
        EvidenceError: with code, line, column and a hint.
    """
    return _report(
        PoolResult, "pool", [data], dict(measure=measure, method=method, inference=inference, level=level, **options)
    )


def effects(data: Any, *, measure: Optional[str] = None, **options: Option) -> EffectsResult:
    """An effect size for each row: ``result.rows[0].yi`` and ``.vi`` on the analysis scale. Options: ``evidence effects``."""
    return _report(EffectsResult, "effects", [data], dict(measure=measure, **options))


def nnt(data: Any = None, **options: Option) -> NNTResult:
    """Numbers needed to treat: for each row of 2×2 data, for a pooled effect (``pool=True``), or for a typed effect.

    ``evidence.nnt(or_=0.4, ci=(0.2, 0.8), baseline_risk=0.3)`` needs no data. Options: ``evidence nnt``.
    """
    return _report(NNTResult, "nnt", [] if data is None else [data], options)


def bias(data: Any, **options: Option) -> BiasResult:
    """Small-study effects, trim and fill, selection models, fail-safe N. Options: ``evidence bias``."""
    return _report(BiasResult, "bias", [data], options)


def diagnose(data: Any, **options: Option) -> DiagnoseResult:
    """Influence, leave-one-out, cumulative, Baujat, GOSH. Options: ``evidence diagnose``."""
    return _report(DiagnoseResult, "diagnose", [data], options)


def convert(data: Any, **options: Option) -> ConvertResult:
    """Estimates, means and tables from what papers print. Options: ``evidence convert``, such as ``into="SMD"``."""
    return _report(ConvertResult, "convert", [data], options)


def forest(data: Any, **options: Option) -> Figure:
    """A forest plot, shown inline in a notebook. Options: ``evidence forest``, pooling options included."""
    return _figure("forest", [], data, options)


def plot(kind: str, data: Any, **options: Option) -> Figure:
    """A funnel, bubble, Baujat or other figure. Options: ``evidence plot KIND``."""
    return _figure("plot", [kind], data, options)


def _figure(name: str, before: list[str], data: Any, options: Mapping[str, Any]) -> Figure:
    given: Source = source(data)
    named = words(options, {"format": "use .to_svg(), .data or .text()", "output": "use .save(path)"})
    return Figure(name, [*before, given.argument], named, given.content)
