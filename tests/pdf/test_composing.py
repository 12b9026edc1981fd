"""Is a letter addressed to the right place and person, in their language, for their envelope?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.letter import Overprint
from loyaldesk.errors import Refused
from loyaldesk.models import AddressUse, OrderLine, Setting
from loyaldesk.operations.customers import edit_address, edit_customer
from loyaldesk.operations.fulfilment import promise_line, ship_line
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.settings import change_company, change_letter_text, change_setting
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.composing import working_day_in
from loyaldesk.pdf.issuing import draw
from loyaldesk.queries.company import LETTER_TEXTS_KEY
from loyaldesk.queries.letters import LastLetter
from tests.pdf.ack_letters import NORDLICHT
from tests.pdf.reading import open_pdf, text_of
from tests.pdf.test_untrusted_values import PAYLOADS, is_printable
from tests.support.company import first_line
from tests.support.factories import (
    do,
    make_address,
    make_contact,
    make_customer,
    make_invoice,
    make_order,
    make_payment,
)
from tests.support.stores import MORNING

TODAY = date(2024, 11, 12)


def statement(store, customer_id):
    with store.reader() as reader:
        return compose_statement(reader, customer_id=customer_id, as_of=TODAY, now=MORNING)


def acknowledgement(store, order_id, now=MORNING):
    with store.reader() as reader:
        return compose_acknowledgement(reader, order_id=order_id, now=now)


def recipient_of(store, customer_id):
    return statement(store, customer_id).letter.frame.recipient


def make_addressed(store, name="Kraft AG", *, place=None, person=None, **fields):
    customer_id = make_customer(store, name, **fields)
    make_address(store, customer_id, **(place or {}))
    if person:
        make_contact(store, customer_id, **person)
    return customer_id


class TestAddress:
    def test_company_person_and_place_stand_in_the_order_of_the_post(self, store):
        customer_id = make_addressed(
            store,
            place={"extra": "Einkauf"},
            person={"salutation": "Frau", "given_name": "Heike", "family_name": "Müller"},
        )
        assert recipient_of(store, customer_id).address_lines == (
            "Kraft AG",
            "Frau Heike Müller",
            "Einkauf",
            "Hauptstraße 1",
            "20095 Hamburg",
        )

    def test_a_country_is_named_only_abroad_and_in_the_language_of_the_letter(self, store):
        home = make_addressed(store)
        abroad = make_addressed(store, place={"country": "AT"}, language="de")
        english = make_addressed(store, place={"country": "AT"}, language="en")
        assert recipient_of(store, home).country == ""
        assert recipient_of(store, abroad).address_lines[-1] == "ÖSTERREICH"
        assert recipient_of(store, english).address_lines[-1] == "AUSTRIA"

    def test_the_billing_address_wins_over_delivery_and_its_recipient_over_the_name(self, store):
        customer_id = make_customer(store, "Kraft AG")
        make_address(store, customer_id, AddressUse.DELIVERY, street="Lager 1")
        make_address(store, customer_id, recipient="Kraft Holding SE", street="Ring 2")
        found = recipient_of(store, customer_id)
        assert (found.name, found.lines[0]) == ("Kraft Holding SE", "Ring 2")

    def test_without_an_address_there_is_no_letter(self, store):
        with pytest.raises(Refused, match=r"has no address.*Add a billing address first"):
            statement(store, make_customer(store))

    @pytest.mark.parametrize("envelope", ["din-5008-b", "uk-dl", "us-10"])
    def test_person_then_department_give_way_where_the_window_is_too_small(self, store, envelope):
        customer_id = make_addressed(
            store,
            "Schiffsbedarf Süderelbe GmbH",
            place={"extra": "Kreditorenbuchhaltung, zweiter Stock links", "country": "AT"},
            person={"given_name": "Özlem", "family_name": "Grünwald"},
            envelope=envelope,
        )
        text = text_of(draw(statement(store, customer_id)).pdf).casefold()
        assert "süderelbe" in text
        assert "20095 hamburg" in text

    def test_an_address_that_cannot_fit_is_refused_before_anything_is_printed(self, store):
        customer_id = make_addressed(store, "Very long name " * 20, envelope="us-10")
        with pytest.raises(Refused, match="Nothing was printed"):
            draw(statement(store, customer_id))

    def test_an_unknown_envelope_is_refused(self, store):
        customer_id = make_addressed(store, envelope="c4")
        with pytest.raises(Refused, match="c4"):
            draw(statement(store, customer_id))


class TestLanguage:
    @pytest.mark.parametrize(
        ("language", "country", "salutation", "greeting"),
        [
            ("en", "GB", "Ms", "Dear Ms Roth,"),
            ("en", "US", "Mr.", "Dear Mr. Roth:"),
            ("de", "DE", "Frau", "Sehr geehrte Frau Roth,"),
            ("de", "DE", "Herr", "Sehr geehrter Herr Roth,"),
            ("de", "DE", "", "Guten Tag Anna Roth,"),
            ("en", "GB", "Dr", "Dear Anna Roth,"),
            ("fr", "FR", "Mme", "Madame,"),
            ("fr", "CH", "M.", "Monsieur,"),
            ("fr", "FR", "", "Madame, Monsieur,"),
            ("es", "ES", "Sra.", "Estimada Sra. Roth:"),
            ("es", "MX", "Sr.", "Estimado Sr. Roth:"),
        ],
    )
    def test_the_greeting_fits_person_and_language(
        self, store, language, country, salutation, greeting
    ):
        person = {"salutation": salutation, "given_name": "Anna", "family_name": "Roth"}
        customer_id = make_addressed(
            store, place={"country": country}, person=person, language=language
        )
        assert recipient_of(store, customer_id).salutation == greeting

    def test_a_german_letter_goes_to_herrn(self, store):
        person = {"salutation": "Herr", "given_name": "Hauke", "family_name": "Thießen"}
        customer_id = make_addressed(store, person=person, language="de")
        assert recipient_of(store, customer_id).contact == "Herrn Hauke Thießen"

    def test_without_a_person_nobody_is_greeted_by_name(self, store):
        customer_id = make_addressed(store)
        assert recipient_of(store, customer_id).salutation == ""

    @pytest.mark.parametrize(
        ("language", "country", "total"),
        [("de", "DE", "1.234,56"), ("en", "GB", "1,234.56"), ("de-CH", "CH", "1’234.56")],
    )
    def test_amounts_are_written_as_the_customer_writes_them(self, store, language, country, total):
        customer_id = make_addressed(store, place={"country": country}, language=language)
        make_invoice(store, customer_id, "1234.56")
        assert total in text_of(draw(statement(store, customer_id)).pdf)


class TestSender:
    def test_the_paper_is_the_companys_countrys_unless_the_customer_has_another(self, store):
        do(store, change_company, sender=replace(NORDLICHT, country="US"))
        american = make_addressed(store, place={"country": "US", "region": "NY"})
        german = make_addressed(store, envelope="din-5008-b")
        frames = [statement(store, key).letter.frame.envelope for key in (american, german)]
        assert frames == ["us-10", "din-5008-b"]

    def test_a_logo_that_is_gone_stops_no_letter(self, store, tmp_path):
        do(store, change_company, sender=replace(NORDLICHT, logo=tmp_path / "gone.png"))
        assert statement(store, make_addressed(store)).letter.frame.sender.logo is None

    def test_before_the_company_is_typed_in_letters_are_drafts(self, store):
        with store.transaction("Forget company") as tx:
            tx.delete(Setting, tx.value("SELECT id FROM setting WHERE key = 'company'"))
        composed = statement(store, make_addressed(store))
        assert composed.letter.frame.overprint is Overprint.DRAFT
        assert "DRAFT" in text_of(draw(composed).pdf)

    def test_a_letter_is_dated_where_we_are(self, store):
        customer_id = make_addressed(store)
        late = datetime(2024, 11, 12, 23, 59, tzinfo=UTC)
        with store.reader() as reader:
            frame = compose_statement(
                reader, customer_id=customer_id, as_of=TODAY, now=late
            ).letter.frame
        assert frame.day == late.astimezone().date()


class TestPromises:
    def order(self, store):
        customer_id = make_addressed(store)
        lines = [NewOrderLine("Tea", 1_000, 1_000_000, requested_on=date(2024, 12, 1))] * 2
        return make_order(store, customer_id, lines=lines)

    def test_a_shipped_line_is_never_given_a_promise_that_nobody_made(self, store):
        order_id = self.order(store)
        do(store, ship_line, line_id=1, quantity_milli=1_000, shipped_on=date(2024, 11, 10))
        letter = acknowledgement(store, order_id).letter
        assert [line.promised_on for line in letter.lines] == [None, None]
        assert [line.shipped_on for line in letter.lines] == [date(2024, 11, 10), None]
        assert letter.next_steps.undated_positions == (2,)

    def test_of_an_order_shipped_in_full_nothing_is_announced(self, store):
        order_id = self.order(store)
        for line_id in (1, 2):
            do(store, ship_line, line_id=line_id, quantity_milli=1_000)
        letter = acknowledgement(store, order_id).letter
        assert letter.has_shipped
        assert (letter.next_steps, letter.answer_by) == (None, None)


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("days", "lands_on"),
        [(0, date(2024, 11, 12)), (3, date(2024, 11, 15)), (4, date(2024, 11, 18)),
         (5, date(2024, 11, 18)), (6, date(2024, 11, 18))],
    )  # fmt: skip
    def test_a_deadline_never_falls_on_a_weekend(self, days, lands_on):
        assert working_day_in(TODAY, days) == lands_on


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_in_every_field_end_as_plain_text_or_a_refusal(store, payload, tmp_path):
    marker = tmp_path / "marker"
    text = payload.replace("{marker}", str(marker)).replace("\x00", "")
    short = " ".join(text.split())[:16]
    customer_id = make_customer(
        store, short or "x", number="H-1", tax_id=short, account_manager=short, notes=text
    )
    make_address(store, customer_id, street=short, town=short, extra=short, region=short)
    make_contact(
        store, customer_id, short, given_name=short, salutation=short[:10], role=text, phone=text
    )
    line = NewOrderLine(
        text, 1_000, 1_000_000, item_number=text, customer_item_number=text, unit=text[:4],
        asked_item=text, difference_reason=text,
    )  # fmt: skip
    order_id = make_order(
        store, customer_id, lines=[line], customer_po=short, channel=short, delivery_terms=text,
        ship_via=text, notes=text,
    )  # fmt: skip
    invoice_id = make_invoice(store, customer_id, customer_po=text, number=f"{short}1")
    do(store, dispute_invoice, invoice_id=invoice_id, reason=text, case=text)
    make_payment(store, customer_id, "1.00", reference=text)
    for composed in (acknowledgement(store, order_id), statement(store, customer_id)):
        if not is_printable(text):
            with pytest.raises(Refused, match="Nothing was printed"):
                draw(composed)
            continue
        pdf = draw(composed).pdf
        assert b"/URI" not in pdf
        with open_pdf(pdf) as document:
            assert "/OpenAction" not in document.Root
            assert all("/Annots" not in page for page in document.pages)
    assert not marker.exists()


def test_an_edited_customer_gives_another_letter(store):
    customer_id = make_addressed(store)
    before = statement(store, customer_id).data_sha256
    do(store, edit_customer, customer_id=customer_id, name="Kraft SE")
    renamed = statement(store, customer_id).data_sha256
    do(store, edit_address, address_id=1, street="Ring 9")
    assert len({before, renamed, statement(store, customer_id).data_sha256}) == 3


class TestOwnWords:
    OURS = "Yours sincerely,"

    def order_of(self, store, **fields):
        return make_order(store, make_addressed(store, **fields), number="O-7")

    def test_letters_say_the_companys_words_in_the_language_they_are_for(self, store):
        order_id = self.order_of(store, language="en")
        words = {"key": "close", "ours": self.OURS}
        do(store, change_letter_text, language="en", text="Fair winds,", **words)
        do(store, change_letter_text, language="de", text="Gute Fahrt", **words)

        text = text_of(draw(acknowledgement(store, order_id)).pdf)

        assert "Fair winds," in text
        assert self.OURS not in text
        assert "Gute Fahrt" not in text

    def test_new_words_alone_call_for_no_revision(self, store):
        order_id = self.order_of(store)
        before = acknowledgement(store, order_id).data_sha256
        do(store, change_letter_text, language="en", key="close", ours=self.OURS, text="Bye,")
        assert acknowledgement(store, order_id).data_sha256 == before

    def test_words_kept_by_an_older_version_with_an_unknown_field_stop_the_letter(self, store):
        order_id = self.order_of(store, language="en")
        kept = {"en": {"ack.accepted": "Thank you, {person}."}}
        do(store, change_setting, key=LETTER_TEXTS_KEY, value=kept)
        with pytest.raises(Refused, match=r"no field \{person\}.*Nothing was made"):
            acknowledgement(store, order_id)


class TestPersonalSentence:
    WORDS = "We were glad to see you in Kiel, {name} **and** all."

    def composed(self, store, order_id, **more):
        with store.reader() as reader:
            return compose_acknowledgement(reader, order_id=order_id, now=MORNING, **more)

    def test_it_follows_the_first_sentence_as_it_was_typed(self, store):
        order_id = make_order(store, make_addressed(store, language="en"), number="O-7")
        text = text_of(draw(self.composed(store, order_id, personal=f" {self.WORDS} ")).pdf)
        said = " ".join(text.split())
        assert said.index("Thank you for your order") < said.index(self.WORDS)
        assert said.index(self.WORDS) < said.index("Our item")

    def test_a_statement_says_it_after_its_message(self, store):
        customer_id = make_addressed(store, language="en")
        make_invoice(store, customer_id)
        with store.reader() as reader:
            composed = compose_statement(
                reader, customer_id=customer_id, as_of=TODAY, now=MORNING, personal=self.WORDS
            )
        said = " ".join(text_of(draw(composed).pdf).split())
        assert said.index("Statement of account") < said.index(self.WORDS)

    def test_it_alone_asks_for_a_new_letter_and_without_it_the_old_one_stands(self, store):
        order_id = make_order(store, make_addressed(store), number="O-7")
        plain = self.composed(store, order_id)
        last = LastLetter(1, "A-1", 1, TODAY, plain.data_sha256, 1)
        assert replace(plain, last=last).is_unchanged
        personal = replace(self.composed(store, order_id, personal=self.WORDS), last=last)
        assert not personal.is_unchanged

    def test_what_the_font_cannot_say_stops_the_letter(self, store):
        order_id = make_order(store, make_addressed(store), number="O-7")
        with pytest.raises(Refused, match="Nothing was printed"):
            draw(self.composed(store, order_id, personal="\U0001f9ff"))


class TestPastPromises:
    def order_promised(self, store, day):
        customer_id = make_addressed(store, language="en")
        order_id = make_order(store, customer_id, number="O-7")
        do(store, promise_line, line_id=first_line(store, order_id), promised_on=day)
        return order_id

    def test_a_letter_never_promises_a_day_that_has_passed(self, store):
        order_id = self.order_promised(store, TODAY - timedelta(days=1))
        with pytest.raises(Refused, match=r"promises 2024-11-11, which has passed\. No letter"):
            acknowledgement(store, order_id)

    def test_today_can_still_be_promised(self, store):
        order_id = self.order_promised(store, TODAY)
        assert acknowledgement(store, order_id).letter.lines[0].promised_on == TODAY

    def test_what_has_shipped_promises_nothing_any_more(self, store):
        order_id = self.order_promised(store, TODAY - timedelta(days=1))
        line_id = first_line(store, order_id)
        with store.transaction("Ship") as tx:
            milli = tx.value("SELECT quantity_milli FROM order_line WHERE id = ?", [line_id])
            tx.update(OrderLine, line_id, shipped_milli=milli, shipped_on=TODAY)
        assert acknowledgement(store, order_id).letter.has_shipped


def test_what_is_not_accepted_is_called_a_receipt(store):
    order_id = make_order(store, make_addressed(store, language="de"), number="O-7")
    with store.reader() as reader:
        receipt = compose_acknowledgement(
            reader, order_id=order_id, now=MORNING, stance=Stance.RECEIPT
        )
    said = text_of(draw(receipt).pdf)
    assert "Eingangsbestätigung A-2024-00001" in said
    assert not {"Auftragsbestätigung", "Zugesagt"} & set(said.split())
    assert "Auftragsbestätigung A-2024-00001" in text_of(draw(acknowledgement(store, order_id)).pdf)
