"""Received messages taken apart, and the labelled bounces of two public corpora."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.dunning.incoming import IncomingKind
from domain.dunning.incoming_kinds import understand
from storage.mail.received import LONGEST_TEXT, take_apart
from tests.third_party import ROOT

TODAY = date(2026, 11, 2)
KINDS = {
    IncomingKind.PERMANENT_BOUNCE: "permanent",
    IncomingKind.TEMPORARY_BOUNCE: "temporary",
}
CLASSES = {"5": "permanent", "4": "temporary"}
NOT_A_BOUNCE = ("groupwise_03.txt", "qmail_08.txt")
"""Labelled as naming no address: a person's reply, an automatic one."""


def _flufl(name: str, label: dict[str, Any]) -> str:
    if name in NOT_A_BOUNCE:
        return "other"
    return "temporary" if label["temporary"] else "permanent"


def _sisimai(name: str, label: list[dict[str, Any]]) -> str:
    """The worst of its recipients, by the class of the status."""
    assert name
    found = {CLASSES.get(one["dsn"][:1], "other") for one in label}
    return next(k for k in ("permanent", "temporary", "other") if k in found)


@pytest.mark.parametrize(
    ("corpus", "expected", "least"), [("flufl", _flufl, 97), ("sisimai", _sisimai, 96)]
)
def test_the_kind_of_labelled_bounces_is_right(
    corpus: str, expected: Callable[[str, Any], str], least: int
) -> None:
    labels = ROOT / "mailbox" / f"{corpus}_labels.json"
    if not labels.exists():
        pytest.skip("the public test data are not here: set RELANCE_TEST_DATA")
    known = json.loads(labels.read_text("utf-8"))

    right = sum(
        _kind(ROOT / "mailbox" / corpus / name) == expected(name, label)
        for name, label in known.items()
    )

    assert right * 100 >= least * len(known)


def test_a_person_in_the_corpus_of_bounces_is_not_taken_for_one() -> None:
    files = [ROOT / "mailbox" / "flufl" / name for name in NOT_A_BOUNCE]
    if not files[0].exists():
        pytest.skip("the public test data are not here: set RELANCE_TEST_DATA")

    assert [_kind(file) for file in files] == ["other", "other"]


def _kind(file: Path) -> str:
    said = understand(take_apart(file.read_bytes()), TODAY)
    return KINDS.get(said.kind, "other")


REPLY = b"""\
From: =?utf-8?q?Am=C3=A9lie?= <amelie@client.example.com>
Subject: =?utf-8?b?UsOpcG9uc2U=?=
 a votre relance
Message-ID: <r1@client.example.com>
In-Reply-To: <m1@firm.example.com>
References: <m0@firm.example.com> <m1@firm.example.com>
Date: Mon, 2 Nov 2026 10:00:00 +0100
Content-Type: text/html; charset=utf-8

<style>p{}</style><p>Bonjour,<br>nous payons <b>vendredi</b> &amp; lundi.</p>
<script>x</script>
"""


def test_a_reply_is_read_without_its_marks() -> None:
    mail = take_apart(REPLY, 7)

    assert mail.sender == "amelie@client.example.com"
    assert mail.subject == "Réponse a votre relance"
    assert mail.answers[0] == "m1@firm.example.com"
    assert mail.text == "Bonjour,\nnous payons  vendredi  & lundi."
    assert mail.received_at
    assert mail.received_at.hour == 9


def test_the_message_that_a_report_encloses_is_named() -> None:
    report = (
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nSorry.\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        b"Final-Recipient: rfc822; a@client.example.com\nAction: failed\n"
        b"Status: 5.1.1\n\n"
        b"--b\nContent-Type: message/rfc822\n\n"
        b"Message-ID: <m1@firm.example.com>\n\nHi\n"
        b"--b--\n"
    )

    mail = take_apart(report)

    assert mail.encloses == ("m1@firm.example.com",)
    assert understand(mail, TODAY).failed == ("a@client.example.com",)


@given(some.binary(max_size=2_000))
def test_no_bytes_are_too_odd_to_be_read(content: bytes) -> None:
    for whole in (content, REPLY[:300] + content, b"Content-Type: " + content):
        understand(take_apart(whole), TODAY)


def test_nested_and_endless_messages_are_cut_short() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
        for n in range(60)
    )
    long = b"Content-Type: text/plain\n\n" + b"a" * (2 * LONGEST_TEXT)

    assert understand(take_apart(nested), TODAY)
    assert len(take_apart(long).text) == LONGEST_TEXT
