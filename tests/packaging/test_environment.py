"""Does set-up know when `.venv` is ready, half made, moved or out of date?"""

import shutil
from pathlib import Path

import pytest

import environment
from console import Stop
from environment import Environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path):
    """A folder with what decides the set-up, and nothing else."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "packaging" / "requirements", root / "packaging" / "requirements")
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.fixture
def steps(monkeypatch):
    """The programs that set-up would have started; making an environment leaves its Python."""
    started = []

    def pretend(words, log, *, counted=""):
        started.append(words)
        if "venv" in words:
            python = Environment(Path(words[-1]).parent).python
            python.parent.mkdir(parents=True)
            python.touch()
        return []

    monkeypatch.setattr(environment, "run_logged", pretend)
    monkeypatch.setattr(environment, "_can_import", lambda *modules: True)
    monkeypatch.setattr(Environment, "_prove", lambda self, kind: None)
    return started


def made(steps):
    return sum("venv" in words for words in steps)


def installed(steps):
    return [words for words in steps if "--require-hashes" in words]


def test_first_run_makes_the_environment_and_installs_by_hash(checkout, steps):
    Environment(checkout).prepare("run")
    assert made(steps) == 1
    assert len(installed(steps)) == 1


def test_only_wheels_are_installed_and_the_checkout_without_dependencies(checkout, steps):
    Environment(checkout).prepare("run")
    assert "--only-binary :all:" in " ".join(steps[1])
    assert {"--no-deps", "--no-build-isolation"} <= set(steps[2])


def test_the_checkouts_modules_are_compiled_before_the_first_start(checkout, steps):
    Environment(checkout).prepare("run")
    assert steps[3][1:] == ["-m", "compileall", "-q", str(checkout / "loyaldesk")]


def test_second_run_starts_nothing(checkout, steps):
    Environment(checkout).prepare("run")
    steps.clear()
    Environment(checkout).prepare("run")
    assert steps == []


def test_what_tests_need_holds_what_running_needs(checkout, steps):
    Environment(checkout).prepare("develop")
    steps.clear()
    Environment(checkout).prepare("run")
    assert steps == []


def test_tests_after_running_install_on_top(checkout, steps):
    Environment(checkout).prepare("run")
    Environment(checkout).prepare("develop")
    assert made(steps) == 1
    assert len(installed(steps)) == 2


def test_renewing_the_locks_needs_no_window(checkout, steps, monkeypatch):
    proved = []
    monkeypatch.setattr(Environment, "_prove", lambda self, kind: proved.append(kind))
    Environment(checkout).prepare("lock")
    Environment(checkout).prepare("develop")
    assert proved == ["develop"]


def test_a_hub_is_set_up_where_no_window_can_be_drawn(checkout, steps, monkeypatch):
    proved = []
    monkeypatch.setattr(Environment, "_prove", lambda self, kind: proved.append(kind))
    Environment(checkout).prepare("hub")
    assert proved == []
    Environment(checkout).prepare("run")
    assert proved == ["run"]


def test_new_lock_installs_on_top(checkout, steps):
    Environment(checkout).prepare("run")
    with (checkout / "packaging" / "requirements" / "run.txt").open("a") as lock:
        lock.write("\n")
    Environment(checkout).prepare("run")
    assert made(steps) == 1
    assert len(installed(steps)) == 2


def test_half_made_environment_is_made_again(checkout, steps, monkeypatch):
    def fail(self, kind):
        raise Stop("The power went off.")

    with monkeypatch.context() as context:
        context.setattr(Environment, "_install", fail)
        with pytest.raises(Stop):
            Environment(checkout).prepare("run")
    (checkout / ".venv" / "left-over").touch()
    Environment(checkout).prepare("run")
    assert made(steps) == 2
    assert not (checkout / ".venv" / "left-over").exists()


def test_moved_environment_is_made_again(checkout, steps):
    Environment(checkout).prepare("run")
    moved = checkout.rename(checkout.with_name("moved"))
    Environment(moved).prepare("run")
    assert made(steps) == 2


def test_environment_of_another_python_is_made_again(checkout, steps, monkeypatch):
    Environment(checkout).prepare("run")
    monkeypatch.setattr(Environment, "place", lambda self: f"{self.folder} 3.99")
    Environment(checkout).prepare("run")
    assert made(steps) == 2


def test_environment_whose_python_is_gone_is_made_again(checkout, steps):
    desk = Environment(checkout)
    desk.prepare("run")
    desk.python.unlink()
    desk.prepare("run")
    assert made(steps) == 2


def test_failed_install_tells_the_last_words_and_the_log(checkout, steps, monkeypatch):
    def refuse(words, log, *, counted=""):
        return ["ERROR: hashes do not match"] if "--require-hashes" in words else []

    monkeypatch.setattr(environment, "run_logged", refuse)
    with pytest.raises(Stop, match=r"(?s)hashes do not match.*set-up\.log"):
        Environment(checkout).prepare("run")


def test_missing_venv_module_is_told(checkout, steps, monkeypatch):
    monkeypatch.setattr(environment, "_can_import", lambda *modules: False)
    monkeypatch.setattr(environment, "install", lambda packages, log: None)
    with pytest.raises(Stop, match="venv module is still missing"):
        Environment(checkout).prepare("run")
