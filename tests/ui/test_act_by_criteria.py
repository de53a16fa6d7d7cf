"""« Agir par critère » on screen."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
from nicegui import ui
from nicegui.testing import User
from openpyxl import load_workbook

from domain.basics.identifiers import customer_key
from domain.dunning.scenario import StepKind
from domain.ledger.open_item import ItemState
from domain.ports import Books
from domain.usecases.agreeing import place_hold
from domain.usecases.configuring import create_entity
from tests.builders import ENTITY_ID, NOW, TODAY, a_level_change, an_entity
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    bring_in,
    give_address,
    give_email,
)
from tests.ui.window import open_window, retype, until
from ui.components.badge import level


def fill(books: Books) -> None:
    """C001 by e-mail, C002 by letter, C003 stopped."""
    create_entity(books, an_entity(demo=True), OUTSIDE.documents.starting_texts())
    late, later = TODAY - timedelta(days=45), TODAY - timedelta(days=10)
    lines = [
        a_line("F1", 120_00, late, due_on=late, name="Moulin Bleu"),
        a_line("F2", 30_50, later, due_on=later, name="Moulin Bleu"),
        a_line("F3", 80_00, late, due_on=late, code="C002", name="Ferme Haute"),
        a_line("F4", 50_00, late, due_on=late, code="C003", name="Garage Arrêté"),
    ]
    bring_in(books, ENTITY_ID, a_file(*lines, starts_on=date(2025, 1, 1)), TODAY)
    give_email(books, ENTITY_ID, "compta@moulin.example.com")
    give_address(books, ENTITY_ID, "C002")
    place_hold(books, customer_key(ENTITY_ID, "C003"), "en vacances", None, TODAY, NOW)


def rows(user: User) -> dict[str, dict[str, object]]:
    table = user.find(kind=ui.table).elements.pop()
    return {row["reference"]: row for row in table.rows}


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


async def open_panel(user: User, name: str) -> None:
    chips = user.find(marker="panels").elements.pop()
    assert isinstance(chips, ui.toggle)
    chips.set_value(name)
    shown = {"run": "Sortie sur", "look": "Jamais relancées"}
    await user.should_see(shown[name])


async def choose(user: User, name: str, value: object) -> None:
    select = user.find(marker=name).elements.pop()
    assert isinstance(select, ui.select)
    select.set_value(value)


async def test_nothing_is_ticked_and_what_is_blocked_says_why() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")

        await user.should_see("0 client à relancer")
        await user.should_see("3 à ne pas relancer")
        assert set(rows(user)) == {"F1", "F2", "F3", "F4"}
        assert rows(user)["F4"]["locked"] is True
        assert "en vacances" in str(rows(user)["F4"]["how"])


async def test_ticking_all_leaves_what_is_blocked_and_says_what_leaves() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        user.find("tick-all").click()

        await user.should_see("2 clients à relancer")
        await user.should_see("1 à ne pas relancer")
        await user.should_see("Envoyer 1 e-mail, imprimer 1 courrier")


async def test_criteria_count_once_calculated_and_reset_to_the_usual_ones() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        retype(user, "criterion-words", "ferme")
        assert len(rows(user)) == 4
        user.find("calculate").click()
        await user.should_see("1 à ne pas relancer")
        assert set(rows(user)) == {"F3"}

        user.find("save-usual").click()
        await user.should_see("critères habituels")
        retype(user, "criterion-words", "moulin")
        user.find("calculate").click()
        await user.should_not_see("Ferme Haute")
        user.find("reset-filter").click()
        await user.should_see(content="0 client à relancer")
        assert set(rows(user)) == {"F3"}


async def test_the_rule_decides_the_level_of_each_row() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        assert rows(user)["F1"]["next"]["text"] == "R1"  # type: ignore[index]
        await open_panel(user, "run")
        await choose(user, "run-rule", "by_days")

        await user.should_see("R2 à partir de")
        assert rows(user)["F1"]["next"]["text"] == "R4"  # type: ignore[index]
        assert rows(user)["F2"]["next"]["text"] == "R1"  # type: ignore[index]


async def test_letters_are_confirmed_prepared_and_counted_once_printed() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        await open_panel(user, "run")
        await choose(user, "run-rule", "by_days")
        await choose(user, "run-output", "letter")
        user.find("tick-all").click()
        await user.should_see("Imprimer 3 courriers")
        user.find("run").click()
        await user.should_see("Relancer 2 clients ?")
        await user.should_see("3 courriers, 230,50")
        await user.should_see("2 courriers n'ont pas d'adresse postale.")
        user.find(marker="confirm").click()
        await user.should_see("Les courriers sont prêts")
        user.find(marker="printed").click()
        await user.should_see("1 courrier compté comme envoyé")
        await user.should_see("2 lettres recommandées sont prêtes")
        user.find(marker="printed").click()

        await user.should_see("2 courriers comptés comme envoyés")
        await user.should_see("0 client à relancer")
        assert rows(user)["F1"]["level"]["text"] == "R4"  # type: ignore[index]
        assert rows(user)["F1"]["ground"]


async def test_colours_chosen_for_a_level_are_kept() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        await open_panel(user, "look")
        colour = user.find(marker="colour-0").elements.pop()
        assert isinstance(colour, ui.color_input)
        colour.set_value("#D0E8FF")
        user.find("save-colours").click()
        await user.should_see("0 client à relancer")
        await user.open("/act/criteria")

        assert rows(user)["F1"]["ground"] == "#D0E8FF"
        assert "ink" not in rows(user)["F1"]


def colour_field(user: User, name: str) -> ui.color_input:
    field = user.find(marker=name).elements.pop()
    assert isinstance(field, ui.color_input)
    return field


async def test_a_text_colour_is_taken_by_rows_and_badges_of_every_screen() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        await open_panel(user, "look")
        colour_field(user, "colour-0").set_value("#102030")
        colour_field(user, "text-colour-0").set_value("#FFFFFF")
        colour_field(user, "colour-1").set_value("#004D40")
        colour_field(user, "text-colour-1").set_value("#E0F2F1")
        user.find("save-colours").click()
        await user.should_see("0 client à relancer")
        await user.open("/act/criteria")

        assert rows(user)["F1"]["ink"] == "#FFFFFF"
        assert level(1).style == "background:#004D40;color:#E0F2F1"
        await user.should_not_see(marker="unreadable-0")


async def test_a_pair_that_reads_badly_is_warned_about() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        await open_panel(user, "look")
        colour_field(user, "colour-1").set_value("#FFFFFF")
        colour_field(user, "text-colour-1").set_value("#BBBBBB")

        await user.should_see(marker="unreadable-1")
        await user.should_see("R1 : contraste 1,9:1, alors qu'il faut 4,5:1")


async def test_what_is_no_colour_is_not_kept() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        await open_panel(user, "look")
        colour_field(user, "colour-1").set_value("bleu")
        user.find("save-colours").click()

        await user.should_see("« bleu » n'est pas une couleur")
        assert "ground" not in rows(user)["F1"]


def thanked(books: Books) -> None:
    """C001 paid F1, and was thanked for it three weeks ago; C002 paid F3 now."""
    fill(books)
    with books.atomic():
        for scenario in books.scenarios.scenarios(ENTITY_ID):
            steps = tuple(replace(s, is_active=True) for s in scenario.steps)
            books.scenarios.save_scenario(replace(scenario, steps=steps))
        paid = [
            replace(
                item,
                settled=item.invoiced,
                state=ItemState.SETTLED,
                settled_on=TODAY - timedelta(days=25),
            )
            if item.reference in {"F1", "F3"}
            else item
            for item in books.ledger.open_items(ENTITY_ID)
        ]
        books.ledger.replace_items(ENTITY_ID, paid)
        (first,) = (item for item in paid if item.reference == "F1")
        books.activities.record_levels(
            [
                a_level_change(
                    item_id=first.id,
                    level=0,
                    kind=StepKind.THANK_YOU,
                    days_ago=21,
                    customer_id=first.customer_id,
                )
            ]
        )


async def test_thanks_already_given_may_be_sent_again() -> None:
    async with open_window(thanked) as user:
        await user.open("/act/criteria")
        await open_panel(user, "run")
        rule = user.find("run-rule").elements.pop()
        assert isinstance(rule, ui.select)
        rule.set_value("thanks")
        await user.should_see("0 client à remercier")
        await until(lambda: set(rows(user)) == {"F1", "F3"})
        assert rows(user)["F1"]["how"] == "déjà remercié le 10/03/2026"
        assert "locked" not in rows(user)["F3"]

        user.find("run-reissue").click()
        await until(lambda: "locked" not in rows(user)["F1"])
        assert rows(user)["F1"]["next"]["text"] == "M"  # type: ignore[index]
        user.find("tick-all").click()
        await user.should_see("2 clients à remercier")
        user.find("run").click()
        await user.should_see("Remercier 2 clients ?")
        user.find(marker="confirm").click()
        await user.should_see("Les courriers sont prêts", retries=100)


async def test_the_phone_list_is_a_pdf_of_what_is_ticked_and_changes_no_level() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        before = rows(user)
        user.find("tick-all").click()
        await user.should_see("2 clients à relancer")
        user.find("list-phone-pdf").click()
        response = await user.download.next()

        text = text_of(response.content)
        assert "Liste de relance téléphonique" in text
        assert "2 clients, 3 échéances." in text
        assert "Moulin Bleu" in text
        assert "Garage Arrêté" not in text
        assert rows(user) == before


async def test_the_detailed_list_says_why_what_is_blocked_does_not_go() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        user.find("list-detailed-pdf").click()
        text = text_of((await user.download.next()).content)

        assert "3 clients, 4 échéances." in text
        assert "en vacances" in text


async def test_the_simple_list_for_excel_has_a_line_per_customer() -> None:
    async with open_window(fill) as user:
        await user.open("/act/criteria")
        user.find("list-simple-xlsx").click()
        response = await user.download.next()
        sheet = load_workbook(BytesIO(response.content)).active

        assert sheet is not None
        first = [row[0] for row in sheet.iter_rows(values_only=True)]
        assert {"Ferme Haute", "Garage Arrêté", "Moulin Bleu"} <= set(first)
        assert len(first) == 5
