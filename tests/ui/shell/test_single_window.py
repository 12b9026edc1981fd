"""Does a second start bring the first window forward?"""

import pytest

from loyaldesk.ui.shell.single_window import SingleWindow, call_first_window


@pytest.fixture
def first(tmp_path, qapp):
    made = SingleWindow(tmp_path)
    yield made
    made.deleteLater()


def test_the_window_that_has_the_profile_is_called(first, tmp_path, qtbot):
    with qtbot.waitSignal(first.called, timeout=5_000):
        assert call_first_window(tmp_path)


def test_without_a_window_nobody_answers(tmp_path, qapp):
    assert not call_first_window(tmp_path / "other")


def test_another_profile_is_another_window(first, tmp_path, qapp):
    assert not call_first_window(tmp_path / "other")


def test_a_name_left_behind_by_a_crash_is_taken_over(first, tmp_path, qtbot):
    second = SingleWindow(tmp_path)
    with qtbot.waitSignal(second.called, timeout=5_000):
        assert call_first_window(tmp_path)
    second.deleteLater()
