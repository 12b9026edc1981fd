"""Does the whole window follow a change of scheme, density and text size at once?"""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLineEdit, QPushButton

from loyaldesk.resources import resource
from loyaldesk.ui.widgets.icons import IconSet
from loyaldesk.ui.widgets.metrics import Density, Metrics, TextStyle
from loyaldesk.ui.widgets.theme import SchemeChoice, Theme
from loyaldesk.ui.widgets.tokens import Scheme, Tone, tokens_for


def metrics(text_percent=100, density=Density.NORMAL) -> Metrics:
    return Metrics(QFont(), text_percent=text_percent, density=density)


def test_dark_reaches_windows_that_are_open(theme, qtbot, qapp):
    field, button = QLineEdit(), QPushButton("Save")
    for widget in (field, button):
        qtbot.addWidget(widget)
        widget.show()
    theme.wear(replace(theme.look, scheme=SchemeChoice.DARK))
    qapp.processEvents()
    dark = tokens_for(Scheme.DARK)
    assert button.palette().color(QPalette.ColorRole.Button) == dark.base
    assert field.palette().color(QPalette.ColorRole.Highlight) == dark.accent


def test_a_change_is_told_once(theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.wear(replace(theme.look, text_percent=150))
    assert theme.px(28) == 42


def test_following_the_system_takes_its_scheme(theme, monkeypatch):
    told = Qt.ColorScheme.Dark
    monkeypatch.setattr(theme, "_hints", FakeHints(told))
    theme.wear(replace(theme.look, scheme=SchemeChoice.SYSTEM))
    assert theme.tokens.scheme is Scheme.DARK


def test_a_change_of_the_systems_scheme_is_followed_live(theme, qapp):
    theme.wear(replace(theme.look, scheme=SchemeChoice.DARK))
    theme.look = replace(theme.look, scheme=SchemeChoice.SYSTEM)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens.scheme is Scheme.LIGHT


class FakeHints:
    """The system's wishes, as if it were dark."""

    def __init__(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 - Qt's name
        return self._scheme

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:  # noqa: N802 - Qt's name
        del scheme

    def accessibility(self) -> "FakeHints":
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
        return Qt.ContrastPreference.NoPreference


def test_rows_have_the_heights_of_their_density():
    assert metrics(density=Density.COMPACT).table_row == 24
    assert metrics().table_row == 30
    assert metrics(density=Density.COMFORTABLE).control == 34


def test_rows_grow_with_the_text():
    assert metrics(200).table_row == 50


def test_text_size_stays_between_ninety_and_two_hundred():
    assert metrics(30).scale == 0.9
    assert metrics(900).scale == 2.0


def test_no_text_is_smaller_than_eleven_pixels():
    assert min(style.pixels for style in TextStyle) == 11


def test_figures_have_one_width(theme):
    assert QFont.Tag("tnum") in theme.font(TextStyle.BODY).featureTags()


def test_the_applications_font_is_body_text(theme, qapp):
    assert qapp.font().pixelSize() == 13


def test_icons_follow_the_scheme(theme):
    icon = theme.icon("phone", Tone.BAD)
    light = icon.pixmap(16, 16).toImage()
    theme.wear(replace(theme.look, scheme=SchemeChoice.DARK))
    assert icon.pixmap(16, 16).toImage() != light


def test_an_icon_is_painted_in_the_colour_of_its_meaning(theme):
    picture = theme.icon("circle", Tone.OK).pixmap(64, 64).toImage()
    inks = {
        picture.pixelColor(x, y).name()
        for x in range(64)
        for y in range(64)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.tokens.ok.name()}


def test_a_misspelt_icon_is_told_at_once(theme):
    with pytest.raises(FileNotFoundError):
        theme.icon("fone")


def test_pictures_are_kept_but_not_without_end(theme):
    icons = IconSet(lambda: theme.tokens)
    first = icons.pixmap("phone", theme.tokens.text, 16)
    assert icons.pixmap("phone", theme.tokens.text, 16) is first
    for side in range(1, 600):
        icons.pixmap("x", theme.tokens.text, side % 48 + 1, 1 + side / 1000)
    assert icons.pixmap("phone", theme.tokens.text, 16) is not first


def test_the_icons_licence_lies_beside_them():
    folder = resource("icons/lucide")
    assert "ISC License" in (folder / "LICENSE").read_text("utf-8")
    assert len(list(folder.glob("*.svg"))) > 70


def test_the_theme_belongs_to_the_application(theme, qapp):
    assert isinstance(theme, Theme)
    assert theme.parent() is qapp
