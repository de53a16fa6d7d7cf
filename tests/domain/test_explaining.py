"""When an item that is left out would leave by itself."""

from datetime import date, timedelta

import pytest

from domain.dunning.explaining import leaves_on
from domain.dunning.planned import Exclusion, LeftOut, Reason
from tests.builders import TODAY, a_step, an_item

LATER = TODAY + timedelta(days=4)


def left_out(*exclusions: Exclusion, next_on: date | None = TODAY) -> LeftOut:
    return LeftOut(
        item=an_item(),
        exclusions=exclusions,
        next_step=a_step(level=1) if next_on else None,
        next_on=next_on,
    )


@pytest.mark.parametrize(
    ("left", "day"),
    [
        (
            left_out(Exclusion(reason=Reason.STEP_NOT_DUE, until=LATER), next_on=LATER),
            LATER,
        ),
        (left_out(Exclusion(reason=Reason.CUSTOMER_HOLD, until=LATER)), LATER),
        (left_out(Exclusion(reason=Reason.CUSTOMER_HOLD)), None),
        (left_out(Exclusion(reason=Reason.DISPUTE)), None),
        (
            left_out(
                Exclusion(reason=Reason.PROMISE_TO_COME, until=LATER),
                Exclusion(reason=Reason.BELOW_MESSAGE_MINIMUM),
            ),
            None,
        ),
        (left_out(Exclusion(reason=Reason.END_OF_SCENARIO), next_on=None), None),
        (
            left_out(
                Exclusion(reason=Reason.PROMISE_TO_COME, until=TODAY),
                next_on=TODAY - timedelta(days=30),
            ),
            TODAY,
        ),
    ],
)
def test_it_leaves_once_nothing_blocks_it_any_more(
    left: LeftOut, day: date | None
) -> None:
    assert leaves_on(left, TODAY) == day
