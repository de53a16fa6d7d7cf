"""The first screen, before there is any firm."""

from ui.components.empty_state import empty_state
from ui.components.page_head import page_head
from ui.session import Session
from ui.translation import _


async def welcome_page(session: Session) -> None:
    """Say where the books will be kept."""
    page_head(_("Welcome to Relance"))
    with empty_state(
        _("There is no company yet."),
        _("Your books will be kept in {folder}.", folder=session.folder),
        icon="business",
    ):
        pass
