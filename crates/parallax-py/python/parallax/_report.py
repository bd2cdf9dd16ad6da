"""Reports and what changed between them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from . import _parallax
from ._articles import Articles, ArrowStream, Path, _is_path, opened, options, progress, warn
from ._lexicon import Lexicon
from ._table import Table


class Report:
    """The record of a run: tables of rates, comparisons, terms, choices, targets, sentences.

    Every table of ``docs/report.schema.json`` is an attribute: ``rates``, ``comparisons``, ``terms``,
    ``targets``, ``choices``, ``evidence``, ``outlets``, ``categories``, ``warnings`` …
    """

    def __init__(self, compiled: _parallax.Report) -> None:
        self._compiled = compiled

    def json(self) -> str:
        """The record: the bytes that ``parallax report --format json`` writes."""
        return self._compiled.json()

    def html(self, *, per: int = 1000) -> str:
        """The page in one file, with charts and sentences."""
        return self._compiled.html(per)

    def markdown(self, *, width: int = 100, per: int = 1000, voice: str | None = None) -> str:
        """The tables in Markdown."""
        return self._compiled.text(True, width, per, voice)

    def text(self, *, width: int = 100, per: int = 1000, voice: str | None = None) -> str:
        """The tables as the command prints them."""
        return self._compiled.text(False, width, per, voice)

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
        return [name for name, rows in self.record.items() if isinstance(rows, list)]

    def table(self, name: str) -> Table:
        """The table of that name."""
        rows = self.record.get(name)
        if not isinstance(rows, list):
            raise KeyError(f"a report has no table {name!r}: {', '.join(self.tables)}")
        return Table(name, rows)

    @property
    def rates(self) -> Table:
        """Hits per 1,000 words by outlet, category and voice, with intervals."""
        return self.table("rates")

    @property
    def comparisons(self) -> Table:
        """Outlets against each other: ratios, intervals, p and q, verdicts."""
        return self.table("comparisons")

    @property
    def terms(self) -> Table:
        """Hits of each term by outlet and voice."""
        return self.table("terms")

    @property
    def targets(self) -> Table:
        """Who is mentioned and labelled."""
        return self.table("targets")

    @property
    def choices(self) -> Table:
        """Shares of the variants among the choices made."""
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
    lexicons: str | Path | Lexicon | Iterable[str | Path | Lexicon] | None = None,
    outlets: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
    compare: Sequence[tuple[str, str]] = (),
    event: Sequence[str] = (),
    alpha: float = 0.05,
    seed: int = 1,
    evidence: int = 10,
    confirmatory: bool = False,
    show_progress: bool = True,
) -> Report:
    """Makes the framing report of articles, or of tallies.

    :param articles: a path or paths (folders, JSON Lines, CSV), a table (pandas, polars, Arrow), or
        dictionaries, one an article.
    :param tallies: instead of articles: files of ``parallax tally`` (patterns are fine) or tables of
        :func:`tally`.
    :param by: the field that groups the articles, instead of the outlet.
    :param lexicons: ids, files, folders or :class:`Lexicon`; by default those that ``corpus.toml``
        names, else the built-in ones.
    :param outlets: only these outlets or groups.
    :param fields: which column holds what: ``{"text": "content", "outlet": "source"}``.
    :param compare: pairs of outlets, instead of every pair.
    :param alpha: level of the tests; intervals are 1 − alpha.
    :param seed: seed of every shuffle and sample.
    :param evidence: sentences kept for each cell.
    :param confirmatory: correct with Holm's method, for a hypothesis written down beforehand.
    """
    asked = {
        "compare": [tuple(pair) for pair in compare],
        "alpha": alpha,
        "confirmatory": confirmatory,
        "event": [event] if isinstance(event, str) else list(event),
    }
    if (articles is None) == (tallies is None):
        raise TypeError("give articles or tallies")
    if tallies is not None:
        if _is_path(tallies) or hasattr(tallies, "__arrow_c_stream__"):
            tallies = [tallies]  # type: ignore[list-item]
        parts = list(tallies)  # type: ignore[arg-type]
        files = [os.fspath(part) for part in parts if _is_path(part)]
        tables = [part for part in parts if not _is_path(part)]
        if files and tables:
            raise TypeError("tallies are files or tables, not both")
        return Report(_parallax.report_of_tallies(files, tables, asked))
    given = options(by, lexicons, outlets, fields, cues, seed, evidence)
    with opened(articles) as source, progress(show_progress) as tick:  # type: ignore[arg-type]
        return Report(_parallax.report(source, given, asked, tick, warn))


def load(name: Path) -> Report:
    """A saved report: a file, or a name under ``reports/``."""
    return Report(_parallax.load_report(os.fspath(name)))


def diff(old: Report | Path, new: Report | Path, *, width: int = 100) -> Diff:
    """What changed between two reports, and why."""
    first = old if isinstance(old, Report) else load(old)
    second = new if isinstance(new, Report) else load(new)
    return Diff(_parallax.diff(first._compiled, second._compiled, width))
