"""Do instants carry their zone, and does nobody wait by sleeping?"""

from tests.architecture.source import calls, modules, name


def test_no_clock_is_read_without_a_zone():
    wrong = [
        f"{name(file)}:{line}: {function}()"
        for file in modules("loyaldesk")
        for line, function, call in calls(file)
        if (
            function.endswith(("datetime.now", "datetime.fromtimestamp"))
            and not (call.args[function.endswith("fromtimestamp") :] or call.keywords)
        )
        or function.endswith(("datetime.utcnow", "date.today", "datetime.today"))
    ]
    assert wrong == []


def test_the_package_never_sleeps():
    wrong = [
        f"{name(file)}:{line}"
        for file in modules("loyaldesk")
        for line, function, _ in calls(file)
        if function in {"time.sleep", "sleep", "QThread.sleep", "QThread.msleep"}
    ]
    assert wrong == []
