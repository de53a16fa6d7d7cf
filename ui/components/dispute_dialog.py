"""Note that a customer contests items, or its whole account."""

from collections.abc import Awaitable, Callable

from domain.customers.agreements import Dispute
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _


def dispute_dialog(
    about: str,
    on_dispute: Callable[[str], Awaitable[None]],
    dispute: Dispute | None = None,
) -> None:
    """Ask what is contested; ``about`` names items, empty the account.

    With a dispute, corrects it.
    """

    async def save() -> None:
        await on_dispute(typed(reason))

    heading = _("Dispute on the whole account")
    if about:
        heading = _("Dispute on {about}", about=about)
    with form_dialog(heading, _("Save") if dispute else _("Open the dispute"), save):
        written = dispute.reason if dispute else ""
        reason = text_field(_("What is contested"), written, lines=3)
        reason.props("autofocus").mark("reason")
