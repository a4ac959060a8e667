"""What goes wrong, as Python exceptions."""

from __future__ import annotations

import json
from typing import ClassVar, Optional

__all__ = [
    "EvidenceError",
    "UsageError",
    "DataError",
    "InputNotFoundError",
    "NotEstimableError",
    "EngineError",
    "OutputError",
]


class EvidenceError(Exception):
    """An analysis that could not be done, with its reason and its place in the input.

    Attributes:
        code: exit code of the ``evidence`` program for the same trouble.
        message: one sentence that names the value and what was expected.
        file, line, column: place in the input, where the trouble has one; the header is line 1.
        hint: what to try.
    """

    codes: ClassVar[tuple[int, ...]] = ()

    def __init__(
        self,
        code: int,
        message: str,
        *,
        file: Optional[str] = None,
        line: Optional[int] = None,
        column: Optional[str] = None,
        hint: Optional[str] = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        place = []
        if self.file is not None and self.file != "-":
            place.append(self.file)
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(f'column "{self.column}"')
        text = f"{', '.join(place)}: {self.message}" if place else self.message
        return f"{text} (hint: {self.hint})" if self.hint else text

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (type(self), self.code, self.message, self.file, self.line, self.column, self.hint))


def _rebuilt(kind: type, code: int, message: str, file: object, line: object, column: object, hint: object) -> object:
    return kind(code, message, file=file, line=line, column=column, hint=hint)


class UsageError(EvidenceError, ValueError):
    """Options that are unknown, or do not go together (64)."""

    codes = (64,)


class DataError(EvidenceError, ValueError):
    """A value in the data that cannot be (65)."""

    codes = (65,)


class InputNotFoundError(EvidenceError, OSError):
    """No such file or data set (66)."""

    codes = (66,)


class NotEstimableError(EvidenceError, ArithmeticError):
    """A quantity that the data do not determine, or that did not converge (69)."""

    codes = (69,)


class EngineError(EvidenceError, RuntimeError):
    """A bug of ours (70)."""

    codes = (70,)


class OutputError(EvidenceError, OSError):
    """A file that cannot be written (73, 74)."""

    codes = (73, 74)


_BY_CODE = {
    code: kind
    for kind in (UsageError, DataError, InputNotFoundError, NotEstimableError, EngineError, OutputError)
    for code in kind.codes
}


def error_from_answer(code: int, messages: str) -> EvidenceError:
    """The exception that an answer's code and its last line, a JSON object, describe."""
    kind = _BY_CODE.get(code, EvidenceError)
    for line in reversed(messages.splitlines()):
        if line.startswith('{"error"'):
            said = json.loads(line)["error"]
            return kind(
                code,
                said["message"],
                file=said.get("file"),
                line=said.get("line"),
                column=said.get("column"),
                hint=said.get("hint"),
            )
    return kind(code, messages.strip() or f"the run ended with code {code}")
