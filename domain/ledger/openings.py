"""Opening lines (« à-nouveaux »): what a year's file repeats of the year before.

A firm's yearly files overlap: each begins with what was still owed. Entries of all
files are kept; which of them count is worked out here from their content alone, so
files may come in any order.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.basics.identifiers import CustomerId, ItemId
from domain.basics.money import Money
from domain.basics.text import folded
from domain.ledger.allocation import allocate, settled_amounts
from domain.ledger.entry import LedgerEntry

_JOURNALS = frozenset({"an", "ano", "anx", "anouv", "ran", "ouv"})
# « A Nouveaux Détaillés », « REPORT A-NOUVEAU », « Solde à nouveau »
_CARRIED_OVER = re.compile(r"\ba ?nouveaux?\b")
_OPENING = re.compile(r"\bouvertures?\b")

_Likeness = Callable[[LedgerEntry], object]
# The date too at first: some packages give all cheques one reference.
_SAME_DOCUMENT: tuple[_Likeness, ...] = (
    lambda e: (e.piece, e.cents, e.invoice_on),
    lambda e: (e.piece, e.cents),
)
# Others lose the references. Amounts tell, where all lines and their sum agree.
_LIKENESSES: tuple[_Likeness, ...] = (
    *_SAME_DOCUMENT,
    lambda e: (e.cents, e.invoice_on),
    lambda e: e.cents,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningGap:
    """A customer whose opening lines are not what the year before left."""

    customer_id: CustomerId
    opens_on: date
    opened: Money
    owed: Money
    """What the entries of the years before add up to."""


@dataclass(frozen=True, slots=True)
class Continued:
    """Entries of several years put end to end."""

    entries: list[LedgerEntry]
    """Those that count, lettered as the year that follows says."""
    repeats: dict[ItemId, ItemId | None] = field(default_factory=dict)
    """Opening lines left out, and the line each repeats, where it is one only."""
    gaps: list[OpeningGap] = field(default_factory=list)


def is_opening_journal(code: str, name: str) -> bool:
    """Tell a journal of opening lines by its code or its name."""
    return (
        _letters(code) in _JOURNALS
        or says_opening(name)
        or bool(_OPENING.search(_words(name)))
    )


def says_opening(text: str) -> bool:
    """Whether a label reads « à nouveau », « report à nouveau », « A-NOUVEAUX »."""
    return bool(_CARRIED_OVER.search(_words(text)))


def without_repeats(entries: Iterable[LedgerEntry]) -> Continued:
    """Leave out the opening lines that repeat entries of the year before.

    Where that year is not in the books, opening lines are the debt. Where it is,
    those that it accounts for go, and the lines they repeat take their lettering:
    an invoice of one year is often lettered in the next one's file. What does not
    agree stays, and is told.
    """
    entries = list(entries)
    opening_days = {e.opens_on for e in entries if e.opens_on}
    if not opening_days:
        return Continued(entries)
    since = min((e.entry_on for e in entries if not e.opens_on), default=date.max)
    days = sorted(day for day in opening_days if since < day)
    accounts: dict[tuple[CustomerId, str], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        accounts[entry.customer_id, entry.currency].append(entry)
    result = Continued([])
    kept: dict[ItemId, LedgerEntry] = {}
    for account in accounts.values():
        kept |= _Account(account, result).continued(days)
    result.entries.extend(kept[e.id] for e in entries if e.id in kept)
    return result


class _Account:
    """One customer's entries, in the course of being put end to end."""

    def __init__(self, entries: Sequence[LedgerEntry], result: Continued) -> None:
        self._entries = entries
        self._result = result
        self._kept = {e.id: e for e in entries}

    def continued(self, days: Iterable[date]) -> dict[ItemId, LedgerEntry]:
        """Go from one opening day to the next, the earliest first."""
        for day in days:
            openings = [e for e in self._entries if e.opens_on == day]
            before = [
                e for e in self._kept.values() if (e.opens_on or e.entry_on) < day
            ]
            if openings or before:
                self._reconcile(day, openings, before)
        return self._kept

    def _reconcile(
        self, day: date, openings: list[LedgerEntry], before: list[LedgerEntry]
    ) -> None:
        opened, owed = _total(openings), _total(before)
        if not openings and not owed:
            return
        still_open = _still_open(before) if openings else []
        is_line_by_line = opened == owed and len(openings) == len(still_open)
        likenesses = _LIKENESSES if is_line_by_line else _SAME_DOCUMENT
        pairs = dict(_pairs(openings, still_open, likenesses))
        for opening in openings:
            line = pairs.get(opening.id)
            if line:
                self._letter(line, opening)
            if line or opened == owed:
                del self._kept[opening.id]
                self._result.repeats[opening.id] = line.id if line else None
        if opened == owed:
            taken = {line.id for line in pairs.values()}
            self._letter_sums(
                [e for e in openings if e.id not in pairs],
                [e for e in still_open if e.id not in taken],
            )
            return
        currency = self._entries[0].currency
        self._result.gaps.append(
            OpeningGap(
                customer_id=self._entries[0].customer_id,
                opens_on=day,
                opened=Money(opened, currency),
                owed=Money(owed, currency),
            )
        )

    def _letter_sums(self, sums: list[LedgerEntry], lines: list[LedgerEntry]) -> None:
        """Letter what makes up one balance, or one debit and one credit balance."""
        if len({e.lettering for e in sums}) == 1:
            self._letter_all(lines, sums[0])
            return
        for is_credit in (False, True):
            same_sums = [e for e in sums if (e.cents < 0) is is_credit]
            same_lines = [e for e in lines if (e.cents < 0) is is_credit]
            is_one = len({e.lettering for e in same_sums}) == 1
            if is_one and _total(same_sums) == _total(same_lines):
                self._letter_all(same_lines, same_sums[0])

    def _letter_all(self, lines: Iterable[LedgerEntry], opening: LedgerEntry) -> None:
        for line in lines:
            self._letter(line, opening)

    def _letter(self, line: LedgerEntry, opening: LedgerEntry) -> None:
        if opening.lettering:
            self._kept[line.id] = replace(
                line, lettering=opening.lettering, lettered_on=opening.lettered_on
            )


def _still_open(before: list[LedgerEntry]) -> list[LedgerEntry]:
    """List what no lettering had settled by the end of the year."""
    settled = settled_amounts(allocate(before, match_payments=False).allocations)
    return [e for e in before if settled.get(e.id, 0) != abs(e.cents)]


def _pairs(
    openings: list[LedgerEntry],
    lines: list[LedgerEntry],
    likenesses: Sequence[_Likeness],
) -> Iterator[tuple[ItemId, LedgerEntry]]:
    """Find the one line that each detailed opening line repeats, the likest first."""
    waiting, free = openings, lines
    for likeness in likenesses:
        by_content: dict[object, list[LedgerEntry]] = defaultdict(list)
        for line in reversed(free):
            by_content[likeness(line)].append(line)
        paired: dict[ItemId, LedgerEntry] = {}
        for opening in waiting:
            same = by_content[likeness(opening)]
            if same:
                paired[opening.id] = same.pop()
        yield from paired.items()
        taken = {line.id for line in paired.values()}
        waiting = [e for e in waiting if e.id not in paired]
        free = [e for e in free if e.id not in taken]


def _total(entries: Iterable[LedgerEntry]) -> int:
    return sum(e.cents for e in entries)


def _words(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", folded(text))


def _letters(code: str) -> str:
    return "".join(char for char in folded(code) if char.isalpha())
