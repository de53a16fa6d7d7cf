import random
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from itertools import pairwise
from typing import Any

import pytest

from domain.files import Attachment
from domain.ports import EmailContent, Picture
from storage.mail.addresses import UnusableAddressError
from storage.mail.message import build_message

PDF = Attachment(
    name="Relevé n° 12.pdf", mime="application/pdf", content=b"%PDF \r\n\xff"
)


def an_email(**details: Any) -> EmailContent:  # noqa: ANN401 - any of its fields
    ordinary: dict[str, Any] = {
        "message_id": "3f2a.1@example.com",
        "sender_name": "Société Exemple",
        "sender_address": "compta@example.com",
        "recipient": "camille@client.example.com",
        "subject": "Facture échue : 1\u202f234,56\u00a0€",
        "text": "Bonjour,\n\nNous attendons 1\u202f234,56\u00a0€.\n",
        "html": "<p>Bonjour,</p><p>Nous attendons <b>1\u202f234,56\u00a0€</b>.</p>",
        "date": datetime(2026, 3, 31, 9, 30, tzinfo=UTC),
        "attachments": (PDF,),
    }
    return EmailContent(**ordinary | details)


def read_back(content: EmailContent) -> EmailMessage:
    message = message_from_bytes(build_message(content), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_what_is_written_is_what_a_mail_program_reads() -> None:
    message = read_back(an_email(copies=("chef@example.com", "vente@example.com")))

    assert message["From"] == "Société Exemple <compta@example.com>"
    assert message["To"] == "camille@client.example.com"
    assert message["Cc"] == "chef@example.com, vente@example.com"
    assert message["Subject"] == "Facture échue : 1\u202f234,56\u00a0€"
    assert message["Date"].datetime == datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
    assert message["Message-ID"] == "<3f2a.1@example.com>"


def test_text_and_html_are_two_forms_of_one_letter_beside_the_attachments() -> None:
    message = read_back(an_email())

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]


def test_the_text_form_holds_no_html() -> None:
    plain = read_back(an_email()).get_body(("plain",))

    assert plain
    assert plain.get_content().splitlines() == an_email().text.splitlines()


def test_an_accented_attachment_keeps_its_name_and_its_bytes() -> None:
    [attached] = read_back(an_email()).iter_attachments()

    assert attached.get_filename() == "Relevé n° 12.pdf"
    assert attached.get_content() == PDF.content
    assert attached.get_content_disposition() == "attachment"


def test_every_line_is_short_plain_and_ended_as_mail_servers_require() -> None:
    endless = "mot" * 2000
    written = build_message(an_email(text=endless, html=endless, subject=endless))

    lines = written.split(b"\r\n")
    assert written.isascii()
    assert max(map(len, lines)) < 998
    assert not any(b"\r" in line or b"\n" in line for line in lines)


@pytest.mark.parametrize(
    "poison",
    [
        "Rappel\r\nBcc: espion@example.com",
        "Rappel\nBcc: espion@example.com",
        "Rappel\r\n\r\n<b>autre corps</b>",
        "Rappel\u2028Bcc: espion@example.com\u2029\x0b\x0c\x85",
        "=?utf-8?q?Rappel=0D=0ABcc:_espion@example.com?=",
        "é" * 70 + "\r\nBcc: espion@example.com",
    ],
)
def test_no_text_can_add_a_header(poison: str) -> None:
    attachment = Attachment(name=poison, mime="application/pdf", content=b"%PDF")
    content = an_email(subject=poison, sender_name=poison, attachments=(attachment,))

    message = read_back(content)

    assert not message["Bcc"]
    assert set(message.keys()) == set(read_back(an_email()).keys())
    assert "espion" not in message["From"].addresses[0].addr_spec
    [attached] = message.iter_attachments()
    assert set(attached.keys()) == {
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "MIME-Version",
    }


@pytest.mark.parametrize(
    "name",
    [
        'Dupré, Fils & Cie (SARL) "Les Îles"',
        "Établissements " + "très " * 30 + "longs",
        "Martin <martin@example.com>",
        "",
    ],
)
def test_a_sender_is_named_exactly_whatever_its_name(name: str) -> None:
    # Python's newer reader adds spaces to long names: its older one does not.
    message = message_from_bytes(build_message(an_email(sender_name=name)))

    encoded, address = parseaddr(message["From"])
    assert str(make_header(decode_header(encoded))) == name
    assert address == "compta@example.com"


def test_a_long_accented_subject_keeps_every_space() -> None:
    words = ["2026-0012 :", "règlement", "échue", "234,56", "(SARL)", "n°", "Côte,"]
    subjects = [
        " ".join(random.Random(seed).choices(words, k=20))  # noqa: S311 - no secret
        for seed in range(60)
    ]

    assert [read_back(an_email(subject=s))["Subject"] for s in subjects] == subjects


def test_two_reminders_with_the_same_subject_are_two_messages() -> None:
    first = read_back(an_email(message_id="un@example.com"))
    second = read_back(an_email(message_id="deux@example.com"))

    assert first["Subject"] == second["Subject"]
    assert first["Message-ID"] != second["Message-ID"]


def test_an_email_names_those_it_answers_and_where_answers_go() -> None:
    earlier = tuple(f"{n}{'0123456789abcdef' * 4}@example.com" for n in range(9))

    message = read_back(
        an_email(answers=earlier, reply_to="comptabilité@société.example.com")
    )

    assert message["In-Reply-To"] == f"<{earlier[-1]}>"
    assert message["References"].split() == [f"<{one}>" for one in earlier]
    assert message["Reply-To"] == "comptabilité@xn--socit-esab.example.com"


def test_answers_go_to_the_sender_unless_told_otherwise() -> None:
    assert read_back(an_email())["Reply-To"] is None


def test_a_receipt_is_asked_for_only_where_it_is_wanted() -> None:
    asked = "Disposition-Notification-To"

    assert read_back(an_email())[asked] is None
    wanted = read_back(an_email(wants_receipt=True))
    assert wanted[asked] == an_email().sender_address


def test_a_long_message_id_stays_in_one_piece() -> None:
    long_id = f"{'0123456789abcdef' * 4}@{'tres-long-' * 5}.example.com"

    written = build_message(an_email(message_id=long_id))

    assert f"<{long_id}>".encode() in written


def test_building_twice_gives_the_same_letter_with_the_same_id() -> None:
    first, second = read_back(an_email()), read_back(an_email())

    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_fifteen_megabytes_of_attachments_arrive_whole() -> None:
    big = bytes(range(256)) * 4096 * 15
    parts = tuple(
        Attachment(name=f"{n}.pdf", mime="application/pdf", content=big[start:end])
        for n, (start, end) in enumerate(pairwise((0, 5 << 20, 15 << 20)))
    )

    message = read_back(an_email(attachments=parts))

    received = b"".join(part.get_content() for part in message.iter_attachments())
    assert received == big


def test_an_accented_domain_is_written_as_mail_servers_know_it() -> None:
    message = read_back(an_email(recipient="camille@société.example.com"))

    assert message["To"] == "camille@xn--socit-esab.example.com"


def test_accents_before_the_at_are_kept_for_the_servers_that_take_them() -> None:
    written = build_message(an_email(recipient="hélène@example.com"))

    assert "To: hélène@example.com\r\n".encode() in written


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sans-arobase",
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com, b@example.com",
        "Camille <camille@example.com>",
    ],
)
def test_a_malformed_address_is_refused_before_anything_is_kept(address: str) -> None:
    with pytest.raises(UnusableAddressError):
        build_message(an_email(recipient=address))
    with pytest.raises(UnusableAddressError):
        build_message(an_email(copies=(address,)))
    with pytest.raises(UnusableAddressError):
        build_message(an_email(sender_address=address))


def test_a_picture_travels_inside_the_html_that_shows_it() -> None:
    picture = Picture(name="qr@relance.invalid", content=b"\x89PNG\r\n")
    html = '<p>À scanner</p><img src="cid:qr@relance.invalid">'

    message = read_back(an_email(html=html, pictures=(picture,)))

    related = [p for p in message.walk() if p.get_content_maintype() == "image"]
    assert [part["Content-ID"] for part in related] == ["<qr@relance.invalid>"]
    assert related[0].get_content() == picture.content
    body = message.get_body(("html",))
    assert body is not None
    assert "cid:qr@relance.invalid" in body.get_content()
    assert [file.get_filename() for file in message.iter_attachments()] == [PDF.name]
