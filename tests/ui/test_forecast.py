"""« Prévisions » on screen: weeks, cards, moving them, undoing it."""

from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.ports import Books
from tests.builders import (
    ENTITY_ID,
    a_customer,
    an_item,
    customer_id_of,
)
from tests.ui.window import click, one_firm, open_window, until

ADDRESS = "/follow/forecast"
OTHER = customer_id_of("C002")


def three_items(books: Books) -> None:
    """One customer is late with two invoices; another owes one next week."""
    one_firm(books)
    books.customers.save_many([a_customer(code="C002", salesperson="Ada")])
    late = [an_item(reference="F1", cents=100_00), an_item(reference="F2", cents=5_00)]
    coming = an_item(reference="F3", cents=9_00, days_late=-7, customer_id=OTHER)
    books.ledger.replace_items(ENTITY_ID, [*late, coming])


def totals(user: User) -> list[str]:
    found = [
        user.find(f"column-{rank}").elements.pop()
        for rank in range(len(user.find(kind=ui.html).elements))
    ]
    return [e.text.replace("\u00a0", " ") for e in found if isinstance(e, ui.label)]


def cards(user: User, rank: int) -> str:
    drawn = user.find(f"cards-{rank}").elements.pop()
    assert isinstance(drawn, ui.html)
    return str(drawn.content)


def gesture(user: User, name: str, *keys: str, column: int = 0) -> None:
    told = {"cards": list(keys), "column": column}
    user.find("forecast").trigger(name, {"detail": told})


async def test_a_card_dropped_on_a_week_moves_all_its_items_and_comes_back() -> None:
    async with open_window(three_items) as user:
        await user.open(ADDRESS)
        assert totals(user)[:3] == ["105,00 €", "0,00 €", "9,00 €"]

        gesture(user, "dropped", f"0 {customer_id_of('C001')}", column=2)
        await until(lambda: totals(user)[2] == "114,00 €")
        await user.should_see("Attendu le 10/04/2026 : 2 pièces de Client C001")
        assert cards(user, 0) == ""
        assert "10/04 choisi" in cards(user, 2)

        await click(user, marker="undo")
        await until(lambda: totals(user)[:3] == ["105,00 €", "0,00 €", "9,00 €"])


async def test_an_item_of_a_card_moves_alone() -> None:
    async with open_window(three_items) as user:
        await user.open(ADDRESS)

        gesture(user, "dropped", "F2", column=1)

        await until(lambda: totals(user)[:2] == ["100,00 €", "5,00 €"])


async def test_nothing_is_put_to_a_column_that_is_no_week() -> None:
    async with open_window(three_items) as user:
        await user.open(ADDRESS)

        gesture(user, "dropped", "F3", column=0)
        gesture(user, "dropped", "F3", column=10)
        gesture(user, "dropped", "gone meanwhile", column=3)

        assert totals(user)[:3] == ["105,00 €", "0,00 €", "9,00 €"]


async def test_ticked_cards_are_added_up_and_moved_by_the_menu() -> None:
    async with open_window(three_items) as user:
        await user.open(ADDRESS)

        gesture(user, "ticked", f"0 {customer_id_of('C001')}", f"2 {OTHER}")
        await user.should_see("3 pièces cochées · 114,00")
        user.find("move-ticked").click()
        user.find("to-9").click()

        await until(lambda: totals(user)[9] == "114,00 €")


async def test_a_day_chosen_by_hand_is_forgotten_from_the_menu() -> None:
    async with open_window(three_items) as user:
        await user.open(ADDRESS)
        gesture(user, "dropped", "F1", column=3)
        await until(lambda: totals(user)[3] == "100,00 €")

        gesture(user, "asked", "F1")
        user.find("forget").click()

        await until(lambda: totals(user)[0] == "105,00 €")


async def test_weeks_and_cards_chosen_are_found_again() -> None:
    async with open_window(three_items) as user:
        await user.open(ADDRESS)
        user.find("weeks").elements.pop().set_value("4")  # type: ignore[attr-defined]
        user.find("cards").elements.pop().set_value("items")  # type: ignore[attr-defined]
        await until(lambda: len(totals(user)) == 7)

        await user.open(ADDRESS)

        assert len(totals(user)) == 7
        assert cards(user, 0).count("<article") == 2


async def test_the_forecast_is_narrowed_to_a_salesperson() -> None:
    async with open_window(three_items) as user:
        await user.open(ADDRESS)

        chosen = user.find("salesperson").elements.pop()
        assert isinstance(chosen, ui.select)
        chosen.set_value("Ada")

        await until(lambda: totals(user)[:3] == ["0,00 €", "0,00 €", "9,00 €"])


async def test_a_column_draws_its_largest_cards_and_the_others_when_asked() -> None:
    def many(books: Books) -> None:
        one_firm(books)
        books.customers.save_many([a_customer(code=f"X{n}") for n in range(45)])
        books.ledger.replace_items(
            ENTITY_ID,
            [
                an_item(
                    reference=f"F{n}",
                    cents=100 + n,
                    customer_id=customer_id_of(f"X{n}"),
                )
                for n in range(45)
            ],
        )

    async with open_window(many) as user:
        await user.open(ADDRESS)
        assert cards(user, 0).count("<article") == 40
        assert "Client X44" in cards(user, 0)
        assert "Client X0<" not in cards(user, 0)
        await user.should_see("et 5 autres…")

        user.find("more-0").click()
        await until(lambda: cards(user, 0).count("<article") == 45)


async def test_a_name_is_never_read_as_html() -> None:
    def odd(books: Books) -> None:
        one_firm(books)
        books.customers.save_many([a_customer(name='<img src=x onerror="a">')])
        item = an_item(id=ItemId('"><b>'), reference="<script>")
        books.ledger.replace_items(ENTITY_ID, [item])

    async with open_window(odd) as user:
        await user.open(ADDRESS)

        assert "<img" not in cards(user, 0)
        assert "<script" not in cards(user, 0)
        assert '""><b>' not in cards(user, 0)


async def test_currencies_are_foreseen_apart() -> None:
    def two(books: Books) -> None:
        one_firm(books)
        dollars = an_item(
            reference="U1", invoiced=Money(50_00, "USD"), settled=Money(0, "USD")
        )
        books.ledger.replace_items(ENTITY_ID, [an_item(), dollars])

    async with open_window(two) as user:
        await user.open(ADDRESS)
        assert totals(user)[0] == "120,00 €"

        user.find("currency").elements.pop().set_value("USD")  # type: ignore[attr-defined]

        await until(lambda: totals(user)[0] == "50,00 $US")


async def test_without_open_invoice_the_way_to_import_is_shown() -> None:
    async with open_window(one_firm) as user:
        await user.open(ADDRESS)

        await user.should_see("Rien n'est attendu")
        await user.should_not_see(marker="forecast")
        await user.should_not_see("en moyenne")
