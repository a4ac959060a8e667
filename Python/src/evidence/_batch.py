"""Batches: one specification for many groups of studies, over columns in memory."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import POINTER, Structure, byref, c_double, c_int32, c_int64, c_size_t, c_void_p, cast
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Optional, Union

import numpy as np
import numpy.typing as npt

from ._commands import words
from ._errors import UsageError, error_from_answer
from ._library import Answer, Bytes, library
from ._tables import columns_of
from ._tables import words as names_of

__all__ = ["STATUSES", "BatchResult", "GroupProblem", "batch", "batch_arrays"]

Array = npt.NDArray[Any]

STATUSES = ("ok", "no_usable_rows", "bad_value", "too_few_studies", "not_estimable", "not_converged")
"""The words of status codes."""

_DOUBLES = ("estimate", "se", "ci_lower", "ci_upper", "p", "tau2", "i2", "q", "q_p", "pi_lower", "pi_upper")
_OWN = {
    "format": "results are columns",
    "output": "results are columns",
    "by": "batch takes by=, batch_arrays offsets",
    "shard": "hand over a part of the groups",
    "resume": "results are columns",
}


class _Results(Structure):
    """``evidence_results``."""

    _fields_ = [("k", c_void_p), *((name, c_void_p) for name in _DOUBLES), ("status", c_void_p)]


def _declare() -> None:
    library.evidence_batch_create.restype = c_int32
    library.evidence_batch_create.argtypes = [Bytes, POINTER(c_void_p), POINTER(Answer)]
    library.evidence_batch_free.restype = None
    library.evidence_batch_free.argtypes = [c_void_p]
    library.evidence_batch_run.restype = c_int32
    library.evidence_batch_run.argtypes = [
        c_void_p, c_size_t, c_void_p, c_size_t, POINTER(c_void_p), c_size_t, POINTER(_Results), POINTER(Answer),
    ]  # fmt: skip
    library.evidence_batch_run_arrow.restype = c_int32
    library.evidence_batch_run_arrow.argtypes = [c_void_p, c_void_p, c_void_p, c_void_p, c_void_p, POINTER(Answer)]


_declare()


class Plan:
    """A specification with the roles of its columns; threads may share it."""

    def __init__(self, request: bytes) -> None:
        handle = c_void_p()
        answer = Answer()
        self._handle: Optional[c_void_p] = None
        code = library.evidence_batch_create(Bytes(request, len(request)), byref(handle), byref(answer))
        output, messages = answer.take()
        if code != 0:
            raise error_from_answer(code, messages)
        self._handle = handle
        told = json.loads(output)
        self.measure: str = told["measure"]
        self.roles: list[dict[str, Any]] = told["roles"]
        self.results: list[str] = told["results"]

    def run(self, offsets: Array, rows: int, columns: Sequence[Array], results: Mapping[str, Array]) -> list[Any]:
        """Runs over columns that the caller has made right; the problems."""
        pointers = (c_void_p * len(columns))(*(column.ctypes.data for column in columns))
        places = _Results(**{name: column.ctypes.data for name, column in results.items()})
        answer = Answer()
        code = library.evidence_batch_run(
            self._handle, len(offsets) - 1, offsets.ctypes.data, rows, pointers, len(columns), byref(places),
            byref(answer),
        )  # fmt: skip
        output, messages = answer.take()
        if code != 0:
            raise error_from_answer(code, messages)
        problems: list[Any] = json.loads(output)["problems"]
        return problems

    def run_arrow(self, schema: int, array: int, result_schema: int, result_array: int) -> None:
        """Runs over the Arrow structs at these addresses; the results are exported to the last two."""
        answer = Answer()
        code = library.evidence_batch_run_arrow(
            self._handle, schema, array, result_schema, result_array, byref(answer)
        )
        _, messages = answer.take()
        if code != 0:
            raise error_from_answer(code, messages)

    def __del__(self, free: Callable[[c_void_p], None] = library.evidence_batch_free) -> None:
        if self._handle is not None:
            free(self._handle)


_forked = False


def _after_fork() -> None:
    # The threads of the parent's pool are not there in a forked child: it works on one thread.
    global _forked
    _forked = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@lru_cache(maxsize=256)
def _plan(request: bytes) -> Plan:
    return Plan(request)


def plan(columns: Sequence[str], options: Mapping[str, Any]) -> Plan:
    """The plan of a batch over columns with these names."""
    given = words(options, _OWN)
    if _forked:
        given["jobs"] = 1
    return _plan(json.dumps({"options": given, "columns": list(columns)}).encode())


@dataclass(frozen=True)
class GroupProblem:
    """Why a group has no result."""

    group: int
    """Which group, from 0."""
    status: str
    """A word of `STATUSES`."""
    message: str
    """The reason; empty where the status says it all."""
    row: Optional[int] = None
    """The row to blame, from 0; ``None`` where it is no single one."""


class BatchResult(Mapping[str, Array]):
    """The results of a batch: a mapping of columns, each also an attribute, with a value for every group.

    Beside the groups' own columns these are ``k``, ``estimate``, ``se``, ``ci_lower``, ``ci_upper``, ``p``, ``tau2``, ``i2``
    (per cent), ``q``, ``q_p``, with ``prediction=…`` also ``pi_lower`` and ``pi_upper``, and ``status``, codes of `STATUSES`. Estimates
    are on the analysis scale (log odds ratios). What does not exist is NaN.
    """

    k: Array
    estimate: Array
    se: Array
    ci_lower: Array
    ci_upper: Array
    p: Array
    tau2: Array
    i2: Array
    q: Array
    q_p: Array
    pi_lower: Array
    pi_upper: Array
    status: Array

    def __init__(self, keys: Mapping[str, Any], columns: Mapping[str, Array], problems: list[Any], measure: str) -> None:
        self.keys_: dict[str, Any] = dict(keys)
        """The groups' own columns."""
        self.measure = measure
        self._columns = dict(columns)
        self._problems = problems

    def __getitem__(self, name: str) -> Any:
        return self._columns[name] if name in self._columns else self.keys_[name]

    def __iter__(self) -> Iterator[str]:
        yield from self.keys_
        yield from self._columns

    def __len__(self) -> int:
        return len(self.keys_) + len(self._columns)

    def __getattr__(self, name: str) -> Array:
        try:
            column: Array = self.__dict__["_columns"][name]
        except KeyError:
            raise AttributeError(f"this batch has no column {name}") from None
        return column

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self._columns["status"])

    @property
    def problems(self) -> list[GroupProblem]:
        """The groups without a result, in order."""
        return [
            GroupProblem(one["group"], one["status"], one.get("message", ""), one.get("row"))
            for one in self._problems
        ]

    @property
    def status_text(self) -> list[str]:
        """A word for each group, and the reason behind it where there is one: ``bad_value: vi = -1, expected …``."""
        texts = ["ok"] * self.groups
        for one in self._problems:
            message = one.get("message")
            texts[one["group"]] = f"{one['status']}: {message}" if message else one["status"]
        return texts

    def to_dict(self) -> dict[str, Any]:
        """All columns, the status in words."""
        return {**self.keys_, **self._columns, "status": self.status_text}

    def to_pandas(self) -> Any:
        """A pandas frame, a row for each group."""
        import pandas

        return pandas.DataFrame(self.to_dict())

    def to_polars(self) -> Any:
        """A polars frame, a row for each group."""
        import polars

        return polars.DataFrame(self.to_dict())

    def to_arrow(self) -> Any:
        """A pyarrow table, a row for each group; NaN becomes null."""
        import pyarrow

        columns = {name: pyarrow.array(values) for name, values in self.keys_.items()}
        for name, values in self._columns.items():
            columns[name] = pyarrow.array(values, from_pandas=True)
        return pyarrow.table({**columns, "status": pyarrow.array(self.status_text)})

    def __repr__(self) -> str:
        failed: dict[str, int] = {}
        for one in self._problems:
            failed[one["status"]] = failed.get(one["status"], 0) + 1
        told = "".join(f", {count} {word}" for word, count in sorted(failed.items()))
        good = self.groups - sum(failed.values())
        return f"<batch of {self.groups} groups, {self.measure}: {good} ok{told}>"


def batch_arrays(
    yi: Optional[npt.ArrayLike] = None,
    vi: Optional[npt.ArrayLike] = None,
    *,
    offsets: Optional[npt.ArrayLike] = None,
    results: Optional[Sequence[str]] = None,
    **options: Any,
) -> BatchResult:
    """One analysis for each group of values in arrays.

    Args:
        yi, vi: estimates and sampling variances: G×k arrays with a group a row, or flat arrays that ``offsets`` cut. NaN is a
            missing value.
        offsets: G + 1 ascending numbers; the values of group g are ``offsets[g]`` to ``offsets[g + 1] - 1``.
        results: the columns wanted, such as ``["estimate", "se"]``; all otherwise. What is not wanted costs nothing.
        options: other roles as arrays (``ai=…, n1i=…, ci=…, n2i=…`` with ``measure="OR"``), and every option of ``evidence batch`` that
            says how to analyse: ``measure`` (``GEN``), ``method`` (``REML``), ``inference`` (``normal``), ``level``, ``prediction``, ``jobs``, …

    Contiguous arrays of doubles are used as they stand, others copied. The bits are those of ``evidence batch``.

    Raises:
        EvidenceError: for a call that makes no sense; a group that cannot be analysed only gets a status.
    """
    given = {"yi": yi, "vi": vi, **{name: options.pop(name) for name in list(options) if _is_column(options[name])}}
    columns = {name: np.ascontiguousarray(values, dtype=np.float64) for name, values in given.items() if values is not None}
    if not columns:
        raise TypeError("give columns, such as yi and vi, or ai, n1i, ci and n2i")
    shapes = {column.shape for column in columns.values()}
    if len(shapes) > 1:
        told = ", ".join(f"{name} {column.shape}" for name, column in columns.items())
        raise ValueError(f"columns must be of one shape: {told}")
    shape = shapes.pop()
    if offsets is None:
        if len(shape) != 2:
            raise TypeError("flat columns need offsets, one more than there are groups")
        cuts = np.arange(shape[0] + 1, dtype=np.int64) * shape[1]
    else:
        cuts = np.ascontiguousarray(offsets, dtype=np.int64)
        if cuts.ndim != 1 or len(cuts) == 0:
            raise ValueError("offsets must be a flat array, one more than there are groups")
    if "measure" not in options and "yi" in columns:
        options["measure"] = "GEN"
    return _run({}, cuts, {name: column.reshape(-1) for name, column in columns.items()}, results, options)


def _is_column(value: Any) -> bool:
    if isinstance(value, (str, bytes, Mapping)):
        return False
    return hasattr(value, "__len__") or hasattr(value, "__array__") and getattr(value, "ndim", 0) > 0


def _run(
    keys: Mapping[str, Any],
    offsets: Array,
    columns: Mapping[str, Array],
    wanted: Optional[Sequence[str]],
    options: Mapping[str, Any],
) -> BatchResult:
    made = plan(list(columns), options)
    unknown = [name for name in wanted or () if name not in made.results]
    if unknown:
        raise UsageError(64, f"results have no column {unknown[0]}", hint=f"choose from {', '.join(made.results)}")
    count = len(offsets) - 1
    names = [name for name in made.results if wanted is None or name in wanted or name == "status"]
    results = {name: np.empty(count, np.int32 if name in ("k", "status") else np.float64) for name in names}
    used = [np.ascontiguousarray(columns[role["name"]], dtype=np.float64) for role in made.roles]
    problems = made.run(offsets, min((len(column) for column in used), default=0), used, results)
    return BatchResult(keys, results, problems, made.measure)


def batch(
    frame: Any, by: Union[str, Sequence[str]], *, results: Optional[Sequence[str]] = None, **options: Any
) -> BatchResult:
    """One analysis for each group of rows of a long table.

    Args:
        frame: a pandas, polars or pyarrow frame, or a mapping of columns.
        by: the column or columns whose values name a group. Groups come in the order of their first rows; rows of a group need
            not stand together, and where they do nothing is copied.
        results: the columns wanted; all otherwise.
        options: as for `batch_arrays`; ``map={"yi": "beta", …}`` names columns.
    """
    columns = columns_of(frame)
    names = names_of(by)
    for name in names:
        if name not in columns:
            raise UsageError(64, f"by names a column {name!r} that the table does not have", hint=", ".join(columns))
    others = [name for name in columns if name not in names]
    made = plan(others, options)
    values = {role["name"]: _numbers(role["name"], columns[role["name"]]) for role in made.roles}
    keys = {name: _key(columns[name]) for name in names}
    order, offsets = _groups(list(keys.values()))
    if order is not None:
        values = {name: column[order] for name, column in values.items()}
    firsts = offsets[:-1] if order is None else order[offsets[:-1]]
    mapped = {"map": {role["role"]: role["name"] for role in made.roles}}
    return _run({name: key[firsts] for name, key in keys.items()}, offsets, values, results, {**options, **mapped})


def _key(column: Any) -> Array:
    return np.asarray(column.to_numpy() if hasattr(column, "to_numpy") else column)


def _numbers(name: str, column: Any) -> Array:
    """A column as doubles, NaN for what is missing."""
    if isinstance(column, np.ndarray) and column.dtype == np.float64:
        return np.ascontiguousarray(column)
    try:
        if hasattr(column, "to_numpy"):
            try:
                return np.ascontiguousarray(column.to_numpy(dtype=np.float64, na_value=np.nan))  # pandas
            except TypeError:
                return np.ascontiguousarray(column.to_numpy(), dtype=np.float64)  # polars, pyarrow
        if isinstance(column, list):
            column = [np.nan if value is None else value for value in column]
        return np.ascontiguousarray(column, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise UsageError(64, f"column {name!r} does not hold numbers only: {error}") from error


def _groups(keys: list[Array]) -> tuple[Optional[Array], Array]:
    """An order that brings the rows of each group together (``None`` where they are), and where groups begin and end."""
    rows = len(keys[0])
    if rows == 0:
        return None, np.zeros(1, dtype=np.int64)
    changes = np.zeros(rows, dtype=bool)
    changes[0] = True
    for key in keys:
        changes[1:] |= key[1:] != key[:-1]
    runs = np.flatnonzero(changes)
    labels: dict[Any, int] = {}
    heads = zip(*(key[runs].tolist() for key in keys))
    numbers = np.fromiter((labels.setdefault(head, len(labels)) for head in heads), dtype=np.int64, count=len(runs))
    if len(labels) == len(runs):
        return None, np.append(runs, rows).astype(np.int64)
    lengths = np.diff(np.append(runs, rows))
    order = np.argsort(np.repeat(numbers, lengths), kind="stable")
    sizes = np.bincount(numbers, weights=lengths, minlength=len(labels)).astype(np.int64)
    return order, np.concatenate(([0], np.cumsum(sizes)))
