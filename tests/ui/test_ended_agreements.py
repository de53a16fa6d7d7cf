from datetime import timedelta

import pytest

from domain.ports import Books
from tests.builders import TODAY, a_dispute, a_hold, a_promise
from tests.ui.test_customer import SHEET, Change, account
from tests.ui.window import open_window

ENDED_ON = TODAY - timedelta(days=3)


@pytest.mark.parametrize(
    ("end", "ended", "in_force"),
    [
        (
            lambda books: books.agreements.save_hold(a_hold(lifted_on=ENDED_ON)),
            "STOP levé le 28/03/2026",
            "Lever le STOP",
        ),
        (
            lambda books: books.agreements.save_dispute(a_dispute(closed_on=ENDED_ON)),
            "Litige clos le 28/03/2026",
            "Clore le litige",
        ),
        (
            lambda books: books.agreements.save_promise(
                a_promise(cancelled_on=ENDED_ON)
            ),
            "Promesse de 120,00\u00a0€ pour le 07/04/2026, annulée le 28/03/2026",
            "Annuler la promesse",
        ),
    ],
)
async def test_what_was_ended_can_be_put_back_days_later(
    end: Change, ended: str, in_force: str
) -> None:
    async with open_window(account(end)) as user:
        await user.open(SHEET)
        await user.should_see(ended)
        await user.should_not_see(in_force)

        user.find(marker="put-back").click()

        await user.should_see("C'est de nouveau en vigueur.")
        await user.should_see(in_force)
        await user.should_not_see(ended)


async def test_what_was_ended_long_ago_is_in_the_history_only() -> None:
    def end(books: Books) -> None:
        long_ago = TODAY - timedelta(days=8)
        books.agreements.save_hold(a_hold(lifted_on=long_ago))

    async with open_window(account(end)) as user:
        await user.open(SHEET)

        await user.should_not_see(marker="put-back")
