"""The payment modes met in the books: which come by themselves, due when."""

from datetime import date

from nicegui import ui

from domain.ledger.entity import Entity
from domain.ledger.payment_modes import PaymentMode
from domain.usecases.payment_modes import (
    ModeMet,
    due_dates_moved,
    save_payment_modes,
    show_payment_modes,
)
from ui import design
from ui.components.confirm_dialog import confirm
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.terms_input import terms_input
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _, ngettext


async def modes_card(session: Session, cards: SettingsCards, entity: Entity) -> None:
    """Let the user say which modes are automatic, and the terms that go with each."""
    met = await session.run(show_payment_modes, entity.id)
    with cards.card(
        "payment-modes",
        _("Payment modes"),
        _(
            "As your books name them. Invoices paid by an automatic mode are left out "
            "of mass dunning; the terms count where neither the file nor the customer "
            "gives any."
        ),
    ) as card:
        if met:
            _Modes(session, card, entity, met)
        else:
            secondary(
                _(
                    "No payment mode is known: they come with imports whose file names "
                    "them, and with the customers' sheets."
                )
            )


class _Modes:
    """A row of fields for each payment mode."""

    def __init__(
        self, session: Session, card: SettingsCard, entity: Entity, met: list[ModeMet]
    ) -> None:
        self._session = session
        self._entity = entity
        with card.fields():
            self._rows = [_Row(one, entity, session.today()) for one in met]
        card.save_row(self._save, name="payment-modes")

    async def _save(self) -> bool:
        entity_id = self._entity.id
        modes = [row.mode() for row in self._rows]
        moved = await self._session.run(due_dates_moved, entity_id, modes)
        if moved and not await self._agrees(moved):
            return False
        await self._session.run(
            save_payment_modes,
            entity_id,
            modes,
            self._session.today(),
            self._session.now(),
        )
        return True

    async def _agrees(self, moved: int) -> bool:
        return await confirm(
            _("Move due dates?"),
            ngettext(
                "With these terms, {count} open invoice is due on another day.",
                "With these terms, {count} open invoices are due on another day.",
                moved,
            ),
            _("Save"),
        )


class _Row:
    """The fields of one payment mode."""

    def __init__(self, met: ModeMet, entity: Entity, today: date) -> None:
        self._code = met.mode.code
        with ui.element("div").classes(f"{design.WIDE} {design.MODE_ROW}"):
            with ui.element("div").classes(design.PLACE):
                ui.label(self._code).classes(design.STRONG)
                secondary(
                    ngettext(
                        "{count} open invoice",
                        "{count} open invoices",
                        met.open_invoices,
                    )
                )
            self._terms = terms_input(
                _("Payment terms of {mode}", mode=self._code),
                met.mode.terms,
                today,
                when_empty=_firms_terms(entity),
            ).mark(f"terms-{self._code}")
            self._automatic = ui.checkbox(
                _("Automatic"), value=met.mode.is_automatic
            ).mark(f"automatic-{self._code}")

    def mode(self) -> PaymentMode:
        """Read what the fields say."""
        return PaymentMode(
            code=self._code,
            is_automatic=self._automatic.value,
            terms=(self._terms.value or "").strip(),
        )


def _firms_terms(entity: Entity) -> str:
    if not entity.default_terms:
        return ""
    return _("Empty: those of the firm, {terms}.", terms=entity.default_terms)
