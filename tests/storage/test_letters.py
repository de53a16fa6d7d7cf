import importlib.abc
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.machinery import ModuleSpec
from io import BytesIO
from itertools import pairwise
from types import ModuleType

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from domain.basics.postal import postal_lines
from domain.dunning.letter import LetterContent, Sender
from domain.ledger.entry import DueOrigin
from domain.ports import LetterBatch
from storage.documents.engine import Engine
from storage.documents.letters import qr_uri
from storage.documents.maker import DocumentMaker
from storage.documents.refusals import BatchStoppedError, PdfUnavailableError
from tests.builders import a_customer, an_entity, an_item
from tests.composing import as_shipped, cents_of, composed

MM = 72 / 25.4
A4_HEIGHT = 297.0
Box = tuple[float, float, float, float]
# In millimetres from the sheet's top left: what a window envelope always shows of it,
# and the ground around that must stay blank.
WINDOW: Box = (110.0, 55.0, 190.0, 79.0)
KEPT_CLEAR: Box = (90.0, 34.0, 200.0, 90.0)


def batch(
    *letters: LetterContent,
) -> LetterBatch:
    return DocumentMaker().letter_batch(letters)


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            page.get_textpage().get_text_bounded().replace("\r\n", "\n")
            for page in document
        ]


def text_of(letter: LetterContent) -> str:
    return "\n".join(pages_of(batch(letter).letters[0].pdf))


def page_count(letter: LetterContent) -> int:
    return batch(letter).letters[0].page_count


def in_millimetres(box: Sequence[float]) -> Box:
    left, bottom, right, top = (edge / MM for edge in box)
    return left, A4_HEIGHT - top, right, A4_HEIGHT - bottom


def text_boxes(pdf: bytes) -> Iterator[Box]:
    """Find where each letter of the first page is."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                yield in_millimetres(text.get_charbox(index))


def drawn_boxes(pdf: bytes) -> Iterator[Box]:
    """Find where each picture and line of the first page is."""
    with pypdfium2.PdfDocument(pdf) as document:
        for drawn in document[0].get_objects():
            if drawn.type != pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
                yield in_millimetres(drawn.get_bounds())


def is_blank_around_the_window(pdf: bytes) -> bool:
    with pypdfium2.PdfDocument(pdf) as document:
        seen = document[0].render(scale=2 / MM).to_pil().convert("L")
    window = [round(edge * 2) for edge in WINDOW]
    seen.paste(255, (window[0] - 1, window[1] - 1, window[2] + 1, window[3] + 1))
    darkest, _ = seen.crop([round(edge * 2) for edge in KEPT_CLEAR]).getextrema()
    return bool(darkest == 255)


def touches(box: Box, area: Box) -> bool:
    return (
        box[0] < area[2] and box[2] > area[0] and box[1] < area[3] and box[3] > area[1]
    )


def is_inside(box: Box, area: Box) -> bool:
    return (
        box[0] >= area[0]
        and box[1] >= area[1]
        and box[2] <= area[2]
        and box[3] <= area[3]
    )


def assert_only_the_address_shows(letter: LetterContent) -> None:
    """Look at the text as it is placed, then at the ink as it is seen."""
    pdf = batch(letter).letters[0].pdf
    shown = [box for box in text_boxes(pdf) if touches(box, KEPT_CLEAR)]

    assert [box for box in shown if not is_inside(box, WINDOW)] == []
    assert bool(shown) == bool(letter.recipient_lines)
    assert is_blank_around_the_window(pdf)


LONG = "Établissements " * 20
ADDRESSES = {
    "ordinary": ("Client", "Mme Öztürk", "3 place du Marché", "38000", "Grenoble", ""),
    "six lines": ("Client", "M. X", "Hall A\nZI Nord\n3 rue", "38000", "Grenoble", ""),
    "seven lines": ("Client", "M. X", "A\nB\nC", "80331", "München", "Allemagne"),
    "widest letters": ("W" * 38, "M" * 38, "W" * 38, "99999", "W" * 32, ""),
    "300 characters": (LONG, LONG, f"{LONG}\n{LONG}", "38000", LONG, LONG),
    "markup": ("<script>alert(1)</script>", "&amp;", "<br>\n</p>", "1", "<h1>", ""),
    "quotes": ('"L\'Été" {{ 7*7 }} {% raw %}', "'", '"', "38000", "L'Isle", ""),
    "other scripts": ("株式会社 שלום 😃 ﷽", "Đặng", "Łódź\u202e", "0", "Ελλάς", "日本"),
    "nothing": ("", "", "", "", "", ""),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_a_window_envelope_shows_the_address_and_nothing_else(case: str) -> None:
    name, contact, address, code, city, country = ADDRESSES[case]
    lines, _ = postal_lines(
        name, contact, address, postal_code=code, city=city, country=country
    )

    letter = composed(subject="Un objet qui va d’un bord à l’autre " * 4)

    assert_only_the_address_shows(replace(letter, recipient_lines=lines))


def test_the_address_begins_at_its_place_and_is_whole() -> None:
    letter = composed()
    pdf = batch(letter).letters[0].pdf
    shown = [box for box in text_boxes(pdf) if touches(box, KEPT_CLEAR)]
    left, top = min(box[0] for box in shown), min(box[1] for box in shown)

    assert left == pytest.approx(110, abs=0.6)
    assert top == pytest.approx(55.5, abs=1)
    assert "\n".join(letter.recipient_lines) in pages_of(pdf)[0]


def test_a_talkative_firm_stays_out_of_the_window() -> None:
    entity = an_entity(
        name=LONG,
        address="\n".join([LONG] * 6),
        email=f"{'x' * 200}@example.com",
        signatory_name=LONG,
    )
    customer = a_customer(code="C" * 200)

    letter = composed(entity=entity, customer=customer, reference="R" * 200)

    assert_only_the_address_shows(letter)


def test_fold_marks_part_the_sheet_in_three() -> None:
    boxes = drawn_boxes(batch(composed()).letters[0].pdf)
    marks = sorted((box for box in boxes if box[2] < 15), key=lambda box: box[1])

    assert [(mark[1] + mark[3]) / 2 for mark in marks] == [
        pytest.approx(99, abs=0.2),
        pytest.approx(198, abs=0.2),
    ]


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    image = Image.new("RGB", size, "#12436d")
    ImageDraw.Draw(image).line((0, 0, *size), fill="white", width=9)
    result = BytesIO()
    image.save(result, kind)
    return result.getvalue()


REACHING_OUT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<image href="file:///etc/hostname" width="9" height="9"/></svg>'
)
WITHOUT_SIZE = (
    b'<svg xmlns="http://www.w3.org/2000/svg">'
    b'<path d="M0 0L9999 9999" stroke="red"/></svg>'
)
LOGOS = {
    "huge": picture((5000, 3000)),
    "very tall": picture((20, 4000)),
    "very wide": picture((4000, 20)),
    "one dot": picture((1, 1)),
    "too many dots": picture((9000, 9000), "GIF"),
    "photograph": picture((300, 100), "JPEG"),
    "truncated": picture((300, 100))[:200],
    "not a picture": b"MZ\x90\x00 not a picture",
    "broken drawing": b"<svg><g",
    "drawing that reaches out": REACHING_OUT,
    "drawing without size": WITHOUT_SIZE,
    "drawing too long": b"<svg>" + b" " * 1_000_001,
    "web page": b"<!doctype html><p>Logo</p>",
}


def with_logo(logo: bytes) -> LetterContent:
    letter = composed()
    sender: Sender = replace(letter.sender, logo=logo)
    return replace(letter, sender=sender)


@pytest.mark.parametrize("case", LOGOS)
def test_no_logo_breaks_the_letter(case: str) -> None:
    letter = with_logo(LOGOS[case])

    assert page_count(letter) == 1
    assert_only_the_address_shows(letter)


def test_a_logo_is_printed_at_the_top_left_within_its_frame() -> None:
    pdf = batch(with_logo(picture((900, 300)))).letters[0].pdf
    frame = (21.9, 14.9, 64.1, 29.1)

    assert any(
        is_inside(box, frame) and box[2] - box[0] > 41 for box in drawn_boxes(pdf)
    )


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


def test_a_batch_stops_when_asked() -> None:
    def progress(done: int, total: int) -> bool:
        return done < total - 3

    with pytest.raises(BatchStoppedError) as stopped:
        DocumentMaker().letter_batch([composed()] * 5, progress)

    assert stopped.value.details == {"done": 2, "total": 5}


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
