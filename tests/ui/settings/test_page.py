"""Does every setting act at once, and does the page fold, draw the letter and tell the truth?"""

from __future__ import annotations

import pytest

from loyaldesk.domain.letter import Sender
from loyaldesk.operations.settings import change_company
from loyaldesk.ui.settings.data_panel import keyring_words
from loyaldesk.ui.settings.page import SettingsPage
from loyaldesk.ui.shell.look import look_from
from loyaldesk.ui.widgets.metrics import Density
from loyaldesk.ui.widgets.theme import Look, SchemeChoice
from tests.support.factories import do
from tests.support.qt import nameless, too_small

SAMPLE = "loyaldesk.pdf.sample_letter:draw_sample_letter"


@pytest.fixture
def page(desk, store, qtbot):
    do(store, change_company, sender=Sender(name="Nordlicht GmbH", country="DE"))
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    return page


@pytest.fixture
def company(page):
    return page.forms["company"]


@pytest.fixture
def appearance(page):
    page.show_part("appearance")
    return page.forms["appearance"]


@pytest.fixture
def printers(page):
    page.show_part("printers")
    return page.forms["printers"]


class TestAppearance:
    def test_dark_acts_at_once_and_is_kept_for_the_next_start(self, appearance, desk):
        appearance.scheme.choose("dark")
        assert desk.theme.look.scheme is SchemeChoice.DARK
        assert look_from(desk.state).scheme is SchemeChoice.DARK

    def test_density_and_text_size_act_at_once(self, appearance, desk):
        appearance.density.choose("COMPACT")
        appearance.text.choose("150")
        assert desk.theme.look.density is Density.COMPACT
        assert look_from(desk.state).text_percent == 150

    def test_the_system_s_accent_is_a_choice(self, appearance, desk):
        appearance.accent.setChecked(True)
        assert look_from(desk.state).system_accent

    def test_a_size_between_the_cells_shows_the_nearest_and_stays(self, appearance, desk, theme):
        theme.wear(Look(scheme=SchemeChoice.LIGHT, text_percent=110))
        assert appearance.text.chosen == "100"
        appearance.density.choose("COMFORTABLE")
        assert theme.look.text_percent == 110

    def test_keys_that_change_the_look_are_followed(self, appearance, theme):
        theme.wear(Look(scheme=SchemeChoice.DARK, text_percent=200))
        assert (appearance.scheme.chosen, appearance.text.chosen) == ("dark", "200")

    def test_the_usual_look_comes_back(self, appearance, desk):
        appearance.text.choose("200")
        appearance.usual.click()
        assert look_from(desk.state) == Look()


class TestLetter:
    def test_the_letter_is_drawn_beside_the_company(self, company, desk, qtbot):
        qtbot.waitUntil(lambda: company.preview.source is not None)
        assert company.preview.source.startswith(b"%PDF")

    def test_changes_in_a_row_draw_it_once(self, company, desk, qtbot):
        qtbot.waitUntil(lambda: SAMPLE in desk.jobs.ran)
        desk.jobs.ran.clear()
        for name in ("N", "No", "Nor"):
            company.form.fields["name"].editor.setText(name)
            company.form.save()
        qtbot.waitUntil(lambda: SAMPLE in desk.jobs.ran)
        qtbot.wait(300)
        assert desk.jobs.ran.count(SAMPLE) == 1

    def test_before_there_is_a_company_none_is_drawn(self, desk, qtbot):
        page = SettingsPage(desk)
        qtbot.addWidget(page)
        page.show()
        qtbot.wait(400)
        assert SAMPLE not in desk.jobs.ran

    def test_a_narrow_window_shows_the_fields_only(self, company, page):
        assert company.preview.isVisible()
        page.resize(800, 700)
        assert not company.preview.isVisible()


class TestPrinters:
    def test_each_printer_is_named_and_can_be_forgotten(self, printers, desk):
        desk.state.put("printers", {"statement": {"name": "HP M507", "copies": 2}})
        printers.show_printers()
        assert printers.lines == ["Statement: HP M507, 2 copies"]
        from loyaldesk.ui.widgets.buttons import LinkButton

        printers.findChild(LinkButton).click()
        assert desk.state.get("printers") == {}
        assert printers.lines == []

    def test_a_damaged_state_file_costs_the_list_only(self, printers, desk):
        desk.state.put("printers", {"statement": "x", "other": {"copies": 1}})
        printers.show_printers()
        assert printers.lines == []


@pytest.mark.parametrize(
    ("platform", "environ", "words"),
    [
        ("win32", {}, "Windows Credential Locker"),
        ("darwin", {}, "macOS Keychain"),
        ("linux", {}, "Secret Service"),
        ("win32", {"LOYALDESK_KEY": "x"}, "LOYALDESK_KEY"),
    ],
)
def test_who_keeps_the_key_is_told(dressed, platform, environ, words):
    assert words in keyring_words(platform, environ)


def test_everything_is_named_and_big_enough_to_hit(company, page, qtbot):
    qtbot.waitUntil(lambda: company.preview.source is not None)
    assert nameless(page) == []
    assert too_small(page) == []
