"""Batches over Arrow record batches of nested rows."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from ._batch import Plan

if TYPE_CHECKING:
    import pyarrow

__all__ = ["run_record_batch"]


_Schema = ctypes.c_uint64 * 9
"""Room for a ``struct ArrowSchema``: nine words of 64 bits."""

_Array = ctypes.c_uint64 * 10
"""Room for a ``struct ArrowArray``: ten words of 64 bits."""


def run_record_batch(plan: Plan, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """The results of a plan over nested rows (each row a group, each role a list of numbers), without copying doubles.

    The result has a row for each row: ``k``, the estimates, and ``status`` in words. What does not exist is null.
    """
    import pyarrow

    names = {role["name"] for role in plan.roles}
    wanted = [index for index, field in enumerate(batch.schema) if _plays(field, names)]
    source = batch.select(wanted)
    structs = [_Schema(), _Array(), _Schema(), _Array()]
    schema, array, result_schema, result_array = map(ctypes.addressof, structs)
    source._export_to_c(array, schema)
    plan.run_arrow(schema, array, result_schema, result_array)  # takes over what was exported
    return pyarrow.RecordBatch._import_from_c(result_array, result_schema)


def _plays(field: pyarrow.Field, names: set[str]) -> bool:
    """Whether a column is needed: a list of the name of a role, or a list of structs with such a field."""
    value = getattr(field.type, "value_type", None)
    if value is None:
        return False
    if field.name in names:
        return True
    return getattr(value, "num_fields", 0) > 0 and any(value.field(i).name in names for i in range(value.num_fields))
