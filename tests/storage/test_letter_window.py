from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from domain.basics.postal import postal_lines
from domain.dunning.letter import LetterContent, Sender
from storage.documents.maker import DocumentMaker
from storage.documents.refusals import LogoUnreadableError
from tests.builders import a_customer, an_entity
from tests.composing import composed
from tests.paper import (
    KEPT_CLEAR,
    WINDOW,
    batch,
    drawn_boxes,
    is_blank_around_the_window,
    is_inside,
    page_count,
    pages_of,
    text_boxes,
    touches,
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


def picture(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB") -> bytes:
    image = Image.new("RGB", size, "#12436d")
    ImageDraw.Draw(image).line((0, 0, *size), fill="white", width=9)
    image = image.convert(mode)
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
    "photograph for print": picture((300, 100), "JPEG", "CMYK"),
    "black and white": picture((300, 100), mode="1"),
    "transparent": picture((300, 100), mode="RGBA"),
    "truncated": picture((300, 100), "JPEG")[:1000],
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


@pytest.mark.parametrize("case", ["photograph for print", "transparent", "huge"])
def test_an_ordinary_logo_is_made_fit_for_print(case: str) -> None:
    content, mime = DocumentMaker().printable_logo(LOGOS[case])

    assert mime == "image/png"
    with Image.open(BytesIO(content)) as printable:
        assert printable.width <= 1400
        seen = printable.convert("RGB").getpixel((1, printable.height - 2))
        assert seen == (18, 67, 109)


@pytest.mark.parametrize("case", ["not a picture", "too many dots"])
def test_a_file_that_is_no_picture_is_refused(case: str) -> None:
    with pytest.raises(LogoUnreadableError):
        DocumentMaker().printable_logo(LOGOS[case])
