"""Which SVG drawings are only drawings: nothing from elsewhere, nothing that runs."""

import re
from collections.abc import Mapping
from xml.parsers import expat

_LARGEST = 1_000_000
_MOST_DRAWN = 20_000
"""Elements; WeasyPrint draws some thousands in a second."""
_DEEPEST = 100
_NOT_DRAWN = frozenset({"script", "foreignobject", "iframe", "handler", "listener"})
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]")
_REACHES_OUT = re.compile(r"url\(\s*['\"]?\s*(?!#|['\"\s])|@import", re.IGNORECASE)


class _RefusedError(Exception):
    """It is more than a drawing."""


def is_only_a_drawing(content: bytes) -> bool:
    """Tell whether a drawing can be shown without harm.

    One that draws the same parts again and again, each ten times the one before, would
    take for ever: all that is drawn is counted.
    """
    if len(content) > _LARGEST:
        return False
    try:
        return _Drawing().read(content) <= _MOST_DRAWN
    except (_RefusedError, expat.ExpatError, ValueError, LookupError):
        return False


class _Drawing:
    """Counts what is drawn, each « use » as what it draws again."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._sizes: dict[str, int] = {"": 0}
        """Of the parts that have a name, and of the whole."""
        self._uses: list[tuple[frozenset[str], str]] = []
        """Each « use »: the parts it stands in, and the one it draws."""
        self._style: list[str] = []

    def read(self, content: bytes) -> int:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = _refuse
        parser.ProcessingInstructionHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._style.append
        parser.Parse(content, True)
        if _REACHES_OUT.search("".join(self._style)):
            raise _RefusedError
        return self._whole()

    def _doctype(self, *declared: object) -> None:
        """Take the usual declaration of SVG 1.1, with nothing of its own inside."""
        if declared[-1]:
            raise _RefusedError

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = _local(name)
        if kind in _NOT_DRAWN or len(self._open) >= _DEEPEST:
            raise _RefusedError
        drawn = ""
        for told, value in attributes.items():
            attribute = _local(told)
            if attribute == "href":
                drawn = value.strip()
                if kind != "a" and drawn and not _INSIDE.match(drawn):
                    raise _RefusedError
            elif attribute.startswith("on") or _REACHES_OUT.search(value):
                raise _RefusedError
        self._open.append(attributes.get("id", ""))
        around = frozenset((*self._open, ""))
        for part in around:
            self._sizes[part] = self._sizes.get(part, 0) + 1
        if kind == "use":
            self._uses.append((around, drawn.removeprefix("#")))

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _whole(self) -> int:
        """Add what is drawn again until nothing grows, or it has grown too much."""
        sizes = dict(self._sizes)
        for _turn in range(_DEEPEST):
            again = dict(self._sizes)
            for around, drawn in self._uses:
                for part in around:
                    again[part] = again.get(part, 0) + sizes.get(drawn, 0)
            if again == sizes or again[""] > _MOST_DRAWN:
                return again[""]
            sizes = again
        return _MOST_DRAWN + 1  # a part that draws itself


def _local(name: str) -> str:
    return name.rpartition(":")[2].casefold()


def _refuse(*_declaration: object) -> None:
    raise _RefusedError
