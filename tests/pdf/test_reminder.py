"""Does a reminder ask once, for one amount, in the tone of its level, and keep its pages whole?"""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from loyaldesk.domain.letter import BankAccount
from loyaldesk.domain.money import Money
from loyaldesk.pdf.envelopes import envelope
from loyaldesk.pdf.reminder import draw_reminder
from tests.pdf import reminder_letters as letters
from tests.pdf.reading import find, lines_of, page_count, text_of
from tests.pdf.test_qr_bill import TOP, codes_of

RENDER = 200 / 72


def read(letter, **choices):
    return " ".join(text_of(draw_reminder(letter, **choices)).split())


def qr_lines(pdf):
    """Return the lines of the pay code that a scanner reads on the last page, if any."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[len(document) - 1].render(scale=RENDER).to_pil()
    finally:
        document.close()
    found = [each.text for each in zxingcpp.read_barcodes(picture) if "QR" in str(each.format)]
    return found[0].split("\n") if found else []


def at_home(letter):
    """Return the letter from a company in Germany, where its law holds."""
    sender = replace(letter.frame.sender, country="DE")
    return replace(letter, frame=replace(letter.frame, sender=sender))


@pytest.mark.parametrize(
    ("level", "title", "says"),
    [
        (1, "Zahlungserinnerung", "Vielleicht wurde die Zahlung übersehen"),
        (2, "Zweite Zahlungserinnerung", "bisher keine Zahlung und keine Rückmeldung"),
        (3, "Letzte Mahnung", "unsere letzte Mahnung"),
    ],
)
def test_each_level_has_its_title_and_tone(level, title, says):
    text = read(letters.german(letters.item(1, level=level)))
    assert title in text
    assert says in text
    assert f"{level} von 3" in text
    assert "Haben Sie inzwischen gezahlt" in text


def test_first_level_names_no_fee_and_no_consequence():
    text = read(letters.german(letters.item(1, level=1)))
    assert "Verzug" not in text
    assert "Vorkasse" not in text
    assert "Raten" not in text


def test_second_level_offers_to_talk_and_names_interest_and_payment_in_advance():
    text = read(letters.german(letters.item(1, level=2)))
    assert "Auch über Raten lässt sich reden" in text
    assert "Verzugszinsen" in text
    assert "nur gegen Vorkasse" in text


@pytest.mark.parametrize("is_set", [True, False])
def test_last_level_names_the_next_step_only_if_that_is_set(is_set):
    rules = letters.policy(names_next_step=is_set)
    text = read(letters.german(letters.item(1, level=3), rules=rules))
    assert ("Inkasso" in text) == is_set


def test_sum_less_unapplied_plus_fee_is_what_box_and_code_ask_for():
    items = [letters.item(n, level=2, amount=n * 1_111_11) for n in (1, 2, 3)]
    letter = letters.german(*items, unapplied=500_00)
    pdf = draw_reminder(letter)
    asked = Money(6_666_66 - 500_00 + 40_00, "EUR")
    assert letter.reminder.to_pay == asked
    printed = text_of(pdf)
    assert printed.count("6.206,66") == 2
    assert "-500,00" in printed
    assert qr_lines(pdf)[7] == "EUR6206.66"
    assert qr_lines(pdf)[10] == f"M-2026-00088 {letter.frame.customer_number}"


def test_each_invoice_shows_when_it_was_last_reminded_of():
    pdf = draw_reminder(letters.german(letters.item(1, level=1), letters.item(2, level=2)))
    rows = [line for line in lines_of(pdf) if "17.03.2026" in line.text or line.text == "–"]
    assert {line.text for line in rows} >= {"17.03.2026", "–"}


def test_law_is_named_at_home_between_businesses_and_for_the_flat_sum_of_the_law():
    item = letters.item(1, level=2)
    frame = at_home(letters.german(item)).frame
    text = read(letters.letter(frame, [item]))
    assert "(§ 288 Abs. 5 BGB)" in text
    assert "(§ 288 Abs. 2 BGB)" in text
    assert "§" not in read(letters.letter(frame, [item], is_business=False))
    other = letters.policy(fees=(Money(5_00, "EUR"),))
    assert "Abs. 5" not in read(letters.letter(frame, [item], rules=other))


def test_without_an_iban_the_box_names_the_account_and_has_no_code():
    pdf = draw_reminder(letters.american(letters.item(1, currency="USD")))
    assert qr_lines(pdf) == []
    assert "Payment reminder" in text_of(pdf)
    assert "Please pay by" in text_of(pdf)


def test_long_account_lines_wrap_beside_the_code():
    letter = letters.german(letters.item(1))
    name = "Landesbank für Handel und Seefahrt an Elbe, Weser und Ostsee, Niederlassung Hamburg"
    bank = replace(letter.frame.sender.bank, name=name)
    sender = replace(letter.frame.sender, bank=bank)
    pdf = draw_reminder(replace(letter, frame=replace(letter.frame, sender=sender)))
    card = letter_edge(letter) - 40
    lines = [line for line in lines_of(pdf) if "Seefahrt" in line.text or "Niederl" in line.text]
    assert all(line.right < card for line in lines if line.top < 260)


def letter_edge(letter):
    return envelope(letter.frame.envelope).paper.right


@pytest.mark.parametrize("count", [1, 3, 9, 14, 20, 33, 60])
@pytest.mark.parametrize("make", [letters.german, letters.american])
def test_pages_end_above_the_foot_and_the_signature_is_never_alone(make, count):
    currency = "EUR" if make is letters.german else "USD"
    items = [letters.item(n, level=2, currency=currency) for n in range(1, count + 1)]
    letter = make(*items)
    pdf = draw_reminder(letter)
    last = page_count(pdf) - 1
    close = "Mit freundlichen Grüßen" if make is letters.german else "Sincerely,"
    crossed = "gegenstandslos" if make is letters.german else "crossed"
    lines = lines_of(pdf, last)
    foot = envelope(letter.frame.envelope).foot.id_line
    assert find(lines, close).bottom < foot
    assert crossed in text_of(pdf, last)
    text = text_of(pdf)
    assert all(f"26-{n:05d}" in text for n in range(1, count + 1))


@pytest.mark.parametrize("count", [1, 4, 12, 30])
def test_swiss_reminder_is_paid_by_a_bill_over_the_amount_it_asks_for(count):
    items = [letters.item(n, level=2, amount=100_05, currency="CHF") for n in range(1, count + 1)]
    letter = letters.swiss(*items)
    pdf = draw_reminder(letter)
    (code,) = codes_of(pdf)
    assert code[18:20] == [str(letter.reminder.to_pay), "CHF"]
    assert qr_codes_on(pdf) == 1
    last = page_count(pdf) - 1
    above = [line for line in lines_of(pdf, last) if line.top < TOP]
    assert max(line.bottom for line in above) < TOP
    assert f"Seite {last + 1} von {last + 1}" in text_of(pdf, last).replace("\u00a0", " ")
    assert "gegenstandslos" in text_of(pdf).replace("\n", " ")


def qr_codes_on(pdf):
    return len(codes_of(pdf)) + (1 if qr_lines(pdf)[:1] == ["BCD"] else 0)


@pytest.mark.parametrize("locale", ["de-DE", "en-GB", "en-US", "fr-FR", "es-ES"])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_nothing_of_a_template_is_left_in_any_language(locale, level):
    rules = letters.policy(names_next_step=True)
    letter = letters.german(letters.item(1, level=level), rules=rules, locale=locale)
    text = read(letter)
    assert not set(text) & set("{}|*")


def test_copy_says_so_and_nothing_else_differs():
    letter = letters.german(letters.item(1))
    assert read(letter, copy=True).replace("KOPIE ", "") == read(letter)


def test_invoice_without_any_contact_asks_to_be_told():
    letter = letters.german(letters.item(1))
    bare = replace(letter.frame.sender, phone="", email="", bank=BankAccount())
    text = read(replace(letter, frame=replace(letter.frame, sender=bare)))
    assert "Dann sagen Sie es uns bitte." in text
    assert "Bitte überweisen Sie bis" in text
