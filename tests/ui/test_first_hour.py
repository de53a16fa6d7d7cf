"""The first steps of a firm: done, passed over, put away, found again."""

from collections.abc import Callable

from domain.ports import Books
from domain.usecases.first_hour import (
    FirstStep,
    begin_first_hour,
    first_hour_at_home,
    note_seen,
    pass_step,
    show_first_hour,
)
from tests.builders import ENTITY_ID, a_contact, an_entity, an_import, books_of_one_firm
from tests.ui.window import arrives_at, click, one_firm, open_window
from ui import addresses


def a_new_firm(books: Books) -> None:
    one_firm(books)
    begin_first_hour(books, ENTITY_ID)


def test_each_step_is_done_when_the_books_say_so() -> None:
    books = books_of_one_firm()
    begin_first_hour(books, ENTITY_ID)
    presented = an_entity(
        address="3 rue des Tilleuls",
        postal_code="69003",
        city="Lyon",
        iban="FR7630006000011234567890189",
    )
    gestures: list[tuple[FirstStep, Callable[[], None]]] = [
        (FirstStep.COMPANY, lambda: books.entities.save(presented)),
        (FirstStep.IMPORT, lambda: books.imports.record(an_import(), [], {})),
        (FirstStep.RECIPIENTS, lambda: books.customers.save_contacts([a_contact()])),
        (FirstStep.PREVIEW, lambda: note_seen(books, ENTITY_ID)),
    ]
    books.entities.save(an_entity(address="", iban=""))

    done: set[FirstStep] = set()
    for step, gesture in gestures:
        gesture()
        done.add(step)
        view = show_first_hour(books, ENTITY_ID)
        assert {s.step for s in view.steps if s.is_done} == done
    assert view.next_step is FirstStep.MAIL
    pass_step(books, ENTITY_ID, FirstStep.MAIL)
    assert show_first_hour(books, ENTITY_ID).next_step is None
    assert first_hour_at_home(books, ENTITY_ID)  # passed over is not done


def test_a_firm_that_never_began_sees_no_first_steps() -> None:
    assert first_hour_at_home(books_of_one_firm(), ENTITY_ID) is None


async def test_the_first_steps_are_put_away_and_found_again() -> None:
    async with open_window(a_new_firm) as user:
        await user.open("/")
        await user.should_see("Premiers pas :")
        await click(user, marker="dismiss-first-hour")
        await user.open("/")
        await user.should_not_see("Premiers pas")

        await user.open("/settings")
        await click(user, marker="first-steps")
        await arrives_at(addresses.FIRST_HOUR, user)
        await user.open("/")
        await user.should_see("Premiers pas :")


async def test_a_step_passed_over_leads_to_the_next_one_and_stays_in_the_list() -> None:
    async with open_window(a_new_firm) as user:
        await user.open("/first-hour?step=mail")
        await click(user, marker="next-step")
        await user.open("/first-hour?step=preview")

        await user.should_see("laissé pour plus tard")
        await user.should_see("Aucun message n'est à envoyer aujourd'hui.")
