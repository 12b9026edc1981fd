"""Can somebody change, or learn of, what is not theirs? Unknown and forbidden look alike."""

import pytest

from loyaldesk.hub.access import UNKNOWN, Role
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import everything, row_of


@pytest.fixture
def south(hub):
    desk = HubDesk(hub, principal("Sue", territories="South"))
    desk.create("customer", "c", customer_row("S-1", territory="South", phone="1"))
    desk.create("contact", "p", wire_row("contact", customer_id=uid("c")))
    desk.create("document", "d", wire_row("document", customer_id=uid("c")))
    return desk


@pytest.fixture
def ann(hub, south):
    return HubDesk(hub)


def hang_contact(ann, word, under="x"):
    return ann.create("contact", under, wire_row("contact", customer_id=uid(word)))


def hang_link(ann, word):
    document = uid("d" if word == "c" else "no document")
    return ann.create("document_link", "x", wire_row("document_link", document_id=document))


ATTEMPTS = {
    "edit": lambda ann, word: ann.edit("customer", word, phone=("1", "2")),
    "delete": lambda ann, word: ann.delete("customer", word),
    "child": hang_contact,
    "grandchild": hang_link,
    "theft": lambda ann, word: hang_contact(ann, word, "p" if word == "c" else "q"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_row_of_others_and_no_row_are_refused_alike(hub, ann, attempt):
    before = everything(hub)
    theirs = ATTEMPTS[attempt](ann, "c")
    nobodys = ATTEMPTS[attempt](ann, "nothing")
    changed = {name for name, rows in everything(hub).items() if rows != before[name]}

    told = [(each.st, each.reason, each.rv, each.row) for each in (theirs, nobodys)]
    assert told == [("rejected", UNKNOWN, 0, None)] * 2
    assert changed == {"mutation_result", "applied_uuid"}


def test_a_customer_is_not_made_where_its_author_cannot_see_it(hub, ann):
    assert ann.create("customer", "n", customer_row(territory="South")).reason == UNKNOWN
    assert row_of(hub, "customer", "n") is None


def test_a_customer_is_not_pushed_out_of_sight(hub, ann):
    ann.create("customer", "n", customer_row())

    assert ann.edit("customer", "n", territory=("North", "South")).reason == UNKNOWN
    assert row_of(hub, "customer", "n")["territory"] == "North"


def test_the_office_may_move_a_customer(hub, ann):
    ann.create("customer", "n", customer_row())
    office = HubDesk(hub, principal("Zoe", Role.OFFICE, None))

    assert office.edit("customer", "n", territory=("North", "South")).st == "applied"


def test_an_account_manager_sees_a_customer_of_another_territory(hub, south, ann):
    south.edit("customer", "c", account_manager=("", "Ann"))

    assert ann.edit("customer", "c", phone=("1", "2")).st == "applied"


def test_a_reader_changes_nothing(hub, south):
    reader = HubDesk(hub, principal("Rob", Role.READER, "South"))

    assert reader.edit("customer", "c", phone=("1", "2")).st == "rejected"
    assert row_of(hub, "customer", "c")["phone"] == "1"


def test_a_reader_says_which_papers_were_read(hub, south):
    reader = HubDesk(hub, principal("Rob", Role.READER, "South"))
    use = wire_row("paper_use", document_id=uid("d"), used_by="Somebody else")
    outcome = reader.create("paper_use", "u", use)

    assert (outcome.st, outcome.row) == ("applied", None)
    assert row_of(hub, "paper_use", "u")["used_by"] == "Rob"


def test_what_was_read_stays_on_record_whatever_a_desk_sends(hub, south):
    south.create("paper_use", "u", wire_row("paper_use", document_id=uid("d"), verb="viewed"))
    before = row_of(hub, "paper_use", "u")

    assert south.edit("paper_use", "u", verb=("viewed", "printed")).st == "rejected"
    assert south.delete("paper_use", "u").st == "applied"
    assert row_of(hub, "paper_use", "u") == before
    assert before["used_by"] == "Sue"


def test_who_cannot_see_a_paper_reads_none(ann):
    use = wire_row("paper_use", document_id=uid("d"))

    assert ann.create("paper_use", "u", use).reason == UNKNOWN


def test_what_the_company_shares_is_changed_by_the_office_alone(hub, ann):
    product = wire_row("product", number="W-1")
    office = HubDesk(hub, principal("Zoe", Role.OFFICE, None))

    assert ann.create("product", "w", product).reason == UNKNOWN
    assert office.create("product", "w", product).st == "applied"


def test_a_repeated_push_does_not_show_a_row_that_left(hub, south):
    edit = south.edit_of("customer", "c", phone=("1", "2"))
    south.push(edit)
    office = HubDesk(hub, principal("Zoe", Role.OFFICE, None))
    office.edit("customer", "c", territory=("South", "North"))

    assert (south.push(edit)[0].st, south.push(edit)[0].row) == ("applied", None)


def test_nothing_is_hung_on_a_record_of_others_beside_ones_own(hub, south, ann):
    ann.create("customer", "n", customer_row())
    south.create("invoice", "i", wire_row("invoice", customer_id=uid("c"), number="R"))
    row = wire_row("allocation", customer_id=uid("n"), invoice_id=uid("i"))

    assert ann.create("allocation", "a", row).reason == UNKNOWN


def test_a_connector_decides_no_conflict(hub, south):
    south.edit("customer", "c", name=("", "One"))
    conflict = south.edit("customer", "c", name=("", "Other")).conflicts[0]
    erp = HubDesk(hub, principal("Tryton", Role.CONNECTOR, None))
    edit = erp.edit_of("edit_conflict", "any", status=("open", "dismissed"))
    edit.id = conflict

    assert erp.push(edit)[0].reason == UNKNOWN
