"""The shared library: loading it, and its document calls."""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_char_p, c_int32, c_size_t, c_void_p
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from ._errors import EvidenceError, error_from_answer

__all__ = ["Answer", "Command", "command", "library", "run"]

_ABI_VERSION = 1


class Bytes(Structure):
    """``evidence_bytes``; keeps the Python object alive whose bytes it shows."""

    _fields_ = [("data", c_char_p), ("length", c_size_t)]


class Input(Structure):
    """``evidence_input``, the members of its parts side by side."""

    _fields_ = [("name", c_char_p), ("name_length", c_size_t), ("content", c_char_p), ("content_length", c_size_t)]


class Answer(Structure):
    """``evidence_answer``, the members of its parts side by side."""

    _fields_ = [
        ("code", c_int32),
        ("output", c_void_p),
        ("output_length", c_size_t),
        ("messages", c_void_p),
        ("messages_length", c_size_t),
        ("owner", c_void_p),
    ]

    def take(self) -> tuple[bytes, str]:
        """The output and the messages, copied; the library's memory is given back."""
        output = ctypes.string_at(self.output, self.output_length) if self.output_length else b""
        messages = ctypes.string_at(self.messages, self.messages_length).decode() if self.messages_length else ""
        library.evidence_answer_free(byref(self))
        return output, messages


def _load() -> ctypes.CDLL:
    override = os.environ.get("EVIDENCE_LIBRARY")
    path = Path(override) if override else Path(__file__).with_name("libevidence.so")
    try:
        loaded = ctypes.CDLL(str(path))
    except OSError as error:
        raise ImportError(f"cannot load the evidence library from {path}: {error}") from error
    loaded.evidence_version.restype = c_char_p
    loaded.evidence_version.argtypes = []
    loaded.evidence_abi_version.restype = c_int32
    loaded.evidence_abi_version.argtypes = []
    found = loaded.evidence_abi_version()
    if found != _ABI_VERSION:
        raise ImportError(f"{path} has version {found} of the binary interface; this package needs {_ABI_VERSION}")
    loaded.evidence_answer_free.restype = None
    loaded.evidence_answer_free.argtypes = [POINTER(Answer)]
    loaded.evidence_command_create.restype = c_int32
    loaded.evidence_command_create.argtypes = [Bytes, POINTER(c_void_p), POINTER(Answer)]
    loaded.evidence_command_run.restype = c_int32
    loaded.evidence_command_run.argtypes = [c_void_p, POINTER(Input), c_size_t, POINTER(Answer)]
    loaded.evidence_command_free.restype = None
    loaded.evidence_command_free.argtypes = [c_void_p]
    return loaded


library = _load()

class Command:
    """A parsed command, to be run any number of times; threads may share it."""

    __slots__ = ("_handle",)

    def __init__(self, request: bytes) -> None:
        handle = c_void_p()
        answer = Answer()
        self._handle: Optional[c_void_p] = None
        code = library.evidence_command_create(Bytes(request, len(request)), byref(handle), byref(answer))
        _, messages = answer.take()
        if code != 0:
            raise error_from_answer(code, messages)
        self._handle = handle

    def run(self, content: Optional[bytes] = None) -> tuple[int, bytes, str]:
        """Code, output and messages of a run on ``content`` (the input named ``-``), or on what the request names."""
        answer = Answer()
        if content is None:
            library.evidence_command_run(self._handle, None, 0, byref(answer))
        else:
            given = Input(b"-", 1, content, len(content))
            library.evidence_command_run(self._handle, byref(given), 1, byref(answer))
        return answer.code, *answer.take()

    def __del__(self, free: Callable[[c_void_p], None] = library.evidence_command_free) -> None:
        # Bound here: at the end of the process this module's names may be gone before the last command.
        if self._handle is not None:
            free(self._handle)


class _Encoded(str):
    """A value in JSON, where every two that differ have different texts (0.0 and -0.0, a list with 1 and one with true)."""


@lru_cache(maxsize=256, typed=True)
def command(name: str, arguments: tuple[str, ...], *options: Any) -> Command:
    """The command of a name, arguments and options, a name and a value in turns; the last ones are kept."""
    named = {
        option: json.loads(value) if isinstance(value, _Encoded) else value
        for option, value in zip(options[::2], options[1::2])
    }
    return Command(json.dumps({"command": name, "arguments": arguments, "options": named}).encode())


def run(name: str, arguments: list[str], options: dict[str, Any], content: Optional[bytes] = None) -> bytes:
    """What ``evidence NAME ARGUMENTS --OPTIONS`` prints.

    Raises:
        EvidenceError: when it ends with a code other than 0 (or 1, which is an answer).
    """
    words: list[Any] = []
    for option, value in options.items():
        words += option, value if type(value) in (str, bool, int) else _Encoded(json.dumps(value))
    code, output, messages = command(name, tuple(arguments), *words).run(content)
    if code not in (0, 1) or (code == 1 and not output):
        raise error_from_answer(code, messages)
    return output


def version() -> str:
    """Version of the library."""
    text: Optional[bytes] = library.evidence_version()
    if text is None:
        raise EvidenceError(70, "the library has no version")
    return text.decode()
