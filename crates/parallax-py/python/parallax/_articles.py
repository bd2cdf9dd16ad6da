"""What articles can be: paths, tables, dictionaries."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, Union

from . import _parallax
from ._lexicon import Lexicon


class ArrowStream(Protocol):
    """A table with the Arrow PyCapsule interface: pyarrow, polars, pandas 2.2 with pyarrow, DuckDB …"""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Path = Union[str, "os.PathLike[str]"]

#: Folders of articles, JSON Lines or CSV files; a table; or dictionaries, one an article.
Articles = Union[Path, "list[Path]", "tuple[Path, ...]", ArrowStream, Iterable[Mapping[str, Any]]]

#: Ids of built-in lexicons, files, folders, or lexicons that were made; ``None`` for the default ones.
Lexicons = Union[str, Path, Lexicon, Iterable[Union[str, Path, Lexicon]], None]


def _is_path(value: object) -> bool:
    return isinstance(value, (str, os.PathLike))


@contextlib.contextmanager
def opened(articles: Articles) -> Iterator[Any]:
    """Gives the compiled half what it reads: a list of paths, an Arrow stream, or as a string the path of
    a table that was written for it."""
    if type(articles).__name__ == "LazyFrame" and hasattr(articles, "collect"):
        articles = articles.collect()
    if _is_path(articles):
        yield [os.fspath(articles)]  # type: ignore[arg-type]
    elif isinstance(articles, (list, tuple)) and articles and all(map(_is_path, articles)):
        yield [os.fspath(path) for path in articles]
    elif hasattr(articles, "__arrow_c_stream__"):
        yield articles
    elif hasattr(articles, "to_dict") and hasattr(articles, "columns"):
        # A data frame without the interface.
        with _written(articles.to_dict("records")) as path:
            yield path
    elif isinstance(articles, Iterable) and not isinstance(articles, Mapping):
        with _written(articles) as path:  # type: ignore[arg-type]
            yield path
    else:
        raise TypeError(
            "articles are a path, a list of paths, a table (pandas, polars, Arrow) or dictionaries, "
            f"one an article; not {type(articles).__name__}"
        )


@contextlib.contextmanager
def _written(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Writes dictionaries as JSON Lines, which is what the command would read."""
    with tempfile.TemporaryDirectory(prefix="parallax-") as folder:
        path = os.path.join(folder, "articles.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                if not isinstance(row, Mapping):
                    raise TypeError(
                        f"each article is a dictionary of its fields, not {type(row).__name__}"
                    )
                known = {name: value for name, value in row.items() if not _is_missing(value)}
                file.write(json.dumps(known, ensure_ascii=False, default=_plain) + "\n")
        yield path


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)


def _plain(value: object) -> object:
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    for method in ("isoformat", "tolist"):
        if hasattr(value, method):
            return getattr(value, method)()
    return str(value)


def options(
    *,
    by: str | None = None,
    lexicons: Lexicons = None,
    outlets: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    cues: Path | None = None,
    seed: int = 1,
    evidence: int = 0,
    any_language: bool = False,
    repair: bool = False,
    max_article_size: int | None = None,
) -> dict[str, Any]:
    """The options of a run, as the compiled half takes them."""
    if lexicons is None:
        lexicons = []
    elif isinstance(lexicons, Lexicon) or not isinstance(lexicons, Iterable) or _is_path(lexicons):
        lexicons = [lexicons]  # type: ignore[list-item]
    else:
        lexicons = list(lexicons)
        if not lexicons:
            raise _parallax.ParallaxError(
                "the list of lexicons is empty; leave it out for the default ones"
            )
    named: list[str] = []
    sources: list[tuple[str, str]] = []
    for lexicon in lexicons:  # type: ignore[union-attr]
        if isinstance(lexicon, Lexicon):
            sources.append((lexicon.origin, lexicon.toml))
        elif _is_path(lexicon):
            named.append(os.fspath(lexicon))
        else:
            raise TypeError(
                "a lexicon is an id, a path or a parallax.Lexicon, not "
                f"{type(lexicon).__name__}; Lexicon.make makes one of words"
            )
    if isinstance(outlets, str):
        outlets = [outlets]
    _within("seed", seed, 0, 2**64 - 1)
    _within("evidence", evidence, 0, 1000)
    if max_article_size is not None:
        _within("max_article_size", max_article_size, 1, 2**31)
    return {
        "lexicons": named,
        "sources": sources,
        "cues": None if cues is None else os.fspath(cues),
        "seed": seed,
        "evidence": evidence,
        "reading": {
            "by": by,
            "outlets": list(outlets or []),
            "fields": [f"{role}={name}" for role, name in (fields or {}).items()],
            "any_language": any_language,
            "repair": repair,
            "max_article_size": max_article_size,
        },
    }


def _within(name: str, value: int, least: int, most: int) -> None:
    if not hasattr(value, "__index__"):
        raise TypeError(f"{name} is a whole number, not {type(value).__name__}")
    if not least <= value <= most:
        raise _parallax.ParallaxError(f"{name} lies between {least} and {most}, {value} does not")


def asked(
    compare: Sequence[tuple[str, str]],
    event: str | Sequence[str],
    events: str,
    alpha: float,
    confirmatory: bool,
) -> dict[str, Any]:
    """What a report is asked for, as the compiled half takes it."""
    pairs = list(compare)
    if len(pairs) == 2 and all(isinstance(name, str) for name in pairs):
        pairs = [tuple(pairs)]  # type: ignore[arg-type]
    for pair in pairs:
        if isinstance(pair, str) or len(pair) != 2:
            raise TypeError(f"compare takes pairs of outlets, [(A, B), …], not {pair!r}")
    if not isinstance(alpha, (int, float)):
        raise TypeError(f"alpha is a number between 0 and 1, not {type(alpha).__name__}")
    return {
        "compare": [tuple(pair) for pair in pairs],
        "alpha": alpha,
        "confirmatory": confirmatory,
        "event": [event] if isinstance(event, str) else list(event),
        "events": events,
    }


@contextlib.contextmanager
def progress(show: bool) -> Iterator[Any]:
    """A bar of tqdm, if it is installed and this is a terminal or a notebook."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        show = False
    if not show:
        yield lambda articles: None
        return
    # `disable=None`: not where nobody watches; a notebook's bar is always shown.
    with tqdm(unit=" articles", disable=None, leave=False) as bar:
        yield bar.update


def warn(line: str) -> None:
    """What the command says on standard error."""
    import warnings

    if not line.startswith("note: "):
        warnings.warn(line, stacklevel=3)


__all__ = ["ArrowStream", "Articles", "Lexicons", "Path", "asked", "opened", "options", "progress", "warn"]
