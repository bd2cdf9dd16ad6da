"""Tallies, concordances, explanations."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import _parallax
from ._articles import Articles, Lexicons, Path, opened, options, progress, warn
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
        number = f"{len(self)} row" if len(self) == 1 else f"{len(self)} rows"
        return f"<parallax tallies: {number}>"


#: What the columns of a concordance are.
_LINE = {
    "outlet": "Id of the outlet.",
    "article": "Id of the article.",
    "line": "Line of the article's text, from 1.",
    "start": "First byte of the hit in the article's text.",
    "lexicon": "Id of the lexicon.",
    "category": "Id of the category, or CHOICE=VARIANT.",
    "term": "The term as the lexicon has it.",
    "zone": "Part of the article: headline, subhead, byline, caption, body, boilerplate.",
    "voice": "Whose words: own, attributed, quoted, scare.",
    "source": "Who speaks, if somebody else does.",
    "negated": "Whether it stands behind a negation.",
    "left": "The words before.",
    "hit": "The words that were matched.",
    "right": "The words after.",
}


def tally(
    articles: Articles,
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
    show_progress: bool = True,
) -> Tallies:
    """Counts articles: a row an article, or with ``sums=True`` sums alone (``docs/TALLIES.md``).

    The other arguments are those of :func:`report`. Tallies of parts of a corpus, made with the same
    arguments, give the report of the whole: ``report(tallies=[…])``.
    """
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
    lexicons: Lexicons = None,
    outlets: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
    any_language: bool = False,
    repair: bool = False,
    max_article_size: int | None = None,
) -> Table:
    """Every hit of a term or a category with the words around it, a row a hit.

    :param term: as the lexicon has it, case ignored: ``"regime*"`` if that is how it stands there.
    :param category: a category, CHOICE=VARIANT, or LEXICON/CATEGORY where two lexicons have the name.
    :param voice: one of all, worded, own, attributed, quoted, scare.
    :param width: characters on each side.

    The other arguments are those of :func:`report`.
    """
    if term is None and category is None:
        raise _parallax.ParallaxError("name a term or a category")
    given = options(
        by=by,
        lexicons=lexicons,
        outlets=outlets,
        fields=fields,
        cues=cues,
        any_language=any_language,
        repair=repair,
        max_article_size=max_article_size,
    )
    with opened(articles) as source:
        rows = _parallax.kwic(source, given, term, category, voice, width, warn)
    return Table("kwic", json.loads(rows), _LINE)


def explain(
    article: Articles,
    *,
    id: str | None = None,
    lexicons: Lexicons = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
    any_language: bool = False,
    repair: bool = False,
    max_article_size: int | None = None,
) -> dict[str, Any]:
    """Every decision about one article: segments with zone, voice and cue; hits kept and dropped, with
    the reason. ``article`` is a path, a table or dictionaries; ``id`` names one of several. ``start`` and
    ``end`` count bytes of the article's text in UTF-8.

    A string is always a path; for a text write ``[{"text": text}]``.
    """
    given = options(
        lexicons=lexicons,
        fields=fields,
        cues=cues,
        any_language=any_language,
        repair=repair,
        max_article_size=max_article_size,
    )
    with opened(article) as source:
        explained: dict[str, Any] = json.loads(_parallax.explain(source, given, id, warn))
    return explained
