"""Figures: drawn by the engine, shown by notebooks."""

from __future__ import annotations

import json
import os
from functools import cached_property
from typing import Any, Optional, Union

from ._library import run

__all__ = ["Figure"]


class Figure:
    """A figure of the engine. A notebook shows it inline; nothing else is needed to draw it."""

    def __init__(self, name: str, arguments: list[str], options: dict[str, Any], content: Optional[bytes]) -> None:
        self._name = name
        self._arguments = arguments
        self._options = options
        self._content = content
        self._svg = self._run(format="svg").decode("utf-8")

    def _run(self, **options: Any) -> bytes:
        return run(self._name, self._arguments, {**self._options, **options}, self._content)

    def to_svg(self) -> str:
        """The figure as SVG: the same bytes as ``evidence … --format svg``."""
        return self._svg

    @cached_property
    def data(self) -> dict[str, Any]:
        """The data of the figure, from which alone it can be drawn again."""
        data: dict[str, Any] = json.loads(self._run(format="json"))
        return data

    def text(self) -> str:
        """The figure in a terminal's characters, where the command has that."""
        return self._run(format="text").decode("utf-8")

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Writes the figure to a file whose extension says how: ``.svg``, ``.json``, ``.csv``, …"""
        self._run(output=os.fspath(path))

    def _repr_svg_(self) -> str:
        return self._svg

    def _repr_html_(self) -> str:
        return f'<div style="overflow-x:auto">{self._svg[max(self._svg.find("<svg"), 0):]}</div>'

    def __repr__(self) -> str:
        return self.text() if self._name == "forest" else f"<{self._name} {' '.join(self._arguments)}>"
