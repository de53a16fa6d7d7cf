"""Steps that leave by themselves, exactly when nobody would be asked."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.basics.identifiers import EntityId
from domain.dunning.outbox import Delivery, DeliveryReport, MessageState
from domain.dunning.server_answers import About
from domain.ports import SmtpAccount
from domain.usecases.account_refusals import note_account
from domain.usecases.automatic import (
    ACCOUNT_REFUSED,
    DOUBTFUL,
    KEPT_REPORTS,
    NO_ACCOUNT,
    NOTHING_AUTOMATIC,
    OLD_DATA,
    OUT_OF_HOURS,
    QUIET,
    HoursBackwardsError,
    SendingHours,
    automatic_choices,
    automatic_settings,
    last_report,
    last_reports,
    note_refusal,
    save_automatic,
    why_not_now,
)
from domain.usecases.configuring import find_entity, save_smtp_account
from domain.usecases.delivering import take_next
from domain.usecases.gate import gate_of
from domain.usecases.releasing import release
from storage.database.books import SqliteBooks
from tests.builders import an_entity
from tests.journeys.command import Command
from tests.journeys.sending import Books
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_email,
    prepare_all,
)

TODAY = date(2026, 3, 31)
ALL_DAY = SendingHours(starts_at=0, ends_at=24)


def at(hour: int, day: date = TODAY) -> datetime:
    """Make a moment of the user's own clock."""
    return datetime(day.year, day.month, day.day, hour, 30).astimezone()


@pytest.fixture
def firm() -> tuple[SqliteBooks, EntityId]:
    """A demonstration firm with one first reminder due by e-mail."""
    books, entity_id = books_of(an_entity(demo=True))
    bring_in(books, entity_id, a_file(a_line("F1", 120_00, date(2026, 1, 10))), TODAY)
    give_email(books, entity_id, "client@example.com")
    return books, entity_id


def switch_on(
    books: SqliteBooks, entity_id: EntityId, *codes: str, hours: SendingHours = ALL_DAY
) -> None:
    steps = [one.step for one in automatic_settings(books, entity_id).steps]
    chosen = {(s.scenario_id, s.id) for s in steps if s.code in codes}
    save_automatic(books, entity_id, chosen, hours)


def choices(books: SqliteBooks, entity_id: EntityId) -> int:
    check = OUTSIDE.mail.check_address
    return len(automatic_choices(books, entity_id, check, TODAY))


def test_every_step_is_off_at_first_and_nothing_leaves_by_itself(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    steps = automatic_settings(*firm).steps

    assert [one.step.code for one in steps] == ["P", "R1", "R2", "R3"]
    assert not any(one.step.is_automatic for one in steps)
    assert choices(*firm) == 0
    assert why_not_now(*firm, at(10), TODAY) == NOTHING_AUTOMATIC


def test_only_the_steps_switched_on_leave_by_themselves(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    switch_on(*firm, "R2")
    assert choices(*firm) == 0

    switch_on(*firm, "R1")
    assert choices(*firm) == 1
    codes = [
        s.step.code for s in automatic_settings(*firm).steps if s.step.is_automatic
    ]
    assert codes == ["R1"]
    assert why_not_now(*firm, at(10), TODAY) == ""


def test_nothing_leaves_by_itself_when_a_person_would_be_asked(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    hours = SendingHours(starts_at=9, ends_at=17)
    switch_on(*firm, "R1", hours=hours)
    sunday, much_later = date(2026, 4, 12), TODAY + timedelta(days=20)

    assert why_not_now(*firm, at(10), TODAY) == ""
    assert why_not_now(*firm, at(8), TODAY) == OUT_OF_HOURS
    assert why_not_now(*firm, at(17), TODAY) == OUT_OF_HOURS
    assert why_not_now(*firm, at(10, sunday), sunday) == QUIET
    assert why_not_now(*firm, at(10, much_later), much_later) == OLD_DATA
    books.entities.save(replace(books.entities.get(entity_id), demo=False))
    assert why_not_now(*firm, at(10), TODAY) == NO_ACCOUNT


def test_nothing_leaves_by_itself_while_the_account_is_refused(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    switch_on(*firm, "R1")
    account = SmtpAccount(
        host="mail.example.com",
        port=465,
        security="ssl",
        user="compta",
        sender_name="Société Exemple",
        sender_address="compta@example.com",
    )
    save_smtp_account(books, entity_id, account)
    offline = DeliveryReport(outcome=Delivery.OFFLINE)
    refused = DeliveryReport(
        outcome=Delivery.REFUSED, answer="535 5.7.8 Bad credentials", about=About.ALL
    )

    note_account(books, entity_id, offline, at(9))
    assert why_not_now(*firm, at(10), TODAY) == ""
    note_account(books, entity_id, refused, at(9))
    assert why_not_now(*firm, at(10), TODAY) == ACCOUNT_REFUSED
    note_account(books, entity_id, offline, at(10))
    assert why_not_now(*firm, at(10), TODAY) == ACCOUNT_REFUSED

    save_smtp_account(books, entity_id, account)  # with another password
    assert why_not_now(*firm, at(11), TODAY) == ""


def test_a_doubt_stops_what_leaves_by_itself_until_it_is_settled(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    switch_on(*firm, "R1")
    prepare_all(books, entity_id, TODAY)
    [message] = books.outbox.all(entity_id, [MessageState.QUEUED])
    books.outbox.save(replace(message, state=MessageState.UNCERTAIN))

    assert why_not_now(*firm, at(10), TODAY) == DOUBTFUL


def test_a_message_made_by_itself_waits_for_the_hours_and_a_person_may_send_it(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    switch_on(*firm, "R1", hours=SendingHours(starts_at=9, ends_at=17))
    prepare_all(books, entity_id, TODAY)
    release(books, entity_id, by_itself=True)

    assert gate_of(books, entity_id, TODAY, at(20)).needs_person
    assert take_next(books, entity_id, TODAY, at(20)) is None
    assert release(books, entity_id) == 1  # a person sends it
    assert take_next(books, entity_id, TODAY, at(20))


def test_hours_backwards_are_refused(firm: tuple[SqliteBooks, EntityId]) -> None:
    for hours in (SendingHours(starts_at=18, ends_at=8), SendingHours(ends_at=25)):
        with pytest.raises(HoursBackwardsError):
            save_automatic(*firm, (), hours)


def automatic_demo(demo: Command, *codes: str) -> None:
    with Books(demo.folder) as books:
        entity = find_entity(books, None)
        switch_on(books, entity.id, *codes)


FRIDAY = ("--date", "2026-11-20")


def test_the_task_sends_what_its_dry_run_lists_once_and_keeps_a_report(
    demo: Command,
) -> None:
    automatic_demo(demo, "R1", "R2")

    would = demo("run-automatic", "--dry-run", *FRIDAY)
    did = demo("run-automatic", *FRIDAY)
    again = demo("run-automatic", *FRIDAY)

    assert would["messages"] == did["messages"]
    assert did["sent"] == len(did["messages"]) > 0
    assert {m["step"] for m in did["messages"]} == {"R1", "R2"}
    assert (would["sent"], again["sent"], again["kept"]) == (0, 0, 0)
    with Books(demo.folder) as books:
        entity = find_entity(books, None)
        report = last_report(books, entity.id)
        assert report
        assert (report.sent, report.kept) == (did["sent"], 0)


def test_the_task_says_why_nothing_leaves_on_a_sunday(demo: Command) -> None:
    automatic_demo(demo, "R1")

    told = demo("run-automatic", "--date", "2026-11-22")

    assert (told["sent"], told["messages"]) == (0, [])
    assert told["kept"] > 0
    assert "dimanche" in told["why"]


def test_the_task_leaves_alone_what_a_person_only_prepared(demo: Command) -> None:
    automatic_demo(demo, "R1")
    demo("send", "--max", "1", *FRIDAY)  # the others wait for somebody
    with Books(demo.folder) as books:
        entity = find_entity(books, None)
        waiting = len(books.outbox.all(entity.id, [MessageState.QUEUED]))

    told = demo("run-automatic", *FRIDAY)

    assert told["sent"] == 0
    with Books(demo.folder) as books:
        left = books.outbox.all(entity.id, [MessageState.QUEUED])
        assert len(left) == waiting > 0


def test_the_last_thirty_rounds_are_kept_the_latest_first(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    for n in range(KEPT_REPORTS + 5):
        note_refusal(*firm, n + 1, QUIET, at(10, TODAY + timedelta(days=n)))

    kept = [report.kept for report in last_reports(*firm)]
    assert kept == list(range(KEPT_REPORTS + 5, 5, -1))


def test_the_report_that_older_books_kept_is_still_read(
    firm: tuple[SqliteBooks, EntityId],
) -> None:
    books, entity_id = firm
    old = {"at": at(10).isoformat(), "sent": 3, "kept": 0, "why": ""}
    books.settings.set(f"automatic_report/{entity_id}", json.dumps(old))

    assert [one.sent for one in last_reports(*firm)] == [3]
    note_refusal(*firm, 2, QUIET, at(10, TODAY + timedelta(days=1)))
    assert [one.sent for one in last_reports(*firm)] == [0, 3]
