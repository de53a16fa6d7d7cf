"""« Pourquoi ? »: each reason says what it is, until when, what would change it."""

from datetime import date, timedelta

import pytest

from domain.dunning.planned import Exclusion, Reason
from ui import reason_words, why_words

UNTIL = date(2026, 4, 9)
DATED = {
    Reason.CUSTOMER_HOLD: "jusqu'au 08/04/2026",
    Reason.ITEM_HOLD: "jusqu'au 08/04/2026",
    Reason.PROMISE_TO_COME: "jusqu'au 08/04/2026",
    Reason.CONTACTED_RECENTLY: "jusqu'au 08/04/2026",
    Reason.CONTACTED_OFTEN: "jusqu'au 08/04/2026",
    Reason.CATCHING_UP: "jusqu'au 08/04/2026",
    Reason.QUIET_DAY: "jusqu'au 08/04/2026",
    Reason.CALL_AGAIN: "le 09/04/2026",
    Reason.NOT_DUE_YET: "le 09/04/2026",
    Reason.STEP_NOT_DUE: "le 09/04/2026",
}
"""The reasons that end by themselves, as their last day or the first one after."""


FROM_THE_CALENDAR = {Reason.NOT_DUE_YET}
"""What comes from a date to come, and from nothing that happened."""


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_says_what_it_is_and_what_would_change_it(reason: Reason) -> None:
    found = Exclusion(reason=reason, until=UNTIL if reason in DATED else None)

    what, change = why_words.told(found), why_words.would_change(found)

    assert what and what[0] not in ".,"  # noqa: PT018 - one sentence
    assert change.endswith(".")
    assert "{" not in what + change
    assert DATED.get(reason, "") in what


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_says_since_when_where_there_is_a_day(reason: Reason) -> None:
    until = UNTIL if reason in DATED else None
    found = Exclusion(reason=reason, until=until, since=date(2026, 2, 3))
    unknown = Exclusion(reason=reason, until=until)

    assert ("03/02/2026" in why_words.told(found)) is (reason not in FROM_THE_CALENDAR)
    assert "02/2026" not in why_words.told(unknown)


def test_no_two_reasons_are_told_alike() -> None:
    told = [why_words.told(Exclusion(reason=reason)) for reason in Reason]

    assert len(set(told)) == len(told)


def test_the_detail_that_a_person_gave_is_told() -> None:
    found = Exclusion(reason=Reason.DISPUTE, detail="Livraison incomplète.")

    assert reason_words.reason(found).endswith("Livraison incomplète")


def test_an_end_is_its_last_day_and_not_the_first_free_one() -> None:
    found = Exclusion(reason=Reason.ITEM_HOLD, until=UNTIL)

    last = UNTIL - timedelta(days=1)
    assert f"{last:%d/%m/%Y}" in reason_words.reason(found)
