"""Results: mappings whose entries are attributes too."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Optional, get_args, get_origin, get_type_hints

__all__ = [
    "Record",
    "Report",
    "Effect",
    "Estimate",
    "Display",
    "Heterogeneity",
    "Coefficient",
    "StudyEffect",
    "Study",
    "EffectRow",
    "AbsoluteRow",
    "PoolResult",
    "EffectsResult",
    "NNTResult",
    "BiasResult",
    "DiagnoseResult",
    "ConvertResult",
]


class Record(Mapping[str, Any]):
    """An object of a report: a mapping in the report's order, its entries also attributes.

    An entry that the class declares but the report leaves out is ``None`` as an attribute.
    """

    def __init__(self, entries: dict[str, Any]) -> None:
        self._entries = entries

    def __getitem__(self, key: str) -> Any:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        hint = _hints(type(self)).get(name)
        try:
            return _shaped(self[name], hint)
        except KeyError:
            if hint is not None:
                return None
        raise AttributeError(f"{type(self).__name__} has no {name}; it has {', '.join(self._entries)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._entries]

    def __repr__(self) -> str:
        told = ", ".join(f"{key}={value!r}" for key, value in self._entries.items())
        return f"{type(self).__name__}({told})"

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        raise TypeError(f"unhashable type: {type(self).__name__}")

    def to_dict(self) -> dict[str, Any]:
        """The entries as plain dictionaries and lists."""
        plain: dict[str, Any] = json.loads(json.dumps(self._entries))
        return plain


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = {name: hint for name, hint in get_type_hints(kind).items() if not name.startswith("_")}
    return _HINTS[kind]


def _shaped(value: Any, hint: Any) -> Any:
    """A value of a report as its declaration says, or else as a plain record."""
    if not isinstance(value, (dict, list)):
        return value
    arguments = get_args(hint)
    if isinstance(value, dict):
        kinds = [kind for kind in (hint, *arguments) if isinstance(kind, type) and issubclass(kind, Record)]
        return (kinds[0] if kinds else Record)(value)
    element = arguments[0] if get_origin(hint) is list and arguments else None
    return [_shaped(item, element) for item in value]


class Effect(Record):
    """An estimate with its test and interval."""

    estimate: float
    se: Optional[float]
    statistic: Optional[float]
    df: Optional[float]
    p: Optional[float]
    ci_lower: Optional[float]
    ci_upper: Optional[float]


class Estimate(Effect):
    """A pooled estimate on the analysis scale (the log of ratios)."""

    pi_lower: Optional[float]
    pi_upper: Optional[float]


class Coefficient(Effect):
    """A row of a meta-regression."""

    term: str


class Display(Record):
    """An estimate on the scale that people read (the ratio itself)."""

    transform: str
    estimate: float
    ci_lower: Optional[float]
    ci_upper: Optional[float]
    pi_lower: Optional[float]
    pi_upper: Optional[float]


class Heterogeneity(Record):
    """How the studies differ; ``i2`` and ``r2`` in per cent."""

    tau2: Optional[float]
    tau2_se: Optional[float]
    tau: Optional[float]
    i2: Optional[float]
    h2: Optional[float]
    r2: Optional[float]
    q: Optional[float]
    q_df: Optional[float]
    q_p: Optional[float]
    tau2_ci_lower: Optional[float]
    tau2_ci_upper: Optional[float]
    i2_ci_lower: Optional[float]
    i2_ci_upper: Optional[float]


class StudyEffect(Record):
    """A study's estimate on the analysis scale."""

    study: str
    yi: float
    vi: float
    sei: float
    ci_lower: float
    ci_upper: float
    display: Display


class Study(StudyEffect):
    """A study of a pooled result; ``weight`` in per cent."""

    weight: Optional[float]


class EffectRow(StudyEffect):
    """An effect size."""

    row: int
    p: Optional[float]


class AbsoluteRow(Record):
    """A risk difference and its number needed to treat."""

    study: Optional[str]
    baseline_risk: Optional[float]
    risk_experimental: Optional[float]
    risk_difference: Optional[float]
    rd_ci_lower: Optional[float]
    rd_ci_upper: Optional[float]
    nnt: Optional[float]
    kind: Optional[str]
    ci: Record
    per_1000: Optional[float]
    method: Optional[str]


class Report(Record):
    """A report of the engine: the JSON of the command line, read when first asked for, an entry alone if need be.

    ``str(report)`` is the text report of the command line, ``report.json`` the very bytes that it prints as JSON.
    """

    schema: str
    warnings: list[str]
    provenance: Record

    def __init__(self, json_bytes: bytes, again: Callable[[str], bytes]) -> None:
        self._bytes = json_bytes
        self._again = again
        self._whole: Optional[dict[str, Any]] = None
        self._parts: dict[str, Any] = {}

    @property
    def _entries(self) -> dict[str, Any]:  # type: ignore[override]
        if self._whole is None:
            self._whole = json.loads(self._bytes)
        return self._whole

    def __getitem__(self, key: str) -> Any:
        if self._whole is not None:
            return self._whole[key]
        if key not in self._parts:
            text = self._text_of(key)
            if text is None:
                return self._entries[key]
            self._parts[key] = json.loads(text)
        return self._parts[key]

    def _text_of(self, key: str) -> Optional[bytes]:
        """The JSON of an entry: entries begin on lines of their own, two blanks in; all that is in them stands deeper."""
        mark = f'\n  "{key}": '.encode()
        start = self._bytes.find(mark) if isinstance(key, str) and key.isidentifier() else -1
        if start < 0:
            return None
        start += len(mark)
        end = self._bytes.find(b'\n  "', start)
        if end < 0:
            end = self._bytes.rfind(b"\n}")
        return self._bytes[start:end].rstrip(b",")

    @property
    def json(self) -> bytes:
        """The report as the command line prints it with ``--format json``."""
        return self._bytes

    def text(self) -> str:
        """The report as the command line prints it for people."""
        return self._again("text").decode("utf-8")

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.text())}</pre>"

    def __reduce__(self) -> tuple[object, ...]:
        return (_restored, (type(self), self._bytes, self.text()))


def _restored(kind: type[Report], json_bytes: bytes, text: str) -> Report:
    return kind(json_bytes, lambda _: text.encode("utf-8"))


class StudiesReport(Report):
    """A report on a set of studies."""

    measure: str
    k: int
    excluded: list[Record]


class PoolResult(StudiesReport):
    """One analysis of one set of studies."""

    scale: str
    model: Record
    pooled: Estimate
    display: Display
    coefficients: list[Coefficient]
    omnibus: Optional[Record]
    heterogeneity: Heterogeneity
    fit: Record
    convergence: Record
    subgroups: list[Record]
    subgroup_test: Optional[Record]
    studies: list[Study]


class EffectsResult(StudiesReport):
    """An effect size for each row."""

    scale: str
    rows: list[EffectRow]


class NNTResult(Report):
    """Absolute effects."""

    rows: list[AbsoluteRow]


class BiasResult(StudiesReport):
    """Small-study effects, selection, sensitivity."""

    tests: list[Record]
    trim_and_fill: Optional[Record]
    fail_safe: list[Record]
    selection: Optional[Record]
    excess_significance: Optional[Record]
    pet: Optional[Record]
    peese: Optional[Record]
    limit: Optional[Record]


class DiagnoseResult(StudiesReport):
    """Who drives the result."""

    influence: list[Record]
    leave_one_out: list[Record]
    cumulative: list[Record]
    baujat: list[Record]
    gosh: Optional[Record]


class ConvertResult(Report):
    """What was recovered from printed numbers."""

    rows: list[Record]
    excluded: list[Record]
