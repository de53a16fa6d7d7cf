"""What is done with a scenario from the list: copy, rename, remove, rehearse."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from domain.basics.identifiers import PairId
from domain.dunning.rehearsal import totals_of
from domain.dunning.scenario import Channel
from domain.dunning.scenario_pair import ScenarioPair
from domain.usecases.rehearsing import Trial, show_rehearsal
from domain.usecases.scenario_effects import effect_of_columns
from domain.usecases.scenarios import (
    ScenarioLine,
    copy_scenario,
    delete_scenario,
    rename_scenario,
    restore_setup,
)
from ui import addresses, design, formatting, rehearsal_words
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.import_progress import behind_bar
from ui.components.rehearsal_calendar import rehearsal_calendar
from ui.components.scenario_effect import concerned
from ui.components.text import paragraph, secondary, section_title
from ui.components.undo_bar import tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _

Refresh = Callable[[], Awaitable[None]]


def copy_dialog(session: Session, pair: ScenarioPair) -> None:
    """Ask for the name of a copy, then open it."""

    async def save() -> None:
        copy = await session.run(copy_scenario, pair, typed(name))
        ui.navigate.to(addresses.scenario(copy.id))

    with form_dialog(_("Duplicate “{name}”", name=pair.name), _("Duplicate"), save):
        paragraph(_("Both columns, with all their steps, are copied."))
        name = text_field(_("Name of the new scenario")).props("autofocus")
        name.mark("scenario-name")


def rename_dialog(session: Session, pair: ScenarioPair, refresh: Refresh) -> None:
    """Ask for another name."""
    client = ui.context.client

    async def save() -> None:
        before = await session.run(rename_scenario, pair, typed(name))
        await refresh()

        async def undo() -> None:
            await session.run(restore_setup, session.entity_id, before)
            await refresh()

        tell_done(client, _("Scenario renamed."), undo)

    with form_dialog(_("Rename “{name}”", name=pair.name), _("Rename"), save):
        name = text_field(_("Name of the scenario"), pair.name).props("autofocus")
        name.mark("scenario-name")


async def delete_dialog(
    session: Session,
    line: ScenarioLine,
    others: list[ScenarioPair],
    refresh: Refresh,
) -> None:
    """Ask which scenario its profiles follow instead, and say what that changes."""
    client, pair = ui.context.client, line.pair

    async def save() -> None:
        instead = PairId(str(chosen.value)) if line.profiles and chosen.value else None
        before = await session.run(delete_scenario, session.entity_id, pair.id, instead)
        await refresh()

        async def undo() -> None:
            await session.run(restore_setup, session.entity_id, before)
            await refresh()

        tell_done(client, _("Scenario “{name}” deleted.", name=pair.name), undo)

    async def tell() -> None:
        other = next((one for one in others if one.id == chosen.value), None)
        if other is None:
            return
        with refusals_shown():
            effect = await session.run_aside(
                effect_of_columns,
                session.entity_id,
                session.outside.mail.check_address,
                session.today(),
                pair.id,
                other.columns,
            )
            told.text = concerned(effect)

    with form_dialog(_("Delete “{name}”?", name=pair.name), _("Delete"), save):
        if line.profiles:
            names = ", ".join(profile.name for profile in line.profiles)
            paragraph(_("Followed by: {profiles}", profiles=names))
        else:
            paragraph(_("No profile follows it."))
        chosen = ui.select(
            {one.id: one.name for one in others},
            label=_("These profiles follow instead"),
            on_change=tell,
        )
        chosen.props(design.INPUT).mark("follow-instead")
        chosen.visible = bool(line.profiles)
        told = secondary("").mark("effect-customers")


async def rehearse_draft(session: Session, pair: ScenarioPair) -> None:
    """Show what a scenario would send in the days to come, as it is on screen."""
    with refusals_shown():
        found = await behind_bar(
            _("Rehearsal"),
            lambda tell: session.run_aside(
                show_rehearsal,
                session.entity_id,
                session.outside.mail.check_address,
                session.today(),
                Trial(columns=pair.columns),
                tell=tell,
            ),
        )
        if found is None:
            return
        with (
            ui.context.client.content,
            ui.dialog(value=True) as dialog,
            ui.element("div").classes(design.DIALOG_WIDE).mark("draft-rehearsed"),
        ):
            section_title(_("What “{name}” would send", name=pair.name))
            messages = [m for day in found.days for m in day.messages]
            counted = [
                rehearsal_words.counted(channel, count)
                for channel in Channel
                if (count := sum(m.channel is channel for m in messages))
            ]
            if messages:
                asked = [formatting.money(total) for total in totals_of(messages)]
                paragraph(" · ".join([*counted, *asked]))
                secondary(rehearsal_words.supposing(found))
                rehearsal_calendar(found)
            else:
                paragraph(_("Nothing would be sent in the next 60 days."))
        dialog.on("hide", dialog.delete)
