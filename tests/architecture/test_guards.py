"""Do the guards around every test work?"""

import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest

LOG = logging.getLogger("loyaldesk.jobs")

NOISY_TEST = """
import logging

def test_noisy():
    logging.getLogger("loyaldesk.jobs").warning("A job took long.")
"""


def test_connection_that_would_leave_the_machine_is_refused_before_it_is_tried():
    # 192.0.2.1 stands in documentation only; the event is the one that `connect` raises first.
    with pytest.raises(ConnectionRefusedError, match=r"192\.0\.2\.1"):
        sys.audit("socket.connect", None, ("192.0.2.1", 80))


def test_connection_to_this_machine_is_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_expected_warning_is_no_noise(caplog):
    LOG.warning("A job took long.")
    assert caplog.messages == ["A job took long."]


@pytest.mark.parametrize(("asks_for_log", "exit_code"), [(False, 1), (True, 0)])
def test_unexpected_warning_fails_its_test(asks_for_log, exit_code, tmp_path):
    source = NOISY_TEST.replace("noisy()", "noisy(caplog)") if asks_for_log else NOISY_TEST
    (tmp_path / "test_noise.py").write_text(source, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        (Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    assert subprocess.run(words, capture_output=True, check=False).returncode == exit_code
