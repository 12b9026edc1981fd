"""Does nothing but a harmless document or link ever reach another program?"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import loyaldesk
from loyaldesk.documents.opening import (
    OpenableTarget,
    check_link,
    copy_for_opening,
    open_external,
)
from loyaldesk.documents.origin import mark_as_foreign
from loyaldesk.errors import Refused, Unavailable
from tests.documents.conftest import make_pdf, make_picture

PDF = make_pdf("order")


@pytest.fixture
def copy(files, tmp_path):
    """Store a content and ask for a copy to open under that name."""
    folder = tmp_path / "private"
    folder.mkdir()

    def make(name, content):
        sha256 = files.add(BytesIO(content)).sha256
        return copy_for_opening(sha256, name, files=files, folder=folder)

    return make


def path_of(target):
    return Path(unquote(urlsplit(target.url).path))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("order.pdf", PDF),
        ("Bestellung für Müller #4711?.PDF", PDF),
        ("photo.jpeg", make_picture("JPEG")),
        ("list.csv", b"a;b\r\n"),
        ("mail.eml", b"Subject: x\r\n\r\n"),
    ],
)
def test_a_harmless_document_is_copied_for_opening(copy, name, content):
    target = copy(name, content)
    assert path_of(target).read_bytes() == content
    assert target.url.startswith("file:///")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("order.pdf.lnk", PDF),
        ("order.pdf", b"<html><script>"),
        ("order.hta", b"<html><script>"),
        ("invoice\u202efdp.exe", b"MZ\x90"),
        ("invoice.pdf", b"MZ\x90"),
        ("run.bat", b"echo"),
        ("macro.docm", b"PK\x03\x04[Content_Types].xml word/"),
        ("page.html", b"<html>"),
        ("noextension", PDF),
        ("vector.svg", b"<svg>"),
    ],
)
def test_anything_else_is_refused_and_no_copy_is_left(copy, tmp_path, name, content):
    with pytest.raises(Refused, match=r"not opened.*Save it instead"):
        copy(name, content)
    assert list((tmp_path / "private").iterdir()) == []


def test_a_hostile_name_stays_inside_the_private_folder(copy, tmp_path):
    path = path_of(copy("../../../evil.pdf", PDF))
    assert path.is_relative_to(tmp_path / "private")


def test_two_documents_of_one_name_do_not_meet(copy):
    assert path_of(copy("order.pdf", PDF)) != path_of(copy("order.pdf", make_pdf("other")))


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/track?id=1&x=%C3%BC",
        "mailto:ana@example.com?subject=Order%204711",
        "tel:+49-30-1234567",
        "HTTPS://EXAMPLE.COM",
    ],
)
def test_a_plain_link_may_be_opened(link):
    assert check_link(link).url == link


@pytest.mark.parametrize(
    "link",
    [
        "http://example.com", "file:///etc/passwd", "smb://host/share", r"\\host\share",
        "ms-msdt:/id PCWDiagnostic", "javascript:alert(1)", "data:text/html,x", "ftp://x",
        "loyaldesk://customer/1", "search-ms:query=x", "", "example.com", "https://",
        "https://bank.example@evil.example/", "https://[", " https://example.com",
        "https://exa\nmple.com", "https://example.com/\u202egpj.exe", "https:" + "x" * 3_000,
        'https://example.com/" --evil', "vbscript:x", "https:evil",
    ],
)  # fmt: skip
def test_any_other_link_is_refused(link):
    with pytest.raises(Refused, match="not opened"):
        check_link(link)


def test_the_opener_is_given_the_checked_url():
    opened: list[str] = []

    def opener(url):
        opened.append(url)
        return True

    open_external(check_link("tel:+4930"), opener=opener)
    assert opened == ["tel:+4930"]


def test_a_system_without_a_program_for_it_is_said():
    with pytest.raises(Unavailable, match="No program on this computer"):
        open_external(OpenableTarget("tel:+4930"), opener=lambda _: False)


class TestMark:
    def test_windows_gets_a_zone_identifier(self, tmp_path, monkeypatch):
        monkeypatch.setattr(sys, "platform", "win32")
        (tmp_path / "x.pdf").touch()
        assert mark_as_foreign(tmp_path / "x.pdf")
        mark = Path(f"{tmp_path / 'x.pdf'}:Zone.Identifier").read_bytes()
        assert mark == b"[ZoneTransfer]\r\nZoneId=3\r\n"

    @pytest.mark.parametrize(("result", "is_marked"), [(0, True), (-1, False)])
    def test_macos_gets_a_quarantine_attribute(self, tmp_path, monkeypatch, result, is_marked):
        calls = []

        class Library:
            def setxattr(self, path, name, value, *_):
                calls.append((path, name, value))
                return result

        monkeypatch.setattr(sys, "platform", "darwin")
        monkeypatch.setattr("ctypes.CDLL", lambda _: Library())
        assert mark_as_foreign(tmp_path / "x.pdf") is is_marked
        path, name, value = calls[0]
        assert (path, name, value[:5]) == (
            bytes(tmp_path / "x.pdf"), b"com.apple.quarantine", b"0081;",
        )  # fmt: skip

    def test_a_copy_that_cannot_be_marked_stays_closed(self, copy, monkeypatch):
        monkeypatch.setattr("loyaldesk.documents.opening.mark_as_foreign", lambda _: False)
        with pytest.raises(Unavailable, match="stays closed"):
            copy("order.pdf", PDF)


def test_one_place_at_most_asks_the_desktop_to_open_something():
    package = Path(loyaldesk.__file__).parent
    callers = [p for p in package.rglob("*.py") if "openUrl" in p.read_text()]
    assert len(callers) <= 1
    assert all("open_external" in path.read_text() for path in callers)


def test_a_target_is_made_nowhere_but_where_it_is_checked():
    package = Path(loyaldesk.__file__).parent
    makers = [path.name for path in package.rglob("*.py") if "OpenableTarget(" in path.read_text()]
    assert makers == ["opening.py"]
