"""Is content recognised by what it is, whatever it is called?"""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from loyaldesk.documents.content_types import EXCEL, WORD, agrees, content_type
from tests.documents.conftest import make_pdf, make_picture

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def make_zip(*names):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def make_workbook():
    buffer = BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (make_pdf("x"), "application/pdf"),
        (b"\r\njunk" + make_pdf("x"), "application/pdf"),
        (make_picture("PNG"), "image/png"),
        (make_picture("JPEG"), "image/jpeg"),
        (make_workbook(), EXCEL),
        (make_zip("[Content_Types].xml", "word/document.xml"), WORD),
        (make_zip("[Content_Types].xml", "word/vbaProject.bin"), "application/zip"),
        (make_zip("evil.exe"), "application/zip"),
        (OLE + "__substg1.0_0037001F".encode("utf-16-le"), "application/vnd.ms-outlook"),
        (OLE + b"macro", "application/x-ole-storage"),
        (b"Received: from a\r\nSubject: b\r\n\r\nhello", "message/rfc822"),
        ("Größe;Preis\r\n1;2\r\n".encode("cp1252"), "text/plain"),
        ("Größe".encode("utf-16"), "text/plain"),
        (b"\xef\xbb\xbfhello", "text/plain"),
        (b"  <!DOCTYPE html><p>x", "text/html"),
        (b"\xef\xbb\xbf<script>", "text/html"),
        (b"MZ\x90\x00", "application/vnd.microsoft.portable-executable"),
        (b"#!/bin/sh\n", "text/x-script"),
        (b"L\x00\x00\x00\x01\x14\x02", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_content_says_what_it_is(content, mime):
    assert content_type(content) == mime


@pytest.mark.parametrize(
    ("name", "mime", "expected"),
    [
        ("order.pdf", "application/pdf", True),
        ("ORDER.PDF", "application/pdf", True),
        ("list.csv", "text/plain", True),
        ("mail.eml", "message/rfc822", True),
        ("page.pdf", "text/html", False),
        ("order.pdf.lnk", "application/pdf", False),
        ("run.hta", "text/html", False),
        ("pdf", "application/pdf", False),
        ("macro.docm", WORD, False),
        ("sheet.xlsx", WORD, False),
        ("setup.txt", "application/vnd.microsoft.portable-executable", False),
    ],
)
def test_name_and_content_must_agree_on_a_harmless_kind(name, mime, expected):
    assert agrees(name, mime) is expected
