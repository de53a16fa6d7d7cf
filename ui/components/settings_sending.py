"""How fast e-mails leave: the mail host's limits, or those the user chooses."""

from nicegui import ui

from domain.basics.identifiers import EntityId
from domain.dunning.throttle import HOSTS, OTHER_HOST, SendingLimits
from domain.usecases.throttling import (
    chosen_limits,
    host_limits,
    limits_of,
    save_limits,
)
from ui import design
from ui.components.settings_card import SettingsCard, SettingsCards
from ui.session import Session
from ui.translation import _

_OTHER = "other"
_OWN = "own"


async def sending_card(
    session: Session, cards: SettingsCards, entity_id: EntityId
) -> None:
    """Let the user say how many e-mails may leave in a minute, an hour, a day."""
    limits = await session.run(limits_of, entity_id)
    own = await session.run(host_limits, entity_id)
    is_chosen = await session.run(chosen_limits, entity_id) is not None
    with cards.card(
        "sending",
        _("Sending limits"),
        _(
            "Mail hosts allow so many messages: beyond, Relance waits and goes on by "
            "itself. The values proposed are prudent; your contract may allow more."
        ),
    ) as card:
        _Limits(session, card, entity_id, limits, own, is_chosen=is_chosen)


class _Limits:
    """The three numbers, and what fills them in."""

    def __init__(
        self,
        session: Session,
        card: SettingsCard,
        entity_id: EntityId,
        limits: SendingLimits,
        own: SendingLimits,
        *,
        is_chosen: bool,
    ) -> None:
        self._session, self._entity_id, self._own = session, entity_id, own
        with card.fields():
            self._host = ui.select(
                {
                    _OWN: _("Follow the mail account"),
                    **{host.name: host.name for host in HOSTS},
                    _OTHER: _("Another mail host"),
                },
                label=_("Fill in for a mail host"),
                value=None if is_chosen else _OWN,
                on_change=self._fill,
            )
            self._host.props(design.INPUT).classes(design.WIDE).mark("limits-host")
            self._minute = _field(_("E-mails per minute"), limits.per_minute, "minute")
            self._hour = _field(_("E-mails per hour"), limits.per_hour, "hour")
            self._day = _field(_("E-mails per day"), limits.per_day, "day")
        for field in (self._minute, self._hour, self._day):
            field.on("keydown", self._is_own)
        card.save_row(self._save, name="sending")

    def _is_own(self) -> None:
        self._host.value = None

    def _fill(self) -> None:
        name = self._host.value
        if name is None:
            return
        known = {_OWN: self._own, **{host.name: host.limits for host in HOSTS}}
        limits = known.get(name, OTHER_HOST)
        self._minute.value = limits.per_minute
        self._hour.value = limits.per_hour
        self._day.value = limits.per_day

    async def _save(self) -> None:
        chosen = SendingLimits(
            per_minute=int(self._minute.value or 0),
            per_hour=int(self._hour.value or 0),
            per_day=int(self._day.value or 0),
        )
        follows = self._host.value == _OWN
        await self._session.run(
            save_limits, self._entity_id, None if follows else chosen
        )


def _field(label: str, value: int, name: str) -> ui.number:
    drawn = ui.number(label, value=value, min=0, precision=0)
    drawn.props(design.INPUT).mark(f"per-{name}")
    drawn.props["hint"] = _("0: no limit.")
    return drawn
