"""Whether the hub tells who used a document, by the name of who really asked."""

from tests.support.hub_desks import customer_row, uid, wire_row


def pushed(laptop, *rows, first):
    muts = [
        {"no": number, "uuid": uid(f"{laptop.client} {number}"), "grp": number, "kind": kind,
         "id": uid(name), "op": "create", "schema": 1, "edited_at": "2026-03-02T08:00:00.000Z",
         "row": row}
        for number, (kind, name, row) in enumerate(rows, first)
    ]  # fmt: skip
    made = laptop.ask("POST", "sync/push", {"muts": muts})
    assert [outcome["st"] for outcome in made.json["res"]] == ["applied"] * len(rows), made.json


def use(document, verb, at, **values):
    return wire_row("paper_use", document_id=uid(document), verb=verb, used_at=at, **values)


def test_uses_of_a_document_come_with_its_history_the_newest_first(http):
    office = http.laptop("ann", "office")
    rep = http.laptop("ben", "rep", "North")
    papers = [
        ("document", name, wire_row("document", customer_id=uid("c"), file_sha256="00" * 32))
        for name in ("paper", "other paper")
    ]
    pushed(office, ("customer", "c", customer_row()), *papers, first=1)
    pushed(
        rep,
        ("paper_use", "u1", use("paper", "viewed", "2026-03-02T08:00:00.000Z", used_by="forged")),
        ("paper_use", "u2", use("other paper", "viewed", "2026-03-02T08:01:00.000Z")),
        ("paper_use", "u3", use("paper", "mailed", "2026-03-02T09:00:00.000Z", recipient="a@b.c")),
        first=1,
    )

    found = office.ask("GET", f"history/document/{uid('paper')}").json

    assert [(u["actor"], u["verb"], u["recipient"]) for u in found["uses"]] == [
        ("Ben", "mailed", "a@b.c"), ("Ben", "viewed", ""),
    ]  # fmt: skip
    assert [entry["op"] for entry in found["entries"]] == ["create"]
    assert office.ask("GET", f"history/customer/{uid('c')}").json["uses"] == []


def test_uses_are_told_only_to_who_may_read_the_document(http):
    office = http.laptop("ann", "office")
    stranger = http.laptop("eva", "rep", "South")
    paper = wire_row("document", customer_id=uid("c"), file_sha256="00" * 32)
    pushed(office, ("customer", "c", customer_row()), ("document", "paper", paper), first=1)

    assert stranger.ask("GET", f"history/document/{uid('paper')}").status == 404
