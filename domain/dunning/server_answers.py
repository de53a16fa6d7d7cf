"""What a mail server's words mean: whom they are about, and in plain words.

Servers answer in English, each in its own way; the code and the enhanced status
(RFC 3463) come first, the usual words of the large hosts after (domain.md H).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.basics.sentences import N_


class About(StrEnum):
    """Whom a server's refusal is about: what it tells of the messages that follow."""

    RECIPIENT = "recipient"
    MESSAGE = "message"
    ALL = "all"
    """The sender, its account or the server itself: each message would meet it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A server's words, understood."""

    about: About
    says: str
    """A sentence to translate."""


_MEANINGS = (
    (
        About.RECIPIENT,
        N_("The recipient's mailbox is full."),
        r"\b[45]\.2\.2\b",
        r"mailbox (is )?full",
        r"(mailbox|user).*quota",
        r"over ?quota",
    ),
    (
        About.MESSAGE,
        N_("The message is too large for the mail server: remove an attachment."),
        r"^552\b|\b5\.3\.4\b|\b5\.2\.3\b",
        r"too (large|big)|size limit|message size",
    ),
    (
        About.ALL,
        N_(
            "The mail server does not accept your user name or password here: check "
            "the mail account in the settings."
        ),
        r"^(530|534|535|538)\b",
        r"\b5\.7\.(8|9|30)\b|\b5\.7\.0 auth",
        r"authentication (is )?required",
        r"relay(ing)? (access )?denied|unable to relay",
    ),
    (
        About.ALL,
        N_("Your mail host's sending limit is reached: the rest waits."),
        r"\b5\.4\.5\b|\b4\.7\.28\b",
        r"(send|sending|daily|hourly|rate|message|user).{0,24}(limit|quota)",
        r"limit exceeded|ratelimit",
        r"too many (messages|e-?mails)",
    ),
    (
        About.ALL,
        N_("The mail server does not let your account send from this address."),
        r"\b5\.1\.[78]\b|\b5\.7\.60\b",
        r"sender (address )?(is )?(rejected|denied|refused)",
        r"not owned by user|send ?as|not allowed to send from",
    ),
    (
        About.ALL,
        N_("The mail server has blocked your account or your connection."),
        r"\b5\.7\.(50\d|51\d|70\d|750)\b|\b4\.7\.500\b",
        r"spamhaus|\brbl\b|black ?list|block ?list",
        r"client host.*(blocked|rejected)",
        r"(your|sender|this|user) (account|ip|address).*(block|suspend|disabl|lock)",
        r"account.{0,24}(block|suspend|disabl|lock|compromis)",
    ),
    (
        About.RECIPIENT,
        N_("Nobody receives mail at this address: check it on the customer's sheet."),
        r"\b5\.1\.(0|1|3|6|10)\b|\b5\.2\.1\b",
        r"(user|recipient|mailbox|address).{0,24}(unknown|not found|unavailable)",
        r"(user|recipient|mailbox|address).{0,24}(does not exist|rejected|invalid)",
        r"(unknown|no such|invalid) (user|recipient|mailbox|address)",
    ),
    (
        About.RECIPIENT,
        N_("What follows the @ of this address receives no mail: check it."),
        r"\b5\.1\.2\b|\b5\.4\.[14]\b",
        r"domain.{0,24}(not found|unknown|does not exist)",
        r"host.{0,8}not found|unrouteable",
    ),
    (
        About.RECIPIENT,
        N_("The recipient's server asks to try again later: it is done by itself."),
        r"gr[ea]ylist",
    ),
    (
        About.ALL,
        N_("The mail server is busy or being repaired: the rest waits."),
        r"\b[45]\.3\.\d\b|^421\b",
        r"service (is )?(temporarily )?(not )?(un)?available",
    ),
    (
        About.MESSAGE,
        N_("The mail server took it for unwanted mail, or its own rules forbid it."),
        r"\b5\.7\.\d+\b|spam|policy|virus",
        r"content (rejected|refused)",
    ),
)
_COMPILED = tuple(
    (re.compile("|".join(words), re.IGNORECASE), Meaning(about=about, says=says))
    for about, says, *words in _MEANINGS
)
# What differs between two answers that say the same: numbers, addresses, names.
_PARTICULARS = re.compile(r"\S*[@\d<>\[\]]\S*")


def meaning_of(answer: str) -> Meaning | None:
    """Understand a mail server's words; None when they are not known."""
    if not answer[:3].isdecimal():
        return None
    return next((m for words, m in _COMPILED if words.search(answer)), None)


def says_the_same(first: str, second: str) -> bool:
    """Tell whether two answers are one refusal, whomever the messages were for."""
    return _gist(first) == _gist(second)


def _gist(answer: str) -> tuple[str, str]:
    words = _PARTICULARS.sub("", answer[3:])
    return answer[:3], " ".join(words.casefold().split())
