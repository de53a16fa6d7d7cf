"""The home page: currencies apart, charts that open lists, what to decide."""

from dataclasses import replace
from datetime import timedelta

from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import EntityId, ItemId, customer_key
from domain.basics.money import Money
from domain.ports import Books
from domain.usecases.configuring import create_entity
from tests.builders import (
    ENTITY_ID,
    TODAY,
    a_customer,
    a_level_change,
    an_activity,
    an_entity,
    an_entry,
    an_item,
    customer_id_of,
)
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.ui.window import open_window
from ui import addresses

DAY = timedelta(days=1)


def a_firm(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())


def one_late_customer(books: Books) -> None:
    a_firm(books)
    line = a_line("F1", 1200_00, TODAY - 100 * DAY, due_on=TODAY - 45 * DAY)
    bring_in(books, ENTITY_ID, a_file(line), TODAY)


def in_two_currencies(books: Books) -> None:
    """C001 owes 120 € that are late; C002 owes 50 $ that are not."""
    a_firm(books)
    books.customers.save_many([a_customer(), a_customer(code="C002")])
    dollars = an_entry(
        piece="U1",
        debit=Money(50_00, "USD"),
        credit=Money(0, "USD"),
        customer_id=customer_id_of("C002"),
    )
    books.ledger.save_entries([an_entry(), dollars])
    in_dollars = an_item(
        reference="U1",
        days_late=-9,
        customer_id=customer_id_of("C002"),
        invoiced=Money(50_00, "USD"),
        settled=Money(0, "USD"),
    )
    books.ledger.replace_items(ENTITY_ID, [an_item(days_late=45), in_dollars])


def links(user: User, mark: str) -> dict[str, str]:
    (card,) = user.find(mark).elements
    found = [e for e in card.descendants() if isinstance(e, ui.link)]
    return {
        link.text
        or " ".join(e.text for e in link.descendants() if isinstance(e, ui.label)): str(
            link.props["href"]
        )
        for link in found
    }


def values(user: User, mark: str) -> list[str]:
    drawn = sorted(user.find(mark).elements, key=lambda e: e.id)
    return [
        [e.text for e in one.descendants() if isinstance(e, ui.label)][1]
        for one in drawn
    ]


async def test_amounts_of_two_currencies_stand_side_by_side() -> None:
    async with open_window(in_two_currencies) as user:
        await user.open("/")

        assert values(user, "owed") == ["120,00\u00a0€", "50,00\u00a0$US"]
        assert values(user, "overdue") == ["120,00\u00a0€", "0,00\u00a0$US"]


async def test_charts_and_lists_are_told_in_the_currency_chosen() -> None:
    async with open_window(in_two_currencies) as user:
        await user.open("/?currency=USD")

        (table,) = user.find(ui.table).elements
        assert [(r["name"], r["to_come"]) for r in table.rows] == [
            ("Client C002", "50,00\u00a0$US")
        ]
        await user.should_see("Rien n'est en retard.")


async def test_the_firms_are_added_up_currency_by_currency() -> None:
    def two_firms(books: Books) -> None:
        in_two_currencies(books)
        other = replace(an_entity(), id=EntityId("autre"), name="Menuiserie Claire")
        create_entity(books, other, OUTSIDE.documents.starting_texts())

    async with open_window(two_firms) as user:
        await user.open("/")

        (card,) = user.find("entities").elements
        tables = [e for e in card.descendants() if isinstance(e, ui.table)]
        totals = [
            [c["total"] for c in t.columns if c["name"] == "total"] for t in tables
        ]
        assert totals == [["120,00"], ["50,00\u00a0$US"]]
        await user.should_see("Montants en USD")


async def test_every_bar_opens_the_list_behind_it() -> None:
    async with open_window(one_late_customer) as user:
        await user.open("/")

        late = links(user, "ages")
        said = "de 31 à 60 jours de retard\u00a0: 1\u202f200,00\u00a0€"
        assert late == {said: addresses.late_debtors(30)}
        shares = links(user, "payment-charts")
        assert "/items?payment_mode=" in shares.values()
        assert addresses.KEY_FIGURES in shares.values()


async def test_the_list_behind_what_is_late_shows_late_customers_only() -> None:
    def two_customers(books: Books) -> None:
        one_late_customer(books)
        books.customers.save_many([a_customer(code="C9", name="À jour")])

    async with open_window(two_customers) as user:
        await user.open(addresses.late_debtors(30))

        (table,) = user.find(ui.table).elements
        assert [row["name"] for row in table.rows] == ["Boulangerie Inventée"]


async def test_old_data_are_to_be_brought_up_to_date() -> None:
    async with open_window(one_late_customer, today=TODAY + 11 * DAY) as user:
        await user.open("/")

        await user.should_see("À décider")
        said = links(user, "decisions")
        assert said["Données du 31/03/2026\u00a0: importez les dernières"] == (
            addresses.IMPORT
        )


async def test_two_weeks_without_a_reminder_are_told_when_much_is_late() -> None:
    def with_email(books: Books) -> None:
        one_late_customer(books)
        give_email(books, ENTITY_ID, "compta@boulangerie.example.com")

    async with open_window(with_email, today=TODAY + 15 * DAY) as user:
        await user.open("/")

        await user.should_see("À décider")
        said = links(user, "decisions")
        assert said["Aucune relance partie depuis le 31/03/2026"] == (
            addresses.ACT_BY_SCENARIO
        )


async def test_a_reminder_sent_lately_keeps_quiet() -> None:
    def reminded(books: Books) -> None:
        one_late_customer(books)
        give_email(books, ENTITY_ID, "compta@boulangerie.example.com")
        books.activities.record(an_activity(happened_on=TODAY + 9 * DAY))

    async with open_window(reminded, today=TODAY + 15 * DAY) as user:
        await user.open("/")

        await user.should_see("À décider")
        await user.should_not_see("Aucune relance partie")


async def test_who_still_owes_after_the_last_reminder_is_to_be_decided() -> None:
    def past_the_last(books: Books) -> None:
        one_late_customer(books)
        (item,) = books.ledger.open_items(ENTITY_ID)
        books.activities.record_levels(
            [a_level_change(item_id=ItemId(item.id), level=9, days_ago=20)]
        )

    async with open_window(past_the_last) as user:
        await user.open("/")

        await user.should_see("1 client doit encore après la dernière relance")
        sheet = addresses.customer(customer_key(ENTITY_ID, "C001"))
        assert links(user, "decisions") == {
            "Boulangerie Inventée 1\u202f200,00\u00a0€": sheet
        }


async def test_a_firm_whose_customers_paid_everything_is_told_so() -> None:
    def all_paid(books: Books) -> None:
        a_firm(books)
        on = TODAY - 60 * DAY
        lines = [
            a_line("F1", 900_00, on, lettering="A"),
            a_line("R1", -900_00, TODAY - DAY, lettering="A", journal="BQ"),
        ]
        bring_in(books, ENTITY_ID, a_file(*lines), TODAY)

    async with open_window(all_paid) as user:
        await user.open("/")

        assert values(user, "owed") == ["0,00\u00a0€"]
        assert values(user, "paid") == ["900,00\u00a0€"]
        await user.should_see("Rien n'est en retard.")
        await user.should_see("Personne ne vous doit rien.")
        await user.should_see("Rien n'est attendu dans les huit semaines.")
        await user.should_see("Rien n'attend votre décision.")


async def test_a_customer_in_credit_only_owes_nothing() -> None:
    def in_credit(books: Books) -> None:
        a_firm(books)
        line = a_line("R1", -80_00, TODAY - DAY, journal="BQ")
        bring_in(books, ENTITY_ID, a_file(line), TODAY)

    async with open_window(in_credit) as user:
        await user.open("/")

        assert values(user, "owed") == ["0,00\u00a0€"]
        await user.should_see("seuls les comptes débiteurs comptent")
