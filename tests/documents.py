"""Word documents as the world makes them, written part by part, so that tests know every run in them. All people are invented."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'mc:Ignorable="w14"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SECTION = '<w:sectPr>{}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='24'/></w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/></w:style>'
)


def _level(number: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{_level(0, "bullet", "•")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{_level(0, "decimal", "%1.")}{_level(1, "decimal", "%1.%2")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>{_level(0, "lowerLetter", "%1)")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
# Name of a part → its kind of relation, its content type, its root element.
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_KINDS = {
    "styles.xml": ("styles", "styles"),
    "numbering.xml": ("numbering", "numbering"),
    "header1.xml": ("header", "hdr"),
    "footer1.xml": ("footer", "ftr"),
    "footnotes.xml": ("footnotes", "footnotes"),
    "endnotes.xml": ("endnotes", "endnotes"),
    "comments.xml": ("comments", "comments"),
    "settings.xml": ("settings", "settings"),
}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MODIFIED = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dc:creator>Sam Reid</dc:creator><dcterms:modified xsi:type="dcterms:W3CDTF">2026-05-12T09:30:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)


def word(body: str, section: str = "", **parts: str) -> bytes:
    """Return a Word document: its body, and other parts by their name without ending."""
    files = {"styles.xml": STYLES, "numbering.xml": NUMBERING, **{f"{name}.xml": text for name, text in parts.items()}}
    relations, types = [], []
    for number, name in enumerate(files, start=1):
        kind, _ = _KINDS[name]
        relations.append(f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{name}"/>')
        types.append(f'<Override PartName="/word/{name}" ContentType="{_WORD.format(kind)}"/>')
        section = section.replace(f"{{{name}}}", f"rId{number}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, text: str) -> None:
            archive.writestr(zipfile.ZipInfo(name, (2026, 5, 12, 9, 30, 0)), HEAD + text, zipfile.ZIP_DEFLATED)

        put(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD.format("document.main")}"/>'
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            f"{''.join(types)}</Types>",
        )
        put(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        )
        put("docProps/core.xml", _CORE)
        put(
            "word/document.xml",
            f"<w:document {NS}><w:body>{body}{SECTION.format(section)}</w:body></w:document>",
        )
        put(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>',
        )
        for name, text in files.items():
            root = _KINDS[name][1]
            put(f"word/{name}", f"<w:{root} {NS}>{text}</w:{root}>")
    return out.getvalue()


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, properties: str = "") -> str:
    """Return a paragraph of runs or plain words."""
    runs = "".join(one if one.startswith("<") else r(one) for one in inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def styled(style: str, text: str) -> str:
    return p(text, properties=f'<w:pStyle w:val="{style}"/>')


def item(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: tuple[str, ...], head: bool = False) -> str:
    def row(cells: tuple[str, ...], first: bool) -> str:
        made = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{cell if cell.startswith("<") else p(cell)}</w:tc>'
            for cell in cells
        )
        return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head and first else ''}{made}</w:tr>"

    grid = "".join('<w:gridCol w:w="3000"/>' for _ in rows[0])
    made = "".join(row(cells, number == 0) for number, cells in enumerate(rows))
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'


def field(code: str, result: str) -> str:
    """Return a complex field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f'{mark.format("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{mark.format("separate")}{r(result)}{mark.format("end")}'


def picked(*entries: str) -> str:
    """Return a list that drops down, with its last entry picked."""
    listed = f'<w:result w:val="{len(entries) - 1}"/>' + "".join(f'<w:listEntry w:val="{one}"/>' for one in entries)
    opened = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="d"/><w:enabled/><w:calcOnExit w:val="0"/><w:ddList>{listed}</w:ddList></w:ffData></w:fldChar>'
    made = field("FORMDROPDOWN", "")
    return made.replace('<w:fldChar w:fldCharType="begin"/>', opened, 1)


def emoji(text: str) -> str:
    """Return what stands in a run for signs that older programs do not know, as Word writes it."""
    return f'<mc:AlternateContent><mc:Choice Requires="w14"/><mc:Fallback><w:t>{text}</w:t></mc:Fallback></mc:AlternateContent>'


def box(*paragraphs: str) -> str:
    """Return a run with a text box, as Word writes it: once for new and once for old programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="2000000" cy="700000"/><wp:docPr id="7" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="700000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:shape style="width:150pt;height:50pt"><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )


def link(text: str) -> str:
    return f'<w:hyperlink w:anchor="top">{r(text)}</w:hyperlink>'


def control(text: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="Name"/><w:tag w:val="name"/><w:id w:val="51"/></w:sdtPr><w:sdtContent>{r(text)}</w:sdtContent></w:sdt>'


def change(kind: str, text: str, number: int = 900) -> str:
    inner = r(text) if kind == "ins" else f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:{kind} w:id="{number}" w:author="Dr Hart" w:date="2026-05-01T10:00:00Z">{inner}</w:{kind}>'


def note(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(kind: str, text: str) -> str:
    return (
        f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:id="1">{p(f"<w:r><w:{kind}Ref/></w:r>", r(text))}</w:{kind}>'
    )


DEAR = p("Dear Anna,")
BAD = "You have bilateral oedema and we will refer you to the CMHT."
SHE = "She reports that she feels tired."
BYE = p("Yours sincerely")
REFERS = '<w:headerReference w:type="default" r:id="{header1.xml}"/><w:footerReference w:type="default" r:id="{footer1.xml}"/>'
RIGHT = "<w:rtl/>"
RED = '<w:color w:val="FF0000"/>'


def _forty(text: str) -> str:
    """A sentence that Word has cut into many runs, some of them bold or red, with a proofing mark between."""
    size = max(len(text) // 40, 1)
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    looks = ("", "<w:b/>", RED, "")
    return p(
        "".join(
            r(part, looks[number % 4]) + ('<w:proofErr w:type="spellStart"/>' if number % 7 == 3 else "")
            for number, part in enumerate(parts)
        )
    )


def _commented() -> bytes:
    around = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    body = DEAR + p(around.format(r("You have bilateral oedema.")), r(" We will refer you to the CMHT."))
    comment = f'<w:comment w:id="0" w:author="Dr Hart" w:date="2026-05-01T10:00:00Z" w:initials="DH">{p("Is this right?")}</w:comment>'
    return word(body + BYE, comments=comment)


def long(pages: int) -> bytes:
    """A document of so many pages: about 450 words each, with a table on each."""
    words = "You came to see us in May and we talked about how you sleep and what you would like to do next. "
    page = (
        "".join(p(words * 3 + f"This is part {{}}.{number} of it. {BAD}") for number in range(6))
        + table(("Medicine", "Dose"), ("sertraline", "50 mg"))
        + p(words)
    )
    return word(DEAR + "".join(page.format(*[number] * 6) for number in range(pages)) + BYE)


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "plain": lambda: word(DEAR + p(BAD) + BYE),
    "old style": lambda: word(DEAR + p("Thank you for referring this lady.") + p(SHE) + p(BAD) + BYE),
    "forty runs": lambda: word(DEAR + _forty(BAD) + _forty(SHE) + BYE),
    "one run a letter": lambda: word(DEAR + p("".join(map(r, BAD))) + BYE),
    "nested tables": lambda: word(DEAR + table(("<w:p/>" + table((BAD, "x"), ("y", table((BAD, "deep")) + "<w:p/>")) + "<w:p/>", "b")) + p("After.") + BYE),
    "layout table": lambda: word(table((DEAR + p(BAD) + p("And more. " * 3), p("Mill Lane") + p("Anytown"))) + p("End.")),
    "data table": lambda: word(DEAR + table(("Medicine", "What for"), ("sertraline", "oedema"), ("", "bilateral oedema"), head=True) + p("After.")),
    "comments there already": _commented,
    "changes there already": lambda: word(DEAR + p(r("You have "), change("ins", "bilateral oedema", 901), change("del", "a swelling", 902), r(" and we will refer you to the CMHT.")) + BYE),
    "moved text": lambda: word(DEAR + p('<w:moveFrom w:id="5" w:author="Dr Hart" w:date="2026-05-01T10:00:00Z">' + r("Gone oedema.") + "</w:moveFrom>", '<w:moveTo w:id="6" w:author="Dr Hart" w:date="2026-05-01T10:00:00Z">' + r("Come oedema.") + "</w:moveTo>") + BYE),
    "text box": lambda: word(DEAR + p(r("Look: "), box(p(BAD))) + p("After.") + BYE),
    "two text boxes in a table": lambda: word(DEAR + table((p(box(p(BAD))), p(box(p("Bring this.") + p("Your carer reports oedema."))))) + BYE),
    "footnote": lambda: word(DEAR + p(r("Your test"), note("footnote", 1), r(" is back.")) + BYE, footnotes=notes("footnote", BAD)),
    "endnote": lambda: word(DEAR + p(r("Your test"), note("endnote", 1), r(" is back.")) + BYE, endnotes=notes("endnote", BAD)),
    "header and footer": lambda: word(DEAR + p("Your test is back.") + BYE, REFERS, header1=p("The CMHT at the Harbour Centre"), footer1=p(r("Oedema clinic, page "), field("PAGE", "1"))),
    "numbered headings": lambda: word(styled("Heading1", "Your oedema") + p(BAD) + styled("Heading2", "What next") + p(BAD) + styled("Heading1", "Your plan") + styled("Heading2", "The CMHT")),
    "lists": lambda: word(DEAR + item("walk each day") + item(BAD) + item("first", 3) + item("second with oedema", 3) + item("again first", 4) + item("one", 2) + item("one one", 2, 1)),
    "smart quotes": lambda: word(DEAR + p("You said “I feel like a burden” and ‘my oedema’ isn’t better… – it’s worse.") + p("The “oedema” – bilateral – hasn’t gone.") + BYE),
    "right to left": lambda: word(DEAR + p(r("שלום ", RIGHT), r("oedema", RIGHT), r(" مرحبا", RIGHT), properties="<w:bidi/>") + p(BAD) + BYE),
    "hidden text": lambda: word(DEAR + p(r("You have "), r("secret oedema ", "<w:vanish/>"), r("ghost oedema ", '<w:rStyle w:val="Ghost"/>'), r("bilateral oedema.")) + BYE),
    "complex field": lambda: word(DEAR + p(r("On "), field('DATE \\@ "d MMMM"', "12 May with oedema"), r(" you have oedema.")) + BYE),
    "nested fields": lambda: word(DEAR + p(r("See "), f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> IF </w:instrText></w:r>{field("REF oedema", "hidden code")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("your oedema")}<w:r><w:fldChar w:fldCharType="end"/></w:r>', r(" and oedema.")) + BYE),
    "simple field": lambda: word(DEAR + p(r("To "), f'<w:fldSimple w:instr=" MERGEFIELD Name ">{r("Anna with oedema")}</w:fldSimple>', r(", you have oedema.")) + BYE),
    "links": lambda: word(DEAR + p(r("Read "), link("about oedema"), r(" and about oedema here.")) + BYE),
    "content controls": lambda: word(DEAR + p(r("To "), control("bilateral oedema"), r(" with oedema.")) + f'<w:sdt><w:sdtPr><w:id w:val="52"/></w:sdtPr><w:sdtContent>{p(BAD)}</w:sdtContent></w:sdt>' + BYE),
    "symbols": lambda: word(DEAR + p(r("Take 5 "), '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>', r("g for oedema "), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>') + BYE),
    "soft hyphens": lambda: word(DEAR + p("You have bi\u00adlateral oe\u200bdema.") + p(r("You have oe"), "<w:r><w:softHyphen/></w:r>", r("dema and a follow"), "<w:r><w:noBreakHyphen/></w:r>", r("up.")) + BYE),
    "tabs and breaks": lambda: word(p("<w:r><w:t>Anna Wren</w:t><w:br/><w:t>1 Mill Lane</w:t><w:br/><w:t>Anytown</w:t></w:r>") + DEAR + p("<w:r><w:t>Problem:</w:t><w:tab/><w:t>bilateral oedema and</w:t><w:br/><w:t>the CMHT</w:t><w:tab/></w:r>") + BYE),
    "many formats": lambda: word(DEAR + p(r("You have "), r("bilateral", "<w:b/><w:i/><w:u w:val='single'/>"), r(" oedema", '<w:highlight w:val="yellow"/>'), r(" of your leg.")) + BYE),
    "bookmarks": lambda: word(DEAR + p('<w:bookmarkStart w:id="3" w:name="here"/>', r("You have bila"), '<w:bookmarkEnd w:id="3"/>', r("teral oe"), '<w:bookmarkStart w:id="4" w:name="there"/>', r("dema."), '<w:bookmarkEnd w:id="4"/>') + BYE),
    "empty paragraphs": lambda: word("<w:p/>" + DEAR + "<w:p/><w:p><w:r/></w:p>" + p(BAD) + "<w:p/>"),
    "smart tags": lambda: word(DEAR + p(r("In "), f'<w:smartTag w:uri="urn:x" w:element="place">{r("London with oedema")}</w:smartTag>', r(" oedema.")) + BYE),
    "line for line": lambda: word("".join(p(line) for line in (f"Re: Mrs Anna Wren, CMHT\nDiagnosis: bilateral oedema\n{SHE}\nPlan: refer to the CMHT").split("\n"))),
    "doses and numbers": lambda: word(DEAR + p("Take sertraline 50 mg od for 2 weeks, not more. Your left leg has oedema.") + BYE),
    "picked from a list": lambda: word(DEAR + p(r("You have "), picked("asthma", "bilateral oedema"), r(" of your leg.")) + BYE),
    "emoji": lambda: word(DEAR + p(r("You have "), f"<w:r>{emoji('Take care of oedema ☺')}<w:t> and rest.</w:t></w:r>") + BYE),
    "field without end": lambda: word(DEAR + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>', r("See"), field("REF oedema", " it.")) + p(BAD) + BYE),
    "six pages": lambda: long(6),
}  # fmt: skip
