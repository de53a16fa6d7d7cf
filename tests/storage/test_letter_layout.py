from dataclasses import replace

import pypdfium2
import pytest

from domain.dunning.calibration import calibration_page
from domain.dunning.envelopes import ENVELOPES, Area, Window
from domain.dunning.letter import LetterContent
from domain.dunning.letter_layout import (
    LayoutColourError,
    LayoutNumberError,
    LetterFont,
    LetterLayout,
    check_layout,
    contrast_on_white,
)
from domain.dunning.scenario import Channel
from domain.dunning.texts import STATEMENT
from domain.usecases.letter_layouts import (
    save_letter_layout,
    save_signature,
    show_letter_layout,
)
from domain.usecases.sample_letter import compose_sample
from storage.documents.maker import DocumentMaker
from tests.builders import ENTITY_ID, TODAY, a_text, an_item, books_of_one_firm
from tests.composing import as_shipped
from tests.paper import (
    Box,
    batch,
    drawn_boxes,
    is_inside,
    pages_of,
    text_boxes,
    touches,
)
from tests.storage.test_letter_window import picture

SEVEN_LINES = (
    "Zink und Söhne Apparatebau Gesellschaft",
    "Herr Zink",
    "HALLE 4",
    "HOF 2",
    "AM WERK 7",
    "80331 MUNCHEN",
    "ALLEMAGNE",
)


def laid_out(layout: LetterLayout, lines: tuple[str, ...] = ()) -> LetterContent:
    letter = as_shipped("reminder_1", *[an_item(reference=f"FA-{n}") for n in range(3)])
    return replace(
        letter,
        layout=layout,
        recipient_lines=lines or letter.recipient_lines,
        sender=replace(letter.sender, logo=picture((900, 300))),
    )


def box_of(area: Area) -> Box:
    return area.left, area.top, area.right, area.bottom


@pytest.mark.parametrize("lines", [(), SEVEN_LINES], ids=["four lines", "seven lines"])
@pytest.mark.parametrize("window", list(Window))
def test_each_envelope_shows_the_address_whole_and_nothing_else(
    window: Window, lines: tuple[str, ...]
) -> None:
    envelope = ENVELOPES[window]
    pdf = batch(laid_out(LetterLayout(window=window, head="Service"), lines)).pdf

    shown = [
        box for box in text_boxes(pdf) if touches(box, box_of(envelope.may_be_seen))
    ]

    assert shown
    assert [b for b in shown if not is_inside(b, box_of(envelope.always_seen))] == []
    if not envelope.is_right:
        assert any(box[0] > envelope.window.right for box in drawn_boxes(pdf))


def test_the_window_of_la_poste_is_the_one_that_ships() -> None:
    seen = ENVELOPES[LetterLayout().window].always_seen

    assert box_of(seen) == (100, 45, 190, 79)


@pytest.mark.parametrize("window", list(Window))
def test_the_place_of_the_address_is_always_seen(window: Window) -> None:
    envelope = ENVELOPES[window]

    assert is_inside(box_of(envelope.address), box_of(envelope.always_seen))


def test_the_address_moves_by_tenths_of_a_millimetre_and_nothing_else_does() -> None:
    still = list(text_boxes(batch(laid_out(LetterLayout())).pdf))
    moved = list(
        text_boxes(batch(laid_out(LetterLayout(offset_x=-25, offset_y=15))).pdf)
    )

    shifts = {
        (round(after[0] - before[0], 1), round(after[1] - before[1], 1))
        for before, after in zip(still, moved, strict=True)
    }

    assert shifts == {(0.0, 0.0), (-2.5, 1.5)}


@pytest.mark.parametrize("font", list(LetterFont))
def test_the_widest_margins_keep_a_long_table_within_the_sheet(
    font: LetterFont,
) -> None:
    layout = LetterLayout(
        font=font,
        margin_left=30,
        margin_right=25,
        margin_top=25,
        margin_bottom=35,
        text_size=110,
        logo_height=24,
    )
    items = [an_item(reference=f"FA-{n:03}", cents=1_234_567_89 + n) for n in range(60)]
    letter = replace(as_shipped("reminder_3", *items), layout=layout)
    made = batch(letter)

    with pypdfium2.PdfDocument(made.letters[0].pdf) as document:
        for page in document:
            text = page.get_textpage()
            edges = [text.get_charbox(n) for n in range(text.count_chars())]
            seen = [edge for edge in edges if edge[2] > edge[0]]
            assert max(edge[2] for edge in seen) < (210 - 24.5) * 72 / 25.4
            assert min(edge[0] for edge in seen) > 29.5 * 72 / 25.4
    pages = pages_of(made.letters[0].pdf)
    with_lines = sum("FA-0" in page for page in pages)
    assert "".join(pages).count("À reporter") == with_lines - 1 > 0


def test_what_the_firm_adds_is_printed_and_its_signature_stands_above_its_name() -> (
    None
):
    letter = laid_out(LetterLayout(head="Service client\n\n Tél. 01", foot="Agréé."))
    signed = replace(
        letter, sender=replace(letter.sender, signature=picture((400, 100)))
    )

    text = pages_of(batch(letter).pdf)[0]

    for line in ("Service client", "Tél. 01", "Agréé."):
        assert line in text
    assert len(list(drawn_boxes(batch(signed).pdf))) == 1 + len(
        list(drawn_boxes(batch(letter).pdf))
    )


@pytest.mark.parametrize("is_archival", [False, True])
def test_a_screen_reader_finds_structure_title_and_language(
    *, is_archival: bool
) -> None:
    letter = laid_out(LetterLayout(is_archival=is_archival))

    with pypdfium2.PdfDocument(batch(letter).letters[0].pdf) as document:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
        assert document.get_metadata_value("Title") == letter.subject
        language = pypdfium2.raw.FPDFCatalog_GetLanguage(document, None, 0)
        assert language == 2 * len("fr\0")
        assert document.count_attachments() == int(is_archival)


def test_a_letter_to_archive_carries_its_items_as_data() -> None:
    letter = laid_out(LetterLayout(is_archival=True))

    with pypdfium2.PdfDocument(batch(letter).letters[0].pdf) as document:
        attached = document.get_attachment(0)
        name, data = attached.get_name(), bytes(attached.get_data()).decode()

    rows = [line.split(";") for line in data.splitlines()]
    assert name == "pieces.csv"
    assert rows[0][3:] == [
        "reference",
        "invoice_date",
        "due_date",
        "currency",
        "invoiced",
        "paid",
        "left",
    ]
    assert [row[3] for row in rows[1:]] == ["FA-0", "FA-1", "FA-2"]
    assert rows[1][4:] == [
        "2026-02-17",
        "2026-03-19",
        "EUR",
        "120.00",
        "0.00",
        "120.00",
    ]


@pytest.mark.parametrize("window", list(Window))
def test_the_test_page_shows_an_address_where_letters_have_it(window: Window) -> None:
    page = calibration_page(LetterLayout(window=window, offset_x=20), "fr")

    pdf = DocumentMaker().calibration_pdf(page)

    envelope = ENVELOPES[window]
    shown = [
        box
        for box in text_boxes(pdf)
        if touches(box, box_of(envelope.always_seen)) and box[1] > 50 and box[0] > 15
    ]
    assert min(box[0] for box in shown) == pytest.approx(
        envelope.address.left + 2, abs=1
    )
    assert "2 mm vers la droite" in "".join(pages_of(pdf))


@pytest.mark.parametrize(
    ("colour", "least"), [("#000000", 20.9), ("#12436d", 9), ("#ffffff", 1)]
)
def test_contrast_is_that_of_wcag(colour: str, least: float) -> None:
    assert least <= contrast_on_white(colour) <= least + 2


@pytest.mark.parametrize("colour", ["#ffff00", "red", "", "#12436d;", "url(x)"])
def test_a_colour_that_cannot_be_read_is_refused(colour: str) -> None:
    with pytest.raises(LayoutColourError):
        check_layout(LetterLayout(colour=colour))


def test_a_measure_out_of_its_limits_is_refused_and_nothing_changes() -> None:
    books = books_of_one_firm()

    with pytest.raises(LayoutNumberError):
        save_letter_layout(books, ENTITY_ID, LetterLayout(margin_left=300))

    assert show_letter_layout(books, ENTITY_ID) == LetterLayout()


def test_a_layout_is_kept_with_its_signature_and_seen_on_the_sample() -> None:
    books = books_of_one_firm()
    books.scenarios.save_text(a_text(key=STATEMENT, channel=Channel.LETTER))
    chosen = LetterLayout(window=Window.C5_LEFT, offset_x=-15, head="Compta")

    save_signature(books, ENTITY_ID, "s.png", "image/png", b"drawn")
    save_letter_layout(books, ENTITY_ID, chosen)

    kept = show_letter_layout(books, ENTITY_ID)
    assert replace(kept, signature=None) == chosen
    sample = compose_sample(books, ENTITY_ID, kept, TODAY)
    assert (sample.layout, sample.sender.signature) == (kept, b"drawn")
    save_signature(books, ENTITY_ID, "", "", b"")
    assert show_letter_layout(books, ENTITY_ID) == chosen
