"""Take a waiting e-mail up again in « Agir par client », filled in as it was."""

from domain.dunning.scenario import Channel, StepKind
from domain.dunning.tags import Tag
from domain.usecases.by_customer import Switches
from domain.usecases.outbox import MessageView
from ui.drafts import Draft, Written
from ui.session import Session

_LAST_REMINDER = 3
_TEXT_KEYS = {
    StepKind.ADVANCE_NOTICE: "advance_notice",
    StepKind.THANK_YOU: "thank_you",
}


def take_up(session: Session, view: MessageView) -> None:
    """Make a draft of a waiting e-mail: nothing changes until it is put back."""
    message, mail = view.message, session.outside.mail
    content = view.document or b""
    draft = Draft(
        item_ids=frozenset(item.id for item in view.items),
        channel=Channel.EMAIL,
        switches=Switches(
            counts=message.counts, modifies=message.level_after is not None
        ),
        level_after=message.level_after,
        replaces=message.id,
    )
    draft.written[Channel.EMAIL] = Written(
        kind=message.kind,
        text_key=_text_key(message.kind, message.level),
        subject=message.subject,
        body=with_table(message.body, mail.text(content)),
        recipients=message.recipient.splitlines(),
        copies=message.copies.splitlines(),
        attachments=list(mail.attachments(content)),
    )
    session.drafts.put(message.customer_id, draft)


def with_table(body: str, text: str) -> str:
    """Put the tag of the table back where the text of the e-mail has the table."""
    paragraphs = body.split("\n\n")
    ends = 0
    for number, paragraph in enumerate(paragraphs):
        begins = text.find(paragraph, ends)
        if begins < 0:
            continue
        if number and text[ends:begins].strip():
            paragraphs.insert(number, f"%{Tag.TABLEAU_COMPTABLE.value}%")
            break
        ends = begins + len(paragraph)
    return "\n\n".join(paragraphs)


def _text_key(kind: StepKind, level: int) -> str:
    if level > _LAST_REMINDER:
        return "formal_notice"
    return _TEXT_KEYS.get(kind, f"reminder_{max(level, 1)}")
