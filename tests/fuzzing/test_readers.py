"""Every reader answers or refuses, whatever the bytes; what fuzzing found stays tried.

``explore.py`` looked for ten minutes with atheris, in all these readers. Found, and put
right: two messages whose charset is no name brought the mailbox's reader down, and
drawings that draw themselves ten times over again took for ever (``tests/red_team``).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzzing.readers import READERS
from tests.storage.test_fec import DATA

FOUND = [("mail", "mail_charset_that_is_none"), ("mail", "mail_charset_with_nul")]
# What begins the kinds of files: random bytes alone would all be refused at once.
STARTS = st.sampled_from(
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"PK\x03\x04",
        b"<?xml version='1.0'?><a>",
        b"<table><tr><td>1</td>",
        b"JournalCode\tCompteNum\tDebit\tCredit\n",
        b"Client;Solde\nC1;",
        b"From: a@example.com\nContent-Type: text/plain; charset=",
        b"Content-Type: multipart/report; boundary=b\n\n--b\n",
        b"\x89PNG\r\n\x1a\n",
        b"<svg>",
        b'{"format":"relance-templates","version":1,"templates":[',
    ]
)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=settings().max_examples // 2)
@given(start=STARTS, rest=st.binary(max_size=200))
def test_no_bytes_bring_a_reader_down(name: str, start: bytes, rest: bytes) -> None:
    READERS[name](start + rest)


@pytest.mark.parametrize(("name", "file"), FOUND)
def test_what_brought_a_reader_down_no_longer_does(name: str, file: str) -> None:
    READERS[name]((DATA / f"{file}.eml").read_bytes())
