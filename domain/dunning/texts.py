"""The firm's own wordings, one per kind of message and channel."""

from dataclasses import dataclass

from domain.basics.identifiers import EntityId, TextId
from domain.dunning.scenario import Channel

TEXT_KEYS = (
    "advance_notice",
    "reminder_1",
    "reminder_2",
    "reminder_3",
    "formal_notice",
    "thank_you",
)
FORMAL_NOTICE = "formal_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageText:
    """What one kind of message says, with %tags% to be replaced.

    The body is plain text; blank lines part its paragraphs, and a paragraph that
    is just ``%tableau_comptable%`` says where the items go.
    """

    id: TextId
    entity_id: EntityId
    key: str
    channel: Channel
    language: str
    subject: str
    body: str
