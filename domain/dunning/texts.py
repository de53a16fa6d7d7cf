"""The firm's own wordings, one per kind of message, channel and language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.basics.identifiers import EntityId, TextId
from domain.dunning.scenario import Channel


class Tone(StrEnum):
    """How a wording speaks."""

    COURTEOUS = "courteous"
    FIRM = "firm"


FORMAL_NOTICE = "formal_notice"
STATEMENT = "statement"
PROMISE_CONFIRMED = "promise_confirmed"
PAYMENT_SCHEDULE = "payment_schedule"
TEXT_KEYS = (
    "advance_notice",
    "reminder_1",
    "reminder_2",
    "reminder_3",
    "reminder_4",
    FORMAL_NOTICE,
    "thank_you",
    STATEMENT,
    PROMISE_CONFIRMED,
    PAYMENT_SCHEDULE,
)
ABOUT_A_PROMISE = (PROMISE_CONFIRMED, PAYMENT_SCHEDULE)
ABOUT_THE_ACCOUNT = (STATEMENT, *ABOUT_A_PROMISE)
"""Those that no step of a scenario sends: they ask for nothing by a date of theirs."""
STEP_KEYS = tuple(key for key in TEXT_KEYS if key not in ABOUT_THE_ACCOUNT)
"""Those that steps send, and that a firm's own texts start from."""
OWN_MARK = "~"
"""In the key of a firm's own text, between the kind it started from and its name."""
WRITTEN_CHANNELS = (Channel.EMAIL, Channel.LETTER)
_FIRM = ("reminder_3", "reminder_4", FORMAL_NOTICE)

Shipped = Mapping[tuple[str, str, str, str], tuple[str, str]]
"""(key, channel, language, tone) → subject, body."""


def own_key(base: str, name: str) -> str:
    """Make the key of a firm's own text, that started from a kind that ships."""
    return f"{base_of(base)}{OWN_MARK}{name}"


def base_of(key: str) -> str:
    """Tell the kind that ships: itself, or the one an own text started from."""
    return key.partition(OWN_MARK)[0]


def own_name(key: str) -> str:
    """Tell what a firm calls its own text; empty for what ships."""
    return key.partition(OWN_MARK)[2]


def is_formal(key: str) -> bool:
    """Whether a text puts its reader on notice (« mise en demeure »)."""
    return base_of(key) == FORMAL_NOTICE


def usual_tone(key: str) -> Tone:
    """Tell how a kind of message speaks unless the firm chose otherwise."""
    return Tone.FIRM if base_of(key) in _FIRM else Tone.COURTEOUS


def tones_of(key: str) -> tuple[Tone, ...]:
    """List the tones that ship; a formal notice that spares words is not one."""
    return (Tone.FIRM,) if is_formal(key) else tuple(Tone)


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
    tone: Tone = Tone.COURTEOUS
    saved_at: datetime | None = None
    """When the firm changed it last; None while it follows what ships."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """What a wording said until it was changed."""

    text_id: TextId
    tone: Tone
    subject: str
    body: str
    saved_at: datetime | None
    """None for what shipped."""
    replaced_at: datetime


def text_in(
    texts: Iterable[MessageText], key: str, channel: Channel, language: str
) -> MessageText | None:
    """Find a wording in the customer's language, else in French.

    An own text that lacks it gives way to the kind that it started from.
    """
    found = {(t.key, t.language): t for t in texts if t.channel == channel}
    wanted = [(k, lang) for lang in (language, "fr") for k in (key, base_of(key))]
    return next((found[one] for one in wanted if one in found), None)
