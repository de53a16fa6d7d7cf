"""What the app must know of a screen to list it, frame it and draw it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.basics.sentences import N_


class MenuGroup(StrEnum):
    """Parts of the side menu, in their order."""

    HOME = "home"
    FOLLOW = "follow"
    ACT = "act"
    OUTBOX = "outbox"
    IMPORT = "import"
    CONFIGURE = "configure"
    HELP = "help"


HEADINGS = {
    MenuGroup.FOLLOW: N_("Follow up"),
    MenuGroup.ACT: N_("Act"),
    MenuGroup.CONFIGURE: N_("Set up"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A screen: ``builder(session, **path_parameters)`` draws it inside the frame."""

    path: str
    title: str
    """An English message marked with ``N_``."""
    builder: Callable[..., Awaitable[None]]
    group: MenuGroup | None = None
    """None for a screen reached from another one."""
    icon: str = ""
    needs_entity: bool = True
    """Whether it makes no sense before a firm exists."""


def in_menu(pages: Sequence[Page], group: MenuGroup) -> list[Page]:
    """List the pages of a part of the menu."""
    return [page for page in pages if page.group is group]


def lit_page(pages: Sequence[Page], shown: Page | None) -> Page | None:
    """Find the menu's page for a page: a customer's sheet lights « Clients »."""
    if shown is None:
        return None
    holding = [
        page
        for page in pages
        if page.group and f"{shown.path}/".startswith(f"{page.path}/")
    ]
    return max(holding, key=lambda page: len(page.path), default=None)
