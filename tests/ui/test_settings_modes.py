"""The settings' payment modes."""

from dataclasses import replace
from datetime import date

from nicegui import ui
from nicegui.testing import User

from domain.ports import Books
from tests.builders import ENTITY_ID, TODAY
from tests.journeys.stories import a_file, a_line, bring_in
from tests.ui.window import field, one_firm, open_window, retype

JAN = date(2026, 1, 10)


def two_modes(books: Books) -> None:
    one_firm(books)
    lines = [
        replace(a_line(piece, 100_00, JAN), payment_mode=mode)
        for piece, mode in (("F1", "CHQ"), ("F2", "CHQ"), ("F3", "VIR"))
    ]
    bring_in(books, ENTITY_ID, a_file(*lines), TODAY)


def is_ticked(user: User, name: str) -> bool:
    box = user.find(marker=name).elements.pop()
    assert isinstance(box, ui.checkbox)
    return bool(box.value)


async def test_the_modes_of_the_books_are_listed_with_their_open_invoices() -> None:
    async with open_window(two_modes) as user:
        await user.open("/settings")

        await user.should_see("Modes de règlement")
        await user.should_see("2 factures ouvertes")
        await user.should_see("1 facture ouverte")
        hint = field(user, "terms-CHQ").props["hint"]
        assert hint == "Vide : celui de la société, 30 jours."


async def test_new_terms_say_how_many_due_dates_move_and_wait_for_an_agreement() -> (
    None
):
    async with open_window(two_modes) as user:
        await user.open("/settings")
        retype(user, "terms-CHQ", "60 jours")
        assert field(user, "terms-CHQ").props["hint"] == (
            "Facture du 31/03/2026 → échéance le 30/05/2026"
        )
        user.find(marker="save-payment-modes").click()

        await user.should_see("2 factures ouvertes changent d'échéance")
        user.find("Annuler").click()
        await user.should_not_see("Enregistré.")
        await user.open("/settings")
        assert field(user, "terms-CHQ").value == ""

        retype(user, "terms-CHQ", "60 jours")
        user.find(marker="save-payment-modes").click()
        await user.should_see("2 factures ouvertes changent d'échéance")
        user.find(marker="confirm").click()
        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert field(user, "terms-CHQ").value == "60 jours"


async def test_a_mode_made_automatic_moves_no_due_date_and_is_kept_at_once() -> None:
    async with open_window(two_modes) as user:
        await user.open("/settings")

        user.find(marker="automatic-VIR").click()
        user.find(marker="save-payment-modes").click()

        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert is_ticked(user, "automatic-VIR")
        assert not is_ticked(user, "automatic-CHQ")


async def test_without_any_mode_the_settings_say_where_they_come_from() -> None:
    async with open_window() as user:
        await user.open("/settings")

        await user.should_see("Aucun mode de règlement n'est connu")
