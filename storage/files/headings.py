"""Headings and names of tabs, compared as people would."""

from domain.basics.text import folded

_FEWEST_LETTERS = 6


def plain(name: str) -> str:
    """Forget all but letters and figures: « Date écriture » is dateecriture."""
    return "".join(c for c in folded(name) if c.isalnum())


def is_heading(found: str, heading: str) -> bool:
    """Recognise a heading, cut at its end or not; both in plain form.

    Workbooks in use say « Date Facti » or « Raison social »: one wrong letter may
    stand at the cut.
    """
    start = found[:-1]
    return found == heading or (
        len(start) >= _FEWEST_LETTERS and heading.startswith(start)
    )
