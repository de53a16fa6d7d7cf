r"""Headings of French packages, and what their columns hold.

Written from the lists that Sage 100, EBP, Ciel, Cegid, Quadra, Pennylane, Odoo and
Dolibarr export: aged balances, due lists, customer ledgers, customers, contacts.
Patterns meet the words of a heading, without accents, case or signs (« N° » is n).
"""

import re

from domain.ledger.mapping import Field

_NUMBER = r"(?:n|no|num|numero|ref|reference|code|id|identifiant|cpt|cpte)"
_WHO = r"(?:clients?|tiers|auxiliaires?|aux|partenaires?|debiteurs?|customers?|partner)"
_DOCUMENT = r"(?:factures?|fact|pieces?|pce|documents?|doc|invoice|ecritures?)"
# First match wins: what looks like something else comes before it.
_PATTERNS: tuple[tuple[Field, str], ...] = (
    # Slices of an aged balance, and totals that the columns beside already give.
    (
        Field.IGNORED,
        (
            r"^(?:non echus?|pas echu|a echoir|echus?|anterieurs?|au dela|not due"
            r"|(?:de )?\d+ ?(?:jours?|j)?(?: ?a| )? ?\d+ ?(?:jours?|j|days)?"
            r"|[+<>] ?(?:de )?\d+.*|\d+ ?(?:jours?|j|mois|[+])"
            r"|(?:plus|moins) de \d+.*"
            r"|tranche.*|retard.*|jours? de retard|nb jours.*|m \d)$"
        ),
    ),
    (
        Field.IGNORED,
        (
            r"\b(?:ht|hors taxes?|tva|taxes?|plafond|autorise"
            r"|ca|chiffre d affaires?|marge"
            r"|devise|currency|cours|progressif|cumule?|statut|etat|status|quantite)\b"
        ),
    ),
    (
        Field.IGNORED,
        r"(?:mouvements?|mvts?|total|cumul) (?:debit|credit)|^date.*lettr",
    ),
    (
        Field.IGNORED,
        r"\b(?:deja|montant|total) (?:paye|regle|recu)|^(?:paye|regle|encaisse)$",
    ),
    (
        Field.IGNORED,
        (
            r"^(?:acomptes?|reglements?|avoirs?|date.*(?:reglement|paiement|relance"
            r"|creation|modification|lettr|saisie banc|valeur)|derniere?.*)$"
        ),
    ),
    (
        Field.IS_DUNNING,
        r"(?:destinataire|dest|recoit|envoyer).*relance|^destrelance$",
    ),
    (Field.IGNORED, r"\brelances?\b|\bref(?:erence)? client\b|\bsa reference\b"),
    (
        Field.EMAIL,
        r"\b(?:e ?mails?|mail|courriel|mel|messagerie)\b|adresse electronique",
    ),
    (
        Field.ATTACHMENT,
        r"\b(?:pieces? jointes?|fichiers?|pdf|ref image|nom image|gedi?)\b",
    ),
    (
        Field.PAYMENT_TERMS,
        r"\b(?:conditions?|delais?|modalites?|termes?|terms)\b|jours d echeance",
    ),
    (
        Field.PAYMENT_MODE,
        (
            r"\b(?:modes?|moyens?|types?) (?:de |du )?(?:reglements?|paiements?|rgt)"
            r"|\bmode (?:regl|rglt|regt|pmt)\b|\bmdr\b|payment method"
        ),
    ),
    (
        Field.DUE_DATE,
        (
            r"^(?:(?:dates?|mois|periode) )?(?:de |d |du )*(?:l )?"
            r"(?:echeances?|ech|echeancier|exigibilite)"
            r"(?: (?:le|facture|paiement|prevue))?$|date limite"
            r"|due date|invoice date due"
            r"|a (?:payer|regler) (?:le|avant)|dateech|^dt ech|date d ?ech"
        ),
    ),
    (Field.LETTERING, r"\blett?rage\b|^(?:code )?(?:lettre|let|ltr|lett)$|matching"),
    (
        Field.DIRECTION,
        r"^sens\b|^(?:d c|dc|debit credit|d ou c)$|type de (?:solde|mvt)",
    ),
    (Field.DEBIT, r"\bdebit(?:eurs?)?\b(?!.*(?:nom|code|compte))|^(?:mt )?dbt$"),
    (Field.CREDIT, r"\bcredit(?:eurs?)?\b|^(?:mt )?crt$"),
    (
        Field.BALANCE,
        (
            r"\b(?:restes?|restant|soldes?|impayes?|residuel|encours|en cours|du$"
            r"|amount due|outstanding|balance|residual)\b"
            r"(?!.*\b(?:date|jour|client|compte|tiers)\b)"
            r"|^(?:a payer|a regler|a encaisser|non regle)$"
            r"|^montant (?:non regle|a regler)$"
        ),
    ),
    (
        Field.AMOUNT,
        r"\b(?:ttc|montants?|mt|mtt|total|valeur|amount|net a payer|somme)\b",
    ),
    (Field.JOURNAL, r"\b(?:journal|jnl|jal|jrnl|journaux)\b"),
    (
        Field.ACCOUNT,
        r"\bcomp?te? (?:general|collectif|comptable|gen)\b|^(?:collectif|general)$",
    ),
    (
        Field.INVOICE_DATE,
        (
            r"^(?:dates?|dt) (?:de |d |du )*(?:la |l )?(?:facturation|emission|invoice"
            rf"|{_DOCUMENT})\b(?<!ecriture)(?<!ecritures)|invoice date|^emise? le$"
        ),
    ),
    (
        Field.ENTRY_DATE,
        (
            r"^(?:dates?|dt|jour|date (?:de |d |du )*(?:l )?(?:ecritures?|ecr|operation"
            r"|comptable|comptabilisation|mouvement|mvt|saisie|compta))$"
        ),
    ),
    (Field.FIRST_NAME, r"\bprenoms?\b|first name"),
    (
        Field.LAST_NAME,
        (
            r"^(?:nom (?:de famille|(?:du |de l )?(?:contact|interlocuteur))"
            r"|contacts?|interlocuteurs?|last name)$"
        ),
    ),
    (Field.POSTAL_CODE, r"\bcode ?postal\b|^(?:cp|c p|code post|zip)\b|postal code"),
    (
        Field.SALESPERSON,
        r"\b(?:commercial|commerciaux|representant|vendeur|collaborateur)\b",
    ),
    (
        Field.CATEGORY,
        r"\b(?:categorie|famille|groupe|segment)\b(?!.*compte)|^type (?:de )?client$",
    ),
    (Field.PROFILE, r"^profils?(?: (?:client|de relance))?$|^scenario$"),
    (Field.SIREN, r"^(?:n |no |num |numero )?(?:siren|siret)$|\bsiren\b"),
    (Field.PHONE, r"\b(?:tel|telephone|phone|tel fixe|telephone 1)\b|^fixe$"),
    (
        Field.CITY,
        r"^(?:ville|commune|localite|city|bureau distributeur)\b|\bville$",
    ),
    (Field.COUNTRY, r"^(?:pays|country|code pays)\b"),
    (
        Field.ADDRESS,
        r"\b(?:adresse|adr|rue|voie|complement|lieu dit|street)\b(?!.*(?:ip|web))",
    ),
    (
        Field.CUSTOMER_NAME,
        (
            rf"raison socia|denomination|\bintitule (?:du |de )?(?:compte|{_WHO})"
            rf"|\b(?:nom|noms|libelle|lib|societe)\b.*\b(?:compte|cpte|cpt|societe|{_WHO})\b"
            r"|^(?:nom )?(?:societe|entreprise|partenaire|partner|company"
            r"|nom du partenaire)$|nom d affichage|comp(?:te)? ?aux ?lib|^comptelib$"
        ),
    ),
    (
        Field.CUSTOMER_CODE,
        (
            rf"\b(?:{_NUMBER}|comptes?)\b.*\b(?:compte|cpte|{_WHO})\b"
            rf"|^(?:comptes?|cpte|cpt|auxiliaire|comp(?:te)? ?aux(?: ?num)?"
            rf"|matricule|aux)$"
            rf"|^(?:comptes?|cpt|cpte) (?:{_WHO}|num|numero)|^code$|^{_WHO} code$"
        ),
    ),
    (
        Field.REFERENCE,
        (
            rf"^(?:{_NUMBER}|libelle court)?(?: (?:de |du |la |d )*)?{_DOCUMENT}\b"
            rf"|\b{_NUMBER} (?:de |du |la |d )*{_DOCUMENT}"
            r"|^(?:ref|reference|numero|n|no|num"
            r"|piece ?ref|numfact|num fact|ref interne)$"
        ),
    ),
    (
        Field.LABEL,
        r"\b(?:libelle|designation|objet|description|motif|label|commentaire)s?\b",
    ),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _PATTERNS)
# These words alone mean one thing or another, as the other columns have it.
UNCERTAIN = {
    "client": (Field.CUSTOMER_CODE, Field.CUSTOMER_NAME),
    "clients": (Field.CUSTOMER_CODE, Field.CUSTOMER_NAME),
    "tiers": (Field.CUSTOMER_CODE, Field.CUSTOMER_NAME),
    "customer": (Field.CUSTOMER_CODE, Field.CUSTOMER_NAME),
    "debiteur": (Field.CUSTOMER_CODE, Field.CUSTOMER_NAME),
    "nom": (Field.LAST_NAME, Field.CUSTOMER_NAME),
    "intitule": (Field.LABEL, Field.CUSTOMER_NAME),
    "libelle": (Field.LABEL, Field.CUSTOMER_NAME),
}


def meaning(heading: str) -> Field | None:
    """Tell what a heading announces, already reduced to words; None when unknown."""
    for field, pattern in _COMPILED:
        if pattern.search(heading):
            return field
    return None
