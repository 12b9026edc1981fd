"""Which rules of an archival PDF does a file break? (ISO 19005-2, PDF/A-2b).

These are the rules that a letter could break, not the whole standard: a letter has no forms, no
films and no attachments, and the rules only look that it stays so. Fonts have `font_rules`, tags
`tag_rules`. They are written from the standards; no other checker has looked at the files yet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf

from loyaldesk.pdf.font_rules import FONT_RULES
from loyaldesk.pdf.page_content import entry
from loyaldesk.pdf.tag_rules import TAG_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["ARCHIVE_RULES", "broken_bytes", "broken_rules", "claims_of", "withdraw_claims"]

_ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/JavaScript")
_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations")
_FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCII85Decode"}
_COLOURS = {"/DeviceRGB", "/DeviceGray"}
_ICC_SIGNATURE, _ICC_CLASSES, _NEWEST_ICC = b"acsp", (b"mntr", b"prtr", b"scnr", b"spac"), 4
_CMYK = {"k", "K"}
_BLENDING = {"/SMask", "/CA", "/ca", "/BM"}
_CLAIM = re.compile(r"\{http://www\.aiim\.org/pdf(?:a|ua)/ns/(?:id|extension)/\}")
_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")
_HEADER = re.compile(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}")
# What the dictionary of information says, and where the packet says the same.
_SAID_TWICE = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}


def broken_rules(pdf: pikepdf.Pdf) -> list[str]:
    """Return the sentences of all rules that a file breaks, for the archive and for its tags."""
    return _broken(pdf, (*ARCHIVE_RULES, *FONT_RULES, *TAG_RULES))


def claims_of(pdf: pikepdf.Pdf) -> set[str]:
    """Return what a file says that it keeps to: `pdfaid`, `pdfuaid`, both or neither."""
    if "/Metadata" not in pdf.Root:
        return set()
    # Opened by `with`, the packet would be written anew.
    packet = pdf.open_metadata()
    claims = {
        "pdfaid": packet.get("pdfaid:part") == "2" and packet.get("pdfaid:conformance") == "B",
        "pdfuaid": packet.get("pdfuaid:part") == "1",
    }
    return {name for name, is_made in claims.items() if is_made}


def withdraw_claims(pdf: pikepdf.Pdf) -> None:
    """Take out of a file's metadata that it keeps to any rules."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        for name in [key for key in packet if _CLAIM.match(key)]:
            del packet[name]


def broken_bytes(data: bytes) -> Iterator[str]:
    """Yield what is wrong with how a file is written, which no reader of its objects can see."""
    if not _HEADER.match(data):
        yield "The file does not begin as an archive wants it."
    if not data.endswith(b"%%EOF\n"):
        yield "Something stands after the end of the file."
    for head in _STREAM.finditer(data):
        end = head.end() + int(head[1])
        if not re.match(rb"\r?\n?endstream", data[end : end + 12]):
            yield f"The stream at {head.start()} is not as long as it says."
        elif data[end : end + 1] not in b"\r\n":
            yield f"No line ends before the end of the stream at {head.start()}."


def has_a_number_of_its_own(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The file has an id and is open to everybody."""
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield "The file has no id."
    if pdf.is_encrypted:
        yield "The file is encrypted."


def does_nothing_by_itself(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The file holds no scripts, actions, forms, attachments or annotations."""
    names = entry(pdf.Root, "/Names")
    found = [key for key in _ACTIVE if key in pdf.Root] + [key for key in _NAMES if key in names]
    for i, page in enumerate(pdf.pages, start=1):
        found += [f"{key} of page {i}" for key in ("/AA", "/Annots") if key in page.obj]
    yield from (f"The file holds {key.removeprefix('/')}." for key in found)


def uses_open_filters(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Streams are inside the file and packed in ways that anybody may unpack."""
    for thing in _streams(pdf):
        for name in _listed(thing.get("/Filter", [])):
            if str(name) not in _FILTERS:
                yield f"A stream is packed with {name}."
        if "/F" in thing:
            yield "A stream stands outside of the file."


def says_what_its_colours_mean(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The file brings the profile of its red, green and blue along."""
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "The file does not say what its colours mean."
        return
    profile = intents[0]["/DestOutputProfile"]
    data = profile.read_bytes()
    is_sound = data[36:40] == _ICC_SIGNATURE and data[12:16] in _ICC_CLASSES
    is_rgb = profile.get("/N") == 3 and data[16:20] == b"RGB "
    if not (is_sound and is_rgb and data[8] <= _NEWEST_ICC and len(data) == _size(data)):
        yield "The profile of the colours is not one of red, green and blue that archives know."


def paints_in_red_green_and_blue(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Nothing is painted in colours that the profile does not speak of."""
    for i, page in enumerate(pdf.pages, start=1):
        operators = {str(step.operator) for step in pikepdf.parse_content_stream(page)}
        if operators & _CMYK:
            yield f"Page {i} paints in printing colours."
    for thing in _streams(pdf):
        if thing.get("/Subtype") == "/Image" and str(thing.get("/ColorSpace")) not in _COLOURS:
            yield "A picture is not made of red, green and blue."


def lets_nothing_shine_through(pdf: pikepdf.Pdf) -> Iterator[str]:
    """No picture is transparent, nothing is blended, no picture is smoothed by the reader."""
    for thing in _streams(pdf):
        if "/SMask" in thing or "/Mask" in thing:
            yield "A picture is transparent."
        if thing.get("/Interpolate"):
            yield "A picture is smoothed by the reader."
    for page in pdf.pages:
        for name, state in entry(page.obj, "/Resources", "/ExtGState").items():
            if _BLENDING & set(state.keys()):
                yield f"The state {name} blends colours."


def says_the_same_twice(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The packet of metadata says what the dictionary of information says."""
    if "/Metadata" not in pdf.Root:
        yield "The file has no packet of metadata."
        return
    packet = pdf.open_metadata()
    for key, name in _SAID_TWICE.items():
        said = packet.get(name)
        again = " ".join(said) if isinstance(said, list) else str(said or "")
        if key in pdf.docinfo and _plain(key, str(pdf.docinfo[key])) != again:
            yield f"The file says “{pdf.docinfo[key]}” as its {key[1:]}, and also “{again}”."


def claims_to_be_kept(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The file says itself that it is made for an archive."""
    if "pdfaid" not in claims_of(pdf):
        yield "The file does not say that it is made for an archive."


def explains_words_of_its_own(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The packet explains the word for tagged files, which archives do not know."""
    packet = pdf.Root["/Metadata"].read_bytes() if "/Metadata" in pdf.Root else b""
    if b"<pdfuaid:part>" in packet and b"<pdfaSchema:prefix>pdfuaid<" not in packet:
        yield "The file uses a word in its metadata that it does not explain."


ARCHIVE_RULES: tuple[Callable[[pikepdf.Pdf], Iterator[str]], ...] = (
    has_a_number_of_its_own,
    does_nothing_by_itself,
    uses_open_filters,
    says_what_its_colours_mean,
    paints_in_red_green_and_blue,
    lets_nothing_shine_through,
    says_the_same_twice,
    claims_to_be_kept,
    explains_words_of_its_own,
)


def _broken(pdf: pikepdf.Pdf, rules: Iterable[Callable[[pikepdf.Pdf], Iterator[str]]]) -> list[str]:
    return [sentence for rule in rules for sentence in rule(pdf)]


def _streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, pikepdf.Array)) else [value]


def _size(profile: bytes) -> int:
    return int.from_bytes(profile[:4])


def _plain(key: str, said: str) -> str:
    """Return a date of the dictionary as the packet writes it, anything else as it is."""
    found = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-]\d\d)'(\d\d)'?", said)
    if not found or not key.endswith("Date"):
        return said
    year, month, day, hour, minute, second, zone, rest = found.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}:{rest}"
