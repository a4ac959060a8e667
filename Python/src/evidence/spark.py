"""Batches on Apache Spark: one analysis for each group of a Spark frame, or for each nested row.

The rows of a group are gathered once into one nested row, and Python workers hand whole Arrow batches of nested rows to the engine
through its C interface (``mapInArrow``): no Python code runs per group. This package must be installed where the workers run; name
their interpreter in ``PYSPARK_PYTHON``.

Input of `batch`: a frame with the group's columns and a column for each role (``yi vi``, ``ai n1i ci n2i``, …), found by role names and usual
spellings or said by ``map=``. Input of `batch_nested`: any columns, and for each role a column of ``array<number>``, or one column of
``array<struct<…>>`` with a field for each role.

Output of both: the group's columns (`batch`) or all columns that are no role (`batch_nested`), then ``k int``, ``estimate se ci_lower ci_upper p
tau2 i2 q q_p double``, with ``prediction=`` also ``pi_lower pi_upper double``, and ``status string``: ``ok``, or why the group has no result. Estimates are
on the analysis scale; what does not exist is null. A group that cannot be analysed never stops the job.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from ._batch import plan
from ._tables import words as names_of

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["batch", "batch_nested", "nest"]

STUDIES = "studies"
"""Name of the column of nested rows that `nest` makes."""


def batch(df: DataFrame, by: Union[str, Sequence[str]], *, order: Optional[str] = None, **options: Any) -> DataFrame:
    """One analysis for each group of rows.

    Args:
        df: a Spark frame, a row a study.
        by: the column or columns whose values name a group.
        order: a column that says in which order a group's studies are summed up, on which the last bits of sums depend. Without it
            they keep the order of rows in the frame's partitions, and of its partitions: for one file that is the order in the file,
            and the bits are those of ``evidence batch`` on it. Give it where a group's rows come from several files.
        options: the options of ``evidence batch`` that say how to analyse: ``measure``, ``method``, ``inference``, ``level``, ``prediction``, …
    """
    names = names_of(by)
    roles = plan([name for name in df.columns if name not in names], options).roles
    nested = nest(df, names, [role["name"] for role in roles], order=order)
    mapped = {"map": {role["role"]: role["name"] for role in roles}}
    return _run(nested, names, [role["name"] for role in roles], {**options, **mapped})


def nest(df: DataFrame, by: Union[str, Sequence[str]], columns: Sequence[str], *, order: Optional[str] = None) -> DataFrame:
    """A row for each group: the group's columns and ``studies``, an array of structs of doubles in a fixed order.

    Keep the result (as Parquet, say) where the same groups are analysed more than once: gathering is what costs.
    """
    from pyspark.sql import functions as f

    names = names_of(by)
    place = f.monotonically_increasing_id() if order is None else f.col(_quoted(order))
    fields = [f.col(_quoted(name)).cast("double").alias(name) for name in columns]
    rows = df.select(*map(_quoted, names), f.struct(place.alias("_place"), *fields).alias("_row"))
    gathered = rows.groupBy(*map(_quoted, names)).agg(f.sort_array(f.collect_list("_row")).alias("_rows"))
    studies = f.transform("_rows", lambda row: f.struct(*(row[name].alias(name) for name in columns)))
    return gathered.select(*map(_quoted, names), studies.alias(STUDIES))


def batch_nested(df: DataFrame, columns: Sequence[str], **options: Any) -> DataFrame:
    """One analysis for each row of a frame whose roles are arrays.

    Args:
        df: a Spark frame, a row an analysis.
        columns: the columns of arrays, or the fields of the array of structs, that play the roles, such as ``["yi", "vi"]``.
        options: as for `batch`.
    """
    kept = [field.name for field in df.schema.fields if not _holds_roles(field, set(columns))]
    return _run(df, kept, list(columns), options)


def _holds_roles(field: Any, columns: set[str]) -> bool:
    element = getattr(field.dataType, "elementType", None)
    if element is None:
        return False
    return field.name in columns or bool(columns.intersection(getattr(element, "names", ())))


def _run(nested: DataFrame, kept: Sequence[str], columns: Sequence[str], options: Mapping[str, Any]) -> DataFrame:
    from pyspark.sql.types import DoubleType, IntegerType, StringType, StructField, StructType

    given = {"jobs": 1, **options}  # Spark gives each worker its core
    made = plan(columns, given)  # options that make no sense are refused here, not on the workers
    taken = [name for name in kept if name in made.results]
    if taken:
        raise ValueError(f"columns {', '.join(taken)} have the names of results: rename them")
    kinds = {"k": IntegerType(), "status": StringType()}
    fields = [field for field in nested.schema.fields if field.name in kept]
    fields += [StructField(name, kinds.get(name, DoubleType())) for name in made.results]
    return nested.mapInArrow(_worker([field.name for field in fields[: len(kept)]], columns, given), StructType(fields))


def _worker(
    kept: Sequence[str], columns: Sequence[str], options: Mapping[str, Any]
) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """What a Python worker does with the batches of a partition."""

    def work(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow
        from evidence._arrow import run_record_batch
        from evidence._batch import plan as made_here

        own = made_here(columns, options)
        for rows in batches:
            results = run_record_batch(own, rows)
            yield pyarrow.RecordBatch.from_arrays(
                [rows.column(name) for name in kept] + results.columns, names=[*kept, *results.schema.names]
            )

    return work


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
