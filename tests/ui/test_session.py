import threading
from datetime import UTC, date

import pytest

from domain.basics.errors import BooksUnreadableError
from domain.ports import Books
from domain.usecases.configuring import NoEntityError
from storage.outside import Outside
from tests.builders import ENTITY_ID
from tests.ui.window import BooksInMemory, one_firm
from ui.session import Session


@pytest.fixture
def session() -> object:
    opened = Session(BooksInMemory(one_firm), "")
    yield opened
    opened.close()


def thread_of(_books: Books) -> int:
    return threading.get_ident()


async def test_use_cases_run_on_one_thread_which_is_not_the_screens(
    session: Session,
) -> None:
    threads = {await session.run(thread_of) for _time in range(5)}

    assert len(threads) == 1
    assert threads != {threading.get_ident()}


async def test_a_use_case_receives_the_books_and_its_arguments(
    session: Session,
) -> None:
    def name_of(books: Books, suffix: str, *, upper: bool) -> str:
        name = books.entities.get(ENTITY_ID).name + suffix
        return name.upper() if upper else name

    assert await session.run(name_of, " !", upper=True) == "ATELIER BOIS CLAIR !"


def test_there_is_no_firm_to_speak_of_before_one_is_shown(session: Session) -> None:
    with pytest.raises(NoEntityError):
        _ = session.entity_id

    session.shown = ENTITY_ID
    assert session.entity_id == ENTITY_ID


def test_moments_carry_their_time_zone(session: Session) -> None:
    assert session.now().tzinfo is UTC


def test_today_can_be_another_day() -> None:
    chosen = date(2026, 3, 31)
    session = Session(BooksInMemory(one_firm), "", today=lambda: chosen)

    assert session.today() == chosen
    session.close()


async def test_closing_waits_for_the_use_case_under_way() -> None:
    session = Session(BooksInMemory(one_firm), "")
    await session.run(thread_of)
    session.close()

    with pytest.raises(RuntimeError):
        await session.run(thread_of)


class DamagedBooks(Outside):
    def open_books(self, folder: str) -> Books:
        raise BooksUnreadableError(folder=folder, reason="the file is damaged.")


async def test_books_that_cannot_be_opened_are_refused_at_their_first_use() -> None:
    session = Session(DamagedBooks(), "")

    with pytest.raises(BooksUnreadableError):
        await session.run(thread_of)
    session.close()
