"""What the columns of a report's tables are: ``docs/report.schema.json``, which travels in the wheel."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from . import _parallax

if TYPE_CHECKING:
    import pyarrow

Node = dict[str, Any]

_SCALARS = {"integer": int, "number": float, "string": str, "boolean": bool}


@functools.cache
def _schema() -> Node:
    schema: Node = json.loads(_parallax.report_schema())
    return schema


def _resolved(node: Node) -> Node:
    """A node with what it refers to."""
    if "$ref" in node:
        meant = _resolved(_schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]])
        return {**meant, **node}
    for one in node.get("anyOf", []):
        if one.get("type") != "null":
            return {**_resolved(one), **node}
    return node


@functools.cache
def columns(table: str) -> dict[str, Node]:
    """The columns of a table by name, in their order; none for a table that reports don't have."""
    about = _schema()["properties"].get(table, {})
    if about.get("type") != "array":
        return {}
    row = _resolved(about["items"])
    return {name: _resolved(node) for name, node in row["properties"].items()}


def tables() -> list[str]:
    """The names of the tables of a report."""
    return [name for name, about in _schema()["properties"].items() if about.get("type") == "array"]


def scalar(node: Node) -> type | None:
    """The type of a column of single values; None for lists and the like."""
    if "enum" in node:
        return str
    kinds = node.get("type")
    names: list[str] = [kinds] if isinstance(kinds, str) else kinds or []
    return next((_SCALARS[name] for name in names if name in _SCALARS), None)


def is_mixed(node: Node) -> bool:
    """Whether values of different types stand in one list, for which tables have no type."""
    return any("prefixItems" in one for one in _inside(node))


def _inside(node: Node) -> Iterator[Node]:
    yield node
    if "items" in node:
        yield from _inside(_resolved(node["items"]))


def arrow_type(node: Node) -> pyarrow.DataType:
    """The Arrow type of a column, which does not depend on what stands in it."""
    import pyarrow

    node = _resolved(node)
    single = scalar(node)
    if single is not None:
        return {
            int: pyarrow.int64(),
            float: pyarrow.float64(),
            str: pyarrow.string(),
            bool: pyarrow.bool_(),
        }[single]
    if is_mixed(node):
        return pyarrow.string()
    if "items" in node:
        return pyarrow.list_(arrow_type(node["items"]))
    if "properties" in node:
        return pyarrow.struct([(name, arrow_type(one)) for name, one in node["properties"].items()])
    return pyarrow.map_(pyarrow.string(), arrow_type(node["additionalProperties"]))
