"""Bounces of servers that follow no standard, told by their words."""

import re

from domain.basics.text import folded, squeezed
from domain.dunning.incoming import IncomingKind, ReceivedMail, Understood

_LONGEST_WORDS = 300
_READ = 6000
_ADDRESS = re.compile(
    r"[^\s<>()\[\];:,\"']+@[^\s<>()\[\];:,\"']+\.[a-z]{2,}", re.IGNORECASE
)
_STATUS = re.compile(r"(?<![\d.])([45])\.\d{1,3}\.\d{1,3}(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d[ -](?=\D)")
# Whom servers write as; their words decide the rest.
_SERVERS = re.compile(
    r"mailer[-_. ]?daemon|post[ _]?master|double-bounce|mdaemon"
    r"|mail[-_. ](delivery|administrator)"
    r"|smtp_mail|delivery (sub)?system|mail system|mailadm\b|^ndr@|jetmail|imss@"
    r"|anti-?virus|system administrator|inetgw"
)
_SUBJECTS = re.compile(
    r"undeliver|undelivrable|non[ -]?deliver|non remis|non distribu|not (been )?deliver"
    r"|could not be (sent|deliver)|deliver(y|ed)? (status|fail|prob|delay|warn|report"
    r"|notif)|failure (notice|deliver)|fail(ed|ure)? ?(mail|,)|mail failed"
    r"|returned mail|mail (error|system error|delivery)|delayed mail|message delayed"
    r"|message \S+ delayed|message delivery|user unknown|non recense"
    r"|automatically rejected|processing error"
    r"|non remise|echec|delivery fail|permanent delivery"
)
_WAITING = re.compile(
    r"still being retried|will (be )?(retr|keep trying|continue)|message delayed"
    r"|delayed mail|mail(ing)? delay|has been delayed|delayed \d+ (hour|day)|\(delay\)"
    r"|not yet been delivered|delivery (is )?delayed|no action is required"
    r"|warning(: message| only)|temporary (error|failure|problem)|try(ing)? again later"
    r"|delivery attempts will continue|delivery warning|retri(es|ed) for"
)
_SAID_OF_THE_REST = re.compile(
    r"^.{0,10}(original message|message follows|copy of (the|your|my) message"
    r"|unsent message|message headers|returned message|transcript of session follows"
    r"|message contents|the header|message header|enclosed is|forwarded message"
    r"|message d.origine|the message that|---- ?original|included message"
    r"|start of returned).*$"
    r"|^-{3,} ?(below|this is|message|original|undelivered|here).*$"
    r"|^(received|return-path): .*$",
    re.IGNORECASE | re.MULTILINE,
)
_GAVE_UP = re.compile(
    r"permanent|given up|gave up|giving up|fatal|unknown user|user unknown|no such user"
    r"|not going to try again|too long|could ?n.t|not found|unable|fail"
    r"|did not reach|invalid user|no such|errors from|pas pu etre|n.a pas ete"
)


def is_from_a_server(mail: ReceivedMail) -> bool:
    """Tell whether a mail server wrote it: by its name, or its empty return path.

    A reply that names a message in its headers is a person's, whatever it quotes.
    """
    if "x-failed-recipients" in mail.headers or mail.report == "delivery-status":
        return True
    author = folded(mail.headers.get("from", mail.sender))
    is_null = mail.headers.get("return-path", "").strip() in {"<>", '""'}
    says_so = bool(_SUBJECTS.search(folded(mail.subject)))
    if _SERVERS.search(author):
        return True
    return says_so and (is_null or not mail.answers)


def plain_report(mail: ReceivedMail) -> Understood | None:
    """Read a server's own words; None where they tell of no failure."""
    words = _own_words(mail.text)
    said = folded(f"{mail.subject}\n{words}")
    is_failure = (
        "x-failed-recipients" in mail.headers
        or _SUBJECTS.search(folded(mail.subject))
        or _GAVE_UP.search(said)
        or _WAITING.search(said)
    )
    if not is_failure:
        return None
    kind = _kind(said)
    named = mail.headers.get("x-failed-recipients", "") or words
    failed = dict.fromkeys(found[0].rstrip(".") for found in _ADDRESS.finditer(named))
    return Understood(
        kind=kind,
        is_final=not _WAITING.search(said),
        failed=tuple(failed),
        says=_telling_line(words),
    )


def _kind(said: str) -> IncomingKind:
    if _WAITING.search(said):
        return IncomingKind.TEMPORARY_BOUNCE
    found = _STATUS.findall(said) or _CODE.findall(said)
    if found and "5" not in found:
        return IncomingKind.TEMPORARY_BOUNCE
    return IncomingKind.PERMANENT_BOUNCE


def _own_words(text: str) -> str:
    """Keep what the server wrote, not the message that it sends back."""
    found = _SAID_OF_THE_REST.search(text)
    kept = text[: found.start()] if found and found.start() > 0 else text
    return kept[:_READ]


def _telling_line(words: str) -> str:
    """Choose the line that tells why: the one with a code, else the first."""
    lines = [squeezed(line) for line in words.splitlines() if line.strip()]
    telling = [n for n in lines if _STATUS.search(n) or _CODE.search(n)]
    return next(iter(telling or lines), "")[:_LONGEST_WORDS]
