"""Parallax on Spark: the same numbers as on one machine, to the byte.

>>> from parallax import spark                                        # doctest: +SKIP
>>> report = spark.report(df, by="outlet")                            # doctest: +SKIP
>>> report = spark.report(df, sums=True)     # for corpora too large to keep a row an article

The lexicons are broadcast, an engine is built once a partition, articles are counted where they are
(``mapInArrow``), and Spark adds up. Only counts come back to the driver. The wheel must be installed on
every worker, or travel in a packed environment (``spark.archives``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _parallax
from ._articles import Lexicons, Path, options
from ._report import Report
from ._report import report as _report

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

#: Rows that are looked at to find out which column holds what.
_FIRST_ROWS = 50

_KEYS = ["row", "outlet", "name", "entry", "voice", "rule"]
_LARGEST = ["most_hits", "last"]
_SMALLEST = ["first", "what"]


class Tallied:
    """A Spark data frame of tallies, counted when it is used."""

    def __init__(self, frame: DataFrame, part: _parallax.Part) -> None:
        self.frame = frame
        self._part = part

    def to_arrow(self) -> pyarrow.Table:
        """All tallies on the driver, as :func:`parallax.tally` gives them."""
        import pyarrow

        schema = pyarrow.table(self._part.nothing()).schema
        return self.frame.toArrow().select(schema.names).cast(_nullable(schema)).replace_schema_metadata(
            schema.metadata
        )

    def report(
        self,
        *,
        compare: Sequence[tuple[str, str]] = (),
        event: str | Sequence[str] = (),
        events: str = "declared",
        alpha: float = 0.05,
        confirmatory: bool = False,
    ) -> Report:
        """The report of these tallies; arguments as of :func:`parallax.report`."""
        return _report(
            tallies=self.to_arrow(),
            compare=compare,
            event=event,
            events=events,
            alpha=alpha,
            confirmatory=confirmatory,
        )


def tally(
    df: DataFrame,
    *,
    by: str | None = None,
    lexicons: Lexicons = None,
    outlets: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
    seed: int = 1,
    evidence: int = 10,
    any_language: bool = False,
    repair: bool = False,
    max_article_size: int | None = None,
    sums: bool = False,
) -> Tallied:
    """Counts the articles of a data frame, a row an article.

    The arguments are those of :func:`parallax.tally`. Which column holds what is settled from the first
    rows; name the columns in ``fields`` to be sure. Each article needs an ``id`` or a ``url`` if it is to
    be found again; else its id is made of outlet and text.

    With ``sums=True`` Spark adds everything up, and a few thousand rows of sums come back whatever the
    size of the corpus. Copies of an article are then brought together first, which moves the articles
    once over the network.
    """
    import pyarrow
    from pyspark.sql import functions
    from pyspark.sql.pandas.types import from_arrow_schema

    given = options(
        by=by,
        lexicons=lexicons,
        outlets=outlets,
        fields=fields,
        cues=cues,
        seed=seed,
        evidence=evidence,
        any_language=any_language,
        repair=repair,
        max_article_size=max_article_size,
    )
    head = df.limit(_FIRST_ROWS).toArrow()
    given["reading"]["fields"] = _parallax.fields(head, given)
    part = _parallax.Part(head, given, sums)
    if sums:
        named = dict(field.split("=", 1) for field in given["reading"]["fields"])
        df = df.repartition(df[named.get("text", "text")])
        if "id" in named:
            df = df.sortWithinPartitions(df[named["id"]])
    schema = _nullable(pyarrow.table(part.nothing()).schema)
    counted = df.mapInArrow(_counter(df, part.text()), from_arrow_schema(schema))
    if sums:
        totals = [
            (
                functions.max(name)
                if name in _LARGEST
                else functions.min(name) if name in _SMALLEST else functions.sum(name)
            ).alias(name)
            for name in schema.names
            if name not in _KEYS
        ]
        counted = counted.groupBy(*_KEYS).agg(*totals)
    return Tallied(counted, part)


def report(
    df: DataFrame,
    *,
    by: str | None = None,
    lexicons: Lexicons = None,
    outlets: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
    compare: Sequence[tuple[str, str]] = (),
    event: str | Sequence[str] = (),
    events: str = "declared",
    alpha: float = 0.05,
    seed: int = 1,
    evidence: int = 10,
    confirmatory: bool = False,
    any_language: bool = False,
    repair: bool = False,
    max_article_size: int | None = None,
    sums: bool = False,
) -> Report:
    """The framing report of the articles of a data frame; arguments as of :func:`tally` and
    :func:`parallax.report`.

    Without ``sums``, a row an article comes to the driver: some kilobytes each.
    """
    tallied = tally(
        df,
        by=by,
        lexicons=lexicons,
        outlets=outlets,
        fields=fields,
        cues=cues,
        seed=seed,
        evidence=evidence,
        any_language=any_language,
        repair=repair,
        max_article_size=max_article_size,
        sums=sums,
    )
    return tallied.report(
        compare=compare, event=event, events=events, alpha=alpha, confirmatory=confirmatory
    )


Batches = Iterator["pyarrow.RecordBatch"]


def _counter(df: DataFrame, text: str) -> Callable[[Batches], Batches]:
    shared = df.sparkSession.sparkContext.broadcast(text)

    def count(batches: Batches) -> Batches:
        import os

        from pyspark import TaskContext

        # As many threads as Spark gave the task: its other cores have tasks of their own.
        context = TaskContext.get()
        os.environ.setdefault("RAYON_NUM_THREADS", str(context.cpus() if context else 1))
        yield from counted(batches, shared.value)

    return count


def counted(batches: Batches, text: str) -> Batches:
    """Counts the batches of one part of a corpus; ``text`` is that of a ``Part``. Any engine that maps
    Arrow batches can call it."""
    import pyarrow

    counter = _parallax.Part.parse(text).counter()

    def rows(tallies: _parallax.Tallies) -> Batches:
        table = pyarrow.table(tallies)
        yield from table.cast(_nullable(table.schema)).to_batches()

    for batch in batches:
        if batch.num_rows:
            yield from rows(counter.add(pyarrow.Table.from_batches([batch])))
    yield from rows(counter.finish())


def _nullable(schema: pyarrow.Schema) -> pyarrow.Schema:
    """The schema with every field nullable, as Spark has them."""
    import pyarrow

    def loosen(kind: pyarrow.DataType) -> pyarrow.DataType:
        if pyarrow.types.is_list(kind):
            return pyarrow.list_(pyarrow.field("element", loosen(kind.value_type)))
        if pyarrow.types.is_struct(kind):
            return pyarrow.struct([(one.name, loosen(one.type)) for one in kind])
        return kind

    return pyarrow.schema([(field.name, loosen(field.type)) for field in schema])
