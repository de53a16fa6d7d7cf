"""Bounces, receipts, automatic answers and people's replies, told apart."""

from datetime import date

import pytest

from domain.dunning.absence import return_date
from domain.dunning.incoming import BOUNCES, IncomingKind, ReceivedMail
from domain.dunning.incoming_kinds import understand

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("action", "status", "kind", "is_final"),
    [
        ("failed", "5.1.1", IncomingKind.PERMANENT_BOUNCE, True),
        ("failed", "4.4.7", IncomingKind.TEMPORARY_BOUNCE, True),
        ("delayed", "4.4.1", IncomingKind.TEMPORARY_BOUNCE, False),
        ("delivered", "2.0.0", IncomingKind.OTHER_REPORT, False),
    ],
)
def test_a_standard_report_tells_the_address_and_whether_its_server_gave_up(
    action: str, status: str, kind: IncomingKind, *, is_final: bool
) -> None:
    fields = {
        "final-recipient": "rfc822; compta@client.example.com",
        "action": action,
        "status": status,
        "diagnostic-code": "smtp; 550 5.1.1 no such user here",
    }

    said = understand(ReceivedMail(report="delivery-status", fields=(fields,)), TODAY)

    assert (said.kind, said.is_final) == (kind, is_final)
    if kind is not IncomingKind.OTHER_REPORT:
        assert said.failed == ("compta@client.example.com",)
        assert said.says == "550 5.1.1 no such user here"


def test_a_server_that_follows_no_standard_is_understood_by_its_words() -> None:
    said = understand(
        ReceivedMail(
            headers={"from": "MAILER-DAEMON@mx.example.com"},
            subject="failure notice",
            text="I wasn't able to deliver your message.\n"
            "<paul@client.example.com>:\n550 5.1.1 unknown user\n"
            "--- Below this line is a copy of the message.\nFrom: us@firm.example.com",
        ),
        TODAY,
    )

    assert said.kind is IncomingKind.PERMANENT_BOUNCE
    assert said.failed == ("paul@client.example.com",)
    assert said.says == "550 5.1.1 unknown user"


@pytest.mark.parametrize(
    "mail",
    [
        ReceivedMail(
            headers={"from": "Anne <anne@client.example.com>"},
            subject="Re: Undelivered goods",
            answers=("1@firm.example.com",),
            text="The goods were not delivered, the invoice 550 5.1.1 is not ours.",
        ),
        ReceivedMail(
            headers={"from": "Paul <paul@client.example.com>"},
            subject="RE: Rappel de facture",
            text="J'ai reçu « failure notice, user unknown » de votre part.",
        ),
        ReceivedMail(
            headers={"from": "Lea <lea@client.example.com>", "return-path": "<>"},
            subject="Votre relance",
            text="Nous payons vendredi.",
        ),
    ],
)
def test_a_reply_is_never_taken_for_a_bounce_whatever_it_quotes(
    mail: ReceivedMail,
) -> None:
    assert understand(mail, TODAY).kind is IncomingKind.HUMAN


def test_a_receipt_says_read_only_when_the_message_was_displayed() -> None:
    def receipt(disposition: str) -> ReceivedMail:
        fields = {"disposition": disposition}
        return ReceivedMail(report="disposition-notification", fields=(fields,))

    shown = receipt("manual-action/MDN-sent-manually; displayed")
    gone = receipt("automatic-action/MDN-sent-automatically; deleted")

    assert understand(shown, TODAY).kind is IncomingKind.RECEIPT
    assert understand(gone, TODAY).kind is IncomingKind.OTHER_REPORT


def test_an_out_of_office_answer_is_no_reply_and_tells_the_return() -> None:
    said = understand(
        ReceivedMail(
            headers={"from": "a@client.example.com", "auto-submitted": "auto-replied"},
            subject="Réponse automatique : Relance",
            text="Absente, je serai de retour le lundi 16 novembre 2026.",
        ),
        TODAY,
    )

    assert said.kind is IncomingKind.AUTO_REPLY
    assert said.back_on == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Je serai de retour le 16/11/2026.", date(2026, 11, 16)),
        ("De retour le 16 novembre.", date(2026, 11, 16)),
        ("Je suis en congés du 2 au 13 novembre 2026", date(2026, 11, 14)),
        ("Absent jusqu'au 5 janvier inclus", date(2027, 1, 6)),
        ("Absente jusqu’au vendredi 13 novembre 2026.", date(2026, 11, 14)),
        ("I will be back on November 16th, 2026.", date(2026, 11, 16)),
        ("Out of the office until 2026-11-13", date(2026, 11, 14)),
        ("Je serai de retour le 31/02/2027.", None),
        ("De retour le 16 novembre 2019.", None),
        ("Je suis absent.", None),
    ],
)
def test_a_return_date_is_read_as_people_write_it(words: str, day: date | None) -> None:
    assert return_date(words, TODAY) == day


def test_a_newsletter_is_nobody_answering() -> None:
    mail = ReceivedMail(headers={"list-unsubscribe": "<mailto:x@shop.example.com>"})

    assert understand(mail, TODAY).kind is IncomingKind.BULK


def test_bounces_are_the_reports_of_servers() -> None:
    assert IncomingKind.HUMAN not in BOUNCES
