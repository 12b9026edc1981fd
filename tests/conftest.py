"""What holds for every test: no screen needed, nothing outside asked, no warning logged."""

import logging
import os
import sys

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is slow at times; that says nothing about the code.
settings.register_profile(
    "steady",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("steady")

LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure() -> None:
    """Refuse connections that would leave this machine, before they are tried."""
    sys.addaudithook(_refuse_outside)


def _refuse_outside(event: str, args: tuple) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = str(args[1][0])
        if not host.startswith(LOOPBACK):
            raise ConnectionRefusedError(f"A test asked {host}; tests talk to this machine only.")


@pytest.fixture(autouse=True)
def quiet_log(request):
    """Fail a test in which LoyalDesk logs a warning, unless the test looks at the log itself."""
    expects_records = "caplog" in request.fixturenames
    caplog = request.getfixturevalue("caplog")
    yield
    muted = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    assert not muted, "This test muted the log for all that come after it."
    noise = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.startswith("loyaldesk")
    ]
    assert expects_records or noise == []
