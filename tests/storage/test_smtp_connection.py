from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from domain.dunning.outbox import Delivery
from storage.mail.answers import Answer
from storage.mail.secrets import VARIABLE, PasswordMissingError
from storage.mail.smtp import ClearConnectionError, PasswordLettersError, SmtpGateway
from tests.mail_server import PASSWORD, Behaviour, SmtpServer, smtp_server
from tests.storage.test_smtp import CUSTOMER, MESSAGE, attempt


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpGateway]:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    made = SmtpGateway(timeout=1)
    yield made
    made.close()


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> Callable[[SmtpServer], None]:
    """Make a server's certificate one that this computer trusts."""
    return lambda server: monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))


@pytest.mark.parametrize("security", ["none", "starttls", "ssl"])
def test_the_password_is_given_to_a_server_that_proves_who_it_is(
    gateway: SmtpGateway,
    trusting: Callable[[SmtpServer], None],
    security: str,
) -> None:
    # A user without @, which yagmail would otherwise take for Gmail's.
    with smtp_server(security=security, user="compta") as server:
        if server.certificate:
            trusting(server)
        report = attempt(gateway, server)

    assert report.outcome is Delivery.ACCEPTED
    assert server.logins == [("compta", PASSWORD)]


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_nothing_is_said_to_a_server_whose_certificate_is_not_trusted(
    gateway: SmtpGateway, security: str
) -> None:
    with smtp_server(security=security, user="compta") as server:
        report = attempt(gateway, server)

    assert (report.outcome, report.answer) == (Delivery.REFUSED, Answer.CERTIFICATE)
    assert not server.logins


@pytest.mark.parametrize(
    "behaviour", [Behaviour.REFUSE_LOGIN, Behaviour.REFUSE_LOGIN_AND_HANG_UP]
)
def test_a_refused_login_is_not_taken_for_a_missing_connection(
    gateway: SmtpGateway, behaviour: Behaviour
) -> None:
    with smtp_server(behaviour, user="compta") as server:
        report = attempt(gateway, server)
        tested = gateway.test(server.account)

    assert report.outcome is Delivery.REFUSED
    assert report.answer.startswith("535 5.7.8")
    assert tested == report


def test_the_password_appears_in_no_answer(gateway: SmtpGateway) -> None:
    with smtp_server(Behaviour.REFUSE_LOGIN, user="compta") as server:
        assert PASSWORD not in repr(attempt(gateway, server))


def test_a_server_asked_for_what_it_lacks_is_refused_not_retried(
    gateway: SmtpGateway,
) -> None:
    with smtp_server() as server:
        for wanted in (
            replace(server.account, security="starttls"),
            replace(server.account, security="ssl"),
        ):
            report = gateway.deliver(wanted, MESSAGE, [CUSTOMER])
            told = (report.outcome, report.answer)
            assert told == (Delivery.REFUSED, Answer.NOT_OFFERED)


def test_without_encryption_only_this_computer_is_spoken_to(
    gateway: SmtpGateway,
) -> None:
    with smtp_server(user="compta") as server:
        far = replace(server.account, host="smtp.example.com")

        report = gateway.deliver(far, MESSAGE, [CUSTOMER])

        assert report.outcome is Delivery.REFUSED
        assert report.answer == ClearConnectionError.message
        assert not server.sessions


def test_an_account_without_its_password_is_not_tried(
    gateway: SmtpGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.mail.secrets.password", lambda *_asked: "")
    with smtp_server(user="compta") as server:
        report = attempt(gateway, server)

        assert report.outcome is Delivery.REFUSED
        assert report.answer == PasswordMissingError.message
        assert not server.sessions


def test_a_password_with_an_accent_is_refused_with_a_reason(
    gateway: SmtpGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "clé")
    with smtp_server(user="compta") as server:
        assert attempt(gateway, server).answer == PasswordLettersError.message


def test_testing_an_account_logs_in_and_sends_nothing(gateway: SmtpGateway) -> None:
    with smtp_server(user="compta") as server:
        report = gateway.test(server.account)

    assert report.outcome is Delivery.ACCEPTED
    assert len(server.logins) == 1
    assert not server.received


def test_testing_an_account_tells_what_is_wrong(gateway: SmtpGateway) -> None:
    with smtp_server(Behaviour.SILENT) as server:
        assert gateway.test(server.account).answer == Answer.SILENT
    assert gateway.test(server.account).outcome is Delivery.OFFLINE


def test_messages_share_one_connection_and_one_login(gateway: SmtpGateway) -> None:
    with smtp_server(user="compta") as server:
        for _ in range(5):
            assert attempt(gateway, server).outcome is Delivery.ACCEPTED

        assert len(server.sessions) == 1
        assert len(server.logins) == 1
        assert len(server.received) == 5


def test_a_connection_cut_between_two_messages_is_opened_again(
    gateway: SmtpGateway,
) -> None:
    with smtp_server() as server:
        attempt(gateway, server)
        server.cut_connections()

        assert attempt(gateway, server).outcome is Delivery.ACCEPTED
        assert len(server.sessions) == 2
        assert len(server.received) == 2


def test_a_server_that_takes_three_messages_per_connection_gets_them_all(
    gateway: SmtpGateway,
) -> None:
    with smtp_server() as server:
        server.messages_per_connection = 3
        outcomes = {attempt(gateway, server).outcome for _ in range(7)}

        assert outcomes == {Delivery.ACCEPTED}
        assert len(server.sessions) == 3
        assert len(server.received) == 7


def test_another_account_gets_a_connection_of_its_own(gateway: SmtpGateway) -> None:
    with smtp_server() as server:
        attempt(gateway, server)
        other = replace(server.account, sender_address="autre@example.com")
        gateway.deliver(other, MESSAGE, [CUSTOMER])

        assert len(server.sessions) == 2
        assert server.received[1].sender == "autre@example.com"


def test_closing_twice_or_before_any_message_is_harmless() -> None:
    gateway = SmtpGateway()
    gateway.close()
    with smtp_server() as server:
        attempt(gateway, server)
        gateway.close()
        gateway.close()
        assert attempt(gateway, server).outcome is Delivery.ACCEPTED
        gateway.close()
