"""Each e-mail drawn by a browser, narrow and wide, light and dark.

``RELANCE_PICTURES=docs/emails pytest tests/storage/test_email_shows.py`` draws them.
"""

import os
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from domain.basics.money import Money
from domain.dunning.letter import LetterContent
from domain.dunning.scenario import Channel
from domain.dunning.texts import TEXT_KEYS
from storage.documents.maker import DocumentMaker
from tests.builders import a_customer, a_promise, an_item
from tests.composing import as_shipped
from tests.domain.test_penalty_claim import notice
from tests.ui.conftest import browser, page

__all__ = ["browser", "page"]
_FOLDER = os.environ.get("RELANCE_PICTURES", "")
_WIDTHS = (320, 600, 1000) if _FOLDER else (320,)
_HARDEST = ("reminder_2-suite", "penalites-reclamees", "noms-et-montants-longs")


def _shipped(key: str) -> Callable[[], LetterContent]:
    late = -8 if key == "advance_notice" else 12
    name = "FA-2026-0312"
    return lambda: as_shipped(
        key,
        an_item(days_late=late, reference=name, cents=12_345_67, settled=Money(345_67)),
        an_item(days_late=late, reference="FA-2026-0345", cents=640_80),
        an_item(reference="AV-2026-0012", cents=-200_00, label="Avoir du 3 mars"),
        channel=Channel.EMAIL,
        promises=[
            a_promise(id=str(month), cents=6_220_40, promised_for=date(2026, month, 15))
            for month in (4, 5)
        ],
    )


def _goes_on() -> LetterContent:
    second = _shipped("reminder_2")()
    return replace(second, conversation="Re: Votre compte C001 : règlement en attente")


def _long() -> LetterContent:
    items = [
        an_item(reference=f"FACTURE-2026-MARCHE-{n:06}", cents=1_234_567_89 + n)
        for n in range(3)
    ]
    customer = a_customer(name="Établissements " * 8, code="CLIENT-DE-LONGUE-DATE-42")
    return as_shipped("reminder_3", *items, channel=Channel.EMAIL, customer=customer)


SHOWS: dict[str, Callable[[], LetterContent]] = {
    **{key: _shipped(key) for key in TEXT_KEYS},
    "reminder_2-suite": _goes_on,
    "penalites-reclamees": lambda: notice(a_customer()),
    "noms-et-montants-longs": _long,
}


def _html(email: LetterContent) -> str:
    maker = DocumentMaker()
    payload = email.payment.qr_payload if email.payment else ""
    drawn = b64encode(maker.qr_png(payload)).decode() if payload else ""
    return maker.email_html(email, drawn and f"data:image/png;base64,{drawn}")


@pytest.mark.parametrize("name", SHOWS if _FOLDER else _HARDEST)
def test_an_email_never_scrolls_sideways(page: Page, name: str) -> None:
    page.set_content(_html(SHOWS[name]()))
    for width in _WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width
        _keep(page, name, width)


def _keep(page: Page, name: str, width: int) -> None:
    if not _FOLDER:
        return
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        with Image.open(BytesIO(page.screenshot(full_page=True))) as seen:
            small = seen.convert("RGB").quantize(48)
        small.save(Path(_FOLDER, f"{name}-{width}-{scheme}.png"), optimize=True)
