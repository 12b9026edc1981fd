"""Is every value plain text on paper, whatever somebody typed into the customer's record?"""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyaldesk.domain.acknowledgement import AcknowledgementLetter
from loyaldesk.domain.letter import Recipient, Sender
from loyaldesk.errors import Refused
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.fonts import printable
from tests.pdf.ack_letters import make_frame, make_letter, make_line
from tests.pdf.reading import open_pdf, text_of

PAYLOADS = [
    "<font color=\"[[[getattr(pow,Word('__globals__'))['os'].system('touch {marker}')]]]\">x",
    '<para><a href="https://evil.example/">pay here</a></para>',
    '<img src="{marker}" width="10" height="10"/>',
    "Tom & Jerry <GmbH> &#0; &lt;",
    "{{0.__class__}} {{day}} %s %(x)s **bold**",
    ") Tj ET /Evil Do BT (",
    "\\) \\( \\\\ \\101",
    "in\u202evoice\x00\u200b\ufeff",
    "<onDraw name='x'/> <seq/> <greek>a</greek>",
]


def letter_with(text):
    """Return a letter that carries a text in every field that takes one."""
    line = make_line(
        description=text, note=text, item=text, customer_item=text, unit=text[:3],
        asked_item=f"{text} asked", reason=text,
    )  # fmt: skip
    recipient = Recipient(name=text[:30], contact=text[:20], salutation=text)
    sender = replace(
        make_frame().sender, name=text[:30], address=(text[:20],), conditions=text[:40]
    )
    return make_letter(
        [line],
        frame=make_frame(recipient=recipient, sender=sender, customer_number=text[:12]),
        order_number=text[:12],
        customer_po=text[:12],
        received=text[:12],
        customer_tax_id=text[:12],
        salesperson=text[:12],
        contact_name=text[:20],
        contact_role=text,
        contact_phone=text[:12],
        contact_email=text[:12],
        deliver_to=(text,),
        delivery=(text,),
        payment=(text,),
        asked_payment=f"{text} asked",
        terms_reason=text,
        query_by=date(2026, 3, 17),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_printed_as_it_was_typed(payload, tmp_path):
    marker = tmp_path / "marker"
    pdf = draw_acknowledgement(letter_with(payload.replace("{marker}", str(marker))))
    assert not marker.exists()
    with open_pdf(pdf) as document:
        for page in document.pages:
            assert "/Annots" not in page
            assert "/XObject" not in page.Resources
        assert "/OpenAction" not in document.Root
        assert "/Names" not in document.Root
    assert b"/URI" not in pdf


def test_a_name_with_ampersand_and_brackets_reads_back_whole():
    line = make_line(description="Tom & Jerry <GmbH>")
    assert "Tom & Jerry <GmbH>" in text_of(draw_acknowledgement(make_letter([line])))


def test_every_text_field_of_the_letter_is_covered_by_the_payloads():
    letter = letter_with("payload")
    for field in fields(AcknowledgementLetter):
        if field.type in {"str", "tuple[str, ...]", "str | None"} and field.name not in {
            "currency",
            "asked_delivery",
        }:
            assert "payload" in str(getattr(letter, field.name)), field.name
    assert {"name", "address"} <= {field.name for field in fields(Sender)}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_is_printed_or_refused_with_a_sentence(text):
    line = make_line(description=text, note=text, reason=text)
    letter = make_letter([line], deliver_to=(text,))
    if is_printable(text):
        assert b"/URI" not in draw_acknowledgement(letter)
    else:
        with pytest.raises(Refused, match="Nothing was printed"):
            draw_acknowledgement(letter)


def is_printable(text):
    try:
        printable(text)
    except Refused:
        return False
    return True
