from nicegui import ui
from nicegui.testing import User

from domain.ports import Books
from tests.builders import ENTITY_ID, an_item
from tests.ui.window import click, one_firm, open_window, retype, until


def three_items(books: Books) -> None:
    one_firm(books)
    books.ledger.replace_items(
        ENTITY_ID,
        [
            an_item(reference="F1", cents=100_00, days_late=12),
            an_item(reference="F2", cents=50_00, days_late=-3),
            an_item(reference="A1", cents=-20_00, days_late=1),
        ],
    )


def table(user: User) -> ui.table:
    (found,) = user.find(ui.table).elements
    return found


def column(user: User, name: str) -> list[str]:
    return [row[name] for row in table(user).rows]


def states(user: User) -> list[str]:
    return [row["state"]["text"] for row in table(user).rows]


async def tick_all(user: User) -> None:
    await user.open("/items")
    rows = [{"id": row["id"]} for row in table(user).rows]
    user.find(ui.table).trigger(
        "selection", {"added": True, "rows": rows, "keys": [r["id"] for r in rows]}
    )
    await user.should_see("3 lignes cochées")


async def test_items_come_by_due_date_and_add_up_to_what_is_owed() -> None:
    async with open_window(three_items) as user:
        await user.open("/items")

        assert column(user, "reference") == ["F1", "A1", "F2"]
        assert column(user, "late")[0] == "12\u00a0j"
        assert states(user) == ["en retard", "créditeur", "à venir"]
        (total,) = [c["total"] for c in table(user).columns if c["name"] == "left"]
        assert total == "130,00"


async def test_a_document_is_found_by_its_number() -> None:
    async with open_window(three_items) as user:
        await user.open("/items?q=f2&due=to_come")

        assert column(user, "reference") == ["F2"]


async def test_a_row_opens_its_customer() -> None:
    async with open_window(three_items) as user:
        await user.open("/items")
        user.find(ui.table).trigger("open", "F1")

        await user.should_see("Situation de compte")


async def test_several_items_are_disputed_and_the_dispute_taken_back() -> None:
    async with open_window(three_items) as user:
        await tick_all(user)
        user.find(marker="bulk-dispute").click()
        await user.should_see("3 pièces")
        user.find(marker="save").click()
        await until(lambda: states(user) == ["en litige"] * 3)

        await click(user, marker="undo")
        await until(lambda: "en litige" not in states(user))


async def test_items_are_stopped_and_let_go_again() -> None:
    async with open_window(three_items) as user:
        await tick_all(user)
        user.find(marker="bulk-stop").click()
        await user.should_see("3 pièces")
        user.find(marker="save").click()
        await until(lambda: states(user) == ["STOP"] * 3)

        await click(user, marker="undo")
        await until(lambda: "STOP" not in states(user))


async def test_invoices_are_promised_for_a_day_credits_are_not() -> None:
    async with open_window(three_items) as user:
        await tick_all(user)
        user.find(marker="bulk-promise").click()
        await user.should_see("Promesse sur 3 pièces")
        user.find(marker="save").click()
        await user.should_see("Indiquez pour quel jour")
        retype(user, "bulk-value", "15/04/2026")
        user.find(marker="save").click()

        await user.should_see("2 promesses notées")
        assert states(user) == ["promesse", "créditeur", "promesse"]
        await click(user, marker="undo")
        await until(lambda: "promesse" not in states(user))


async def test_the_customer_of_an_item_is_named() -> None:
    async with open_window(three_items) as user:
        await user.open("/items")

        assert set(column(user, "customer")) == {"Client C001"}


async def test_items_without_a_payment_mode_are_found() -> None:
    def fill(books: Books) -> None:
        one_firm(books)
        books.ledger.replace_items(
            ENTITY_ID,
            [
                an_item(reference="F1", payment_mode="Virement"),
                an_item(reference="F2"),
            ],
        )

    async with open_window(fill) as user:
        await user.open("/items?payment_mode=")

        assert column(user, "reference") == ["F2"]
        await user.should_see("Mode de règlement\u00a0: non précisé")
