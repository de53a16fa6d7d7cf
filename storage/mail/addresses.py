"""Says what is odd about an e-mail address, without asking the network."""

from enum import StrEnum
from unicodedata import category

from email_validator import EmailNotValidError, validate_email

from domain.basics.errors import DunningError


class UnusableAddressError(DunningError):
    """An address is so malformed that no mail server would take it."""

    message = "An e-mail cannot be sent to or from this address: correct it first."


class Oddity(StrEnum):
    """Why an address deserves a look before anything is sent to it."""

    EMPTY = "There is no e-mail address."
    SEVERAL = "There are several addresses here: keep only one."
    SPACE = "The address contains a space or an invisible character."
    AT_MISSING = "The @ is missing from the address."
    NOTHING_BEFORE = "There is nothing before the @."
    NOTHING_AFTER = "There is nothing after the @."
    DOT = "The address contains a misplaced dot."
    ACCENT = "The address contains an accent or an unusual letter."
    ENDING = "What follows the @ has no valid ending, such as .fr or .com."
    FORM = "The address is not well formed."
    NOT_READ = "Nobody reads what is sent to this address."
    THROW_AWAY = "This is a throw-away address."


_SUGGESTION = "What follows the @ looks mistyped: {meant} was probably meant."

# Mistakes made with the mailbox providers of French firms. Domains that exist in
# their own right (orange.com, mail.com …) are left out on purpose.
_MISTYPED = {
    "gmail.com": "gmial.com gmal.com gmai.com gmil.com gamil.com gmaill.com gmali.com "
    "gmaul.com gmsil.com gnail.com gmaik.com gmailc.om gmail.co gmail.cm gmail.fr",
    "hotmail.com": "hotmial.com hotmai.com hotmal.com homail.com hotmil.com "
    "hormail.com htomail.com hotmaill.com hotmail.co hotmail.cm",
    "hotmail.fr": "hotmial.fr hotmai.fr hotmal.fr homail.fr hormail.fr htomail.fr",
    "outlook.com": "outlok.com outloo.com oultook.com outllok.com outlook.co",
    "outlook.fr": "outlok.fr outloo.fr oultook.fr outllok.fr",
    "orange.fr": "ornage.fr oragne.fr orane.fr ornge.fr orangr.fr orang.fr orrange.fr",
    "wanadoo.fr": "wanadou.fr wanado.fr wandoo.fr wanadooo.fr wannadoo.fr",
    "free.fr": "freee.fr frree.fr",
    "laposte.net": "lapost.net lapsote.net lapotse.net laoste.net lapposte.net",
    "yahoo.fr": "yaho.fr yahou.fr yhoo.fr yahho.fr yajoo.fr",
    "yahoo.com": "yaho.com yahou.com yhoo.com yahho.com yajoo.com yahoo.co",
    "icloud.com": "iclod.com icoud.com iclould.com icloud.fr icloud.co",
    # Endings that no country or registry uses.
    ".com": ".con .cmo .ocm .comm .coom .vom .xom .cpm .cim .clm",
    ".fr": ".frr .ffr .rf .fre",
    ".net": ".nte .ner .nett",
    ".org": ".ogr .orgg",
}
_CLUES = {
    Oddity.NOT_READ: "noreply@ no-reply@ no_reply@ no.reply@ donotreply@ do-not-reply@ "
    "nepasrepondre@ ne-pas-repondre@ ne_pas_repondre@ mailer-daemon@ postmaster@ "
    "abuse@",
    Oddity.THROW_AWAY: "yopmail.com yopmail.fr jetable.org mailinator.com "
    "guerrillamail.com sharklasers.com 10minutemail.com temp-mail.org tempmail.com "
    "trashmail.com maildrop.cc mailnesia.com dispostable.com",
    **{_SUGGESTION.format(meant=meant): seen for meant, seen in _MISTYPED.items()},
}
_SENTENCE_OF = {
    clue: sentence for sentence, all_ in _CLUES.items() for clue in all_.split()
}

SENTENCES = frozenset({*Oddity, *_CLUES})
"""Every sentence that ``check_address`` may answer, for the translators."""

# RFC 2606 and 6761 keep them for tests and demonstrations: not mistakes.
_RESERVED_ENDINGS = (".invalid", "@localhost", ".localhost", ".test")


def check_address(address: str) -> str:
    """Say what is odd about an address; empty when nothing is."""
    local, at, domain = address.lower().rpartition("@")
    ending = domain.rpartition(".")[2]
    dotted = f".{local}.@.{domain}."
    oddities = (
        (not address.strip(), Oddity.EMPTY),
        ("@" in local or ";" in address or "," in address, Oddity.SEVERAL),
        (any(category(letter)[0] in "ZC" for letter in address), Oddity.SPACE),
        (not at, Oddity.AT_MISSING),
        (not local, Oddity.NOTHING_BEFORE),
        (not domain, Oddity.NOTHING_AFTER),
        (not address.isascii(), Oddity.ACCENT),
        (".." in dotted, Oddity.DOT),
        (domain != "localhost" and ending == domain, Oddity.ENDING),
        (len(ending) == 1, Oddity.ENDING),
        ('"' in local or not _is_usable(address), Oddity.FORM),
    )
    clues = (domain, f".{ending}", f"{local}@")
    found = (sentence for is_found, sentence in oddities if is_found)
    known = (_SENTENCE_OF[clue] for clue in clues if clue in _SENTENCE_OF)
    return next(found, "") or next(known, "")


def on_the_wire(address: str) -> str:
    """Write an address as mail servers know it: its domain in plain letters (IDNA).

    Raises:
        UnusableAddressError: no mail server would take it.
    """
    # The library refuses reserved endings: it is shown the domain inside another.
    reserved = address.lower().endswith(_RESERVED_ENDINGS)
    shelter = ".example.com" if reserved else ""
    try:
        checked = validate_email(
            address + shelter,
            check_deliverability=False,
            allow_quoted_local=True,
            strict=True,
        )
    except EmailNotValidError as problem:
        raise UnusableAddressError from problem
    return f"{checked.local_part}@{checked.ascii_domain}".removesuffix(shelter)


def _is_usable(address: str) -> bool:
    try:
        return bool(on_the_wire(address))
    except UnusableAddressError:
        return False
