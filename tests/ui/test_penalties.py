"""Penalties on screen: the sheet, its computation, the settings, a message by hand."""

from datetime import date

from nicegui import ui
from nicegui.testing import User

from domain.customers.customer import CustomerKind, PenaltyChoice
from domain.ports import Books
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    a_contact,
    a_scenario,
    a_text,
    an_item,
)
from tests.ui.window import click, one_firm, open_window, retype, until
from ui import addresses

SHEET = addresses.customer(CUSTOMER_ID)
AUTUMN = date(2026, 7, 2)


def account(books: Books) -> None:
    one_firm(books)
    books.scenarios.save_scenario(a_scenario())
    books.scenarios.save_text(a_text(key="reminder_1"))
    books.customers.save_contacts([a_contact(is_dunning=True)])
    items = [
        an_item(reference="FA-001", days_late=40, cents=1200_00),
        an_item(reference="FA-002", days_late=20, cents=300_00),
    ]
    books.ledger.replace_items(ENTITY_ID, items)


def choose(user: User, mark: str, value: object) -> None:
    (found,) = user.find(marker=mark).elements
    assert isinstance(found, ui.select)
    found.value = value


async def test_the_sheet_tells_penalties_apart_and_shows_how_they_come_out() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        # 1 200 € for 40 days and 300 € for 20 at 12,15 %: 15,98 + 2,00, and 2 × 40.
        await user.should_see("Pénalités de retard : 97,98\u00a0€")
        user.find(marker="penalties-how").click()

        await user.should_see("Intérêts 15,98\u00a0€, indemnité 40,00\u00a0€")
        await user.should_see("1er semestre 2026\u00a0: taux de la BCE 2,15\u00a0%")


async def test_the_kind_of_customer_is_chosen_there_and_the_choice_undone() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        user.find(marker="penalties-how").click()
        await user.should_see("Nature du client")
        choose(user, "customer-kind", CustomerKind.CONSUMER)
        choose(user, "penalty-choice", PenaltyChoice.WAIVED)
        user.find(marker="save").click()

        await user.should_see("Pas de pénalités de retard pour ce client")
        await click(user, "Annuler ce changement")
        await user.should_see("Pénalités de retard : 97,98\u00a0€")


async def test_a_missing_rate_is_asked_for_on_the_sheet_and_typed_there() -> None:
    async with open_window(account, today=AUTUMN) as user:
        await user.open(SHEET)
        await user.should_see("Pénalités de retard : il manque un taux")
        user.find(marker="penalties-how").click()
        await user.should_see("Il manque le taux de la BCE")
        retype(user, "missing-ecb", "2,15")
        user.find(marker="save").click()

        await user.should_not_see("il manque un taux")


async def test_rates_and_claiming_steps_are_kept_in_the_settings() -> None:
    async with open_window(account, today=AUTUMN) as user:
        await user.open("/settings")
        await user.should_see("Il manque le taux de la BCE")
        retype(user, "ecb-2026-2", "2,15")
        retype(user, "legal-2026-2", "2,5")
        user.find(marker="save-penalties").click()
        await user.should_see("Enregistré.")
        await user.open("/settings")

        await user.should_not_see("Il manque le taux de la BCE")


async def test_a_message_by_hand_claims_penalties_once_ticked() -> None:
    async with open_window(account) as user:
        await user.open(addresses.act_for(CUSTOMER_ID))
        await user.should_see(marker="claim-penalties")
        box = user.find(marker="claim-penalties").elements.pop()
        assert isinstance(box, ui.checkbox)
        assert box.value is False
        box.value = True

        await until(lambda: "Total réclamé en plus des factures" in preview(user))


def preview(user: User) -> str:
    frames = user.find(marker="email-preview").elements
    return " ".join(str(frame.props.get("srcdoc")) for frame in frames)
