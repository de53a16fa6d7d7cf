from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.money import Money
from domain.dunning.letter import LetterContent
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.tags import UnknownTagError
from domain.ledger.entry import DueOrigin
from tests.builders import TODAY, a_contact, a_customer, an_entity, an_item
from tests.composing import cents_of, composed


def body_of(content: LetterContent) -> str:
    return "\n".join((*content.paragraphs_before, *content.paragraphs_after))


_DEBITS = st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 100)), min_size=1)


@given(_DEBITS)
def test_each_line_says_invoiced_less_paid_is_left(
    debits: list[tuple[int, int]],
) -> None:
    items = [
        an_item(cents=cents, settled=Money(cents * paid // 100))
        for cents, paid in debits
    ]

    for line in composed(*items).lines:
        left = cents_of(line.invoiced) - cents_of(line.paid)
        assert left == cents_of(line.left)


def test_a_line_reads_as_the_customer_knows_the_invoice() -> None:
    item = an_item(
        days_late=25,
        cents=1234_56,
        settled=Money(234_56),
        invoice_on=date(2026, 2, 4),
        due_on=date(2026, 3, 6),
    )

    line = composed(item).lines[0]

    assert (line.reference, line.label) == ("FA-001", "")
    assert (line.invoice_on, line.due_on, line.days_late) == (
        "04/02/2026",
        "06/03/2026",
        "25\u00a0j",
    )
    assert (line.invoiced, line.paid, line.left) == (
        "1\u202f234,56",
        "234,56",
        "1\u202f000,00",
    )


def test_a_credit_is_deducted_under_its_own_name() -> None:
    credit = an_item(reference="AV-1", cents=-20_00, label="Retour de palettes")

    content = composed(an_item(cents=120_00), credit)

    assert content.lines[1].left == "−20,00"
    assert content.lines[1].label == "Retour de palettes"
    assert content.lines[1].days_late == "–"
    assert content.total == "100,00\u00a0€"


@pytest.mark.parametrize(
    "origin",
    [
        DueOrigin.TERMS,
        DueOrigin.MODE_TERMS,
        DueOrigin.DEFAULT,
        DueOrigin.ESTIMATED,
    ],
)
def test_a_due_date_computed_or_estimated_is_marked(origin: DueOrigin) -> None:
    sure = composed(an_item(due_origin=DueOrigin.FILE))
    computed = composed(an_item(due_origin=origin))

    assert not sure.has_estimated_due_dates
    assert computed.has_estimated_due_dates
    assert computed.lines[0].due_is_estimated


def test_the_table_stands_where_its_tag_does_and_else_at_the_end() -> None:
    content = composed(body="Un\n\nDeux\n\n%tableau_comptable%\n\nTrois\r\n\r\nQuatre")
    assert content.paragraphs_before == ("Un", "Deux")
    assert content.paragraphs_after == ("Trois", "Quatre")

    without = composed(body="Un\n\nDeux")
    assert without.paragraphs_before == ("Un", "Deux")
    assert without.lines


def test_lines_of_a_paragraph_stay_together() -> None:
    assert composed(body="Un\nDeux").paragraphs_before == ("Un\nDeux",)


def test_tags_tell_about_the_message_and_the_account() -> None:
    late = an_item(reference="FA-1", days_late=40, cents=100_00)
    later = an_item(reference="FA-2", days_late=10, cents=50_00)
    to_come = an_item(reference="FA-3", days_late=-10, cents=30_00)
    credit = an_item(reference="AV-1", cents=-5_00)

    content = composed(
        late,
        later,
        account_items=[late, later, to_come, credit],
        last_reminder_on=date(2026, 3, 1),
        body="%total% %solde% %total_echu% %total_a_venir% %nb_pieces% %niveau%\n"
        "%liste_factures%\n%plus_ancienne_echeance%\n%retard_max%\n"
        "%date_derniere_relance%\n%date_limite%\n%date_du_jour%",
    )

    assert [line.replace("\u00a0", " ") for line in body_of(content).split("\n")] == [
        "150,00 € 175,00 € 145,00 € 30,00 € 2 1",
        "FA-1, FA-2",
        "19 février 2026",
        "40 jours",
        "1er mars 2026",
        "8 avril 2026",
        "31 mars 2026",
    ]


def test_tags_tell_about_the_customer_and_the_firm() -> None:
    entity = an_entity(
        siret="81234567800012",
        phone="04 72 00 00 00",
        signatory_name="Hélène Roche",
        signatory_role="Comptable",
        penalty_rate=Decimal("13.15"),
    )
    content = composed(
        entity=entity,
        customer=a_customer(siren="812345678"),
        contact=a_contact(),
        body="%client_code%|%client_nom%|%client_contact%|%client_adresse%\n"
        "%client_siret%|%societe%|%societe_adresse%\n"
        "%societe_siret%|%societe_tel%|%iban%|%bic%\n"
        "%taux_penalite%|%indemnite%|%expediteur_nom%\n%signature%",
    )

    assert body_of(content).replace("\u00a0", " ").split("\n") == [
        "C001|Client C001|Camille Rivière|3 place du Marché, 38000 Grenoble",
        "812 345 678|Atelier Bois Clair|12 rue des Tilleuls, 69003 Lyon",
        "812 345 678 00012|04 72 00 00 00|FR76 3000 6000 0112 3456 7890 189|AGRIFRPP",
        "13,15 % par an|40,00 €|Hélène Roche",
        "Hélène Roche",
        "Comptable",
        "Atelier Bois Clair",
    ]


def test_a_text_that_signs_is_not_signed_again() -> None:
    assert composed(body="Cordialement,").sender.signatory_name == "Atelier Bois Clair"
    assert composed(body="%signature%").sender.signatory_name == ""


def test_a_customers_name_cannot_smuggle_a_tag_or_a_paragraph() -> None:
    customer = a_customer(name="Durance\n\n%total%")

    content = composed(customer=customer, body="À %client_nom%", subject="%client_nom%")

    assert content.paragraphs_before == ("À Durance %total%",)
    assert content.subject == "Durance %total%"


def test_an_unknown_tag_stops_the_message() -> None:
    with pytest.raises(UnknownTagError):
        composed(body="%inconnue%")


def test_a_formal_notice_by_letter_is_registered() -> None:
    letter = composed(key="formal_notice")
    email = composed(key="formal_notice", channel=Channel.EMAIL)

    assert letter.is_formal_notice
    assert letter.headings["registered"].startswith("Lettre recommandée")
    assert email.is_formal_notice
    assert email.headings["registered"] == ""
    assert not composed().is_formal_notice


def test_a_letter_goes_to_the_contact_else_to_the_accounts_department() -> None:
    assert composed().recipient_lines[1] == "Service comptabilité"
    assert composed(contact=a_contact()).recipient_lines[1] == "Camille Rivière"
    person = composed(customer=a_customer(is_individual=True))
    assert person.recipient_lines == (
        "Client C001",
        "3 PLACE DU MARCHE",
        "38000 GRENOBLE",
    )


def test_thanks_ask_for_nothing() -> None:
    paid = an_item(cents=50_00, settled=Money(50_00))

    content = composed(paid, kind=StepKind.THANK_YOU)

    assert content.total == ""
    assert content.lines[0].left == "–"
    assert content.lines[0].days_late == "–"
    assert content.lines[0].carried == ""


def test_the_foot_of_the_page_identifies_the_firm() -> None:
    entity = an_entity(
        legal_form="SARL",
        capital="25000",
        siret="81234567800012",
        vat_number="FR12812345678",
        rcs="RCS Lyon 812 345 678",
    )

    assert composed(entity=entity).sender.legal_line == (
        "Atelier Bois Clair – SARL au capital de 25\u202f000\u00a0€ – "
        "SIRET 812 345 678 00012 – TVA FR12812345678 – RCS Lyon 812 345 678"
    )


def test_the_foot_leaves_out_what_is_unknown() -> None:
    assert composed().sender.legal_line == "Atelier Bois Clair"
    odd = composed(entity=an_entity(capital="à capital variable"))
    assert odd.sender.legal_line == "Atelier Bois Clair – à capital variable"


def test_place_and_date_stand_at_the_head() -> None:
    assert composed().place_and_date == "Lyon, le 31\u00a0mars\u00a02026"
    assert (
        composed(entity=an_entity(city="")).place_and_date == "31\u00a0mars\u00a02026"
    )


def test_an_english_message_is_english_throughout() -> None:
    content = composed(language="en")

    assert content.language == "en"
    assert content.total == "€120.00"
    assert content.headings["total"] == "Total to pay"
    assert content.recipient_lines[1] == "Accounts payable"
    assert "French Commercial Code" in content.legal_note
    assert content.place_and_date == "Lyon, 31\u00a0March\u00a02026"


def test_a_message_in_a_language_we_do_not_write_is_french() -> None:
    assert composed(language="de").language == "fr"


def test_long_references_and_labels_are_shortened() -> None:
    content = composed(
        an_item(reference="F" * 300),
        an_item(cents=-1, reference="", label="L" * 300),
    )

    assert len(content.lines[0].reference) == 40
    assert content.lines[0].reference.endswith("…")
    assert len(content.lines[1].label) == 60


def test_an_item_without_due_date_says_nothing_of_it() -> None:
    line = composed(an_item(due_on=None, due_origin=DueOrigin.NONE)).lines[0]

    assert (line.due_on, line.days_late) == ("–", "–")


def test_tags_without_an_answer_are_empty() -> None:
    item = an_item(due_on=None, due_origin=DueOrigin.NONE)

    content = composed(
        item, body="[%plus_ancienne_echeance%%date_derniere_relance%%client_contact%]"
    )

    assert content.paragraphs_before == ("[]",)


def test_a_single_day_is_not_plural() -> None:
    item = an_item(due_on=TODAY - timedelta(days=1))

    assert composed(item, body="%retard_max%").paragraphs_before == ("1\u00a0jour",)
