"""The tutorial runs from top to bottom, and so do the recipes of docs/SCALE.md that can."""

from __future__ import annotations

import os
import pathlib
import re

import pytest


def blocks(page: pathlib.Path) -> list[tuple[int, str]]:
    """The blocks of Python on a page, each with its line."""
    text = page.read_text(encoding="utf-8")
    found = re.finditer(r"^```python\n(.*?)^```$", text, flags=re.M | re.S)
    return [(text[: one.start()].count("\n") + 2, one.group(1)) for one in found]


def test_the_tutorial(
    root: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    monkeypatch.chdir(tmp_path)
    os.symlink(root / "seeds", tmp_path / "seeds")
    page = root / "docs" / "TUTORIAL.md"
    names: dict[str, object] = {}
    found = blocks(page)
    assert len(found) > 6
    for line, source in found:
        exec(compile("\n" * (line - 1) + source, str(page), "exec"), names)
    assert (tmp_path / "rates.png").stat().st_size > 1000


@pytest.mark.parametrize("engine", ["ray", "dask"])
def test_other_engines(engine: str, root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    pytest.importorskip(engine)
    import parallax
    from conftest import made_up

    page = (root / "docs" / "SCALE.md").read_text(encoding="utf-8")
    recipe = re.search(rf"<!-- {engine} -->\n```python\n(.*?)^```$", page, flags=re.M | re.S)
    assert recipe is not None
    rows = made_up(70)
    names: dict[str, object] = {"rows": rows}
    exec(recipe.group(1), names)
    assert names["report"].json() == parallax.report(rows).json()  # type: ignore[attr-defined]
