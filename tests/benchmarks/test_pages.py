"""How long a long list takes to show, beside the same page without a line.

Both are asked of real apps over HTTP, in turns so that a busy machine slows both
alike. The answer holds the page's rows: nothing is left to be fetched.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from tests.benchmarks.large_books import large_books
from tests.ui.conftest import ROOT, StartedApp, Visitor
from ui import addresses

TURNS = 15
TIMES_AN_EMPTY_PAGE = 1.5
OPEN_ITEMS = 100_000
LONG = {"customers": 5_000, "entries": 2 * OPEN_ITEMS, "open_items": OPEN_ITEMS}
EMPTY = {"customers": 5_000, "entries": 20, "open_items": 0}


@contextmanager
def visited(folder: Path, sizes: dict[str, int]) -> Iterator[Visitor]:
    folder.mkdir()
    large_books(folder / "relance.db", **sizes).close()
    app = StartedApp([str(ROOT / "main.py"), "--data", str(folder)], folder)
    try:
        yield Visitor(app.next_address()).enter()
    finally:
        app.stop()


def shown(visitor: Visitor) -> tuple[float, int]:
    """Measure how long the list takes to come, and count its rows."""
    start = perf_counter()
    page = visitor.get(addresses.ITEMS).read().decode()
    return perf_counter() - start, page.count("Facture ")


@pytest.mark.benchmark
@pytest.mark.usefixtures("benchmark")
@pytest.mark.timeout(300)
def test_a_long_list_shows_about_as_fast_as_an_empty_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        visited(tmp_path / "long", LONG) as of_many,
        visited(tmp_path / "empty", EMPTY) as of_none,
    ):
        first, _rows = shown(of_many)
        shown(of_none)
        turns = [(shown(of_many), shown(of_none)) for _turn in range(TURNS)]

    many = median(taken for (taken, _rows), _none in turns)
    none = median(taken for _many, (taken, _rows) in turns)
    rows = {(long, empty) for (_, long), (_, empty) in turns}
    with capsys.disabled():
        sys.stdout.write(
            f"\n{OPEN_ITEMS} items: {many * 1000:.0f} ms (first {first * 1000:.0f} ms),"
            f" none: {none * 1000:.0f} ms, {many / none:.2f} times, rows {rows}"
        )
    assert all(long and not empty for long, empty in rows)
    assert many <= TIMES_AN_EMPTY_PAGE * none
