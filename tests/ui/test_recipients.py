from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from nicegui import ElementFilter, ui
from nicegui.testing import User

from domain.ports import Books
from domain.usecases.configuring import create_entity
from domain.usecases.customer_details import save_contact
from tests.builders import ENTITY_ID, TODAY, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.ui.window import open_window, retype, until

LATE = TODAY - timedelta(days=45)
PAGE = "/act/recipients"


def four_customers(books: Books) -> None:
    """C1 and C2 can be sent to, C3's address is odd, nobody is set at C4's."""
    create_entity(books, an_entity(demo=True), OUTSIDE.documents.starting_texts())
    lines = [
        a_line(f"F{n}", n * 100_00, LATE, due_on=LATE, code=f"C{n}", name=f"Client {n}")
        for n in (1, 2, 3, 4)
    ]
    bring_in(books, ENTITY_ID, a_file(*lines, starts_on=date(2025, 1, 1)), TODAY)
    give_email(books, ENTITY_ID, "un@client.example.com", "C1")
    give_email(books, ENTITY_ID, "deux@client.example.com", "C2")
    give_email(books, ENTITY_ID, "compta@gmial.com", "C3")
    contact = give_email(books, ENTITY_ID, "factures@client.example.com", "C4")
    save_contact(books, replace(contact, is_dunning=False, is_billing=True))


def rows(user: User) -> list[dict[str, Any]]:
    with user:
        shown = ElementFilter(kind=ui.table)
        return [row for table in shown for row in table.rows]


def codes(user: User) -> list[str]:
    return [row["code"] for row in rows(user)]


def tick(user: User, code: str) -> None:
    (row,) = (row for row in rows(user) if row["code"] == code)
    told = {"added": True, "rows": [row], "keys": [row["id"]]}
    user.find(kind=ui.table).trigger("selection", told)


async def show(user: User, mark: str, expected: list[str]) -> None:
    user.find(marker=mark).click()
    await until(lambda: codes(user) == expected)


async def test_the_send_list_says_how_many_leave() -> None:
    async with open_window(four_customers) as user:
        await user.open(PAGE)

        await user.should_see("Envoyer 2 relances")
        assert codes(user) == ["C1", "C2"]


async def test_a_customer_taken_off_the_list_counts_one_less_when_sending() -> None:
    async with open_window(four_customers) as user:
        await user.open(PAGE)
        tick(user, "C2")
        await user.should_see("Écarter 1 client")
        user.find(marker="set-aside").click()
        await user.should_see("Envoyer 1 relance")
        user.find(marker="send").click()

        await user.should_see("1 client reçoit ses relances par e-mail, pour 100,00")
        await user.should_see("Les 3 clients des autres listes ne reçoivent rien.")


async def test_everybody_is_taken_off_then_put_back() -> None:
    async with open_window(four_customers) as user:
        await user.open(PAGE)
        user.find("Tout écarter").click()
        await user.should_see("Aucune relance à envoyer par e-mail aujourd'hui")
        await show(user, "list-set_aside", ["C1", "C2"])
        user.find("Tout remettre dans la liste d'envoi").click()

        await user.should_see("Envoyer 2 relances")


async def test_an_odd_address_tells_why_and_is_trusted() -> None:
    async with open_window(four_customers) as user:
        await user.open(PAGE)
        await show(user, "list-to_check", ["C3"])
        assert "gmail.com" in rows(user)[0]["why"]
        user.find(marker="trust").click()

        await user.should_see("Envoyer 3 relances")


async def test_a_recipient_is_set_from_the_list() -> None:
    async with open_window(four_customers) as user:
        await user.open(PAGE)
        await show(user, "list-to_set", ["C4"])
        user.find(kind=ui.table).trigger("open", rows(user)[0]["id"])
        await user.should_see("Destinataire des relances : Client 4")
        retype(user, "recipient-address", "relances@client.example.com")
        user.find(marker="save").click()

        await user.should_see("Envoyer 3 relances")


async def test_a_known_address_is_kept_without_typing_it() -> None:
    async with open_window(four_customers) as user:
        await user.open(PAGE)
        await show(user, "list-to_set", ["C4"])
        user.find("Retenir toutes les adresses connues").click()

        await user.should_see("Envoyer 3 relances")


async def test_what_is_sent_is_in_the_outbox() -> None:
    async with open_window(four_customers) as user:
        await user.open(PAGE)
        user.find(marker="send").click()
        await user.should_see("Envoyer 2 relances ?")
        user.find(marker="confirm").click()

        await user.should_see("Envois")
        await user.should_see("Client 1")
        await user.should_see("Client 2")
        await user.should_not_see("Client 3")
