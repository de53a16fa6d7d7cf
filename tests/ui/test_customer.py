from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User

from domain.customers.activity import ActivityKind
from domain.dunning.scenario import Channel
from domain.ledger.open_item import ItemState
from domain.ledger.payment_modes import PaymentMode
from domain.ports import Books
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    TODAY,
    a_contact,
    a_customer,
    a_dispute,
    a_hold,
    a_level_change,
    a_note,
    a_promise,
    a_scenario,
    an_activity,
    an_activity_item,
    an_allocation,
    an_item,
)
from tests.ui.window import click, field, one_firm, open_window, until
from ui import addresses, formatting
from ui.components.date_input import DayNotUnderstoodError, read_day

SHEET = addresses.customer(CUSTOMER_ID)
LATE = an_item(reference="FA-001", days_late=12, cents=1200_00)
TO_COME = an_item(reference="FA-002", days_late=-20, cents=300_00)
Change = Callable[[Books], object]


def nothing_more(_books: Books) -> None:
    """Leave the account as it is."""


def account(more: Change = nothing_more) -> Callable[[Books], None]:
    """Give a customer a late invoice and one to come, and what the test adds."""

    def fill(books: Books) -> None:
        one_firm(books)
        books.scenarios.save_scenario(a_scenario())
        books.customers.save_contacts([a_contact(is_dunning=True)])
        books.ledger.replace_items(ENTITY_ID, [LATE, TO_COME])
        more(books)

    return fill


def rows(user: User) -> dict[str, dict[str, Any]]:
    (table,) = user.find(ui.table).elements
    return {row["id"]: row for row in table.rows}


async def test_the_sheet_says_what_can_be_sent_today_and_how_much_is_due() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)

        await user.should_see(
            "Ce client peut être relancé aujourd'hui : Relance 1 (E-mail), "
            "1\u202f200,00\u00a0€."
        )
        await user.should_see("1\u202f500,00\u00a0€")
        await user.should_see("3 place du Marché\n38000 Grenoble")
        await user.should_see("Profil Standard")


async def test_each_item_says_why_it_is_proposed_or_not() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)

        assert "Relance 1" in rows(user)["FA-001"]["why"]
        assert "pas encore échue" in rows(user)["FA-002"]["why"]
        assert rows(user)["FA-001"]["titles"]["due_on"] == "donnée par le fichier"


async def test_the_next_reminder_is_told_when_none_is_due() -> None:
    reminded = a_level_change(days_ago=3)
    books = account(lambda books: books.activities.record_levels([reminded]))
    async with open_window(books) as user:
        await user.open(SHEET)

        day = formatting.day(reminded.reached_on + timedelta(days=8))
        await user.should_see(f"Relance 2 possible à partir du {day}")


async def test_open_items_come_first_and_the_settled_ones_on_demand() -> None:
    paid = replace(LATE, settled=LATE.invoiced, state=ItemState.SETTLED)
    books = account(
        lambda books: books.ledger.replace_items(ENTITY_ID, [paid, TO_COME])
    )
    async with open_window(books) as user:
        await user.open(SHEET)
        assert list(rows(user)) == ["FA-002"]
        (chips,) = user.find(ui.toggle).elements

        chips.set_value("settled")

        await until(lambda: list(rows(user)) == ["FA-001"])
        assert rows(user)["FA-001"]["state"]["text"] == "réglé"


async def test_a_stop_is_placed_with_its_reason_and_its_end() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)
        user.find(marker="stop").click()
        await user.should_see("Ne plus relancer ce client")
        user.find(marker="reason").type("Accord de la direction")
        user.find(marker="ends-on").type("30/04/2026")
        user.find(marker="save").click()

        await user.should_see("STOP depuis le 31/03/2026, jusqu'au 30/04/2026")
        await user.should_see("Ce client ne peut pas être relancé aujourd'hui")
        await user.should_see("(STOP) : Accord de la direction, depuis le 31/03/2026")


async def test_a_stop_that_ends_in_the_past_is_refused_and_stays_to_be_corrected() -> (
    None
):
    async with open_window(account()) as user:
        await user.open(SHEET)
        user.find(marker="stop").click()
        await user.should_see("Poser le STOP")
        user.find(marker="ends-on").type("30/03/2026")
        user.find(marker="save").click()

        await user.should_see("Le STOP ne peut pas finir avant aujourd'hui")
        await user.should_see("Poser le STOP")
        await user.should_not_see("STOP depuis le")


async def test_a_stop_is_lifted_at_once() -> None:
    books = account(lambda books: books.agreements.save_hold(a_hold()))
    async with open_window(books) as user:
        await user.open(SHEET)
        await user.should_see("Accord de la direction")

        user.find("Lever le STOP").click()

        await user.should_see("Ce client peut être relancé aujourd'hui")
        await user.should_see("STOP levé")


async def test_what_is_in_force_is_told_with_its_dates() -> None:
    def agree(books: Books) -> None:
        books.agreements.save_dispute(a_dispute(item_id="FA-001"))
        books.agreements.save_promise(a_promise())
        books.agreements.save_promise(
            a_promise(cents=50_00, promised_for=TODAY - timedelta(days=2))
        )

    async with open_window(account(agree)) as user:
        await user.open(SHEET)

        await user.should_see("Litige depuis le 26/03/2026")
        await user.should_see("Marchandise abîmée")
        await user.should_see("120,00\u00a0€ promis pour le 07/04/2026")
        await user.should_see("50,00\u00a0€ promis pour le 29/03/2026, promesse non")
        assert rows(user)["FA-001"]["state"]["text"] == "en litige"


async def test_a_promise_is_noted_and_cancelled() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)
        user.find(kind=ui.button, content="Promesse").click()
        await user.should_see("Promesse sur tout le compte")
        user.find(marker="promised-for").type("15/04/2026")
        user.find(marker="save").click()
        await user.should_see("1\u202f500,00\u00a0€ promis pour le 15/04/2026")

        await click(user, "Annuler la promesse")

        await user.should_see("Promesse annulée")
        await user.should_not_see("promis pour le 15/04/2026")


async def test_a_promise_in_the_past_is_refused_with_a_reason() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)
        user.find(kind=ui.button, content="Promesse").click()
        await user.should_see("Promesse sur tout le compte")
        user.find(marker="promised-for").type("01/03/2026")
        user.find(marker="save").click()

        await user.should_see("ne peut pas être antérieure au 31/03/2026")


async def test_a_dispute_is_opened_on_an_item_and_closed() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)
        user.find(ui.table).trigger("open", "FA-001")
        await user.should_see(marker="item-dispute")
        user.find(marker="item-dispute").click()
        await user.should_see("Litige sur la pièce FA-001")
        user.find(marker="reason").type("Quantité livrée")
        user.find(marker="save").click()
        await user.should_see("Litige depuis le 31/03/2026")

        user.find("Clore le litige").click()

        await user.should_see("Litige clos")
        await user.should_not_see("Litige depuis le")


async def test_an_item_tells_what_paid_it() -> None:
    def pay(books: Books) -> None:
        payment = an_item(reference="RG-001", cents=-200_00, settled=-LATE.invoiced)
        books.ledger.replace_items(ENTITY_ID, [LATE, TO_COME, payment])
        books.ledger.replace_allocations(ENTITY_ID, [an_allocation(cents=200_00)])

    async with open_window(account(pay)) as user:
        await user.open(SHEET)

        user.find(ui.table).trigger("open", "FA-001")

        await user.should_see("200,00\u00a0€ réglés par RG-001")


async def test_a_note_is_kept_and_an_empty_one_refused() -> None:
    books = account(lambda books: books.agreements.save_note(a_note()))
    async with open_window(books) as user:
        await user.open(SHEET)
        await user.should_see("Rappeler après le 15")
        user.find(marker="add-note").click()
        await user.should_see("Enregistrer la note")
        user.find(marker="save").click()
        await user.should_see("Écrivez la note avant de l'enregistrer.")

        user.find(marker="note").type("A déménagé")
        user.find(marker="save").click()

        await user.should_see("A déménagé")
        await user.should_see("Rappeler après le 15")


async def test_an_odd_address_is_told_and_accepted() -> None:
    def mistype(books: Books) -> None:
        (contact,) = books.customers.contacts_of(CUSTOMER_ID)
        books.customers.save_contacts([replace(contact, email="camille@gmial.com")])

    async with open_window(account(mistype)) as user:
        await user.open(SHEET)
        await user.should_see("Vouliez-vous écrire gmail.com")
        await user.should_see("adresse e-mail à contrôler")

        user.find(marker="accept-address").click()

        await user.should_see("Ce client peut être relancé aujourd'hui")
        await user.should_not_see("Vouliez-vous écrire gmail.com")


async def test_a_second_contact_is_added() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)
        user.find(marker="add-contact").click()
        await user.should_see("Reçoit les relances")
        user.find(marker="email").type("compta@client.example.com")
        user.find(marker="save").click()

        await user.should_see("compta@client.example.com")
        await user.should_see("Autre contact")


async def test_terms_that_are_not_understood_are_refused() -> None:
    async with open_window(account()) as user:
        await user.open(SHEET)
        user.find(marker="edit-customer").click()
        await user.should_see("Délai de règlement")
        user.find(marker="terms").type("quand je peux")
        user.find(marker="save").click()

        await user.should_see("Ce délai de règlement n'est pas compris")
        await user.should_see("celui de la société")


async def test_the_terms_of_its_payment_mode_are_those_of_a_customer_without_any() -> (
    None
):
    def by_cheque(books: Books) -> None:
        cheque = PaymentMode(code="CHQ", terms="60 jours")
        books.entities.save_payment_modes(ENTITY_ID, [cheque])

    async with open_window(account(by_cheque)) as user:
        await user.open(SHEET)
        user.find(marker="edit-customer").click()
        await user.should_see("Mode de règlement")
        hint = field(user, "terms").props["hint"]
        assert hint.startswith("Vide : celui du mode de règlement")
        user.find(marker="mode").type("CHQ")
        user.find(marker="save").click()

        await user.should_see("60 jours (mode de règlement : CHQ)")


async def test_the_address_is_corrected() -> None:
    books = account(
        lambda books: books.customers.save_many([a_customer(city="", address="")])
    )
    async with open_window(books) as user:
        await user.open(SHEET)
        await user.should_see("incomplète")
        user.find(marker="edit-customer").click()
        await user.should_see("Code postal")
        user.find(marker="address").type("8 rue Neuve")
        user.find(marker="city").type("Valence")
        user.find(marker="save").click()

        await user.should_see("8 rue Neuve")


async def test_what_was_sent_is_read_again_and_saved_as_it_left() -> None:
    def remind(books: Books) -> None:
        document = books.outbox.save_document("m.eml", "message/rfc822", b"as sent")
        sent = an_activity(
            subject="Votre compte",
            body="Bonjour,\n\nMerci de régler.",
            recipients="camille@client.example.com",
            amount=LATE.invoiced,
            channel=Channel.EMAIL,
            document_id=document,
        )
        books.activities.record(sent, [an_activity_item(sent, cents=1200_00)])

    async with open_window(account(remind)) as user:
        await user.open(SHEET)
        await user.should_see("Relance 1")
        user.find(marker="read").click()
        await user.should_see("Merci de régler.")
        await user.should_see("échéance du 19/03/2026")

        user.find("Enregistrer l'e-mail (.eml)").click()
        saved = await user.download.next()

        assert saved.content == b"as sent"


async def test_a_long_history_begins_with_the_latest() -> None:
    def busy(books: Books) -> None:
        for n in range(20):
            books.activities.record(
                an_activity(days_ago=n, kind=ActivityKind.NOTE, subject=f"Note n° {n}")
            )

    async with open_window(account(busy)) as user:
        await user.open(SHEET)
        await user.should_see("Note n° 0")
        await user.should_not_see("Note n° 19")

        user.find("Afficher la suite (8 de plus)").click()

        await user.should_see("Note n° 19")


async def test_a_customer_who_owes_nothing_has_nothing_to_promise() -> None:
    async with open_window(one_firm) as user:
        await user.open(SHEET)

        await user.should_see("Rien à relancer : aucune facture n'est ouverte.")
        await user.should_see("pas d'adresse e-mail")
        await user.should_see("Rien n'a encore été fait pour ce client.")
        await user.should_not_see(kind=ui.button, content="Promesse")


async def test_an_unknown_customer_is_told() -> None:
    async with open_window(one_firm) as user:
        await user.open("/customers/absent")

        await user.should_see("Cette page ne peut pas être affichée")


def test_a_day_is_read_as_the_french_write_it() -> None:
    assert read_day("05/04/2026") == date(2026, 4, 5)
    for typed in ("31/02/2026", "5 avril", "2026-04-05", "05/04"):
        with pytest.raises(DayNotUnderstoodError):
            read_day(typed)
