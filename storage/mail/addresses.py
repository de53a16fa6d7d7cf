"""Says what is odd about an e-mail address, without asking the network."""

from enum import StrEnum
from functools import lru_cache
from unicodedata import category

from email_validator import EmailNotValidError, validate_email

from domain.basics.errors import DunningError
from domain.basics.sentences import N_


class UnusableAddressError(DunningError):
    """An address is so malformed that no mail server would take it."""

    message = "An e-mail cannot be sent to or from this address: correct it first."


class Oddity(StrEnum):
    """Why an address deserves a look before anything is sent to it."""

    EMPTY = N_("There is no e-mail address.")
    SEVERAL = N_("There are several addresses here: keep only one.")
    SPACE = N_("The address contains a space or an invisible character.")
    AT_MISSING = N_("The @ is missing from the address.")
    NOTHING_BEFORE = N_("There is nothing before the @.")
    NOTHING_AFTER = N_("There is nothing after the @.")
    DOT = N_("The address contains a misplaced dot.")
    ACCENT = N_("The address contains an accent or an unusual letter.")
    ENDING = N_("What follows the @ has no valid ending, such as .fr or .com.")
    FORM = N_("The address is not well formed.")
    NOT_READ = N_("Nobody reads what is sent to this address.")
    THROW_AWAY = N_("This is a throw-away address.")
    GMAIL_COM = N_("Was gmail.com meant after the @?")
    HOTMAIL_COM = N_("Was hotmail.com meant after the @?")
    HOTMAIL_FR = N_("Was hotmail.fr meant after the @?")
    OUTLOOK_COM = N_("Was outlook.com meant after the @?")
    OUTLOOK_FR = N_("Was outlook.fr meant after the @?")
    ORANGE_FR = N_("Was orange.fr meant after the @?")
    WANADOO_FR = N_("Was wanadoo.fr meant after the @?")
    FREE_FR = N_("Was free.fr meant after the @?")
    LAPOSTE_NET = N_("Was laposte.net meant after the @?")
    YAHOO_FR = N_("Was yahoo.fr meant after the @?")
    YAHOO_COM = N_("Was yahoo.com meant after the @?")
    ICLOUD_COM = N_("Was icloud.com meant after the @?")
    DOT_COM = N_("Was .com meant at the end of the address?")
    DOT_FR = N_("Was .fr meant at the end of the address?")
    DOT_NET = N_("Was .net meant at the end of the address?")
    DOT_ORG = N_("Was .org meant at the end of the address?")


# What gives each away. The mistakes are those made with the mailbox providers of
# French firms; domains that exist in their own right (orange.com, mail.com …) are
# left out on purpose, as are the endings that a country or a registry uses.
_CLUES = {
    Oddity.NOT_READ: "noreply@ no-reply@ no_reply@ no.reply@ donotreply@ do-not-reply@ "
    "nepasrepondre@ ne-pas-repondre@ ne_pas_repondre@ mailer-daemon@ postmaster@ "
    "abuse@",
    Oddity.THROW_AWAY: "yopmail.com yopmail.fr jetable.org mailinator.com "
    "guerrillamail.com sharklasers.com 10minutemail.com temp-mail.org tempmail.com "
    "trashmail.com maildrop.cc mailnesia.com dispostable.com",
    Oddity.GMAIL_COM: "gmial.com gmal.com gmai.com gmil.com gamil.com gmaill.com "
    "gmali.com gmaul.com gmsil.com gnail.com gmaik.com gmailc.om gmail.co gmail.cm "
    "gmail.fr",
    Oddity.HOTMAIL_COM: "hotmial.com hotmai.com hotmal.com homail.com hotmil.com "
    "hormail.com htomail.com hotmaill.com hotmail.co hotmail.cm",
    Oddity.HOTMAIL_FR: "hotmial.fr hotmai.fr hotmal.fr homail.fr hormail.fr htomail.fr",
    Oddity.OUTLOOK_COM: "outlok.com outloo.com oultook.com outllok.com outlook.co",
    Oddity.OUTLOOK_FR: "outlok.fr outloo.fr oultook.fr outllok.fr",
    Oddity.ORANGE_FR: "ornage.fr oragne.fr orane.fr ornge.fr orangr.fr orang.fr "
    "orrange.fr",
    Oddity.WANADOO_FR: "wanadou.fr wanado.fr wandoo.fr wanadooo.fr wannadoo.fr",
    Oddity.FREE_FR: "freee.fr frree.fr",
    Oddity.LAPOSTE_NET: "lapost.net lapsote.net lapotse.net laoste.net lapposte.net",
    Oddity.YAHOO_FR: "yaho.fr yahou.fr yhoo.fr yahho.fr yajoo.fr",
    Oddity.YAHOO_COM: "yaho.com yahou.com yhoo.com yahho.com yajoo.com yahoo.co",
    Oddity.ICLOUD_COM: "iclod.com icoud.com iclould.com icloud.fr icloud.co",
    Oddity.DOT_COM: ".con .cmo .ocm .comm .coom .vom .xom .cpm .cim .clm",
    Oddity.DOT_FR: ".frr .ffr .rf .fre",
    Oddity.DOT_NET: ".nte .ner .nett",
    Oddity.DOT_ORG: ".ogr .orgg",
}
_ODDITY_OF = {clue: oddity for oddity, all_ in _CLUES.items() for clue in all_.split()}

# RFC 2606 and 6761 keep them for tests and demonstrations: not mistakes.
_RESERVED_ENDINGS = (".invalid", "@localhost", ".localhost", ".test")


# Asked of every customer at each look at today's work: 5,000 take 0.15 s.
@lru_cache(maxsize=65_536)
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
        ('"' in local or not is_usable(address), Oddity.FORM),
    )
    clues = (domain, f".{ending}", f"{local}@")
    found = (oddity for is_found, oddity in oddities if is_found)
    known = (_ODDITY_OF[clue] for clue in clues if clue in _ODDITY_OF)
    return next(found, "") or next(known, "")


@lru_cache(maxsize=64)  # a round says the same ones again and again
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


def is_usable(address: str) -> bool:
    """Whether a mail server would take an address, however odd it looks."""
    try:
        return bool(on_the_wire(address))
    except UnusableAddressError:
        return False
