"""« Appel »: note what was said on the phone, and what was promised."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from domain.basics.money import Money
from ui.components.form_dialog import form_dialog, text_field, typed
from ui.components.promise_fields import PromiseFields
from ui.components.text import secondary
from ui.translation import _

OnCall = Callable[[str, bool, Money | None, date | None], Awaitable[None]]


def call_dialog(about: str, phones: list[str], currency: str, on_call: OnCall) -> None:
    """Ask what was said, whether it counts as a step, and for a promise."""

    async def save() -> None:
        promised, day = promise.read()
        await on_call(typed(comment), bool(counts.value), promised, day)

    heading = _("Call about {about}", about=about) if about else _("Call")
    with form_dialog(heading, _("Save the call"), save):
        if phones:
            secondary(" · ".join(phones))
        comment = text_field(_("What was said"), lines=3)
        comment.props("autofocus").mark("comment")
        promise = PromiseFields(currency)
        counts = ui.checkbox(
            _("Count this call as the next step of the scenario"), value=False
        ).mark("counts")
