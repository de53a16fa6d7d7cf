import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from domain.basics.money import Money
from domain.dunning.letter import LetterContent
from domain.dunning.scenario import Channel
from domain.dunning.texts import TEXT_KEYS
from storage.documents.maker import DocumentMaker
from tests.builders import a_customer, an_entity, an_item
from tests.composing import as_shipped, composed


def an_email(key: str = "reminder_1", language: str = "fr") -> LetterContent:
    return as_shipped(
        key,
        an_item(reference="FA-1", cents=1234_56, settled=Money(34_56)),
        an_item(reference="AV-1", cents=-200_00, label="Avoir du 3 mars"),
        channel=Channel.EMAIL,
        language=language,
    )


class _Reader(HTMLParser):
    """Reads a page as a person does, and notes what a mail reader would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._hidden += tag in ("style", "title")
        if tag != "strong":
            self.text += " "
        self.fetched += [
            f"{name}={value}"
            for name, value in attrs
            if name in ("src", "background", "srcset")
            or (name == "href" and tag == "link")
        ]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def words_of(html: str) -> str:
    return " ".join(read(html).text.split())


@pytest.mark.parametrize("key", TEXT_KEYS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_forms_say_every_line_amount_and_paragraph(
    key: str, language: str
) -> None:
    email = an_email(key, language)
    as_html = words_of(DocumentMaker().email_html(email))
    as_text = " ".join(DocumentMaker().email_text(email).split())

    told = [*email.paragraphs_before, *email.paragraphs_after, email.total]
    for line in email.lines:
        told += [line.reference, line.invoiced, line.paid, line.left, line.label]
    if email.payment:
        told += [email.payment.iban, email.payment.reference, email.payment.deadline]
    for words in filter(None, told):
        assert " ".join(words.split()) in as_html
        assert " ".join(words.split()) in as_text


def test_an_email_fetches_nothing_and_runs_nothing() -> None:
    reader = read(DocumentMaker().email_html(an_email()))

    assert reader.fetched == []
    assert reader.tags.isdisjoint({"script", "img", "link", "form", "iframe"})


def test_an_email_shows_the_code_it_carries_and_only_where_one_can_pay() -> None:
    shown = DocumentMaker().email_html(an_email(), "cid:qr")
    without = DocumentMaker().email_html(replace(an_email(), payment=None), "cid:qr")

    assert '<img src="cid:qr"' in shown
    assert "<img" not in without


def test_an_email_is_laid_out_in_tables_of_at_most_640_pixels() -> None:
    html = DocumentMaker().email_html(an_email())

    assert "max-width:640px" in html
    assert "flex" not in html
    assert "grid" not in html
    assert 'name="color-scheme" content="light dark"' in html


def test_an_email_weighs_little_enough_for_gmail_to_show_it_whole() -> None:
    items = [an_item(reference=f"FA-{n:03}") for n in range(60)]
    html = DocumentMaker().email_html(
        as_shipped("reminder_2", *items, channel=Channel.EMAIL)
    )

    assert len(html.encode()) < 102_000


def test_names_are_printed_and_never_run() -> None:
    name = '<script>alert("é")</script> & Fils'
    email = composed(
        an_item(reference="<b>FA</b>"),
        entity=an_entity(name=name),
        customer=a_customer(name=name, code="<i>C1</i>"),
        body="Pour %client_nom%",
        subject="<u>",
    )
    html = DocumentMaker().email_html(email)

    assert "<script" not in html
    assert "<b>FA" not in html
    assert "<i>C1" not in html
    assert f"Pour {name}" in words_of(html)
    assert f"Pour {name}" in DocumentMaker().email_text(email)


def test_the_lines_of_a_paragraph_stay_apart() -> None:
    html = DocumentMaker().email_html(composed(body="Bonjour,\nCordialement,"))

    assert "Bonjour,<br>Cordialement," in html


def test_the_amount_and_the_deadline_stand_out() -> None:
    email = an_email()
    html = DocumentMaker().email_html(email)

    assert "<strong>1\u00a0000,00\u00a0€</strong>" in html
    assert "<strong>8\u00a0avril\u00a02026</strong>" in html


def test_without_bank_details_nothing_is_said_of_a_transfer() -> None:
    email = replace(an_email(), payment=None)

    assert "IBAN" not in DocumentMaker().email_html(email)
    assert "IBAN" not in DocumentMaker().email_text(email)


def test_a_consumer_reads_no_law_of_professionals() -> None:
    email = as_shipped(
        "formal_notice",
        channel=Channel.EMAIL,
        customer=a_customer(is_individual=True),
    )

    for form in (DocumentMaker().email_html(email), DocumentMaker().email_text(email)):
        assert "441" not in form
        assert "1344" in form


def test_an_email_that_goes_on_with_others_says_first_which_one_it_is() -> None:
    email = replace(an_email("reminder_2"), conversation="Re: Votre compte")

    html, text = DocumentMaker().email_html(email), DocumentMaker().email_text(email)

    assert "Deuxième relance : compte C001, 1\u00a0000,00\u00a0€" in html
    assert text.startswith("Deuxième relance : compte C001, 1 000,00 €\n")
    assert "Deuxième relance : compte" not in words_of(
        DocumentMaker().email_html(an_email("reminder_2"))
    )


def test_a_phone_still_reads_what_was_invoiced_and_paid_where_they_differ() -> None:
    html = DocumentMaker().email_html(an_email())

    (narrow,) = re.findall(r'<span class="narrow"[^>]*>(.*?)</span>', html)
    assert "1\u00a0234,56" in narrow
    assert "234,56" in narrow


def test_the_plain_form_has_no_markup_and_no_long_gap() -> None:
    text = DocumentMaker().email_text(an_email())

    assert "<" not in text
    assert not re.search(r"\n\n\n", text)
    assert text == text.lstrip()


def test_the_plain_form_signs_before_the_line_that_mail_readers_fold() -> None:
    text = DocumentMaker().email_text(an_email())
    letter, mark, identity = text.partition("\n-- \n")

    assert mark
    assert letter.rstrip().endswith("le total ci-dessus.")
    assert "Atelier Bois Clair" in identity
    assert "C001" in identity
