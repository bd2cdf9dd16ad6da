"""Lexicons: made, loaded, checked, imported."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

from . import _parallax

if TYPE_CHECKING:
    from ._articles import Path

#: A word or phrase, or a table of a term as lexicon files have it: ``{"term": "ICE", "case": "exact"}``.
Term = Union[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with a lexicon, or may be."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    help: str | None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message}"


class Lexicon:
    """A lexicon: the text of a lexicon file (``docs/LEXICONS.md`` says what may stand in it)."""

    def __init__(self, toml: str, origin: str = "lexicon") -> None:
        self.toml = toml
        self.origin = origin
        self._about: dict[str, Any] = json.loads(_parallax.lexicon_check(origin, toml))

    @classmethod
    def make(
        cls,
        id: str,
        categories: Mapping[str, Iterable[Term]],
        *,
        title: str | None = None,
        description: str | None = None,
        language: str = "en",
        version: str = "1",
        targets: Mapping[str, Iterable[str]] | None = None,
    ) -> Lexicon:
        """A lexicon of categories, each with its terms, and of persons as targets, each with the names
        that are used of them. For anything else of a lexicon file (choices, other kinds of targets,
        zones) write its text: ``Lexicon(toml)``.

        >>> Lexicon.make("weather", {"storm": ["storm*", "gale"]}).id
        'weather'
        """
        if not isinstance(categories, Mapping):
            raise TypeError(
                "categories are a dictionary of terms, {category: [term, …]}, not "
                f"{type(categories).__name__}"
            )
        lines = [
            "schema = 1",
            f"id = {_toml(id)}",
            f"title = {_toml(title or id)}",
            f"version = {_toml(version)}",
            f"language = {_toml(language)}",
            f"description = {_toml(description or title or id)}",
        ]
        for name, terms in categories.items():
            if isinstance(terms, str):
                raise TypeError(f"the terms of {name!r} are a list, not one string")
            lines += [
                "",
                "[[category]]",
                f"id = {_toml(name)}",
                f"title = {_toml(name)}",
                f"description = {_toml(name)}",
                f"terms = [{', '.join(_toml(term) for term in terms)}]",
            ]
        for name, names in (targets or {}).items():
            lines += [
                "",
                "[[target]]",
                f"id = {_toml(_slug(name))}",
                f"title = {_toml(name)}",
                'kind = "person"',
                f"names = [{', '.join(_toml(one) for one in names)}]",
            ]
        made = cls("\n".join(lines) + "\n", origin=f"{id}.toml")
        faults = [finding for finding in made.check() if finding.severity == "error"]
        if faults:
            # Nobody wrote the lines that the faults are in.
            said = (one.message + (f" ({one.help})" if one.help else "") for one in faults)
            raise _parallax.LexiconError(f"the lexicon {id!r} can't be used: " + "; ".join(said))
        return made

    @classmethod
    def load(cls, name: str | Path) -> Lexicon:
        """The lexicon of that file or built-in id."""
        origin, source = _parallax.lexicon_source(os.fspath(name))
        return cls(source, origin)

    @classmethod
    def import_(
        cls,
        file: Path,
        *,
        format: str | None = None,
        id: str | None = None,
        category: str | None = None,
    ) -> Lexicon:
        """Another tool's dictionary (LIWC, quanteda, word lists …) as a lexicon; ``notes`` says what
        was left out."""
        with open(file, "rb") as source:
            bytes = source.read()
        name = os.path.basename(os.fspath(file))
        toml, notes = _parallax.lexicon_import(bytes, name, format, id, category)
        made = cls(toml, origin=name)
        made.notes = notes
        return made

    notes: list[str] = []

    @property
    def id(self) -> str:
        """The lexicon's id."""
        return str(self._about["id"])

    @property
    def title(self) -> str:
        """Its title."""
        return str(self._about["title"])

    def check(self) -> list[Finding]:
        """Everything that is wrong with it: faults, doubtful terms, tests of terms that fail."""
        return [Finding(**finding) for finding in self._about["findings"]]

    def raise_for_faults(self) -> None:
        """Raises :class:`LexiconError` if it can't be used."""
        faults = [finding for finding in self.check() if finding.severity == "error"]
        if faults:
            raise _parallax.LexiconError("\n".join(map(str, faults)))

    def save(self, file: Path) -> None:
        """Writes it as a lexicon file."""
        with open(file, "w", encoding="utf-8", newline="\n") as target:
            target.write(self.toml)

    def __len__(self) -> int:
        return int(self._about["terms"])

    def __repr__(self) -> str:
        number = f"{len(self)} term" if len(self) == 1 else f"{len(self)} terms"
        return f"<parallax lexicon {self.id}: {number}>"


def builtin() -> list[str]:
    """The ids of the built-in lexicons."""
    return _parallax.builtin_lexicons()


def _slug(name: str) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in kept.split("-") if part)


def _toml(value: Any) -> str:
    """A value as TOML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        # A string of JSON is one of TOML, save for what TOML wants escaped besides.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        inside = ", ".join(f"{name} = {_toml(one)}" for name, one in value.items())
        return "{ " + inside + " }"
    if isinstance(value, Iterable):
        return "[" + ", ".join(map(_toml, value)) + "]"
    raise TypeError(f"a term is a string or a table, not {type(value).__name__}")
