"""« Clients » gives each customer the score that its sheet gives."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.listing import Among, ListQuery
from domain.dashboard.payers import Grade
from domain.ledger.import_report import SourceFormat
from domain.ports import Books
from domain.usecases.customer_sheet import show_customer
from domain.usecases.lists import customers_page
from storage.outside import Outside
from tests.journeys.command import TODAY
from tests.journeys.stories import OUTSIDE, a_file, a_line, books_of, bring_in

DAY = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def demo(
    demo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Books, EntityId]]:
    folder = tmp_path_factory.mktemp("scores")
    copytree(demo_folder, folder / "books")
    books = Outside().open_books(str(folder / "books"))
    yield books, books.entities.all()[0].id
    books.close()


def listed(
    books: Books, firm: EntityId, day: date = DAY, **asked: object
) -> dict[CustomerId, str]:
    query = ListQuery(limit=1_000, **asked)  # type: ignore[arg-type]
    lines = customers_page(books, firm, day, query).lines
    return {line.customer_id: line.score for line in lines}


def on_the_sheet(books: Books, customer_id: CustomerId, day: date = DAY) -> str:
    check = OUTSIDE.mail.check_address
    score = show_customer(books, customer_id, check, day).payer.score
    return score.grade if score else ""


def test_each_score_of_the_list_is_that_of_the_sheet(
    demo: tuple[Books, EntityId],
) -> None:
    books, firm = demo

    found = listed(books, firm)

    assert found == {c: on_the_sheet(books, c) for c in found}
    assert len(set(found.values())) > 2


def test_the_list_sorts_by_score_those_without_one_last_and_narrows_to_some(
    demo: tuple[Books, EntityId],
) -> None:
    books, firm = demo
    everyone = listed(books, firm)

    in_order = list(listed(books, firm, sort="score").values())
    wanted = Among((Grade.A, ""))
    some = listed(books, firm, filters={"score": wanted})

    assert in_order == sorted(everyone.values(), key=lambda grade: grade or "Z")
    assert some == {c: g for c, g in everyone.items() if g in wanted.values}


def test_what_left_a_list_of_what_is_open_counts_as_paid() -> None:
    books, firm = books_of()
    due = date(2026, 2, 1)
    lines = [a_line(f"F{n}", 100_00, due - timedelta(30), due_on=due) for n in range(4)]
    paid_on = due + timedelta(days=40)
    for day, given in ((due, lines), (paid_on, lines[:1])):
        file = a_file(*given, format=SourceFormat.TABLE, only_open=True)
        bring_in(books, firm, file, day)

    found = listed(books, firm, paid_on)

    assert list(found.values()) == [Grade.D]
    assert found == {c: on_the_sheet(books, c, paid_on) for c in found}
