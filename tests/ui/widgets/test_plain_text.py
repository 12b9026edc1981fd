"""Is text from outside shown letter by letter, wherever it goes? (threat T3)."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, Qt, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFormLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QProgressDialog,
    QToolTip,
    QWidget,
)

from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.labels import ElidedLabel, TextLabel
from loyaldesk.ui.widgets.plain_text import plain_tooltip
from tests.support.qt import colours_in

RED = QColor("red").name()


@pytest.fixture
def payload(tmp_path) -> str:
    """Return a customer's name that shows a red picture wherever it is taken for markup."""
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    red.save(str(tmp_path / "red.png"))
    return f'<img src="{(tmp_path / "red.png").as_uri()}"><b>Ltd</b>'


def colours_of(widget: QWidget) -> set[str]:
    widget.resize(400, 200)
    widget.show()
    QApplication.processEvents()
    return colours_in(widget.grab().toImage())


def test_the_payload_is_dangerous_without_our_style(payload, theme, qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(payload)
    assert RED in colours_of(label)


def test_labels_show_markup_as_letters(payload, theme, qtbot):
    label = QLabel(payload)
    qtbot.addWidget(label)
    assert RED not in colours_of(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_our_own_labels_are_plain_before_they_are_shown(payload, theme, qtbot):
    for label in (TextLabel(theme, payload), ElidedLabel(theme, payload)):
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert RED not in colours_of(label)


def test_message_boxes_show_markup_as_letters(payload, theme, qtbot):
    box = QMessageBox(QMessageBox.Icon.NoIcon, payload, payload)
    qtbot.addWidget(box)
    box.setInformativeText(payload)
    assert RED not in colours_of(box)


def test_progress_and_input_dialogs_show_markup_as_letters(payload, theme, qtbot):
    progress, question = QProgressDialog(payload, payload, 0, 10), QInputDialog()
    question.setLabelText(payload)
    for dialog in (progress, question):
        qtbot.addWidget(dialog)
        assert RED not in colours_of(dialog)


def test_form_rows_and_check_boxes_show_markup_as_letters(payload, theme, qtbot):
    form = QWidget()
    qtbot.addWidget(form)
    rows = QFormLayout(form)
    rows.addRow(payload, QCheckBox(payload))
    assert RED not in colours_of(form)


def test_banners_show_markup_as_letters(payload, theme, qtbot):
    banner = Banner(theme, BannerKind.BAD, happened=payload, safe=payload)
    qtbot.addWidget(banner)
    assert RED not in colours_of(banner)


def test_tooltips_show_markup_as_letters(payload, theme, qtbot):
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.resize(200, 200)
    anchor.show()
    QToolTip.showText(anchor.mapToGlobal(QPoint(5, 5)), payload, anchor)
    tip = next(w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel"))
    try:
        assert RED not in colours_in(tip.grab().toImage())
    finally:
        QToolTip.hideText()


@pytest.mark.parametrize(
    "text",
    [
        '<img src="//host/share/x.png">',
        "<b>x</b>",
        "a<br>b",
        "R&D <br>",
        '<?xml version="1.0"?><b>x</b>',
    ],
)
def test_no_tooltip_is_taken_for_markup(text):
    assert Qt.mightBeRichText(text)
    assert not Qt.mightBeRichText(plain_tooltip(text))


def test_a_tooltip_still_reads_as_it_was_written():
    document = QTextDocument()
    document.setPlainText(plain_tooltip("ACME <GmbH> & Söhne"))
    assert document.toPlainText().replace("\u2060", "") == "ACME <GmbH> & Söhne"
