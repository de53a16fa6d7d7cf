"""Headings as French packages write them, each with what it must be taken for."""

import pytest

from domain.ledger.mapping import Cell, DateOrder, Field, Rows, TableKind, problems
from domain.ledger.proposing import find_header, propose

F = Field

# Package and document, headings, a row, and what each column is.
TABLES = {
    "sage_100_balance_agee": (
        (
            "N° compte tiers;Intitulé;Solde dû;Non échu;0 à 30 jours;31 à 60 jours;"
            "61 à 90 jours;Plus de 90 jours"
        ),
        "411DUPONT;Garage Dupont;1 200,00;200,00;1 000,00;;;",
        (F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.BALANCE, *([F.IGNORED] * 5)),
        True,
    ),
    "sage_100_echeancier": (
        (
            "Compte tiers;Intitulé du tiers;Date de pièce;N° pièce;Libellé écriture;"
            "Date d'échéance;Mode de règlement;Débit;Crédit;Solde"
        ),
        "DUPONT;Garage Dupont;05/01/2026;FA1;Facture;04/02/2026;VIR;1200,00;;1200,00",
        (
            *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.INVOICE_DATE, F.REFERENCE, F.LABEL),
            *(F.DUE_DATE, F.PAYMENT_MODE, F.DEBIT, F.CREDIT, F.IGNORED),
        ),
        True,
    ),
    "ebp_echeancier": (
        (
            "Code client;Nom du client;N° de document;Date;Date d'échéance;"
            "Montant TTC;Solde dû;Moyen de paiement"
        ),
        "CL00012;Garage Dupont;FA00000123;05/01/2026;04/02/2026;1200,00;600,00;Chèque",
        (
            *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.REFERENCE, F.ENTRY_DATE),
            *(F.DUE_DATE, F.AMOUNT, F.BALANCE, F.PAYMENT_MODE),
        ),
        True,
    ),
    "ciel_grand_livre_auxiliaire": (
        (
            "N° compte;Intitulé compte;Jnl;Date;N° pièce;Libellé;Lettrage;Débit;Crédit;"
            "Solde progressif"
        ),
        "411DUPON;Garage Dupont;VE;05/01/2026;123;Facture 123;A;1200,00;;1200,00",
        (
            *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.JOURNAL, F.ENTRY_DATE, F.REFERENCE),
            *(F.LABEL, F.LETTERING, F.DEBIT, F.CREDIT, F.IGNORED),
        ),
        False,
    ),
    "cegid_grand_livre": (
        (
            "Compte général;Compte auxiliaire;Libellé auxiliaire;Journal;"
            "Date comptable;Réf. pièce;Libellé;Débit;Crédit;Lettrage;Date d’échéance;"
            "Mode de paiement"
        ),
        "411000;CDUPONT;Garage Dupont;VTE;05/01/2026;F12;Facture;1200;;;04/02/2026;VIR",
        (
            *(F.ACCOUNT, F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.JOURNAL, F.ENTRY_DATE),
            *(F.REFERENCE, F.LABEL, F.DEBIT, F.CREDIT, F.LETTERING, F.DUE_DATE),
            F.PAYMENT_MODE,
        ),
        False,
    ),
    "quadra_ecritures": (
        (
            "Numéro de compte;Libellé du compte;Code journal;Date écriture;"
            "N° de pièce;Libellé;Montant;Sens;Échéance;Code lettrage"
        ),
        "9DUPON;Garage Dupont;VE;05/01/2026;123;Facture;1200,00;D;04/02/2026;",
        (
            *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.JOURNAL, F.ENTRY_DATE, F.REFERENCE),
            *(F.LABEL, F.AMOUNT, F.DIRECTION, F.DUE_DATE, F.LETTERING),
        ),
        False,
    ),
    "pennylane_factures": (
        (
            "Numéro de facture;Client;Date d'émission;Date d'échéance;Montant HT;TVA;"
            "Montant TTC;Restant dû;Statut;Conditions de paiement"
        ),
        "F-2026-12;Garage Dupont;05/01/2026;04/02/2026;1000;200;1200;1200;Payée;30 j",
        (
            *(F.REFERENCE, F.CUSTOMER_NAME, F.INVOICE_DATE, F.DUE_DATE, F.IGNORED),
            *(F.IGNORED, F.AMOUNT, F.BALANCE, F.IGNORED, F.PAYMENT_TERMS),
        ),
        True,
    ),
    "odoo_factures": (
        (
            "Numéro;Nom d'affichage du partenaire de la facture;Date de facturation;"
            "Date d'échéance;Montant hors taxes;Total;Montant dû;Statut du paiement"
        ),
        "FAC/2026/00012;Garage Dupont;2026-01-05;2026-02-04;1000;1200;1200;Non payé",
        (
            *(F.REFERENCE, F.CUSTOMER_NAME, F.INVOICE_DATE, F.DUE_DATE, F.IGNORED),
            *(F.AMOUNT, F.BALANCE, F.IGNORED),
        ),
        True,
    ),
    "dolibarr_factures": (
        (
            "Réf.;Réf. client;Date facturation;Date échéance;Tiers;Ville;Code postal;"
            "Mode de règlement;Montant HT;Montant TVA;Montant TTC;Déjà réglé;"
            "Reste à payer;État"
        ),
        (
            "FA2601-0012;;05/01/2026;04/02/2026;Garage Dupont;Lens;62300;Virement;"
            "1000,00;200,00;1200,00;0,00;1200,00;Impayée"
        ),
        (
            *(F.REFERENCE, F.IGNORED, F.INVOICE_DATE, F.DUE_DATE, F.CUSTOMER_NAME),
            *(F.CITY, F.POSTAL_CODE, F.PAYMENT_MODE, F.IGNORED, F.IGNORED, F.AMOUNT),
            *(F.IGNORED, F.BALANCE, F.IGNORED),
        ),
        True,
    ),
    "balance_auxiliaire": (
        "Compte;Libellé;Total débit;Total crédit;Solde débiteur;Solde créditeur",
        "411DUPONT;Garage Dupont;3000,00;1800,00;1200,00;",
        (
            *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.IGNORED, F.IGNORED),
            *(F.DEBIT, F.CREDIT),
        ),
        True,
    ),
    "clients_sage": (
        (
            "N° compte;Intitulé;Adresse;Complément;Code postal;Ville;Pays;Téléphone;"
            "E-mail;Représentant;Conditions de règlement;Encours autorisé"
        ),
        (
            "DUPONT;Garage Dupont;1 rue Neuve;;62300;Lens;France;0321000000;"
            "garage@example.com;Martin;30 jours fin de mois;5000"
        ),
        (
            *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.ADDRESS, F.ADDRESS, F.POSTAL_CODE),
            *(F.CITY, F.COUNTRY, F.PHONE, F.EMAIL, F.SALESPERSON, F.PAYMENT_TERMS),
            F.IGNORED,
        ),
        False,
    ),
    "contacts_ebp": (
        (
            "Code client;Raison sociale;Civilité;Nom;Prénom;Adresse e-mail;Téléphone;"
            "Destinataire des relances"
        ),
        "CL00012;Garage Dupont;Mme;Durand;Anne;anne@example.com;0321000000;Oui",
        (
            *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.IGNORED, F.LAST_NAME, F.FIRST_NAME),
            *(F.EMAIL, F.PHONE, F.IS_DUNNING),
        ),
        False,
    ),
}
KINDS = {"clients_sage": TableKind.CUSTOMERS, "contacts_ebp": TableKind.CONTACTS}


def cells(line: str) -> list[Cell]:
    return [*line.split(";")]


@pytest.mark.parametrize("package", TABLES)
def test_the_headings_of_french_packages_are_understood(package: str) -> None:
    headings, row, expected, is_state = TABLES[package]

    mapping = propose(cells(headings), [cells(row)] * 3)

    assert dict(zip(headings.split(";"), mapping.columns, strict=True)) == dict(
        zip(headings.split(";"), expected, strict=True)
    )
    assert mapping.kind is KINDS.get(package, TableKind.ENTRIES)
    assert mapping.complete_state is is_state
    assert problems(mapping) == []


def test_columns_without_a_known_heading_are_told_by_their_contents() -> None:
    rows: Rows = [
        ["C1", "Garage Dupont", "F1", "05/01/2026", "04/02/2026", "1 200,00", "a@b.fr"],
        ["C1", "Garage Dupont", "F2", "06/01/2026", "05/02/2026", "-90,50", ""],
    ]

    mapping = propose(["A", "B", "C", "D", "E", "F", "G"], rows)

    assert mapping.columns == (
        *(F.CUSTOMER_CODE, F.CUSTOMER_NAME, F.REFERENCE, F.ENTRY_DATE, F.DUE_DATE),
        *(F.AMOUNT, F.EMAIL),
    )


def test_the_row_of_headings_is_found_under_titles() -> None:
    rows: Rows = [
        ["Garage du Test – balance âgée", "", ""],
        ["", "", ""],
        ["Au 31/03/2026", "", ""],
        ["Compte", "Intitulé", "Solde"],
        ["411A", "Alpha", 12.5],
    ]

    assert find_header(rows) == 3


def test_dates_that_can_only_begin_with_the_month_are_noticed() -> None:
    headings: list[Cell] = ["Client", "Date facture", "Montant"]

    american = propose(headings, [["A1", "03/25/2026", "1,00"]])
    french = propose(headings, [["A1", "25/03/2026", "1,00"]])

    assert american.date_order is DateOrder.MONTH_FIRST
    assert french.date_order is DateOrder.DAY_FIRST


def test_what_is_missing_is_said() -> None:
    mapping = propose(["Ville", "Habitants"], [["Lens", "32000"]])

    assert [type(p).__name__ for p in problems(mapping)] == ["NoCustomerColumnError"]
