"""Do the commands of the hub's administration do what they say, and refuse in words?"""

from __future__ import annotations

import json

import pytest

from loyaldesk.cli.main import run_command
from loyaldesk.hub.accounts.devices import NewDevice, add_device
from loyaldesk.hub.opening import hub_place, new_uid, open_store, start_store


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LOYALDESK_HUB_DATA", str(tmp_path / "hub"))
    start_store(hub_place(), "Acme").store.close()
    return tmp_path / "hub"


@pytest.fixture
def hub(folder, capsys):
    """Run a command of the hub and return its code, its document and what it complains of."""

    def run(*words):
        code = run_command(["hub", *words, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    return run


def refused(hub, *words):
    code, _, complaint = hub(*words)
    assert code == 1
    return complaint


def test_user_is_added_with_role_and_territories(hub):
    code, made, _ = hub(
        "user", "add", "Ann", "--name", "Ann Berg", "--territory", "North", "--territory", "South"
    )
    assert code == 0
    assert made["user"] == "ann"
    assert len(made["password"]) == 19
    users = hub("user", "list")[1]
    assert users[1] == {
        "user": "ann", "name": "Ann Berg", "role": "rep", "status": "active", "email": None,
        "territories": ["North", "South"],
    }  # fmt: skip


def test_invited_company_account_has_no_password(hub):
    made = hub("user", "add", "bob", "--name", "Bob", "--oidc", "Bob@Example.com")[1]
    assert made["password"] is None
    assert hub("user", "list")[1][1]["email"] == "bob@example.com"
    again = refused(hub, "user", "add", "rob", "--name", "Rob", "--oidc", "bob@example.com")
    assert "with that address, already" in again


def test_user_is_disabled_enabled_and_made_something_else(hub):
    hub("user", "add", "ann", "--name", "Ann")
    assert hub("user", "disable", "ann")[1] == {"user": "ann", "is_disabled": True}
    assert hub("user", "list")[1][1]["status"] == "disabled"
    hub("user", "enable", "ann")
    assert hub("user", "role", "ann", "office")[1]["role"] == "office"
    found = hub("user", "list")[1][1]
    assert (found["status"], found["territories"]) == ("active", None)


def test_new_password_is_another_one(hub):
    first = hub("user", "add", "ann", "--name", "Ann")[1]["password"]
    second = hub("user", "password", "ann")[1]["password"]
    assert first != second


def test_only_administrator_stays_one(hub):
    for words in (("disable", "admin"), ("role", "admin", "rep")):
        assert "only administrator" in refused(hub, "user", *words)
    hub("user", "add", "ann", "--name", "Ann", "--role", "admin")
    assert hub("user", "disable", "admin")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("user", "disable", "nobody"), "no user “nobody”"),
        (("user", "add", "admin", "--name", "A"), "already"),
        (("user", "add", " ", "--name", "A"), "1 to 100 characters"),
        (("user", "add", "x", "--name", "a\x1b[2J"), "no control characters"),
        (("device", "revoke", "ZZ9"), "no device “ZZ9”"),
        (("territory", "withdraw", "admin", "North"), "does not have the territory"),
        (("serve", "--host", "::"), "could be read on its way"),
        (("serve", "--certificate", "x"), "go together"),
        (("serve", "--data", ""), "missing"),
    ],
)
def test_what_cannot_be_is_refused(words, said, hub):
    assert said in refused(hub, *words)


def test_territories_are_granted_and_withdrawn(hub):
    hub("user", "add", "ann", "--name", "Ann")
    for _ in range(2):
        assert hub("territory", "grant", "ann", "North")[1]["is_granted"] is True
    assert hub("territory", "list")[1] == [{"territory": "North", "users": ["ann"]}]
    hub("territory", "withdraw", "ann", "North")
    assert hub("territory", "list")[1] == []


def test_devices_are_listed_shut_out_and_a_wish_to_erase_stays(hub, folder):
    store = open_store(hub_place())
    with store.transaction("sign in") as tx:
        (owner,) = tx.rows("SELECT id FROM hub_user")[0]
        new = NewDevice(owner, "k", "laptop")
        device, _ = add_device(tx.connection, new, uid=new_uid(), now=store.clock())
    store.close()
    listed = hub("device", "list")[1]
    assert [(each["desk"], each["user"], each["status"]) for each in listed] == [
        (device.desk, "admin", "active")
    ]
    statuses = [
        hub("device", verb, device.desk.lower())[1]["status"]
        for verb in ("revoke", "wipe", "revoke")
    ]
    assert statuses == ["revoked", "wipe", "wipe"]


def test_backup_and_restore_finished(hub, tmp_path):
    made = hub("backup", str(tmp_path / "copy.db"))[1]
    assert made["contents"] == 0
    assert (tmp_path / "copy.db").exists()
    assert len(hub("restore-finished")[1]["epoch"]) == 32


def test_text_tells_the_same(folder, capsys):
    assert run_command(["hub", "user", "add", "ann", "--name", "Ann", "--territory", "North"]) == 0
    assert "signs in once with the password" in capsys.readouterr().out
    for words in (["user", "list"], ["territory", "list"], ["device", "list"]):
        assert run_command(["hub", *words]) == 0
    said = capsys.readouterr().out
    assert "ann             rep        active    Ann  (North)" in said
    assert "No device has signed in yet." in said


def test_command_without_a_hub_says_how_to_start_one(tmp_path, capsys):
    assert run_command(["hub", "user", "list", "--data", str(tmp_path / "none")]) == 1
    assert "loyaldesk hub serve" in capsys.readouterr().err


def test_a_territory_that_no_customer_has_yet_is_granted_and_said_to_be_so(hub, capsys):
    hub("user", "add", "ann", "--name", "Ann")
    assert hub("territory", "grant", "ann", "Nowhere")[1]["has_customers"] is False
    run_command(["hub", "territory", "grant", "ann", "Elsewhere"])
    assert "No customer has this territory yet" in capsys.readouterr().out
    run_command(["hub", "territory", "withdraw", "ann", "Elsewhere"])
    assert "No customer" not in capsys.readouterr().out


def test_asking_where_no_hub_is_makes_no_folder(tmp_path, capsys):
    nowhere = tmp_path / "nowhere"
    assert run_command(["hub", "user", "list", "--data", str(nowhere)]) == 1
    assert "There is no hub in" in capsys.readouterr().err
    assert not nowhere.exists()
