"""« Modèles »: the list, the editor, its preview, its versions, its files."""

import json
from datetime import UTC, datetime

from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload
from nicegui.testing import User

from domain.basics.identifiers import TextId, digest
from domain.dunning.tags import Tag
from domain.dunning.texts import Tone
from domain.ports import Books
from domain.usecases.configuring import create_entity
from domain.usecases.editing_texts import TextDraft, keep_draft, save_text
from domain.usecases.text_files import export_texts
from tests.builders import ENTITY_ID, a_customer, an_entity, an_item
from tests.journeys.stories import OUTSIDE
from tests.ui.window import field, open_window, retype, until
from ui import addresses
from ui.text_words import tag_meaning

NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
LATE = an_item(reference="FA-001", days_late=40, cents=1200_00)
EMAIL = TextId(digest(ENTITY_ID, "text", "reminder_1", "email", "fr"))
ENGLISH = TextId(digest(ENTITY_ID, "text", "reminder_1", "email", "en"))
NOTICE = TextId(digest(ENTITY_ID, "text", "formal_notice", "letter", "fr"))


def firm(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    profile = books.scenarios.profiles(ENTITY_ID)[0].id
    books.customers.save_many([a_customer(profile_id=profile)])
    books.ledger.replace_items(ENTITY_ID, [LATE])


def changed(books: Books) -> None:
    firm(books)
    save_text(books, EMAIL, Tone.COURTEOUS, "Mon objet", "Mon texte", NOW)


def mail(user: User) -> str:
    """Read the e-mail that the preview shows."""
    frame = user.find(marker="email-preview").elements.pop()
    return str(frame.props["srcdoc"])


async def test_the_list_tells_what_is_supplied_and_what_was_changed() -> None:
    async with open_window(changed) as user:
        await user.open(addresses.TEMPLATES)

        await user.should_see("Relance 4")
        await user.should_see("Promesse confirmée")
        assert len(user.find("modifié").elements) == 1
        assert len(user.find("fourni").elements) == 39


async def test_the_preview_follows_what_is_typed() -> None:
    async with open_window(firm) as user:
        await user.open(addresses.template(EMAIL))
        await until(lambda: "1\u00a0200,00" in mail(user))

        retype(user, "body", "Cher **%client_nom%**,\n\n%tableau_comptable%")

        await until(lambda: f"<strong>{a_customer().name}</strong>," in mail(user))


async def test_an_unknown_tag_is_told_and_the_last_good_preview_stays() -> None:
    async with open_window(firm) as user:
        await user.open(addresses.template(EMAIL))
        await until(lambda: "1\u00a0200,00" in mail(user))

        retype(user, "body", "Bonjour %client_non%")

        await user.should_see("Le tag %client_non% n'existe pas")
        await user.should_see("%client_nom%.")
        assert "1\u00a0200,00" in mail(user)

        user.find(marker="save").click()
        await user.should_see("Le plus proche est %client_nom%")
        await user.open(addresses.TEMPLATES)
        await user.should_see("brouillon")


async def test_what_was_typed_and_not_saved_comes_back() -> None:
    def begun(books: Books) -> None:
        firm(books)
        draft = TextDraft(tone=Tone.COURTEOUS, subject="Commencé", body="À finir")
        keep_draft(books, EMAIL, draft)

    async with open_window(begun) as user:
        await user.open(addresses.template(EMAIL))
        assert field(user, "subject").value == "Commencé"
        await user.should_see("gardé ici comme brouillon")

        user.find(marker="give-up").click()

        await until(lambda: "règlement en attente" in field(user, "subject").value)


async def test_a_saved_template_has_its_earlier_versions_and_they_come_back() -> None:
    async with open_window(changed) as user:
        await user.open(addresses.template(EMAIL))
        user.find(marker="history").click()
        await user.should_see("Texte fourni (courtois)")
        removed = {
            one.text
            for one in user.find(kind=ui.element).elements
            if getattr(one, "tag", "") == "del" and hasattr(one, "text")
        }
        assert "Mon" in " ".join(removed)

        user.find(marker="restore").click()

        await until(lambda: "règlement en attente" in field(user, "subject").value)


async def test_the_other_tone_has_its_own_words() -> None:
    async with open_window(firm) as user:
        await user.open(addresses.template(EMAIL))
        tone = user.find(marker="tone").elements.pop()
        assert isinstance(tone, ui.select)

        tone.value = Tone.FIRM

        await until(lambda: "Facture échue" in field(user, "subject").value)
        await until(lambda: "nous a pas été réglée" in mail(user))


async def test_a_formal_notice_has_no_other_tone() -> None:
    async with open_window(firm) as user:
        await user.open(addresses.template(NOTICE))

        await user.should_see("MISE EN DEMEURE")
        await user.should_not_see(marker="tone")


async def test_a_customer_of_another_language_is_told() -> None:
    async with open_window(firm) as user:
        await user.open(addresses.template(ENGLISH))

        await user.should_see("Ce client lit une autre langue (Français)")


async def test_tags_are_found_by_what_they_mean() -> None:
    async with open_window(firm) as user:
        await user.open(addresses.template(EMAIL))
        await user.should_see("%societe_rcs%")

        retype(user, "tag-search", "échéance ancienne")

        await user.should_see("%plus_ancienne_echeance%")
        await user.should_not_see("%societe_rcs%")


async def test_a_file_of_templates_is_told_before_it_comes_in() -> None:
    kept: list[bytes] = []

    def exported(books: Books) -> None:
        firm(books)
        whole = json.loads(export_texts(books, ENTITY_ID))
        whole["templates"][0]["subject"] = "Changé ailleurs"
        kept.append(json.dumps(whole).encode())

    async with open_window(exported) as user:
        await user.open(addresses.TEMPLATES)
        user.find(marker="import-templates").click()
        await user.should_see("Déposez ici le fichier de modèles")
        await drop(user, "autre.json", b"{}")
        await user.should_see("ne contient pas de modèles")

        await drop(user, "modeles.json", kept[0])
        await user.should_see("1 modèle change")
        user.find(marker="confirm").click()

        await user.should_see("modifié")


async def drop(user: User, name: str, content: bytes) -> None:
    """Drop a file on the dialog's place."""
    place = user.find(kind=ui.upload).elements.pop()
    await place.handle_uploads([SmallFileUpload(name, "application/json", content)])


def test_every_tag_says_what_it_prints() -> None:
    assert all(tag_meaning(tag) for tag in Tag)
