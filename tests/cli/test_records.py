"""Do `customer show`, `order show` and `document` say and do everything their pages would?"""

import json

import pytest

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.operations.customers import edit_customer
from loyaldesk.store.connection import connect
from loyaldesk.store.schema import FILE_NAME
from tests.support.factories import do
from tests.support.stores import KEY, fresh_store


class TestCustomerShow:
    @pytest.fixture
    def page(self, loyaldesk):
        return loyaldesk("customer", "show", "10042", "--json").data

    def test_the_whole_page_is_there(self, page):
        assert set(page) >= {
            "customer", "tiles", "contacts", "addresses", "orders", "open_orders", "open_items",
            "ageing", "family", "documents", "timeline", "counters", "members", "years",
        }  # fmt: skip

    def test_who_it_is_and_where_it_belongs(self, page):
        assert (page["customer"]["name"], page["customer"]["parent_name"]) == (
            "Müller & Söhne GmbH",
            "Söhne Holding SE",
        )
        assert page["customer"]["credit_limit"] == {"amount": "500.00", "currency": "EUR"}
        assert page["contacts"][0]["family_name"] == "Müller"

    def test_ageing_and_tiles_are_one_truth(self, page):
        (row,) = page["ageing"]
        cents = [round(float(money["amount"]) * 100) for money in row["buckets"].values()]
        unapplied, total = (
            round(float(row[name]["amount"]) * 100) for name in ("unapplied", "total")
        )
        assert sum(cents) + unapplied == total
        assert page["tiles"]["open_balance"] == [row["total"]]
        # 20.00 invoiced, 12.00 paid, 3.00 credited.
        assert row["total"] == {"amount": "5.00", "currency": "EUR"}

    def test_every_order_is_listed_whatever_its_state(self, page):
        (order,) = page["orders"]
        assert (order["number"], order["status"], order["total"]["amount"]) == (
            "10042",
            "part_delivered",
            "50.00",
        )

    def test_a_parent_shows_what_its_family_owes(self, loyaldesk):
        family = loyaldesk("customer", "show", "10000", "--json").data["family"]
        assert [row["balance"] for row in family] == [{"amount": "5.00", "currency": "EUR"}]

    def test_the_timeline_tells_of_everything_with_its_day(self, page):
        assert {entry["what"] for entry in page["timeline"]} == {
            "call",
            "order",
            "invoice",
            "payment",
            "credit_note",
            "document",
        }
        assert {entry["day"] for entry in page["timeline"]} == {"2024-11-12"}

    def test_as_text_it_is_laid_out_in_words(self, loyaldesk):
        out = loyaldesk("customer", "show", "10042").out
        assert "family name: Müller" in out
        assert "total: 5.00 EUR" in out


class TestOrderShow:
    @pytest.fixture
    def page(self, loyaldesk):
        return loyaldesk("order", "show", "10042", "--json").data

    def test_the_whole_page_is_there(self, page):
        assert set(page) >= {
            "order", "steps", "lines", "acknowledgements", "invoices", "payments", "documents",
        }  # fmt: skip

    def test_each_line_says_what_is_still_owed_and_how_late_it_is(self, page):
        (line,) = page["lines"]
        assert (line["quantity_milli"], line["shipped_milli"], line["balance_milli"]) == (
            10_000,
            4_000,
            6_000,
        )
        assert line["days_late"] is None

    def test_the_chain_runs_from_order_to_payment(self, page):
        assert page["order"]["customer_po"] == "PO 88-12"
        assert page["invoices"][0]["total"]["amount"] == "20.00"
        assert page["payments"][0]["amount"]["amount"] == "12.00"
        assert page["documents"][0]["name"] == "Order.pdf"

    def test_the_steps_stand_in_their_order(self, page):
        names = [step["name"] for step in page["steps"]]
        assert names[0] == "received"
        assert names[-1] == "followed_up"
        assert len(names) == 7


def test_a_name_cannot_steer_the_terminal(loyaldesk, profile):
    hostile = "Acme \x1b[31m\x07\u202e Ltd"
    store = fresh_store(profile)
    do(store, edit_customer, customer_id=1, name=hostile)
    store.close()
    shown = loyaldesk("customer", "show", "10042")
    assert "Acme \ufffd[31m\ufffd\ufffd Ltd" in shown.out
    assert not set("\x1b\x07\u202e") & set(shown.out)
    refused = loyaldesk("customer", "show", "no\x1b[31mbody")
    assert (refused.code, "\x1b" in refused.err) == (1, False)


class TestDocuments:
    @pytest.fixture
    def paper(self, tmp_path):
        path = tmp_path / "Vertrag über Tee.txt"
        path.write_bytes(b"Ten boxes a month")
        return path

    def test_a_paper_is_filed_listed_and_saved_byte_for_byte(self, loyaldesk, paper, tmp_path):
        words = ("--customer", "10042", "--order", "10042", "--kind", "contract")
        filed = loyaldesk("document", "add", paper, *words, "--json").data
        assert (filed["name"], filed["kind"], filed["order_number"]) == (
            paper.name,
            "contract",
            "10042",
        )
        listed = loyaldesk("document", "list", "--customer", "10042", "--json").data
        assert {row["name"] for row in listed} == {"Order.pdf", paper.name}
        out = tmp_path / "out.txt"
        assert loyaldesk("document", "save", filed["id"], "--out", out).code == 0
        assert out.read_bytes() == b"Ten boxes a month"

    def test_filing_the_same_paper_twice_is_filing_it_once(self, loyaldesk, paper):
        first, second = (
            loyaldesk("document", "add", paper, "--customer", "10042", "--json").data["id"]
            for _ in range(2)
        )
        assert first == second

    def test_a_kind_is_judged_by_the_name_or_given_and_then_counts_for_known_papers(
        self, loyaldesk, paper
    ):
        words = ("document", "add", paper, "--customer", "10042")
        assert loyaldesk(*words, "--json").data["kind"] == "contract"
        again = loyaldesk(*words, "--kind", "correspondence")
        assert again.out.startswith("On file already")
        assert loyaldesk(*words, "--json").data["kind"] == "correspondence"

    def test_a_file_that_is_not_there_is_refused(self, loyaldesk, tmp_path):
        ended = loyaldesk("document", "add", tmp_path / "none.pdf", "--customer", "10042")
        assert ended.code == 1
        assert "none.pdf" in ended.err

    @pytest.mark.parametrize("count", ["0", "-1", "many", "1e3", "99999999999"])
    def test_a_limit_that_is_no_count_is_wrong_use(self, loyaldesk, count):
        assert loyaldesk("document", "list", f"--limit={count}").code == 2

    def test_the_list_is_cut_where_asked_the_newest_first(self, loyaldesk, paper):
        loyaldesk("document", "add", paper, "--customer", "10000")
        listed = loyaldesk("document", "list", "--limit", "1", "--json").data
        assert [row["name"] for row in listed] == [paper.name]

    def test_a_customer_without_papers_has_an_empty_list(self, loyaldesk):
        assert loyaldesk("document", "list", "--customer", "10000", "--json").data == []
        assert "Nothing is on file" in loyaldesk("document", "list", "--customer", "10000").out


class TestCheck:
    def test_a_damaged_file_is_named(self, loyaldesk, profile):
        (content,) = (path for path in (profile / FOLDER_NAME).rglob("*") if path.is_file())
        content.write_bytes(content.read_bytes()[:-1])
        answer = loyaldesk("check", "--json")
        assert answer.code == 1
        assert answer.data["ok"] is False
        assert len(answer.data["problems"]["files"]) == 1
        assert "missing or damaged" in answer.err

    def test_an_index_that_lost_step_is_named(self, loyaldesk, profile):
        connection = connect(profile / "loyaldesk.db", KEY)
        connection.execute("UPDATE customer SET name = 'Smuggled', name_key = 'smuggled'")
        connection.close()
        answer = loyaldesk("check", "--json")
        assert answer.code == 1
        assert answer.data["problems"]["index"]

    def test_everything_whole_is_said_so(self, loyaldesk):
        assert loyaldesk("check").out == "Store, index and files are whole.\n"


def test_a_new_key_opens_a_new_profile(loyaldesk, tmp_path, monkeypatch):
    first, second = (loyaldesk("key", "new", "--json").data["key"] for _ in range(2))
    assert first != second
    monkeypatch.setenv(KEY_VARIABLE, first)
    loyaldesk("demo", "create", "--customers", 1, "--orders", 1, at=tmp_path / "new")
    assert loyaldesk("check", at=tmp_path / "new").code == 0


def test_a_damaged_store_is_one_problem_of_the_check(loyaldesk, profile):
    path = profile / FILE_NAME
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + bytes(8192) + whole[middle + 8192 :])
    answer = loyaldesk("check", "--json")
    assert answer.code == 1
    assert answer.data["ok"] is False
    assert answer.data["problems"]["store"]


def test_a_document_saved_is_the_content_of_the_file_store(loyaldesk, profile, tmp_path):
    (row,) = loyaldesk("document", "list", "--json").data
    loyaldesk("document", "save", row["id"], "--out", tmp_path / "x.pdf")
    stored = FileStore(profile / FOLDER_NAME, KEY).read(bytes.fromhex(row["sha256"]))
    assert (tmp_path / "x.pdf").read_bytes() == stored


def test_json_writes_names_as_they_are(loyaldesk):
    out = loyaldesk("customer", "show", "C-2024-00002", "--json").out
    assert "Łódzki Sp. z o.o." in out
    assert json.loads(out)["customer"]["name"] == "Łódzki Sp. z o.o."
