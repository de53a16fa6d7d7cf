"""What is decided about documents by hand: level, expected date, exclusion, call."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import ActivityId, ItemId
from domain.basics.listing import ListQuery
from domain.customers.activity import ActivityKind
from domain.dunning.planned import Reason
from domain.dunning.scenario import Channel
from domain.usecases.calling import Contacted, note_contact
from domain.usecases.excluding import set_excluded
from domain.usecases.levels import (
    LevelMove,
    LevelReasonMissingError,
    LevelUnchangedError,
    LevelUnknownError,
    NoLevelError,
    change_levels,
    take_back,
)
from domain.usecases.lists import customers_page
from domain.usecases.repositioning import (
    ExpectedInThePastError,
    NothingLeftError,
    cancel_expected_dates,
    reposition,
)
from storage.database.books import SqliteBooks
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_level_change,
    an_item,
)
from tests.journeys.sheet import (
    CREDIT,
    FIRST,
    LATER,
    SECOND,
    filled,
    last_kind,
    levels,
    no_oddity,
    plans,
    sheet_of,
)


@pytest.fixture
def books() -> SqliteBooks:
    return filled()


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


@settings(max_examples=25, deadline=None)
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


def a_call(books: SqliteBooks, comment: str, *, counts: bool) -> ActivityId:
    call = Contacted(channel=Channel.PHONE, day=TODAY, comment=comment, counts=counts)
    return note_contact(books, CUSTOMER_ID, call, no_oddity, TODAY, NOW).activity_id


def test_a_call_counts_for_the_gap_and_as_a_reminder_only_if_one_says_so(
    books: SqliteBooks,
) -> None:
    a_call(books, "Rappel", counts=False)
    assert levels(books)["FA-1"] == 0
    assert books.activities.last_contacts(ENTITY_ID) == {CUSTOMER_ID: TODAY}

    call = a_call(books, "Ok", counts=True)
    assert levels(books) == {"FA-1": 1, "FA-2": 1, "AV-1": 0}
    again = a_call(books, "Ok", counts=True)
    assert levels(books)["FA-1"] == 1, "never two levels on one day"

    take_back(books, CUSTOMER_ID, [call, again], TODAY, NOW)
    assert levels(books)["FA-1"] == 0


def test_a_call_taken_back_is_no_contact(books: SqliteBooks) -> None:
    call = a_call(books, "", counts=False)

    take_back(books, CUSTOMER_ID, [call], TODAY, NOW)

    assert books.activities.last_contacts(ENTITY_ID) == {}
    page = customers_page(books, ENTITY_ID, TODAY, ListQuery())
    assert page.lines[0].last_contact_on is None
