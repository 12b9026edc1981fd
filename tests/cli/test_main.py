"""Does every command answer alone, end with the right code and say why it refused?"""

import json

import pytest

from loyaldesk import __version__
from loyaldesk.app import run_window
from loyaldesk.cli.main import COMMANDS, run_command
from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.errors import Cancelled
from loyaldesk.settings import PROFILE_VARIABLE, ProfileLock
from loyaldesk.store.store import Store
from tests.support.stores import KEY, OTHER_KEY

READING = [
    ("customer", "show", "10042"),
    ("order", "show", "10042"),
    ("document", "list"),
    ("search", "müller"),
    ("check",),
    ("key", "new"),
]
CUSTOMERS = "Number,Name,Street,Postcode,Town,Country,Contact\n77,Kraft AG,Ring 1,1,Wien,AT,Roth\n"
WRITING = [
    ("acknowledge", "10042", "--out", "a.pdf"),
    ("statement", "10042", "--as-of", "2024-11-12", "--out", "s.pdf"),
    ("document", "add", "paper.txt", "--customer", "10042"),
    ("import", "customers.csv"),
]


@pytest.fixture(autouse=True)
def somewhere_with_files(tmp_path, monkeypatch):
    """Work in a folder that has what the commands want."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.txt").write_text("A paper")
    (tmp_path / "customers.csv").write_text(CUSTOMERS)


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=" ".join)
def test_json_is_one_document_and_nothing_else(loyaldesk, words):
    answer = loyaldesk(*words, "--json")
    assert answer.code == 0, answer.err
    json.loads(answer.out)


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=" ".join)
def test_without_json_the_answer_is_text(loyaldesk, words):
    answer = loyaldesk(*words)
    assert answer.code == 0, answer.err
    assert answer.out.strip()
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("customer", "show", "404"), "no customer with the number “404”"),
        (("order", "show", "404"), "no order with the number “404”"),
        (("acknowledge", "404", "--out", "a.pdf"), "no order with the number “404”"),
        (("statement", "404", "--out", "s.pdf"), "no customer with the number “404”"),
        (("document", "add", "paper.txt", "--customer", "404"), "no customer"),
        (("document", "add", "paper.txt", "--customer", "10042", "--order", "404"), "no order"),
        (("document", "add", "gone.txt", "--customer", "10042"), "gone.txt"),
        (("document", "save", "404", "--out", "x.pdf"), "no document 404"),
        (("statement", "10042", "--out", "no/such/s.pdf"), "There is no folder"),
        (("import", "gone.csv"), "gone.csv"),
        (
            ("statement", "10042", "--from", "2024-11-13", "--as-of", "2024-11-12",
             "--out", "s.pdf"),
            "begins after the day",
        ),
        (("demo", "create"), "already holds customers"),
    ],
)  # fmt: skip
def test_a_refusal_ends_with_one_and_its_reason_on_standard_error(loyaldesk, words, said):
    answer = loyaldesk(*words, "--json")
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("customers",),
        ("customer",),
        ("customer", "show"),
        ("statement", "10042"),
        ("statement", "10042", "--as-of", "31.12.2024", "--out", "s.pdf"),
        ("statement", "10042", "--as-of", "2024-02-30", "--out", "s.pdf"),
        ("statement", "10042", "--type", "monthly", "--out", "s.pdf"),
        ("acknowledge", "10042"),
        ("document", "save", "one", "--out", "x"),
        ("document", "add", "paper.txt"),
        ("search", "x", "--limit", "0"),
        ("demo", "create", "--customers", "many"),
        ("check", "--fast"),
        ("customer", "show", "K\udcff"),
        ("search", "tea", "K\udcff"),
        ("document", "list", "--limit", "0"),
        ("document", "list", "--limit", "99999999999999999999"),
    ],
    ids=ascii,
)
def test_wrong_use_ends_with_two_and_the_usage_on_standard_error(loyaldesk, words):
    answer = loyaldesk(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "usage: loyaldesk" in answer.err


def test_profile_and_json_stand_before_or_after_the_command(profile, capsys):
    lines = []
    for words in (
        ["--profile", str(profile), "--json", "customer", "show", "10042"],
        ["customer", "--profile", str(profile), "show", "10042", "--json"],
        ["customer", "show", "--json", f"--profile={profile}", "10042"],
    ):
        assert run_command(words) == 0
        lines.append(capsys.readouterr().out)
    assert len(set(lines)) == 1


def test_the_profile_may_be_named_by_the_environment(profile, capsys, monkeypatch):
    monkeypatch.setenv(PROFILE_VARIABLE, str(profile))
    assert run_command(["customer", "show", "10042"]) == 0
    assert "Müller & Söhne GmbH" in capsys.readouterr().out


@pytest.mark.parametrize("words", READING[:-1], ids=" ".join)
def test_a_wrong_key_is_refused_and_changes_nothing(loyaldesk, profile, monkeypatch, words):
    before = (profile / "loyaldesk.db").read_bytes()
    monkeypatch.setenv(KEY_VARIABLE, OTHER_KEY.hex())
    answer = loyaldesk(*words)
    assert (answer.code, answer.out) == (1, "")
    assert "cannot be opened with this key" in answer.err
    assert (profile / "loyaldesk.db").read_bytes() == before


def test_a_key_that_is_none_is_refused(loyaldesk, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    answer = loyaldesk("check")
    assert answer.code == 1
    assert "64 hexadecimal characters" in answer.err
    assert "secret" not in answer.err


def test_without_any_key_the_sentence_says_what_to_set(loyaldesk, monkeypatch):
    monkeypatch.delenv(KEY_VARIABLE)
    monkeypatch.setattr("sys.platform", "linux")
    answer = loyaldesk("check")
    assert (answer.code, answer.out) == (1, "")
    assert KEY_VARIABLE in answer.err


class TestProfileOpenElsewhere:
    @pytest.mark.parametrize("words", READING[:4], ids=" ".join)
    def test_looking_works(self, loyaldesk, profile, words):
        with ProfileLock(profile):
            assert loyaldesk(*words).code == 0

    @pytest.mark.parametrize("words", [*WRITING, ("check",)], ids=" ".join)
    def test_writing_is_refused_and_leaves_no_file(self, loyaldesk, profile, tmp_path, words):
        before = sorted(path.name for path in tmp_path.iterdir())
        with ProfileLock(profile):
            answer = loyaldesk(*words)
        assert (answer.code, answer.out) == (1, "")
        assert "already open in another LoyalDesk" in answer.err
        assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_stopping_is_said_and_is_no_crash(loyaldesk, monkeypatch):
    def stop(*_, **__):
        raise Cancelled

    monkeypatch.setattr("loyaldesk.cli.customers.find_customer", stop)
    answer = loyaldesk("customer", "show", "10042")
    assert (answer.code, answer.err) == (1, "Stopped. Nothing was changed.\n")


def test_a_bug_is_not_hidden_as_a_refusal(loyaldesk, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("loyaldesk.cli.customers.find_customer", fail)
    with pytest.raises(ZeroDivisionError):
        loyaldesk("customer", "show", "10042")


def test_version_and_help_name_the_program_and_every_command(capsys):
    for word, said in (("--version", [__version__]), ("--help", COMMANDS)):
        with pytest.raises(SystemExit) as end:
            run_command([word])
        assert end.value.code == 0
        out = capsys.readouterr().out
        assert [name for name in said if name not in out] == []


def test_a_profile_that_is_a_file_is_refused(loyaldesk, tmp_path):
    answer = loyaldesk("check", at=tmp_path / "paper.txt")
    assert answer.code == 1
    assert "is a file" in answer.err


def test_a_new_profile_is_private_and_empty(loyaldesk, tmp_path):
    loyaldesk("import", tmp_path / "gone.csv", at=tmp_path / "new")
    Store.open(tmp_path / "new", KEY).close()
    answer = loyaldesk("check", "--json", at=tmp_path / "new")
    assert answer.data == {
        "ok": True, "problems": {"store": [], "index": [], "files": []}, "at_hub": 0,
    }  # fmt: skip
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_mistyped_profile_is_told_and_not_made(loyaldesk, tmp_path):
    answer = loyaldesk("search", "meyer", at=tmp_path / "typo")
    assert answer.code == 1
    assert "There is no LoyalDesk data" in answer.err
    assert not (tmp_path / "typo").exists()


def test_without_a_screen_the_window_says_so(monkeypatch, capsys):
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert run_window(profile=None, demo=False) == 1
    assert "no screen" in capsys.readouterr().err
