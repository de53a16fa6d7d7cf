"""Note that a customer contests an item, or its whole account."""

from collections.abc import Awaitable, Callable

from ui.components.form_dialog import form_dialog, text_field, typed
from ui.translation import _


def dispute_dialog(
    reference: str, on_dispute: Callable[[str], Awaitable[None]]
) -> None:
    """Ask what is contested; ``reference`` names an item, empty the account."""

    async def save() -> None:
        await on_dispute(typed(reason))

    heading = _("Dispute on the whole account")
    if reference:
        heading = _("Dispute on {reference}", reference=reference)
    with form_dialog(heading, _("Open the dispute"), save):
        reason = text_field(_("What is contested"), lines=3)
        reason.props("autofocus").mark("reason")
