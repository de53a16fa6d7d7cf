"""What mail servers answer, as their hosts write it (domain.md H)."""

import pytest

from domain.dunning.server_answers import About, meaning_of, says_the_same


@pytest.mark.parametrize(
    ("answer", "about"),
    [
        ("550 5.1.1 User unknown", About.RECIPIENT),
        ("550 Requested action not taken: mailbox unavailable", About.RECIPIENT),
        ("452 4.2.2 The recipient's mailbox is over quota", About.RECIPIENT),
        ("552 5.2.2 Mailbox full", About.RECIPIENT),
        ("450 4.7.1 Greylisted, try again in 300 seconds", About.RECIPIENT),
        ("552 5.3.4 Message size exceeds fixed limit", About.MESSAGE),
        ("554 5.7.1 Message refused: policy", About.MESSAGE),
        ("550 5.4.5 Daily user sending limit exceeded", About.ALL),
        ("450 Mail send limit exceeded", About.ALL),
        ("550 5.7.30 Basic authentication is not supported", About.ALL),
        ("530 5.7.0 Authentication required", About.ALL),
        ("553 5.7.1 Sender address rejected: not owned by user", About.ALL),
        ("550 5.7.60 SMTP; Client does not have permissions to send as", About.ALL),
        ("550 5.1.8 Access denied, bad outbound sender", About.ALL),
        ("554 5.7.1 Service unavailable; blocked using zen.spamhaus.org", About.ALL),
        ("535 5.7.8 Your account has been suspended", About.ALL),
        ("550 Your account is blocked, contact support", About.ALL),
        ("421 4.7.0 Try again later, closing connection", About.ALL),
        ("452 4.3.1 Insufficient system storage", About.ALL),
    ],
)
def test_a_refusal_stops_the_others_only_when_it_is_about_them_too(
    answer: str, about: About
) -> None:
    meaning = meaning_of(answer)

    assert meaning
    assert meaning.about is about


@pytest.mark.parametrize("answer", ["", "550 Non", "The mail server did not answer"])
def test_words_that_are_not_known_are_given_no_meaning(answer: str) -> None:
    assert meaning_of(answer) is None


def test_the_same_refusal_is_known_whatever_it_names() -> None:
    first = "554 5.7.1 <c001@client.example.com>: refused [id 4f3a1]"

    assert says_the_same(first, "554 5.7.1 <c002@x.example.com>: refused [id 99b2]")
    assert not says_the_same(first, "550 5.7.1 <c002@x.example.com>: refused")
    assert not says_the_same(first, "554 5.7.1 <c002@x.example.com>: too large")
