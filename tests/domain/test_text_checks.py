"""What a template may hold: words and tags, nothing that runs or loads."""

from contextlib import suppress

import pytest

from domain.basics.errors import DunningError
from domain.dunning.tags import TagNotClosedError, UnknownTagError
from domain.dunning.text_checks import (
    CodeInTextError,
    MarkupInTextError,
    TableTwiceError,
    TextEmptyError,
    TextTooLongError,
    check_text,
    cleaned,
)
from tests.composing import composed

GOOD = "Madame, Monsieur,\n\n%tableau_comptable%\n\nRemise de 10 % sur 100 %, merci."


@pytest.mark.parametrize(
    ("tag", "nearest"),
    [
        ("client_non", "client_nom"),
        ("totale", "total"),
        ("IBBAN", "iban"),
        ("date_limit", "date_limite"),
        ("client nom", "client_nom"),
        ("client-nom", "client_nom"),
        ("tableau comptable", "tableau_comptable"),
    ],
)
def test_an_unknown_tag_is_refused_with_its_name_and_the_nearest(
    tag: str, nearest: str
) -> None:
    with pytest.raises(UnknownTagError) as refused:
        check_text("Objet", f"Bonjour %{tag}%, merci")

    assert refused.value.details == {"tag": tag, "nearest": nearest}


def test_a_tag_without_its_second_percent_sign_is_refused() -> None:
    with pytest.raises(TagNotClosedError):
        check_text("Objet", "Bonjour %client_nom, merci")


@pytest.mark.parametrize(
    "words",
    [
        GOOD,
        "100 % de %total%, soit 50 % et 50 %",
        "Voir https://example.com/payer, rubrique « Régler : carte »",
        "Entre 3 < 5 et 7 > 6, {accolades} et **gras**",
    ],
)
def test_ordinary_words_are_accepted(words: str) -> None:
    check_text("Relance %niveau%", words)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ letter.__init__.__globals__ }}",
        "{% import os %}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{# caché #}",
    ],
)
def test_programs_are_refused(attack: str) -> None:
    for subject, body in ((attack, GOOD), ("Objet", f"Bonjour {attack}")):
        with pytest.raises(CodeInTextError):
            check_text(subject, body)


@pytest.mark.parametrize(
    "attack",
    [
        "<img src='file:///etc/passwd'>",
        "<IMG SRC=http://example.com/pixel.png>",
        "<style>@import 'http://example.com/a.css';</style>",
        "@import 'http://example.com/a.css'",
        "background: url(http://example.com/a.png)",
        "<script>alert(1)</script>",
        "<!-- caché -->",
        "</body>",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
def test_html_and_addresses_of_files_are_refused(attack: str) -> None:
    for subject, body in ((attack, GOOD), ("Objet", f"Bonjour {attack}")):
        with pytest.raises(MarkupInTextError):
            check_text(subject, body)


@pytest.mark.parametrize(
    "attack", ["%client_nom.__class__%", "%total.__init__.__globals__%"]
)
def test_a_tag_has_no_attributes(attack: str) -> None:
    with pytest.raises(UnknownTagError):
        check_text("Objet", attack)


@pytest.mark.parametrize("filler", ["a", "% ", "%a ", "{", "<", "**", "\n"])
def test_ten_megabytes_are_refused_without_being_read(filler: str) -> None:
    huge = filler * (10_000_000 // len(filler))

    with pytest.raises(TextTooLongError):
        check_text("Objet", huge)
    with pytest.raises(TextTooLongError):
        check_text(huge, GOOD)


@pytest.mark.parametrize("filler", ["a", "%", "% ", "%a ", "{", "<", "**", "__", "//"])
def test_the_longest_text_that_is_accepted_never_keeps_one_waiting(filler: str) -> None:
    # Where it did, the suite itself would not end.
    long = (filler * 20_000)[:20_000]

    composed(body=long)
    with suppress(DunningError):
        check_text("Objet", long)


@pytest.mark.parametrize(("subject", "body"), [("", GOOD), (" ", GOOD), ("a", " \n ")])
def test_a_template_says_something(subject: str, body: str) -> None:
    with pytest.raises(TextEmptyError):
        check_text(subject, body)


def test_the_items_stand_in_one_place() -> None:
    with pytest.raises(TableTwiceError):
        check_text("Objet", f"{GOOD}\n%TABLEAU_COMPTABLE%")
    with pytest.raises(TableTwiceError):
        check_text("%tableau_comptable%", "Bonjour")


def test_what_nobody_sees_is_taken_away() -> None:
    assert cleaned(" Ob\x00jet ", "\r\nUn\x07 \r\n\r\nDeux\ue000\n ") == (
        "Objet",
        "Un\n\nDeux",
    )
