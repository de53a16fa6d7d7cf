"""Addresses as the post reads them: French standard XP Z10-011.

At most six lines (seven abroad) of 38 characters, no blank line, and the lines from
the street on in plain capitals without punctuation.
"""

import re
import textwrap
from enum import StrEnum

from anyascii import anyascii

from domain.basics.text import folded, squeezed

LINE_LENGTH = 38
LINES_AT_HOME = 6
LINES_ABROAD = 7

_TOWN_AT_HOME = re.compile(r"\d{5} \S")

_HOME = {"", "fr", "fra", "france"}
_NUMBER_SIGN = re.compile(r"\b[nN]\s?[°º]\s?")
_NOT_PLAIN = re.compile(r"[^A-Z0-9]+")
_NOT_LATIN = re.compile(r"[^\u0020-\u024f\u1e00-\u1eff\u2010-\u2026]+")


def postal_lines(
    name: str,
    contact_name: str,
    address: str,
    *,
    postal_code: str,
    city: str,
    country: str = "",
) -> tuple[tuple[str, ...], bool]:
    """Lay an address out, and tell whether something had to be left out.

    A long line goes on to the next while there is room. Then each part keeps one
    line, and the contact goes first: the post can do without it.
    """
    abroad = not is_at_home(country)
    ends = [plain_capitals(f"{postal_code} {city}")]
    if abroad:
        ends.append(plain_capitals(country))
    ends = [end for end in ends if end]
    room = (LINES_ABROAD if abroad else LINES_AT_HOME) - len(ends)
    streets = [plain_capitals(line) for line in address.splitlines()]
    parts = [_folded_in(part) for part in (_readable(name), _readable(contact_name))]
    parts += [_folded_in(street) for street in streets]
    lines, was_cut = _fitted(parts, room)
    short_ends = [end[:LINE_LENGTH].strip() for end in ends]
    return (*lines, *short_ends), was_cut or short_ends != ends


class AddressDoubt(StrEnum):
    """Why the post may not find an address."""

    NO_STREET = "no_street"
    NO_TOWN = "no_town"
    POSTCODE = "postcode"
    """In France a postal code has five digits."""
    CUT = "cut"
    """Something did not fit in the lines of the standard."""


def address_doubts(
    address: str, postal_code: str, city: str, country: str, *, was_cut: bool
) -> tuple[AddressDoubt, ...]:
    """Tell what an address lacks to be found by the post."""
    doubts = []
    if not plain_capitals(address):
        doubts.append(AddressDoubt.NO_STREET)
    if not plain_capitals(city):
        doubts.append(AddressDoubt.NO_TOWN)
    elif is_at_home(country) and not _TOWN_AT_HOME.match(
        plain_capitals(f"{postal_code} {city}")
    ):
        doubts.append(AddressDoubt.POSTCODE)
    if was_cut:
        doubts.append(AddressDoubt.CUT)
    return tuple(doubts)


def is_at_home(country: str) -> bool:
    """Whether an address is in France, which letters do not name."""
    return folded(squeezed(country)) in _HOME


def plain_capitals(text: str) -> str:
    """Write in capitals without accents nor punctuation: « L HAY LES ROSES »."""
    spelt = anyascii(_NUMBER_SIGN.sub("no ", text)).upper()
    return _NOT_PLAIN.sub(" ", spelt).strip()


def _readable(name: str) -> str:
    """Keep a name as it is written, in letters that a postman reads."""
    latin = _NOT_LATIN.sub(lambda other: f" {_spelt(other.group())} ", name)
    return squeezed(latin)


def _spelt(other_script: str) -> str:
    """Spell letters of another script; pictures have no sound."""
    return "".join(anyascii(char) for char in other_script if char.isalpha())


def _folded_in(part: str) -> list[str]:
    return textwrap.wrap(part, LINE_LENGTH)


def _fitted(parts: list[list[str]], room: int) -> tuple[list[str], bool]:
    lines = [line for part in parts for line in part]
    if len(lines) <= room:
        return lines, False
    firsts = [part[:1] for part in parts]
    if sum(map(len, firsts)) > room:
        firsts[1] = []
    return [line for part in firsts for line in part][:room], True
