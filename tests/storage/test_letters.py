import importlib.abc
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.machinery import ModuleSpec
from io import BytesIO
from itertools import pairwise
from types import ModuleType

import pypdfium2
import pytest
from PIL import Image

from domain.dunning.letter import LetterContent
from domain.ledger.entry import DueOrigin
from storage.documents.engine import Engine
from storage.documents.letters import qr_uri
from storage.documents.maker import DocumentMaker
from storage.documents.refusals import PdfUnavailableError
from tests.builders import a_customer, an_item
from tests.composing import as_shipped, cents_of, composed
from tests.paper import batch, page_count, pages_of, text_of


@pytest.mark.parametrize("count", [1, 2])
def test_a_few_invoices_make_a_letter_of_one_page(count: int) -> None:
    items = [an_item(reference=f"FA-{n}") for n in range(count)]

    for key in ("advance_notice", "reminder_1", "reminder_2", "reminder_3"):
        assert page_count(as_shipped(key, *items)) == 1
    assert page_count(as_shipped("formal_notice", *items)) == 1


def test_each_item_and_the_total_are_printed_as_composed() -> None:
    letter = as_shipped(
        "reminder_1",
        an_item(reference="FA-1", cents=1234_56),
        an_item(reference="AV-1", cents=-34_56, label="Avoir du 3 mars"),
    )

    text = text_of(letter).replace("\u00a0", " ")

    assert "FA-1 17/02/2026 19/03/2026 12 j 1 234,56 – 1 234,56" in text
    assert "Avoir du 3 mars" in text
    assert "−34,56" in text
    assert "Total à régler 1 200,00 €" in text


def test_a_date_computed_from_terms_is_starred_and_explained() -> None:
    letter = composed(an_item(due_origin=DueOrigin.TERMS))

    text = text_of(letter)

    assert "19/03/2026*" in text
    assert "* Échéance calculée selon nos conditions de règlement." in text


def long_letter(count: int) -> LetterContent:
    items = [an_item(reference=f"FA-{n:03}", cents=100_01 + n) for n in range(count)]
    return as_shipped("reminder_3", *items)


def test_a_long_table_repeats_its_head_and_carries_its_sum() -> None:
    letter = long_letter(95)
    pages = pages_of(batch(letter).letters[0].pdf)
    with_lines = [page for page in pages if "FA-0" in page]

    assert len(with_lines) > 2
    for page in with_lines:
        assert "Facture Date Échéance Retard" in page
    for page, following in pairwise(with_lines):
        carried = page.partition("À reporter\u00a0: ")[2].partition("\n")[0]
        brought = following.partition("Report\u00a0: ")[2].partition("\n")[0]
        last = [line for line in letter.lines if line.reference in page][-1]
        assert carried == brought == last.carried.replace("\u202f", "\u00a0")
    assert "À reporter" not in pages[-1]


@pytest.mark.parametrize("count", range(22, 34))
def test_the_total_never_stands_alone_on_a_page(count: int) -> None:
    letter = long_letter(count)
    pages = pages_of(batch(letter).letters[0].pdf)
    total_page = next(page for page in pages if "Total à régler" in page)

    assert letter.lines[-1].reference in total_page


def test_every_line_is_printed_once_and_whole() -> None:
    letter = long_letter(60)
    text = text_of(letter).replace("\u00a0", "\u202f")

    for line in letter.lines:
        assert text.count(line.reference) == 1
        assert f"{line.invoiced} – {line.left}" in text
    assert sum(cents_of(line.left) for line in letter.lines) == cents_of(letter.total)


def test_each_letter_of_a_batch_starts_on_a_recto_with_its_own_page_numbers() -> None:
    made = batch(long_letter(45), long_letter(1), long_letter(2), long_letter(45))
    pages = pages_of(made.pdf)

    assert [letter.page_count for letter in made.letters] == [2, 1, 1, 2]
    assert made.page_count == len(pages) == 8
    assert [n for n, page in enumerate(pages) if "Page 1/" in page] == [0, 2, 4, 6]
    assert [n for n, page in enumerate(pages) if not page.strip()] == [3, 5]
    assert "Page 1/2" in pages[0]
    assert "Page 2/2" in pages[1]
    assert "Page 1/1" in pages[2]


def test_a_batch_ends_without_a_blank_page() -> None:
    assert batch(long_letter(1), long_letter(1)).page_count == 3


def test_each_letter_is_also_a_file_of_its_own() -> None:
    customers = [a_customer(code=code, name=f"Client {code}") for code in ("C1", "C2")]
    made = batch(*(composed(customer=customer) for customer in customers))

    for customer, letter in zip(customers, made.letters, strict=True):
        text = "\n".join(pages_of(letter.pdf))
        assert customer.name in text
        assert "Page 1/1" in text
    assert "Client C2" not in pages_of(made.letters[0].pdf)[0]


def test_progress_is_told_after_each_letter() -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    DocumentMaker().letter_batch([composed()] * 3, progress)

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_batch_that_is_stopped_keeps_what_was_made() -> None:
    def progress(done: int, total: int) -> bool:
        return done < total - 3

    made = DocumentMaker().letter_batch([composed()] * 5, progress)

    assert len(made.letters) == 2
    assert made.page_count == 3


def test_only_our_fonts_are_embedded() -> None:
    with pypdfium2.PdfDocument(batch(composed()).letters[0].pdf) as document:
        fonts = {
            drawn.get_font().get_base_name()
            for drawn in document[0].get_objects(
                filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
            )
        }

    assert fonts
    assert all("IBM-Plex-Sans" in font for font in fonts), fonts


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "http://example.com/x.png",
        "asset:///etc/hostname",
        "asset:///fonts/../letters/letter.css",
        "asset:///fonts/%2e%2e/letters/letter.css",
    ],
)
def test_a_page_can_reach_no_file_but_our_fonts(address: str) -> None:
    fetcher = Engine()._fetcher

    with pytest.raises(ValueError, match=r"."):
        fetcher.fetch(address)
    assert fetcher.fetch("asset:///fonts/IBMPlexSans-Regular.woff2").read()


def test_markup_in_a_text_is_printed_as_it_is() -> None:
    letter = composed(
        body="<b>Bonjour</b> {{ 7*7 }} {% if %} <img src=file:///etc/passwd>",
        subject="<u>Objet</u>",
    )

    text = text_of(letter)

    assert "<b>Bonjour</b> {{ 7*7 }} {% if %} <img src=file:///etc/passwd>" in text
    assert "<u>Objet</u>" in text


def test_the_amount_and_the_deadline_stand_out_in_the_text() -> None:
    letter = composed(body="Régler 120,00 € sur 1 120,00 € avant le 8 avril 2026")
    html = DocumentMaker().letter_html(
        replace(
            letter,
            paragraphs_before=(f"{letter.total} et 1\u202f{letter.total}",),
        )
    )

    assert html.count("<strong>120,00\u00a0€</strong>") == 1


def test_the_letter_can_be_shown_on_its_own_on_a_screen() -> None:
    html = DocumentMaker().letter_html(composed())

    assert html.startswith("<!doctype html>")
    assert "@media screen" in html
    assert "Total à régler" in html


def test_the_code_is_drawn_in_dots_as_dense_as_its_text_needs() -> None:
    letter = composed()
    assert letter.payment

    short, long = qr_uri("BCD"), qr_uri(letter.payment.qr_payload)

    assert short.startswith("data:image/png;base64,")
    assert len(long) > len(short)


def test_pages_can_be_seen_as_pictures() -> None:
    seen = DocumentMaker().pictures(batch(long_letter(45)).pdf)

    assert len(seen) == 2
    with Image.open(BytesIO(seen[0])) as first:
        assert (first.format, first.width) == ("PNG", 953)


class _NoPango(importlib.abc.MetaPathFinder):
    """Fails as WeasyPrint does where its libraries are missing."""

    def find_spec(
        self,
        fullname: str,
        _path: Sequence[str] | None,
        _target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname == "storage.documents.press":
            print("WeasyPrint could not import some external libraries.")  # noqa: T201
            message = "cannot load library 'libpango-1.0-0'"
            raise OSError(message)
        return None


def test_a_computer_without_pango_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "storage.documents.press", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_NoPango(), *sys.meta_path])
    monkeypatch.setattr(sys, "platform", "linux")

    with pytest.raises(PdfUnavailableError) as refusal:
        batch(composed())

    assert "libpango" in refusal.value.details["command"]
    assert capsys.readouterr().out == ""


def test_the_wordings_that_ship_are_read_by_kind_channel_and_language() -> None:
    subject, body = DocumentMaker().starting_texts()["formal_notice", "letter", "fr"]

    assert subject.startswith("MISE EN DEMEURE")
    assert body.startswith("Madame, Monsieur,")
