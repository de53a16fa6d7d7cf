"""The command « restore »."""

from pathlib import Path

import pytest

from tests.journeys.command import Command, a_fec, a_fec_line


@pytest.fixture
def firm(command: Command, tmp_path: Path) -> Command:
    """Have a firm that imported twice, each import after a copy."""
    command("import", str(a_fec(tmp_path)), "--entity", "Firme")
    more = a_fec(tmp_path, a_fec_line("F9", day="20260301"), name="more.txt")
    command("import", str(more), "--yes-other-firm")
    return command


def test_a_copy_is_listed_looked_at_and_put_back(firm: Command) -> None:
    latest = firm("restore")["copies"][0]
    assert latest["reason"] == "import"
    before = firm("status")

    told = firm("restore", Path(latest["file"]).name)
    assert told["added_since"]["imports"] == 1
    assert told["now"]["items"] - told["holds"]["items"] == 1
    assert firm("status") == before  # looking changes nothing

    done = firm("restore", latest["file"], "--yes")
    assert (done["kept_sent"], done["to_check"]) == (0, 0)
    assert firm("restore", done["set_aside"], "--yes")["set_aside"]
    assert firm("status") == before


def test_damaged_books_are_told_with_the_command_that_restores(firm: Command) -> None:
    file = firm.folder / "relance.db"
    file.write_bytes(file.read_bytes()[:5000])

    assert "restore" in firm.refused("status")
    [latest, *_] = firm("restore")["copies"]
    firm("restore", latest["file"], "--yes")
    assert firm("check")["problems"] == []


def test_a_copy_that_is_not_there_is_refused(firm: Command) -> None:
    assert "relance-1999.db" in firm.refused("restore", "relance-1999.db")
