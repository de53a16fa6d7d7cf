"""What the home page says is what the lists that it opens add up to."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from domain.basics.identifiers import EntityId
from domain.basics.listing import Among, Cents, Days, ListFilter, ListPage, ListQuery
from domain.basics.money import Money
from domain.customers.customer_line import CustomerLine
from domain.dashboard.account import AGE_LIMITS
from domain.ports import Books
from domain.usecases.dashboard import HomeView, show_home
from domain.usecases.follow_lists import receipts_page
from domain.usecases.lists import debtors_page, items_page, list_filter_values
from storage.outside import Outside
from tests.journeys.command import TODAY

_ALL = 1_000
DAY = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def books(
    demo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Books]:
    folder = tmp_path_factory.mktemp("totals")
    copytree(demo_folder, folder / "books")
    books = Outside().open_books(str(folder / "books"))
    yield books
    books.close()


@pytest.fixture(scope="module")
def firm(books: Books) -> EntityId:
    return books.entities.all()[0].id


@pytest.fixture(scope="module")
def home(books: Books, firm: EntityId) -> HomeView:
    return show_home(books, firm, DAY)


def owing(books: Books, firm: EntityId, **by: ListFilter) -> ListPage[CustomerLine]:
    return debtors_page(books, firm, DAY, ListQuery(filters=by, limit=_ALL))


def test_what_is_owed_late_and_to_come_is_what_who_owes_you_what_adds_up_to(
    books: Books, firm: EntityId, home: HomeView
) -> None:
    figures = home.shown.figures
    late = owing(books, firm, overdue=Cents(least=1))
    to_come = owing(books, firm, to_come=Cents(least=1))

    assert owing(books, firm).totals["balance"] == (figures.owed,)
    assert late.totals["overdue"] == (figures.overdue,)
    assert late.count == figures.overdue_customers
    assert to_come.totals["to_come"] == (figures.to_come,)
    assert to_come.count == figures.to_come_customers


def test_each_age_and_each_profile_is_what_its_bar_opens(
    books: Books, firm: EntityId, home: HomeView
) -> None:
    profiles = {p.name: p.id for p in list_filter_values(books, firm).profiles}

    for low, amount in zip((0, *AGE_LIMITS), home.shown.figures.by_age, strict=True):
        of_age = owing(books, firm, age=Among((str(low),)))
        assert of_age.totals[f"age_{low}"] == (amount,)
    for share in home.by_profile:
        of_profile = owing(books, firm, profile=Among((profiles[share.name],)))
        assert of_profile.totals["balance"] == (share.amount,)


def test_what_was_paid_is_what_the_receipts_of_these_days_add_up_to(
    books: Books, firm: EntityId, home: HomeView
) -> None:
    since = {"on": Days(first=home.shown.paid_since)}

    receipts = receipts_page(books, firm, DAY, ListQuery(filters=since))

    assert receipts.totals["amount"] == (home.shown.paid_lately,)


def test_each_payment_mode_is_what_its_items_leave_once_credits_are_used(
    books: Books, firm: EntityId, home: HomeView
) -> None:
    """Items are listed whole: credits stand beside them, in their own mode."""
    items = items_page(books, firm, DAY, ListQuery(limit=_ALL)).lines
    with_credits = {line.customer_id for line in items if line.left < Money(0)}

    for share in home.by_mode:
        wanted = ListQuery(filters={"payment_mode": Among((share.name,))}, limit=_ALL)
        lines = items_page(books, firm, DAY, wanted).lines
        exactly = [line for line in lines if line.customer_id not in with_credits]
        at_most = [line for line in lines if line.left > Money(0)]
        least = Money.total(line.left for line in exactly)
        assert least <= share.amount <= Money.total(line.left for line in at_most)
    assert Money.total(share.amount for share in home.by_mode) == (
        home.shown.figures.owed
    )
