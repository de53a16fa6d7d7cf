"""« Profils »: families of customers, their categories, and who sells to them."""

from functools import partial

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from domain.dunning.profile import Grouping
from domain.usecases.changing_many import CustomerField
from domain.usecases.profiles import (
    ProfileLine,
    ProfilesView,
    new_profile,
    show_profiles,
)
from ui import addresses, design, formatting
from ui.components.badge import Badge, badge
from ui.components.buttons import icon_button, primary_button
from ui.components.families_card import families_card
from ui.components.page_head import page_head
from ui.components.profile_gestures import delete_profile_dialog, edit_profile_dialog
from ui.components.text import secondary, section_title
from ui.design import Tone
from ui.session import Session
from ui.translation import _


async def profiles_page(session: Session) -> None:
    """List profiles, categories and salespersons, each with its gestures."""
    page = _Profiles(session)
    await page.read()
    with page_head(_("Profiles")):
        ui.link(_("Scenarios"), addresses.SCENARIOS)
        primary_button(_("Add a profile"), page.add, icon="add").mark("add-profile")
    secondary(
        _(
            "A profile says which scenario its customers follow. Give it to several"
            " customers at once in “Customers”."
        )
    )
    page.draw()
    with ui.element("div").classes(design.GRID):
        await families_card(session, CustomerField.CATEGORY)
        await families_card(session, CustomerField.SALESPERSON)


class _Profiles:
    """The profiles on screen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._view: ProfilesView

    async def read(self) -> None:
        """Read the profiles as they are."""
        self._view = await self._session.run(show_profiles, self._session.entity_id)

    def add(self) -> None:
        """Ask for a new profile."""
        profile = new_profile(self._session.entity_id)
        line = ProfileLine(profile=profile, pair=None, customers=0, by_default=0)
        edit_profile_dialog(self._session, self._view, line, self._refresh)

    @ui.refreshable_method
    def draw(self) -> None:
        """Draw a line for each profile."""
        section_title(_("Profiles of customers"))
        with ui.element("table").classes(design.TEXT_TABLE).mark("profiles"):
            with ui.element("thead"), ui.element("tr"):
                for words in (
                    _("Profile"),
                    _("Scenario"),
                    _("Messages"),
                    _("Customers"),
                    "",
                ):
                    TextElement(tag="th", text=words).props("scope=col")
            with ui.element("tbody"):
                for line in self._view.lines:
                    with ui.element("tr"):
                        self._row(line)

    def _row(self, line: ProfileLine) -> None:
        profile = line.profile
        with (
            ui.element("th").props("scope=row"),
            ui.element("div").classes(design.ROW),
        ):
            ui.label(profile.name)
            if profile.is_default:
                badge(Badge(text=_("default"), tone=Tone.NOT_DUE, icon="star_outline"))
        with ui.element("td"):
            if line.pair:
                ui.link(line.pair.name, addresses.scenario(line.pair.id))
            else:
                ui.label(_("none: nothing is proposed"))
        with ui.element("td"):
            ui.label(grouping(profile.grouping))
        with ui.element("td"):
            ui.label(formatting.count(line.customers))
        with ui.element("td"), ui.element("div").classes(design.ROW):
            icon_button(
                "edit",
                _("Change {name}", name=profile.name),
                partial(
                    edit_profile_dialog, self._session, self._view, line, self._refresh
                ),
            ).mark(f"edit-profile-{profile.name}")
            if not profile.is_default:
                icon_button(
                    "delete_outline",
                    _("Delete {name}", name=profile.name),
                    partial(
                        delete_profile_dialog,
                        self._session,
                        self._view,
                        line,
                        self._refresh,
                    ),
                ).mark(f"delete-profile-{profile.name}")

    async def _refresh(self) -> None:
        await self.read()
        self.draw.refresh()


def grouping(value: Grouping) -> str:
    """Say what one message holds."""
    if value is Grouping.WHOLE_ACCOUNT:
        return _("one for the whole account")
    return _("one per level")
