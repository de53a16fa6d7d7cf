import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.dunning.outbox import Delivery, DeliveryReport
from domain.files import Attachment
from storage.mail.answers import LONGEST, Answer, explain, in_words
from storage.mail.line import Line, UnusualAddressError
from storage.mail.smtp import SmtpGateway
from tests.mail_server import Behaviour, SmtpServer, smtp_server
from tests.storage.test_email_message import an_email

CUSTOMER = "camille@client.example.com"
COPY = "chef@example.com"
MESSAGE = b"Subject: Rappel\r\n\r\nBonjour\r\n.\r\n..fin\r\n"


@pytest.fixture
def gateway() -> Iterator[SmtpGateway]:
    made = SmtpGateway(timeout=1)
    yield made
    made.close()


def attempt(
    gateway: SmtpGateway, server: SmtpServer, message: bytes = MESSAGE
) -> DeliveryReport:
    return gateway.deliver(server.account, message, [CUSTOMER])


def test_an_accepted_message_arrives_as_it_was_written(gateway: SmtpGateway) -> None:
    with smtp_server() as server:
        report = gateway.deliver(server.account, MESSAGE, [CUSTOMER, COPY])

    assert report.outcome is Delivery.ACCEPTED
    assert report.answer == "250 2.0.0 Queued as 1"
    [received] = server.received
    assert received.content == MESSAGE
    assert received.sender == "compta@example.com"
    assert received.recipients == [CUSTOMER, COPY]


@pytest.mark.parametrize(
    ("behaviour", "outcome", "answer"),
    [
        (
            Behaviour.REFUSE_RECIPIENT,
            Delivery.REFUSED,
            "550 5.1.1 User unknown",
        ),
        (
            Behaviour.REFUSE_MESSAGE,
            Delivery.REFUSED,
            "554 5.7.1 Message refused: policy",
        ),
        (
            Behaviour.TEMPORARILY_UNAVAILABLE,
            Delivery.LATER,
            "451 4.3.2 Please try again later",
        ),
        (
            Behaviour.LATER_AFTER_DATA,
            Delivery.LATER,
            "452 4.3.1 Mailbox full, try again later",
        ),
        (Behaviour.DROP_BEFORE_DATA, Delivery.OFFLINE, Answer.CUT),
        (Behaviour.SILENT, Delivery.OFFLINE, Answer.SILENT),
    ],
)
def test_when_nothing_left_the_report_says_why(
    gateway: SmtpGateway, behaviour: Behaviour, outcome: Delivery, answer: str
) -> None:
    with smtp_server(behaviour) as server:
        report = attempt(gateway, server)

    assert (report.outcome, report.answer) == (outcome, answer)
    assert not server.received


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour.DROP_AFTER_DATA,
        Behaviour.SILENT_AFTER_DATA,
        Behaviour.NONSENSE_AFTER_DATA,
    ],
)
def test_without_a_clear_answer_to_a_whole_message_it_may_have_left(
    gateway: SmtpGateway, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Line, "verdict_timeout", 0.5)
    with smtp_server(behaviour) as server:
        report = attempt(gateway, server)

        assert report.outcome is Delivery.UNKNOWN
        assert report.answer == Answer.IN_DOUBT
        assert len(server.received) == 1  # taken, and never given again
        assert len(server.sessions) == 1


def test_a_message_cut_before_its_final_dot_has_not_left(gateway: SmtpGateway) -> None:
    with smtp_server(Behaviour.DROP_DURING_DATA) as server:
        report = attempt(gateway, server, b"Subject: x\r\n\r\n" + b"y" * 30 * 2**20)

    assert (report.outcome, report.answer) == (Delivery.OFFLINE, Answer.CUT)
    assert len(server.sessions) == 1


def test_a_message_too_large_for_the_server_is_refused_before_it_leaves(
    gateway: SmtpGateway,
) -> None:
    with smtp_server() as server:
        report = attempt(gateway, server, b"Subject: x\r\n\r\n" + b"y" * 35 * 2**20)

    assert report.outcome is Delivery.REFUSED
    assert report.answer.startswith("552 ")


def test_after_a_doubt_the_next_message_is_judged_alone(gateway: SmtpGateway) -> None:
    with smtp_server(Behaviour.DROP_AFTER_DATA) as server:
        assert attempt(gateway, server).outcome is Delivery.UNKNOWN
        server.behaviour = Behaviour.REFUSE_MESSAGE
        assert attempt(gateway, server).outcome is Delivery.REFUSED
        server.behaviour = Behaviour.ACCEPT
        assert attempt(gateway, server).outcome is Delivery.ACCEPTED


def test_a_server_that_is_not_there_is_offline(gateway: SmtpGateway) -> None:
    with smtp_server() as server:
        account = server.account  # its port closes here

    report = gateway.deliver(account, MESSAGE, [CUSTOMER])

    assert report.outcome is Delivery.OFFLINE
    assert report.answer == Answer.UNREACHABLE


def test_a_name_without_a_server_is_offline(gateway: SmtpGateway) -> None:
    with smtp_server() as server:
        nowhere = replace(server.account, host="smtp.exemple.invalid", security="ssl")

    report = gateway.deliver(nowhere, MESSAGE, [CUSTOMER])

    assert report.outcome is Delivery.OFFLINE
    assert report.answer == Answer.NAME_UNKNOWN


def test_a_refused_copy_does_not_keep_the_customer_waiting(
    gateway: SmtpGateway,
) -> None:
    with smtp_server(Behaviour.REFUSE_RECIPIENT) as server:
        server.refused = {COPY}
        report = gateway.deliver(server.account, MESSAGE, [CUSTOMER, COPY])

    assert report.outcome is Delivery.ACCEPTED
    assert report.answer == f"{COPY}: 550 5.1.1 User unknown"
    assert server.received[0].recipients == [CUSTOMER]


def test_copies_do_not_leave_when_the_customer_is_refused(gateway: SmtpGateway) -> None:
    with smtp_server(Behaviour.REFUSE_RECIPIENT) as server:
        server.refused = {CUSTOMER}
        report = gateway.deliver(server.account, MESSAGE, [CUSTOMER, COPY])

    assert report.outcome is Delivery.REFUSED
    assert not server.received


def test_a_person_named_twice_receives_the_message_once(gateway: SmtpGateway) -> None:
    with smtp_server() as server:
        gateway.deliver(server.account, MESSAGE, [CUSTOMER, COPY, CUSTOMER])

    assert server.received[0].recipients == [CUSTOMER, COPY]


def test_an_address_with_a_line_break_reaches_no_server(gateway: SmtpGateway) -> None:
    with smtp_server() as server:
        poison = "a@example.com>\r\nRCPT TO:<espion@example.com"
        report = gateway.deliver(server.account, MESSAGE, [poison])

        assert report.outcome is Delivery.REFUSED
        assert not server.sessions


def test_accents_before_the_at_need_a_server_that_takes_them(
    gateway: SmtpGateway,
) -> None:
    message = gateway.build(an_email(recipient="hélène@example.com"))
    with smtp_server() as server:
        accepted = gateway.deliver(server.account, message, ["hélène@example.com"])
    with smtp_server() as server:
        server.speaks_utf8 = False
        refused = gateway.deliver(server.account, message, ["hélène@example.com"])
        assert not server.received

    assert accepted.outcome is Delivery.ACCEPTED
    assert refused.outcome is Delivery.REFUSED
    assert refused.answer == UnusualAddressError.message


def test_a_message_with_fifteen_megabytes_of_attachments_leaves_whole(
    gateway: SmtpGateway,
) -> None:
    big = Attachment(
        name="a.pdf", mime="application/pdf", content=b"\x00\xff" * 7864320
    )
    message = gateway.build(an_email(attachments=(big,)))
    with smtp_server() as server:
        report = attempt(gateway, server, message)

    assert report.outcome is Delivery.ACCEPTED
    assert server.received[0].content == message


def test_a_slow_connection_has_time_for_a_large_message() -> None:
    impatient = SmtpGateway(timeout=0.5)
    with smtp_server(Behaviour.SLOW) as server:
        report = attempt(impatient, server, b"y" * 10 * 2**20)
        impatient.close()

    assert report.outcome is Delivery.ACCEPTED


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (smtplib.SMTPConnectError(421, b"Busy"), Delivery.LATER),
        (smtplib.SMTPConnectError(554, b"No service"), Delivery.REFUSED),
        (smtplib.SMTPConnectError(-1, b"* OK IMAP4 ready"), Delivery.REFUSED),
        (smtplib.SMTPAuthenticationError(454, b"Later"), Delivery.LATER),
        (smtplib.SMTPAuthenticationError(535, b"Bad"), Delivery.REFUSED),
        (smtplib.SMTPDataError(250, b"Not an answer to DATA"), Delivery.REFUSED),
        (smtplib.SMTPServerDisconnected("gone"), Delivery.OFFLINE),
        (smtplib.SMTPNotSupportedError("AUTH"), Delivery.REFUSED),
        (ssl.SSLEOFError("cut"), Delivery.OFFLINE),
        (TimeoutError(), Delivery.OFFLINE),
        (socket.gaierror(), Delivery.OFFLINE),
        (ConnectionRefusedError(), Delivery.OFFLINE),
        (UnicodeError("label empty or too long"), Delivery.OFFLINE),
    ],
)
def test_what_the_server_said_counts_before_what_the_network_did(
    problem: Exception, outcome: Delivery
) -> None:
    assert explain(problem).outcome is outcome


def test_a_server_s_words_fit_on_one_line_whatever_they_are() -> None:
    said = in_words(550, b"5.7.1 Refus\xc3\xa9\r\n\x1b[31m\xff" + b"x" * 1000)

    assert said.startswith("550 5.7.1 Refusé [31m\ufffdx")
    assert said.isprintable()
    assert len(said) == LONGEST
