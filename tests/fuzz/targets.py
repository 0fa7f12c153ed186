"""What the fuzzer's bytes become: one target per reader and per way into it, each with inputs to begin with.

Bytes that are thrown at a packed or structured format as they are fail at its first check, and nothing behind
it is ever tried. So each such format has further targets, which build something well-formed around the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


@dataclass(frozen=True, slots=True)
class Target:
    """A way into a reader: the name of its format (None: to be found), what to make of bytes, and examples.

    ``encoding`` is one that the user names.
    """

    format: str | None
    seeds: tuple[bytes, ...]
    made: Callable[[bytes], bytes] = bytes
    encoding: str | None = None


_PLAN = (
    "{1}Strategic Plan 2024-2027\n\n{1}Goals\n\n{2}Goal 1: Connect women and girls\n\nThe ITU will close the digital "
    "divide in order to empower people, as Resolution 71 (Rev. Bucharest, 2022) says.\n\n- Objective 1.1: Skills\n"
    "- Objective 1.2: Least developed countries (LDCs)\n"
)
_LANGUAGES = (
    "Objectif 1 : Réduire la fracture numérique pour les femmes\n\nЦель 1: Развивать цифровые навыки молодёжи\n\n"
    "目标一：弥合数字鸿沟\n\nالهدف 1: تمكين النساء\n\nObjetivo 1: Educación de calidad para todos (Resolución 70/1)\n"
)
_PAGE = (
    "<html lang=en><body><nav><a href=/>Home</a></nav><main><h1>Strategic Plan 2024-2027</h1><h2>Goals</h2>"
    "<ol type=a start=2><li><p><b>Goal 1:</b> Connect women<sup>1</sup></li></ol><table><tr><th>Goal<th>Target"
    "<tr><td>Goal 2: Skills<td>All youth</table><p hidden>no<dl><dt>Vision<dd>A better world</dl></main></body>"
)
_TABLE = "\n| Goal | Target |\n|---|---|\n| Goal 1: Skills | All youth |\n"
_STRATML = (
    '<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core"><Name>Strategic Plan 2024-2027</Name>'
    "<StrategicPlanCore><Goal><Name>Skills</Name><Description>Connect women and girls</Description>"
    "<Identifier>_1</Identifier><SequenceIndicator>1</SequenceIndicator><Stakeholder><Name>All youth</Name>"
    "</Stakeholder></Goal></StrategicPlanCore><AdministrativeInformation><StartDate>2024-01-01</StartDate>"
    "</AdministrativeInformation></StrategicPlan>"
)
_AKN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="plan"><preface><longTitle>'
    "<p>Strategic Plan 2024-2027</p></longTitle></preface><mainBody><hcontainer><heading>Goals</heading>"
    '<paragraph eId="a"><num>1</num><content><p>Goal 1: Connect women and girls</p></content></paragraph>'
    "</hcontainer></mainBody></statement></akomaNtoso>"
)
_ADOC = "= Strategic Plan 2024-2027\n:toc:\n\n== Goals\n\n=== Goal 1: Connect women\n\n* Objective 1.1: Skills\n\n"
_ADOC += "|===\n|Goal |Target\n\n|Goal 2 |*All* youth\n|===\n\nNOTE: ignored\n\n----\ncode\n----\n"
_RST = (
    "Strategic Plan 2024-2027\n========================\n\nGoal 1: Connect women\n---------------------\n\n"
)
_RST += "- Objective 1.1: `Skills <http://x/>`_\n\n.. note::\n\n   said\n\n+------+-----+\n| Goal | Who |\n+======+=====+\n"
_RST += "| 2    | LDC |\n+------+-----+\n\n====  ====\nGoal  Who\n====  ====\n3     All\n====  ====\n"


def _archive(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of some parts; the first is not packed, as ODT wants its media type."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for number, (name, data) in enumerate(parts.items()):
            file.writestr(ZipInfo(name), data, ZIP_DEFLATED if number else ZIP_STORED)
    return out.getvalue()


def _tree(data: bytes, pieces: tuple[str, ...]) -> str:
    """Return well-formed XML that the bytes choose from ``pieces``.

    A piece "/" closes what is open; one that ends with ">" stands alone or is text; any other opens a tag.
    """
    made: list[str] = []
    open_tags: list[str] = []
    for byte in data:
        piece = pieces[byte % len(pieces)]
        if piece == "/":
            if open_tags:
                made.append(f"</{open_tags.pop()}>")
        elif piece.endswith(">") or " " in piece[:1]:
            made.append(piece)
        else:
            made.append(f"<{piece}>")
            open_tags.append(piece.partition(" ")[0])
    return "".join([*made, *(f"</{tag}>" for tag in reversed(open_tags))])


# ---- DOCX

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W = f'xmlns:w="{_WORD}" xmlns:mc="{_COMPATIBILITY}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_DOCX_PARTS = ("document", "styles", "numbering", "footnotes", "relations", "core")
_DOCX_BODY = (
    '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Goal 1: Connect women and girls</w:t></w:r></w:p>'
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr>'
    "<w:t>Skills</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Goal</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
)
_DOCX_STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
)
_DOCX_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_DOCX_PIECES = (
    "/", "/", "/", "w:p", "w:r", "w:t", "<!-- --> Goal 1: Connect women <!-- -->", "<!-- --> will close gaps <!-- -->",
    "w:pPr", "w:rPr", '<w:pStyle w:val="H1"/>', '<w:pStyle w:val="H2"/>', '<w:rStyle w:val="H1"/>', "<w:b/>", "<w:vanish/>",
    '<w:vanish w:val="0"/>', "<w:strike/>", "w:numPr", '<w:ilvl w:val="0"/>', '<w:ilvl w:val="3"/>', '<w:ilvl w:val="-1"/>',
    '<w:ilvl w:val="99999999999"/>', '<w:numId w:val="1"/>', '<w:numId w:val="²"/>', "w:tbl", "w:tr", "w:tc", "w:tcPr",
    '<w:gridSpan w:val="999999999"/>', '<w:gridSpan w:val="x"/>', "<w:vMerge/>", '<w:vMerge w:val="restart"/>', "w:trPr",
    "<w:tblHeader/>", "<w:del/>", "w:del", "w:ins", "w:moveFrom", "w:moveTo", "w:sdt", "w:sdtContent", "w:hyperlink",
    "w:txbxContent", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:drawing", "<w:tab/>", "<w:br/>",
    "<w:noBreakHyphen/>", "<w:sym/>", "<w:footnoteReference/>", "w:fldSimple", "w:instrText", '<w:outlineLvl w:val="2"/>',
    '<w:outlineLvl w:val="77"/>', "<!-- --> Strategic Plan 2024-2027 <!-- -->", "<!-- -->&#x202e;&#160;<!-- -->",
    'w:style w:type="paragraph" w:styleId="H1"', 'w:style w:styleId="H2"', '<w:name w:val="heading 1"/>',
    '<w:name w:val="Heading 99"/>', '<w:basedOn w:val="H2"/>', '<w:basedOn w:val="H1"/>', 'w:abstractNum w:abstractNumId="0"',
    'w:lvl w:ilvl="0"', '<w:start w:val="5"/>', '<w:start w:val="99999999999999999999"/>', '<w:numFmt w:val="lowerRoman"/>',
    '<w:numFmt w:val="upperLetter"/>', '<w:numFmt w:val="bullet"/>', '<w:lvlText w:val="%1.%2"/>', '<w:lvlText w:val="%9"/>',
    '<w:lvlText w:val="Goal %1:"/>', 'w:num w:numId="1"', '<w:abstractNumId w:val="0"/>', "w:lvlOverride", 'w:footnote w:id="1"',
)  # fmt: skip


def _docx(part: str, inner: str) -> bytes:
    """Return a DOCX file one of whose parts has this content."""
    inners = {
        "document": _DOCX_BODY,
        "styles": _DOCX_STYLES,
        "numbering": _DOCX_NUMBERING,
        "footnotes": '<w:footnote w:id="1"><w:p><w:r><w:t>Said.</w:t></w:r></w:p></w:footnote>',
        "relations": "".join(
            f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
            for kind in ("styles", "numbering", "footnotes")
        ),
        "core": "<dc:title>Strategic Plan 2024-2027</dc:title>",
        part: inner,
    }
    root = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" '
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": root + 'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{inners["relations"]}</Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{inners['document']}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{inners['styles']}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_W}>{inners['numbering']}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {_W}>{inners['footnotes']}</w:footnotes>",
        "docProps/core.xml": f"<core {_W}>{inners['core']}</core>",
    }
    return _archive({name: text.encode("utf-8", "surrogateescape") for name, text in parts.items()})


_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:r="{_OFFICE}"'
)
_SLIDE = "<p:sp><p:txBody><a:p><a:r><a:t>Goal 1: Connect women and girls</a:t></a:r></a:p></p:txBody></p:sp>"
_SHEET = '<row r="1"><c r="A1" t="inlineStr"><is><t>Goal 1: Connect women and girls</t></is></c></row>'


def _package(main: str, holder: str, kind: str, part: str, content: str) -> bytes:
    """Return an Office file whose main part leads to one other part."""
    folder, _, name = main.rpartition("/")
    head = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'{head}officeDocument" Target="{main}"/></Relationships>',
        f"{folder}/_rels/{name}.rels": f'{head}{kind}" Target="{part}"/></Relationships>',
        main: holder,
        f"{folder}/{part}": content,
    }
    return _archive({key: text.encode("utf-8", "surrogateescape") for key, text in parts.items()})


def _pptx_part(data: bytes) -> bytes:
    inner = data.decode("utf-8", "surrogateescape")
    holder = (
        f'<p:presentation {_SLIDES}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>'
    )
    content = f"<p:sld {_SLIDES}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"
    return _package("ppt/presentation.xml", holder, "slide", "slides/slide1.xml", content)


def _xlsx_part(data: bytes) -> bytes:
    inner = data.decode("utf-8", "surrogateescape")
    names = f'xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"'
    holder = f'<workbook {names}><sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>'
    content = f"<worksheet {names}><sheetData>{inner}</sheetData></worksheet>"
    return _package("xl/workbook.xml", holder, "worksheet", "worksheets/sheet1.xml", content)


def _docx_part(data: bytes) -> bytes:
    """The first byte says which part the others are the content of."""
    part = _DOCX_PARTS[data[0] % len(_DOCX_PARTS)] if data else "document"
    return _docx(part, data[1:].decode("utf-8", "surrogateescape"))


def _docx_tree(data: bytes) -> bytes:
    part = _DOCX_PARTS[data[0] % 4] if data else "document"
    return _docx(part, _tree(data[1:], _DOCX_PIECES))


# ---- ODT

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_O = " ".join(f'xmlns:{name}="{_URN}{name}:1.0"' for name in ("office", "style", "text", "table"))
_O += f' xmlns:draw="{_URN}drawing:1.0" xmlns:fo="{_URN}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_ODT_BODY = (
    '<text:h text:outline-level="1">Goal 1: Connect women and girls</text:h><text:list text:style-name="L"><text:list-item>'
    "<text:p>Skills<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Said</text:p>"
    "</text:note-body></text:note></text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell>"
    '<text:p>Goal</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3"/></table:table-row></table:table>'
)
_ODT_STYLES = (
    '<style:style style:name="P" style:family="paragraph" style:parent-style-name="P" style:list-style-name="L">'
    '<style:text-properties fo:font-weight="bold"/></style:style><text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="i" style:num-suffix="." text:start-value="4"/>'
    "</text:list-style>"
)
_ODT_PIECES = (
    "/", "/", "/", "text:p", 'text:p text:style-name="P"', 'text:h text:outline-level="1"', 'text:h text:outline-level="999"',
    'text:h text:outline-level="x"', "<!-- --> Goal 1: Connect women <!-- -->", "<!-- --> will close gaps <!-- -->",
    "text:list", 'text:list text:style-name="L"', 'text:list text:continue-numbering="true"', "text:list-item",
    'text:list-item text:start-value="99999999999999999999"', 'text:list-item text:start-value="-5"', "text:list-header",
    "text:span", 'text:span text:style-name="P"', "<text:s/>", "<text:tab/>", "text:note", "text:note-citation",
    "text:note-body", "table:table", "table:table-row", "table:table-header-rows", "table:table-cell",
    'table:table-cell table:number-columns-repeated="999999999"', "table:covered-table-cell", "text:section",
    'text:section text:display="none"', "draw:frame", "draw:text-box", "text:tracked-changes", "text:hidden-text",
    "text:table-of-content", "office:annotation", "text:ruby", "text:ruby-text", "<!-- --> Strategic Plan 2024-2027 <!-- -->",
    "<!-- -->&#x202e;&#160;<!-- -->", 'style:style style:name="P" style:family="paragraph" style:parent-style-name="Q"',
    'style:style style:name="Q" style:family="paragraph" style:parent-style-name="P" style:default-outline-level="2"',
    '<style:text-properties fo:font-weight="bold"/>', '<style:text-properties text:display="none"/>',
    'text:list-style style:name="L"', "text:outline-style",
    '<text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix=")" text:display-levels="99"/>',
    '<text:list-level-style-number text:level="²" style:num-format="a" text:start-value="0"/>',
    '<text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="Goal "/>',
    '<text:list-level-style-bullet text:level="1"/>',
)  # fmt: skip


def _odt(inner: str, *, styles: bool) -> bytes:
    """Return an ODT file with this content or these styles."""
    body, given = (_ODT_BODY, inner) if styles else (inner, _ODT_STYLES)
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_O}><office:automatic-styles/><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_O}>{given}</office:document-styles>",
        "meta.xml": f"<m {_O}><dc:title>Strategic Plan 2024-2027</dc:title></m>",
    }
    return _archive({name: text.encode("utf-8", "surrogateescape") for name, text in parts.items()})


def _odt_part(data: bytes) -> bytes:
    """The first byte says whether the others are the text or its styles."""
    return _odt(data[1:].decode("utf-8", "surrogateescape"), styles=bool(data and data[0] % 2))


def _odt_tree(data: bytes) -> bytes:
    return _odt(_tree(data[1:], _ODT_PIECES), styles=bool(data and data[0] % 2))


# ---- PDF

_PDF_PAGE = (
    b"BT /F 12 Tf 72 700 Td (Goal 1: Connect women and girls) Tj 0 -20 Td (will close the divide) Tj ET"
)
_PDF_STEPS = (
    b"BT", b"ET", b"q", b"Q", b"/F 12 Tf", b"/F 24 Tf", b"/F 0 Tf", b"/F -9 Tf", b"/F 1e30 Tf", b"72 700 Td", b"0 -14 Td",
    b"0 -40 Td", b"200 0 Td", b"1e38 0 Td", b"-999999 5 Td", b"(Goal 1: ) Tj", b"(Connect women and girls) Tj",
    b"(will close the digital divide) Tj", b"(Strategic Plan 2024-2027) Tj", b"(- ) Tj", b"(1) Tj", b"( ) Tj",
    b"[(Re) -200 (so) 300 (lution 71)] TJ", b"T*", b"14 TL", b"1 0 0 1 72 500 Tm", b"0 1 -1 0 300 300 Tm",
    b"0 0 0 0 0 0 Tm", b"1e20 0 0 1e20 0 0 cm", b"-1 0 0 1 600 0 cm", b"3 Tr", b"0 Tr", b"5 Ts", b"900 Tz", b"0 Tz", b"99 Tw",
    b"-50 Tc", b"72 600 m 400 600 l S", b"72 400 m 72 600 l S", b"72 400 330 200 re S", b"100 450 80 60 re S", b"0 0 1e9 1e9 re f",
    b"0 -1e30 l S", b"/X Do", b"/Span <</ActualText (Goal 2)>> BDC", b"/P <</MCID 0>> BDC", b"/H1 <</MCID 1>> BDC", b"/Artifact BMC",
    b"EMC", b"<0041FFFE00> Tj", b"(\\001\\200\\255\\377) Tj", b"(\\(LDCs\\) ) Tj",
)  # fmt: skip


def _pdf(objects: bytes, content: bytes) -> bytes:
    """Return a PDF of a page with this content and another; PDFium finds the objects without a table of them."""
    cover = b"BT /F 20 Tf 72 700 Td (Strategic Plan 2024-2027) Tj ET"
    return b"".join(
        [
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/StructTreeRoot 7 0 R/Outlines 9 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[11 0 R 3 0 R]/Count 2>>endobj\n",
            b"11 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 12 0 R/Resources<</Font<</F 4 0 R>>>>>>endobj\n",
            b"12 0 obj<</Length %d>>stream\n" % len(cover) + cover + b"\nendstream endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/StructParents 0",
            b"/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>>>endobj\n",
            b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
            b"5 0 obj<</Length %d>>stream\n" % len(content) + content + b"\nendstream endobj\n",
            b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>stream\n",
            b"/X Do\nendstream endobj\n",
            b"7 0 obj<</Type/StructTreeRoot/K 8 0 R/ParentTree<</Nums[0[8 0 R 8 0 R]]>>>>endobj\n",
            b"8 0 obj<</Type/StructElem/S/H1/P 7 0 R/Pg 3 0 R/K[0 1 8 0 R]>>endobj\n",
            b"9 0 obj<</First 10 0 R/Last 10 0 R/Count 1>>endobj\n",
            b"10 0 obj<</Title(Goals)/Parent 9 0 R/Next 10 0 R/First 10 0 R/Dest[3 0 R/Fit]>>endobj\n",
            objects,
            b"\ntrailer<</Root 1 0 R/Size 20>>\n%%EOF",
        ]
    )


def _pdf_content(data: bytes) -> bytes:
    return _pdf(b"", data)


def _pdf_steps(data: bytes) -> bytes:
    """Each byte is an operator with its operands."""
    return _pdf(b"", b"\n".join(_PDF_STEPS[byte % len(_PDF_STEPS)] for byte in data))


def _pdf_objects(data: bytes) -> bytes:
    """The bytes are objects that may stand in for those of the page."""
    return _pdf(data, _PDF_PAGE)


# ---- HTML

_HTML_PIECES = (
    "/", "/", "/", "p", "div", "h1", "h2", "h6", "ul", "ol", 'ol start="-9" type="A"', 'ol start="999999"', "li",
    'li value="26"', "table", "tr", "td", "th", 'td colspan="99999999"', "<br>", "b", "a href=#x", "sup", "span", "dl", "dt",
    "dd", "blockquote", "pre", "main", "article", "nav", "header", "footer", "p hidden", 'div class="cookie-banner"', "details",
    "summary", "select", "svg", "math", "template", "script", "style", "textarea", "title", "<!--x-->", "<![CDATA[x]]>",
    "&#x202e;<wbr>", "&#0;&#xd800;<wbr>", "Goal 1: Connect women <wbr>", "will close the digital divide <wbr>",
    "Strategic Plan 2024-2027 <wbr>", "Our Vision<wbr>", "as Resolution 71 (Rev. Bucharest, 2022) says<wbr>", "1.1 <wbr>", "form",
    "frameset", "body", "html", "caption", "colgroup", "tbody", "foreignObject", "ruby", "rt",
)  # fmt: skip


def _html_tree(data: bytes) -> bytes:
    return _tree(data, _HTML_PIECES).encode("utf-8")


def _encoded(encoding: str) -> Target:
    text = _PLAN.replace("{1}", "").replace("{2}", "")
    return Target(
        "text", (text.encode(encoding, "replace"), _LANGUAGES.encode(encoding, "replace")), encoding=encoding
    )


_MHTML = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x; start="<a>"\r\n\r\n--x\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: "
)


def _mhtml(data: bytes) -> bytes:
    """Return an archived page whose transfer encoding is chosen by the first byte."""
    encoding = (b"quoted-printable", b"base64", b"8bit", b"x")[data[0] % 4 if data else 0]
    return _MHTML + encoding + b"\r\n\r\n" + data[1:] + b"\r\n--x\r\nContent-Type: image/gif\r\n\r\n\r\n--x--"


_PLAIN = _PLAN.replace("{1}", "").replace("{2}", "").encode()
_MARKDOWN = (_PLAN.replace("{1}", "# ").replace("{2}", "## ") + _TABLE).encode()

TARGETS: dict[str, Target] = {
    "text": Target("text", (_PLAIN, _LANGUAGES.encode())),
    "markdown": Target("markdown", (_MARKDOWN, b"---\ntitle: A\n---\n" + _MARKDOWN)),
    "html": Target("html", (_PAGE.encode(),)),
    "html_tree": Target("html", (bytes([5, 50, 0, 8, 12, 50, 0, 0, 3, 51]),), _html_tree),
    "asciidoc": Target("asciidoc", (_ADOC.encode(),)),
    "restructuredtext": Target("restructuredtext", (_RST.encode(),)),
    "any": Target(None, (_PLAIN, _MARKDOWN, _PAGE.encode(), _PLAIN.decode().encode("utf-16"), _ADOC.encode())),
    "utf16": _encoded("utf-16"),
    "utf16le": _encoded("utf-16-le"),
    "utf7": _encoded("utf-7"),
    "latin1": _encoded("windows-1252"),
    "gb18030": _encoded("gb18030"),
    "iso2022": _encoded("iso2022_jp_2004"),
    "docx": Target("docx", (_docx("core", "<dc:title>Strategic Plan 2024-2027</dc:title>"),)),
    "docx_part": Target("docx", (b"\0" + _DOCX_BODY.encode(), b"\1" + _DOCX_STYLES.encode(), b"\2" + _DOCX_NUMBERING.encode()), _docx_part),
    "docx_tree": Target("docx", (bytes([0, 3, 4, 5, 6, 0, 0, 0, 24, 25, 26, 3, 4, 5, 7]),), _docx_tree),
    "pptx": Target("pptx", (_pptx_part(_SLIDE.encode()),)),
    "pptx_part": Target("pptx", (_SLIDE.encode(),), _pptx_part),
    "xlsx": Target("xlsx", (_xlsx_part(_SHEET.encode()),)),
    "xlsx_part": Target("xlsx", (_SHEET.encode(),), _xlsx_part),
    "odt": Target("odt", (_odt(_ODT_BODY, styles=False),)),
    "odt_part": Target("odt", (b"\0" + _ODT_BODY.encode(), b"\1" + _ODT_STYLES.encode()), _odt_part),
    "odt_tree": Target("odt", (bytes([0, 5, 8, 0, 11, 13, 3, 9, 0, 0, 0, 24, 25, 27, 3, 8]),), _odt_tree),
    "pdf": Target("pdf", (_pdf(b"", _PDF_PAGE),)),
    "pdf_content": Target("pdf", (_PDF_PAGE,), _pdf_content),
    "pdf_steps": Target("pdf", (bytes([0, 4, 9, 15, 16, 10, 17, 1, 38, 37]),), _pdf_steps),
    "pdf_objects": Target("pdf", (b"13 0 obj<</A[1 0 R]>>endobj", b"4 0 obj<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>>>endobj",), _pdf_objects),
    "mhtml": Target("mhtml", (_MHTML + b"8bit\r\n\r\n" + _PAGE.encode(),)),
    "mhtml_page": Target("mhtml", (b"\2" + _PAGE.encode(), b"\0" + _PAGE.replace("=", "=3D").encode()), _mhtml),
    "akn": Target("akoma-ntoso", (_AKN.encode(),)),
    "stratml": Target("stratml", (_STRATML.encode(),)),
}  # fmt: skip
NAMES = tuple(TARGETS)


def seeds() -> Iterator[tuple[str, bytes]]:
    """Yield for each target, by its name, the inputs to begin with, as the fuzzer has them."""
    for number, (name, target) in enumerate(TARGETS.items()):
        for seed in target.seeds:
            yield name, bytes([number]) + seed
