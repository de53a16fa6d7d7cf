"""What customers are spared: Sundays, holidays, quiet periods, too many contacts."""

from dataclasses import dataclass
from datetime import date

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.dunning.courtesy import Courtesy, QuietPeriod
from domain.usecases.courtesy import (
    PeriodDayMissingError,
    courtesy_of,
    save_courtesy,
)
from ui import design
from ui.components.buttons import icon_button, quiet_button
from ui.components.date_input import DateInput
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import days_field, days_in, text_field
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _


async def courtesy_card(
    session: Session, cards: SettingsCards, entity_id: EntityId
) -> None:
    """Let the user say when nobody is written to."""
    courtesy = await session.run(courtesy_of, entity_id)
    with cards.card(
        "courtesy",
        _("Days without sending"),
        _(
            "No e-mail leaves on these days: what was due is proposed the next day "
            "that is free. Letters may still be printed."
        ),
    ) as card:
        _CourtesyFields(session, card, entity_id, courtesy)


@dataclass(slots=True)
class _PeriodRow:
    row: ui.element
    first: DateInput
    last: DateInput
    reason: ui.input

    def period(self) -> QuietPeriod | None:
        """Read a period; None for a row left empty."""
        first, last = self.first.day, self.last.day
        reason = (self.reason.value or "").strip()
        if first is None and last is None and not reason:
            return None
        if first is None or last is None:
            raise PeriodDayMissingError
        return QuietPeriod(first_on=first, last_on=last, reason=reason)


class _CourtesyFields:
    """The fields of the card."""

    def __init__(
        self,
        session: Session,
        card: SettingsCard,
        entity_id: EntityId,
        courtesy: Courtesy,
    ) -> None:
        self._session = session
        self._card = card
        self._entity_id = entity_id
        self._rows: list[_PeriodRow] = []
        with card.fields():
            with ui.element("div").classes(f"{design.STACK} {design.WIDE}"):
                self._sundays = ui.checkbox(
                    _("Nothing on Sundays"), value=courtesy.spares_sundays
                ).mark("courtesy-sundays")
                self._holidays = ui.checkbox(
                    _("Nothing on French public holidays"),
                    value=courtesy.spares_holidays,
                ).mark("courtesy-holidays")
                self._alsace = ui.checkbox(
                    _("Also those of Alsace and Moselle"),
                    value=courtesy.alsace_moselle,
                ).mark("courtesy-alsace")
            self._cap = ui.number(
                _("Contacts per customer and week, at most"),
                value=courtesy.contacts_per_week,
                min=0,
                precision=0,
            )
            self._cap.props(design.INPUT).mark("courtesy-cap")
            self._cap.props["hint"] = _("Any media, over seven days. 0: no limit.")
            self._catch_up = days_field(
                _("Catch up gently after"), courtesy.catch_up_after, name="catch-up"
            )
            self._catch_up.props["hint"] = _(
                "So many days without any reminder: one message per customer. 0: never."
            )
            with ui.element("div").classes(f"{design.STACK} {design.WIDE}"):
                secondary(_("Quiet periods"))
                self._place = ui.element("div").classes(design.STACK)
                for period in courtesy.periods:
                    self._add(period.first_on, period.last_on, period.reason)
        with card.save_row(self._save, name="courtesy"):
            quiet_button(_("Add a quiet period"), self._add_empty, icon="add").mark(
                "add-period"
            )

    def _add_empty(self) -> None:
        self._add()
        self._card.touch()

    def _add(
        self, first: date | None = None, last: date | None = None, reason: str = ""
    ) -> None:
        with self._place, ui.element("div").classes(design.PERIOD_ROW) as row:
            drawn = _PeriodRow(
                row=row,
                first=DateInput(_("First day"), first).mark("period-first"),
                last=DateInput(_("Last day"), last).mark("period-last"),
                reason=text_field(_("Reason"), reason, name="period-reason"),
            )
            icon_button("close", _("Remove this period"), lambda: self._remove(drawn))
        self._rows.append(drawn)

    def _remove(self, gone: _PeriodRow) -> None:
        self._rows.remove(gone)
        gone.row.delete()
        self._card.touch()

    async def _save(self) -> None:
        periods = [found for row in self._rows if (found := row.period())]
        await self._session.run(
            save_courtesy,
            self._entity_id,
            Courtesy(
                contacts_per_week=days_in(self._cap),
                catch_up_after=days_in(self._catch_up),
                spares_sundays=self._sundays.value,
                spares_holidays=self._holidays.value,
                alsace_moselle=self._alsace.value,
                periods=tuple(sorted(periods, key=lambda p: p.first_on)),
            ),
        )
