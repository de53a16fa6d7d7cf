"""Orders and contracts are named as the books name them, never guessed."""

import pytest

from domain.dunning.order_references import order_reference, order_sentence
from tests.builders import an_item
from tests.composing import as_shipped


@pytest.mark.parametrize(
    ("label", "order"),
    [
        ("Facture - Commande n° 4512", "commande 4512"),
        ("Bon de commande : BC-2026/14.", "bon de commande BC-2026/14"),
        ("BC 778 pose de volets", "BC 778"),
        ("Marché M2025-07, lot 3", "marché M2025-07"),
        ("Selon devis D-204", "devis D-204"),
        ("PO 4500012345", "PO 4500012345"),
        ("Contrat no 12", "contrat 12"),
        ("Commande de volets", ""),
        ("Marché de Noël 2026", ""),
        ("Chantier des Tilleuls", ""),
        ("Décontrat 12", ""),
        ("", ""),
    ],
)
def test_an_order_is_read_where_a_label_names_one(label: str, order: str) -> None:
    assert order_reference(label) == order


def test_a_formal_notice_names_the_orders_of_its_invoices() -> None:
    items = [
        an_item(reference="F1", label="Commande 4512"),
        an_item(reference="F2", label="commande n°4512"),
        an_item(reference="F3", label="Contrat C-12"),
    ]
    sentence = order_sentence(items, "fr")
    assert sentence == (
        "Références de commande ou de contrat\u00a0: commande 4512 (F1, F2) ; "
        "contrat C-12 (F3)."
    )
    assert sentence in as_shipped("formal_notice", *items).paragraphs_after


def test_without_any_order_nothing_is_said() -> None:
    told = as_shipped("formal_notice", an_item(label="Chantier des Tilleuls"))
    assert not any("ommande" in paragraph for paragraph in told.paragraphs)
    assert all(told.paragraphs)
