"""Is it told which mail settings could not work, field by field?"""

from dataclasses import replace

import pytest

from loyaldesk.domain.mail_settings import (
    MailMethod,
    MailSecurity,
    MailSettings,
    settings_problems,
)

SERVER = MailSettings(
    method=MailMethod.SMTP, host="smtp.company.example", sender="office@company.example"
)


def test_drafts_need_nothing():
    assert settings_problems(MailSettings()) == {}


def test_a_server_with_a_name_and_a_sender_works():
    assert settings_problems(SERVER) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", ""), ("host", "smtp company"), ("host", "-smtp.company.example"),
        ("host", "smtp.company.example\n"), ("port", 0), ("port", 65_536), ("sender", ""),
        ("sender", "office"), ("sender", "a@b.example\r\nBcc: x@y.example"),
        ("reply_to", "nobody"), ("copy_to", "a@b.example, c@d.example"),
        ("sender_name", "Office\nBcc: x@y.example"), ("sender_name", "=?utf-8?q?=0A?="),
        ("user", "ana\x00"), ("security", MailSecurity.NONE),
    ],
)  # fmt: skip
def test_each_field_that_cannot_work_is_named(field, value):
    assert set(settings_problems(replace(SERVER, **{field: value}))) == {field}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_on_this_computer_may_go_without_encryption(host):
    assert settings_problems(replace(SERVER, host=host, security=MailSecurity.NONE)) == {}


@pytest.mark.parametrize("host", ["127.0.0.1.evil.example", "localhost.evil.example", "127.1"])
def test_what_only_looks_like_this_computer_may_not(host):
    found = settings_problems(replace(SERVER, host=host, security=MailSecurity.NONE))
    assert set(found) == {"security"}
