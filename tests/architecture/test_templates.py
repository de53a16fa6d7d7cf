"""What templates/ promises: every wording is there, every name in it is known."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from domain.basics.wording import LANGUAGES
from domain.dunning import letter_words
from domain.dunning.letter import ContentLine, LetterContent, PaymentDetails, Sender
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.tags import Tag, uses
from domain.dunning.text_checks import check_text
from domain.dunning.texts import TEXT_KEYS, tones_of
from storage.documents.maker import DocumentMaker
from storage.documents.templates import FOLDER, shipped_texts
from tests.builders import an_entity
from tests.composing import as_shipped

TEXTS = shipped_texts()
LAYOUTS = [
    file
    for folder in ("letters", "emails")
    for file in sorted((FOLDER / folder).rglob("*"))
    if file.suffix in (".html", ".txt")
]
README = (FOLDER / "README.md").read_text(encoding="utf-8")
WRITTEN = (Channel.EMAIL, Channel.LETTER)
RECORDS = {
    "letter": LetterContent,
    "line": ContentLine,
    "payment": PaymentDetails,
    "sender": Sender,
}
_USED = re.compile(r"\b(letter|line|payment|sender)\.(?!html|css)(\w+)")
_HEADING = re.compile(r"\bheadings\.(\w+)")


def test_every_kind_of_message_ships_in_every_channel_language_and_tone() -> None:
    assert set(TEXTS) == {
        (key, channel, language, tone)
        for key in TEXT_KEYS
        for channel in WRITTEN
        for language in LANGUAGES
        for tone in tones_of(key)
    }


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_wording_has_a_subject_known_tags_and_one_table(
    name: tuple[str, str, str, str],
) -> None:
    subject, body = TEXTS[name]

    assert subject
    assert "\n" not in subject
    check_text(subject, body)
    assert body.count("%tableau_comptable%") == 1
    assert "\n\n%tableau_comptable%\n\n" in body
    # The layout signs; what may be unknown must not leave a hole in a sentence.
    assert not uses(body, Tag.SIGNATURE)
    assert not uses(body, Tag.DATE_DERNIERE_RELANCE)
    assert not uses(body, Tag.CLIENT_CONTACT)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_wording_never_shouts_and_is_typeset(name: tuple[str, str, str, str]) -> None:
    _, _, language, _ = name
    text = "\n".join(TEXTS[name])

    assert "!" not in text
    assert "'" not in text
    assert "  " not in text
    if language == "fr":
        assert not re.search(r"(?<!\u00a0)[:;?]", text)


@pytest.mark.parametrize(
    "key", ["reminder_1", "reminder_2", "reminder_3", "reminder_4"]
)
@pytest.mark.parametrize("channel", WRITTEN)
def test_a_reminder_says_that_payment_may_have_crossed_it(
    key: str, channel: Channel
) -> None:
    for tone in tones_of(key):
        assert "entre-temps" in TEXTS[key, channel, "fr", tone][1]
        assert "in the meantime" in TEXTS[key, channel, "en", tone][1]


@pytest.mark.parametrize("channel", WRITTEN)
def test_a_formal_notice_says_what_the_law_wants(channel: Channel) -> None:
    subject, body = TEXTS["formal_notice", channel, "fr", "firm"]

    assert subject.startswith("MISE EN DEMEURE")
    assert "nous vous mettons en demeure" in body
    assert "1344" in body
    assert "%date_limite%" in body
    assert "%rappel_retard%" in body
    assert "%suites%" in body
    # Art. D441-5 and L441-10 bind professionals: the layout adds them for those.
    assert "441" not in body


@pytest.mark.parametrize("file", LAYOUTS, ids=lambda file: str(file.name))
def test_a_layout_uses_only_what_a_letter_holds(file: Path) -> None:
    source = file.read_text(encoding="utf-8")

    for record, name in _USED.findall(source):
        assert name in {field.name for field in fields(RECORDS[record])}, name


def test_every_word_of_the_layout_is_known_and_used_in_both_languages() -> None:
    words = {
        language: set(
            letter_words.headings(language, StepKind.REMINDER, Channel.LETTER)
        )
        for language in LANGUAGES
    }
    used = {
        name
        for file in LAYOUTS
        for name in _HEADING.findall(file.read_text(encoding="utf-8"))
    }

    assert words["fr"] == words["en"] == used


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", TEXT_KEYS)
@pytest.mark.parametrize("bare", [False, True], ids=["full", "bare"])
def test_every_layout_is_whole_for_every_message(
    key: str, language: str, *, bare: bool
) -> None:
    entity = an_entity(iban="", email="", address="", city="") if bare else an_entity()
    maker = DocumentMaker()
    for channel in WRITTEN:
        content = as_shipped(key, channel=channel, language=language, entity=entity)
        for made in (
            maker.letter_html(content),
            maker.email_html(content),
            maker.email_text(content),
        ):
            assert content.lines[0].reference in made
            assert not re.search(r"%\w+%", made)


def test_the_readme_lists_every_tag_and_every_field() -> None:
    missing = [tag.value for tag in Tag if f"`%{tag}%`" not in README]
    missing += [
        field.name
        for record in RECORDS.values()
        for field in fields(record)
        if f"`{field.name}`" not in README
    ]
    missing += [
        word
        for word in letter_words.headings("fr", StepKind.REMINDER, Channel.LETTER)
        if f"`{word}`" not in README
    ]

    assert missing == []


def test_the_fonts_ship_with_their_licence() -> None:
    assert (FOLDER / "fonts" / "OFL.txt").exists()
    assert len(list((FOLDER / "fonts").glob("*.woff2"))) == 6
