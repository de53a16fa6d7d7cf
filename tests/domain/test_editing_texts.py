"""« Modèles »: change, restore, export and import the wordings of a firm."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from domain.dunning.scenario import Channel
from domain.dunning.tags import UnknownTagError
from domain.dunning.text_changes import Change, changes
from domain.dunning.texts import TEXT_KEYS, MessageText, Tone
from domain.usecases.configuring import create_entity
from domain.usecases.editing_texts import (
    TextDraft,
    follow_shipped,
    keep_draft,
    reset_text,
    save_text,
    show_text,
    show_texts,
    uses_of_texts,
    words_in,
)
from domain.usecases.text_files import (
    NotTemplatesError,
    TemplateRefusedError,
    TemplatesTooRecentError,
    export_texts,
    import_texts,
    read_texts,
)
from storage.database.books import SqliteBooks, open_books
from storage.documents.templates import shipped_texts, starting_texts
from tests.builders import ENTITY_ID, an_entity

SHIPPED = shipped_texts()
NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def books() -> SqliteBooks:
    books = open_books()
    create_entity(books, an_entity(), starting_texts())
    return books


def text(books: SqliteBooks, key: str = "reminder_1") -> MessageText:
    return next(
        t
        for t in books.scenarios.texts(ENTITY_ID)
        if (t.key, t.channel, t.language) == (key, Channel.EMAIL, "fr")
    )


def change(books: SqliteBooks, words: str, now: datetime = NOW) -> MessageText:
    mine = text(books)
    return save_text(books, mine.id, mine.tone, mine.subject, words, now)


def test_a_firm_begins_with_every_template_as_shipped(books: SqliteBooks) -> None:
    lines = show_texts(books, ENTITY_ID, SHIPPED)

    assert len(lines) == len(TEXT_KEYS) * 4
    assert all(line.is_shipped for line in lines)


def test_a_change_is_kept_and_what_it_replaced_can_come_back(
    books: SqliteBooks,
) -> None:
    first = text(books)
    change(books, "Bonjour,\n\n%tableau_comptable%")
    change(books, "Bonsoir,\n\n%tableau_comptable%", LATER)

    view = show_text(books, first.id)
    assert [v.body[:7] for v in view.versions] == ["Bonjour", "Madame,"]
    assert not next(
        line
        for line in show_texts(books, ENTITY_ID, SHIPPED)
        if line.text.id == first.id
    ).is_shipped

    oldest = view.versions[-1]
    save_text(books, first.id, oldest.tone, oldest.subject, oldest.body, LATER)

    assert text(books).body == first.body
    assert len(show_text(books, first.id).versions) == 3


def test_saving_the_same_words_changes_nothing(books: SqliteBooks) -> None:
    mine = text(books)

    assert change(books, mine.body + " \n") == mine
    assert show_text(books, mine.id).versions == []


def test_going_back_to_what_ships_follows_it_again(books: SqliteBooks) -> None:
    mine = change(books, "Bonjour")

    reset_text(books, mine.id, Tone.COURTEOUS, SHIPPED, LATER)

    assert text(books).saved_at is None
    newer = {**SHIPPED, ("reminder_1", "email", "fr", "courteous"): ("Neuf", "Corps")}
    follow_shipped(books, newer)
    assert (text(books).subject, text(books).body) == ("Neuf", "Corps")


def test_an_update_never_overwrites_what_a_firm_changed(books: SqliteBooks) -> None:
    change(books, "Bonjour")

    newer = {**SHIPPED, ("reminder_1", "email", "fr", "courteous"): ("Neuf", "Corps")}
    follow_shipped(books, newer)

    assert text(books).body == "Bonjour"


def test_a_tone_has_its_own_words_and_finds_those_it_had(books: SqliteBooks) -> None:
    mine = change(books, "Mon texte courtois")
    firm = words_in(show_text(books, mine.id), Tone.FIRM, SHIPPED)
    assert firm == SHIPPED["reminder_1", "email", "fr", "firm"]

    save_text(books, mine.id, Tone.FIRM, *firm, LATER)

    courteous = words_in(show_text(books, mine.id), Tone.COURTEOUS, SHIPPED)
    assert courteous[1] == "Mon texte courtois"


def test_a_wrong_text_is_refused_and_its_draft_stays(books: SqliteBooks) -> None:
    mine = text(books)
    draft = TextDraft(tone=mine.tone, subject="Objet", body="%client_non%")
    keep_draft(books, mine.id, draft)

    with pytest.raises(UnknownTagError):
        change(books, "%client_non%")

    assert show_text(books, mine.id).draft == draft
    change(books, "%client_nom%")
    assert show_text(books, mine.id).draft is None


def test_the_list_tells_which_steps_send_each_template(books: SqliteBooks) -> None:
    uses = uses_of_texts(books, ENTITY_ID)

    assert [use.step_code for use in uses["formal_notice"]] == ["R4"]
    assert "thank_you" not in uses  # its step is not active
    assert "statement" not in uses


def test_all_templates_go_to_a_file_and_come_back(books: SqliteBooks) -> None:
    change(books, "Bonjour « à tous » — é€")
    kept = export_texts(books, ENTITY_ID)
    change(books, "Autre chose", LATER)

    assert sum(one.changes for one in read_texts(books, ENTITY_ID, kept)) == 1
    assert import_texts(books, ENTITY_ID, kept, LATER) == 1

    assert text(books).body == "Bonjour « à tous » — é€"
    assert import_texts(books, ENTITY_ID, kept, LATER) == 0


def test_one_wrong_template_in_a_file_and_none_comes_in(books: SqliteBooks) -> None:
    whole = json.loads(export_texts(books, ENTITY_ID))
    whole["templates"][0]["body"] = "Changé"
    whole["templates"][7]["body"] = "Bonjour %client_non%"
    whole["templates"][7]["subject"] = "Le mauvais"

    with pytest.raises(TemplateRefusedError) as refused:
        import_texts(books, ENTITY_ID, json.dumps(whole).encode(), NOW)

    assert refused.value.details["place"] == 8
    assert refused.value.details["subject"] == "Le mauvais"
    assert all(line.is_shipped for line in show_texts(books, ENTITY_ID, SHIPPED))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"[]",
        b'{"format": "relance-templates", "version": 1}',
        b'{"format": "relance-templates", "version": 1, "templates": [3]}',
        b'{"format": "relance-templates", "version": 1, "templates": [{"key": "x"}]}',
        b"[" * 100_000,
        b'"' + b"a" * 10_000_000 + b'"',
    ],
    ids=["empty", "zip", "list", "none", "number", "bare", "deep", "huge"],
)
def test_another_file_is_refused(books: SqliteBooks, content: bytes) -> None:
    with pytest.raises(NotTemplatesError):
        read_texts(books, ENTITY_ID, content)


def test_a_file_of_a_later_version_is_refused(books: SqliteBooks) -> None:
    whole = json.loads(export_texts(books, ENTITY_ID)) | {"version": 2}

    with pytest.raises(TemplatesTooRecentError):
        read_texts(books, ENTITY_ID, json.dumps(whole).encode())


def test_a_change_is_told_word_by_word() -> None:
    told = changes("Merci de régler vite", "Merci de payer vite")

    assert [(part.change, part.words) for part in told] == [
        (Change.SAME, "Merci de "),
        (Change.REMOVED, "régler"),
        (Change.ADDED, "payer"),
        (Change.SAME, " vite"),
    ]
