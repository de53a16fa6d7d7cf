"""Words on screen: English in the code, French in the committed catalogue."""

import gettext
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from domain.basics.errors import DunningError
from domain.basics.money import Money
from ui import formatting

_LOCALES = Path(__file__).parent / "locales"


class _Choice:
    language = "fr"


def use(language: str) -> None:
    """Choose the language of the screens, for the whole app."""
    _Choice.language = language


def _(message: str, **values: object) -> str:
    """Translate a message and fill in its named placeholders."""
    return _filled(_catalogue(_Choice.language).gettext(message), values)


def pgettext(context: str, message: str, **values: object) -> str:
    """Translate a word that means two things; ``context`` tells which."""
    return _filled(_catalogue(_Choice.language).pgettext(context, message), values)


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """Translate a message that counts, and fill in ``{count}`` and the rest."""
    text = _catalogue(_Choice.language).ngettext(singular, plural, count)
    return _filled(text.replace("{count}", formatting.count(count)), values)


def refusal(error: DunningError) -> str:
    """Say a refusal in the user's words, its details as people read them."""
    details = {name: _detail(value) for name, value in error.details.items()}
    return _(error.message, **details)


def _detail(value: object) -> object:
    if isinstance(value, Money):
        return formatting.money(value)
    if isinstance(value, date):
        return formatting.day(value)
    if isinstance(value, DunningError):
        return refusal(value)
    # A reason is itself a message; what the user typed has no translation. The
    # empty message is gettext's own header.
    return _(value) if isinstance(value, str) and value else value


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**values) if values else text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Read a catalogue once, compiled if a package brings it so."""
    source = _LOCALES / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return gettext.NullTranslations()
    shipped = source.with_suffix(".mo")
    words = shipped.read_bytes() if shipped.exists() else compiled_catalogue(source)
    return gettext.GNUTranslations(BytesIO(words))


def compiled_catalogue(source: Path) -> bytes:
    """Compile a catalogue as gettext reads it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=source.parent.parent.name))
    return compiled.getvalue()
