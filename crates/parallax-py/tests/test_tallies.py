"""Counted apart, taken together: the report of one go."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable

import pyarrow
import pyarrow.parquet
import pytest

import parallax

Rows = list[dict[str, object]]

#: Few, because the wheel that is tested is not an optimised one.
LEXICONS = ["political-labels", "choices", "targets"]


def test_parts_in_memory(rows: Rows) -> None:
    parts = [parallax.tally(rows[at : at + 70], lexicons=LEXICONS) for at in (140, 0, 70)]
    assert parallax.report(tallies=parts).json() == parallax.report(rows, lexicons=LEXICONS).json()
    table = parts[0].to_arrow()
    assert {"row", "outlet", "id", "hash", "counts", "evidence"} <= set(table.column_names)
    assert parallax.report(tallies=table).outlets[0]["articles"] == 20


def test_files_of_wheel_and_command(
    rows: Rows, tmp_path: pathlib.Path, command: Callable[..., str]
) -> None:
    half = tmp_path / "half.jsonl"
    half.write_text("".join(json.dumps(row) + "\n" for row in rows[100:]), encoding="utf-8")
    asked = [argument for lexicon in LEXICONS for argument in ("-l", lexicon)]
    command("tally", half, *asked, "-o", tmp_path / "command.parquet", "-q")
    parallax.tally(rows[:60], lexicons=LEXICONS).save(tmp_path / "wheel.parquet")
    parallax.tally(rows[60:100], lexicons=LEXICONS).save(tmp_path / "wheel.arrow")
    whole = parallax.report(rows, lexicons=LEXICONS).json()
    assert parallax.report(tallies=tmp_path).json() == whole
    assert command("report", "--tallies", tmp_path, "-f", "json", "-q") == whole


def test_tallies_that_another_tool_packed(rows: Rows, tmp_path: pathlib.Path) -> None:
    tallies = parallax.tally(rows[:40], lexicons=LEXICONS)
    whole, table = parallax.report(tallies=tallies).json(), tallies.to_arrow()
    for packing in ("zstd", "gzip", "lz4", "none"):
        path = tmp_path / f"{packing}.parquet"
        pyarrow.parquet.write_table(table, path, compression=packing)
        assert parallax.report(tallies=path).json() == whole, packing
    path = tmp_path / "brotli.parquet"
    pyarrow.parquet.write_table(table, path, compression="brotli")
    with pytest.raises(parallax.ParallaxError, match="packed with Brotli; write it with Zstandard"):
        parallax.report(tallies=path)


def test_sums(rows: Rows, tmp_path: pathlib.Path) -> None:
    articles = parallax.report(rows, lexicons=LEXICONS)
    halves = (rows[:90], rows[90:])
    parts = [parallax.tally(half, lexicons=LEXICONS, sums=True) for half in halves]
    sums = parallax.report(tallies=parts)
    for table in ("outlets", "categories", "own_shares", "terms", "choices", "targets"):
        assert list(sums.table(table)) == list(articles.table(table)), table
    known = ("hits", "words", "articles", "articles_with_hits", "rate", "low", "high", "tier")
    for one, other in zip(sums.rates, articles.rates, strict=True):
        assert all(one[name] == other[name] for name in known)
    assert [row["code"] for row in sums.warnings].count("sums-only") == 1
    assert all(row["p"] is None for row in sums.comparisons)


def test_names_can_be_left_out_of_sums(rows: Rows) -> None:
    """As docs/SCALE.md says: only the table of targets is another."""
    sums = parallax.tally(rows, lexicons=LEXICONS, sums=True).to_arrow()
    labelled = [
        row["row"] != "target" or row["hits"] > 0 for row in sums.select(["row", "hits"]).to_pylist()
    ]
    fewer = parallax.report(tallies=sums.filter(pyarrow.array(labelled)))
    whole = parallax.report(tallies=sums)
    differing = [name for name in whole.tables if list(whole.table(name)) != list(fewer.table(name))]
    assert 0 < len(fewer.targets) < len(whole.targets) and differing == ["targets"]


def test_what_does_not_fit_is_refused(rows: Rows) -> None:
    one = parallax.tally(rows[:50], lexicons="political-labels")
    unlike = next(id for id in parallax.builtin() if id != "political-labels")
    other = parallax.tally(rows[50:], lexicons=unlike)
    with pytest.raises(parallax.ParallaxError, match="different lexicons"):
        parallax.report(tallies=[one, other])
    with pytest.raises(parallax.ParallaxError, match="what a row is differs"):
        parallax.report(
            tallies=[one, parallax.tally(rows, lexicons="political-labels", sums=True)]
        )
    with pytest.raises(parallax.ParallaxError, match="holds no tallies"):
        parallax.report(tallies=pyarrow.table({"x": [1]}))
    with pytest.raises(parallax.ParallaxError, match="no file of tallies"):
        parallax.report(tallies="nowhere/*.parquet")
    with pytest.raises(parallax.ParallaxError, match="there are no tallies"):
        parallax.report(tallies=[])
    with pytest.raises(TypeError, match="not dict"):
        parallax.report(tallies=[{"x": 1}])  # type: ignore[list-item]


def test_seven_uneven_parts_of_a_real_collection(congress: pathlib.Path) -> None:
    import pandas

    small = [file for file in sorted(congress.glob("*.jsonl")) if file.stat().st_size < 60_000]
    lines = [line for file in small[:20] for line in file.read_text("utf-8").splitlines()]
    frame = pandas.DataFrame([json.loads(line) for line in lines])
    assert len(frame) > 100
    borders = [int(len(frame) * part) for part in (0, 0.01, 0.05, 0.06, 0.4, 0.6, 0.97, 1)]
    parts = [
        parallax.tally(frame.iloc[start:end], by="label", lexicons="political-labels")
        for start, end in zip(borders, borders[1:])
    ]
    whole = parallax.report(frame, by="label", lexicons="political-labels")
    assert parallax.report(tallies=reversed(parts)).json() == whole.json()
