"""Gestures on a customer's sheet, on one document or several, and their undoing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.testing import User

from domain.basics.money import Money
from domain.customers.free_fields import FieldNames
from domain.ports import Books
from domain.usecases.free_fields import save_field_names
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_contact,
    a_note,
    a_profile,
    a_promise,
    a_scenario,
    an_item,
)
from tests.ui.window import click, one_firm, open_window, retype, until
from ui import addresses

SHEET = addresses.customer(CUSTOMER_ID)
FIRST = an_item(reference="FA-001", days_late=40, cents=1200_00)
SECOND = an_item(reference="FA-002", days_late=20, cents=300_00)


def account(books: Books) -> None:
    one_firm(books)
    books.scenarios.save_scenario(a_scenario())
    books.customers.save_contacts([a_contact(is_dunning=True)])
    books.ledger.replace_items(ENTITY_ID, [FIRST, SECOND])


def table(user: User) -> ui.table:
    (found,) = user.find(ui.table).elements
    return found


def cells(user: User, item: str) -> dict[str, Any]:
    return next(row for row in table(user).rows if row["id"] == item)


async def tick_both(user: User) -> None:
    shown = table(user)
    rows = [{"id": row["id"]} for row in shown.rows]
    user.find(ui.table).trigger("selection", {"added": True, "rows": rows, "keys": []})
    await user.should_see("2 pièces cochées · 1\u202f500,00\u00a0€")


async def test_the_ticked_documents_are_counted_and_added_up() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)

        await tick_both(user)

        await user.should_see("Repositionner")


async def test_the_level_of_several_documents_goes_up_with_a_reason_and_back() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        await tick_both(user)
        user.find(marker="ticked-level").click()
        await user.should_see("Niveau de 2 pièces")
        user.find(marker="save").click()
        await user.should_see("Dites pourquoi le niveau change")

        user.find(marker="reason").type("Relancé par courrier")
        user.find(marker="save").click()
        await user.should_see("Niveau modifié à la main : niveau 1")
        assert cells(user, "FA-002")["level"]["text"] == "R1"

        await click(user, marker="undo")

        await user.should_see("Changement de niveau annulé")
        assert "level" not in cells(user, "FA-002"), "nothing is reminded any more"


async def test_a_change_of_level_is_taken_back_from_the_history_too() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        await tick_both(user)
        user.find(marker="ticked-level").click()
        await user.should_see("Niveau de 2 pièces")
        user.find(marker="reason").type("Erreur")
        user.find(marker="save").click()
        await user.should_see("Niveau modifié à la main")

        user.find(marker="take-back").click()

        await user.should_see("Changement de niveau annulé")
        assert "level" not in cells(user, "FA-001")


async def test_a_repositioned_document_keeps_its_due_date_and_reminders() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        before = cells(user, "FA-001")["why"]
        user.find(ui.table).trigger("open", "FA-001")
        await user.should_see(marker="item-reposition")
        user.find(marker="item-reposition").click()
        await user.should_see("Repositionner la pièce FA-001")
        user.find(marker="expected-on").type("15/05/2026")
        user.find(marker="save").click()
        await user.should_see("La date prévue est modifiée.")

        assert cells(user, "FA-001")["expected_on"] == "15/05/2026"
        assert cells(user, "FA-001")["due_on"] == "19/02/2026"
        assert cells(user, "FA-001")["why"] == before


async def test_documents_are_excluded_at_once_and_taken_in_again() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        await tick_both(user)

        user.find(marker="ticked-exclude").click()
        await user.should_see("2 pièces sont exclues des relances.")
        await user.should_see("Ce client ne peut pas être relancé aujourd'hui")
        await click(user, marker="undo")

        await user.should_see("Ce client peut être relancé aujourd'hui")


async def test_a_stop_placed_by_mistake_is_undone_in_one_click() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        user.find(marker="stop").click()
        await user.should_see("Ne plus relancer ce client")
        user.find(marker="save").click()
        await user.should_see("Le STOP est posé.")

        await click(user, marker="undo")

        await user.should_see("Ce client peut être relancé aujourd'hui")
        await user.should_not_see("Le STOP est posé.")


async def test_a_call_is_noted_with_what_was_promised_in_it() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        user.find("Appel").click()
        await user.should_see("Ce qui a été dit")
        user.find(marker="comment").type("Paie vendredi")
        retype(user, "promised", "500")
        user.find(marker="promised-for").type("10/04/2026")
        user.find(marker="save").click()

        await user.should_see("Paie vendredi")
        await user.should_see("500,00\u00a0€ promis pour le 10/04/2026")
        await user.should_see("Dernier appel")


async def test_half_a_promise_is_refused_in_a_call() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        user.find("Appel").click()
        await user.should_see("Ce qui a été dit")
        retype(user, "promised", "500")
        user.find(marker="save").click()

        await user.should_see("Une promesse a un montant et une date")


async def test_the_profile_is_changed_and_the_account_put_in_dispute() -> None:
    def fill(books: Books) -> None:
        account(books)
        books.scenarios.save_profile(
            a_profile(id="grand", name="Grand compte", is_default=False)
        )

    async with open_window(fill) as user:
        await user.open(SHEET)
        user.find(marker="profile").click()
        await user.should_see("Profil et litige")
        choice = user.find(marker="profile-choice").elements.pop()
        assert isinstance(choice, ui.select)
        choice.set_value("grand")
        user.find(marker="account-dispute").click()
        user.find(marker="reason").type("Prix")
        user.find(marker="save").click()

        await user.should_see("Profil Grand compte")
        await user.should_see("Litige depuis le 31/03/2026")

        await click(user, marker="undo")

        await user.should_see("Profil Standard")
        await user.should_not_see("Litige depuis le 31/03/2026")


async def test_a_customer_is_followed_in_one_click() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)

        user.find(marker="follow").click()

        await until(lambda: _pressed(user) == "true")


def _pressed(user: User) -> str:
    (flag,) = user.find(marker="follow").elements
    return str(flag.props["aria-pressed"])


def noted(books: Books) -> None:
    account(books)
    books.agreements.save_note(a_note(text="Rappeler mardi"))


async def test_a_note_is_corrected() -> None:
    async with open_window(noted) as user:
        await user.open(SHEET)
        user.find(marker="edit-note").click()
        await user.should_see("Enregistrer la note")
        retype(user, "note", "Rappeler jeudi")
        user.find(marker="save").click()

        await user.should_see("La note est modifiée.")
        assert note_of(user) == "Rappeler jeudi"


async def test_a_note_is_removed_and_given_back() -> None:
    async with open_window(noted) as user:
        await user.open(SHEET)
        user.find(marker="remove-note").click()
        await user.should_see("La note est supprimée.")
        await user.should_see("Pas encore de note")

        await click(user, marker="undo")

        await until(lambda: note_of(user) == "Rappeler mardi")


def note_of(user: User) -> str:
    """Read the card « Notes », without what the history says."""
    (card,) = user.find(marker="notes").elements
    texts = [e.text for e in card.descendants() if isinstance(e, TextElement)]
    return str(texts[1])


async def test_a_contact_is_removed_once_confirmed_and_given_back() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        user.find(marker="remove-contact").click()
        await user.should_see("Supprimer Camille Rivière ?")
        user.find(marker="confirm").click()
        await user.should_see("pas d'adresse e-mail")

        await click(user, marker="undo")

        await user.should_see("camille@client.example.com")


async def test_a_second_contact_may_be_the_manager() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)
        user.find(marker="add-contact").click()
        await user.should_see("Responsable")
        user.find(marker="last-name").type("Montagnac")
        user.find(marker="is-manager").click()
        user.find(marker="save").click()

        await user.should_see("Autre contact, responsable")


def with_fields(books: Books) -> None:
    account(books)
    names = FieldNames(customer=("Secteur", ""), item=("Chantier", "", ""))
    save_field_names(books, ENTITY_ID, names)


async def test_a_customers_free_field_appears_once_it_has_a_name() -> None:
    async with open_window(with_fields) as user:
        await user.open(SHEET)
        user.find(marker="edit-customer").click()
        await user.should_see("Secteur")
        user.find(marker="free-1").type("Montagne")
        user.find(marker="save").click()

        await user.should_see("Montagne")


async def test_a_documents_free_field_becomes_a_column() -> None:
    async with open_window(with_fields) as user:
        await user.open(SHEET)
        user.find(ui.table).trigger("open", "FA-001")
        await user.should_see(marker="item-fields")
        user.find(marker="item-fields").click()
        await user.should_see("Champs libres de la pièce FA-001")
        user.find(marker="free-1").type("Gymnase")
        user.find(marker="save").click()
        await user.should_see("Les champs libres sont enregistrés.")

        assert cells(user, "FA-001")["free_1"] == "Gymnase"


@pytest.mark.parametrize("opened", ["why", "item"])
async def test_why_tells_the_rule_and_what_would_change_it(opened: str) -> None:
    def fill(books: Books) -> None:
        account(books)
        later = TODAY + timedelta(days=7)
        books.agreements.save_promise(a_promise(promised_for=later))

    async with open_window(fill) as user:
        await user.open(SHEET)
        if opened == "why":
            user.find(marker="why").click()
        else:
            user.find(ui.table).trigger("open", "FA-001")
            await user.should_see("Règle : Relance 1")

        await user.should_see("Relance 1 partirait le 08/04/2026.")
        await user.should_see("Pour reprendre plus tôt : annulez la promesse.")


async def test_two_currencies_are_never_added() -> None:
    def fill(books: Books) -> None:
        account(books)
        dollars = replace(
            SECOND, invoiced=Money(300_00, "USD"), settled=Money(0, "USD")
        )
        books.ledger.replace_items(ENTITY_ID, [FIRST, dollars])

    async with open_window(fill) as user:
        await user.open(SHEET)

        assert cells(user, "FA-002")["currency"] == "USD"
        (total,) = [c["total"] for c in table(user).columns if c["name"] == "left"]
        assert total == "1\u202f200,00\u00a0€ · 300,00\u00a0$US"


async def test_the_statement_is_made_in_one_click() -> None:
    async with open_window(account) as user:
        await user.open(SHEET)

        user.find(marker="statement-xlsx").click()

        saved = await user.download.next()
        assert saved.content.startswith(b"PK")
