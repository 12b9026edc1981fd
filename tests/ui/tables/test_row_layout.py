"""Is a row laid out with what must stay whole kept whole?"""

from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.tables.row_layout import PAD, RowLayout, Slot
from loyaldesk.ui.widgets.tokens import Tone


def lay_out(theme, column: Column, cell: Cell, width: int = 100):
    return RowLayout(theme, [column], [Slot(0, 0, width)]).lay_out([cell])


def test_a_long_name_is_shortened_and_known_to_be(theme):
    row = lay_out(theme, Column("name", "Name"), Cell("Königlich Feinkost und Delikatessen KG"))
    assert row.texts[0][2].endswith("…")
    assert row.cut == {0}


def test_an_amount_is_never_shortened(theme):
    column = Column("overdue", "Overdue", ColumnKind.MONEY)
    row = lay_out(theme, column, Cell("€1,234,567,890.00"), width=60)
    assert row.texts[0][2] == "€1,234,567,890.00"


def test_amounts_end_at_the_same_pixel(theme):
    column = Column("overdue", "Overdue", ColumnKind.MONEY)
    ends = set()
    for text in ("€1.00", "€1,111.11", "€8,888.88"):
        _look, left, words = lay_out(theme, column, Cell(text)).texts[0]
        measure = RowLayout(theme, [column], [])._widths  # noqa: SLF001 - the same ruler
        ends.add(left + measure[column.style].exact(words))
    assert ends == {100 - PAD}


def test_an_icon_stands_behind_its_words(theme):
    row = lay_out(theme, Column("name", "Name"), Cell("Acme", icon="hand", icon_tone=Tone.BAD))
    assert row.icons[0][1:] == ("hand", Tone.BAD)
    assert row.icons[0][0] > row.texts[0][1]


def test_the_part_that_stands_out_follows_at_once(theme):
    row = lay_out(theme, Column("promised", "Promised"), Cell("19 → ", tail="24 Nov"))
    assert [text for _look, _left, text in row.texts] == ["19 → ", "24 Nov"]
    assert row.texts[1][1] > row.texts[0][1]
