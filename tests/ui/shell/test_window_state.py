"""Does the window come back where it stood, and always on a screen that exists?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from loyaldesk.settings import UiState
from loyaldesk.ui.shell.frame import Frame
from loyaldesk.ui.shell.look import keep_look, look_from
from loyaldesk.ui.shell.window_state import clamped, keep_window
from loyaldesk.ui.widgets.metrics import Density
from loyaldesk.ui.widgets.theme import Look, SchemeChoice

SCREEN = QRect(0, 0, 1920, 1040)
numbers = st.integers(-10_000, 10_000)
sizes = st.integers(1, 10_000)


@given(numbers, numbers, sizes, sizes)
def test_a_clamped_window_lies_on_the_screen_whatever_was_kept(x, y, width, height):
    assert SCREEN.contains(clamped(QRect(x, y, width, height), SCREEN))


def test_a_window_inside_the_screen_stays_where_it_is():
    rect = QRect(100, 80, 1440, 900)
    assert clamped(rect, SCREEN) == rect


@pytest.fixture
def state(tmp_path) -> UiState:
    return UiState(tmp_path / "window.json")


@pytest.fixture
def open_frame(state, qtbot):
    def open_one() -> Frame:
        frame = Frame(state)
        qtbot.addWidget(frame)
        frame.open()
        return frame

    return open_one


def test_a_window_that_stood_on_a_lost_screen_is_visible(state, open_frame, qapp):
    state.put("window", {"rect": [9_000, 9_000, 700, 650], "maximised": False})
    available = QGuiApplication.primaryScreen().availableGeometry()
    assert available.intersects(open_frame().geometry())


@pytest.mark.parametrize("kept", [None, 7, "x", {"rect": "far"}, {"rect": [1, 2, 3]}, []])
def test_nonsense_in_the_file_costs_the_place_and_nothing_else(kept, state, open_frame):
    state.put("window", kept)
    assert open_frame().isVisible()


def test_a_maximised_window_comes_back_maximised(state, open_frame):
    frame = open_frame()
    frame.showMaximized()
    keep_window(frame, state)
    frame.close()
    assert open_frame().isMaximized()


def test_it_is_painted_once_before_anything_else_happens(open_frame, qtbot, state):
    frame = Frame(state)
    qtbot.addWidget(frame)
    painted: list[bool] = []
    frame.painted.connect(lambda: painted.append(True))
    with qtbot.waitSignal(frame.painted, timeout=5_000):
        frame.open()
    frame.repaint()
    qtbot.wait(20)
    assert painted == [True]


def test_the_look_comes_back(state):
    look = Look(SchemeChoice.DARK, Density.COMPACT, text_percent=150, system_accent=True)
    keep_look(state, look)
    assert look_from(state) == look


@pytest.mark.parametrize(
    "kept", [None, 3, {"scheme": "pink"}, {"density": 4}, {"text_percent": "x"}]
)
def test_a_broken_look_is_the_usual_one(kept, state):
    state.put("look", kept)
    assert look_from(state) == Look()


def test_a_text_size_out_of_bounds_is_brought_back(state):
    state.put("look", {"text_percent": 900})
    assert look_from(state).text_percent == 200
