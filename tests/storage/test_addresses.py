import json
from typing import Any

import pytest

from storage.mail.addresses import (
    Oddity,
    UnusableAddressError,
    check_address,
    on_the_wire,
)
from tests.third_party import ROOT

CASES = ROOT / "email"
needs_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason="the public test data are not here"
)


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    "address",
    [
        "compta@example.com",
        "Jean-Paul.O'Hara+factures@Atelier-Bois.example.com",
        "contact@free.fr",
        "info@mail.com",
        "accueil@orange.com",
        "a@x.co",
        "factures@societe.invalid",
        "factures@societe.test",
        "factures@localhost",
    ],
)
def test_an_ordinary_address_is_fine(address: str) -> None:
    assert not check_address(address)


@pytest.mark.parametrize(
    ("address", "oddity"),
    [
        ("", Oddity.EMPTY),
        ("   ", Oddity.EMPTY),
        ("a@example.com;b@example.com", Oddity.SEVERAL),
        ("a@example.com, b@example.com", Oddity.SEVERAL),
        ("a@example.com b@example.com", Oddity.SEVERAL),
        ("a@b@example.com", Oddity.SEVERAL),
        (" compta@example.com", Oddity.SPACE),
        ("compta@example.com\n", Oddity.SPACE),
        ("com pta@example.com", Oddity.SPACE),
        ("compta\u00a0@example.com", Oddity.SPACE),
        ("compta\u200b@example.com", Oddity.SPACE),
        ("Camille <camille@example.com>", Oddity.SPACE),
        ("example.com", Oddity.AT_MISSING),
        ("@example.com", Oddity.NOTHING_BEFORE),
        ("compta@", Oddity.NOTHING_AFTER),
        ("hélène@example.com", Oddity.ACCENT),
        ("helene@société.example.com", Oddity.ACCENT),
        ("compta@example.com.", Oddity.DOT),
        ("compta@example..com", Oddity.DOT),
        (".compta@example.com", Oddity.DOT),
        ("compta.@example.com", Oddity.DOT),
        ("compta@example", Oddity.ENDING),
        ("compta@example.c", Oddity.ENDING),
        ("mailto:compta@example.com", Oddity.FORM),
        ("<compta@example.com>", Oddity.FORM),
        ('"compta"@example.com', Oddity.FORM),
        ("compta@[127.0.0.1]", Oddity.FORM),
        ("c" * 65 + "@example.com", Oddity.FORM),
        ("No-Reply@example.com", Oddity.NOT_READ),
        ("nepasrepondre@example.com", Oddity.NOT_READ),
        ("client@yopmail.com", Oddity.THROW_AWAY),
    ],
)
def test_an_odd_address_says_why(address: str, oddity: Oddity) -> None:
    assert check_address(address) == oddity


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("client@gmial.com", Oddity.GMAIL_COM),
        ("Client@GMIAL.COM", Oddity.GMAIL_COM),
        ("client@ornage.fr", Oddity.ORANGE_FR),
        ("client@lapost.net", Oddity.LAPOSTE_NET),
        ("client@atelier-exemple.frr", Oddity.DOT_FR),
        ("client@atelier-exemple.con", Oddity.DOT_COM),
    ],
)
def test_a_mistyped_domain_comes_with_the_one_meant(
    address: str, meant: Oddity
) -> None:
    assert check_address(address) == meant


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("compta@example.com", "compta@example.com"),
        ("Compta@Example.COM", "Compta@example.com"),
        ("compta@société.example.com", "compta@xn--socit-esab.example.com"),
        ("compta@société.invalid", "compta@xn--socit-esab.invalid"),
        ("compta@localhost", "compta@localhost"),
        ("hélène@example.com", "hélène@example.com"),
    ],
)
def test_an_address_is_sent_as_mail_servers_know_it(address: str, sent: str) -> None:
    assert on_the_wire(address) == sent


@pytest.mark.parametrize("address", ["", "a", "a@", "a@b\r\nc@d.fr", "a@b.fr c@d.fr"])
def test_an_address_no_server_would_take_cannot_be_sent(address: str) -> None:
    with pytest.raises(UnusableAddressError):
        on_the_wire(address)


@needs_cases
def test_invalid_addresses_of_other_products_are_all_odd_here() -> None:
    missed = [
        case["address"]
        for case in cases("email_cases.json")
        if case["valid"] is False and not check_address(case["address"])
    ]

    # Well formed; only a list of every ending in the world would tell.
    assert missed == ["apple-touch-icon-60x60@2x.png"]


@needs_cases
def test_valid_addresses_of_other_products_are_odd_here_only_on_purpose() -> None:
    """Legal, but in a French firm's files far likelier to be a mistake."""
    reasons = {
        check_address(case["address"])
        for case in cases("email_cases.json")
        if case["valid"] and not set(case["address"]) & set('"\\')
    }

    # The last is an address of 260 letters.
    assert reasons == {"", Oddity.ACCENT, Oddity.ENDING, Oddity.FORM}


@needs_cases
def test_this_product_agrees_with_others_on_nine_addresses_in_ten() -> None:
    known = [case for case in cases("email_cases.json") if case["valid"] is not None]

    agreed = [c for c in known if c["valid"] == (not check_address(c["address"]))]

    assert len(agreed) >= 0.93 * len(known)


@needs_cases
def test_mistyped_domains_of_other_products_are_found() -> None:
    missed = {
        case["input"]
        for case in cases("typo_suggestions.json")
        if case["suggest"] and not check_address(case["input"])
    }

    # .co is Colombia's; nobody in France has the other provider's mailbox.
    assert missed == {"test@emaildomain.co", "test@comcast.nry"}
