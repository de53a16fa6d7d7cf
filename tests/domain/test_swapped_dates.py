"""Day and month swapped in a table: seen where swapping mends, and only there."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.periods import UNDATED
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import FaultKind, SourceFile, SourceFormat
from domain.ledger.swapped_dates import find_swaps
from tests.builders import a_source_line

TODAY = date(2026, 6, 30)
INVOICE, DUE = FaultKind.SWAPPED_INVOICE_DATE, FaultKind.SWAPPED_DATE


def day(text: str) -> date:
    return date(2026, int(text[3:]), int(text[:2]))


def a_line(invoiced: str, due: str = "", *, line: int = 2) -> SourceLine:
    return a_source_line(
        line=line,
        entry_on=day(invoiced),
        piece_on=day(invoiced),
        due_on=day(due) if due else None,
    )


def a_table(*lines: SourceLine, kind: SourceFormat = SourceFormat.TABLE) -> SourceFile:
    return SourceFile(
        name="liste.csv",
        format=kind,
        sha256="",
        lines=list(lines),
        faults=[],
        lines_read=len(lines),
        sheet="Liste",
    )


def dates(lines: Iterable[SourceLine]) -> list[tuple[date | None, ...]]:
    return [(x.entry_on, x.piece_on, x.due_on) for x in lines]


@pytest.mark.parametrize(
    ("read", "meant", "kinds"),
    [
        (("20/03", "04/02"), ("20/03", "02/04"), [DUE]),  # due before the invoice
        (("20/03", "04/12"), ("20/03", "12/04"), [DUE]),  # due absurdly late
        (("05/04", "20/04"), ("05/04", "20/04"), []),
        (("06/04", "20/04"), ("06/04", "20/04"), []),
        (("10/05", "04/06"), ("10/05", "04/06"), []),
        (("03/08", "20/03"), ("08/03", "20/03"), [INVOICE]),  # after its due date
        (("04/07", "20/05"), ("07/04", "20/05"), [INVOICE]),  # still to come
        (("05/12", "06/11"), ("12/05", "11/06"), [INVOICE, DUE]),
        (("12/12", "30/11"), ("12/12", "30/11"), []),  # nothing mends it
        (("01/07", "31/07"), ("01/07", "31/07"), []),  # dated in advance
        (("20/02", ""), ("20/02", ""), []),
        (("05/10", ""), ("10/05", ""), [INVOICE]),  # still to come for long
        (("05/07", ""), ("05/07", ""), []),
    ],
    ids=" ".join,
)
def test_dates_that_make_no_sense_are_put_right_where_swapping_does(
    read: tuple[str, str], meant: tuple[str, str], kinds: list[FaultKind]
) -> None:
    found = find_swaps(a_table(a_line(*read)), TODAY)

    assert dates(found.lines) == dates([a_line(*meant)])
    assert [fault.kind for fault in found.faults] == kinds


def test_what_was_read_and_what_it_would_become_are_told_by_line() -> None:
    (fault,) = find_swaps(a_table(a_line("20/03", "04/02", line=7)), TODAY).faults

    assert (fault.sheet, fault.line, fault.blocking) == ("Liste", 7, False)
    assert fault.found == "04/02/2026 → 02/04/2026"


def test_the_period_of_a_file_betrays_a_date_after_it() -> None:
    others = [a_line(f"{20 + n}/03") for n in range(5)]
    suspect = a_line("04/06")

    assert find_swaps(a_table(suspect), TODAY).faults == []
    (fault,) = find_swaps(a_table(suspect, *others), TODAY).faults
    assert fault.found == "04/06/2026 → 06/04/2026"


def test_usual_delays_choose_between_two_ways_of_mending() -> None:
    suspect = a_line("03/05", "07/04")
    usual = [a_line("13/03", "15/04"), a_line("14/03", "16/04")]

    alone = find_swaps(a_table(suspect), TODAY)
    among_others = find_swaps(a_table(suspect, *usual), TODAY)

    assert dates(alone.lines) == dates([a_line("03/05", "04/07")])
    assert dates(among_others.lines) == dates([a_line("05/03", "07/04"), *usual])


def test_what_has_no_date_is_left_alone() -> None:
    undated = a_source_line(entry_on=UNDATED, piece_on=None)
    due_alone = a_source_line(entry_on=day("04/12"), piece_on=None, due_on=day("04/12"))

    found = find_swaps(a_table(undated, due_alone), TODAY)

    assert found.lines == [undated, due_alone]
    assert found.faults == []


def test_a_ledger_whose_dates_have_one_form_is_never_suspected() -> None:
    line = a_line("20/03", "04/02")

    assert find_swaps(a_table(line, kind=SourceFormat.FEC), TODAY).lines == [line]


@given(
    st.lists(
        st.tuples(st.integers(0, 700), st.integers(0, 75)), min_size=1, max_size=20
    )
)
def test_plausible_dates_are_never_touched(days: list[tuple[int, int]]) -> None:
    lines = [
        replace(
            a_line("01/01"),
            entry_on=(invoiced := TODAY - timedelta(days=ago)),
            piece_on=invoiced,
            due_on=invoiced + timedelta(days=delay),
        )
        for ago, delay in days
    ]

    assert find_swaps(a_table(*lines), TODAY).faults == []


@given(
    st.lists(
        st.tuples(st.integers(-200, 700), st.none() | st.integers(-300, 400)),
        max_size=20,
    )
)
def test_what_is_put_right_is_not_suspected_again(
    days: list[tuple[int, int | None]],
) -> None:
    lines = [
        replace(
            a_line("01/01"),
            entry_on=(invoiced := TODAY - timedelta(days=ago)),
            piece_on=invoiced,
            due_on=None if delay is None else invoiced + timedelta(days=delay),
        )
        for ago, delay in days
    ]
    mended = find_swaps(a_table(*lines), TODAY).lines

    for before, after in zip(lines, mended, strict=True):
        if before != after:
            assert after.due_on is None or after.due_on >= after.entry_on
            assert after.entry_on <= TODAY
