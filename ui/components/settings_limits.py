"""The limits within which reminders are proposed."""

from dataclasses import replace

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.ledger.entity import DunningOptions
from domain.usecases.configuring import save_options
from domain.usecases.settings import SettingsView
from ui import design
from ui.components.amount_input import amount_from, amount_input
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import days_field, days_in
from ui.session import Session
from ui.translation import _

NO_LIMIT = Money(0)


def limits_card(session: Session, cards: SettingsCards, view: SettingsView) -> None:
    """Let the user say what is too small, too large or too soon to be proposed."""
    with cards.card(
        "limits",
        _("Dunning limits"),
        _("What lies outside them is not proposed; the reason is always shown."),
    ) as card:
        _Limits(session, card, view.entity.id, view.options)


class _Limits:
    """The fields of the limits."""

    def __init__(
        self,
        session: Session,
        card: SettingsCard,
        entity_id: EntityId,
        options: DunningOptions,
    ) -> None:
        self._session = session
        self._entity_id = entity_id
        self._options = options
        with card.fields():
            self._amounts(options)
            self._between = days_field(
                _("Between two contacts"), options.days_between_contacts, name="between"
            )
            self._freshness = days_field(
                _("Ask before sending when data is older than"),
                options.freshness_days,
                name="freshness",
            )
            with ui.element("div").classes(f"{design.STACK} {design.WIDE}"):
                self._switches(options)
        card.save_row(self._save, name="limits")

    def _amounts(self, options: DunningOptions) -> None:
        self._threshold = amount_input(
            _("Do not remind an invoice below"), options.item_threshold
        ).mark("threshold")
        self._minimum = amount_input(
            _("Do not send a message below"), options.message_minimum
        ).mark("minimum")
        self._ceiling = amount_input(
            _("Check by hand a message above"), options.message_ceiling
        ).mark("ceiling")
        self._ceiling.props["hint"] = _("Empty: no ceiling.")

    def _switches(self, options: DunningOptions) -> None:
        self._dispute = ui.checkbox(
            _("An invoice in dispute is not reminded"), value=options.dispute_stops
        )
        self._promise = ui.checkbox(
            _("An invoice promised for a day to come is not reminded"),
            value=options.promise_stops,
        )
        self._insolvent = ui.checkbox(
            _(
                "Remind customers in insolvency proceedings too, never by a formal "
                "notice"
            ),
            value=options.chase_insolvent,
        )
        self._thanks = ui.checkbox(
            _("Thank for every payment, even of an invoice never reminded"),
            value=options.thank_everyone,
        )

    async def _save(self) -> None:
        options = replace(
            self._options,
            item_threshold=amount_from(self._threshold.value) or NO_LIMIT,
            message_minimum=amount_from(self._minimum.value) or NO_LIMIT,
            message_ceiling=amount_from(self._ceiling.value),
            days_between_contacts=days_in(self._between),
            freshness_days=days_in(self._freshness),
            dispute_stops=self._dispute.value,
            promise_stops=self._promise.value,
            chase_insolvent=self._insolvent.value,
            thank_everyone=self._thanks.value,
        )
        await self._session.run(save_options, self._entity_id, options)
        self._options = options
