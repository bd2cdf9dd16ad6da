"""What the tests share: the sample corpus, the command, the collections beside the project."""

from __future__ import annotations

import os
import pathlib
import subprocess
from collections.abc import Callable

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def root() -> pathlib.Path:
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> pathlib.Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def command() -> Callable[..., str]:
    """Runs the command and gives its standard output."""
    program = os.environ.get("PARALLAX")
    if program is None:
        built = [ROOT / "target" / kind / "parallax" for kind in ("release", "quick", "debug")]
        program = next((str(path) for path in built if path.exists()), None)
    if program is None:
        pytest.skip("the command is not built; name it in PARALLAX")

    def run(*arguments: object, fails: bool = False) -> str:
        done = subprocess.run(
            [program, *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "NO_COLOR": "1"},
        )
        assert fails == (done.returncode != 0), done.stderr
        return done.stderr if fails else done.stdout

    return run


@pytest.fixture(scope="session")
def congress() -> pathlib.Path:
    """Statements of politicians, where they stand beside the project."""
    shared = pathlib.Path(os.environ.get("PARALLAX_SHARED", ROOT.parent / "shared"))
    path = shared / "corpora" / "congress"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    return path


#: Articles that were made up for the tests: two outlets, hits in every voice, copies, dates.
WORDS = [
    "The far-left regime of Maria Santos crushed the radical mob.",
    'Senator Kane said the so-called "reform" was a disaster.',
    "Illegal aliens and undocumented immigrants were told to wait.",
    '"This is an outrage," claimed the extremist leader Boris Vale.',
    "Officials noted that taxes rose by two percent in the northern towns.",
    "He is not a dictator, the thug insisted on Monday.",
]


def made_up(number: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for index in range(number):
        first, second = WORDS[index % 6], WORDS[(index * 5 + index // 7) % 6]
        rows.append(
            {
                "id": f"a{index:05}",
                "outlet": ["north", "south", "west"][index % 3],
                "title": None if index % 4 == 0 else f"Story number {index % 9}",
                "text": f"{first} {second} It was day {index % 50}.",
                "date": f"2017-12-{1 + index % 28:02}",
            }
        )
    return rows


@pytest.fixture(scope="session")
def rows() -> list[dict[str, object]]:
    return made_up(200)
