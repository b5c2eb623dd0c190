"""The named styles and lists of our Word documents, made with python-docx."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tipletters.letter import Style
from tipletters.writers.look import Look
from tipletters.writers.names import ADDRESSEE, CELL, FRAME, GAP, OF_PAPER, STRONG, STYLE_NAMES, TABLE, style_id

FONT = "Arial"
INK = RGBColor(0x1F, 0x2A, 0x44)
# Where a DL window envelope (BS 4264) shows the address of a letter folded in three.
WINDOW = {"x": Mm(25), "y": Mm(53), "w": Mm(85), "h": Mm(36)}
BULLETS, TICKS, FIRST_NUMBERED = 1, 2, 3


def put_styles(document: Document, look: Look, *, own: bool) -> None:
    """Give a document the styles that our letters use.

    Args:
        document: an open document.
        look: sizes and colours.
        own: also the look of the text; with an organisation's letterhead only the styles that it lacks are added.
    """
    have = {style.name for style in document.styles}
    if own:
        _defaults(document)
    for name in (*STYLE_NAMES.values(), *OF_PAPER):
        if own or name not in have:
            _put_style(document, name, look)
    _paragraph_extras(document)
    if STRONG not in have:
        document.styles.add_style(STRONG, WD_STYLE_TYPE.CHARACTER).font.bold = True
    if TABLE not in have:
        document.styles.element.append(parse_xml(_TABLE_STYLE))
    if own:
        _drop_unused(document)


def _defaults(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    document.styles.element.replace(defaults, parse_xml(_DOC_DEFAULTS))


def _put_style(document: Document, name: str, look: Look) -> None:
    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for part in ("w:pPr", "w:rPr"):
        for element in style.element.findall(qn(part)):
            style.element.remove(element)
    if name != "Normal":
        style.base_style = styles["Normal"]
    style.quick_style = True
    style.hidden = style.unhide_when_used = False
    font, paragraph = style.font, style.paragraph_format
    if name == "Normal":
        font.name, font.size = FONT, Pt(look.size)
        font._element.rPr.rFonts.set(qn("w:cs"), FONT)
        paragraph.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        paragraph.line_spacing, paragraph.space_after = look.line, Pt(look.after)
        paragraph.widow_control = True
    _adjust(name, font, paragraph, look)


def _adjust(name: str, font: Any, paragraph: Any, look: Look) -> None:
    """Set what makes each style differ from Normal."""
    if name in ("Heading 1", "Heading 2", "Letter Sheet"):
        font.bold, font.color.rgb = True, INK
        font.size = Pt(look.size + (1 if name == "Heading 2" else 3))
        paragraph.space_before, paragraph.space_after = Pt(look.after + 6), Pt(look.after - 4)
        paragraph.keep_with_next = True
        paragraph.page_break_before = name == "Letter Sheet" or None
    elif name in ("List Bullet", "List Number", "Letter Tick"):
        paragraph.space_after = Pt(look.after * 0.6)
    elif name == "Letter Line":
        paragraph.space_before = Pt(look.size)
    elif name == "Letter Signature":
        paragraph.space_before = Pt(look.size)
        paragraph.keep_with_next = True
    elif name == ADDRESSEE:
        paragraph.space_after, paragraph.line_spacing = Pt(0), 1.0
    elif name == FRAME:
        font.bold, font.color.rgb = True, INK
        paragraph.space_after = Pt(4)
    elif name == GAP:
        paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.after)
        paragraph.space_after = Pt(0)
    elif name == CELL:
        paragraph.space_after = Pt(2)


def _paragraph_extras(document: Document) -> None:
    """What python-docx has no words for: lists, and the line to write on."""
    _number(document, STYLE_NAMES[Style.BULLET], BULLETS)
    _number(document, STYLE_NAMES[Style.TICK], TICKS)
    _number(document, STYLE_NAMES[Style.NUMBER], FIRST_NUMBERED)
    sheet = document.styles[STYLE_NAMES[Style.SHEET]].element.get_or_add_pPr()
    if sheet.find(qn("w:outlineLvl")) is None:
        sheet.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))
    line = document.styles[STYLE_NAMES[Style.WRITE]].element.get_or_add_pPr()
    if line.find(qn("w:pBdr")) is None:
        spacing = line.find(qn("w:spacing"))
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="595959"/>'
            '<w:between w:val="single" w:sz="6" w:space="1" w:color="595959"/></w:pBdr>'
        )
        spacing.addprevious(border) if spacing is not None else line.append(border)


def _number(document: Document, name: str, number: int) -> None:
    properties: Any = document.styles[name].element.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_numId().val = number


def _drop_unused(document: Document) -> None:
    """Keep our own styles and those that Word needs; the rest of python-docx's default package goes."""
    names = {*STYLE_NAMES.values(), *OF_PAPER, STRONG, TABLE}
    kept = {style_id(name) for name in names} | {"DefaultParagraphFont", "TableNormal", "NoList"}
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in kept:
            document.styles.element.remove(style)
        for link in style.findall(qn("w:link")) + style.findall(qn("w:next")):
            style.remove(link)


_DOC_DEFAULTS = (
    f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    '<w:sz w:val="24"/><w:szCs w:val="24"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
# LibreOffice takes a frame from the paragraph alone, not from its style.
WINDOW_FRAME = (
    '<w:framePr w:w="{w}" w:h="{h}" w:hRule="exact" w:wrap="notBeside" w:vAnchor="page" '
    'w:hAnchor="page" w:x="{x}" w:y="{y}"/>'
).format(**{key: round(value.twips) for key, value in WINDOW.items()})
_LINE = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="8A8F99"/>'
_TABLE_STYLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{style_id(TABLE)}"><w:name w:val="{TABLE}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>'
    + "".join(_LINE.format(side) for side in ("top", "bottom", "insideH"))
    + '</w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E9EDF5"/>'
    "</w:tcPr></w:tblStylePr></w:style>"
)


def put_lists(document: Document, look: Look, numbered: int) -> dict[str, int]:
    """Give a document our lists: bullets, boxes to tick, and numbered lists that each begin at 1.

    A list's indent stands here and not in its style: both Word and LibreOffice take it from the list.

    Args:
        document: an open document.
        look: sizes and colours.
        numbered: how many numbered lists there are.

    Returns:
        The first number of each kind: "bullet", "tick", "number".
    """
    root = document.part.numbering_part.element
    abstracts, numbers = root.findall(qn("w:abstractNum")), root.findall(qn("w:num"))
    base = max((int(one.get(qn("w:abstractNumId"))) for one in abstracts), default=-1) + 1
    first = max((int(one.get(qn("w:numId"))) for one in numbers), default=0) + 1
    for offset, (form, text, font) in enumerate(
        (("bullet", "•", FONT), ("bullet", "☐", "Segoe UI Symbol"), ("decimal", "%1.", FONT))
    ):
        xml = parse_xml(_ABSTRACT.format(base + offset, form, text, font, look.size * 35, look.size * 25))
        numbers[0].addprevious(xml) if numbers else root.append(xml)
    for offset in range(2 + numbered):
        restart = _RESTART if offset >= 2 else ""
        root.append(parse_xml(_NUM.format(first + offset, base + min(offset, 2), restart)))
    return {"bullet": first, "tick": first + 1, "number": first + 2}


_ABSTRACT = (
    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{{0}}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="{4}" w:hanging="{5}"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="{3}" w:hAnsi="{3}" w:cs="{3}"/></w:rPr></w:lvl></w:abstractNum>'
)
_NUM = f'<w:num {nsdecls("w")} w:numId="{{0}}"><w:abstractNumId w:val="{{1}}"/>{{2}}</w:num>'
_RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
