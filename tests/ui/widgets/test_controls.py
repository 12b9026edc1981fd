"""Do buttons, chips, filters, sections and counters say what they are and do what they say?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button, ButtonKind, IconButton, LinkButton
from loyaldesk.ui.widgets.chips import Chip, ChipLabel, chip_width
from loyaldesk.ui.widgets.choices import FilterChip, Segment
from loyaldesk.ui.widgets.counters import Counter, CounterStrip
from loyaldesk.ui.widgets.labels import ElidedLabel, KeyCap, SpanLabel, initials_of
from loyaldesk.ui.widgets.marks import CheckBox
from loyaldesk.ui.widgets.section_head import SectionHead
from loyaldesk.ui.widgets.spans import Span, lay_out_spans
from loyaldesk.ui.widgets.tabs import UnderlineTabs
from loyaldesk.ui.widgets.tokens import Tone
from tests.support.qt import accessible_name, colours_in, nameless, tab_order, too_small

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def shelf(qtbot, theme) -> QWidget:
    """Return a widget to put others into, on the screen."""
    shelf = QWidget()
    qtbot.addWidget(shelf)
    QVBoxLayout(shelf)
    shelf.show()
    return shelf


def put(shelf: QWidget, *widgets: QWidget) -> None:
    column = shelf.layout()
    assert column is not None
    for widget in widgets:
        column.addWidget(widget)
    shelf.adjustSize()
    shelf.activateWindow()
    QApplication.processEvents()


def test_every_control_has_a_name_and_is_big_enough(shelf, theme):
    strip = CounterStrip(theme)
    strip.show_counters([Counter("o", "Open orders", "3")])
    views = UnderlineTabs(theme, name="Views")
    views.add_view("Orders & money")
    put(
        shelf,
        Button(theme, "Log call", kind=ButtonKind.PRIMARY, icon="phone"),
        Button(theme, "Try now", small=True),
        IconButton(theme, "printer", "Print", keys="Ctrl+P"),
        IconButton(theme, "plus", "Add a contact", small=True),
        LinkButton(theme, "Details"),
        FilterChip(theme, "Overdue", icon="circle-alert"),
        Segment(theme, [("a", "Mine"), ("b", "All")], name="Whose"),
        SectionHead(theme, "People"),
        CheckBox(theme, "Tell Ben"),
        views,
        strip,
    )
    assert nameless(shelf) == []
    assert too_small(shelf) == []


def test_the_audit_finds_what_has_no_name(shelf, theme):
    silent = IconButton(theme, "printer", "")
    put(shelf, silent)
    assert nameless(shelf) == ["IconButton"]


def test_focus_is_seen(shelf, theme, qtbot):
    first, second = Button(theme, "First"), Button(theme, "Second")
    put(shelf, first, second)
    first.setFocus()
    assert theme.tokens.accent.name() in colours_in(first.grab().toImage())
    assert theme.tokens.accent.name() not in colours_in(second.grab().toImage())


def test_the_primary_button_is_filled(shelf, theme):
    button = Button(theme, "Save", kind=ButtonKind.PRIMARY)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    put(shelf, button)
    assert button.grab().toImage().pixelColor(6, 14) == theme.tokens.accent


def test_a_tip_names_the_key(theme, qtbot):
    button = IconButton(theme, "printer", "Print", keys="Ctrl+P")
    qtbot.addWidget(button)
    assert button.toolTip() == "Print (Ctrl+P)"


def test_a_chip_is_soft_ground_with_its_meaning(theme, qtbot):
    chip = ChipLabel(theme, Chip("Late 5 d", Tone.BAD, "clock-alert"))
    qtbot.addWidget(chip)
    chip.show()
    colours = colours_in(chip.grab().toImage())
    assert theme.tokens.bad_soft.name() in colours
    assert accessible_name(chip) == "Late 5 d"


def test_a_chip_with_an_icon_is_wider(theme):
    assert chip_width(Chip("Kept", icon="check"), theme) == chip_width(Chip("Kept"), theme) + 17


def test_the_four_quadrants_look_different_without_colour(theme, qtbot):
    pictures = set()
    for cell in range(4):
        chip = ChipLabel(theme, Chip("x", Tone.NEUTRAL, quadrant=cell))
        qtbot.addWidget(chip)
        pictures.add(bytes(chip.grab().toImage().constBits()))
    assert len(pictures) == 4


def test_a_filter_says_whether_it_is_on(theme, qtbot):
    chip = FilterChip(theme, "No contact > 60 d")
    qtbot.addWidget(chip)
    chip.set_count("4")
    QTest.keyClick(chip, SPACE)
    assert chip.isChecked()
    assert accessible_name(chip) == "Filter: No contact > 60 d, on, 4"


def test_arrows_move_the_choice_in_a_segment(shelf, theme, qtbot):
    segment = Segment(theme, [("a", "Mine"), ("b", "Territory"), ("c", "All")], name="Whose")
    put(shelf, segment)
    tab_order(segment)[0].setFocus()
    with qtbot.waitSignal(segment.chosen_changed) as changed:
        QTest.keyClick(segment.window().focusWidget(), Qt.Key.Key_Right)
    assert changed.args == ["b"]
    assert segment.chosen == "b"


def test_a_segment_is_one_stop_for_tab(shelf, theme):
    put(shelf, Segment(theme, [("a", "Mine"), ("b", "All")], name="Whose"))
    assert len(tab_order(shelf)) == 1


def test_a_section_folds_with_enter_and_keeps_its_answer(shelf, theme, qtbot):
    head, body = SectionHead(theme, "Value"), QLabel("the whole story")
    put(shelf, head, body)
    head.add_body(body)
    head.set_answer("€84,200 +6 %")
    with qtbot.waitSignal(head.folded_changed) as changed:
        QTest.keyClick(tab_order(head)[0], ENTER)
    assert changed.args == [True]
    assert not body.isVisible()
    assert "Value, folded" in accessible_name(tab_order(head)[0])


def test_a_section_that_cannot_fold_takes_no_focus(shelf, theme):
    put(shelf, SectionHead(theme, "Account", foldable=False))
    assert tab_order(shelf) == []


def test_a_counter_leads_to_what_it_counts(theme, qtbot):
    strip = CounterStrip(theme)
    qtbot.addWidget(strip)
    overdue = Counter("overdue", "Overdue", "€2,100", Tone.BAD, spoken="Overdue, 2,100 euro")
    strip.show_counters([Counter("orders", "Open orders", "3"), overdue])
    strip.show()
    button = tab_order(strip)[1]
    with qtbot.waitSignal(strip.counter_chosen) as chosen:
        QTest.keyClick(button, SPACE)
    assert chosen.args == ["overdue"]
    assert accessible_name(button) == "Overdue, 2,100 euro"


def test_counters_keep_their_buttons_when_the_figures_change(theme, qtbot):
    strip = CounterStrip(theme)
    qtbot.addWidget(strip)
    strip.show()
    strip.show_counters([Counter("c", "Complaints", "0", is_zero=True)])
    before = tab_order(strip)
    strip.show_counters([Counter("c", "Complaints", "2")])
    assert tab_order(strip) == before


def test_zero_is_muted(theme, qtbot):
    strip = CounterStrip(theme)
    qtbot.addWidget(strip)
    strip.show_counters([Counter("c", "Complaints", "0", Tone.BAD, is_zero=True)])
    strip.resize(200, 52)
    assert theme.tokens.bad.name() not in colours_in(strip.grab().toImage())


def test_a_check_box_is_ticked_by_a_click_on_its_words(theme, qtbot):
    box = CheckBox(theme, "Tell Ben, who waits for 4711")
    qtbot.addWidget(box)
    box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()


def test_a_shortened_label_tells_the_whole_text(theme, qtbot):
    label = ElidedLabel(theme, "Königlich Feinkost und Delikatessen KG")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == "Königlich Feinkost und Delikatessen KG"


def test_a_line_of_spans_grows_with_its_text(theme, qtbot):
    label = SpanLabel(theme, [Span("Ben promised "), Span.strong("a call back " * 8)], wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(200) > label.heightForWidth(2_000) == theme.px(18)


def test_a_span_behind_an_emoji_keeps_its_place(theme):
    layout = lay_out_spans([Span("📦 "), Span.strong("4711", Tone.BAD)], theme, 500)
    bold = layout.formats()[1]
    assert (bold.start, bold.length) == (3, 4)
    assert bold.format.foreground().color() == QColor(theme.tokens.bad)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Heike Müller", "HM"),
        ("Frau Dr. Anna von Bülow", "FB"),
        ("Ana", "A"),
        ("", ""),
        ("☎ x", "X"),
    ],
)
def test_initials_are_those_of_the_first_and_last_name(name, initials):
    assert initials_of(name) == initials


def test_a_key_cap_shows_the_key_as_it_is_drawn(theme, qtbot):
    cap = KeyCap(theme, "Ctrl+Shift+A")
    qtbot.addWidget(cap)
    assert cap.text == "Ctrl ⇧ A"


@pytest.mark.parametrize("is_folded", [True, False])
def test_a_figure_without_room_for_its_name_shortens_it(theme, qtbot, is_folded):
    strip = CounterStrip(theme)
    qtbot.addWidget(strip)
    strip.show_counters([Counter("items", "MMMMMMMMMMMMMMMMMMMMMM", "3")])
    strip.set_folded(folded=is_folded)
    strip.resize(120, 56)
    strip.show()
    picture = strip.grab().toImage()
    edge = {picture.pixel(x, y) for x in (117, 118, 119) for y in range(picture.height() - 1)}
    assert len(edge) == 1
