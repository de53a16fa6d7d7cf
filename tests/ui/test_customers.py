from collections.abc import Sequence

from nicegui import ui
from nicegui.testing import User

from domain.customers.free_fields import FieldNames
from domain.ports import Books
from domain.usecases.free_fields import save_field_names
from tests.builders import (
    ENTITY_ID,
    a_contact,
    a_customer,
    a_hold,
    a_profile,
    an_item,
    customer_id_of,
)
from tests.ui.window import click, one_firm, open_window, until

NAMES = {"C3": "Sœurs Émery", "C10": "Verrerie S.A.", "C2": "Scierie Bois"}


def three_customers(books: Books) -> None:
    one_firm(books)
    books.customers.save_many([a_customer(code=c, name=n) for c, n in NAMES.items()])
    books.customers.save_contacts([a_contact(customer_id=customer_id_of("C2"))])
    books.ledger.replace_items(
        ENTITY_ID,
        [
            an_item(reference="A", customer_id=customer_id_of("C2"), cents=1234_56),
            an_item(reference="B", customer_id=customer_id_of("C2"), cents=-34_56),
            an_item(
                reference="C",
                customer_id=customer_id_of("C3"),
                cents=100_00,
                days_late=-5,
            ),
        ],
    )
    books.agreements.save_hold(a_hold(customer_id=customer_id_of("C3")))


def table(user: User) -> ui.table:
    (found,) = user.find(ui.table).elements
    return found


def names(user: User) -> Sequence[str]:
    return [row["name"] for row in table(user).rows]


async def test_customers_come_by_number_with_what_they_owe() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers")

        assert names(user) == [
            "Client C001",
            "Scierie Bois",
            "Sœurs Émery",
            "Verrerie S.A.",
        ]
        marion, emery = table(user).rows[1:3]
        assert marion["overdue"] == "1\u202f200,00"
        assert marion["email"] == "camille@client.example.com"
        assert marion["state"]["text"] == "en retard"
        assert emery["balance"] == "100,00"
        assert emery["state"]["text"] == "STOP"


async def test_totals_are_those_of_all_rows() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers")

        totals = {c["name"]: c["total"] for c in table(user).columns}
        assert totals["name"] == "Total des 4 lignes"
        assert totals["overdue"] == "1\u202f200,00"
        assert totals["balance"] == "1\u202f300,00"
        await user.should_see("4 clients")


async def test_the_list_narrows_as_one_types_whatever_the_accents() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers")

        user.find(marker="search").type("soeurs emery")

        await user.should_see("1 client")
        assert names(user) == ["Sœurs Émery"]


async def test_only_those_who_are_late_are_shown() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers")
        (chips,) = user.find(ui.toggle).elements

        chips.set_value("late")

        await user.should_see("1 client")
        assert names(user) == ["Scierie Bois"]


async def test_a_search_that_finds_nothing_says_what_to_try() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers")

        user.find(marker="search").type("zzz")

        await user.should_see("Aucun client à afficher")


async def test_a_row_opens_the_sheet() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers")

        user.find(ui.table).trigger("open", customer_id_of("C10"))

        await user.should_see("Situation de compte")
        await user.should_see("Verrerie S.A.")


def tick(user: User, *codes: str) -> None:
    rows = [{"id": f"{customer_id_of(code)} EUR"} for code in codes]
    keys = [row["id"] for row in rows]
    user.find(ui.table).trigger(
        "selection", {"added": True, "rows": rows, "keys": keys}
    )


async def test_several_customers_get_a_profile_and_may_lose_it_again() -> None:
    def two_profiles(books: Books) -> None:
        three_customers(books)
        books.scenarios.save_profile(a_profile(id="export", name="Export"))

    async with open_window(two_profiles) as user:
        await user.open("/customers")
        tick(user, "C2", "C10")
        await user.should_see("2 lignes cochées")
        user.find(marker="bulk-profile").click()
        await user.should_see("Modifier 2 clients")
        (choice,) = user.find(marker="bulk-value").elements
        assert isinstance(choice, ui.select)
        choice.set_value("export")
        user.find(marker="save").click()

        await user.should_see("2 clients modifiés")
        await until(
            lambda: profiles(user) == ["Standard", "Export", "Standard", "Export"]
        )

        await click(user, marker="undo")
        await until(lambda: profiles(user) == ["Standard"] * 4)


def profiles(user: User) -> list[str]:
    return [row["profile"] for row in table(user).rows]


async def test_a_stop_is_placed_on_several_and_lifted_again() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers")
        tick(user, "C2", "C3")  # C3 is stopped already
        await user.should_see("2 lignes cochées")
        user.find(marker="bulk-stop").click()
        await user.should_see("Poser le STOP")
        user.find(marker="save").click()

        await user.should_see("STOP posé sur 1 client")
        await until(lambda: states(user)[1:3] == ["STOP", "STOP"])

        await click(user, marker="undo")
        await until(lambda: states(user)[1:3] == ["en retard", "STOP"])


def states(user: User) -> list[str]:
    return [row["state"]["text"] for row in table(user).rows]


async def test_several_customers_are_followed_and_given_a_salesperson() -> None:
    async with open_window(three_customers) as user:
        await user.open("/customers?followed=yes")
        await user.should_see("Aucun client à afficher")
        await user.open("/customers")
        tick(user, "C2", "C10")
        await user.should_see("2 lignes cochées")
        user.find(marker="bulk-follow").click()
        await user.should_see("Modifier 2 clients")
        user.find(marker="save").click()
        await user.should_see("2 clients modifiés")
        await user.open("/customers?followed=yes")

        assert names(user) == ["Scierie Bois", "Verrerie S.A."]

        tick(user, "C10")
        await user.should_see("1 ligne cochée")
        user.find(marker="bulk-salesperson").click()
        await user.should_see("Modifier 1 client")
        user.find(marker="bulk-value").type("Léa Morvan")
        user.find(marker="save").click()
        await user.should_see("Commercial «\u00a0Léa Morvan\u00a0»")
        await user.open("/customers?salesperson=L%C3%A9a+Morvan")

        assert names(user) == ["Verrerie S.A."]


async def test_named_free_fields_are_columns_and_filters_of_the_three_lists() -> None:
    def name_one(books: Books) -> None:
        three_customers(books)
        books.customers.save_many([a_customer(code="C2", free_1="Nord", free_2="X")])
        save_field_names(books, ENTITY_ID, FieldNames(customer=("Région", "")))

    async with open_window(name_one) as user:
        for path in ("/customers", "/owing", "/items"):
            await user.open(f"{path}?free_1=Nord")

            await user.should_see("Région\u00a0: Nord")
            rows = table(user).rows
            assert {row["id"] for row in rows} <= {
                f"{customer_id_of('C2')} EUR",
                *("A", "B"),
            }
            assert rows
        await user.open("/owing")
        labels = [column["label"] for column in table(user).columns]
        assert "Région" in labels
        assert table(user).rows[0]["free_1"] == "Nord"
        assert "free_2" not in {column["name"] for column in table(user).columns}
