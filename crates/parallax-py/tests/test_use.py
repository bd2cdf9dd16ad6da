"""Errors, lexicons, signals, threads, types."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pyarrow
import pytest

import parallax
from conftest import made_up

Rows = list[dict[str, object]]


def test_errors_say_what_the_command_says(
    tmp_path: pathlib.Path, seeds: pathlib.Path, command: Callable[..., str]
) -> None:
    nowhere = tmp_path / "nowhere"
    said = command("report", nowhere, fails=True)
    with pytest.raises(parallax.ParallaxError) as error:
        parallax.report(nowhere)
    assert str(error.value) in said
    said = command("report", "seeds", "-l", "politcal-labels", "-q", fails=True)
    with pytest.raises(parallax.LexiconError, match="did you mean") as error:
        parallax.report(seeds, lexicons="politcal-labels")
    assert str(error.value) in said


def test_wrong_use() -> None:
    with pytest.raises(TypeError, match="articles or tallies"):
        parallax.report()
    with pytest.raises(TypeError, match="not int"):
        parallax.report(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="dictionary of its fields"):
        parallax.report([1, 2])  # type: ignore[list-item]
    with pytest.raises(parallax.ParallaxError, match="alpha|level"):
        parallax.report(made_up(3), alpha=1.5)
    with pytest.raises(parallax.ParallaxError, match="there is no outlet `east`"):
        parallax.report(made_up(9), compare=[("east", "north")])
    with pytest.raises(parallax.ParallaxError, match="text"):
        parallax.report([{"nothing": "here"}])
    with pytest.raises(parallax.ParallaxError, match="no voice `loud`; there are: .*quoted"):
        parallax.kwic(made_up(3), "regime", voice="loud")
    with pytest.raises(parallax.ParallaxError, match="events are declared, found or none"):
        parallax.report(made_up(3), events="guessed")
    with pytest.raises(parallax.ParallaxError, match="seed lies between"):
        parallax.report(made_up(3), seed=-1)
    with pytest.raises(TypeError, match="not dict; Lexicon.make"):
        parallax.report(made_up(3), lexicons=[{"storm": ["gale"]}])  # type: ignore[list-item]
    with pytest.raises(parallax.ParallaxError, match="list of lexicons is empty"):
        parallax.report(made_up(3), lexicons=[])
    with pytest.raises(TypeError, match="compare takes pairs"):
        parallax.report(made_up(3), compare=["north"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="seed is a whole number"):
        parallax.report(made_up(3), seed=1.5)  # type: ignore[arg-type]
    with pytest.raises(parallax.ParallaxError, match="no article is of east; there are: north, south"):
        parallax.report(made_up(9), outlets="east", lexicons="political-labels")


@pytest.mark.parametrize("form", ["dicts", "arrow"])
def test_messages_speak_of_the_table(form: str) -> None:
    """Nobody knows the file that a table is written to."""

    def table(*rows: dict[str, object]) -> Any:
        return list(rows) if form == "dicts" else pyarrow.Table.from_pylist(list(rows))

    said = []
    with pytest.raises(parallax.ParallaxError) as error:
        parallax.report(table({"nothing": "here"}))
    said.append(str(error.value))
    with pytest.raises(parallax.ParallaxError) as error:
        parallax.report(table({"x": "A text.", "outlet": "x"}), fields={"text": "y"})
    said.append(str(error.value))
    with pytest.warns(UserWarning) as warned:
        with pytest.raises(parallax.ParallaxError) as error:
            parallax.report(table())
        said.append(str(error.value))
        parallax.tally(
            table({"text": "A regime.", "outlet": "x"}, {"text": None, "outlet": "x"}),
            lexicons="political-labels",
        )
    said += [str(one.message) for one in warned]
    assert all(one.filename == __file__ for one in warned)
    assert 'fields={"text": "NAME"}' in said[0] and "`y`" in said[1]
    assert any(line.startswith("row 2: skipped") for line in said)
    assert not any("parallax-" in line or "jsonl" in line or "--" in line for line in said), said


def test_rows_that_can_not_be_used_are_named(rows: Rows) -> None:
    with pytest.warns(UserWarning, match="text"):
        report = parallax.report([*rows[:5], {"id": "x", "outlet": "north", "text": ""}])
    assert report.warnings[0]["count"] == 1


def test_columns_that_no_article_has() -> None:
    """Lists, structures, bytes and what not beside the text: kept where they can be grouped by, else let
    be."""
    import datetime

    frame = {
        "text": [b"The far-left mob.", "Die Überschrift.".encode()],
        "outlet": ["x", "y"],
        "about": [{"desk": "home", "tags": ["a"]}, None],
        "read": [datetime.timedelta(minutes=2), None],
    }
    table = pyarrow.table({"number": pyarrow.array([1, 2], pyarrow.decimal128(5, 2)), **frame})
    report = parallax.report(table, lexicons="political-labels", any_language=True)
    assert report.outlets["words"] == [4, 2]
    assert report.rates.where(outlet="x", voice="all", category="ideology-label")["hits"] == [1]
    with pytest.warns(UserWarning, match="no column is known to hold the outlet.*other columns: desk"):
        parallax.tally([{"text": "A leftist.", "desk": "home"}], lexicons="political-labels")


def test_lexicons(tmp_path: pathlib.Path) -> None:
    made = parallax.Lexicon.make(
        "weather",
        {"storm": ["storm*", "gale", {"term": "ICE", "case": "exact"}]},
        targets={"Maria Santos": ["Santos"]},
    )
    assert (made.id, len(made)) == ("weather", 3)
    made.save(tmp_path / "weather.toml")
    assert parallax.Lexicon.load(tmp_path / "weather.toml").toml == made.toml
    articles = [{"text": "Storms and ice and ICE met Maria Santos.", "outlet": "x", "id": "1"}]
    report = parallax.report(articles, lexicons=[made, "political-labels"])
    found = {row["term"]: row["hits"] for row in report.terms.where(voice="all")}
    assert found == {"storm*": 1, "ICE": 1}
    assert "political-labels" in parallax.builtin()
    with pytest.raises(parallax.LexiconError, match="'empty' can't be used: .* no term"):
        parallax.Lexicon.make("empty", {"none": []})
    faulty = parallax.Lexicon("schema = 1\nid = 3\n", "bad.toml")
    assert any(one.severity == "error" and one.line == 2 for one in faulty.check())
    with pytest.raises(parallax.LexiconError, match=r"bad.toml:2:"):
        parallax.report(articles, lexicons=faulty)
    words = tmp_path / "words.txt"
    words.write_text("storm\ngale\n")
    assert len(parallax.Lexicon.import_(words, id="words", category="weather")) == 2


def test_the_lock_is_released() -> None:
    """Another thread runs while articles are counted."""
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        parallax.tally(made_up(2000), lexicons="political-labels")
    finally:
        done.set()
        thread.join()
    assert ticks > 3


#: Interrupts itself when so many articles are counted, and says whether the call ended at once. What is
#: called meanwhile is no Python: only the call itself can notice the signal. Again where the thread that
#: interrupts came too late, which a busy machine may bring about.
INTERRUPTED = """
import contextlib, pathlib, signal, sys, threading, time
import parallax, parallax._report

file, number = pathlib.Path(sys.argv[1]), int(sys.argv[2])
counted = []
parallax._report.progress = lambda show: contextlib.nullcontext(counted.append)

def interrupt():
    while sum(counted) < number:
        time.sleep(0.001)
    signal.raise_signal(signal.SIGINT)

for attempt in range(20):
    counted.clear()
    thread = threading.Thread(target=interrupt)
    thread.start()
    done = False
    try:
        parallax.report(file, lexicons=["political-labels", "stance"])
        done = True
        thread.join()
        time.sleep(1)
    except KeyboardInterrupt:
        thread.join()
        if not done:
            raise
sys.exit("never interrupted")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("part", [0.1, 1], ids=["while it counts", "in the statistics"])
def test_ctrl_c_ends_the_call(part: float, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "articles.jsonl"
    articles = made_up(3000)
    file.write_text("".join(json.dumps(row) + "\n" for row in articles), encoding="utf-8")
    number = str(max(1, int(part * len(articles))))
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, file, number], capture_output=True, text=True
    )
    assert "KeyboardInterrupt" in run.stderr and run.returncode != 0, run.stderr


def test_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar of tqdm hears of every article."""
    tqdm = pytest.importorskip("tqdm.auto")
    told: list[int] = []

    class Bar:
        def __init__(self, **options: object) -> None:
            assert options["disable"] is None

        def __enter__(self) -> Bar:
            return self

        def __exit__(self, *error: object) -> None:
            told.append(-1)

        def update(self, articles: int) -> None:
            told.append(articles)

    monkeypatch.setattr(tqdm, "tqdm", Bar)
    parallax.tally(made_up(50), lexicons="political-labels")
    assert sum(told[:-1]) == 50 and told[-1] == -1
    told.clear()
    parallax.tally(made_up(50), lexicons="political-labels", show_progress=False)
    assert not told


def test_types_hold(root: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    package = pathlib.Path(parallax.__file__).parent
    assert (package / "py.typed").exists()
    quiet = ["--no-error-summary", "--ignore-missing-imports", "--cache-dir", "/dev/null"]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *quiet, "-p", "parallax"],
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout
    stubs = subprocess.run(
        [
            *(sys.executable, "-m", "mypy.stubtest", "parallax._parallax"),
            *("--ignore-missing-stub", "--ignore-disjoint-bases"),
        ],
        capture_output=True,
        text=True,
    )
    assert stubs.returncode == 0, stubs.stdout
