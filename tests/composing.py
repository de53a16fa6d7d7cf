"""Messages composed for tests, from ordinary records and the wordings that ship."""

from typing import Any

from domain.basics import wording
from domain.dunning.compose import compose
from domain.dunning.letter import LetterContent
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import ABOUT_THE_ACCOUNT
from domain.ledger.open_item import OpenItem
from storage.documents.templates import starting_texts
from tests.builders import (
    TODAY,
    a_customer,
    a_scenario,
    a_step,
    a_text,
    an_entity,
    an_item,
)

_KINDS = {
    "advance_notice": StepKind.ADVANCE_NOTICE,
    "thank_you": StepKind.THANK_YOU,
    **dict.fromkeys(ABOUT_THE_ACCOUNT, StepKind.ADVANCE_NOTICE),
}


def composed(
    *items: OpenItem,
    kind: StepKind = StepKind.REMINDER,
    channel: Channel = Channel.LETTER,
    body: str = "Bonjour,\n\n%tableau_comptable%\n\nMerci.",
    subject: str = "Relance",
    key: str = "reminder_1",
    language: str = "fr",
    payment_days: int = 8,
    **others: Any,  # noqa: ANN401 - any argument of compose
) -> LetterContent:
    """Compose a message to the usual customer about some items."""
    shown = items or (an_item(),)
    step = a_step(kind=kind, channel=channel, payment_days=payment_days)
    arguments: dict[str, Any] = {
        "entity": an_entity(),
        "customer": a_customer(),
        "contact": None,
        "account_items": shown,
        "last_reminder_on": None,
        "today": TODAY,
        "reference": "REL-1",
        "logo": None,
        "logo_mime": "",
    }
    return compose(
        PlannedMessage(
            customer_id=a_customer().id,
            scenario=a_scenario(),
            step=step,
            channel=channel,
            items=shown,
            due_since=TODAY,
        ),
        text=a_text(key=key, subject=subject, body=body, language=language),
        **(arguments | others),
    )


def as_shipped(
    key: str,
    *items: OpenItem,
    channel: Channel = Channel.LETTER,
    language: str = "fr",
    **others: Any,  # noqa: ANN401 - any argument of compose
) -> LetterContent:
    """Compose a message with the wording that ships for it."""
    subject, body = starting_texts()[key, channel, language]
    return composed(
        *items,
        key=key,
        kind=_KINDS.get(key, StepKind.REMINDER),
        channel=channel,
        language=language,
        subject=subject,
        body=body,
        **others,
    )


def cents_of(text: str) -> int:
    """Read an amount back from what is printed."""
    if text == wording.NOTHING:
        return 0
    digits = "".join(char for char in text if char.isdigit())
    return -int(digits) if "−" in text else int(digits)
