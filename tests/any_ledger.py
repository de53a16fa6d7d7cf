"""Any ledger, for properties of whatever reads or imports one."""

from datetime import date

from hypothesis import strategies as st

from tests.ledger_writers import Entry

WORDS = st.text("abcdefgXYZ éèàçôû", min_size=1, max_size=12).map(str.strip)


@st.composite
def any_ledger(draw: st.DrawFn) -> list[Entry]:
    """Draw a few entries of a few customers."""
    day = st.dates(date(2000, 1, 1), date(2069, 12, 31))
    cents = st.integers(1, 999_999_99) | st.integers(-999_999_99, -1)
    codes = draw(st.lists(st.integers(0, 9), min_size=1, max_size=4))
    names = {f"4110{code:04}": draw(WORDS) for code in codes}
    return draw(
        st.lists(
            st.builds(
                lambda client, **others: Entry(
                    code=client[0], name=client[1], **others
                ),
                st.sampled_from(sorted(names.items())),
                journal=st.sampled_from(["VE", "BQ"]),
                day=day,
                piece=st.from_regex(r"[A-Z]{2}[0-9]{4}", fullmatch=True),
                label=WORDS,
                cents=cents,
                due=st.none() | day,
                lettering=st.sampled_from(["", "AA", "ZZ"]),
            ),
            min_size=1,
            max_size=6,
        )
    )
