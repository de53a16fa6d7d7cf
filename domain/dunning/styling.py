"""**Bold**, __underlined__ and //slanted// words in the firm's own texts.

Marks are recognised before tags are filled, and kept as characters that nobody types:
a customer named « A**B** » stays as it is.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Style(StrEnum):
    """How a few words of a text can stand out: what is typed on both sides."""

    BOLD = "**"
    ITALIC = "//"
    UNDERLINED = "__"


ENDS: Mapping[Style, tuple[str, str]] = MappingProxyType(
    {
        Style.BOLD: ("\ue000", "\ue001"),
        Style.ITALIC: ("\ue002", "\ue003"),
        Style.UNDERLINED: ("\ue004", "\ue005"),
    }
)
_KEPT = re.compile("[\ue000-\ue005]")
# Not the « // » of an address, nor « 2 ** 3 », nor a line of « ____ » to sign on.
_MARKED = {
    style: re.compile(
        rf"(?<![:\w{style[0]}])[{style[0]}]{{2}}(?=\S)(?!{re.escape(style[0])})"
        rf"([^\n]{{1,2000}}?)(?<=\S)(?<!{re.escape(style[0])})"
        rf"[{style[0]}]{{2}}(?![\w{style[0]}])"
    )
    for style in Style
}


def styled(text: str) -> str:
    """Turn the marks that were typed into those that are kept."""
    result = plain(text)
    for style, pattern in _MARKED.items():
        begins, ends = ENDS[style]
        result = pattern.sub(rf"{begins}\1{ends}", result)
    return result


def plain(text: str) -> str:
    """Read a text without its styles."""
    return _KEPT.sub("", text)
