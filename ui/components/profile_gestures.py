"""Add, change or delete a profile: whom that concerns is said before it is saved."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import Client, ui
from nicegui.elements.mixins.text_element import TextElement

from domain.basics.identifiers import PairId, ProfileId
from domain.dunning.profile import Grouping, Profile
from domain.usecases.profiles import (
    ProfileLine,
    ProfilesView,
    delete_profile,
    save_profile,
)
from domain.usecases.scenario_effects import effect_of_profile
from domain.usecases.scenarios import Setup, restore_setup
from ui import design
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.scenario_effect import concerned
from ui.components.text import paragraph, secondary
from ui.components.undo_bar import tell_done
from ui.refusals import refusals_shown
from ui.session import Session
from ui.translation import _, ngettext

Refresh = Callable[[], Awaitable[None]]


def edit_profile_dialog(
    session: Session, view: ProfilesView, line: ProfileLine, refresh: Refresh
) -> None:
    """Ask for a profile's name, scenario and messages."""
    known, client = line.profile, ui.context.client

    def read() -> Profile:
        return replace(
            known,
            name=typed(name),
            pair_id=PairId(str(scenario.value)) if scenario.value else None,
            grouping=Grouping(grouping.value),
            is_default=default.value,
        )

    async def save() -> None:
        before = await session.run(save_profile, read())
        await refresh()
        _tell(client, session, _("Profile saved."), before, refresh)

    async def tell() -> None:
        if line.customers:
            await _tell_effect(session, known, read(), told)

    heading = _("Profile “{name}”", name=known.name) if known.name else _("New profile")
    with form_dialog(heading, _("Save"), save):
        name = text_field(_("Name"), known.name).props("autofocus").mark("profile-name")
        scenario = ui.select(
            {"": _("None"), **{pair.id: pair.name for pair in view.pairs}},
            value=known.pair_id or "",
            label=_("Scenario"),
            on_change=tell,
        )
        scenario.props(design.INPUT).mark("profile-scenario")
        grouping = ui.radio(
            {
                Grouping.PER_LEVEL: _(
                    "One message per level: invoices of one level go together"
                ),
                Grouping.WHOLE_ACCOUNT: _(
                    "One message for the whole account, at its highest level"
                ),
            },
            value=known.grouping,
            on_change=tell,
        ).mark("profile-grouping")
        default = ui.checkbox(
            _("Default profile: that of customers who have none of their own"),
            value=known.is_default,
        ).mark("profile-default")
        default.enabled = not known.is_default
        told = secondary("").mark("effect-customers")
        _tell_of_default(view, known, default)


def _tell_of_default(view: ProfilesView, known: Profile, default: ui.checkbox) -> None:
    """Say how many customers a new default profile takes over."""
    count = sum(line.by_default for line in view.lines)
    if known.is_default or not count:
        return
    secondary(
        ngettext(
            "{count} customer without a profile of its own takes this one.",
            "{count} customers without a profile of their own take this one.",
            count,
        )
    ).bind_visibility_from(default, "value")


def delete_profile_dialog(
    session: Session, view: ProfilesView, line: ProfileLine, refresh: Refresh
) -> None:
    """Ask which profile its customers take instead, and say what that changes."""
    known, client = line.profile, ui.context.client
    others = {one.profile.id: one.profile for one in view.lines if one is not line}
    usual = next(one.id for one in others.values() if one.is_default)

    async def save() -> None:
        before = await session.run(
            delete_profile,
            session.entity_id,
            known.id,
            ProfileId(str(instead.value)) if line.customers else None,
        )
        await refresh()
        words = _("Profile “{name}” deleted.", name=known.name)
        _tell(client, session, words, before, refresh)

    async def tell() -> None:
        other = others[ProfileId(str(instead.value))]
        await _tell_effect(session, known, other, told)

    heading = _("Delete profile “{name}”?", name=known.name)
    with form_dialog(heading, _("Delete"), save):
        if line.customers:
            paragraph(
                ngettext(
                    "{count} customer has this profile.",
                    "{count} customers have this profile.",
                    line.customers,
                )
            )
        else:
            paragraph(_("No customer has this profile."))
        instead = ui.select(
            {key: one.name for key, one in others.items()},
            value=usual,
            label=_("They take instead"),
            on_change=tell,
        )
        instead.props(design.INPUT).mark("profile-instead")
        instead.visible = bool(line.customers)
        told = secondary("").mark("effect-customers")
        if line.customers:
            ui.timer(0, tell, once=True)


def _tell(
    client: Client,
    session: Session,
    words: str,
    before: Setup,
    refresh: Refresh,
) -> None:
    async def undo() -> None:
        await session.run(restore_setup, session.entity_id, before)
        await refresh()

    tell_done(client, words, undo)


async def _tell_effect(
    session: Session, known: Profile, followed: Profile, told: TextElement
) -> None:
    with refusals_shown():
        effect = await session.run_aside(
            effect_of_profile,
            session.entity_id,
            session.outside.mail.check_address,
            session.today(),
            known,
            followed,
        )
        told.text = concerned(effect)
