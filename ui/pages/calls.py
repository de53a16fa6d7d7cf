"""« Séance d'appels »: today's calls, one customer at a time, one key per result."""

from domain.usecases.call_session import show_session
from ui.components.call_desk import CallDesk, local_hour
from ui.components.page_head import page_head
from ui.components.text import secondary
from ui.session import Session
from ui.translation import _


async def calls_page(session: Session) -> None:
    """Show the first customer to call; what is recorded is kept at once."""
    view = await session.run(
        show_session,
        session.entity_id,
        session.outside.mail.check_address,
        session.today(),
        local_hour(session),
    )
    with page_head(_("Call session")):
        pass
    if view.to_call or view.done:
        secondary(
            _(
                "Calls asked for come first, then the largest amounts; who did not "
                "answer comes again after the others."
            )
        )
    await CallDesk(session, view).draw()
