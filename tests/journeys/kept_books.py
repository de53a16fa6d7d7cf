"""Books that must stay as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.command import Command, a_fec

IMPORTED_ON = ("--date", "2026-03-31")


@pytest.fixture
def kept(command: Command, tmp_path: Path) -> Command:
    """Books that already hold a firm and its three invoices."""
    command("import", str(a_fec(tmp_path)), *IMPORTED_ON)
    return command


@contextmanager
def unchanged(command: Command) -> Iterator[None]:
    """Check that the books are afterwards as they were before."""

    def seen() -> list[object]:
        return [command(view, *IMPORTED_ON) for view in ("items", "clients", "status")]

    before = seen()
    yield
    assert seen() == before
    assert command("check")["problems"] == []
