"""What a letter's file says about itself: the info dictionary and the same facts as XMP."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from loyaldesk import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.pdf.claims import Claims
    from loyaldesk.pdf.sheet import Sheet

__all__ = ["Metadata", "describe"]

_CREATOR = f"LoyalDesk {__version__}"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{creator}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
</rdf:Description>
{claims}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_ARCHIVE_CLAIM = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
"""
# PDF/A knows no words of PDF/UA: a file of both kinds explains the one word that it uses.
_ACCESS_CLAIM = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, subject, author, keywords, language tag and the aware instant of printing."""

    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    language: str
    created: datetime


def describe(sheet: Sheet, metadata: Metadata) -> None:
    """Write the metadata into the document, twice with the same words, and show its title."""
    title, subject, author = map(_clean, (metadata.title, metadata.subject, metadata.author))
    keywords = _clean(", ".join(metadata.keywords))
    sheet.setTitle(title)
    sheet.setSubject(subject)
    sheet.setAuthor(author)
    sheet.setKeywords(keywords)
    sheet.setCreator(_CREATOR)
    sheet.setProducer(_CREATOR)
    sheet.setViewerPreference("DisplayDocTitle", "true")
    stamp = _pdf_date(metadata.created)
    sheet.setDateFormatter(lambda *_: stamp)
    sheet.packet = partial(
        _packet,
        title=escape(title),
        subject=escape(subject),
        author=escape(author),
        keywords=escape(keywords),
        language=escape(metadata.language),
        creator=escape(_CREATOR),
        created=metadata.created.isoformat(timespec="seconds"),
    )


def _packet(claims: Claims, **facts: str) -> bytes:
    said = (_ARCHIVE_CLAIM if claims.archive else "") + (_ACCESS_CLAIM if claims.access else "")
    return _PACKET.format(claims=said, **facts).encode()


def _clean(text: str) -> str:
    """Leave out what XML and a window title cannot hold."""
    return "".join(" " if c.isspace() else c for c in text if unicodedata.category(c)[0] != "C")


def _pdf_date(instant: datetime) -> str:
    offset = instant.strftime("%z") or "+0000"
    return f"D:{instant:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
