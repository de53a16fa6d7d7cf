"""What a watched folder brings, judged, and a full export."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.basics.money import Money
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import StepKind
from domain.files import FoundFile
from domain.ledger.import_report import FaultKind, ImportFault
from domain.ports import Books
from domain.usecases.agreeing import place_hold, record_promise, write_note
from domain.usecases.frame import show_frame
from domain.usecases.importing import (
    confirm_import,
    preview_import,
    undo_last_import,
)
from domain.usecases.synchronising import (
    DoubtKind,
    LimitTooHighError,
    NoWatchedFolderError,
    SyncSettings,
    judge,
    last_seen,
    note_seen,
    save_sync_settings,
    set_aside,
    silent_since,
    sync_settings,
    watch_of,
    watches,
)
from tests.builders import an_entity
from tests.journeys.stories import a_file, a_line, books_of, bring_in, moment

TODAY = date(2026, 3, 31)
JAN = date(2026, 1, 10)
LINES = [a_line(f"F{n}", 100_00, JAN) for n in range(10)]
SETTINGS = SyncSettings()


def doubts_about(books: Books, entity_id: EntityId, *lines: object) -> list[DoubtKind]:
    source = a_file(*lines)  # type: ignore[arg-type]
    preview = preview_import(books, source, entity_id, TODAY)
    return [doubt.kind for doubt in judge(preview, SETTINGS)]


def test_a_file_that_goes_on_from_the_last_one_raises_no_doubt() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(*LINES), TODAY)

    newer = a_line("F10", 100_00, TODAY)

    assert doubts_about(books, entity_id, *LINES, newer) == []


def test_the_first_file_of_a_firm_raises_no_doubt() -> None:
    books, entity_id = books_of()

    assert doubts_about(books, entity_id, *LINES) == []


def test_entries_that_vanish_beyond_the_limit_raise_a_doubt() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(*LINES), TODAY)

    assert doubts_about(books, entity_id, *LINES[1:]) == [DoubtKind.VANISHED]


def test_a_total_that_jumps_raises_a_doubt_with_its_share() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(*LINES), TODAY)
    source = a_file(*LINES, a_line("F10", 600_00, TODAY))

    [doubt] = judge(preview_import(books, source, entity_id, TODAY), SETTINGS)

    assert (doubt.kind, doubt.count) == (DoubtKind.JUMP, 60)


def test_a_total_that_jumps_in_another_currency_raises_a_doubt_too() -> None:
    books, entity_id = books_of()
    dollars = replace(
        a_line("U1", 1, TODAY), debit=Money(10_00, "USD"), credit=Money(0, "USD")
    )
    bring_in(books, entity_id, a_file(*LINES, dollars), TODAY)
    more = replace(dollars, piece="U2", debit=Money(90_00, "USD"))

    [doubt] = judge(
        preview_import(books, a_file(*LINES, dollars, more), entity_id, TODAY), SETTINGS
    )

    assert (doubt.kind, doubt.count) == (DoubtKind.JUMP, 900)


def test_half_the_total_is_no_jump_yet() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(*LINES), TODAY)

    assert doubts_about(books, entity_id, *LINES, a_line("G", 500_00, TODAY)) == []


def test_an_older_export_raises_a_doubt() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(*LINES, a_line("G", 1_00, TODAY)), TODAY)

    assert DoubtKind.OLDER in doubts_about(books, entity_id, *LINES)


def test_a_line_left_out_raises_a_doubt_and_an_old_lettering_fault_does_not() -> None:
    books, entity_id = books_of()
    left_out = ImportFault(line=4, kind=FaultKind.BAD_DATE)
    lettering = ImportFault(line=5, kind=FaultKind.UNBALANCED_LETTERING, blocking=False)

    def doubts(fault: ImportFault) -> list[DoubtKind]:
        source = a_file(*LINES, faults=[fault])
        preview = preview_import(books, source, entity_id, TODAY)
        return [doubt.kind for doubt in judge(preview, SETTINGS)]

    assert doubts(left_out) == [DoubtKind.FAULTS]
    assert doubts(lettering) == []


def test_a_full_export_lets_go_of_what_the_file_does_not_hold() -> None:
    books, entity_id = books_of()
    last_year = replace(LINES[0], entry_on=date(2025, 5, 5), piece="ANCIEN")
    bring_in(
        books, entity_id, a_file(last_year, *LINES, starts_on=date(2025, 1, 1)), TODAY
    )
    newest = a_file(*LINES[:3])

    ordinary = preview_import(books, newest, entity_id, TODAY)
    full = preview_import(books, newest, entity_id, TODAY, from_scratch=True)
    confirm_import(books, full, moment(TODAY))

    assert "ANCIEN" not in {e.piece for e in ordinary.movements.vanished}
    assert {e.piece for e in books.ledger.entries(entity_id)} == {"F0", "F1", "F2"}
    assert full.movements.balance_after == Money(300_00)


def test_a_full_export_keeps_every_local_decision() -> None:
    books, entity_id = books_of()
    bring_in(books, entity_id, a_file(*LINES), TODAY)
    kept, gone = (
        next(i for i in books.ledger.items(entity_id) if i.reference == piece)
        for piece in ("F0", "F9")
    )
    customer = customer_key(entity_id, "C001")
    now, later = moment(TODAY), TODAY + timedelta(days=9)
    for item in (kept, gone):
        place_hold(books, customer, "Accord", None, TODAY, now, [item.id])
        record_promise(books, customer, item.left, later, TODAY, now, [item.id])
    write_note(books, customer, "Rappeler le 15", TODAY, now)
    with books.atomic():
        books.activities.record_levels(
            LevelChange(
                entity_id=entity_id,
                customer_id=customer,
                item_id=item.id,
                kind=StepKind.REMINDER,
                level=2,
                reached_on=TODAY,
                cause=LevelCause.SENT,
                recorded_at=now,
            )
            for item in (kept, gone)
        )
        books.ledger.set_excluded(kept.id, excluded=True)
    before = decisions(books, entity_id)

    source = a_file(*LINES[:9])
    full = preview_import(books, source, entity_id, TODAY, from_scratch=True)
    confirm_import(books, full, now)

    assert gone.id not in {i.id for i in books.ledger.items(entity_id)}
    assert decisions(books, entity_id) == before
    undo_last_import(books, entity_id, TODAY, now)
    assert gone in books.ledger.items(entity_id)
    assert decisions(books, entity_id) == before


def decisions(books: Books, entity_id: EntityId) -> tuple[object, ...]:
    customer = customer_key(entity_id, "C001")
    return (
        books.agreements.holds(entity_id),
        books.agreements.promises(entity_id),
        books.agreements.notes_of(customer),
        books.activities.of(customer),
        books.activities.level_history(entity_id),
        books.ledger.excluded(entity_id),
    )


def test_each_firm_keeps_its_own_folder() -> None:
    books, entity_id = books_of()
    other = an_entity(id=EntityId("menuiserie"), name="Menuiserie")
    books.entities.save(other)
    chosen = SyncSettings(folder="/exports/a", pattern="*.txt", is_automatic=True)
    save_sync_settings(books, entity_id, chosen, TODAY)
    save_sync_settings(books, other.id, SyncSettings(folder="/exports/b"), TODAY)

    assert sync_settings(books, entity_id) == replace(chosen, since=TODAY)
    assert [w.settings.folder for w in watches(books)] == ["/exports/a", "/exports/b"]


def test_a_firm_without_a_folder_cannot_be_synchronised() -> None:
    books, entity_id = books_of()

    assert watches(books) == []
    with pytest.raises(NoWatchedFolderError):
        watch_of(books, entity_id)


def test_more_than_everything_cannot_vanish() -> None:
    books, entity_id = books_of()

    with pytest.raises(LimitTooHighError):
        save_sync_settings(
            books, entity_id, SyncSettings(max_vanished_percent=101), TODAY
        )


def found(text: str = "x") -> FoundFile:
    content = text.encode()
    return FoundFile(
        name="export.txt",
        content=content,
        modified_at=moment(TODAY),
        sha256=sha256(content).hexdigest(),
    )


def test_the_first_sighting_of_a_file_counts_and_setting_it_aside_lasts() -> None:
    books, entity_id = books_of()
    first = note_seen(books, entity_id, found(), moment(TODAY))
    set_aside(books, entity_id, first.sha256)

    note_seen(books, entity_id, found(), moment(TODAY + timedelta(days=3)))

    seen = last_seen(books, entity_id)
    assert seen == replace(first, set_aside=True)
    assert (first.size, first.seen_at) == (1, moment(TODAY))


def test_a_folder_is_silent_once_nothing_came_for_longer_than_its_limit() -> None:
    books, entity_id = books_of()
    assert silent_since(books, entity_id, TODAY) is None
    save_sync_settings(books, entity_id, SyncSettings(folder="/exports"), TODAY)
    week = TODAY + timedelta(days=7)

    assert silent_since(books, entity_id, week) is None
    assert silent_since(books, entity_id, week + timedelta(days=1)) == TODAY

    note_seen(books, entity_id, found(), moment(week))
    assert silent_since(books, entity_id, week + timedelta(days=7)) is None
    told = show_frame(books, week + timedelta(days=8))
    assert told.silent_since == week
