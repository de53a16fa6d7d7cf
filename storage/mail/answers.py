"""What an attempt came to, in words: the server's own, or ours when it had none.

Ours are English and whole; the screen passes every answer through translation,
which leaves the server's words alone.
"""

import smtplib
import socket
import ssl
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.basics.sentences import N_
from domain.dunning.outbox import Delivery, DeliveryReport
from domain.dunning.server_answers import About, meaning_of
from storage.mail.sign_in_refusals import (
    ProviderSilentError,
    SignInError,
    refusal_words,
)

LONGEST = 300
FIRST_LASTING_REFUSAL = 500


class Answer(StrEnum):
    """Our words, when the mail server said nothing that can be shown."""

    NAME_UNKNOWN = N_(
        "The mail server's name was not found: check it and the connection."
    )
    SILENT = N_("The mail server did not answer in time.")
    UNREACHABLE = N_("The mail server could not be reached.")
    CUT = N_("The connection with the mail server was cut before the message left.")
    IN_DOUBT = N_(
        "The connection was cut just after the message was handed over: "
        "it may have left."
    )
    CERTIFICATE = N_(
        "The mail server did not prove who it is: its certificate was not accepted, "
        "and nothing was said to it."
    )
    OTHER_NAME = N_(
        "The server's certificate is for another name: check the server's name. "
        "Nothing was said to it."
    )
    EXPIRED = N_(
        "The server's certificate has expired: ask your mail host. "
        "Nothing was said to it."
    )
    NOT_OFFERED = N_(
        "The mail server does not offer this security or this way to log in here: "
        "check the port and the security."
    )


def is_accepted(code: int) -> bool:
    """Tell whether an SMTP code says yes (RFC 5321, 4.2.1)."""
    return code // 100 == 2  # noqa: PLR2004 - as the standard writes it


def is_refused(code: int) -> bool:
    """Tell whether an SMTP code says no, for now (4xx) or for good (5xx)."""
    return code // 100 in (4, 5)


def in_words(code: int, words: bytes | str) -> str:
    """Write the server's answer on one line, code first."""
    text = words if isinstance(words, str) else words.decode(errors="replace")
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(f"{code} {printable}".split())[:LONGEST]


class RecipientRefusedError(smtplib.SMTPResponseException):
    """The server took the sender, and not the customer's address."""


def certificate_answer(problem: ssl.SSLCertVerificationError) -> Answer:
    """Tell why a certificate was not accepted (OpenSSL's codes)."""
    reasons = {10: Answer.EXPIRED, 62: Answer.OTHER_NAME, 64: Answer.OTHER_NAME}
    return reasons.get(problem.verify_code, Answer.CERTIFICATE)


def explain(problem: Exception) -> DeliveryReport:
    """Tell what an attempt came to that failed before the message had left.

    Whom it is about is first what the server's words say, else where in the
    conversation they were said. Every smtplib error is also an OSError: what the
    server said comes first, or a refusal would be taken for a missing connection and
    tried again for ever.
    """
    outcome, answer = Delivery.OFFLINE, str(Answer.UNREACHABLE)
    match problem:
        case DunningError():
            outcome, answer = Delivery.REFUSED, refusal_words(problem)
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words) if (
            is_refused(code)
        ):
            lasting = code >= FIRST_LASTING_REFUSAL
            outcome = Delivery.REFUSED if lasting else Delivery.LATER
            answer = in_words(code, words)
        case smtplib.SMTPServerDisconnected():
            silent = isinstance(problem.__context__, TimeoutError)
            answer = Answer.SILENT if silent else Answer.CUT
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            answer = Answer.CUT
        case ssl.SSLCertVerificationError():
            outcome, answer = Delivery.REFUSED, certificate_answer(problem)
        case ProviderSilentError():
            answer = problem.says
        case smtplib.SMTPException() | ssl.SSLError():
            outcome, answer = Delivery.REFUSED, Answer.NOT_OFFERED
        case TimeoutError():
            answer = Answer.SILENT
        case socket.gaierror() | UnicodeError():
            answer = Answer.NAME_UNKNOWN
    meaning = meaning_of(answer)
    about = meaning.about if meaning else _stage(problem)
    return DeliveryReport(outcome=outcome, answer=answer, about=about)


def _stage(problem: Exception) -> About:
    match problem:
        case RecipientRefusedError():
            return About.RECIPIENT
        case SignInError():
            return About.ALL
        case smtplib.SMTPDataError() | DunningError():
            return About.MESSAGE
    return About.ALL
