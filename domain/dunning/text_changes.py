"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\s]+")


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, and what became of them."""

    change: Change
    words: str


def changes(before: str, after: str) -> list[Part]:
    """Tell how a text became another, in reading order."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    parts = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            parts.append(Part(Change.SAME, "".join(old[i1:i2])))
            continue
        if i1 < i2:
            parts.append(Part(Change.REMOVED, "".join(old[i1:i2])))
        if j1 < j2:
            parts.append(Part(Change.ADDED, "".join(new[j1:j2])))
    return parts
