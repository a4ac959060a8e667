"""Meta-analysis from tables of trials: effect sizes, pooled estimates, numbers needed to treat, forest plots, batches.

    >>> import evidence
    >>> result = evidence.pool("bcg", measure="RR", inference="hartung-knapp")
    >>> round(result.display.estimate, 3)
    0.489

Each function is a command of the ``evidence`` program, and gives the same numbers to the last bit.
"""

from ._batch import BatchResult, GroupProblem, batch, batch_arrays
from ._commands import bias, command, convert, diagnose, effects, forest, nnt, plot, pool
from ._errors import (
    DataError,
    EngineError,
    EvidenceError,
    InputNotFoundError,
    NotEstimableError,
    OutputError,
    UsageError,
)
from ._figures import Figure
from ._library import version as _version
from ._results import (
    BiasResult,
    ConvertResult,
    DiagnoseResult,
    EffectsResult,
    NNTResult,
    PoolResult,
    Record,
    Report,
)

__version__ = _version()

__all__ = [
    "BatchResult",
    "BiasResult",
    "ConvertResult",
    "DataError",
    "DiagnoseResult",
    "EffectsResult",
    "EngineError",
    "EvidenceError",
    "Figure",
    "GroupProblem",
    "InputNotFoundError",
    "NNTResult",
    "NotEstimableError",
    "OutputError",
    "PoolResult",
    "Record",
    "Report",
    "UsageError",
    "batch",
    "batch_arrays",
    "bias",
    "command",
    "convert",
    "diagnose",
    "effects",
    "forest",
    "nnt",
    "plot",
    "pool",
]
