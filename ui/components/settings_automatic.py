"""Which steps leave by themselves, and at what hours."""

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.usecases.automatic import (
    AutomaticSettings,
    AutomaticStep,
    SendingHours,
    automatic_settings,
    last_reports,
    save_automatic,
)
from ui import addresses, design, labels
from ui.components.automatic_reports import automatic_reports
from ui.components.buttons import quiet_button
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.components.settings_fields import days_in
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _


async def automatic_card(
    session: Session, cards: SettingsCards, entity_id: EntityId
) -> None:
    """Let the user switch steps to leaving by themselves; all are off at first."""
    found = await session.run(automatic_settings, entity_id)
    with cards.card(
        "automatic",
        _("Automatic sending"),
        _(
            "The e-mails of the steps ticked leave by themselves at the right date, "
            "while Relance is open or by a scheduled task. Nothing leaves on old "
            "data, on a day without sending, or while a message is to be checked."
        ),
    ) as card:
        if found.steps:
            _Steps(session, card, entity_id, found)
            ui.link(
                _("See what would leave in the next 60 days"), addresses.REHEARSAL
            ).mark("rehearse")
        else:
            secondary(_("No active step sends an e-mail."))


class _Steps:
    """A tick for each step, and the hours."""

    def __init__(
        self,
        session: Session,
        card: SettingsCard,
        entity_id: EntityId,
        found: AutomaticSettings,
    ) -> None:
        self._session = session
        self._entity_id = entity_id
        several = len({one.scenario_name for one in found.steps}) > 1
        with card.fields():
            with ui.element("div").classes(f"{design.STACK} {design.WIDE}"):
                self._ticks = {
                    (one.step.scenario_id, one.step.id): ui.checkbox(
                        _words(one, with_profile=several),
                        value=one.step.is_automatic,
                    ).mark(f"automatic-step-{one.step.code}")
                    for one in found.steps
                }
            self._starts = _hour_field(
                _("Leave from"), found.hours.starts_at, "from-hour"
            )
            self._ends = _hour_field(
                _("Leave until"), found.hours.ends_at, "until-hour"
            )
        with card.save_row(self._save, name="automatic"):
            quiet_button(_("Past sendings"), self._tell, icon="history").mark(
                "past-automatic"
            )

    async def _tell(self) -> None:
        automatic_reports(await self._session.run(last_reports, self._entity_id))

    async def _save(self) -> None:
        ticked = {key for key, tick in self._ticks.items() if tick.value}
        hours = SendingHours(
            starts_at=days_in(self._starts), ends_at=days_in(self._ends)
        )
        await self._session.run(save_automatic, self._entity_id, ticked, hours)


def _words(one: AutomaticStep, *, with_profile: bool) -> str:
    words = _(
        "{step}, {timing}",
        step=labels.step(one.step.code),
        timing=labels.timing(one.step),
    )
    return f"{one.scenario_name} – {words}" if with_profile else words


def _hour_field(label: str, value: int, name: str) -> ui.number:
    drawn = ui.number(
        label, value=value, min=0, max=24, precision=0, suffix=_("o’clock")
    )
    drawn.props(design.INPUT).mark(name)
    return drawn
