"""What is in a file, judged by its content and never by its name?"""

from __future__ import annotations

import codecs
import re

__all__ = [
    "HEAD_BYTES",
    "MAIL",
    "OPENABLE",
    "PDF",
    "PICTURES",
    "TEXT",
    "UNKNOWN",
    "agrees",
    "content_type",
]

HEAD_BYTES = 64 << 10
PDF = "application/pdf"
TEXT = "text/plain"
HTML = "text/html"
MAIL = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN = "application/octet-stream"
PICTURES = frozenset({"image/png", "image/jpeg"})

# What is opened outside LoyalDesk, and the content that each name must have. A script or a
# program is never among them; what is not here can only be saved.
OPENABLE = {
    "pdf": {PDF},
    "png": {"image/png"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "txt": {TEXT, MAIL},
    "csv": {TEXT},
    "docx": {WORD},
    "xlsx": {EXCEL},
    "eml": {MAIL},
    "msg": {OUTLOOK},
}

_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"PK\x05\x06": "application/zip",
    b"MZ": "application/vnd.microsoft.portable-executable",
    b"\x7fELF": "application/x-executable",
    b"#!": "text/x-script",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK_STREAM = "__substg1.0_".encode("utf-16-le")
_MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|script|svg|iframe|\?xml|!--)", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"(Received|Return-Path|From|To|Date|Message-ID|MIME-Version|Delivered-To|Subject): ",
    re.IGNORECASE,
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def content_type(head: bytes) -> str:
    """Return the MIME type of a file from its first `HEAD_BYTES` bytes."""
    # Readers accept a PDF after up to a kilobyte of other bytes.
    if b"%PDF-" in head[:1024]:
        return PDF
    for magic, mime in _MAGIC.items():
        if head.startswith(magic):
            return mime
    if head.startswith(b"PK\x03\x04"):
        return _office_type(head)
    if head.startswith(_OLE):
        return OUTLOOK if _OUTLOOK_STREAM in head else "application/x-ole-storage"
    return _text_type(head)


def agrees(name: str, mime: str) -> bool:
    """Tell whether a file of that name and content may be opened outside."""
    stem, _, extension = name.rpartition(".")
    return bool(stem) and mime in OPENABLE.get(extension.lower(), ())


def _office_type(head: bytes) -> str:
    if b"[Content_Types].xml" not in head or b"vbaProject.bin" in head:
        return "application/zip"
    if b"word/" in head:
        return WORD
    return EXCEL if b"xl/" in head else "application/zip"


def _text_type(head: bytes) -> str:
    if head.startswith(_BOMS[1:]):
        return TEXT
    text = head.removeprefix(codecs.BOM_UTF8)
    if not text or not _CONTROLS.isdisjoint(text):
        return UNKNOWN
    if _MARKUP.match(text):
        return HTML
    return MAIL if _MAIL_HEADER.match(text) else TEXT
