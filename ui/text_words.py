"""Words for templates: their kinds, tones, languages, and what each tag prints."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.basics.sentences import N_
from domain.dunning.scenario import Channel
from domain.dunning.tags import Tag
from domain.dunning.texts import (
    FORMAL_NOTICE,
    PAYMENT_SCHEDULE,
    PROMISE_CONFIRMED,
    STATEMENT,
    MessageText,
    Tone,
    own_name,
)
from ui import labels
from ui.translation import _

_LANGUAGES = MappingProxyType({"fr": N_("French"), "en": N_("English")})

_TAGS: Mapping[Tag, str] = MappingProxyType(
    {
        Tag.CLIENT_CODE: N_("Account of the customer"),
        Tag.CLIENT_NOM: N_("Name of the customer"),
        Tag.CLIENT_CONTACT: N_("Person written to"),
        Tag.CLIENT_ADRESSE: N_("Address of the customer"),
        Tag.CLIENT_SIRET: N_("SIREN or SIRET of the customer"),
        Tag.TOTAL: N_("What the message asks for"),
        Tag.TOTAL_ECHU: N_("All that is due on the account"),
        Tag.TOTAL_A_VENIR: N_("All that is not yet due"),
        Tag.SOLDE: N_("Balance of the account"),
        Tag.LISTE_FACTURES: N_("Numbers of the invoices"),
        Tag.PLUS_ANCIENNE_ECHEANCE: N_("Oldest due date"),
        Tag.RETARD_MAX: N_("Longest lateness"),
        Tag.NB_PIECES: N_("Number of documents"),
        Tag.DATE_DU_JOUR: N_("Date of the message"),
        Tag.DATE_LIMITE: N_("Last day to pay"),
        Tag.NIVEAU: N_("Level of the reminder"),
        Tag.DATE_DERNIERE_RELANCE: N_("Date of the last reminder"),
        Tag.SOCIETE: N_("Name of your firm"),
        Tag.SOCIETE_ADRESSE: N_("Address of your firm"),
        Tag.SOCIETE_SIRET: N_("SIRET of your firm"),
        Tag.SOCIETE_RCS: N_("RCS of your firm"),
        Tag.SOCIETE_TVA: N_("VAT number of your firm"),
        Tag.SOCIETE_TEL: N_("Telephone of your firm"),
        Tag.SOCIETE_EMAIL: N_("E-mail address of your firm"),
        Tag.IBAN: N_("IBAN of your firm"),
        Tag.BIC: N_("BIC of your firm"),
        Tag.TAUX_PENALITE: N_("Rate of late-payment penalties"),
        Tag.INDEMNITE: N_("Fixed recovery fee"),
        Tag.REFERENCES_COMMANDE: N_("Orders or contracts that the labels name"),
        Tag.RAPPEL_RETARD: N_("What lateness costs, by the law of that customer"),
        Tag.SUITES: N_("Which court comes next, by the law of that customer"),
        Tag.EXPEDITEUR_NOM: N_("Who signs"),
        Tag.EXPEDITEUR_FONCTION: N_("Role of who signs"),
        Tag.EXPEDITEUR_EMAIL: N_("Where to answer"),
        Tag.EXPEDITEUR_TEL: N_("Whom to call"),
        Tag.SIGNATURE: N_("Name, role and firm"),
        Tag.PROMESSE_MONTANT: N_("Amount of the next promise"),
        Tag.PROMESSE_DATE: N_("Day of the next promise"),
        Tag.ECHEANCIER: N_("All promises to come"),
        Tag.TABLEAU_COMPTABLE: N_("The table of the documents"),
    }
)


def tag_meaning(tag: Tag) -> str:
    """Say what a tag prints."""
    return _(_TAGS[tag])


def kind(key: str) -> str:
    """Name a kind of message: Prévenance, Relance 1, Relevé de compte."""
    own = {
        FORMAL_NOTICE: _("Formal notice"),
        STATEMENT: _("Statement of account"),
        PROMISE_CONFIRMED: _("Promise confirmed"),
        PAYMENT_SCHEDULE: _("Payment schedule"),
    }
    codes = {"advance_notice": "P", "thank_you": "M"}
    if own_name(key):
        return own_name(key)
    if key in own:
        return own[key]
    return labels.step(codes.get(key, f"R{key.removeprefix('reminder_')}"))


def tone(value: Tone) -> str:
    """Name a tone."""
    return _("courteous") if value is Tone.COURTEOUS else _("firm in tone")


def language(code: str) -> str:
    """Name a language, by its code if it is none of ours."""
    return _(_LANGUAGES[code]) if code in _LANGUAGES else code


def name(text: MessageText) -> str:
    """Name a template: « Relance 1 – E-mail – Français »."""
    return name_of(text.key, text.channel, text.language)


def name_of(key: str, channel: Channel, spoken: str) -> str:
    """Name the template of a kind, a means and a language."""
    return " – ".join((kind(key), labels.channel(channel), language(spoken)))
