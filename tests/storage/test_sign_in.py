"""Signing in by the browser: a real provider and real mail servers, on loopback."""

import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import keyring
import pytest

from domain.dunning.outbox import Delivery
from domain.dunning.server_answers import About
from domain.ports import ImapAccount, Provider, SignInWords, SmtpAccount
from storage.mail.imap import ImapGateway, MailboxProblem
from storage.mail.providers import PROVIDERS
from storage.mail.sign_in import SignIns
from storage.mail.sign_in_refusals import (
    ClientUnknownError,
    NoLastingPermissionError,
    OtherOrganisationError,
    ProviderOddError,
    ProviderRefusedError,
    ProviderSilentError,
    ProviderUnprovenError,
    SignInEndedError,
    SignInError,
    SignInExpiredError,
    SignInLateError,
    SignInMissingError,
    SignInRefusedError,
    SignInWithdrawnError,
    TokenRefusedError,
    refusal_of,
)
from storage.mail.smtp import SmtpGateway
from tests.oauth_server import (
    CLIENT,
    LONG,
    SECRET,
    USER,
    AuthorizationServer,
    mail_servers,
    provider,
)
from tests.storage.test_mail_password import MemoryKeyring

WORDS = SignInWords(done="C'est fait", refused="Refusé")


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def google() -> Iterator[AuthorizationServer]:
    with provider() as running:
        yield running


@pytest.fixture
def sign_ins(google: AuthorizationServer) -> SignIns:
    return SignIns({Provider.GOOGLE: google.endpoints}, timeout=10, patience=20)


def sign_in(
    sign_ins: SignIns, google: AuthorizationServer, secret: str = SECRET
) -> None:
    sign_ins.sign_in(CLIENT, USER, secret, google.browse, WORDS)


def smtp_account(port: int) -> SmtpAccount:
    return SmtpAccount(
        host="127.0.0.1",
        port=port,
        security="none",
        user=USER,
        sender_name="Société Exemple",
        sender_address=USER,
        oauth=CLIENT,
    )


def test_one_sign_in_sends_and_reads_without_any_password(
    google: AuthorizationServer, sign_ins: SignIns
) -> None:
    sign_in(sign_ins, google)

    with mail_servers(google) as (smtp, imap, received):
        mail = SmtpGateway(timeout=10, sign_in=sign_ins)
        report = mail.deliver(
            smtp_account(smtp), b"Subject: Rappel\r\n\r\nBonjour\r\n", ["a@example.com"]
        )
        mail.close()
        box = ImapAccount(
            host="127.0.0.1", port=imap, security="none", user=USER, oauth=CLIENT
        )
        problem = ImapGateway(timeout=10, sign_in=sign_ins).test(box)

    assert (report.outcome, problem) == (Delivery.ACCEPTED, "")
    assert received == ["Subject: Rappel", "", "Bonjour"]
    assert len(google.asked) == 1
    google.close_browsers()
    assert "C&#x27;est fait" in google.shown[0]


def test_what_lasts_is_in_the_keyring_in_pieces_that_windows_takes(
    google: AuthorizationServer, sign_ins: SignIns, memory: MemoryKeyring
) -> None:
    sign_in(sign_ins, google)

    kept = {name: text for (_service, name), text in memory.kept.items()}
    pieces = [kept[f"{USER}@google/our-client#{n}"] for n in range(4)]
    assert "".join(pieces) == f"{LONG}1"
    assert max(map(len, kept.values())) <= 1_000
    assert not [text for text in kept.values() if "access" in text]
    assert kept["our-client@google#0"] == SECRET


def test_the_provider_is_asked_with_a_proof_of_who_began(
    google: AuthorizationServer, sign_ins: SignIns
) -> None:
    sign_in(sign_ins, google)

    page, asked = google.pages[0], google.asked[0]
    assert page["code_challenge_method"] == "S256"
    assert page["login_hint"] == USER
    assert urlsplit(page["redirect_uri"]).hostname == "127.0.0.1"
    assert asked["redirect_uri"] == page["redirect_uri"]
    assert len(asked["code_verifier"]) >= 43
    assert asked["code_verifier"] not in str(page)


def test_an_answer_with_another_state_lets_nobody_in(
    google: AuthorizationServer, sign_ins: SignIns
) -> None:
    codes = []

    def show(address: str) -> None:
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        theirs = f"{asked['redirect_uri']}/?code=theirs&state=theirs"
        google.browse(theirs, f"{asked['redirect_uri']}/favicon.ico", address)
        codes.append(asked["state"])

    sign_ins.sign_in(CLIENT, USER, SECRET, show, WORDS)

    google.close_browsers()
    assert google.shown[:2] == ["404", "404"]
    assert [asked["code"] for asked in google.asked] == ["code-1"]
    assert len(codes[0]) >= 32


def test_after_an_hour_the_token_is_asked_for_anew(
    google: AuthorizationServer, sign_ins: SignIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(sign_ins, google)
    first = sign_ins.access_token(CLIENT, USER)
    again = sign_ins.access_token(CLIENT, USER)
    later = time.time() + 3600
    monkeypatch.setattr("storage.mail.sign_in.time.time", lambda: later)
    renewed = sign_ins.access_token(CLIENT, USER)
    another_start = SignIns({Provider.GOOGLE: google.endpoints})
    after_a_start = another_start.access_token(CLIENT, USER)

    assert first == again == "access-1"
    assert (renewed, after_a_start) == ("access-2", "access-3")
    assert google.asked[-1]["refresh_token"] == f"{LONG}2"


def test_a_token_that_the_server_no_longer_takes_is_renewed_once(
    google: AuthorizationServer, sign_ins: SignIns
) -> None:
    sign_in(sign_ins, google)
    with mail_servers(google) as (smtp, imap, _received):
        mail = SmtpGateway(timeout=10, sign_in=sign_ins)
        google.tokens.clear()
        renewed = mail.test(smtp_account(smtp))
        other = replace(smtp_account(smtp), user="autre@example.com")
        sign_ins.sign_in(CLIENT, other.user, SECRET, google.browse, WORDS)
        refused = mail.test(other)
        box = ImapAccount(
            host="127.0.0.1", port=imap, security="none", user=other.user, oauth=CLIENT
        )
        unread = ImapGateway(timeout=10, sign_in=sign_ins).test(box)

    assert renewed.outcome is Delivery.ACCEPTED
    assert (refused.outcome, refused.about) == (Delivery.REFUSED, About.ALL)
    assert refused.answer == unread == TokenRefusedError.message


def test_a_server_that_takes_no_token_is_told_nothing(
    google: AuthorizationServer, sign_ins: SignIns
) -> None:
    from tests.mail_server import smtp_server
    from tests.storage.test_imap import CAPABILITY, scripted

    sign_in(sign_ins, google)
    with smtp_server(user="compta") as server, scripted(CAPABILITY) as box:
        account = replace(smtp_account(server.port), host=server.host)
        report = SmtpGateway(timeout=10, sign_in=sign_ins).test(account)
        signed_in = replace(box, user=USER, oauth=CLIENT)
        problem = ImapGateway(timeout=10, sign_in=sign_ins).test(signed_in)

    assert report.outcome is Delivery.REFUSED
    assert "security or this way to log in" in report.answer
    assert problem == MailboxProblem.NOT_OFFERED


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"error": "access_denied"}, SignInRefusedError),
        ({"error": "unauthorized_client"}, ClientUnknownError),
        ({"error": "server_error"}, ProviderRefusedError),
    ],
)
def test_a_refusal_in_the_browser_is_told_and_keeps_nothing(
    google: AuthorizationServer,
    sign_ins: SignIns,
    memory: MemoryKeyring,
    answers: dict[str, str],
    refusal: type[SignInError],
) -> None:
    google.answers = answers

    with pytest.raises(refusal):
        sign_in(sign_ins, google)

    google.close_browsers()
    assert "Refusé" in google.shown[0]
    assert not memory.kept


def test_a_wrong_secret_is_told(google: AuthorizationServer, sign_ins: SignIns) -> None:
    with pytest.raises(ClientUnknownError):
        sign_in(sign_ins, google, secret="faux")


@pytest.mark.parametrize("raw", [b"nonsense", b"[]", b"{}"])
def test_a_provider_that_says_something_odd_lets_nobody_in(
    google: AuthorizationServer, sign_ins: SignIns, raw: bytes
) -> None:
    google.raw = raw

    with pytest.raises((ProviderOddError, NoLastingPermissionError)):
        sign_in(sign_ins, google)


def test_a_user_who_gives_up_waits_no_longer(sign_ins: SignIns) -> None:
    with pytest.raises(SignInLateError):
        sign_ins.sign_in(
            CLIENT, USER, SECRET, lambda _address: sign_ins.cancel(), WORDS
        )


@pytest.mark.parametrize(
    ("error", "description", "refusal"),
    [
        ("invalid_grant", "Token has been expired or revoked.", SignInEndedError),
        ("invalid_grant", "AADSTS700082: The refresh token", SignInExpiredError),
        ("invalid_grant", "AADSTS50173: The provided grant", SignInWithdrawnError),
        ("invalid_request", "AADSTS50194: not multi-tenant", OtherOrganisationError),
    ],
)
def test_a_sign_in_that_ended_refuses_every_message_with_its_reason(
    google: AuthorizationServer,
    sign_ins: SignIns,
    error: str,
    description: str,
    refusal: type[SignInError],
) -> None:
    google.lasts = 0
    sign_in(sign_ins, google)
    google.refuses = (error, description)

    report = SmtpGateway(sign_in=sign_ins).test(smtp_account(9))

    assert isinstance(refusal_of(error, description), refusal)
    assert (report.outcome, report.about) == (Delivery.REFUSED, About.ALL)
    assert report.answer == refusal.message


def test_nobody_signed_in_is_a_refusal_and_asks_nobody(sign_ins: SignIns) -> None:
    report = SmtpGateway(sign_in=sign_ins).test(smtp_account(9))

    assert report.answer == SignInMissingError.message


def test_a_provider_out_of_reach_is_a_missing_network(
    sign_ins: SignIns, google: AuthorizationServer
) -> None:
    sign_in(sign_ins, google)
    nowhere = replace(google.endpoints, tokens="http://127.0.0.1:9/tokens")
    here = SignIns({Provider.GOOGLE: nowhere}, timeout=5)

    report = SmtpGateway(sign_in=here).test(smtp_account(9))

    assert (report.outcome, report.answer) == (
        Delivery.OFFLINE,
        ProviderSilentError.says,
    )


def test_both_providers_are_spoken_to_in_secret_and_named_by_their_tenant() -> None:
    for provider_, endpoints in PROVIDERS.items():
        client = replace(CLIENT, provider=provider_, tenant="a/b")
        named = endpoints.of(client)
        assert {urlsplit(named.page).scheme, urlsplit(named.tokens).scheme} == {"https"}
        assert "{" not in named.page + named.tokens
        assert "a/b" not in named.page


def test_a_provider_that_does_not_prove_who_it_is_is_told_nothing(
    sign_ins: SignIns, google: AuthorizationServer
) -> None:
    from tests.mail_server import smtp_server

    google.lasts = 0
    sign_in(sign_ins, google)
    with smtp_server(security="ssl") as untrusted:
        there = f"https://localhost:{untrusted.port}/tokens"
        endpoints = replace(google.endpoints, tokens=there)
        here = SignIns({Provider.GOOGLE: endpoints}, timeout=5)

        with pytest.raises(ProviderUnprovenError):
            here.access_token(CLIENT, USER)
