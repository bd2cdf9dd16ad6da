"""Reports and what changed between them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from . import _parallax, _schema
from ._articles import (
    Articles,
    ArrowStream,
    Lexicons,
    Path,
    _is_path,
    asked,
    opened,
    options,
    progress,
    warn,
)
from ._table import Table


class Report:
    """The record of a run: tables of rates, comparisons, terms, choices, targets, sentences.

    Every table of ``docs/report.schema.json`` is an attribute: ``rates``, ``comparisons``, ``terms``,
    ``targets``, ``choices``, ``evidence``, ``outlets``, ``categories``, ``warnings`` …; ``tables`` names
    them all, and ``report.rates.about`` says what each column is and in which unit. The record always has
    rates per 1,000 words; ``per`` changes only what is shown.
    """

    def __init__(self, compiled: _parallax.Report) -> None:
        self._compiled = compiled

    def json(self) -> str:
        """The record: the bytes that ``parallax report --format json`` writes."""
        return self._compiled.json()

    def html(self, *, per: float = 1000) -> str:
        """The page in one file, with charts and sentences; rates are shown for ``per`` words."""
        return self._compiled.html(per)

    def markdown(
        self,
        *,
        width: int = 100,
        per: float = 1000,
        voice: str | None = None,
        table: str | None = None,
    ) -> str:
        """The tables in Markdown; arguments as in :meth:`text`."""
        return self._compiled.text(True, width, per, voice, table)

    def text(
        self,
        *,
        width: int = 100,
        per: float = 1000,
        voice: str | None = None,
        table: str | None = None,
    ) -> str:
        """The tables as the command prints them.

        :param width: columns of the terminal.
        :param per: words that rates are shown for, 1 to 1,000,000.
        :param voice: what tables show instead of ``worded``: all, own, attributed, quoted, scare.
        :param table: only this table, whole, by the name that ``--table`` of the command has.
        """
        return self._compiled.text(False, width, per, voice, table)

    @cached_property
    def record(self) -> dict[str, Any]:
        """The record as dictionaries and lists."""
        record: dict[str, Any] = json.loads(self.json())
        return record

    @property
    def settings(self) -> dict[str, Any]:
        """How it was asked for."""
        settings: dict[str, Any] = self.record["settings"]
        return settings

    @property
    def provenance(self) -> dict[str, Any]:
        """Fingerprints of the lexicons and of the corpus."""
        provenance: dict[str, Any] = self.record["provenance"]
        return provenance

    @property
    def tables(self) -> list[str]:
        """The names of its tables."""
        return _schema.tables()

    def table(self, name: str) -> Table:
        """The table of that name."""
        if name not in self.tables:
            raise KeyError(f"a report has no table {name!r}: {', '.join(self.tables)}")
        return Table(name, self.record.get(name) or [])

    @property
    def rates(self) -> Table:
        """A row an outlet, category and voice: ``hits``, ``words`` of that voice in the zones that are
        searched, ``rate`` in hits per 1,000 words with its interval (``low``, ``high``: 1 − alpha, articles
        as clusters), ``tier``.
        """
        return self.table("rates")

    @property
    def comparisons(self) -> Table:
        """A row a pair of outlets, category and voice, all articles: ``difference`` in hits per 1,000
        words, ``ratio``, ``log2_ratio`` (1 is twice as often) with its interval, ``p`` of shuffled articles,
        ``q`` corrected for the ``k`` tests of the family, ``verdict``.
        """
        return self.table("comparisons")

    @property
    def terms(self) -> Table:
        """A row an outlet, term and voice: ``hits`` that count in the category, ``found`` independently of
        other terms, ``articles_with_hits``.
        """
        return self.table("terms")

    @property
    def targets(self) -> Table:
        """A row an outlet, target and voice: mentions, and labels per 100 of them with their interval."""
        return self.table("targets")

    @property
    def choices(self) -> Table:
        """A row an outlet, choice and variant: ``uses`` and their share, from 0 to 1, of the choices made."""
        return self.table("choices")

    @property
    def evidence(self) -> Table:
        """Sampled sentences behind the numbers."""
        return self.table("evidence")

    @property
    def outlets(self) -> Table:
        """The groups of articles."""
        return self.table("outlets")

    @property
    def categories(self) -> Table:
        """The categories that were measured."""
        return self.table("categories")

    @property
    def warnings(self) -> Table:
        """What was left out or may mislead."""
        return self.table("warnings")

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_") or name == "record":
            raise AttributeError(name)
        try:
            return self.table(name)
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.tables})

    def save(self, path: Path) -> None:
        """Writes ``PATH.json``, the record, and ``PATH.html``, the page."""
        name = os.fspath(path)
        self._compiled.save(name.removesuffix(".json").removesuffix(".html"))

    def diff(self, other: Report | Path) -> Diff:
        """What changed from this report to the other, and why."""
        return diff(self, other)

    def __repr__(self) -> str:
        outlets = ", ".join(f"{row['name']} {row['articles']}" for row in self.outlets[:5])
        return f"<parallax report: articles {outlets}>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from html import escape

        # The page has styles and a script of its own; a frame keeps them from the notebook's.
        page = escape(self.html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts allow-same-origin" '
            'style="width:100%;height:40em;border:1px solid #ccc" '
            'title="Parallax report"></iframe>'
        )


class Diff:
    """What changed between two reports, and why."""

    def __init__(self, compiled: tuple[str, str, str, str]) -> None:
        self._json, self._text, self._markdown, self._html = compiled

    def json(self) -> str:
        """The record of ``parallax diff --format json``."""
        return self._json

    @cached_property
    def record(self) -> dict[str, Any]:
        """The record as dictionaries and lists."""
        record: dict[str, Any] = json.loads(self._json)
        return record

    @property
    def changed(self) -> bool:
        """Whether anything did."""
        return bool(self.record["changed"])

    def markdown(self) -> str:
        """The tables in Markdown."""
        return self._markdown

    def html(self) -> str:
        """The page in one file."""
        return self._html

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<parallax diff: {'changed' if self.changed else 'no change'}>"

    def _repr_html_(self) -> str:
        from html import escape

        return (
            f'<iframe srcdoc="{escape(self._html, quote=True)}" '
            'sandbox="allow-scripts allow-same-origin" title="Parallax diff" '
            'style="width:100%;height:40em;border:1px solid #ccc"></iframe>'
        )


def report(
    articles: Articles | None = None,
    *,
    tallies: Path | ArrowStream | Iterable[Path | ArrowStream] | None = None,
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
    show_progress: bool = True,
) -> Report:
    """Makes the framing report of articles, or of tallies.

    :param articles: a path or paths (folders, JSON Lines, CSV, Parquet …), a table (pandas, polars,
        Arrow), or dictionaries, one an article. A table's columns are text, outlet (or source), title,
        date, url, id, event; others can group the articles.
    :param tallies: instead of articles: files of ``parallax tally`` (patterns are fine) or tables of
        :func:`tally`. How articles were read and counted is settled in them: of the other arguments,
        ``compare``, ``event``, ``events``, ``alpha`` and ``confirmatory`` apply.
    :param by: the field that groups the articles, instead of the outlet.
    :param lexicons: ids, files, folders or :class:`Lexicon`; by default those that ``corpus.toml``
        names, else the built-in ones.
    :param outlets: only these outlets or groups.
    :param fields: which column holds what: ``{"text": "content", "outlet": "source"}``.
    :param cues: a file of reporting verbs that replaces the built-in one.
    :param compare: pairs of outlets, instead of every pair.
    :param event: events to set side by side, instead of those that most outlets cover.
    :param events: what comparisons within events rest on: ``declared`` in the articles, ``found`` by
        date, names and rare words, or ``none``.
    :param alpha: level of the tests, between 0 and 1; intervals are 1 − alpha.
    :param seed: seed of every shuffle and sample.
    :param evidence: sentences kept for each cell, 0 to 1,000.
    :param confirmatory: correct with Holm's method, for a hypothesis written down beforehand.
    :param any_language: keep articles that are clearly in another language than the lexicons.
    :param repair: undo UTF-8 that was once read as Windows-1252, and join words that a hyphen breaks at the
        end of a line.
    :param max_article_size: longest article that is read, in bytes; 16 MiB unless given.
    :param show_progress: show a bar on a terminal or in a notebook, where tqdm is installed.
    :raises ParallaxError: articles or settings that can't be used; :class:`LexiconError` for lexicons.

    What was left out is said in a :class:`UserWarning` each. Ctrl-C ends the call at once; what the
    engine is in the middle of (one batch of articles, or the statistics) ends by itself behind it.
    """
    if (articles is None) == (tallies is None):
        raise TypeError("give articles or tallies")
    wanted = asked(compare, event, events, alpha, confirmatory)
    if tallies is not None:
        return _of_tallies(tallies, wanted)
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
    with opened(articles) as source, progress(show_progress) as tick:  # type: ignore[arg-type]
        return Report(_parallax.report(source, given, wanted, tick, warn))


def _of_tallies(
    tallies: Path | ArrowStream | Iterable[Path | ArrowStream], wanted: dict[str, Any]
) -> Report:
    if _is_path(tallies) or hasattr(tallies, "__arrow_c_stream__"):
        tallies = [tallies]  # type: ignore[list-item]
    parts = list(tallies)  # type: ignore[arg-type]
    files = [os.fspath(part) for part in parts if _is_path(part)]  # type: ignore[arg-type]
    tables = [part for part in parts if not _is_path(part)]
    if files and tables:
        raise TypeError("tallies are files or tables, not both")
    if not parts:
        raise _parallax.ParallaxError("there are no tallies")
    for table in tables:
        if not hasattr(table, "__arrow_c_stream__"):
            raise TypeError(
                f"tallies are files or tables of parallax.tally, not {type(table).__name__}"
            )
    return Report(_parallax.report_of_tallies(files, tables, wanted))


def load(name: Path) -> Report:
    """A saved report: a file, what :meth:`Report.save` was given, or a name under ``reports/``."""
    file = os.fspath(name)
    if not os.path.exists(file) and os.path.exists(f"{file}.json"):
        file = f"{file}.json"
    return Report(_parallax.load_report(file))


def diff(old: Report | Path, new: Report | Path, *, width: int = 100) -> Diff:
    """What changed between two reports, and why; ``width`` is that of its text, in columns."""
    first = old if isinstance(old, Report) else load(old)
    second = new if isinstance(new, Report) else load(new)
    return Diff(_parallax.diff(first._compiled, second._compiled, width))
