"""Names of files that every system takes, whatever a customer is called."""

import re
from unicodedata import category, normalize

LONGEST = 180
"""Bytes; systems take 255, and a date or « (1) » may be added."""
_REFUSED = re.compile(r'[\\/:*?"<>|]')
# Windows means devices by these, whatever follows the first dot.
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)")
_LONGEST_ENDING = 8


def safe_file_name(name: str) -> str:
    """Make a name that names one file, in no other folder, and reads as it is.

    Signs that cannot be seen go too: one of them shows « gpj.exe » as « exe.jpg ».
    """
    seen = "".join(sign for sign in normalize("NFC", name) if _is_seen(sign))
    plain = " ".join(_REFUSED.sub("-", seen).split()).strip(". ")
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    return _shortened(plain) or "_"


def _is_seen(sign: str) -> bool:
    return sign.isspace() or not category(sign).startswith("C")


def _shortened(name: str) -> str:
    """Cut what is too long, but its ending, which says what the file is."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LONGEST - len(f"{dot}{ending}".encode())
    kept = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    return f"{kept}{dot}{ending}"
