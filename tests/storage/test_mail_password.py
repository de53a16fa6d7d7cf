from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from domain.dunning.outbox import Delivery
from domain.ports import SmtpAccount
from storage.mail.secrets import VARIABLE, KeyringUnavailableError
from storage.mail.smtp import SmtpGateway

ACCOUNT = SmtpAccount(
    host="localhost",
    port=1,
    security="none",
    user="compta@example.com",
    sender_name="Société Exemple",
    sender_address="compta@example.com",
)


class MemoryKeyring(KeyringBackend):
    """Keeps passwords as long as a test lasts."""

    priority = 0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.delenv(VARIABLE, raising=False)
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def no_keyring() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]


def test_a_saved_password_is_found_again_under_the_product_s_name(
    memory: MemoryKeyring,
) -> None:
    gateway = SmtpGateway()

    assert not gateway.password(ACCOUNT)
    gateway.save_password(ACCOUNT, "clé ordinaire")

    assert gateway.password(ACCOUNT) == "clé ordinaire"
    assert memory.kept == {("Relance", "compta@example.com@localhost"): "clé ordinaire"}


def test_a_scheduled_task_may_give_the_password_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gateway = SmtpGateway()
    gateway.save_password(ACCOUNT, "du trousseau")
    monkeypatch.setenv(VARIABLE, "de la tâche")

    assert gateway.password(ACCOUNT) == "de la tâche"


@pytest.mark.usefixtures("no_keyring")
def test_a_computer_without_a_keyring_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = SmtpGateway()

    with pytest.raises(KeyringUnavailableError):
        gateway.password(ACCOUNT)
    with pytest.raises(KeyringUnavailableError):
        gateway.save_password(ACCOUNT, "perdue")
    monkeypatch.setenv(VARIABLE, "de la tâche")
    assert gateway.password(ACCOUNT) == "de la tâche"


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_a_message_is_refused_with_a_reason() -> None:
    report = SmtpGateway().deliver(ACCOUNT, b"", ["client@example.com"])

    assert report.outcome is Delivery.REFUSED
    assert report.answer == KeyringUnavailableError.message
