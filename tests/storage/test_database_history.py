import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.basics.identifiers import EntityId, ScenarioId
from domain.customers.activity import CONTACT_KINDS, ActivityKind
from domain.dunning.profile import Grouping
from domain.dunning.scenario import Channel
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_customer,
    a_dispute,
    a_hold,
    a_level_change,
    a_note,
    a_profile,
    a_promise,
    a_scenario,
    a_step,
    a_text,
    an_activity,
    an_activity_item,
    books_of_one_firm,
    customer_id_of,
)

NOBODY = EntityId("nobody")


@pytest.fixture
def books() -> SqliteBooks:
    books = books_of_one_firm()
    books.customers.save_many([a_customer(code="C002")])
    return books


def test_holds_come_back_oldest_first_as_last_changed(books: SqliteBooks) -> None:
    hold = a_hold(item_id="FA-001", ends_on=TODAY)
    older = a_hold(starts_on=TODAY - timedelta(days=90))
    for saved in (hold, older, lifted := replace(hold, lifted_on=TODAY)):
        books.agreements.save_hold(saved)

    assert books.agreements.holds(ENTITY_ID) == [older, lifted]
    assert books.agreements.holds(NOBODY) == []


def test_disputes_come_back_oldest_first_as_last_changed(books: SqliteBooks) -> None:
    dispute = a_dispute()
    older = a_dispute(opened_on=TODAY - timedelta(days=90))
    for saved in (dispute, older, closed := replace(dispute, closed_on=TODAY)):
        books.agreements.save_dispute(saved)

    assert books.agreements.disputes(ENTITY_ID) == [older, closed]


def test_promises_come_back_soonest_first_as_last_changed(books: SqliteBooks) -> None:
    promise = a_promise(cents=50_00)
    sooner = a_promise(promised_for=TODAY)
    for saved in (promise, sooner, kept := replace(promise, cancelled_on=TODAY)):
        books.agreements.save_promise(saved)

    assert books.agreements.promises(ENTITY_ID) == [sooner, kept]


def test_notes_come_back_latest_first(books: SqliteBooks) -> None:
    old = a_note(written_at=NOW - timedelta(days=1), text="Réglé « à 30 jours »\n😀")
    new, other = a_note(), a_note(customer_id=customer_id_of("C002"))
    for note in (new, old, other):
        books.agreements.save_note(note)

    assert books.agreements.notes_of(CUSTOMER_ID) == [new, old]


def test_profiles_come_back_in_the_order_they_were_made(books: SqliteBooks) -> None:
    export = a_profile(id="export", name="Export", is_default=False)
    books.scenarios.save_profile(export)
    renamed = a_profile(name="Classique", grouping=Grouping.WHOLE_ACCOUNT)
    books.scenarios.save_profile(renamed)

    assert books.scenarios.profiles(ENTITY_ID) == [renamed, export]


def test_a_scenario_has_exactly_the_steps_it_was_saved_with(
    books: SqliteBooks,
) -> None:
    first = a_scenario()
    books.scenarios.save_scenario(first)
    post = ScenarioId("post")
    steps = tuple(replace(step, scenario_id=post) for step in first.steps[::-1])
    books.scenarios.save_scenario(a_scenario(id=post, with_email=False, steps=steps))

    shorter = replace(first, steps=(a_step(level=3), a_step(level=1)))
    books.scenarios.save_scenario(shorter)

    found = books.scenarios.scenarios(ENTITY_ID)
    assert found[0] == shorter
    assert [step.code for step in found[1].steps] == ["M", "R4", "R3", "R2", "R1", "P"]


def test_a_profile_has_one_scenario_with_email(books: SqliteBooks) -> None:
    books.scenarios.save_scenario(a_scenario())

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        books.scenarios.save_scenario(a_scenario(id=ScenarioId("again")))


def test_a_firm_has_one_wording_per_message_channel_and_language(
    books: SqliteBooks,
) -> None:
    text = a_text(body="Bonjour,\n\n%tableau_comptable%")
    letter = a_text(id="letter", channel=Channel.LETTER)
    books.scenarios.save_text(text)
    books.scenarios.save_text(letter)
    books.scenarios.save_text(shorter := replace(text, body="Bonjour"))

    assert books.scenarios.texts(ENTITY_ID) == [shorter, letter]
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        books.scenarios.save_text(a_text(id="again"))


def test_the_history_is_read_latest_first_with_its_items(books: SqliteBooks) -> None:
    document_id = books.outbox.save_document("r.pdf", "application/pdf", b"%PDF")
    reminder = an_activity(days_ago=8, document_id=document_id, body="Bonjour,\n…")
    items = [
        an_activity_item(reminder, item_id="B"),
        an_activity_item(reminder, item_id="A"),
    ]
    note = an_activity(days_ago=0, kind=ActivityKind.NOTE)
    other = an_activity(days_ago=2, customer_id=customer_id_of("C002"))
    books.activities.record(note)
    books.activities.record(reminder, items)
    books.activities.record(other, [theirs := an_activity_item(other)])

    assert books.activities.of(CUSTOMER_ID) == [note, reminder]
    assert books.activities.all(ENTITY_ID) == [note, other, reminder]
    assert books.activities.items_of(reminder.id) == items
    assert books.activities.all_items(ENTITY_ID) == [*items, theirs]
    assert books.activities.all(NOBODY) == []
    assert books.activities.all_items(NOBODY) == []


def test_nothing_is_recorded_twice(books: SqliteBooks) -> None:
    activity = an_activity()
    books.activities.record(activity)

    with pytest.raises(sqlite3.IntegrityError):
        books.activities.record(activity)


def test_the_last_contact_is_the_last_day_the_customer_was_reached(
    books: SqliteBooks,
) -> None:
    for days_ago, kind in enumerate(ActivityKind):
        if kind not in CONTACT_KINDS:
            books.activities.record(an_activity(days_ago=days_ago, kind=kind))
    for days_ago, kind in enumerate(CONTACT_KINDS, start=30):
        books.activities.record(an_activity(days_ago=days_ago, kind=kind))

    contacts = books.activities.last_contacts(ENTITY_ID)

    assert contacts == {CUSTOMER_ID: TODAY - timedelta(days=30)}


@pytest.mark.parametrize("kind", CONTACT_KINDS)
def test_every_way_of_reaching_a_customer_is_a_contact(
    books: SqliteBooks, kind: ActivityKind
) -> None:
    books.activities.record(an_activity(days_ago=3, kind=kind))

    contacts = books.activities.last_contacts(ENTITY_ID)

    assert contacts == {CUSTOMER_ID: TODAY - timedelta(days=3)}


def test_levels_count_in_the_order_of_the_days_they_were_reached(
    books: SqliteBooks,
) -> None:
    activity = an_activity()
    books.activities.record(activity)
    sent = a_level_change(
        level=2, days_ago=2, activity_id=activity.id, deadline_on=TODAY
    )
    lowered = a_level_change(level=1, days_ago=2, recorded_at=NOW)
    taken_over = a_level_change(level=1, days_ago=40, recorded_at=NOW)
    other = a_level_change(item_id="FA-002")

    books.activities.record_levels([lowered, sent, other])
    books.activities.record_levels([taken_over])

    assert books.activities.level_history(ENTITY_ID) == {
        "FA-001": [taken_over, sent, lowered],
        "FA-002": [other],
    }
    assert books.activities.level_history(NOBODY) == {}


def test_a_setting_is_what_was_last_chosen(books: SqliteBooks) -> None:
    books.settings.set("theme", "clair")
    books.settings.set("theme", "sombre")

    assert books.settings.get("theme", "clair") == "sombre"
    assert books.settings.get("unknown") == ""
    assert books.settings.get("unknown", "usual") == "usual"
