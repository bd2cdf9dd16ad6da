"""Rows of a report as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table(Sequence["dict[str, Any]"]):
    """The rows of one table of a report, in its order.

    It is a sequence of dictionaries, and any library that takes Arrow takes it as it is. Rates are per
    1,000 words, shares from 0 to 1; ``None`` is what can't be computed.
    """

    def __init__(self, name: str, rows: list[dict[str, Any]]) -> None:
        self.name = name
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Table: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | Table:
        if isinstance(index, slice):
            return Table(self.name, self._rows[index])
        return self._rows[index]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._rows[0]) if self._rows else []

    def where(self, **values: Any) -> Table:
        """The rows in which the columns have these values: ``rates.where(voice="own")``."""
        for name in values:
            if self._rows and name not in self._rows[0]:
                raise KeyError(f"the table {self.name} has no column {name!r}: {self.columns}")
        kept = [row for row in self._rows if all(row[k] == v for k, v in values.items())]
        return Table(self.name, kept)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table. Needs pyarrow."""
        try:
            import pyarrow
        except ImportError as error:
            raise ImportError("Arrow tables need pyarrow: pip install pyarrow") from error
        return pyarrow.Table.from_pylist(self._rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame of pandas. Needs pandas."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: pip install pandas") from error
        return pandas.DataFrame(self._rows)

    def to_polars(self) -> polars.DataFrame:
        """A data frame of polars. Needs polars."""
        try:
            import polars
        except ImportError as error:
            raise ImportError("to_polars needs polars: pip install polars") from error
        return polars.DataFrame(self._rows, infer_schema_length=None)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<parallax table {self.name}: {len(self)} rows, columns {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from html import escape

        def cell(value: Any) -> str:
            shown = f"{value:.3g}" if isinstance(value, float) else "" if value is None else value
            return f"<td>{escape(str(shown))}</td>"

        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        rows = "".join(
            "<tr>" + "".join(cell(value) for value in row.values()) + "</tr>" for row in self[:50]
        )
        more = f"<p>… and {len(self) - 50} more rows</p>" if len(self) > 50 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"
