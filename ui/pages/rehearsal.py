"""« Simulation »: what the scenarios would send in the days to come, and to whom."""

from dataclasses import replace

from nicegui import ui

from domain.basics.identifiers import CustomerId, ProfileId
from domain.basics.tables import TableContent
from domain.dunning.rehearsal import totals_of
from domain.dunning.scenario import Channel
from domain.usecases.changing_many import (
    CustomerField,
    change_customers,
    restore_customers,
)
from domain.usecases.rehearsing import Rehearsal, Trial, show_rehearsal
from ui import addresses, design, formatting, rehearsal_words
from ui.components.buttons import secondary_button
from ui.components.empty_state import empty_state
from ui.components.import_progress import behind_bar
from ui.components.page_head import page_head
from ui.components.rehearsal_calendar import rehearsal_calendar
from ui.components.rehearsal_export import rehearsal_table
from ui.components.skeleton import skeleton
from ui.components.table_export import export_menu
from ui.components.text import secondary
from ui.components.undo_bar import tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

_NAMED = 3
"""Customers named one by one; more are counted."""


async def rehearsal_page(session: Session, profile: str = "") -> None:
    """Play the next days on a copy.

    ``profile`` and each ``customer`` of the address say what to try.
    """
    customers = ui.context.client.request.query_params.getlist("customer")
    trial = Trial(
        profile_id=ProfileId(profile) if profile else None,
        customer_ids=frozenset(map(CustomerId, customers)),
    )
    await _Rehearsal(session, trial).draw()


class _Rehearsal:
    """The rehearsal on screen."""

    def __init__(self, session: Session, trial: Trial) -> None:
        self._session = session
        self._trial = trial
        self._found: Rehearsal
        self._place: ui.element
        self._choices: ui.element

    async def draw(self) -> None:
        """Draw the head, then play: that may take seconds for thousands."""
        with page_head(_("Rehearsal")):
            ui.link(_("Act by scenario"), addresses.ACT_BY_SCENARIO)
            export = ui.element("div")
        self._choices = ui.element("div").classes(design.FILTERS)
        self._place = ui.element("div").classes(design.STACK)
        if not await self._play():
            return
        with export:
            export_menu(self._session, _("Rehearsal"), self._table)
        with self._choices:
            self._draw_choices()

    async def _play(self) -> bool:
        """Play the days; tells whether there is anything on screen."""
        session = self._session
        self._place.clear()
        with self._place:
            waiting = skeleton()
        found = await behind_bar(
            _("Rehearsal"),
            lambda tell: session.run_aside(
                show_rehearsal,
                session.entity_id,
                session.outside.mail.check_address,
                session.today(),
                self._trial,
                tell=tell,
            ),
        )
        waiting.delete()
        with self._place:
            if found is None:
                _stopped()
                return False
            self._found = found
            self._show(found)
        return True

    def _show(self, found: Rehearsal) -> None:
        secondary(rehearsal_words.supposing(found)).mark("supposing")
        if not any(day.messages for day in found.days):
            with empty_state(
                _("Nothing would be sent in these days"),
                _("No open invoice of these customers reaches a step by then."),
                icon="event_available",
            ):
                pass
            return
        _totals(found)
        rehearsal_calendar(found)

    def _draw_choices(self) -> None:
        profiles = {p.id: p.name for p in self._found.profiles}
        if self._trial.customer_ids:
            ui.label(self._whom()).classes(design.STRONG).mark("rehearsed-customer")
        chosen = ui.select(
            {"": _("All profiles, as they are"), **profiles},
            value=self._trial.profile_id or "",
            label=_("Profile"),
            on_change=lambda event: self._try(profile_id=event.value or None),
        )
        chosen.props(design.INPUT).props("options-dense").mark("rehearsed-profile")
        if not self._trial.customer_ids:
            everyone = ui.checkbox(
                _("As if all customers had this profile"),
                on_change=lambda event: self._try(everyone=bool(event.value)),
            ).mark("everyone")
            everyone.bind_visibility_from(chosen, "value", backward=bool)
            return
        give = secondary_button(_("Give them this profile"), self._assign)
        give.mark("give-profile").bind_visibility_from(chosen, "value", backward=bool)

    def _whom(self) -> str:
        """Name the customers tried; many are only counted."""
        ids = self._trial.customer_ids
        if len(ids) > _NAMED:
            return ngettext("{count} customer", "{count} customers", len(ids))
        customers = self._found.customers
        return ", ".join(sorted(customers[key].name for key in ids if key in customers))

    async def _assign(self) -> None:
        """Put the customers tried on the profile, for good."""
        session, client = self._session, ui.context.client
        field, profile = CustomerField.PROFILE, self._trial.profile_id
        with refusals_shown():
            before = await session.run(
                change_customers,
                session.entity_id,
                self._trial.customer_ids,
                field,
                profile,
            )

            async def undo() -> None:
                await session.run(restore_customers, session.entity_id, field, before)

            names = {one.id: one.name for one in self._found.profiles}
            words = ngettext(
                "{what}: {count} customer changed.",
                "{what}: {count} customers changed.",
                len(before),
                what=_("Profile “{name}”", name=names[profile] if profile else ""),
            )
            tell_done(client, words, undo)

    async def _try(self, **changed: object) -> None:
        self._trial = replace(self._trial, **changed)  # type: ignore[arg-type]
        with refusals_shown():
            await self._play()

    def _table(self) -> TableContent:
        return rehearsal_table(self._found)


def _stopped() -> None:
    with empty_state(
        _("The rehearsal was stopped"),
        _("Nothing was written: it may be played again at any time."),
        icon="event_busy",
    ):
        ui.link(_("Play it again"), addresses.REHEARSAL)


def _totals(found: Rehearsal) -> None:
    messages = [m for day in found.days for m in day.messages]
    customers = len({m.customer_id for m in messages})
    with ui.element("div").classes(design.ROW).mark("rehearsal-totals"):
        for channel in Channel:
            count = sum(day.count(channel) for day in found.days)
            if count:
                _counter(
                    design.CHANNEL_ICONS[channel],
                    rehearsal_words.counted(channel, count),
                )
        notices = sum(day.formal_notices for day in found.days)
        if notices:
            drawn = _counter("gavel", rehearsal_words.formal_notices(notices))
            drawn.classes(design.FORMAL_NOTICE)
        secondary(
            _(
                "to {customers}, from {first} to {last}",
                customers=ngettext("{count} customer", "{count} customers", customers),
                first=formatting.day(found.days[0].day),
                last=formatting.day(found.days[-1].day),
            )
        )
        asked = " · ".join(map(formatting.money, totals_of(messages)))
        secondary(
            _(
                "{amount} asked for in all, a document counted with each message",
                amount=asked,
            )
        )


def _counter(icon: str, words: str) -> ui.element:
    with ui.element("span").classes(design.COUNTER) as drawn:
        ui.icon(icon).props("aria-hidden=true")
        ui.label(words)
    return drawn
