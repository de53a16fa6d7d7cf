"""A template changed, seen, saved, sent, then brought back, in a real browser."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Dialog, Page, expect

from domain.basics.identifiers import TextId, digest
from domain.usecases.configuring import create_entity
from storage.database.books import open_books
from tests.builders import ENTITY_ID, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.ui.conftest import StartApp
from ui import addresses

TODAY = date(2026, 11, 20)
"""A Friday: nothing is proposed on Sundays."""
LATE = TODAY - timedelta(days=12)
TEXT = TextId(digest(ENTITY_ID, "text", "reminder_1", "email", "fr"))


def test_a_changed_template_is_seen_saved_sent_and_brought_back(
    start_app: StartApp, page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    books = open_books(folder / "relance.db")
    create_entity(books, an_entity(demo=True), OUTSIDE.documents.starting_texts())
    source = a_file(
        a_line("F1", 100_00, LATE, due_on=LATE, code="C1", name="Client 1"),
        starts_on=LATE.replace(day=1, month=1),
        ends_on=TODAY,
    )
    bring_in(books, ENTITY_ID, source, TODAY)
    give_email(books, ENTITY_ID, "un@client.example.com", "C1")
    books.close()
    page.goto(start_app("--date", TODAY.isoformat()).next_address())
    expect(page.locator("h1")).to_be_visible()
    home = page.url.rstrip("/")
    preview = page.frame_locator(".email-preview")

    # Written, with a tag and in bold; the message beside it follows.
    page.goto(home + addresses.template(TEXT))
    expect(preview.locator("body")).to_contain_text("Sauf erreur")
    area = page.get_by_label("Contenu")
    area.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("À l'attention de ")
    page.get_by_role("button", name="%client_nom%").click()
    expect(area).to_have_value("À l'attention de %client_nom%")
    page.keyboard.press("Shift+Home")
    page.get_by_role("button", name="Gras").click()
    expect(area).to_have_value("**À l'attention de %client_nom%**")
    expect(
        preview.locator("strong", has_text="À l'attention de Client 1")
    ).to_have_count(1)

    # Leaving asks first; what was typed is still there.
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Tous les modèles").click(no_wait_after=True)
    expect(area).to_have_value("**À l'attention de %client_nom%**")
    page.wait_for_function("() => true")
    assert asked == ["beforeunload"]

    page.keyboard.press("Control+s")
    expect(page.get_by_text("Modèle enregistré")).to_be_visible()
    expect(page.get_by_text("gardé ici comme brouillon")).to_be_hidden()

    # The next message holds it.
    page.goto(home + addresses.ACT_BY_SCENARIO)
    page.locator(".bucket", has_text="Relance 1").click()
    page.locator(".bucket-row-name", has_text="Client 1").click()
    expect(preview.locator("body")).to_contain_text("À l'attention de Client 1")

    # Its earlier words come back.
    page.goto(home + addresses.template(TEXT))
    expect(preview.locator("body")).to_contain_text("À l'attention")
    page.get_by_role("button", name="Versions précédentes").click()
    dialog = page.locator(".q-dialog")
    expect(dialog.locator("ins").first).to_be_visible()
    dialog.get_by_role("button", name="Rétablir cette version").click()
    expect(page.get_by_label("Contenu")).to_have_value(re.compile("Sauf erreur"))
    expect(preview.locator("body")).to_contain_text("Sauf erreur")
