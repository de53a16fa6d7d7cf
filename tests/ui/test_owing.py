from nicegui import ui
from nicegui.testing import User

from domain.ports import Books
from domain.usecases.agreeing import write_note
from tests.builders import (
    ENTITY_ID,
    NOW,
    TODAY,
    a_customer,
    a_hold,
    a_level_change,
    an_item,
    customer_id_of,
)
from tests.ui.window import one_firm, open_window, until

OLD, NEW, STOPPED, CREDIT = map(customer_id_of, ("C2", "C3", "C4", "C5"))


def four_accounts(books: Books) -> None:
    one_firm(books)
    books.customers.save_many(a_customer(code=f"C{n}") for n in range(2, 6))
    books.ledger.replace_items(
        ENTITY_ID,
        [
            an_item(reference="A", customer_id=OLD, cents=900_00, days_late=70),
            an_item(reference="B", customer_id=OLD, cents=100_00, days_late=31),
            an_item(reference="C", customer_id=OLD, cents=-300_00),
            an_item(reference="D", customer_id=NEW, cents=50_00, days_late=7),
            an_item(reference="E", customer_id=NEW, cents=10_00, days_late=-1),
            an_item(reference="F", customer_id=STOPPED, cents=20_00, days_late=8),
            an_item(reference="G", customer_id=CREDIT, cents=-5_00),
        ],
    )
    books.activities.record_levels([a_level_change(item_id="A", level=3)])
    books.agreements.save_hold(a_hold(customer_id=STOPPED))
    write_note(books, OLD, "Rappeler mardi", TODAY, NOW)


def table(user: User) -> ui.table:
    (found,) = user.find(ui.table).elements
    return found


def column(user: User, name: str) -> list[str]:
    return [row[name] for row in table(user).rows]


def totals(user: User) -> dict[str, str]:
    return {c["name"]: c["total"] for c in table(user).columns}


async def test_the_most_overdue_comes_first_and_credits_pay_the_oldest() -> None:
    async with open_window(four_accounts) as user:
        await user.open("/owing")

        assert column(user, "name") == ["Client C2", "Client C3", "Client C4"]
        assert column(user, "age_60") == ["600,00", "–", "–"]
        assert column(user, "age_30") == ["100,00", "–", "–"]
        assert column(user, "age_0") == ["–", "50,00", "20,00"]
        assert column(user, "to_come") == ["–", "10,00", "–"]
        assert column(user, "note") == ["Rappeler mardi", "", ""]
        assert totals(user)["overdue"] == "770,00"
        assert totals(user)["balance"] == "780,00"
        await user.should_see("3 clients")


async def test_stops_have_a_cross_and_what_is_newly_late_is_new() -> None:
    async with open_window(four_accounts) as user:
        await user.open("/owing")

        badges = table(user).rows
        assert [row["state"]["text"] for row in badges] == ["en retard", "NOUV", "STOP"]
        assert badges[2]["state"]["icon"] == "cancel"


async def test_the_ages_can_be_others_and_stay_so() -> None:
    async with open_window(four_accounts) as user:
        await user.open("/owing")
        (ages,) = user.find(marker="ages").elements
        assert isinstance(ages, ui.select)
        ages.set_value("30-60-90")
        await until(lambda: "age_90" in totals(user))
        await user.open("/owing")

        assert column(user, "age_60") == ["600,00", "–", "–"]
        assert totals(user)["age_90"] == "–"


async def test_the_detail_shows_what_credits_leave_of_each_item() -> None:
    async with open_window(four_accounts) as user:
        await user.open("/owing")
        (detail,) = user.find(marker="detail").elements
        assert isinstance(detail, ui.switch)
        detail.set_value(True)
        await until(lambda: len(table(user).rows) == 8)

        first = table(user).rows[:3]
        assert [row.get("detail") for row in first] == [None, True, True]
        assert first[1]["name"].startswith("A · ")
        assert [row["balance"] for row in first] == ["700,00", "600,00", "100,00"]
        await user.should_see("3 clients")
        user.find(ui.table).trigger("open", first[1]["id"])
        await user.should_see("Situation de compte")


async def test_an_address_shows_who_owes_something_of_an_age() -> None:
    async with open_window(four_accounts) as user:
        await user.open("/owing?age=30&age=60&level=3&chased=yes")

        assert column(user, "name") == ["Client C2"]
        await user.should_see("En retard depuis\u00a0: 30–60 j")
