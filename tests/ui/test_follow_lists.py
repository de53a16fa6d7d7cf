from datetime import timedelta
from typing import Any

from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import ItemId
from domain.dunning.scenario import Channel
from domain.ports import Books
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_dispute,
    a_message,
    a_promise,
    an_activity,
    an_entry,
    an_item,
)
from tests.ui.window import one_firm, open_window, until

DAY = timedelta(days=1)
INVOICE = ItemId("FA-001")


def a_followed_customer(books: Books) -> None:
    """A late invoice, two payments, two promises, a dispute, two messages."""
    one_firm(books)
    old, lately = TODAY - 200 * DAY, TODAY - 5 * DAY
    books.ledger.save_entries(
        [
            an_entry(),
            an_entry(piece="RG-1", cents=-90_00, journal="BQ", entry_on=lately),
            an_entry(piece="RG-2", cents=-10_00, journal="BQ", entry_on=old),
        ]
    )
    books.ledger.replace_items(ENTITY_ID, [an_item()])
    late = {"made_on": TODAY - 9 * DAY, "promised_for": TODAY - 2 * DAY}
    books.agreements.save_promise(a_promise(cents=50_00, item_id=INVOICE, **late))
    books.agreements.save_promise(a_promise(item_id=INVOICE))
    books.agreements.save_promise(a_promise(item_id=INVOICE, cancelled_on=TODAY))
    books.agreements.save_dispute(a_dispute(item_id=INVOICE))
    pdf = books.outbox.save_document("R1.pdf", "application/pdf", b"%PDF-1.7 R1")
    books.activities.record(
        an_activity(
            channel=Channel.LETTER,
            subject="Première relance",
            body="Nous vous prions de régler.",
            recipients="Client C001\n69001 Lyon",
            document_id=pdf,
        )
    )
    books.outbox.add(a_message(), [])


def rows(user: User) -> list[dict[str, Any]]:
    return list(user.find(kind=ui.table).elements.pop().rows)


def words(user: User, column: str) -> list[str]:
    """The words of a column, badges included."""
    cells = [row[column] for row in rows(user)]
    return [cell["text"] if isinstance(cell, dict) else cell for cell in cells]


def total(user: User, column: str) -> str:
    table = user.find(kind=ui.table).elements.pop()
    return next(str(c["total"]) for c in table.columns if c["name"] == column)


def tick(user: User, row: dict[str, Any]) -> None:
    told = {"added": True, "rows": [row], "keys": [row["id"]]}
    user.find(kind=ui.table).trigger("selection", told)


async def test_receipts_begin_with_the_last_90_days() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/receipts")

        assert words(user, "amount") == ["90,00"]
        user.find(marker="show-everything").click()
        await until(lambda: words(user, "amount") == ["90,00", "10,00"])
        assert total(user, "amount") == "100,00"
        await user.should_see("2 encaissements")


async def test_a_receipt_opens_its_customer() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/receipts")
        user.find(kind=ui.table).trigger("open", rows(user)[0]["id"])

        await user.should_see("Situation de compte")


async def test_late_promises_come_first_and_cancelled_ones_wait_to_be_asked() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/promises")

        assert words(user, "state") == ["non tenue", "à venir"]
        assert words(user, "late") == ["2\u00a0j", ""]
        assert total(user, "overdue") == "120,00"


async def test_a_promise_is_cancelled_from_the_list() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/promises")
        tick(user, rows(user)[0])
        user.find(marker="cancel").click()
        await user.should_see("Annuler 1 promesse ?")
        user.find(marker="confirm").click()

        await until(lambda: words(user, "state") == ["à venir"])
        await user.should_see("1 promesse annulée")


async def test_a_dispute_is_closed_from_the_list() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/disputes")
        assert words(user, "reason") == ["Marchandise abîmée"]
        assert total(user, "due") == "120,00"
        tick(user, rows(user)[0])
        user.find(marker="close").click()
        await user.should_see("Clore 1 litige ?")
        user.find(marker="confirm").click()

        await user.should_see("Aucun litige en cours")


async def test_activities_tell_what_waits_and_what_was_sent() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/activities")

        assert words(user, "state") == ["créé", "imprimé"]
        assert words(user, "kind") == ["Relance 1", "Relance 1"]
        assert words(user, "recipient")[1] == "69001 Lyon"


async def test_a_letter_is_read_and_saved_again_as_it_was() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/activities")
        user.find(kind=ui.table).trigger("open", rows(user)[1]["id"])
        await user.should_see("Nous vous prions de régler.")
        user.find("Ouvrir le PDF").click()
        response = await user.download.next()

        assert response.content == b"%PDF-1.7 R1"


async def test_a_message_that_waits_is_read_too() -> None:
    async with open_window(a_followed_customer) as user:
        await user.open("/activities")
        user.find(kind=ui.table).trigger("open", rows(user)[0]["id"])

        await user.should_see("Votre compte")
        await user.should_see("Fiche client")


async def test_a_firm_without_anything_says_what_will_come() -> None:
    async with open_window(one_firm) as user:
        for path, sentence in (
            ("/receipts", "Aucun encaissement à afficher"),
            ("/promises", "Aucune promesse à afficher"),
            ("/disputes", "Aucun litige en cours"),
            ("/activities", "Aucune activité à afficher"),
        ):
            await user.open(path)
            await user.should_see(sentence)
