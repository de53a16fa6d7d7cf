"""Letters filled in a form, beside the same letters laid out in full."""

import os
import re
import zlib
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from domain.dunning.letter import LetterContent
from storage.documents.engine import Engine
from storage.documents.express import Forms
from storage.documents.letter_press import LetterPress
from tests.builders import a_customer, an_item
from tests.composing import as_shipped
from tests.paper import pages_of

_ALL = bool(os.environ.get("RELANCE_EXPRESS_ALL"))
"""All the nasty words, by name: each is laid out in full, which takes its time."""
_POINTS = 0.05
_SENTENCE = (
    "Un paragraphe assez long pour tenir sur plus d’une ligne, quelle que soit la "
    "manière dont on le coupe, et qui finit "
)
Glyph = tuple[str, float, float, float]


@cache
def engine() -> Engine:
    return Engine()


@cache
def presses() -> tuple[LetterPress, LetterPress]:
    return LetterPress(engine(), Forms()), LetterPress(engine(), Forms("69.0"))


def a_letter(rank: int = 0, items: int = 2) -> LetterContent:
    return as_shipped(
        "reminder_1",
        *(an_item(reference=f"FA-{rank}-{n}", cents=12_000 + n) for n in range(items)),
        customer=a_customer(code=f"C{rank:03}", name=f"Client {rank:03}"),
    )


def named(name: str) -> LetterContent:
    letter = a_letter()
    return replace(letter, recipient_lines=(name, *letter.recipient_lines[1:]))


def about(reference: str, amount: str) -> LetterContent:
    letter = a_letter()
    lines = tuple(
        replace(line, reference=reference, left=amount) for line in letter.lines
    )
    return replace(letter, lines=lines)


def saying(text: str) -> LetterContent:
    letter = a_letter()
    return replace(letter, paragraphs_before=(letter.paragraphs_before[0], text))


def glyphs(pdf: bytes) -> list[list[Glyph]]:
    """Read each character that leaves ink, its place and its size, page by page."""
    raw, found = pypdfium2.raw, []
    x, y = raw.c_double(), raw.c_double()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            own = []
            for index in range(text.count_chars()):
                read = text.get_text_range(index, 1)
                raw.FPDFText_GetCharOrigin(text, index, x, y)
                size = raw.FPDFText_GetFontSize(text, index)
                if read.strip():
                    own.append((read, x.value, y.value, size))
            found.append(own)
    return found


def check_same_places(one: bytes, other: bytes) -> None:
    assert [text.split() for text in pages_of(one)] == [
        text.split() for text in pages_of(other)
    ]
    for glyphs_here, glyphs_there in zip(glyphs(one), glyphs(other), strict=True):
        for here, there in zip(glyphs_here, glyphs_there, strict=True):
            assert here[1:] == pytest.approx(there[1:], abs=_POINTS), (here, there)


def check_alike(letter: LetterContent) -> bool:
    """Compare both ways of making a letter; tell whether a form was filled."""
    express, plain = presses()
    before = express.laid_out
    filled, laid_out = express.printed(letter), plain.printed(letter)
    assert filled.page_count == laid_out.page_count
    check_same_places(filled.pdf, laid_out.pdf)
    return express.laid_out == before


_USUAL = [
    named("Dupont & Fils"),
    named("fi fl ffi « AVATAR » Œuvrée"),
    about("F/2026-000123", "−1\u202f234,56"),
    about("9", "123\u202f456\u202f789,12"),
    saying("Sauf erreur, 99\u202f999,99\u00a0€ restent dus " + _SENTENCE + "là-bas."),
]
_NASTY = [
    named("株式会社"),
    named("שלום"),
    named("Café 🎉"),
    named("co\u00adopé\u00adrative"),
    named("a\u202eb"),
    about("FACTURE NUMÉRO 12 DE L’ANNÉE 2026", "1,00"),
    saying("Un mot\u00a0: " + "x" * 150),
]
_NASTIER = [
    named("Ż" * 12),
    named(""),
    named("W" * 120),
    named("e\u0301te\u0301"),
    named("<script>alert(1)</script>"),
    named("  deux  espaces "),
    about("", ""),
    saying("Court."),
    saying(""),
    saying("Deux\nlignes"),
    saying(_SENTENCE * 3),
    saying("avant-hier, peut-être/ou pas, " * 4),
    saying("**gras** //penché// __souligné__ " * 6),
    a_letter(items=9),
    a_letter(items=60),
]


def test_usual_words_fill_a_form_and_no_glyph_moves() -> None:
    check_alike(a_letter())
    check_alike(saying(_SENTENCE + "ici."))

    for letter in _USUAL:
        assert check_alike(letter)


def test_words_that_might_move_others_fill_no_form() -> None:
    express, _plain = presses()
    express.printed(a_letter())
    assert express.filled(a_letter(1))

    for letter in _NASTY:
        assert not express.filled(letter)


@pytest.mark.skipif(not _ALL, reason="RELANCE_EXPRESS_ALL asks for all of them")
def test_whatever_is_written_is_drawn_as_full_layout_draws_it() -> None:
    for letter in _NASTIER:
        check_alike(letter)
    for rank in range(150):
        both = about(f"{rank * 7919:x}", f"{rank * 104729},{rank % 100:02}")
        check_alike(
            replace(both, recipient_lines=named("x" * (rank % 40)).recipient_lines)
        )


@pytest.mark.parametrize(
    "body",
    [
        '<p style="width: 50mm; text-align: right">{}</p>',
        '<p style="border: 1px solid; padding: 2mm">Cher <b>{}</b>, bonjour.</p>',
        '<p style="position: absolute; right: 0; width: 50mm">{}</p>',
        '<ul style="width: 90mm"><li>{}</li></ul>',
        "<p>" + "Une ligne bien remplie. " * 6 + "{} et la suite de la phrase.</p>",
    ],
)
def test_where_words_have_no_say_in_widths_they_fill_the_form(body: str) -> None:
    other = page(body, "Œuvre n° 12")

    written = learnt(body).written(other, "", b"")

    assert written
    laid_out = engine().write(engine().render(other, {}), archival=False)
    check_same_places(written, laid_out)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>{}</td><td>autre</td></tr></table>",
        '<p style="float: left">{}</p><p>suite</p>',
        '<p><span style="display: inline-block">{}</span> suite</p>',
        '<div style="display: flex"><p>{}</p><p>suite</p></div>',
        '<p style="position: absolute; right: 0">{}</p>',
        '<p style="text-transform: uppercase">{}</p>',
        '<p style="text-indent: 5mm">{}</p>',
        "<p>a <u>{}</u></p>",
        '<p>a <b style="background: #eee">{}</b></p>',
        '<p>a <b style="padding: 1mm">{}</b></p>',
        "<style>p::first-letter { font-size: 20pt }</style><p>{}</p>",
        '<p>a <a href="https://example.com">{}</a></p>',
        "<h2>{}</h2>",
    ],
)
def test_where_words_may_move_others_they_fill_no_form(body: str) -> None:
    assert learnt(body).written(page(body, "Œuvre n° 12"), "", b"") is None


def page(body: str, words: str) -> str:
    head = '<!doctype html><html lang="fr"><head><title>Essai</title></head><body>'
    return head + body.replace("{}", words) + "</body></html>"


def learnt(body: str) -> Forms:
    """Learn a page that is not of ours."""
    forms, first = Forms(), page(body, "Premiers mots")
    forms.learn(engine().render(first, {}), first, "", "")
    return forms


def test_a_filled_form_holds_nothing_of_the_letter_before() -> None:
    express, _plain = presses()
    first, second = a_letter(101), a_letter(102)
    express.printed(first)
    pdf = express.printed(second).pdf

    assert "101" not in pages_of(pdf)[0]
    for name in (
        b"Client 101",
        "Client 101".encode("utf-16-be").hex().encode(),
    ):
        assert name not in told(pdf)


def told(pdf: bytes) -> bytes:
    """Read all that a PDF holds, whether it shows or not."""
    packed = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(map(_unpacked, packed))


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_a_filled_form_is_tagged_titled_and_bookmarked() -> None:
    express, plain = presses()
    letter = replace(a_letter(103), subject="Rappel n° 2 : « (é) »")
    express.printed(a_letter(103))
    pdf = express.printed(letter).pdf

    with pypdfium2.PdfDocument(pdf) as document:
        assert document.is_tagged()
        assert document.get_metadata_value("Title") == letter.subject
        assert document.get_metadata_value("Author") == letter.sender.name
        assert [mark.get_title() for mark in document.get_toc()] == ["Client 103"]
    assert b'pdfuaid:part="1"' in pdf
    assert structure(pdf) == structure(plain.printed(letter).pdf)


def structure(pdf: bytes) -> list[str]:
    """Read the tags of the first page, as a screen reader meets them."""
    raw = pypdfium2.raw
    with pypdfium2.PdfDocument(pdf) as document:
        tree = raw.FPDF_StructTree_GetForPage(document[0])
        found: list[str] = []

        def walk(element: object) -> None:
            if not element:
                return
            size = raw.FPDF_StructElement_GetType(element, None, 0)
            name = (raw.c_char * size)()
            raw.FPDF_StructElement_GetType(element, name, size)
            found.append(bytes(name).decode("utf-16-le").rstrip("\0"))
            for rank in range(raw.FPDF_StructElement_CountChildren(element)):
                walk(raw.FPDF_StructElement_GetChildAtIndex(element, rank))

        for rank in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, rank))
        raw.FPDF_StructTree_Close(tree)
    return found


def test_the_code_to_pay_is_drawn_dot_for_dot() -> None:
    express, plain = presses()
    letter = a_letter(104)
    assert letter.payment
    payment = replace(letter.payment, qr_payload=letter.payment.qr_payload + "!")
    letter = replace(letter, payment=payment)
    express.printed(a_letter(104))
    before = express.laid_out

    seen = drawn(express.printed(letter).pdf)

    assert express.laid_out == before
    assert seen == drawn(plain.printed(letter).pdf)


def drawn(pdf: bytes) -> bytes:
    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[0].render(scale=2).to_pil().convert("L")
    return bytes(shown.tobytes())


def test_another_version_of_weasyprint_is_not_trusted() -> None:
    _express, plain = presses()
    plain.printed(a_letter())

    assert not plain.filled(a_letter())


def test_forms_in_memory_are_never_many() -> None:
    forms = Forms()
    bodies = ["<p>{}</p>" * count for count in range(1, 40)]
    for body in bodies:
        html = page(body, "mots")
        forms.learn(engine().render(html, {}), html, "", "")

    assert forms.written(page(bodies[-1], "autres"), "", b"")
    assert not forms.written(page(bodies[0], "autres"), "", b"")
