"""All the settings as one file, from the screens and the command line."""

from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload
from nicegui.testing import User

from domain.customers.free_fields import FieldNames
from domain.ports import Books
from domain.usecases.configuring import create_entity
from domain.usecases.free_fields import save_field_names
from domain.usecases.travelling.bringing import export_settings
from domain.usecases.travelling.comparing import changes_between
from domain.usecases.travelling.gathering import gather
from domain.usecases.travelling.records import Part
from tests.builders import an_entity
from tests.journeys.stories import OUTSIDE, books_of
from tests.journeys.test_settings_travel import a_firm_that_chose_everything
from tests.ui.window import click, field, open_window
from ui import settings_words


def a_usual_firm(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())


def a_file() -> bytes:
    books, firm = books_of()
    save_field_names(books, firm, FieldNames(customer=("Agence", "")))
    return export_settings(books, OUTSIDE.files, firm)


async def drop(user: User, content: bytes) -> None:
    await click(user, marker="import-settings")
    await user.should_see(marker="settings-drop")
    place = user.find(marker="settings-drop").elements.pop()
    assert isinstance(place, ui.upload)
    await place.handle_uploads(
        [SmallFileUpload("x.relance-reglages", "application/zip", content)]
    )


async def test_settings_are_looked_at_brought_in_and_taken_back() -> None:
    async with open_window(a_usual_firm) as user:
        await user.open("/settings")
        await click(user, marker="export-settings")
        assert (await user.download.next()).content.startswith(b"PK")
        await drop(user, a_file())
        await user.should_see("Champs libres des clients")
        await user.should_see("rien ne change")
        await click(user, marker="bring-settings-in")
        await user.should_see("Les réglages sont importés.")

        await user.open("/settings")
        assert field(user, "customer-field-1").value == "Agence"
        await click(user, marker="take-settings-back")
        await user.should_see("Les réglages sont tels qu'avant.")
        await user.open("/settings")
        assert field(user, "customer-field-1").value == ""


async def test_a_file_of_something_else_is_refused_on_the_screen() -> None:
    async with open_window(a_usual_firm) as user:
        await user.open("/settings")
        await drop(user, b"PK nothing")

        await user.should_see("pas un fichier exporté par Relance")


def test_each_value_that_settings_hold_has_its_words() -> None:
    books, firm = a_firm_that_chose_everything()
    other, mine = books_of()
    ours, theirs = gather(books, firm), gather(other, mine)
    changes = [
        change
        for part in Part
        for change in changes_between(part, theirs.parts[part], ours.parts[part])
    ]

    named = {change.place[-1] for change in changes}
    free = {"overdue", "abc", "customers"}  # what users and files name
    assert named - free <= set(settings_words.FIELDS)
    told = settings_words.lines(changes)
    raw = [line for line in told if "_" in line and "%client_code%" not in line]
    assert raw == []
    assert "Pièce la plus petite : 0,00 € → 15,00 €" in told
