"""Is every name that a stranger gives one plain, honest name on every system?"""

from __future__ import annotations

import ntpath
import posixpath
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.documents.names import LONGEST_NAME, safe_name

RLO = "\u202e"


@pytest.mark.parametrize(
    ("original", "clean"),
    [
        ("order 4711.pdf", "order 4711.pdf"),
        ("Angebot für Müller & Söhne.pdf", "Angebot für Müller & Söhne.pdf"),
        (r"..\..\evil.exe", "evil.exe"),
        ("../../etc/passwd", "passwd"),
        (r"a/b\c.pdf", "c.pdf"),
        ("a/b.pdf", "b.pdf"),
        ("C:evil.txt", "evil.txt"),
        (r"C:\Users\ana\x.pdf", "x.pdf"),
        (r"\\host\share\x.pdf", "x.pdf"),
        ("file.pdf:ads", "file.pdf-ads"),
        ("file.pdf::$DATA", "file.pdf--$DATA"),
        ('what? <a> "b" *|.pdf', "what- -a- -b- --.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("con.tar.gz", "_con.tar.gz"),
        ("nul", "_nul"),
        ("com1 .txt", "_com1 .txt"),
        ("LPT¹.txt", "_LPT¹.txt"),
        ("console.pdf", "console.pdf"),
        ("report.pdf ", "report.pdf"),
        ("report.pdf. . .", "report.pdf"),
        (f"invoice{RLO}fdp.exe", "invoicefdp.exe"),
        ("invoice.pdf.lnk", "invoice.pdf.lnk"),
        (".bashrc", "bashrc"),
        ("...", "document"),
        ("~$x", "x"),
        ("~$.~$x.docx", "x.docx"),
        ("$100 offer.pdf", "$100 offer.pdf"),
        ("a\x00b\nc\x7f.pdf", "abc.pdf"),
        ("\ufeffx\u200b.pdf", "x.pdf"),
        ("a\u00a0b\u2028c.pdf", "a b c.pdf"),
        ("", "document"),
        ("/", "document"),
        ("folder/", "folder"),
        ("u\u0308ber.pdf", "über.pdf"),
    ],
)
def test_a_name_becomes_one_plain_name(original, clean):
    assert safe_name(original) == clean


def test_composed_and_decomposed_twins_become_one_name():
    name = "Grüße Ångström.pdf"
    twins = {safe_name(unicodedata.normalize(form, name)) for form in ("NFC", "NFD")}
    assert twins == {name}


@pytest.mark.parametrize("letter", ["x", "ß", "漢", "🧾"])
def test_a_long_name_keeps_its_extension_and_fits_every_disk(letter):
    name = safe_name(letter * 300 + ".pdf")
    assert name.endswith(letter + ".pdf")
    assert len(name) <= LONGEST_NAME
    assert len(name.encode()) <= 255


# Python 3.13 knows what Windows reserves; for older ones the table above must do.
is_reserved = getattr(ntpath, "isreserved", lambda _: False)
names = st.text(st.one_of(st.sampled_from("./\\: ~$CONcon1\u202e"), st.characters()), max_size=400)


@given(original=names)
def test_any_name_stays_inside_its_folder_on_every_system(original):
    name = safe_name(original)
    for system in (ntpath, posixpath):
        assert system.basename(name) == name
        assert system.splitdrive(name) == ("", name)
        assert system.normpath(system.join("files", name)) == system.join("files", name)


@given(original=names)
def test_a_clean_name_is_left_alone(original):
    assert safe_name(safe_name(original)) == safe_name(original)


@given(original=names)
def test_a_clean_name_can_be_written_shown_and_found(original):
    name = safe_name(original)
    assert 0 < len(name) <= LONGEST_NAME
    assert not is_reserved(name)
    assert name == name.strip(" .")
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)
