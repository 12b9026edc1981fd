"""Who gets in, and who stays outside? Passwords, signatures, tokens."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loyaldesk.hub.accounts.devices import CODE_LETTERS
from loyaldesk.hub.accounts.tokens import AccessTokens, Bearer, new_signing_key
from tests.support.hub_http import PASSWORD, Laptop, dump_of


@pytest.fixture
def ann(http):
    return http.laptop("ann", "rep", "North")


def me(laptop):
    return laptop.ask("GET", "me")


def test_desk_signs_in_and_is_told_who_it_is(ann):
    found = me(ann)
    assert found.status == 200
    assert found.json == {
        "user": "ann", "name": "Ann", "role": "rep", "territories": ["North"],
        "device": ann.device, "desk": ann.desk, "has_password": True,
        "must_change_password": False,
    }  # fmt: skip


def test_office_sees_the_whole_company(http):
    assert me(http.laptop("olga", "office")).json["territories"] is None


def test_desk_codes_are_short_and_all_different(http):
    http.add_user("ann")
    codes = []
    for _ in range(30):
        laptop = Laptop(http)
        assert laptop.sign_in("ann").status == 200
        codes.append(laptop.desk)
        http.wait(minutes=5)
    assert len(set(codes)) == 30
    assert all(code[0] in CODE_LETTERS and len(code) <= 3 for code in codes)
    assert not set("".join(codes)) & set("0O1I5S")


@pytest.mark.parametrize(("user", "password"), [("ann", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_wrong_name_and_wrong_password_look_alike(user, password, http, ann):
    before = dump_of(http.hub.store.engine)
    refused = Laptop(http).sign_in(user, password)
    assert (refused.status, refused.err) == (401, "signed-out")
    assert refused.json["sentence"].startswith("The name or the password is not right.")
    assert dump_of(http.hub.store.engine) == before


def test_disabled_user_is_refused_like_an_unknown_one(http, ann):
    with http.hub.store.transaction("disable") as tx:
        tx.run("UPDATE hub_user SET is_disabled = ? WHERE login = 'ann'", (True,))
    assert Laptop(http).sign_in("ann").status == 401
    assert [(reply.status, reply.err) for reply in (me(ann), ann.fetch_token())] == [
        (403, "revoked"),
        (403, "revoked"),
    ]


def test_guessing_is_stopped_even_for_the_right_password(http, ann):
    statuses = [Laptop(http).sign_in("ann", "wrong").status for _ in range(6)]
    stopped = Laptop(http).sign_in("ann")
    assert statuses[-1] == 429
    assert (stopped.status, stopped.err) == (429, "busy")
    assert int(stopped.headers["retry-after"]) >= 1
    http.wait(minutes=5)
    assert Laptop(http).sign_in("ann").status == 200


def test_names_of_users_ignore_case_and_space(http, ann):
    assert Laptop(http).sign_in(" ANN ").status == 200


def test_handed_out_password_signs_in_one_device(http):
    first, second = Laptop(http), Laptop(http)
    assert first.sign_in("admin", http.password).status == 200
    assert me(first).json["must_change_password"] is True
    refused = second.sign_in("admin", http.password)
    assert (refused.status, refused.err) == (403, "refused")
    changed = first.ask("POST", "me/password", {"old": http.password, "new": PASSWORD})
    assert changed.json["must_change_password"] is False
    assert second.sign_in("admin", PASSWORD).status == 200


def test_lost_answer_of_the_one_sign_in_can_be_asked_for_again(http):
    laptop = Laptop(http)
    laptop.sign_in("admin", http.password)
    assert laptop.sign_in("admin", http.password).status == 200


def test_change_whose_answer_was_lost_can_be_asked_for_again(http):
    laptop = Laptop(http)
    laptop.sign_in("admin", http.password)
    change = {"old": http.password, "new": PASSWORD}
    assert [laptop.ask("POST", "me/password", change).status for _ in range(2)] == [200, 200]


def test_handed_out_password_is_not_made_ones_own_by_naming_it_as_the_new_one(http):
    laptop = Laptop(http)
    laptop.sign_in("admin", http.password)
    for old in (http.password, "wrong"):
        change = {"old": old, "new": http.password}
        assert laptop.ask("POST", "me/password", change).status >= 400
    assert me(laptop).json["must_change_password"] is True


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [("wrong", PASSWORD + "!", 403), (PASSWORD, "short", 422), (PASSWORD, PASSWORD, 422)],
)
def test_password_is_changed_by_who_knows_it_to_one_that_is_good(old, new, status, http, ann):
    before = dump_of(http.hub.store.engine)
    assert ann.ask("POST", "me/password", {"old": old, "new": new}).status == status
    assert dump_of(http.hub.store.engine) == before


def test_request_signed_by_another_key_is_nobody(http, ann):
    before = dump_of(http.hub.store.engine)
    stranger = Ed25519PrivateKey.generate()
    replies = [ann.fetch_token(key=stranger), Laptop(http).sign_in("ann", key=stranger)]
    assert [(reply.status, reply.err) for reply in replies] == [(401, "signed-out")] * 2
    assert dump_of(http.hub.store.engine) == before


def test_body_that_was_changed_on_its_way_is_refused(ann):
    body = b'{"device": "other", "refresh": "x"}'
    assert ann.fetch_token(body=body).status == 401


@pytest.mark.parametrize(
    "headers", [{"LD-Signature": ""}, {"LD-Signature": "zz"}, {"LD-Nonce": "short"}]
)
def test_request_without_a_whole_signature_is_malformed(headers, ann):
    refused = ann.fetch_token(headers=headers)
    assert (refused.status, refused.err) == (422, "malformed")


@pytest.mark.parametrize("off", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_clock_that_is_off_is_told_the_hubs_time(off, http, ann):
    ann.off = off
    refused = ann.fetch_token()
    assert (refused.status, refused.err) == (401, "clock")
    assert refused.headers["ld-now"].startswith(http.at.isoformat()[:19])


def test_signed_request_is_good_once(http, ann):
    nonce = "a" * 32
    assert ann.fetch_token(nonce=nonce).status == 200
    before = dump_of(http.hub.store.engine)
    assert ann.fetch_token(nonce=nonce).err == "clock"
    assert dump_of(http.hub.store.engine) == before


def test_other_devices_refresh_id_is_no_good(http, ann):
    bob = http.laptop("bob")
    ann.refresh = bob.refresh
    assert ann.fetch_token().err == "signed-out"


def test_refresh_slides_and_ends_after_ninety_days(http, ann):
    http.wait(days=89)
    assert ann.fetch_token().status == 200
    http.wait(days=89)
    assert ann.fetch_token().status == 200
    http.wait(days=91)
    assert ann.fetch_token().err == "signed-out"


def test_access_token_ends_after_ten_minutes(http, ann):
    http.wait(seconds=599)
    assert me(ann).status == 200
    http.wait(seconds=1)
    assert (me(ann).status, me(ann).err) == (401, "signed-out")


@pytest.mark.parametrize(
    "word",
    ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic YWRtaW46eA==", "Bearer " + "a" * 9000],
)
def test_junk_is_no_token(word, http, ann):
    headers = {**ann.headers, "Authorization": word}
    assert http.ask("GET", "/v1/me", b"", headers).status == 401


def test_token_of_another_hub_or_key_is_no_token(http, ann):
    bearer = Bearer("1", ann.device)
    strange = AccessTokens(http.hub.hub, new_signing_key()).make(bearer, http.at)
    other = AccessTokens("another", http.hub.identity.signing_key).make(bearer, http.at)
    assert {me(dataclasses.replace(ann, token=token)).status for token in (strange, other)} == {401}


def test_token_signed_by_nobody_is_no_token(ann):
    head, body, _ = ann.token.split(".")
    none = "eyJhbGciOiJub25lIn0"
    for token in (f"{none}.{body}.", f"{head}.{body}.", f"{none}.{body}.{head}"):
        assert me(dataclasses.replace(ann, token=token)).status == 401


@pytest.mark.parametrize(("status", "err"), [("revoked", "revoked"), ("wipe", "wipe")])
def test_device_that_was_shut_out_is_told_so_at_its_next_contact(status, err, http, ann):
    with http.hub.store.transaction("mark") as tx:
        tx.run("UPDATE hub_device SET status = ? WHERE id = ?", (status, ann.device))
    before = dump_of(http.hub.store.engine)
    replies = [me(ann), ann.fetch_token(), ann.ask("POST", "sync/pull", {"cur": {}})]
    assert [(reply.status, reply.err) for reply in replies] == [(403, err)] * 3
    assert dump_of(http.hub.store.engine) == before


def test_device_that_was_shut_out_is_told_nothing_without_its_key(http, ann):
    with http.hub.store.transaction("mark") as tx:
        tx.run("UPDATE hub_device SET status = 'wipe' WHERE id = ?", (ann.device,))
    assert ann.fetch_token(key=Ed25519PrivateKey.generate()).err == "signed-out"


def test_rights_are_those_of_this_moment(http, ann):
    with http.hub.store.transaction("grant") as tx:
        tx.run("DELETE FROM hub_grant")
        tx.run("UPDATE hub_user SET role = 'reader' WHERE login = 'ann'")
    assert (me(ann).json["role"], me(ann).json["territories"]) == ("reader", [])
