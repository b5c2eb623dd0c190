"""Prints a Letter as a Word document: `document.xml` as text, one block one string, into a prepared package."""

from collections.abc import Iterator, MutableMapping
from itertools import takewhile

from tipletters.config import House
from tipletters.dates import long_date
from tipletters.letter import (
    HEADINGS,
    Block,
    Cell,
    Control,
    Head,
    Letter,
    Paragraph,
    Style,
    Table,
    plain_block,
    shown,
)
from tipletters.writers.controls import print_controls
from tipletters.writers.look import Look
from tipletters.writers.names import ADDRESSEE, CELL, DATE, FRAME, STRONG, STYLE_NAMES, style_id
from tipletters.writers.package import Package, prepare
from tipletters.writers.styles import WINDOW_FRAME
from tipletters.writers.wordml import LINE, PARAGRAPH, escaped, table
from tipletters.writers.zipped import packed, part

# What a block printed as, kept for one run and no longer.
Memo = MutableMapping[Block, str]

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {}>{}<w:body>{}{}</w:body></w:document>'
)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created><dc:creator>{author}</dc:creator>'
    "<dc:identifier>{reference}</dc:identifier><dc:language>{language}</dc:language>"
    "<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified><dc:title>{title}</dc:title>'
    "</cp:coreProperties>"
)
# Numbered lists for which a package has room; for more the next power of two, so that few packages are prepared.
_LISTS = 40
_LEVEL = 2  # quick; a higher one saves a few bytes of a few kilobytes
# A lead-in stays on the page of its list, a heading on that of its text, also where a letterhead's own styles let go.
_KEEP = "<w:keepNext/>"
_ITEMS = (Style.BULLET, Style.NUMBER)
_STYLE_IDS = {style: style_id(name) for style, name in STYLE_NAMES.items()}
_BOLD = f'<w:rPr><w:rStyle w:val="{style_id(STRONG)}"/></w:rPr>'


def write_docx(letter: Letter, look: Look, house: House, memo: Memo) -> bytes:
    """Return the letter as a Word document.

    Args:
        letter: one recipient's copy.
        look: sizes and colours.
        house: the organisation's logo, letterhead and name.
        memo: what blocks printed as earlier in this run; blocks that are new are added.

    Raises:
        CaseError: the logo or letterhead cannot be used.
    """
    package = package_for(letter, look, house)
    body = "".join((*_of_head(letter.head), *_of_blocks(letter.blocks, dict(package.lists), look, memo)))
    background = f'<w:background w:color="{package.background}"/>' if package.background else ""
    document = _DOCUMENT.format(_NAMESPACES, background, body, package.section)
    return _zipped(package, letter.head, document)


def package_for(letter: Letter, look: Look, house: House) -> Package:
    """Return the prepared package into which a letter is printed; it holds no text of the letter.

    Args:
        letter: one recipient's copy; only the count of its numbered lists matters.
        look: sizes and colours.
        house: the organisation's logo, letterhead and name.

    Raises:
        CaseError: the logo or letterhead cannot be used.
    """
    lists = sum(map(_begins_list, (None, *letter.blocks), letter.blocks))
    return prepare(house, look, _LISTS if lists <= _LISTS else 1 << lists.bit_length())


def _zipped(package: Package, head: Head, document: str) -> bytes:
    reference = escaped(head.reference).encode()
    made = (part("word/document.xml", document.encode(), _LEVEL), part("docProps/core.xml", _core(head).encode(), 0))
    return packed((*package.parts, *made, *(one.filled(reference) for one in package.moulds)))


def _core(head: Head) -> str:
    return _CORE.format(
        day=head.date.isoformat(),
        author=escaped(head.author),
        reference=escaped(head.reference),
        language=escaped(head.language),
        title=escaped(head.title),
    )


def _of_head(head: Head) -> Iterator[str]:
    for line in head.addressee:
        yield PARAGRAPH.format(style_id(ADDRESSEE), WINDOW_FRAME, _run(line, False))
    for line in head.frame:
        yield PARAGRAPH.format(style_id(FRAME), "", _run(line, False))
    yield PARAGRAPH.format(style_id(DATE), "", _run(long_date(head.date), False))


def _begins_list(before: Block | None, block: Block) -> bool:
    return _is_number(block) and not _is_number(before)


def _is_number(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.NUMBER


def _of_blocks(blocks: tuple[Block, ...], lists: dict[str, int], look: Look, memo: Memo) -> Iterator[str]:
    number = lists["number"] - 1
    has_controls = any(isinstance(block, Control) for block in blocks)
    for index, (before, block) in enumerate(zip((None, *blocks), blocks, strict=False)):
        if isinstance(block, Control):
            if not isinstance(before, Control):
                controls = takewhile(lambda one: isinstance(one, Control), blocks[index:])
                yield print_controls([one for one in shown(controls) if isinstance(one, Control)], look)
            continue
        number += _begins_list(before, block)
        printed = memo.get(block)
        if printed is None:
            printed = memo[block] = _of_block(block, lists)
        leads = _is_signed(blocks, index) or _is_last_but_one(blocks, index)
        leads = leads or (has_controls and _leads_to_control(blocks, index))
        if leads and _KEEP not in printed:
            printed = printed.replace('"/>', f'"/>{_KEEP}', 1)
        yield printed.replace(_NUMBER_HERE, f'"{number}"') if _is_number(block) else printed


def _is_signed(blocks: tuple[Block, ...], index: int) -> bool:
    """Say whether a paragraph is the closing, or the space below it, so that no page ends between it and the name."""
    near = blocks[index : index + 2]
    return any(isinstance(one, Paragraph) and one.style is Style.SIGNATURE for one in near)


def _is_last_but_one(blocks: tuple[Block, ...], index: int) -> bool:
    """Say whether an item is the last but one of its list, so that the last never stands on a page alone."""
    return [_is_item(blocks, index + more) for more in (0, 1, 2)] == [True, True, False]


def _is_item(blocks: tuple[Block, ...], index: int) -> bool:
    block = blocks[index] if 0 <= index < len(blocks) else None
    return isinstance(block, Paragraph) and block.style in _ITEMS


def _leads_to_control(blocks: tuple[Block, ...], index: int) -> bool:
    """Say whether a paragraph stands so near before a control that a page must not end between them."""
    if not isinstance(blocks[index], Paragraph):
        return False
    near = blocks[index + 1 : index + 4]
    until = next((n for n, one in enumerate(near) if not _is_words(one)), len(near))
    return any(isinstance(one, Control) for one in near[until : until + 1])


def _is_words(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style is not Style.SHEET


# Where the number of a numbered list will stand; an attribute's value, so no letter text can hold it unescaped.
_NUMBER_HERE = '"<list>"'


def _of_block(block: Block, lists: dict[str, int]) -> str:
    made = plain_block(block)
    if made is None or isinstance(made, Control):
        return ""
    if isinstance(made, Table):
        return _table(made)
    runs = "".join(_run(run.text, run.bold) for run in made.runs)
    leads = made.style in HEADINGS or (made.style is Style.BODY and made.text.endswith(":"))
    keep = _KEEP if leads else ""
    return PARAGRAPH.format(_STYLE_IDS[made.style], keep + _list_properties(made.style, lists), runs)


def _list_properties(style: Style, lists: dict[str, int]) -> str:
    if style is Style.NUMBER:
        number = _NUMBER_HERE
    elif style in (Style.BULLET, Style.TICK):
        number = f'"{lists[style.value]}"'
    else:
        return ""
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val={number}/></w:numPr>'


def _run(text: str, bold: bool) -> str:
    return f'<w:r>{_BOLD if bold else ""}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _table(block: Table) -> str:
    width = max(len(row.cells) for row in block.rows)
    column = LINE // width
    rows = "".join(_row(row.cells, column, head=False) for row in block.rows)
    head = _row(block.header, column, head=True) if block.header else ""
    return table(head + rows, width, column * width, has_head=bool(head))


def _row(cells: tuple[Cell, ...], width: int, *, head: bool) -> str:
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    printed = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + PARAGRAPH.format(style_id(CELL), "", "".join(_run(run.text, run.bold) for run in cell))
        + "</w:tc>"
        for cell in cells
    )
    return f"<w:tr>{properties}{printed}</w:tr>"
