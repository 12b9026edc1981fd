"""Whether every column of every table that travels is on the wire, and nothing else is."""

import pytest

from loyaldesk.models import Base
from loyaldesk.protocol.kinds import KINDS, Kind

# What a desk makes for itself from what travels, or keeps for itself.
OWN = {"id", "uid"}
LOCAL = {"dispatch": {"print_batch_id", "position"}}
# How a column looks on the wire where it is not there under its own name.
TRAVELS_AS = {
    "file_id": {"file_sha256", "file_size", "file_mime"},
    "linked_id": {"linked_uid"},
    "order_line_id": {"order_line"},
}
STAY = {
    "change", "change_group", "draft", "import_run", "number_series", "print_batch",
    "statement_run", "statement_run_item", "stored_file",
}  # fmt: skip


def _wanted(table, left_out):
    derived = {
        name
        for mapper in Base.registry.mappers
        if mapper.class_.__tablename__ == table
        for name in mapper.class_.derived
    }
    columns = {column.name for column in Base.metadata.tables[table].columns}
    columns -= OWN | derived | left_out | LOCAL.get(table, set())
    return {wire for name in columns for wire in TRAVELS_AS.get(name, {name})}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_column_travels_or_is_said_to_stay(kind: Kind):
    assert set(kind.fields) - {"lines"} == _wanted(kind.table, set())


@pytest.mark.parametrize("kind", [k for k in KINDS.values() if k.line_table], ids=lambda k: k.name)
def test_every_column_of_a_line_travels_inside_its_row(kind: Kind):
    parent = {f"{kind.table.removeprefix('sales_')}_id"}

    assert set(kind.lines) == _wanted(kind.line_table, parent)


def test_every_table_travels_or_is_said_to_stay():
    travelling = {name for kind in KINDS.values() for name in (kind.table, kind.line_table) if name}

    assert travelling | STAY == set(Base.metadata.tables)
    assert not travelling & STAY


def test_a_row_comes_after_the_rows_it_needs():
    seen: set[str] = set()
    for kind in KINDS.values():
        for field in kind.references:
            assert field.refers in seen | {kind.name} or field.is_nullable, (kind.name, field.name)
        seen.add(kind.name)


def test_the_way_to_the_account_leads_to_a_customer():
    for kind in KINDS.values():
        while kind.account not in {"", "id"}:
            field = kind.fields[kind.account]
            assert field.refers is not None
            kind = KINDS[field.refers]
        assert kind.name == "customer" or kind.is_shared
