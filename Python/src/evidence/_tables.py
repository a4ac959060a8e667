"""From Python's tables to what the engine reads."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Optional

__all__ = ["Source", "columns_of", "source"]


class Source:
    """Where a command reads from: an argument, and perhaps bytes for it."""

    __slots__ = ("argument", "content")

    def __init__(self, argument: str, content: Optional[bytes]) -> None:
        self.argument = argument
        self.content = content


def source(data: Any) -> Source:
    """The source that ``data`` is.

    A text or a path names a file or a built-in data set; bytes are the content of a CSV, JSON or NDJSON file; everything else is
    a table (see `columns_of`) and becomes CSV with every digit of its numbers.
    """
    if isinstance(data, str):
        return Source(data, None)
    if isinstance(data, os.PathLike):
        return Source(os.fspath(data), None)
    if isinstance(data, (bytes, bytearray, memoryview)):
        return Source("-", bytes(data))
    return Source("-", csv_bytes(columns_of(data)))


def columns_of(data: Any) -> dict[str, Any]:
    """The columns of a table by name, in order, each as a sequence or an array.

    Accepts a mapping of columns, a list of mappings (rows), a numpy structured array, and pandas, polars and pyarrow frames.
    """
    if isinstance(data, Mapping):
        return {str(name): values for name, values in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str):
        return _columns_of_rows(data)
    names = getattr(getattr(data, "dtype", None), "names", None)
    if names:  # a numpy structured array
        return {name: data[name] for name in names}
    if hasattr(data, "column_names") and hasattr(data, "column"):  # pyarrow
        return {name: data.column(index) for index, name in enumerate(data.column_names)}
    if hasattr(data, "schema") and hasattr(data, "to_pydict"):  # a pyarrow record batch of older versions
        return {name: data.column(index) for index, name in enumerate(data.schema.names)}
    if hasattr(data, "columns") and hasattr(data, "__getitem__"):  # pandas, polars
        return {str(name): data[name] for name in data.columns}
    raise TypeError(
        f"a table is needed, not {type(data).__name__}: a file name, bytes, a mapping of columns, a list of rows, "
        "or a pandas, polars or pyarrow frame"
    )


def _columns_of_rows(rows: Sequence[Any]) -> dict[str, list[Any]]:
    names: dict[str, None] = {}
    for row in rows:
        if not isinstance(row, Mapping):
            raise TypeError(f"a list of rows must hold mappings, not {type(row).__name__}")
        names.update(dict.fromkeys(row))
    return {str(name): [row.get(name) for row in rows] for name in names}


def values_of(column: Any) -> list[Any]:
    """The values of a column as Python objects."""
    if isinstance(column, list):
        return column
    for method in ("to_pylist", "to_list", "tolist"):
        convert = getattr(column, method, None)
        if convert is not None:
            return list(convert())
    return list(column)


def csv_bytes(columns: Mapping[str, Any]) -> bytes:
    """A CSV file with these columns: UTF-8, commas, numbers in the shortest text that reads back to the same double."""
    cells = [_cells(values_of(column)) for column in columns.values()]
    lengths = {len(column) for column in cells}
    if len(lengths) > 1:
        told = ", ".join(f"{name} has {len(column)}" for name, column in zip(columns, cells))
        raise ValueError(f"the columns of a table must be of one length: {told}")
    if not cells:
        raise ValueError("a table needs at least one column")
    lines = [",".join(_text(str(name)) for name in columns)]
    lines.extend(map(",".join, zip(*cells)))
    lines.append("")
    return "\n".join(lines).encode("utf-8")


def _cells(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds == {float}:
        texts = list(map(repr, values))
        return texts if "nan" not in texts else [text if text != "nan" else "" for text in texts]
    if kinds == {int}:
        return list(map(repr, values))
    return list(map(_cell, values))


def _cell(value: Any) -> str:
    kind = type(value)
    if kind is float:
        return repr(value) if value == value else ""
    if kind is int:
        return str(value)
    if kind is str:
        return _text(value)
    if value is None:
        return ""
    if kind is bool:
        return "true" if value else "false"
    return _unusual(value)


def _unusual(value: Any) -> str:
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:  # a numpy scalar
        return _cell(value.item())
    try:
        if value != value:  # NaN and NaT of any library
            return ""
    except TypeError:  # pandas.NA has no truth value
        return ""
    if isinstance(value, (int, float)):
        return repr(value)
    return _text(str(value))


_QUOTED = re.compile(r"""^$|[,"\n\r;\t|]|^\s|\s$""")
"""Texts that must stand in quotes: none, with a mark that means something, with a blank at an end."""


def _text(text: str) -> str:
    if _QUOTED.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def words(names: Iterable[str] | str) -> list[str]:
    """A list of names, of which a single one may be given as it is."""
    return [names] if isinstance(names, str) else [str(name) for name in names]
