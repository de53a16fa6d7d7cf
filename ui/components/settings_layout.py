"""The look of letters: envelope, margins, typeface, colour, and a sample beside."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId
from domain.dunning.calibration import calibration_page
from domain.dunning.envelopes import Window
from domain.dunning.letter_layout import (
    LIMITS,
    BatchOrder,
    LetterFont,
    LetterLayout,
)
from domain.usecases.letter_layouts import (
    save_letter_layout,
    save_signature,
    show_letter_layout,
    signature_of,
)
from domain.usecases.sample_letter import compose_sample
from ui import design, labels
from ui.components.buttons import quiet_button
from ui.components.picture_field import PictureField, PictureWords
from ui.components.save_file import open_file
from ui.components.settings_card import SettingsCards
from ui.components.settings_fields import NumberMissingError, text_field
from ui.components.text import secondary
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, refusal

_WAIT_SECONDS = 0.4
"""After the last change, before the sample is made again."""
_TENTHS = ("offset_x", "offset_y", "text_size")
"""Kept in tenths, shown whole."""


async def layout_card(
    session: Session, cards: SettingsCards, entity_id: EntityId
) -> None:
    """Let the user choose how letters look, and see it at once."""
    layout = await session.run(show_letter_layout, entity_id)
    with cards.card(
        "layout",
        _("Look of the letters"),
        _("The sample beside follows your choices; nothing changes until you save."),
    ) as card:
        with ui.element("div").classes(design.LAYOUT_DESK):
            with ui.element("div").classes(design.STACK):
                with card.fields():
                    fields = _LayoutFields(layout)
                await _signature(session, entity_id, layout)
            sample = _Sample(session, entity_id, fields)

        async def save() -> None:
            await session.run(save_letter_layout, entity_id, fields.chosen())

        async def test_page() -> None:
            with refusals_shown():
                page = calibration_page(fields.chosen(), "fr")
                documents = session.outside.documents
                pdf = await asyncio.to_thread(documents.calibration_pdf, page)
                await open_file("page-essai.pdf", pdf)

        with card.save_row(save, name="layout"):
            quiet_button(_("Test page to print"), test_page, icon="straighten").mark(
                "test-page"
            )
            quiet_button(_("As it ships"), fields.as_it_ships)
    sample.follow()


class _LayoutFields:
    """The choices of a layout, read back as one."""

    def __init__(self, layout: LetterLayout) -> None:
        self._kept = layout
        self._choices: dict[str, ValueElement[Any]] = {}
        self._numbers: dict[str, ui.number] = {}
        windows = {window.value: labels.window(window) for window in Window}
        self._select("window", _("Envelope and its window"), windows)
        self._number("offset_x", _("Move the address right"), "mm", step=0.5)
        self._number("offset_y", _("Move the address down"), "mm", step=0.5)
        fonts = {font.value: labels.letter_font(font) for font in LetterFont}
        self._select("font", _("Typeface"), fonts)
        self._number("text_size", _("Size of the text"), "pt", step=0.5)
        self._choices["colour"] = (
            ui.color_input(_("Colour of titles"), value=layout.colour)
            .props(design.INPUT)
            .mark("layout-colour")
        )
        self._number("logo_height", _("Height of the logo"), "mm")
        self._number("margin_left", _("Left margin"), "mm")
        self._number("margin_right", _("Right margin"), "mm")
        self._number("margin_top", _("Top margin"), "mm")
        self._number("margin_bottom", _("Bottom margin"), "mm")
        orders = {order.value: labels.batch_order(order) for order in BatchOrder}
        self._select("batch_order", _("Letters printed in order of"), orders)
        self._choices["head"] = (
            ui.textarea(_("Lines under your address"), value=layout.head)
            .props(design.INPUT)
            .props("autogrow rows=1")
            .classes(design.WIDE)
            .mark("layout-head")
        )
        self._choices["foot"] = text_field(
            _("Line at the foot"), layout.foot, name="layout-foot"
        ).classes(design.WIDE)
        self._switch("has_fold_marks", _("Fold marks"))
        self._switch("is_archival", _("To archive: PDF/A-3 with the items as data"))

    def chosen(self) -> LetterLayout:
        """Read what is chosen, saved or not.

        Raises:
            NumberMissingError: a number is empty.
        """
        numbers = {}
        for name, field in self._numbers.items():
            if field.value is None:
                raise NumberMissingError(field=field.props["label"])
            numbers[name] = round(field.value * (10 if name in _TENTHS else 1))
        return replace(
            self._kept,
            window=Window(self._choices["window"].value),
            font=LetterFont(self._choices["font"].value),
            batch_order=BatchOrder(self._choices["batch_order"].value),
            colour=str(self._choices["colour"].value).strip().lower(),
            head=str(self._choices["head"].value),
            foot=str(self._choices["foot"].value).strip(),
            has_fold_marks=bool(self._choices["has_fold_marks"].value),
            is_archival=bool(self._choices["is_archival"].value),
            **numbers,
        )

    def as_it_ships(self) -> None:
        """Show the layout that ships; it is kept once saved."""
        shipped = LetterLayout()
        for name, field in self._choices.items():
            field.value = getattr(shipped, name)
        for name, number in self._numbers.items():
            number.value = _shown(name, getattr(shipped, name))

    def elements(self) -> list[ValueElement[Any]]:
        """All the fields."""
        return [*self._choices.values(), *self._numbers.values()]

    def _select(self, name: str, label: str, choices: Mapping[str, str]) -> None:
        value = getattr(self._kept, name).value
        field = ui.select(dict(choices), label=label, value=value)
        self._choices[name] = field.props(design.INPUT).mark(f"layout-{name}")

    def _switch(self, name: str, label: str) -> None:
        field = ui.checkbox(label, value=getattr(self._kept, name))
        self._choices[name] = field.classes(design.WIDE).mark(f"layout-{name}")

    def _number(self, name: str, label: str, unit: str, step: float = 1) -> None:
        least, most = (_shown(name, limit) for limit in LIMITS[name])
        field = ui.number(
            label,
            value=_shown(name, getattr(self._kept, name)),
            min=least,
            max=most,
            step=step,
            suffix=unit,
        )
        self._numbers[name] = field.props(design.INPUT).mark(f"layout-{name}")


def _shown(name: str, number: int) -> float:
    return number / 10 if name in _TENTHS else number


class _Sample:
    """A picture of a letter to an invented customer, made again as choices change."""

    def __init__(
        self, session: Session, entity_id: EntityId, fields: _LayoutFields
    ) -> None:
        self._session = session
        self._entity_id = entity_id
        self._fields = fields
        self._asked = 0
        with ui.element("div").classes(design.LAYOUT_PICTURE):
            self._picture = ui.image().props("loading=eager").mark("layout-sample")
            self._picture.props["alt"] = _("A sample letter")
            self._says = secondary(_("An invented customer, and your own letterhead."))

    def follow(self) -> None:
        """Draw the sample now, and after each change."""
        for field in self._fields.elements():
            field.on_value_change(self._soon)
        ui.timer(0, self._draw, once=True)

    async def _soon(self) -> None:
        self._asked += 1
        mine = self._asked
        await asyncio.sleep(_WAIT_SECONDS)
        if mine == self._asked:
            await self._draw()

    async def _draw(self) -> None:
        mine = self._asked
        try:
            picture = await self._made()
        except DunningError as error:
            self._says.text = refusal(error)
            return
        if mine == self._asked and not self._picture.is_deleted:
            self._picture.set_source(f"data:image/png;base64,{picture}")
            self._says.text = _("An invented customer, and your own letterhead.")

    async def _made(self) -> str:
        letter = await self._session.run(
            compose_sample,
            self._entity_id,
            self._fields.chosen(),
            self._session.today(),
        )
        documents = self._session.outside.documents
        batch = await asyncio.to_thread(documents.letter_batch, [letter])
        pictures = await asyncio.to_thread(documents.pictures, batch.pdf)
        return b64encode(pictures[0]).decode()


async def _signature(
    session: Session, entity_id: EntityId, layout: LetterLayout
) -> None:
    async def keep(name: str, mime: str, content: bytes) -> None:
        await session.run(save_signature, entity_id, name, mime, content)

    words = PictureWords(
        name="signature",
        label=_("Signature"),
        ask=_("Drop the picture of a signature here, or click to choose it"),
        none=_("No signature picture: letters are signed by hand, or not at all."),
        saved=_("The signature is saved."),
        remove=_("Remove the signature"),
    )
    picture = await session.run(signature_of, layout)
    await PictureField(session, words, keep).show(picture)
