"""Turns an e-mail's content into the bytes that are kept, then sent."""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formataddr

from domain.basics.file_names import safe_file_name
from domain.files import Attachment
from domain.ports import EmailContent, Picture
from storage.mail.addresses import on_the_wire

READABLE = "quoted-printable"  # filters distrust a text that hides in base64
SHORT = 60

# A header ends where its line does: one left in a subject could add headers.
_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def build_message(email: EmailContent) -> bytes:
    """Write an e-mail as text and HTML, with its attachments.

    Raises:
        UnusableAddressError: the sender's, a recipient's or the answers' address is
            malformed.
    """
    sender = on_the_wire(email.sender_address)
    recipient = ", ".join(map(on_the_wire, (email.recipient, *email.also_to)))
    copies = ", ".join(map(on_the_wire, email.copies))
    answers_to = on_the_wire(email.reply_to) if email.reply_to else ""
    written = f"{sender}{recipient}{copies}{answers_to}"
    rules = SMTP if written.isascii() else SMTPUTF8
    # Seven bits pass through every server, and no line is ever too long.
    # What is set raw is folded already: folded again, it would lose a space.
    message = EmailMessage(policy=rules.clone(cte_type="7bit", refold_source="none"))
    message.set_raw("From", _named(sender, _on_one_line(email.sender_name)))
    message["To"] = recipient
    if copies:
        message["Cc"] = copies
    if answers_to:
        message["Reply-To"] = answers_to
    if email.wants_receipt:  # RFC 8098: readers' programs ask them, or not
        message["Disposition-Notification-To"] = sender
    if email.answers:
        message["In-Reply-To"] = f"<{email.answers[-1]}>"
        message.set_raw("References", "\n ".join(f"<{one}>" for one in email.answers))
    message.set_raw("Subject", _encoded(_on_one_line(email.subject), "Subject"))
    message["Date"] = email.date
    message["Message-ID"] = f"<{email.message_id}>"
    message.set_content(email.text, cte=READABLE)
    message.add_alternative(email.html, subtype="html", cte=READABLE)
    _add_pictures(message, email.pictures)
    for file in email.attachments:
        maintype, _, subtype = file.mime.partition("/")
        message.add_attachment(
            file.content,
            maintype=maintype,
            subtype=subtype,
            filename=safe_file_name(_on_one_line(file.name)),
        )
    return message.as_bytes()


def attachments_of(content: bytes) -> tuple[Attachment, ...]:
    """Take the files out of a message built here."""
    message = message_from_bytes(content, policy=SMTP)
    files = []
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        name, mime = part.get_filename() or "", part.get_content_type()
        files.append(Attachment(name=name, mime=mime, content=payload))
    return tuple(files)


def text_of(content: bytes) -> str:
    """Read the text of a message built here, as readers that draw no HTML show it."""
    part = message_from_bytes(content, policy=SMTP).get_body(("plain",))
    return str(part.get_content()) if part else ""


def _add_pictures(message: EmailMessage, pictures: Sequence[Picture]) -> None:
    """Join pictures to the HTML that shows them: readers block those of the web."""
    html = message.get_body(("html",))
    for picture in pictures:
        if html is not None:
            html.add_related(
                picture.content,
                maintype="image",
                subtype="png",
                cid=f"<{picture.name}>",
                disposition="inline",
                filename=f"{picture.name.partition('@')[0]}.png",
            )


def _named(address: str, name: str) -> str:
    encoded = _encoded(name, "From")
    if encoded == name:
        return formataddr((name, address))
    return f"{encoded}\n <{address}>"


def _encoded(text: str, header: str) -> str:
    """Encode what is not short plain ASCII.

    EmailMessage would do it, and lose a space now and then in a long accented
    subject (Python 3.11): hence ``set_raw``, which keeps the older Header's words.
    """
    if text.isascii() and len(text) < SHORT:
        return text
    return Header(text, "utf-8", header_name=header).encode()


def _on_one_line(text: str) -> str:
    """Remove what could end a header, or be decoded into it («=?…?=»)."""
    return _LINE_BREAKS.sub(" ", text).replace("=?", "= ?").strip()
