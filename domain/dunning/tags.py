"""%total%, %client_nom%… in the firm's own texts.

A tag is a word between two percent signs, with nothing else between them: « 100 % »
and « 10 % de remise » are ordinary text.
"""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from enum import StrEnum
from typing import ClassVar

from domain.basics.errors import DunningError


class Tag(StrEnum):
    """Every tag that a text may use; templates/README.md tells what each prints."""

    CLIENT_CODE = "client_code"
    CLIENT_NOM = "client_nom"
    CLIENT_CONTACT = "client_contact"
    CLIENT_ADRESSE = "client_adresse"
    CLIENT_SIRET = "client_siret"
    TOTAL = "total"
    TOTAL_ECHU = "total_echu"
    TOTAL_A_VENIR = "total_a_venir"
    SOLDE = "solde"
    LISTE_FACTURES = "liste_factures"
    PLUS_ANCIENNE_ECHEANCE = "plus_ancienne_echeance"
    RETARD_MAX = "retard_max"
    NB_PIECES = "nb_pieces"
    DATE_DU_JOUR = "date_du_jour"
    DATE_LIMITE = "date_limite"
    NIVEAU = "niveau"
    DATE_DERNIERE_RELANCE = "date_derniere_relance"
    SOCIETE = "societe"
    SOCIETE_ADRESSE = "societe_adresse"
    SOCIETE_SIRET = "societe_siret"
    SOCIETE_RCS = "societe_rcs"
    SOCIETE_TVA = "societe_tva"
    SOCIETE_TEL = "societe_tel"
    SOCIETE_EMAIL = "societe_email"
    IBAN = "iban"
    BIC = "bic"
    TAUX_PENALITE = "taux_penalite"
    INDEMNITE = "indemnite"
    REFERENCES_COMMANDE = "references_commande"
    RAPPEL_RETARD = "rappel_retard"
    SUITES = "suites"
    EXPEDITEUR_NOM = "expediteur_nom"
    EXPEDITEUR_FONCTION = "expediteur_fonction"
    EXPEDITEUR_EMAIL = "expediteur_email"
    EXPEDITEUR_TEL = "expediteur_tel"
    SIGNATURE = "signature"
    PROMESSE_MONTANT = "promesse_montant"
    PROMESSE_DATE = "promesse_date"
    ECHEANCIER = "echeancier"
    TABLEAU_COMPTABLE = "tableau_comptable"


class UnknownTagError(DunningError):
    """A text uses a tag that nothing can fill."""

    message: ClassVar[str] = (
        "The tag %{tag}% does not exist. The nearest is %{nearest}%."
    )


class TagNotClosedError(DunningError):
    """A tag lacks its second percent sign: customers would read its name."""

    message: ClassVar[str] = "The tag %{tag}% lacks one of its percent signs."


OF_PROMISES = (Tag.PROMESSE_MONTANT, Tag.PROMESSE_DATE, Tag.ECHEANCIER)
"""Those that only a customer who promised can fill."""
_TAG = re.compile(r"%([^\W\d]\w*)%")
# « %client nom% », « %client-nom% », « %client.nom% »: meant as tags, not read as such.
_MEANT = re.compile(r"%[^\S\n]?([^\W\d][\w .\-]{1,60}?)[^\S\n]?%")
_HALF = re.compile(r"%([^\W\d]\w*)")


def check(text: str) -> None:
    """Accept a text whose tags are all known.

    Raises:
        UnknownTagError: one of them is not.
        TagNotClosedError: one of them lacks its second percent sign.
    """
    for match in _TAG.finditer(text):
        _known(match)
    rest = _TAG.sub("", text)
    for match in _MEANT.finditer(rest):
        name = _as_name(match.group(1))
        if "." in match.group(1) or name in _NAMES:
            raise UnknownTagError(tag=match.group(1), nearest=nearest(name))
    for match in _HALF.finditer(rest):
        if match.group(1).lower() in _NAMES:
            raise TagNotClosedError(tag=match.group(1))


def nearest(name: str) -> Tag:
    """Find the tag whose name is most like another."""
    wanted = _as_name(name)
    return max(Tag, key=lambda tag: SequenceMatcher(None, wanted, tag).ratio())


def fill(text: str, values: Mapping[Tag, str]) -> str:
    """Replace the tags by their values, in one pass: values are never read again.

    Raises:
        UnknownTagError: the text uses a tag that does not exist.
    """
    return _TAG.sub(lambda match: values[_known(match)], text)


def uses(text: str, tag: Tag) -> bool:
    """Tell whether a text uses a tag."""
    return any(_known(match) is tag for match in _TAG.finditer(text))


def parted_at(text: str, tag: Tag) -> tuple[str, str]:
    """Cut a text where a tag stands first; the whole text when it does not."""
    for match in _TAG.finditer(text):
        if _known(match) is tag:
            return text[: match.start()], text[match.end() :]
    return text, ""


def _known(match: re.Match[str]) -> Tag:
    name = match.group(1)
    try:
        return Tag(name.lower())
    except ValueError:
        raise UnknownTagError(tag=name, nearest=nearest(name)) from None


def _as_name(typed: str) -> str:
    """Write words as the names of tags are: no accent, no capital, no space."""
    bare = unicodedata.normalize("NFKD", typed.lower())
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "_", letters).strip("_")


_NAMES = frozenset(tag.value for tag in Tag)
