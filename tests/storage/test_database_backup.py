import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.basics.errors import BooksUnreadableError
from domain.basics.file_problems import FileNotWrittenError
from domain.copies import CopyReason, KeptCopy
from storage.database import backup, copies
from storage.database.books import open_books
from tests.builders import (
    ENTITY_ID,
    NOW,
    a_customer,
    an_entity,
    an_entry,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Books of one firm with enough entries to fill many pages, closed."""
    path = tmp_path / "relance.db"
    books = open_books(path)
    with books.atomic():
        books.entities.save(an_entity())
        books.customers.save_many([a_customer()])
        books.ledger.save_entries(an_entry(piece=f"FA-{n}") for n in range(2000))
    books.close()
    return path


def test_a_copy_of_live_books_is_complete(file: Path, tmp_path: Path) -> None:
    books = open_books(file)
    books.settings.set("language", "fr")
    copy = tmp_path / "copie.db"

    books.backup(str(copy))

    assert Path(f"{file}-wal").stat().st_size > 0  # a copied file would miss it
    assert not list(tmp_path.glob("copie.db?*"))
    copied = open_books(copy)
    assert copied.settings.get("language") == "fr"
    assert len(copied.ledger.entries(ENTITY_ID)) == 2000


def test_books_are_not_copied_in_the_middle_of_a_group(file: Path) -> None:
    books = open_books(file)

    with pytest.raises(RuntimeError, match="between"), books.atomic():
        books.settings.set("half", "done")
        books.backup(str(file.with_name("copie.db")))


def test_a_copy_that_cannot_be_made_spares_the_former_one(
    file: Path, tmp_path: Path
) -> None:
    content = bytearray(file.read_bytes())
    content[8192:20480] = b"\xaa" * 12288
    file.write_bytes(content)
    copy = tmp_path / "copie.db"
    copy.write_text("former")

    with (
        closing(sqlite3.connect(file)) as connection,
        pytest.raises(BooksUnreadableError),
    ):
        backup.write_copy(connection, copy)

    assert copy.read_text() == "former"
    assert not list(tmp_path.glob("copie.db?*"))


def test_copies_are_kept_by_day_then_by_week_then_by_month() -> None:
    noon = datetime(2026, 3, 31, 12, tzinfo=UTC)
    every_day = [noon - timedelta(days=n) for n in range(600)]
    all_copies = [a_kept_copy(moment) for moment in every_day]

    kept = copies.kept(all_copies, noon.date())

    ages = [n for n in range(600) if all_copies[n].file in kept]
    # 31 March 2026 is a Tuesday: weeks end on Sundays, months on their last day.
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert ages[7:9] == [9, 16]
    months = [every_day[n].month for n in ages[9:]]
    assert months == [2, 1, 12, 11, 10, 9, 8, 7, 6, 5, 4]


def test_the_ten_latest_copies_of_the_day_are_kept() -> None:
    noon = datetime(2026, 3, 31, 12, tzinfo=UTC)
    made = [a_kept_copy(noon - timedelta(minutes=n)) for n in range(15)]

    kept = copies.kept(made, noon.astimezone().date())

    assert kept == {copy.file for copy in made[:10]}


def a_kept_copy(moment: datetime) -> KeptCopy:
    return KeptCopy(
        file=f"{moment:%Y%m%d%H%M}",
        made_at=moment,
        reason=CopyReason.START,
        size=1,
    )


def keep(file: Path, moment: datetime = NOW) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        return copies.keep(connection, file, CopyReason.IMPORT, moment)


def test_a_copy_tells_its_moment_in_local_time_and_why_it_was_made(file: Path) -> None:
    moment = datetime(2026, 3, 31, 8, 5, 7, tzinfo=UTC)
    local = moment.astimezone()

    copy = keep(file, moment)

    assert copy.name == f"relance-2026-03-31-{local:%H}0507-import.db"
    [listed] = copies.listed(file)
    assert (listed.made_at, listed.reason) == (local, CopyReason.IMPORT)


def test_a_copy_never_takes_the_place_of_another(file: Path) -> None:
    first, second = keep(file), keep(file)  # as when the clock was set back

    assert first != second
    assert len(copies.listed(file)) == 2


def test_copies_made_after_the_clock_was_set_back_are_kept(file: Path) -> None:
    keep(file, NOW + timedelta(days=900))

    made = [keep(file, NOW + timedelta(minutes=n)) for n in range(3)]

    assert {str(copy) for copy in made} < {copy.file for copy in copies.listed(file)}


def test_one_copy_a_day_is_made_once_there_is_a_firm(file: Path) -> None:
    with closing(open_books(file)) as books:
        assert books.keep_daily_copy()
        assert not books.keep_daily_copy()
    with closing(open_books(file.with_name("new.db"))) as empty:
        assert not empty.keep_daily_copy()


def test_copies_go_to_the_chosen_folder_with_what_was_sent(file: Path) -> None:
    disk = file.parent / "disk"
    copies.choose(file, str(disk))
    with closing(open_books(file)) as books:
        books.outbox.save_document("a.eml", "message/rfc822", b"To: someone")
        books.keep_copy()

    [copy] = copies.listed(file)
    assert Path(copy.file).parent == disk
    assert copies.place(file).used == copy.size
    assert [f.read_bytes() for f in disk.rglob("*.eml")] == [b"To: someone"]


def test_copies_stay_beside_the_books_while_the_chosen_disk_is_away(
    file: Path,
) -> None:
    disk = file.parent / "disk"
    copies.choose(file, str(disk))
    disk.rename(disk.with_name("away"))

    assert keep(file).parent == file.parent / "backups"
    assert copies.place(file).out_of_reach == str(disk)


def test_a_folder_that_takes_nothing_cannot_be_chosen(file: Path) -> None:
    with pytest.raises(FileNotWrittenError):
        copies.choose(file, str(file / "inside a file"))

    assert copies.place(file).folder == str(file.parent / "backups")


def test_a_damaged_copy_is_not_kept_and_pushes_no_other_out(file: Path) -> None:
    good = keep(file)
    content = bytearray(file.read_bytes())
    content[8192:20480] = b"\xaa" * 12288
    file.write_bytes(content)

    with pytest.raises(BooksUnreadableError):
        keep(file, NOW + timedelta(days=1))

    assert [copy.file for copy in copies.listed(file)] == [str(good)]
