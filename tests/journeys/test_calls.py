"""The session of calls: who is called, what each result does, what undo gives back."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.money import Money
from domain.basics.wording import LANGUAGES
from domain.customers.activity import ActivityKind
from domain.customers.call import Call, CallResult, digits
from domain.dunning.planned import Reason
from domain.dunning.scenario import Channel
from domain.dunning.tags import check
from domain.dunning.texts import ABOUT_THE_ACCOUNT, TEXT_KEYS
from domain.ports import Books
from domain.usecases.acting import show_today
from domain.usecases.call_results import (
    CallBackDayError,
    DisputeReasonError,
    HourNotUnderstoodError,
    NumberMissingError,
    NumberUnlikelyError,
    Outcome,
    PromiseMissingError,
    read_hour,
    record_call,
    take_back_call,
)
from domain.usecases.call_session import (
    CallSession,
    choose_calls,
    show_call,
    show_session,
    tally,
)
from domain.usecases.calling import Contacted, note_contact
from domain.usecases.customer_sheet import CustomerSheet, show_customer
from domain.usecases.printed_lists import list_head
from storage.database.books import open_books
from tests.builders import TODAY, a_text
from tests.journeys.mornings import fill_morning
from tests.journeys.stories import OUTSIDE, moment
from ui.components.phone_numbers import phone_numbers

CHECK = OUTSIDE.mail.check_address
SCRIPTS = OUTSIDE.documents.call_scripts()


class Day:
    """Books with three calls, one letter and one e-mail for today."""

    def __init__(self) -> None:
        self.books: Books = open_books()
        self.entity_id: EntityId = fill_morning(
            self.books, TODAY, calls=3, letters=1, emails=1
        )

    def session(self, day: date = TODAY, hour: str = "10:00") -> CallSession:
        return show_session(self.books, self.entity_id, CHECK, day, hour)

    def first(self) -> CustomerId:
        return self.session().to_call[0].customer.id

    def names(self, day: date = TODAY, hour: str = "10:00") -> list[CustomerId]:
        return [e.customer.id for e in self.session(day, hour).to_call]

    def end(
        self,
        customer_id: CustomerId,
        result: CallResult,
        day: date = TODAY,
        **others: Any,  # noqa: ANN401 - those of an outcome
    ) -> Call:
        outcome = Outcome(result=result, **others)
        return record_call(self.books, customer_id, outcome, CHECK, day, moment(day))

    def undo(self, call: Call) -> None:
        take_back_call(
            self.books, call.customer_id, call.activity_id, TODAY, moment(TODAY)
        )

    def sheet(self, customer_id: CustomerId, day: date = TODAY) -> CustomerSheet:
        return show_customer(self.books, customer_id, CHECK, day)


@pytest.fixture
def day() -> Day:
    return Day()


def test_the_session_holds_the_calls_of_the_day_largest_first(day: Day) -> None:
    view = show_today(day.books, day.entity_id, CHECK, TODAY)
    entries = day.session().to_call

    assert view.count(Channel.PHONE) == len(entries) == 3
    cents = [entry.cents for entry in entries]
    assert cents == sorted(cents, reverse=True)
    assert all(entry.by_scenario for entry in entries)


def test_a_customer_reached_is_done_and_its_items_climb(day: Day) -> None:
    customer_id = day.first()

    day.end(customer_id, CallResult.REACHED, comment="Règle vendredi")

    session = day.session()
    assert customer_id not in day.names()
    assert [one.customer.id for one in session.done] == [customer_id]
    sheet = day.sheet(customer_id)
    assert sheet.level == 1
    [call] = [a for a in sheet.activities if a.kind is ActivityKind.CALL]
    assert (call.subject, call.level) == ("Règle vendredi", 1)
    assert call.amount == Money.total(r.item.left for r in sheet.rows)
    assert day.names(TODAY + timedelta(days=3)) == day.names()


def test_nothing_of_the_call_is_left_once_it_is_taken_back(day: Day) -> None:
    before = day.session()
    calls = [
        day.end(day.first(), CallResult.REACHED),
        day.end(
            day.first(),
            CallResult.PROMISE,
            promised=Money(10_000),
            promised_for=TODAY + timedelta(days=5),
        ),
        day.end(day.first(), CallResult.DISPUTE, reason="Livraison incomplète"),
    ]
    assert day.session().to_call == ()

    for call in calls:
        day.undo(call)

    assert day.session() == before
    for call in calls:
        sheet = day.sheet(call.customer_id)
        assert (sheet.level, sheet.promises, sheet.disputes) == (0, (), ())


def test_a_promise_holds_the_items_back_and_counts_for_the_day(day: Day) -> None:
    customer_id = day.first()

    day.end(
        customer_id,
        CallResult.PROMISE,
        promised=Money(30_000),
        promised_for=TODAY + timedelta(days=5),
    )
    day.end(day.first(), CallResult.ABSENT)

    reasons = {r.exclusions[0].reason for r in day.sheet(customer_id).rows}
    assert Reason.PROMISE_TO_COME in reasons
    told = tally(day.books, day.entity_id, TODAY)
    assert (told.calls, told.reached, told.promises) == (2, 1, 1)
    assert told.promised == (Money(30_000),)


def test_a_dispute_may_name_some_of_the_documents_only(day: Day) -> None:
    entry = next(e for e in day.session().to_call if len(e.items) > 1)

    day.end(
        entry.customer.id,
        CallResult.DISPUTE,
        reason="Prix",
        disputed=[entry.items[0].id],
    )

    [dispute] = day.sheet(entry.customer.id).disputes
    assert (dispute.item_id, dispute.reason) == (entry.items[0].id, "Prix")


def test_an_absent_customer_comes_last_then_the_next_working_day(day: Day) -> None:
    tomorrow = TODAY + timedelta(days=1)
    customer_id = day.first()

    day.end(customer_id, CallResult.ABSENT)
    assert day.names()[-1] == customer_id
    day.end(customer_id, CallResult.ABSENT)

    assert customer_id not in day.names()
    assert customer_id in day.names(tomorrow)
    [reason, *_] = day.sheet(customer_id).rows[0].exclusions
    assert (reason.reason, reason.until) == (Reason.CALL_AGAIN, tomorrow)
    assert day.sheet(customer_id).level == 0


def test_a_call_back_comes_first_on_its_day_once_its_hour_has_come(day: Day) -> None:
    *_, last = day.names()
    again = TODAY + timedelta(days=3)

    day.end(last, CallResult.CALL_BACK, again_on=again, again_at="14h30")

    assert last not in day.names()
    assert day.names(again, "14:29")[-1] == last
    assert day.names(again, "14:30")[0] == last
    assert day.names(again + timedelta(days=1), "08:00")[0] == last
    assert "14:30" in day.sheet(last).activities[0].subject


def test_a_wrong_number_is_told_and_another_one_is_rung_at_once(day: Day) -> None:
    customer_id = day.first()
    view = show_call(day.books, customer_id, (), SCRIPTS, CHECK, TODAY)
    wrong = view.numbers[0].number

    call = day.end(
        customer_id, CallResult.WRONG_NUMBER, number=wrong, corrected="01 99 00 77 77"
    )

    numbers = day.sheet(customer_id).contacts
    assert "01 99 00 77 77" in {c.phone for c in numbers}
    assert customer_id in day.names()
    day.undo(call)
    assert wrong in {c.phone for c in day.sheet(customer_id).contacts}


def test_without_any_right_number_a_customer_waits_for_one(day: Day) -> None:
    customer_id = day.first()
    while True:
        view = show_call(day.books, customer_id, (), SCRIPTS, CHECK, TODAY)
        right = [one.number for one in view.numbers if not one.is_wrong]
        if not right:
            break
        assert customer_id in day.names()
        day.end(customer_id, CallResult.WRONG_NUMBER, number=right[0])

    assert customer_id not in day.names()
    assert all(one.is_wrong for one in view.numbers)


def test_a_wrong_number_is_told_on_the_sheet_and_printed_no_more(day: Day) -> None:
    customer_id = day.first()
    view = show_call(day.books, customer_id, (), SCRIPTS, CHECK, TODAY)
    wrong = view.numbers[0].number
    assert wrong in list_head(day.books, day.entity_id, TODAY).phones[customer_id]

    call = day.end(customer_id, CallResult.WRONG_NUMBER, number=wrong)

    sheet = day.sheet(customer_id)
    assert sheet.wrong_numbers == {digits(wrong): TODAY}
    shown = phone_numbers(sheet.customer, sheet.contacts, sheet.wrong_numbers)
    assert not any(wrong in line for line in shown)
    assert wrong not in list_head(day.books, day.entity_id, TODAY).phones[customer_id]
    day.undo(call)
    assert day.sheet(customer_id).wrong_numbers == {}
    assert wrong in list_head(day.books, day.entity_id, TODAY).phones[customer_id]


def test_what_a_result_needs_is_asked_for(day: Day) -> None:
    customer_id = day.first()
    for error, result, others in (
        (CallBackDayError, CallResult.CALL_BACK, {}),
        (
            CallBackDayError,
            CallResult.CALL_BACK,
            {"again_on": TODAY - timedelta(days=1)},
        ),
        (
            HourNotUnderstoodError,
            CallResult.CALL_BACK,
            {"again_on": TODAY, "again_at": "midi"},
        ),
        (PromiseMissingError, CallResult.PROMISE, {"promised": Money(100)}),
        (DisputeReasonError, CallResult.DISPUTE, {"reason": " "}),
        (NumberMissingError, CallResult.WRONG_NUMBER, {}),
        (
            NumberUnlikelyError,
            CallResult.WRONG_NUMBER,
            {"number": "01 99 00 11 11", "corrected": "inconnu"},
        ),
    ):
        with pytest.raises(error):
            day.end(customer_id, result, **others)

    assert day.books.calls.on(day.entity_id, TODAY) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14h30", "14:30"),
        ("9h", "09:00"),
        ("9:05", "09:05"),
        ("14 h", "14:00"),
        ("", ""),
    ],
)
def test_an_hour_is_read_as_the_french_write_it(typed: str, read: str) -> None:
    assert read_hour(typed) == read


def test_a_call_noted_on_the_sheet_is_done_in_the_session_too(day: Day) -> None:
    customer_id = day.first()

    noted = Contacted(channel=Channel.PHONE, day=TODAY, comment="", counts=True)
    note_contact(day.books, customer_id, noted, CHECK, TODAY, moment(TODAY))

    assert [one.customer.id for one in day.session().done] == [customer_id]


def test_customers_chosen_by_criteria_are_called_and_change_no_level(day: Day) -> None:
    called = set(day.names())
    other = next(
        c for c in day.books.customers.all(day.entity_id) if c.id not in called
    )
    items = [r.item.id for r in day.sheet(other.id).rows]

    choose_calls(day.books, day.entity_id, {other.id: items}, TODAY)
    [entry] = [e for e in day.session().to_call if not e.by_scenario]
    assert entry.customer.id == other.id
    assert day.names(TODAY + timedelta(days=1)) != day.names()
    day.end(other.id, CallResult.REACHED, item_ids=items)

    assert other.id not in day.names()
    assert day.sheet(other.id).level == 0
    assert day.sheet(other.id).last(ActivityKind.CALL)


def test_a_chosen_call_counts_when_a_person_says_so(day: Day) -> None:
    called = set(day.names())
    other = next(
        c for c in day.books.customers.all(day.entity_id) if c.id not in called
    )
    items = [r.item.id for r in day.sheet(other.id).rows]

    day.end(other.id, CallResult.REACHED, item_ids=items, counts=True)

    assert day.sheet(other.id).level == 1


def test_the_script_tells_what_is_asked_for(day: Day) -> None:
    entry = day.session().to_call[0]

    view = show_call(day.books, entry.customer.id, entry.items, SCRIPTS, CHECK, TODAY)

    said = " ".join(view.script)
    assert entry.items[0].reference in said
    assert "%" not in said


def test_what_is_not_due_yet_is_not_spoken_of_as_late(day: Day) -> None:
    entry = day.session().to_call[0]
    before = TODAY - timedelta(days=25)

    view = show_call(day.books, entry.customer.id, entry.items, SCRIPTS, CHECK, before)

    said = " ".join(view.script)
    assert "avant l’échéance" in said
    assert "retard" not in said


def test_the_firms_own_words_for_the_phone_come_first(day: Day) -> None:
    entry = day.session().to_call[0]
    own = a_text(
        channel=Channel.PHONE,
        entity_id=day.entity_id,
        body="Ici %societe%, pour %total%.",
    )
    day.books.scenarios.save_text(own)

    view = show_call(day.books, entry.customer.id, entry.items, SCRIPTS, CHECK, TODAY)

    assert view.script[0].startswith("Ici ")


def test_every_step_has_a_script_in_both_languages_with_known_tags() -> None:
    of_steps = set(TEXT_KEYS) - set(ABOUT_THE_ACCOUNT)
    assert set(SCRIPTS) == {(k, lang) for k in of_steps for lang in LANGUAGES}
    for words in SCRIPTS.values():
        check(words)
        assert "!" not in words
