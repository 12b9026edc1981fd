"""Do the bytes of a mail say what was meant, and can no text add a header or a recipient?"""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.mail_words import checked_address, checked_body, domain_of
from loyaldesk.errors import Refused
from loyaldesk.mail import message as messages
from loyaldesk.mail.message import (
    Attachment,
    Message,
    check_headers,
    message_bytes,
    new_message_id,
    read_message,
)

NOON = datetime(2024, 11, 12, 12, 0, tzinfo=UTC)
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
INJECTIONS = [
    "Tea\r\nBcc: thief@evil.example",
    "Tea\nBcc: thief@evil.example",
    "Tea\rBcc: thief@evil.example",
    "Tea\0",
    "=?UTF-8?Q?=0A?=Bcc: thief@evil.example",
    "=?utf-8?b?VGVhCkJjYzogdGhpZWZAZXZpbC5leGFtcGxl?=",
    "Tea =?iso-8859-1?q?=0D=0ABcc:_thief@evil.example?=",
    "Tea\x0bBcc: x@evil.example",
    "Tea\x0cBcc: x@evil.example",
    "Tea\x1cBcc: x@evil.example",
    "Tea\x85Bcc: x@evil.example",
    "Tea\u2028Bcc: x@evil.example",
    "Tea\u2029Bcc: x@evil.example",
    "Invoice \u202egnp.exe",
    "\u2066Tea",
    "Tea\x1b[31m",
    "Tea\ud800",
]


def written(**changes):
    values: dict[str, Any] = {
        "recipient": "roth@kraft.example",
        "subject": "Your order",
        "body": "Dear Ms Roth,\n\nplease see the letter.\n",
        "written_at": NOON,
        "attachments": (Attachment("Letter.pdf", b"%PDF-1.4 letter"),),
        "sender": "office@nordlicht.example",
        "sender_name": "Nordlicht GmbH",
        "message_id": new_message_id("0f", "office@nordlicht.example"),
    }
    return Message(**(values | changes))


class TestInjection:
    @pytest.mark.parametrize("text", INJECTIONS)
    @pytest.mark.parametrize("field", ["subject", "sender_name", "message_id"])
    def test_nothing_that_could_start_a_header_is_taken(self, field, text):
        with pytest.raises(Refused):
            message_bytes(written(**{field: text}))

    @pytest.mark.parametrize("text", INJECTIONS)
    @pytest.mark.parametrize("field", ["recipient", "sender", "reply_to"])
    def test_an_address_is_an_address_and_nothing_else(self, field, text):
        for address in (text, f"roth@kraft.example{text}", f"{text}@kraft.example"):
            with pytest.raises(Refused):
                message_bytes(written(**{field: address}))

    @pytest.mark.parametrize("text", INJECTIONS)
    def test_a_file_name_adds_no_header(self, text):
        try:
            raw = message_bytes(written(attachments=(Attachment(f"{text}.pdf", b"%PDF"),)))
        except Refused:
            return
        assert set(read_message(raw).headers) == HEADERS
        assert b"\r\nBcc:" not in raw

    def test_the_headers_are_exactly_these(self):
        headers = read_message(message_bytes(written())).headers
        assert sorted(headers) == sorted(HEADERS)

    @pytest.mark.parametrize(
        "meddled",
        [
            (b"Subject:", b"Bcc: thief@evil.example\r\nSubject:"),
            (b"To: roth@", b"To: thief@"),
            (b"Your order", b"Another order"),
            (b"Date:", b"To: thief@evil.example\r\nDate:"),
            (b"Subject: Your order\r\n", b""),
        ],
    )
    def test_bytes_that_were_meddled_with_are_refused(self, meddled):
        raw = message_bytes(written()).replace(*meddled)
        with pytest.raises(Refused):
            check_headers(read_message(raw), recipient="roth@kraft.example", subject="Your order")


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "a@b.de",
            "first.last+tag@mail.example.com",
            "o'neil@xn--bcher-kva.example",
            "x@localhost",
        ],
    )
    def test_good_ones(self, address):
        assert checked_address(f" {address} ") == address

    @pytest.mark.parametrize(
        "address",
        [
            "", "a", "@b.de", "a@", "a@@b.de", "a b@c.de", "a@b..de", ".a@b.de", "a.@b.de",
            "a@-b.de", "a@b.de, c@d.de", "a@b.de;c@d.de", "Ana <a@b.de>", '"a b"@c.de',
            "a@[1.2.3.4]",
            "bücher@laden.example", "a@bücher.example", f"{'a' * 65}@b.de", f"a@{'b' * 64}.de",
            f"a@{'b.' * 130}de",
        ],
    )  # fmt: skip
    def test_bad_ones(self, address):
        with pytest.raises(Refused):
            checked_address(address)

    def test_the_domain_is_compared_in_small_letters(self):
        assert domain_of("Ana@Kraft.EXAMPLE") == "kraft.example"


class TestContent:
    def test_a_draft_says_that_it_was_not_sent_and_has_no_id(self):
        raw = message_bytes(written(is_draft=True, message_id="", sender=""))
        assert b"X-Unsent: 1\r\n" in raw
        assert set(read_message(raw).headers) == HEADERS - {"From", "Message-ID"} | {"X-Unsent"}

    def test_a_mail_without_a_paper_is_a_mail_as_well(self):
        raw = message_bytes(written(attachments=()))
        assert read_message(raw).attachments == ()
        assert read_message(raw).body.startswith("Dear Ms Roth")

    def test_a_reply_goes_where_it_was_asked_to(self):
        assert b"Reply-To: sales@nordlicht.example\r\n" in message_bytes(
            written(reply_to="sales@nordlicht.example")
        )

    def test_the_id_is_under_the_senders_domain(self):
        assert new_message_id("0f", "Ana@Nordlicht.example") == "<0f@nordlicht.example>"

    def test_the_same_mail_is_the_same_bytes_but_for_its_boundary(self):
        one, two = (read_message(message_bytes(written())) for _ in range(2))
        assert one == two

    def test_a_mail_too_large_for_servers_is_refused(self, monkeypatch):
        monkeypatch.setattr(messages, "LARGEST_MESSAGE", 10_000)
        with pytest.raises(Refused, match="Attach less"):
            message_bytes(written(attachments=(Attachment("Big.pdf", b"x" * 10_000),)))

    @pytest.mark.parametrize("name", ["../../evil.pdf", "C:\\evil.pdf", "Rechnung März.pdf"])
    def test_a_file_name_is_cleaned(self, name):
        raw = message_bytes(written(attachments=(Attachment(name, b"%PDF"),)))
        [paper] = read_message(raw).attachments
        assert "/" not in paper.name
        assert "\\" not in paper.name
        assert paper.name.endswith(".pdf")

    def test_no_line_is_longer_than_a_server_takes(self):
        raw = message_bytes(written(body="word " * 5_000, subject="Ä " * 190))
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert b"\n" not in raw.replace(b"\r\n", b"")


@given(st.text(max_size=300), st.text(max_size=2_000), st.text(max_size=100))
def test_any_text_is_read_back_as_it_was_or_refused(subject, body, name):
    try:
        raw = message_bytes(written(subject=subject, body=body, sender_name=name))
    except Refused:
        return
    assert raw.isascii()
    read = read_message(raw)
    assert (read.subject, read.body) == (subject, checked_body(body))
    assert set(read.headers) <= HEADERS | {"Reply-To"}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=120))
def test_ordinary_words_of_any_script_are_taken(words):
    if "?" in words or words != words.strip():
        return
    assert read_message(message_bytes(written(subject=words))).subject == words


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_address_is_refused_or_reaches_only_itself(local, domain):
    address = f"{local}@{domain}"
    try:
        raw = message_bytes(written(recipient=address))
    except Refused:
        return
    assert read_message(raw).recipient == address.strip(" ")
