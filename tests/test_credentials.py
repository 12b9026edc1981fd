"""Is the database's key made once, found again, and kept nowhere but in a trusted keyring?"""

from __future__ import annotations

import subprocess
import sys
import types

import pytest

from loyaldesk.credentials import (
    KEY_VARIABLE,
    LONGEST_SECRET,
    SystemCredentials,
    database_key,
    system_credentials,
)
from loyaldesk.errors import Refused, Unavailable
from tests.support.credentials import MemoryCredentials

SYSTEM_KEYRINGS = {
    "win32": ("keyring.backends.Windows", "WinVaultKeyring"),
    "darwin": ("keyring.backends.macOS", "Keyring"),
    "linux": ("keyring.backends.SecretService", "Keyring"),
}


def make_backend(module: str, name: str) -> type:
    """Return a keyring back-end of that full name that keeps its entries in a dictionary."""

    class Backend:
        entries: dict[tuple[str, str], str] = {}  # noqa: RUF012 - one keyring for all objects

        def get_password(self, service, user):
            return self.entries.get((service, user))

        def set_password(self, service, user, password):
            self.entries[service, user] = password

        def delete_password(self, service, user):
            del self.entries[service, user]

    Backend.__module__, Backend.__qualname__ = module, name
    return Backend


@pytest.fixture
def backend(monkeypatch, request):
    """The back-end of the platform in `request.param`, put where keyring would have it."""
    module, name = SYSTEM_KEYRINGS[request.param]
    kind = make_backend(module, name)
    stand_in = types.ModuleType(module)
    setattr(stand_in, name, kind)
    monkeypatch.setitem(sys.modules, module, stand_in)
    return kind


every_platform = pytest.mark.parametrize(
    ("backend", "platform"), [(name, name) for name in SYSTEM_KEYRINGS], indirect=["backend"]
)
on_linux = pytest.mark.parametrize("backend", ["linux"], indirect=True)


class TestDatabaseKey:
    def test_the_environments_key_is_used_and_no_keyring_is_asked(self, tmp_path):
        class Untouchable(MemoryCredentials):
            def read(self, name):
                raise AssertionError(name)

        key = database_key(tmp_path, environ={KEY_VARIABLE: "AB" * 32}, credentials=Untouchable())
        assert key == b"\xab" * 32

    @pytest.mark.parametrize("text", ["", "ab", "zz" * 32, "ab" * 33, " " + "ab" * 32])
    def test_anything_but_64_hexadecimal_characters_is_refused(self, tmp_path, text):
        with pytest.raises(Refused, match="64 hexadecimal characters"):
            database_key(tmp_path, environ={KEY_VARIABLE: text})

    def test_a_refused_key_is_not_repeated_in_the_message(self, tmp_path):
        with pytest.raises(Refused) as refusal:
            database_key(tmp_path, environ={KEY_VARIABLE: "canary-key"})
        assert "canary-key" not in str(refusal.value)

    def test_a_new_profile_gets_32_random_bytes_that_are_found_again(self, tmp_path):
        keyring = MemoryCredentials()
        first = database_key(tmp_path, environ={}, credentials=keyring)
        again = database_key(tmp_path, environ={}, credentials=keyring)
        assert (len(first), again, len(set(first)) > 8) == (32, first, True)

    def test_two_profiles_have_two_keys(self, tmp_path):
        keyring = MemoryCredentials()
        folders = [tmp_path / "one", tmp_path / "two"]
        for folder in folders:
            folder.mkdir()
        keys = {database_key(folder, environ={}, credentials=keyring) for folder in folders}
        assert len(keys) == 2

    def test_a_moved_profile_keeps_its_key(self, tmp_path):
        keyring = MemoryCredentials()
        (tmp_path / "old").mkdir()
        key = database_key(tmp_path / "old", environ={}, credentials=keyring)
        moved = (tmp_path / "old").rename(tmp_path / "new")
        (moved / "loyaldesk.db").touch()
        assert database_key(moved, environ={}, credentials=keyring) == key

    @pytest.mark.parametrize("has_identity", [True, False])
    def test_a_missing_key_of_an_existing_database_is_refused_and_none_is_made(
        self, tmp_path, has_identity
    ):
        if has_identity:
            database_key(tmp_path, environ={}, credentials=MemoryCredentials())
        (tmp_path / "loyaldesk.db").touch()
        before, empty = sorted(tmp_path.iterdir()), MemoryCredentials()
        with pytest.raises(Refused, match=f"stays locked.*{KEY_VARIABLE}"):
            database_key(tmp_path, environ={}, credentials=empty)
        assert (empty.secrets, sorted(tmp_path.iterdir())) == ({}, before)

    def test_an_entry_that_is_no_key_is_refused(self, tmp_path):
        keyring = MemoryCredentials()
        database_key(tmp_path, environ={}, credentials=keyring)
        keyring.secrets = dict.fromkeys(keyring.secrets, "hello")
        with pytest.raises(Refused, match="is not a key"):
            database_key(tmp_path, environ={}, credentials=keyring)

    def test_a_damaged_identity_is_made_anew_before_there_is_a_database(self, tmp_path):
        (tmp_path / "profile.id").write_bytes(b"\xff\x00")
        keyring = MemoryCredentials()
        key = database_key(tmp_path, environ={}, credentials=keyring)
        assert database_key(tmp_path, environ={}, credentials=keyring) == key

    def test_a_profile_that_cannot_be_written_is_unavailable(self, tmp_path):
        (tmp_path / "profile.id").mkdir()
        with pytest.raises(Unavailable, match="Your data is safe"):
            database_key(tmp_path, environ={}, credentials=MemoryCredentials())

    def test_the_profile_holds_nothing_of_the_key(self, tmp_path):
        key = database_key(tmp_path, environ={}, credentials=MemoryCredentials())
        held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert key.hex().encode() not in held


class TestSystemCredentials:
    @every_platform
    def test_each_platform_keeps_the_key_in_its_own_keyring(self, tmp_path, backend, platform):
        key = database_key(tmp_path, environ={}, credentials=system_credentials(platform))
        assert list(backend.entries.values()) == [key.hex()]

    @every_platform
    def test_a_secret_can_be_forgotten_twice(self, backend, platform):
        keyring = system_credentials(platform)
        keyring.keep("hub", "short")
        keyring.forget("hub")
        keyring.forget("hub")
        assert backend.entries == {}

    def test_an_unknown_platform_is_told_about_the_environment(self):
        with pytest.raises(Refused, match=KEY_VARIABLE):
            system_credentials("plan9")

    def test_a_missing_back_end_is_refused_with_what_to_do(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "keyring.backends.SecretService", None)
        with pytest.raises(Refused, match=r"Secret Service.*LOYALDESK_KEY"):
            system_credentials("linux")

    @pytest.mark.parametrize(
        ("module", "name"),
        [
            ("keyrings.alt.file", "PlaintextKeyring"),
            ("keyrings.alt.file", "EncryptedKeyring"),
            ("keyrings.alt.Windows", "RegistryKeyring"),
            ("keyring.backends.fail", "Keyring"),
            ("keyring.backends.null", "Keyring"),
            ("keyring.backends.chainer", "ChainerBackend"),
            ("keyring.backends.libsecret", "Keyring"),
        ],
    )
    def test_a_keyring_that_may_be_a_plain_file_is_refused(self, module, name):
        with pytest.raises(Refused, match="may be a plain file"):
            SystemCredentials(make_backend(module, name)())

    @on_linux
    def test_a_secret_at_the_limit_is_kept(self, backend):
        keyring = system_credentials("linux")
        keyring.keep("hub", "x" * LONGEST_SECRET)
        assert keyring.read("hub") == "x" * LONGEST_SECRET

    @on_linux
    @pytest.mark.parametrize("length", [LONGEST_SECRET + 1, 1281])
    def test_a_longer_secret_is_refused_before_the_keyring_sees_it(self, backend, length):
        with pytest.raises(Refused, match="too long"):
            system_credentials("linux").keep("hub", "x" * length)
        assert backend.entries == {}

    @on_linux
    def test_a_keyring_that_drops_the_key_is_found_out(self, backend, monkeypatch):
        monkeypatch.setattr(backend, "set_password", lambda *_: None)
        with pytest.raises(Unavailable, match="did not keep the key"):
            system_credentials("linux").keep("hub", "short")

    @on_linux
    def test_a_locked_keyring_can_be_tried_again_and_its_words_stay_inside(
        self, backend, monkeypatch
    ):
        def locked(*_):
            raise RuntimeError("canary: /org/freedesktop/secrets")

        monkeypatch.setattr(backend, "get_password", locked)
        with pytest.raises(Unavailable, match="then try again") as failure:
            system_credentials("linux").read("hub")
        assert "canary" not in str(failure.value)


def test_importing_the_module_imports_no_keyring():
    code = "import sys, loyaldesk.credentials; print([m for m in sys.modules if 'keyring' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
