import pytest
from nicegui import ui
from nicegui.testing import User

from domain.dunning.outbox import MessageState
from domain.ports import Books
from domain.usecases.demonstration import BooksNotEmptyError
from tests.builders import TODAY, a_message
from tests.ui.window import BooksInMemory, arrives_at, nothing, one_firm, open_window
from ui import addresses
from ui.session import Session


def create_firm(user: User, name: str, terms: str = "45 jours fin de mois") -> None:
    user.find("name").type(name)
    user.find("terms").clear().type(terms)
    user.find("create").click()


async def test_the_first_screen_says_where_the_books_are_and_what_leaves() -> None:
    async with open_window(nothing) as user:
        await user.open("/")

        await user.should_see("Bienvenue dans Relance")
        await user.should_see("Où vivent vos données")
        await user.should_see("Rien, sauf les e-mails que vous envoyez")
        await user.should_see("Le FEC")


async def test_a_new_firm_is_shown_and_led_to_its_first_steps() -> None:
    async with open_window(nothing) as user:
        await user.open("/")
        create_firm(user, "Menuiserie Claire")

        await arrives_at(addresses.FIRST_HOUR, user)
        (chooser,) = user.find(kind=ui.select, marker="entity").elements
        assert chooser.options == {chooser.value: "Menuiserie Claire"}


async def test_a_firm_without_a_name_is_refused_with_a_reason() -> None:
    async with open_window(nothing) as user:
        await user.open("/")
        create_firm(user, " ")

        await user.should_see("Indiquez le nom de votre société.")
        assert user.back_history[-1] == addresses.HOME


async def test_payment_terms_nobody_could_compute_are_refused() -> None:
    async with open_window(nothing) as user:
        await user.open("/")
        create_firm(user, "Menuiserie Claire", terms="quand il fera beau")

        await user.should_see("quand il fera beau")
        assert user.back_history[-1] == addresses.HOME


async def test_the_demonstration_never_fills_the_books_of_a_real_firm() -> None:
    session = Session(BooksInMemory(one_firm), "", today=lambda: TODAY, is_demo=True)
    try:
        with pytest.raises(BooksNotEmptyError):
            await session.run(lambda books: books.entities.all())
    finally:
        session.close()


async def test_what_was_leaving_when_the_app_stopped_is_in_doubt() -> None:
    def interrupted(books: Books) -> None:
        one_firm(books)
        books.outbox.add(a_message(state=MessageState.SENDING), [])

    session = Session(BooksInMemory(interrupted), "", today=lambda: TODAY)
    try:
        messages = await session.run(
            lambda books: books.outbox.in_state(MessageState.UNCERTAIN)
        )
    finally:
        session.close()

    assert len(messages) == 1
