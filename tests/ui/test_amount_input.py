import pytest

from domain.basics.money import Money
from ui.components.amount_input import AmountNotUnderstoodError, amount_from


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 234,56", 123456),
        ("1\u202f234,5\u00a0€", 123450),
        ("12.30", 1230),
        ("7", 700),
        ("", None),
    ],
)
def test_an_amount_is_read_as_typed(typed: str, cents: int | None) -> None:
    assert amount_from(typed) == (None if cents is None else Money(cents))


@pytest.mark.parametrize("typed", ["1,234", "douze", "-5", "1,2,3", "12,"])
def test_an_amount_that_may_mean_two_things_is_refused(typed: str) -> None:
    with pytest.raises(AmountNotUnderstoodError):
        amount_from(typed)
