"""Rows of a report as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from . import _schema

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: Rows that a notebook shows.
_SHOWN = 50


class Table(Sequence["dict[str, Any]"]):
    """The rows of one table of a report, in its order.

    It is a sequence of dictionaries, and any library that takes Arrow takes it as it is. Rates are hits
    per 1,000 words whatever ``per`` a page shows, labels are per 100 mentions, shares, p and q lie from
    0 to 1; ``None`` is what can't be computed, never 0. :attr:`about` says what each column is.
    """

    def __init__(
        self, name: str, rows: list[dict[str, Any]], about: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self._rows = rows
        self._nodes = _schema.columns(name)
        self._about = about or {
            column: str(node.get("description", "")) for column, node in self._nodes.items()
        }

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Table: ...
    @overload
    def __getitem__(self, index: str) -> list[Any]: ...
    def __getitem__(self, index: int | slice | str) -> dict[str, Any] | Table | list[Any]:
        """A row by its number, rows by a slice, or the values of a column by its name."""
        if isinstance(index, str):
            self._check(index)
            return [row[index] for row in self._rows]
        if isinstance(index, slice):
            return Table(self.name, self._rows[index], self._about)
        return self._rows[index]

    def _check(self, column: str) -> None:
        if column not in self._about:
            raise KeyError(f"the table {self.name} has no column {column!r}: {self.columns}")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, also where there is no row."""
        return list(self._about)

    @property
    def about(self) -> dict[str, str]:
        """What each column is, with its unit."""
        return dict(self._about)

    def where(self, **values: Any) -> Table:
        """The rows in which the columns have these values: ``rates.where(voice="own")``."""
        for name in values:
            self._check(name)
        kept = [row for row in self._rows if all(row[k] == v for k, v in values.items())]
        return Table(self.name, kept, self._about)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table. Needs pyarrow.

        The types are those of ``docs/report.schema.json`` whatever stands in the rows, so that tables of
        several reports can be put together. Lists of values of different types, which Arrow does not
        have, are JSON.
        """
        try:
            import pyarrow
        except ImportError as error:
            raise ImportError("Arrow tables need pyarrow: pip install pyarrow") from error
        if not self._nodes:
            table = pyarrow.Table.from_pylist(self._rows)
            return table if self._rows else pyarrow.table({name: [] for name in self.columns})
        schema = pyarrow.schema(
            [(name, _schema.arrow_type(node)) for name, node in self._nodes.items()]
        )
        return pyarrow.Table.from_pylist(self._without_mixed(), schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame of pandas. Needs pandas."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: pip install pandas") from error
        return pandas.DataFrame(self._rows, columns=self.columns)

    def to_polars(self) -> polars.DataFrame:
        """A data frame of polars. Needs polars. Lists of values of different types are JSON."""
        try:
            import polars
        except ImportError as error:
            raise ImportError("to_polars needs polars: pip install polars") from error
        types = {int: polars.Int64, float: polars.Float64, str: polars.String, bool: polars.Boolean}
        single = {name: _schema.scalar(node) for name, node in self._nodes.items()}
        known = {name: types[kind] for name, kind in single.items() if kind is not None}
        return polars.DataFrame(
            self._without_mixed(),
            schema=self.columns,
            schema_overrides=known,
            infer_schema_length=None,
        )

    def _without_mixed(self) -> list[dict[str, Any]]:
        """The rows with JSON where a list holds values of different types."""
        mixed = [name for name, node in self._nodes.items() if _schema.is_mixed(node)]
        if not mixed:
            return self._rows
        return [{**row, **{name: json.dumps(row[name]) for name in mixed}} for row in self._rows]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        number = f"{len(self)} row" if len(self) == 1 else f"{len(self)} rows"
        return f"<parallax table {self.name}: {number}, columns {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from html import escape

        def cell(value: Any) -> str:
            shown = f"{value:.3g}" if isinstance(value, float) else "" if value is None else value
            return f"<td>{escape(str(shown))}</td>"

        head = "".join(
            f'<th title="{escape(meaning, quote=True)}">{escape(name)}</th>'
            for name, meaning in self._about.items()
        )
        rows = "".join(
            "<tr>" + "".join(cell(row[name]) for name in self.columns) + "</tr>"
            for row in self._rows[:_SHOWN]
        )
        hidden = len(self) - _SHOWN
        more = f"<p>… and {hidden} more</p>" if hidden > 0 else ""
        none = "<p>no rows</p>" if not self._rows else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}{none}"
