"""« Chiffres clés », and what it says where entries are too few."""

from dataclasses import replace
from datetime import date, timedelta

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.testing import User

from domain.ledger.import_report import SourceFormat
from domain.ports import Books
from domain.usecases.configuring import create_entity
from tests.builders import ENTITY_ID, TODAY, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in
from tests.ui.window import open_window, retype, until

FIGURES = "/follow/key-figures"


def a_year_of_sales(books: Books) -> None:
    """Each month 1 000 € are sold, due after 30 days, paid 60 days after."""
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    lines = []
    for number in range(14):
        on = date(2025 + (number + 1) // 12, (number + 1) % 12 + 1, 10)
        due = on + timedelta(days=30)
        paid = on + timedelta(days=60)
        code = f"L{number}" if paid <= TODAY else ""
        lines.append(
            a_line(f"F{number}", 1000_00, on, due_on=due, lettering=code, journal="VE")
        )
        if code:
            payment = a_line(f"R{number}", -1000_00, paid, lettering=code, journal="BQ")
            lines.append(payment)
    bring_in(books, ENTITY_ID, a_file(*lines, starts_on=date(2025, 2, 1)), TODAY)


def texts(user: User, mark: str) -> str:
    (drawn,) = user.find(mark).elements
    return " ".join(e.text for e in drawn.descendants() if isinstance(e, TextElement))


async def test_each_figure_is_worked_out_on_the_firm_s_own_numbers() -> None:
    async with open_window(a_year_of_sales) as user:
        await user.open(FIGURES)

        said = texts(user, "delays")
        assert "DSO 60,0 jours" in said
        assert (
            "2\u202f000,00\u00a0€ dus au 31/03/2026 ÷ 3\u202f000,00\u00a0€ de ventes"
            " TTC du 01/01/2026 au 31/03/2026 × 90 jours = 60,0 jours"
        ) in said
        assert "DSO par épuisement 59,0 jours" in said  # March, then February
        assert "BPDSO 30,0 jours" in said
        assert "DSO 60,0 − BPDSO 30,0 = 30,0 jours" in said
        assert "CEI 50,0\u00a0%" in said
        assert "journaux VE" in said


async def test_the_figures_are_those_of_the_day_asked_for() -> None:
    async with open_window(a_year_of_sales) as user:
        await user.open(f"{FIGURES}?day=2026-01-31")

        await user.should_see("Balance âgée au 31/01/2026")
        (table,) = user.find(ui.table).elements
        (row,) = table.rows
        assert (row["age_0"], row["age_1"]) == ("1\u202f000,00", "1\u202f000,00")
        assert row["total"] == "2\u202f000,00"
        await user.should_see("le solde des comptes clients (411) était de")


async def test_a_day_still_to_come_is_today() -> None:
    async with open_window(a_year_of_sales) as user:
        await user.open(f"{FIGURES}?day=2031-01-31")

        await user.should_see("Balance âgée au 31/03/2026")


async def test_picking_a_day_shows_its_figures() -> None:
    async with open_window(a_year_of_sales) as user:
        await user.open(FIGURES)

        retype(user, "as-of", "31/01/2026")

        await until(lambda: "day=2026-01-31" in user.back_history[-1])


async def test_the_curve_tells_its_months_to_whoever_does_not_see_it() -> None:
    async with open_window(a_year_of_sales) as user:
        await user.open(FIGURES)

        def is_told() -> bool:
            return any(
                "DSO au 28/02/2026\u00a0:" in str(e.props.get("aria-label"))
                for e in user.find(ui.element).elements
            )

        await until(is_told)


async def test_entries_that_begin_too_late_are_asked_for_rather_than_guessed() -> None:
    def two_months(books: Books) -> None:
        create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
        line = a_line("F1", 1000_00, date(2026, 2, 10))
        bring_in(books, ENTITY_ID, a_file(line, starts_on=date(2026, 2, 1)), TODAY)

    async with open_window(two_months) as user:
        await user.open(FIGURES)

        await user.should_see("Il faut les écritures comptables depuis le 01/01/2026")
        assert "DSO –" in texts(user, "delays")
        await user.should_not_see("Comment est-ce calculé")


async def test_a_list_of_unpaid_invoices_does_not_say_what_was_sold() -> None:
    def only_a_list(books: Books) -> None:
        create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
        source = a_file(a_line("F1", 1000_00, date(2025, 2, 10)))
        source = replace(source, format=SourceFormat.WORKBOOK, only_open=True)
        bring_in(books, ENTITY_ID, source, TODAY)

    async with open_window(only_a_list) as user:
        await user.open(f"{FIGURES}?day=2026-02-28")

        await user.should_see("Il faut un export des écritures comptables")
        await user.should_see("Rien n'est connu avant le 31/03/2026")


async def test_before_any_entry_the_screen_says_what_must_be_there() -> None:
    def no_entries(books: Books) -> None:
        create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())

    async with open_window(no_entries) as user:
        await user.open(FIGURES)

        await user.should_see("Il faut les écritures comptables depuis le")
        await user.should_see("Personne ne vous devait rien.")
