"""Does the window say where a document's content is, fetch it when opened, and keep it on wish?"""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest

from loyaldesk.sync.contents.wants import keep_customer
from loyaldesk.sync.state import Phase, SyncState
from loyaldesk.ui.documents.columns import document_columns
from loyaldesk.ui.documents.list_page import DocumentsPage
from loyaldesk.ui.documents.viewer import DocumentViewer
from tests.support.factories import make_customer
from tests.support.paper import file_paper, two_pages

CONTENT = two_pages()
SHA256 = hashlib.sha256(CONTENT).digest()


@pytest.fixture
def document_id(store, desk):
    customer_id = make_customer(store, number="10042")
    return file_paper(store, desk, customer_id, CONTENT, name="two.pdf")


@pytest.fixture
def connected(desk):
    desk.news.tell_sync(SyncState(Phase.IN_STEP))


def note(store, direction, answer="", parts="[]", size=20_000_000):
    """Put what the desk knows of the content, as the half that speaks with the hub would."""
    with store.remote_transaction("Carry a document") as tx:
        tx.execute(
            "INSERT OR REPLACE INTO blob (sha256, direction, size, parts_done, answer)"
            " VALUES (?, ?, ?, ?, ?)",
            [SHA256.hex(), direction, size, parts, answer],
        )
        tx.touch("stored_file", [1])


def known(store, direction):
    return store.reader().row(
        "SELECT answer FROM blob WHERE sha256 = ? AND direction = ?", [SHA256.hex(), direction]
    )


def shown_row(page):
    return page.list.model.row_at(0)


def mark(desk, page):
    column = next(found for found in document_columns(desk.formats) if found.key == "name")
    assert column.show is not None
    return column.show(shown_row(page))


def said_of(desk, page):
    cell = mark(desk, page)
    return cell.icon, cell.tip.splitlines()[-1]


@pytest.fixture
def wait_for(qtbot):
    """Wait until the page has read its rows again and what is claimed is true."""
    return qtbot.waitUntil


@pytest.fixture
def page(desk, keep, document_id):
    return keep(DocumentsPage(desk), (1200, 600))


@pytest.fixture
def told(store, desk, page):
    """Note something about the content; returns what the list then says of it: mark and words."""

    def tell(*noted):
        note(store, *noted)
        return lambda: said_of(desk, page)

    return tell


@pytest.mark.usefixtures("connected")
class TestMarks:
    @pytest.mark.parametrize(
        ("up", "said"),
        [
            (("present", "[]"), ("", "Here and at the hub")),
            (("", "[]"), ("cloud-off", "Only on this computer")),
            (("", "[1, 2]"), ("upload", "On its way to the hub, 50 %")),
            (
                ("damaged", "[]"),
                ("triangle-alert", "Damaged on this computer; attach it again"),
            ),
        ],
    )
    def test_a_content_of_this_disk(self, told, wait_for, up, said):
        shown = told("up", *up)
        wait_for(lambda: shown() == said)

    @pytest.mark.parametrize(
        ("down", "said"),
        [
            (("", "[1, 2, 3]"), ("cloud-download", "On its way from the hub, 60 %")),
            (("not_there", "[]"), ("clock", "Not at the hub yet; still with Ana")),
        ],
    )
    def test_a_content_that_is_not_here(self, desk, told, wait_for, down, said):
        desk.files().remove(SHA256)
        shown = told("down", *down)
        wait_for(lambda: shown() == said)

    def test_a_content_that_only_the_hub_has(self, desk, told, wait_for):
        desk.files().remove(SHA256)
        shown = told("up", "present")
        words = "At the hub; it comes when you open it"
        wait_for(lambda: shown() == ("cloud-download", words))

    def test_the_facts_say_it_too(self, store, desk, keep, document_id):
        note(store, "up", "present")
        viewer = keep(DocumentViewer(desk, document_id), (1200, 800))
        assert "Here and at the hub" in viewer.facts.lines[-1].accessibleName()


class TestAlone:
    def test_without_a_hub_nothing_is_marked(self, desk, page):
        assert shown_row(page).place is None
        assert (mark(desk, page).icon, mark(desk, page).tip) == ("", "two.pdf")

    def test_without_a_hub_the_list_asks_one_statement(self, store, desk, document_id):
        page = DocumentsPage(desk)
        reader = store.reader()
        page.plan.read_rows(reader, ids=[document_id], today=desk.today())
        assert reader.statements_run == 1
        page.deleteLater()

    def test_without_a_hub_nothing_is_offered(self, desk, keep, document_id):
        viewer = keep(DocumentViewer(desk, document_id), (1200, 800))
        words = [action.text() for action in viewer.head.menu().actions()]
        assert "Keep for offline" not in words
        assert not viewer.facts.lines[-1].isVisible()


@pytest.mark.usefixtures("connected")
class TestOpening:
    @pytest.fixture
    def viewer(self, desk, keep, document_id):
        desk.files().remove(SHA256)
        return keep(DocumentViewer(desk, document_id), (1200, 800))

    def test_what_is_at_the_hub_is_asked_for_before_all_else(self, store, viewer):
        assert known(store, "down") == ("now",)
        assert viewer.reader.why_not == "It is on its way, 0 %, and opens by itself."
        assert not viewer.head.print_button.isEnabled()

    def test_how_far_it_is_follows(self, store, viewer):
        note(store, "down", "now", "[1, 2, 3]")
        assert viewer.reader.why_not == "It is on its way, 60 %, and opens by itself."

    def test_it_opens_by_itself_when_it_is_here(self, store, desk, viewer):
        desk.files().add(BytesIO(CONTENT))
        note(store, "up", "present")
        assert viewer.reader.why_not == ""
        assert viewer.reader.source.sha256 == SHA256

    def test_offline_is_said_in_a_sentence_with_what_is_safe(self, desk, viewer):
        desk.news.tell_sync(SyncState(Phase.OFFLINE))
        assert viewer.reader.why_not == (
            "This document is at the hub, which cannot be reached now. Nothing is lost; it comes "
            "by itself when the hub answers again."
        )

    def test_what_nobody_sent_yet_names_who_has_it(self, store, viewer):
        note(store, "down", "not_there")
        assert "still with Ana" in viewer.reader.why_not

    def test_saving_what_is_not_here_says_how_to_get_it(self, desk, viewer, monkeypatch, tmp_path):
        target = tmp_path / "out.pdf"
        monkeypatch.setattr(
            "loyaldesk.ui.documents.actions.QFileDialog.getSaveFileName",
            lambda *_: (str(target), ""),
        )
        told: list[str] = []
        viewer.actions_of_document.refused.connect(told.append)
        viewer.save_copy()
        assert (target.exists(), "Open it once" in told[0]) == (False, True)


@pytest.mark.usefixtures("connected")
class TestKeeping:
    def test_a_document_is_kept_for_offline_and_let_go(self, store, desk, keep, heard, document_id):
        viewer = keep(DocumentViewer(desk, document_id), (1200, 800))
        for words, kept in (("Keep for offline", ("",)), ("Let leave this computer", None)):
            actions = {action.text(): action for action in viewer.head.menu().actions()}
            actions[words].trigger()
            assert known(store, "keep") == kept

    def test_the_list_offers_it_too(self, store, page, wait_for, document_id):
        choices = dict(page.choices(document_id))
        choices["Keep for offline"]()
        assert known(store, "keep") == ("",)
        wait_for(lambda: "Let leave this computer" in dict(page.choices(document_id)))

    def test_keeping_a_customer_is_of_this_desk_alone(self, store, document_id):
        keep_customer(store, customer_id=1, kept=True)
        kept = "SELECT count(*) FROM sync_state WHERE key LIKE 'keep:%'"
        assert store.reader().value(kept) == 1
        assert store.reader().value("SELECT count(*) FROM outbox") == 0
        keep_customer(store, customer_id=1, kept=False)
        assert store.reader().value(kept) == 0
