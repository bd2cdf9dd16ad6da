"""Tallies, concordances, explanations."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import _parallax
from ._articles import Articles, Path, opened, options, progress, warn
from ._lexicon import Lexicon
from ._table import Table

if TYPE_CHECKING:
    import pyarrow


class Tallies:
    """Counts of articles: a row an article, or sums alone (``docs/TALLIES.md``).

    Takes part in the Arrow PyCapsule interface, so ``pyarrow.table(tallies)`` and
    ``polars.DataFrame(tallies)`` work; the schema's metadata holds with what they were made.
    """

    def __init__(self, compiled: _parallax.Tallies) -> None:
        self._compiled = compiled

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._compiled.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._compiled)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table. Needs pyarrow."""
        try:
            import pyarrow
        except ImportError as error:
            raise ImportError("Arrow tables need pyarrow: pip install pyarrow") from error
        return pyarrow.table(self)

    def save(self, file: Path) -> None:
        """Writes them to .parquet, .arrow or .feather, for ``parallax.report(tallies=…)`` and for
        ``parallax report --tallies``. Needs pyarrow."""
        table = self.to_arrow()
        name = os.fspath(file)
        if name.endswith(".parquet"):
            import pyarrow.parquet

            pyarrow.parquet.write_table(table, name)
        elif name.endswith((".arrow", ".feather")):
            import pyarrow

            with pyarrow.OSFile(name, "wb") as sink:
                with pyarrow.ipc.new_file(sink, table.schema) as writer:
                    writer.write_table(table)
        else:
            raise _parallax.ParallaxError(
                f"{name}: tallies are written to .parquet, .arrow or .feather"
            )

    def __repr__(self) -> str:
        return f"<parallax tallies: {len(self)} rows>"


def tally(
    articles: Articles,
    *,
    by: str | None = None,
    lexicons: str | Path | Lexicon | Iterable[str | Path | Lexicon] | None = None,
    outlets: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
    seed: int = 1,
    evidence: int = 10,
    sums: bool = False,
    show_progress: bool = True,
) -> Tallies:
    """Counts articles: a row an article, or with ``sums=True`` sums alone.

    The arguments are those of :func:`report`.
    """
    given = options(by, lexicons, outlets, fields, cues, seed, evidence)
    with opened(articles) as source, progress(show_progress) as tick:
        return Tallies(_parallax.tally(source, given, sums, tick, warn))


def kwic(
    articles: Articles,
    term: str | None = None,
    *,
    category: str | None = None,
    voice: str | None = None,
    width: int = 60,
    by: str | None = None,
    lexicons: str | Path | Lexicon | Iterable[str | Path | Lexicon] | None = None,
    outlets: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
) -> Table:
    """Every hit of a term or a category with the words around it.

    ``voice`` is one of all, worded, own, attributed, quoted, scare; ``width`` counts characters on
    each side.
    """
    if term is None and category is None:
        raise _parallax.ParallaxError("name a term or a category")
    given = options(by, lexicons, outlets, fields, cues, 1, 0)
    with opened(articles) as source:
        rows = _parallax.kwic(source, given, term, category, voice, width, warn)
    return Table("kwic", json.loads(rows))


def explain(
    article: Articles,
    *,
    id: str | None = None,
    lexicons: str | Path | Lexicon | Iterable[str | Path | Lexicon] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
) -> dict[str, Any]:
    """Every decision about one article: segments with zone, voice and cue; hits kept and dropped, with
    the reason. ``article`` is a path, a table or dictionaries; ``id`` names one of several.

    A string is always a path; for a text write ``[{"text": text}]``.
    """
    given = options(None, lexicons, None, fields, cues, 1, 0)
    with opened(article) as source:
        explained: dict[str, Any] = json.loads(_parallax.explain(source, given, id, warn))
    return explained
