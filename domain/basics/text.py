"""Text compared and cut as people read it."""

import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def folded(text: str) -> str:
    """Forget case, accents and ligatures, so that « soeur » finds « Sœur »."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(1 << 14)  # the lines of a ledger repeat the names of their customers
def squeezed(text: str) -> str:
    """Keep one space between words and none around; control characters go."""
    printable = "".join(c if c.isprintable() or c.isspace() else " " for c in text)
    return " ".join(printable.split())


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key in which numbers count as numbers: C2 before C10."""
    parts: list[tuple[int, int, str]] = []
    run = ""
    for char in [*folded(text), ""]:
        if run and (not char or char.isdecimal() != run[-1].isdecimal()):
            parts.append((0, int(run), "") if run[-1].isdecimal() else (1, 0, run))
            run = ""
        run += char
    return tuple(parts)
