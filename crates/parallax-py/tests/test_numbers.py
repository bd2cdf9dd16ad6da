"""The same numbers as the command, to the byte, whatever the articles come in."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable

import pandas
import polars
import pyarrow
import pytest

import parallax

Command = Callable[..., str]
Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def table_file(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("made") / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_folder(seeds: pathlib.Path, command: Command) -> None:
    assert parallax.report(seeds).json() == command("report", "seeds", "-f", "json", "-q")


def test_markdown_and_page(seeds: pathlib.Path, command: Command) -> None:
    report = parallax.report(seeds)
    assert report.markdown() == command("report", "seeds", "-f", "markdown", "-q")
    assert report.html() == command("report", "seeds", "-f", "html", "-q")


@pytest.mark.parametrize("form", ["path", "pandas", "polars", "arrow", "dicts", "dates"])
def test_every_form_of_a_table(
    form: str, rows: Rows, table_file: pathlib.Path, command: Command
) -> None:
    frame = pandas.DataFrame(rows)
    articles = {
        "path": table_file,
        "pandas": frame,
        "polars": polars.DataFrame(rows),
        "arrow": pyarrow.Table.from_pylist(rows),
        "dicts": iter(rows),
        "dates": frame.assign(date=pandas.to_datetime(frame["date"])),
    }[form]
    expected = command("report", table_file, "-f", "json", "-q")
    assert parallax.report(articles).json() == expected


def test_options_of_the_command(rows: Rows, table_file: pathlib.Path, command: Command) -> None:
    report = parallax.report(
        rows,
        by="month",
        lexicons=["political-labels"],
        alpha=0.1,
        seed=3,
        evidence=2,
        confirmatory=True,
    )
    asked = "--by month -l political-labels --alpha 0.1 --seed 3 --evidence 2 --confirmatory"
    assert report.json() == command("report", table_file, "-f", "json", "-q", *asked.split())


def test_columns_of_other_names(rows: Rows) -> None:
    named = [{"body_of_it": r["text"], "who": r["outlet"], "id": r["id"]} for r in rows]
    report = parallax.report(named, fields={"text": "body_of_it", "outlet": "who"})
    assert [row["outlet"] for row in report.outlets] == ["north", "south", "west"]


def test_tables(rows: Rows) -> None:
    report = parallax.report(rows)
    assert len(report.rates.to_arrow()) == len(report.rates) == len(report.rates.to_pandas())
    assert report.rates.to_polars().height == len(report.rates)
    assert pyarrow.table(report.comparisons).num_rows == len(report.comparisons)
    own = report.rates.where(voice="own")
    assert {row["voice"] for row in own} == {"own"} and len(own) < len(report.rates)
    assert report.heterogeneity and report.sources
    assert "<table>" in report.rates._repr_html_()
    assert "<iframe" in report._repr_html_()
    with pytest.raises(AttributeError, match="no table 'nonsense'"):
        report.nonsense
    with pytest.raises(KeyError, match="no column"):
        report.rates.where(vice="own")


def test_saved_and_compared(rows: Rows, tmp_path: pathlib.Path, command: Command) -> None:
    old, new = parallax.report(rows[:150]), parallax.report(rows)
    old.save(tmp_path / "old")
    new.save(tmp_path / "new.json")
    changed = parallax.load(tmp_path / "old.json").diff(tmp_path / "new.json")
    assert changed.changed and not new.diff(new).changed
    paths = (tmp_path / "old.json", tmp_path / "new.json")
    assert changed.json() == command("diff", *paths, "-f", "json", "-q")
    assert (tmp_path / "new.html").read_text(encoding="utf-8") == new.html()


def test_concordance_and_explanation(seeds: pathlib.Path, command: Command) -> None:
    found = parallax.kwic(seeds, "regime*", width=40)
    assert found and all("regime" in line["hit"].lower() for line in found)
    article = next(path for path in sorted(seeds.rglob("*.txt")))
    explained = parallax.explain(article)
    asked = json.loads(command("explain", article, "-f", "json", "-q"))
    assert explained == asked
    assert parallax.explain([{"text": "A leftist came.", "outlet": "x"}])["hits"]
