"""Writes DOCX and ODT files from documents or from snippets of their XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from strategraph.model import Block, Document


def to_docx(document: Document) -> dict[str, str]:
    """Return the parts of a DOCX file with the document's blocks; lists have numbers that Word computes."""
    body = "".join(_docx_table(list(group)) if kind == "cell" else "".join(map(_docx_block, group))
                   for (kind, _), group in groupby(document.blocks, key=lambda b: (b.kind, b.table)))  # fmt: skip
    return docx_parts(body)


def docx_parts(body: str, **more: str) -> dict[str, str]:
    """Return the parts of a DOCX file with this body; ``more`` are further parts in ``word/``."""
    names = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in range(1, 7)
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{n + 1}."/></w:lvl>'
        for n in range(9)
    )
    bullets = "".join(
        f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>' for n in range(9)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = {"styles", "numbering", *more}
    word = {
        "styles": f"<w:styles {_W}>{names}</w:styles>",
        "numbering": f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{bullets}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        **{kind: f"<w:{kind} {_W}>{part}</w:{kind}>" for kind, part in more.items()},
    }
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">'
        + "".join(f'<Relationship Id="{k}" Type="{office}/{k}" Target="{k}.xml"/>' for k in sorted(kinds))
        + "</Relationships>",
        **{f"word/{kind}.xml": part for kind, part in word.items()},
    }


_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _docx_block(block: Block) -> str:
    run = (
        f"<w:r><w:rPr><w:b/></w:rPr>{_docx_text(block)}</w:r>"
        if block.emphasised
        else f"<w:r>{_docx_text(block)}</w:r>"
    )
    style = ""
    if block.kind == "heading":
        style = f'<w:pPr><w:pStyle w:val="H{min(block.level, 6)}"/></w:pPr>'
    elif block.kind == "item":
        number = 1 if any(c.isdigit() for c in block.marker) else 2
        style = f'<w:pPr><w:numPr><w:ilvl w:val="{block.level - 1}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{style}{run}</w:p>"


def _docx_text(block: Block) -> str:
    return f'<w:t xml:space="preserve">{escape(block.passage.text, quote=False)}</w:t>'


def _docx_table(blocks: Sequence[Block]) -> str:
    rows = ""
    for _, row in groupby(blocks, key=lambda block: block.row):
        cells = list(row)
        head = "<w:trPr><w:tblHeader/></w:trPr>" if any(cell.header for cell in cells) else ""
        inner = "".join(f"<w:tc><w:p><w:r>{_docx_text(cell)}</w:r></w:p></w:tc>" for cell in cells)
        rows += f"<w:tr>{head}{inner}</w:tr>"
    return f"<w:tbl>{rows}</w:tbl>"


def to_odt(document: Document) -> dict[str, str]:
    """Return the parts of an ODT file with the document's blocks."""
    parts: list[str] = []
    for (kind, _), group in groupby(document.blocks, key=lambda b: (b.kind, b.table)):
        blocks = list(group)
        if kind == "cell":
            parts.append(_odt_table(blocks))
        elif kind == "item":
            parts.append(_odt_list(blocks))
        else:
            for block in blocks:
                words = escape(block.passage.text, quote=False)
                style = ' text:style-name="Bold"' if block.emphasised else ""
                level = f' text:outline-level="{block.level}"'
                parts.append(
                    f"<text:h{level}>{words}</text:h>"
                    if kind == "heading"
                    else f"<text:p{style}>{words}</text:p>"
                )
    return odt_parts("".join(parts))


def odt_parts(body: str, styles: str = "") -> dict[str, str]:
    """Return the parts of an ODT file with this body and these automatic styles."""
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    names = ["office", "style", "text", "table"]
    spaces = " ".join(f'xmlns:{name}="{urn}{name}:1.0"' for name in names)
    spaces += f' xmlns:draw="{urn}drawing:1.0" xmlns:fo="{urn}xsl-fo-compatible:1.0"'
    bold = (
        '<style:style style:name="Bold" style:family="paragraph"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{bold}{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {spaces}/>",
    }


def _odt_list(blocks: Sequence[Block]) -> str:
    text = ""
    depth = 0
    for block in blocks:
        while depth > block.level:
            text += "</text:list-item></text:list>"
            depth -= 1
        if depth == block.level:
            text += "</text:list-item>"
        while depth < block.level:
            text += "<text:list>" if depth + 1 == block.level else "<text:list><text:list-item>"
            depth += 1
        text += f"<text:list-item><text:p>{escape(block.passage.text, quote=False)}</text:p>"
    return text + "</text:list-item></text:list>" * depth


def _odt_table(blocks: Sequence[Block]) -> str:
    rows = ""
    for _, row in groupby(blocks, key=lambda block: block.row):
        cells = list(row)
        inner = "".join(
            f"<table:table-cell><text:p>{escape(cell.passage.text, quote=False)}</text:p></table:table-cell>"
            for cell in cells
        )
        made = f"<table:table-row>{inner}</table:table-row>"
        head = any(cell.header for cell in cells)
        rows += f"<table:table-header-rows>{made}</table:table-header-rows>" if head else made
    return f"<table:table>{rows}</table:table>"


def archive(parts: Mapping[str, str | bytes], *, pack: int = ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of some parts; the first is not packed, as ODT wants its media type."""
    out = BytesIO()
    with ZipFile(out, "w", pack) as file:
        for number, (name, data) in enumerate(parts.items()):
            file.writestr(ZipInfo(name), data, ZIP_STORED if not number else pack)
    return out.getvalue()
