"""Steps done by voice: what completes them is the same wherever it is noted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.basics.identifiers import CustomerId, EntityId, customer_key
from domain.customers.call import CallResult
from domain.dunning.position import Position, position_from
from domain.dunning.scenario import Channel, StepKind
from domain.ports import Books
from domain.usecases.acting import Bucket, all_choices, show_today
from domain.usecases.call_results import Outcome, record_call
from domain.usecases.call_session import script, show_session
from domain.usecases.calling import Contacted, note_contact
from domain.usecases.configuring import create_entity
from domain.usecases.noting_done import note_done, take_back_done
from storage.database.books import open_books
from tests.builders import ENTITY_ID, TODAY, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, moment

CHECK = OUTSIDE.mail.check_address
NOW = moment(TODAY)
START = TODAY.replace(month=1, day=1)


class Firm:
    """One invoice to come (C001) and one overdue (C002), every step by one means."""

    def __init__(self, channel: Channel) -> None:
        self.books: Books = open_books()
        create_entity(self.books, an_entity(), OUTSIDE.documents.starting_texts())
        day = TODAY - timedelta(days=25)
        lines = [
            a_line("F1", 120_00, day, due_on=TODAY + timedelta(days=5)),
            a_line("F2", 80_00, day, due_on=TODAY - timedelta(days=9), code="C002"),
        ]
        bring_in(self.books, ENTITY_ID, a_file(*lines, starts_on=START), TODAY)
        for scenario in self.books.scenarios.scenarios(ENTITY_ID):
            steps = tuple(replace(s, channel=channel) for s in scenario.steps)
            with self.books.atomic():
                self.books.scenarios.save_scenario(replace(scenario, steps=steps))

    def bucket(self, code: str) -> Bucket:
        view = show_today(self.books, ENTITY_ID, CHECK, TODAY)
        return next(b for b in view.buckets if b.step_code == code)

    def codes(self) -> list[str]:
        view = show_today(self.books, ENTITY_ID, CHECK, TODAY)
        return [bucket.step_code for bucket in view.buckets]

    def position(self, code: str) -> Position:
        history = self.books.activities.level_history_of(customer_key(ENTITY_ID, code))
        return position_from(one for changes in history.values() for one in changes)


def call_in_the_session(firm: Firm, customer_id: CustomerId) -> None:
    outcome = Outcome(result=CallResult.REACHED)
    record_call(firm.books, customer_id, outcome, CHECK, TODAY, NOW)


def call_on_the_sheet(firm: Firm, customer_id: CustomerId) -> None:
    call = Contacted(channel=Channel.PHONE, day=TODAY, comment="", counts=True)
    note_contact(firm.books, customer_id, call, CHECK, TODAY, NOW)


@pytest.mark.parametrize("call", [call_in_the_session, call_on_the_sheet])
def test_a_call_completes_an_advance_notice_by_phone(call: object) -> None:
    firm = Firm(Channel.PHONE)
    assert firm.codes() == ["P", "R1"]

    assert callable(call)
    call(firm, customer_key(ENTITY_ID, "C001"))

    assert firm.codes() == ["R1"]
    assert firm.position("C001") == Position(noticed_on=TODAY)


def test_a_reminder_by_phone_ends_alike_in_the_session_and_on_the_sheet() -> None:
    there, here = Firm(Channel.PHONE), Firm(Channel.PHONE)
    customer_id = customer_key(ENTITY_ID, "C002")

    call_in_the_session(there, customer_id)
    call_on_the_sheet(here, customer_id)

    assert there.position("C002") == here.position("C002")
    assert here.position("C002").deadline_on == TODAY + timedelta(days=7)


def test_a_call_that_does_not_count_gives_no_notice() -> None:
    firm = Firm(Channel.PHONE)
    call = Contacted(channel=Channel.PHONE, day=TODAY, comment="Autre sujet")

    note_contact(firm.books, customer_key(ENTITY_ID, "C001"), call, CHECK, TODAY, NOW)

    assert firm.position("C001") == Position()


def test_no_call_is_left_for_a_notice_that_was_given() -> None:
    firm = Firm(Channel.PHONE)

    call_in_the_session(firm, customer_key(ENTITY_ID, "C001"))

    session = show_session(firm.books, EntityId(ENTITY_ID), CHECK, TODAY, "10:00")
    assert [entry.customer.code for entry in session.to_call] == ["C002"]


def test_another_step_is_noted_as_done_and_taken_back() -> None:
    firm = Firm(Channel.OTHER)
    view = show_today(firm.books, ENTITY_ID, CHECK, TODAY)
    choices = all_choices(view, [Channel.OTHER])

    noted = note_done(firm.books, ENTITY_ID, choices, "Vu sur place", CHECK, TODAY, NOW)

    assert len(noted) == 2
    assert firm.codes() == []
    assert firm.position("C002").level == 1
    [told] = firm.books.activities.of(customer_key(ENTITY_ID, "C002"))
    assert (told.subject, told.level, told.amount.cents) == ("Vu sur place", 1, 80_00)

    take_back_done(firm.books, noted, TODAY, NOW + timedelta(minutes=1))

    assert firm.codes() == ["P", "R1"]
    assert firm.position("C002").level == 0


def test_only_what_is_ticked_is_noted_as_done() -> None:
    firm = Firm(Channel.OTHER)
    [row] = firm.bucket("R1").rows

    note_done(firm.books, ENTITY_ID, [row.choice], "", CHECK, TODAY, NOW)

    assert firm.codes() == ["P"]


def test_a_step_by_another_means_has_its_words() -> None:
    firm = Firm(Channel.OTHER)
    [row] = firm.bucket("P").rows
    assert row.message.step.kind is StepKind.ADVANCE_NOTICE

    words = script(
        firm.books,
        row.customer.id,
        row.message.items,
        OUTSIDE.documents.call_scripts(),
        CHECK,
        TODAY,
    )

    assert "F1" in " ".join(words)
