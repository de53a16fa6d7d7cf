"""What is decided on a customer's sheet, and how each decision is taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import ItemId, ProfileId
from domain.basics.money import CurrenciesMixedError, Money
from domain.customers.activity import ActivityKind
from domain.customers.agreements import Promise
from domain.customers.customer_line import CustomerState
from domain.customers.free_fields import FieldNames, ItemFields
from domain.dunning.planned import Plan, Reason
from domain.ledger.open_item import ItemState
from domain.usecases.agreeing import (
    change_hold,
    change_note,
    change_promise,
    lift_hold,
    open_dispute,
    place_hold,
    record_promise,
    remove_note,
    restore_hold,
    restore_note,
    write_note,
)
from domain.usecases.calling import log_call
from domain.usecases.customer_details import (
    choose_profile,
    follow,
    remove_contact,
    restore_contact,
)
from domain.usecases.customer_sheet import CustomerSheet, show_customer
from domain.usecases.excluding import set_excluded
from domain.usecases.free_fields import (
    FieldNameTwiceError,
    field_names,
    save_field_names,
    save_item_fields,
)
from domain.usecases.levels import (
    LevelMove,
    LevelReasonMissingError,
    LevelUnchangedError,
    LevelUnknownError,
    NoLevelError,
    change_levels,
    take_back,
)
from domain.usecases.repositioning import (
    ExpectedInThePastError,
    NothingLeftError,
    cancel_expected_dates,
    reposition,
)
from domain.usecases.situations import gather
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_contact,
    a_level_change,
    a_profile,
    a_promise,
    a_scenario,
    an_allocation,
    an_item,
    books_of_one_firm,
)

FIRST = an_item(reference="FA-1", days_late=40, cents=100_00)
SECOND = an_item(reference="FA-2", days_late=20, cents=50_00)
CREDIT = an_item(reference="AV-1", days_late=5, cents=-10_00)
LATER = TODAY + timedelta(days=10)


def no_oddity(_address: str) -> str:
    return ""


def filled() -> SqliteBooks:
    books = books_of_one_firm()
    books.scenarios.save_scenario(a_scenario())
    books.customers.save_contacts([a_contact(is_dunning=True)])
    books.ledger.replace_items(ENTITY_ID, [FIRST, SECOND, CREDIT])
    return books


@pytest.fixture
def books() -> SqliteBooks:
    return filled()


def sheet_of(books: SqliteBooks) -> CustomerSheet:
    return show_customer(books, CUSTOMER_ID, no_oddity, TODAY)


def levels(books: SqliteBooks) -> dict[str, int]:
    return {row.item.id: row.position.level for row in sheet_of(books).rows}


def plans(books: SqliteBooks) -> list[Plan]:
    return gather(books, ENTITY_ID, no_oddity, TODAY).plans()


def last_kind(books: SqliteBooks) -> ActivityKind:
    return books.activities.of(CUSTOMER_ID)[0].kind


def test_levels_go_up_down_and_to_a_number_each_said_in_the_history(
    books: SqliteBooks,
) -> None:
    both = [FIRST.id, SECOND.id]
    change_levels(books, CUSTOMER_ID, [FIRST.id], 3, "Courrier", TODAY, NOW)
    change_levels(books, CUSTOMER_ID, both, LevelMove.UP, "Appel", TODAY, NOW)
    assert levels(books) == {"FA-1": 4, "FA-2": 1, "AV-1": 0}

    change_levels(books, CUSTOMER_ID, both, LevelMove.DOWN, "Erreur", TODAY, NOW)
    assert levels(books) == {"FA-1": 3, "FA-2": 0, "AV-1": 0}

    told = [(one.level, one.subject) for one in books.activities.of(CUSTOMER_ID)]
    assert (3, "Courrier") in told
    assert (1, "Appel") in told
    assert (4, "Appel") in told


def test_a_change_of_level_taken_back_gives_the_level_and_its_day_back(
    books: SqliteBooks,
) -> None:
    books.activities.record_levels([a_level_change(item_id="FA-1", level=2)])
    before = sheet_of(books)

    lines = change_levels(books, CUSTOMER_ID, [FIRST.id], 5, "Test", TODAY, NOW)
    take_back(books, CUSTOMER_ID, lines, TODAY, NOW)

    assert sheet_of(books).rows == before.rows
    assert sheet_of(books).undone == set(lines)
    assert last_kind(books) is ActivityKind.LEVEL_RESTORED


@pytest.mark.parametrize(
    ("wanted", "reason", "items", "refusal"),
    [
        (1, " ", ["FA-1"], LevelReasonMissingError),
        (10, "Test", ["FA-1"], LevelUnknownError),
        (-1, "Test", ["FA-1"], LevelUnknownError),
        (0, "Test", ["FA-1"], LevelUnchangedError),
        (LevelMove.DOWN, "Test", ["FA-1"], LevelUnchangedError),
        (1, "Test", ["AV-1"], NoLevelError),
        (1, "Test", ["ABSENT"], NoLevelError),
    ],
)
def test_a_change_of_level_that_says_nothing_is_refused(
    books: SqliteBooks,
    wanted: int | LevelMove,
    reason: str,
    items: list[str],
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        ids = [ItemId(item) for item in items]
        change_levels(books, CUSTOMER_ID, ids, wanted, reason, TODAY, NOW)

    assert books.activities.of(CUSTOMER_ID) == []


def test_a_repositioned_item_is_expected_on_the_last_day_given(
    books: SqliteBooks,
) -> None:
    items = [FIRST.id, SECOND.id, CREDIT.id]
    reposition(books, CUSTOMER_ID, items, LATER, "", TODAY, NOW)
    sooner = TODAY + timedelta(days=2)
    again = reposition(books, CUSTOMER_ID, [FIRST.id], sooner, "Appel", TODAY, NOW)

    assert books.agreements.expected_dates(ENTITY_ID) == {"FA-1": sooner, "FA-2": LATER}

    cancel_expected_dates(books, again, TODAY, NOW)

    assert books.agreements.expected_dates(ENTITY_ID) == {"FA-1": LATER, "FA-2": LATER}
    assert last_kind(books) is ActivityKind.REPOSITIONING_CANCELLED


def test_nothing_is_expected_in_the_past_nor_of_a_credit(books: SqliteBooks) -> None:
    with pytest.raises(ExpectedInThePastError):
        yesterday = TODAY - timedelta(days=1)
        reposition(books, CUSTOMER_ID, [FIRST.id], yesterday, "", TODAY, NOW)
    with pytest.raises(NothingLeftError):
        reposition(books, CUSTOMER_ID, [CREDIT.id], LATER, "", TODAY, NOW)


@settings(max_examples=25)
@given(
    late=st.lists(st.integers(-30, 60), min_size=1, max_size=4),
    chosen=st.sets(st.integers(0, 3)),
    day=st.integers(0, 90),
)
def test_a_reposition_never_changes_what_the_engine_proposes(
    late: list[int], chosen: set[int], day: int
) -> None:
    books = filled()
    items = [an_item(reference=f"F{n}", days_late=days) for n, days in enumerate(late)]
    books.ledger.replace_items(ENTITY_ID, items)
    before = plans(books)

    ids = [item.id for n, item in enumerate(items) if n in chosen]
    if ids:
        expected_on = TODAY + timedelta(days=day)
        reposition(books, CUSTOMER_ID, ids, expected_on, "", TODAY, NOW)

    assert plans(books) == before


def test_excluded_items_are_never_proposed_until_taken_in_again(
    books: SqliteBooks,
) -> None:
    assert sheet_of(books).plan.messages
    ids = [FIRST.id, SECOND.id]
    changed = set_excluded(books, CUSTOMER_ID, ids, TODAY, NOW, excluded=True)

    sheet = sheet_of(books)
    assert sheet.plan.messages == ()
    assert {r.exclusions[0].reason for r in sheet.rows[:2]} == {Reason.EXCLUDED}

    set_excluded(books, CUSTOMER_ID, changed, TODAY, NOW, excluded=False)

    assert sheet_of(books).plan.messages
    none = set_excluded(books, CUSTOMER_ID, ids, TODAY, NOW, excluded=False)
    assert none == ()
    kinds = [one.kind for one in books.activities.of(CUSTOMER_ID)]
    assert kinds == [ActivityKind.INCLUDED, ActivityKind.EXCLUDED]


def test_one_gesture_on_several_items_is_one_line_that_names_them(
    books: SqliteBooks,
) -> None:
    ids = [FIRST.id, SECOND.id]
    holds = place_hold(books, CUSTOMER_ID, "Attente", None, TODAY, NOW, ids)
    disputes = open_dispute(books, CUSTOMER_ID, "Prix", TODAY, NOW, ids)
    notes = write_note(books, CUSTOMER_ID, "À revoir", TODAY, NOW, ids)

    assert [len(made) for made in (holds, disputes, notes)] == [2, 2, 2]
    sheet = sheet_of(books)
    assert len(sheet.activities) == 3
    assert set(sheet.named.values()) == {("FA-1", "FA-2")}
    assert [row.state for row in sheet.rows[:2]] == [CustomerState.STOPPED] * 2
    assert [len(row.notes) for row in sheet.rows[:2]] == [1, 1]


def test_a_promise_on_several_items_goes_to_the_oldest_first(
    books: SqliteBooks,
) -> None:
    ids = [SECOND.id, FIRST.id]
    less = record_promise(books, CUSTOMER_ID, Money(120_00), LATER, TODAY, NOW, ids)
    more = record_promise(books, CUSTOMER_ID, Money(170_00), LATER, TODAY, NOW, ids)
    little = record_promise(books, CUSTOMER_ID, Money(30_00), LATER, TODAY, NOW, ids)

    def shared(promises: tuple[Promise, ...]) -> list[tuple[str | None, int]]:
        return [(p.item_id, p.amount.cents) for p in promises]

    assert shared(less) == [("FA-1", 100_00), ("FA-2", 20_00)]
    assert shared(more) == [("FA-1", 100_00), ("FA-2", 70_00)]
    assert shared(little) == [("FA-1", 30_00)]
    assert books.activities.of(CUSTOMER_ID)[-1].amount == Money(120_00)


def test_a_promise_in_another_currency_than_the_item_is_refused(
    books: SqliteBooks,
) -> None:
    dollars = Money(10_00, "USD")
    with pytest.raises(CurrenciesMixedError):
        record_promise(books, CUSTOMER_ID, dollars, LATER, TODAY, NOW, [FIRST.id])


def test_stops_promises_and_notes_are_corrected_and_put_back(
    books: SqliteBooks,
) -> None:
    (hold,) = place_hold(books, CUSTOMER_ID, "Attente", None, TODAY, NOW)
    (promise,) = record_promise(books, CUSTOMER_ID, Money(5_00), LATER, TODAY, NOW)
    (note,) = write_note(books, CUSTOMER_ID, "Avant", TODAY, NOW)

    change_hold(books, hold, "Accord", LATER, TODAY, NOW)
    change_promise(books, promise, Money(7_00), TODAY, TODAY, NOW)
    change_note(books, note, "Après", TODAY, NOW)
    sheet = sheet_of(books)
    assert sheet.hold is not None
    assert (sheet.hold.reason, sheet.hold.ends_on) == ("Accord", LATER)
    assert [(p.amount, p.promised_for) for p in sheet.promises] == [
        (Money(7_00), TODAY)
    ]
    assert [one.text for one in sheet.notes] == ["Après"]

    lift_hold(books, sheet.hold, TODAY, NOW)
    restore_hold(books, hold, TODAY, NOW)
    remove_note(books, note, TODAY, NOW)
    assert sheet_of(books).notes == ()
    restore_note(books, note, TODAY, NOW)
    assert sheet_of(books).hold == hold
    assert sheet_of(books).notes == (note,)


def test_a_call_counts_for_the_gap_and_as_a_reminder_only_if_one_says_so(
    books: SqliteBooks,
) -> None:
    log_call(books, CUSTOMER_ID, "Rappel", [], no_oddity, TODAY, NOW, counts=False)
    assert levels(books)["FA-1"] == 0
    assert books.activities.last_contacts(ENTITY_ID) == {CUSTOMER_ID: TODAY}

    call = log_call(books, CUSTOMER_ID, "Ok", [], no_oddity, TODAY, NOW, counts=True)
    assert levels(books) == {"FA-1": 1, "FA-2": 1, "AV-1": 0}
    again = log_call(books, CUSTOMER_ID, "Ok", [], no_oddity, TODAY, NOW, counts=True)
    assert levels(books)["FA-1"] == 1, "never two levels on one day"

    take_back(books, CUSTOMER_ID, [call, again], TODAY, NOW)
    assert levels(books)["FA-1"] == 0


def test_a_call_taken_back_is_no_contact(books: SqliteBooks) -> None:
    call = log_call(books, CUSTOMER_ID, "", [], no_oddity, TODAY, NOW, counts=False)

    take_back(books, CUSTOMER_ID, [call], TODAY, NOW)

    assert books.activities.last_contacts(ENTITY_ID) == {}
    page = books.customers.page(ENTITY_ID, TODAY)
    assert page.lines[0].last_contact_on is None


def test_a_promise_kept_by_a_part_payment_is_not_broken(books: SqliteBooks) -> None:
    day = TODAY - timedelta(days=2)
    made_on = TODAY - timedelta(days=9)
    promise = a_promise(cents=40_00, item_id="FA-1", promised_for=day, made_on=made_on)
    books.agreements.save_promise(promise)
    assert sheet_of(books).promises == (promise,)
    assert any(m.promise_broken for m in sheet_of(books).plan.messages)

    part = replace(FIRST, settled=Money(40_00))
    payment = an_item(
        reference="RG",
        cents=-40_00,
        settled=Money(-40_00),
        state=ItemState.SETTLED,
        invoice_on=day,
    )
    books.ledger.replace_items(ENTITY_ID, [part, SECOND, payment])
    books.ledger.replace_allocations(
        ENTITY_ID, [an_allocation(debit_id="FA-1", credit_id="RG", cents=40_00)]
    )

    sheet = sheet_of(books)
    assert sheet.promises == ()
    assert sheet.paid_on_promises == {promise.id: Money(40_00)}
    assert not any(m.promise_broken for m in sheet.plan.messages)


def test_a_profile_is_chosen_with_a_trace_and_given_back(books: SqliteBooks) -> None:
    books.scenarios.save_profile(
        a_profile(id="grand", name="Grand compte", is_default=False)
    )

    before = choose_profile(books, CUSTOMER_ID, ProfileId("grand"), TODAY, NOW)
    assert sheet_of(books).profile_name == "Grand compte"
    choose_profile(books, CUSTOMER_ID, before, TODAY, NOW)

    assert sheet_of(books).profile_name == "Standard"
    assert [one.subject for one in books.activities.of(CUSTOMER_ID)] == [
        "Grand compte → Standard",
        "Standard → Grand compte",
    ]


def test_a_customer_is_followed_and_no_longer(books: SqliteBooks) -> None:
    follow(books, CUSTOMER_ID, followed=True)
    assert sheet_of(books).customer.is_followed
    follow(books, CUSTOMER_ID, followed=False)
    assert not sheet_of(books).customer.is_followed


def test_a_removed_contact_receives_nothing_and_can_come_back(
    books: SqliteBooks,
) -> None:
    (contact,) = books.customers.contacts_of(CUSTOMER_ID)

    remove_contact(books, contact, TODAY)
    assert sheet_of(books).dunning_contact is None
    assert books.customers.contacts(ENTITY_ID) == []
    assert books.customers.removed_contacts(ENTITY_ID) == {contact.id}
    assert books.customers.page(ENTITY_ID, TODAY).lines[0].email == ""

    restore_contact(books, contact)
    assert sheet_of(books).dunning_contact == contact


def test_free_fields_keep_their_names_and_what_they_hold(books: SqliteBooks) -> None:
    names = FieldNames(customer=("Secteur ", ""), item=("Chantier", "", "Dépôt"))
    save_field_names(books, ENTITY_ID, names)
    fields = ItemFields(
        item_id=FIRST.id, entity_id=ENTITY_ID, customer_id=CUSTOMER_ID, free_1="Lyon"
    )
    save_item_fields(books, fields)

    sheet = sheet_of(books)
    assert sheet.field_names.customer == ("Secteur", "")
    assert sheet.rows[0].fields == fields
    assert field_names(books, ENTITY_ID).item == ("Chantier", "", "Dépôt")
    with pytest.raises(FieldNameTwiceError):
        twice = FieldNames(customer=("Secteur", "secteur"))
        save_field_names(books, ENTITY_ID, twice)


def test_free_fields_survive_the_leaving_and_return_of_their_item(
    books: SqliteBooks,
) -> None:
    fields = ItemFields(
        item_id=FIRST.id, entity_id=ENTITY_ID, customer_id=CUSTOMER_ID, free_2="x"
    )
    save_item_fields(books, fields)
    books.ledger.replace_items(ENTITY_ID, [SECOND])
    assert books.customers.item_fields(ENTITY_ID) == [fields]

    books.ledger.replace_items(ENTITY_ID, [FIRST, SECOND])
    assert sheet_of(books).rows[0].fields == fields


def test_two_currencies_stand_side_by_side(books: SqliteBooks) -> None:
    dollars = an_item(
        reference="US", invoiced=Money(70_00, "USD"), settled=Money(0, "USD")
    )
    books.ledger.replace_items(ENTITY_ID, [FIRST, dollars])

    accounts = sheet_of(books).accounts
    assert [one.amounts.balance for one in accounts] == [
        Money(100_00),
        Money(70_00, "USD"),
    ]


def test_a_customer_who_left_the_books_keeps_what_it_promised(
    books: SqliteBooks,
) -> None:
    books.ledger.replace_items(ENTITY_ID, [])
    to_come = a_promise(item_id="FA-1", promised_for=date(2026, 4, 9))
    books.agreements.save_promise(to_come)

    sheet = sheet_of(books)

    assert sheet.promises == (to_come,)
    assert sheet.rows == ()
    assert not sheet.owes
