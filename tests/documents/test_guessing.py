"""Is the sort of paper guessed from names as people give them?"""

import pytest

from loyaldesk.documents.guessing import guess_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lieferschein4711.pdf", "delivery_note"),
        ("liefer_DHL_1711.pdf", "delivery_note"),
        ("Delivery note 4711-1.pdf", "delivery_note"),
        ("Bon de livraison 12.pdf", "delivery_note"),
        ("RECHNUNG_2026-0042.PDF", "invoice"),
        ("Invoice for order 4711.pdf", "invoice"),
        ("Facture 12.pdf", "invoice"),
        ("PO 8841.pdf", "purchase_order"),
        ("Bestellung Müller.pdf", "purchase_order"),
        ("Bon de commande BF 26-118.pdf", "purchase_order"),
        ("Auftragsbestätigung 4711.pdf", "acknowledgement"),
        ("order-confirmation_77.pdf", "acknowledgement"),
        ("Statement 31 Oct.pdf", "statement"),
        ("Preisliste 2026.pdf", "price_list"),
        ("price list 2027 draft.pdf", "price_list"),
        ("Rahmenvertrag.pdf", "contract"),
        ("Réclamation pommes.eml", "correspondence"),
        ("notes.msg", "correspondence"),
        ("Scan_2026-11-19_0934.pdf", "other"),
        ("IMG_4411.jpg", "other"),
        ("Portrait.png", "other"),
        ("report", "other"),
        ("", "other"),
    ],
)
def test_names_tell_the_sort_of_paper(name, kind):
    assert guess_kind(name) == kind


def test_a_word_inside_another_tells_nothing():
    assert guess_kind("Spooler.pdf") == "other"
    assert guess_kind("disorder.pdf") == "other"
