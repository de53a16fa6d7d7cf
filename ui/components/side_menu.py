"""The menu on the left: only the screens that exist."""

from collections.abc import Sequence

from nicegui import ui

from ui import addresses, design
from ui.components.waiting_count import waiting_badge
from ui.page import HEADINGS, MenuGroup, Page, in_menu
from ui.translation import _

_SHORTCUTS = (MenuGroup.HOME, MenuGroup.FOLLOW, MenuGroup.ACT, MenuGroup.OUTBOX)
"""Alt+1 to Alt+4 open the first screen of each."""


def side_menu(pages: Sequence[Page], lit: Page | None, waiting: int) -> None:
    """Draw the menu; ``waiting`` is the number of messages ready to leave."""
    menu = ui.element("nav").classes(design.SIDE_MENU)
    menu.props["aria-label"] = _("Menu")
    with menu:
        _brand()
        for group in MenuGroup:
            members = in_menu(pages, group)
            heading = HEADINGS.get(group)
            if heading and members and [page.title for page in members] != [heading]:
                ui.label(_(heading)).classes(design.MENU_GROUP)
            if group is MenuGroup.OUTBOX and members:
                # What follows belongs to no heading, « Agir » least of all.
                ui.element("div").classes(design.MENU_BREAK)
            for page in members:
                link = _link(page, is_lit=page is lit)
                if group in _SHORTCUTS and page is members[0]:
                    link.props["data-shortcut"] = _SHORTCUTS.index(group) + 1
                if group is MenuGroup.OUTBOX:
                    with link:
                        waiting_badge(waiting)


def _brand() -> None:
    with ui.link(target=addresses.HOME).classes(design.BRAND):
        ui.element("img").props("src=/static/icon.svg alt=''")
        ui.label("Relance")


def _link(page: Page, *, is_lit: bool) -> ui.link:
    link = ui.link(target=page.path).classes(design.MENU_LINK)
    link.props["title"] = _(page.title)  # the icon's name, when the menu is narrow
    if is_lit:
        link.props["aria-current"] = "page"
    with link:
        ui.icon(page.icon).props("aria-hidden=true")
        ui.label(_(page.title))
    return link
