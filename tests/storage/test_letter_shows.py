"""Letters that are hard to lay out, kept as pictures in docs/letters when asked.

``RELANCE_PICTURES=docs/letters pytest tests/storage/test_letter_shows.py`` draws them.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from domain.dunning.letter import LetterContent
from domain.dunning.letter_layout import LetterFont, LetterLayout
from storage.documents.maker import DocumentMaker
from tests.builders import a_customer, an_entity, an_item
from tests.composing import as_shipped, cents_of
from tests.domain.test_penalty_claim import notice
from tests.paper import batch, is_inside, pages_of, text_boxes
from tests.storage.test_letter_window import picture

_FOLDER = os.environ.get("RELANCE_PICTURES", "")
_WIDTH = 620


def _sixty_items() -> LetterContent:
    items = [an_item(reference=f"FA-{n:03}", cents=100_01 + n) for n in range(60)]
    return as_shipped("reminder_3", *items)


def _foreign() -> LetterContent:
    customer = a_customer(
        name="Zink und Söhne Apparatebau GmbH",
        address="Halle 4\nHof 2\nAm Werk 7",
        postal_code="80331",
        city="München",
        country="Allemagne",
        language="en",
    )
    return as_shipped("reminder_2", customer=customer, language="en")


def _dressed() -> LetterContent:
    letter = as_shipped("reminder_1", *[an_item(reference=f"FA-{n}") for n in range(4)])
    layout = LetterLayout(font=LetterFont.SERIF, colour="#7a1f2b", head="Comptabilité")
    sender = replace(letter.sender, logo=picture((900, 300)))
    return replace(letter, layout=layout, sender=sender)


SHOWS: dict[str, Callable[[], LetterContent]] = {
    "60-pieces": _sixty_items,
    "nom-de-300-caracteres": lambda: as_shipped(
        "reminder_1", customer=a_customer(name="Établissements " * 20)
    ),
    "adresse-etrangere": _foreign,
    "sans-logo": lambda: as_shipped("formal_notice"),
    "sans-iban": lambda: as_shipped("reminder_2", entity=an_entity(iban="", bic="")),
    "presentation-choisie": _dressed,
}
_BY_LAW: dict[str, Callable[[], LetterContent]] = {
    "mise-en-demeure-professionnel": lambda: notice(a_customer()),
    "mise-en-demeure-consommateur": lambda: notice(a_customer(is_individual=True)),
    "mise-en-demeure-acheteur-public": lambda: notice(a_customer(is_public=True)),
    "relance-procedure-collective": lambda: as_shipped(
        "reminder_2", customer=a_customer(is_insolvent=True)
    ),
}


@pytest.mark.parametrize("name", SHOWS | _BY_LAW if _FOLDER else SHOWS)
def test_a_letter_hard_to_lay_out_is_whole(name: str) -> None:
    letter = (SHOWS | _BY_LAW)[name]()
    made = batch(letter).letters[0]
    pages = pages_of(made.pdf)

    assert sum(cents_of(line.left) for line in letter.lines) == cents_of(letter.total)
    for rank, page in enumerate(pages, 1):
        assert f"Page {rank}/{len(pages)}" in page
    for line in letter.recipient_lines:
        assert line in pages[0]
    assert all(is_inside(box, (0, 0, 210, 297)) for box in text_boxes(made.pdf))
    _keep(name, made.pdf)


def _keep(name: str, pdf: bytes) -> None:
    if not _FOLDER:
        return
    for rank, seen in enumerate(DocumentMaker().pictures(pdf), 1):
        with Image.open(BytesIO(seen)) as full:
            small = full.resize((_WIDTH, round(full.height * _WIDTH / full.width)))
        small.quantize(128).save(Path(_FOLDER, f"{name}-{rank}.png"), optimize=True)
