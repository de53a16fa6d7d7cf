"""Registered letters that came back, about what is still owed: what to do next."""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from domain.dunning.outbox import OutboxMessage, ReturnReason
from domain.dunning.posting import name_in_history
from domain.dunning.registered import ADDRESS_REASONS
from ui import design, formatting, post_words
from ui.components.buttons import quiet_button
from ui.translation import _


def returned_letters(
    letters: Sequence[OutboxMessage], correct_address: Callable[[], Any]
) -> None:
    """Draw each on a line, above the account."""
    for letter in letters:
        if letter.return_reason:
            _line(letter, letter.return_reason, correct_address)


def _line(
    letter: OutboxMessage, why: ReturnReason, correct_address: Callable[[], Any]
) -> None:
    with ui.element("div").classes(design.NOTICE_BOX).mark("returned-letter"):
        ui.icon("assignment_return").props("aria-hidden=true")
        ui.label(
            _(
                "Registered letter returned on {day}, {reason}: {name}.",
                day=formatting.day(letter.returned_on),
                reason=post_words.reason(why).lower(),
                name=name_in_history(letter),
            )
        )
        ui.label(post_words.what_to_do(why)).classes(design.SECONDARY_TEXT)
        if why in ADDRESS_REASONS:
            quiet_button(_("Correct the address"), correct_address)
