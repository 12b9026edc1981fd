"""Does every issued letter leave by the way its customer wants, once, with its papers?"""

from io import BytesIO

import pikepdf
import pytest

from loyaldesk.domain.mail_settings import MailMethod, MailSettings
from loyaldesk.domain.statement_run import Papers
from loyaldesk.errors import Refused
from loyaldesk.mail.message import read_message
from loyaldesk.models import Customer, DocumentKind, LetterWay, StatementScope
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.statement_runs import confirm_printed
from loyaldesk.runs.joined import join_pdfs
from loyaldesk.runs.statement_hand_over import Way, check_way, hand_over_issued
from loyaldesk.runs.statement_papers import Enclosures
from tests.runs.statement_customers import drive, items_of, owing, prepared
from tests.support.factories import do, file_content
from tests.support.mail import SMTP


def join(parts):
    return join_pdfs(parts=parts)


def by_mail(store, customer_id, address="ar@kraft.example"):
    with store.transaction("Change") as tx:
        tx.update(Customer, customer_id, letters_by=LetterWay.EMAIL, letters_email=address)


def paper(pages=1):
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


def file_invoice(store, files, customer_id, content=None, name="Invoice.pdf"):
    with store.reader() as reader:
        invoice_id = reader.value("SELECT id FROM invoice WHERE customer_id = ?", [customer_id])
    return file_content(store, files=files, content=content or paper(), name=name,
                        customer_id=customer_id, invoice_id=invoice_id,
                        kind=DocumentKind.INVOICE)  # fmt: skip


def pages_of(path):
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def hand_over(store, files, draw):
    """Return a function that issues a run and hands its letters over."""

    def run(run_id, **choices):
        drive(store, files, run_id, draw)
        way = Way(**choices)
        return hand_over_issued(store, files=files, run_id=run_id, way=way, join=join)

    return run


def dispatches(store):
    with store.reader() as reader:
        return reader.rows(
            "SELECT l.number, d.channel, d.recipient FROM dispatch d"
            " JOIN letter l ON l.id = d.letter_id ORDER BY d.id"
        )


class TestFolder:
    def test_each_letter_is_a_file_with_the_bytes_on_record(self, store, files, hand_over, out):
        owing(store, "1")
        owing(store, "2")
        run_id = prepared(store)
        assert hand_over(run_id, folder=out) == 2
        names = ["S-2024-00001_1_statement_2024-10-31.pdf",
                 "S-2024-00002_2_statement_2024-10-31.pdf"]  # fmt: skip
        assert sorted(path.name for path in out.iterdir()) == names
        with store.reader() as reader:
            kept = [sha for (sha,) in reader.rows("SELECT sha256 FROM stored_file ORDER BY id")]
        assert [files.read(sha) for sha in kept] == [(out / name).read_bytes() for name in names]
        assert [item.outcome for item in items_of(store, run_id)] == ["saved", "saved"]
        assert [(number, channel) for number, channel, _ in dispatches(store)] == [
            ("S-2024-00001", "file"), ("S-2024-00002", "file"),
        ]  # fmt: skip

    def test_what_was_handed_over_is_not_handed_over_again(self, store, hand_over, out):
        owing(store, "1")
        run_id = prepared(store)
        hand_over(run_id, folder=out)
        assert hand_over(run_id, folder=out) == 0
        assert len(dispatches(store)) == 1

    def test_a_batch_in_one_file_is_sorted_by_envelope(self, store, hand_over, out):
        for number, envelope in (("1", "uk-dl"), ("2", ""), ("3", "uk-dl")):
            customer_id = owing(store, number)
            with store.transaction("Change") as tx:
                tx.update(Customer, customer_id, envelope=envelope)
        run_id = prepared(store)
        assert hand_over(run_id, folder=out, in_one_file=True) == 3
        names = ["statements_S-2024-00001_S-2024-00003.pdf",
                 "statements_S-2024-00002_S-2024-00002.pdf"]  # fmt: skip
        assert sorted(path.name for path in out.iterdir()) == names
        assert [pages_of(out / name) for name in names] == [4, 1]

    def test_without_a_folder_letters_wait_until_they_are_printed(self, store, hand_over):
        owing(store, "1")
        owing(store, "2")
        run_id = prepared(store)
        assert hand_over(run_id) == 0
        first = items_of(store, run_id)[0]
        assert do(store, confirm_printed, run_id=run_id, letter_ids=[first.letter_id, 99]) == 1
        assert [item.outcome for item in items_of(store, run_id)] == ["printed", "issued"]


class TestMail:
    @pytest.fixture(autouse=True)
    def _server(self, store):
        do(store, change_mail_settings, settings=SMTP)

    def test_who_gets_letters_by_mail_is_mailed_and_the_others_are_saved(
        self, store, files, hand_over, out
    ):
        by_mail(store, owing(store, "1"))
        owing(store, "2")
        run_id = prepared(store)
        assert hand_over(run_id, folder=out, by_mail=True) == 2
        assert [item.outcome for item in items_of(store, run_id)] == ["sent", "saved"]
        assert [each[1:] for each in dispatches(store)] == [
            ("email", "ar@kraft.example"),
            ("file", "S-2024-00002_2_statement_2024-10-31.pdf"),
        ]
        with store.reader() as reader:
            letter_id, state = reader.row("SELECT letter_id, state FROM mail")
        assert (letter_id, state) == (items_of(store, run_id)[0].letter_id, "queued")

    def test_nobody_is_mailed_twice(self, store, hand_over, out):
        by_mail(store, owing(store, "1"))
        run_id = prepared(store)
        hand_over(run_id, by_mail=True)
        assert hand_over(run_id, by_mail=True) == 0
        with store.reader() as reader:
            assert reader.value("SELECT count(*) FROM mail") == 1

    def test_a_letter_that_cannot_be_mailed_is_saved_with_the_reason(self, store, hand_over, out):
        by_mail(store, owing(store, "1"), address="")
        run_id = prepared(store)
        assert hand_over(run_id, folder=out, by_mail=True) == 1
        (item,) = items_of(store, run_id)
        assert item.outcome == "saved"
        assert "No mail address" in item.reason

    def test_a_letter_that_cannot_be_mailed_nor_saved_tells_why(self, store, hand_over):
        by_mail(store, owing(store, "1"), address="")
        run_id = prepared(store)
        hand_over(run_id, by_mail=True)
        (item,) = items_of(store, run_id)
        assert item.outcome == "issued"
        assert "No mail address" in item.reason

    def test_open_invoices_are_attached_and_those_without_paper_named(
        self, store, files, hand_over, out
    ):
        by_mail(store, first := owing(store, "1"))
        by_mail(store, owing(store, "2"))
        file_invoice(store, files, first)
        run_id = prepared(store, papers=Papers.ATTACHED)
        hand_over(run_id, by_mail=True)
        with store.reader() as reader:
            raws = [files.read(sha) for (sha,) in reader.rows(
                "SELECT f.sha256 FROM mail m JOIN stored_file f ON f.id = m.file_id ORDER BY m.id"
            )]  # fmt: skip
        assert [[a.name for a in read_message(raw).attachments] for raw in raws] == [
            ["S-2024-00001_1_statement_2024-10-31.pdf", "Invoice.pdf"],
            ["S-2024-00002_2_statement_2024-10-31.pdf"],
        ]
        reasons = [item.reason for item in items_of(store, run_id)]
        assert reasons == ["", "No paper is on file for INV-2024-00002."]

    def test_without_a_server_a_run_by_mail_is_refused(self, store):
        do(store, change_mail_settings, settings=MailSettings(method=MailMethod.DRAFT))
        with store.reader() as reader:
            check_way(reader, way=Way())
            with pytest.raises(Refused, match="drafts"):
                check_way(reader, way=Way(by_mail=True))


class TestPapers:
    def test_merged_invoices_follow_the_letter_in_its_file(self, store, files, hand_over, out):
        file_invoice(store, files, owing(store, "1"), paper(pages=3))
        hand_over(prepared(store, papers=Papers.MERGED), folder=out)
        (path,) = out.iterdir()
        assert pages_of(path) == 4
        with store.reader() as reader:
            assert reader.value("SELECT pages FROM document ORDER BY id DESC") == 1

    def test_what_is_no_pdf_or_no_sound_one_lies_beside_the_letter(
        self, store, files, hand_over, out
    ):
        file_invoice(store, files, owing(store, "1"), b"Dear customer", name="in: voice.txt")
        file_invoice(store, files, owing(store, "2"), b"%PDF-1.4 torn", name="torn.pdf")
        run_id = prepared(store, papers=Papers.MERGED)
        hand_over(run_id, folder=out)
        assert sorted(path.name for path in out.iterdir()) == [
            "S-2024-00001_1_statement_2024-10-31.pdf",
            "S-2024-00001_1_statement_2024-10-31_1_in- voice.txt",
            "S-2024-00002_2_statement_2024-10-31.pdf",
            "S-2024-00002_2_statement_2024-10-31_1_torn.pdf",
        ]
        assert "no sound PDF" in items_of(store, run_id)[1].reason

    def test_attached_invoices_of_members_lie_beside_the_parents_letter(
        self, store, files, hand_over, out
    ):
        parent = owing(store, "1")
        member = owing(store, "2", parent_id=parent)
        with store.transaction("Change") as tx:
            tx.update(Customer, member, statement_scope=StatementScope.PARENT)
        file_invoice(store, files, member)
        run_id = prepared(store, papers=Papers.ATTACHED)
        hand_over(run_id, folder=out)
        assert [path.name for path in sorted(out.iterdir())][1].endswith("_1_Invoice.pdf")
        assert [i.outcome for i in items_of(store, run_id)] == ["saved", "with_parent"]
        assert items_of(store, run_id)[0].reason == "No paper is on file for INV-2024-00001."


def test_many_invoices_without_paper_are_named_in_part():
    missing = tuple(f"INV-{number}" for number in range(1, 9))
    assert Enclosures(missing=missing).reason == (
        "No paper is on file for INV-1, INV-2, INV-3, INV-4, INV-5 and 3 more."
    )
