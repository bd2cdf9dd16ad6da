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
from conftest import made_up

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
    expected = command("report", table_file, "-l", "political-labels", "-f", "json", "-q")
    assert parallax.report(articles, lexicons="political-labels").json() == expected


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


def test_other_languages_are_left_out(tmp_path: pathlib.Path, command: Command) -> None:
    german = "Der Präsident sagte am Montag, dass die Regierung das Gesetz nicht unterschreiben werde. "
    rows = [*made_up(12), {"id": "de", "outlet": "north", "text": german * 6, "date": "2017-12-01"}]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    asked = ("report", file, "-l", "political-labels", "-f", "json", "-q")
    with pytest.warns(UserWarning, match="row 13: skipped: it is in German.*any_language=True keeps it"):
        report = parallax.report(rows, lexicons="political-labels")
    assert report.json() == command(*asked)
    assert report.warnings.where(code="other-language")[0]["count"] == 1
    kept = parallax.report(rows, lexicons="political-labels", any_language=True)
    assert kept.json() == command(*asked, "--any-language") != report.json()


def test_columns_of_other_names(rows: Rows) -> None:
    named = [{"body_of_it": r["text"], "who": r["outlet"], "id": r["id"]} for r in rows]
    columns = {"text": "body_of_it", "outlet": "who"}
    report = parallax.report(named, fields=columns, lexicons="political-labels")
    assert [row["outlet"] for row in report.outlets] == ["north", "south", "west"]


def test_tables(rows: Rows, table_file: pathlib.Path, command: Command) -> None:
    report = parallax.report(rows, lexicons="political-labels")
    own = report.rates.where(voice="own")
    assert {row["voice"] for row in own} == {"own"} and len(own) < len(report.rates)
    assert pyarrow.table(report.comparisons).num_rows == len(report.comparisons) > 0
    assert report.heterogeneity and report.sources
    assert "per 1,000 words" in report.rates.about["rate"]
    assert "<table>" in report.rates._repr_html_()
    assert "<iframe" in report._repr_html_()
    asked = ("-l", "political-labels", "--table", "evidence", "--voice", "own", "-q")
    assert report.text(table="evidence", voice="own") == command("report", table_file, *asked)
    with pytest.raises(AttributeError, match="no table 'nonsense'"):
        report.nonsense
    with pytest.raises(KeyError, match="no column"):
        report.rates.where(vice="own")
    with pytest.raises(parallax.ParallaxError, match="no table `nonsense`; there are: .*coverage"):
        report.text(table="nonsense")
    with pytest.raises(parallax.ParallaxError, match="per is a number of words"):
        report.markdown(per=0)


def test_every_table_as_a_frame(seeds: pathlib.Path) -> None:
    """The same columns and types, whether there are rows or not."""
    full = parallax.report(seeds, lexicons=["political-labels", "naming", "targets"])
    one = [{"id": "1", "outlet": "x", "text": "Nothing happened."}]
    bare = parallax.report(one, lexicons="political-labels")
    assert not bare.comparisons and not bare.evidence
    assert {"rates", "articles", "side_by_side"} < set(full.tables)
    for name in full.tables:
        tables = full.table(name), bare.table(name)
        assert tables[0].columns == tables[1].columns and tables[0].columns
        arrow = [table.to_arrow() for table in tables]
        assert arrow[0].schema == arrow[1].schema
        assert pyarrow.concat_tables(arrow).num_rows == len(tables[0]) + len(tables[1])
        for table in tables:
            assert list(table.to_pandas().columns) == table.columns
            assert table.to_polars().shape == (len(table), len(table.columns))
            assert all(list(row) == table.columns for row in table), name


def test_saved_and_compared(rows: Rows, tmp_path: pathlib.Path, command: Command) -> None:
    old, new = (parallax.report(some, lexicons="political-labels") for some in (rows[:150], rows))
    old.save(tmp_path / "old")
    new.save(tmp_path / "new.json")
    changed = parallax.load(tmp_path / "old.json").diff(tmp_path / "new.json")
    assert changed.changed and not new.diff(new).changed
    paths = (tmp_path / "old.json", tmp_path / "new.json")
    assert changed.json() == command("diff", *paths, "-f", "json", "-q")
    assert (tmp_path / "new.html").read_text(encoding="utf-8") == new.html()


def test_concordance_and_explanation(seeds: pathlib.Path, command: Command) -> None:
    found = parallax.kwic(seeds, "illegal", width=40, lexicons="contested-labels")
    asked = ("kwic", "seeds", "--term", "illegal", "-l", "contested-labels", "-f", "json", "-q")
    assert found and [line["hit"].lower() for line in found] == ["illegal"] * len(found)
    places = [(line["article"], line["start"]) for line in json.loads(command(*asked))]
    assert [(line["article"], line["start"]) for line in found] == places
    assert list(found[0]) == found.columns
    assert parallax.kwic(made_up(1), "illegal").columns == found.columns
    with pytest.raises(parallax.ParallaxError, match="no lexicon of this run has the term `xyzzy`"):
        parallax.kwic(seeds, "xyzzy")
    article = next(path for path in sorted(seeds.rglob("*.txt")))
    explained = parallax.explain(article)
    assert explained == json.loads(command("explain", article, "-f", "json", "-q"))
    assert parallax.explain([{"text": "A leftist came.", "outlet": "x"}])["hits"]
