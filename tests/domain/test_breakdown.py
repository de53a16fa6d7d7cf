"""What is owed, parted by payment mode and by profile."""

from domain.basics.identifiers import ProfileId
from domain.basics.money import EUR, Money
from domain.dashboard.breakdown import PartSums, Share, by_mode, by_profile

EXPORT = ProfileId("export")
PARTS = [
    PartSums(EUR, "VIR", None, 50_00),
    PartSums(EUR, "CHQ", EXPORT, 30_00),
    PartSums(EUR, "VIR", EXPORT, 40_00),
    PartSums(EUR, "", ProfileId("deleted"), 5_00),
    PartSums("USD", "VIR", None, 999_00),
]


def test_modes_are_added_up_whatever_the_profile_the_greatest_first() -> None:
    assert by_mode(PARTS) == (
        Share(name="VIR", amount=Money(90_00)),
        Share(name="CHQ", amount=Money(30_00)),
        Share(name="", amount=Money(5_00)),
    )


def test_who_has_no_profile_counts_in_the_default_one() -> None:
    assert by_profile(PARTS, {EXPORT: "Export"}, "Standard") == (
        Share(name="Export", amount=Money(70_00)),
        Share(name="Standard", amount=Money(55_00)),
    )


def test_each_currency_has_its_own_parts() -> None:
    assert by_mode(PARTS, "USD") == (Share(name="VIR", amount=Money(999_00, "USD")),)
