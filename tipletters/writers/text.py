"""Prints a Letter as plain text, for a screen reader or a portal: one paragraph a line, a table's rows as sentences."""

from collections.abc import Iterator, MutableMapping

from tipletters.config import House
from tipletters.dates import long_date
from tipletters.letter import LISTS, Block, Control, Fill, Letter, Paragraph, Style, Table, clean, shown, words_of
from tipletters.writers.look import Look

_SIGNS = {Style.BULLET: "- ", Style.TICK: "[ ] ", Style.WRITE: "________ ", Style.SIGNATURE: ""}


def write_text(letter: Letter, look: Look, house: House, memo: MutableMapping[Block, str]) -> bytes:
    """Return the letter as UTF-8 text.

    Args:
        letter: one recipient's copy.
        look: not used; text looks as its reader sets it.
        house: the organisation's name and address.
        memo: not used.
    """
    organisation, head = house.config.organisation, letter.head
    parts = [
        "\n".join(filter(None, [organisation.name, *organisation.address])),
        "\n".join(head.addressee),
        "\n".join(head.frame),
        long_date(head.date),
        *_blocks(letter.blocks),
        f"Reference {head.reference}",
    ]
    return ("\n\n".join("\n".join(map(clean, part.split("\n"))) for part in parts if part) + "\n").encode()


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield what stands between blank lines: a paragraph, a list, a row."""
    items: list[str] = []
    number = 0
    for block in shown(blocks):
        number = number + 1 if _style(block) is Style.NUMBER else 0
        if isinstance(block, Paragraph) and block.style in LISTS:
            items.append((f"{number}. " if number else _SIGNS[block.style]) + block.text)
            continue
        if items:
            yield "\n".join(items)
            items.clear()
        if isinstance(block, Table):
            yield from _rows(block)
        elif isinstance(block, Control):
            yield f"[ ] {block.text} ({block.key})" if block.fill is Fill.TICK else _asked(block)
        else:
            yield (_SIGNS.get(block.style, "") + block.text).strip()
    if items:
        yield "\n".join(items)


def _asked(control: Control) -> str:
    options = f" ({', '.join(control.options)})" if control.options else ""
    return f"{control.text}{options} ({control.key})\n________"


def _style(block: Block) -> Style | None:
    return block.style if isinstance(block, Paragraph) else None


def _rows(table: Table) -> Iterator[str]:
    names = list(map(words_of, table.header))
    for row in table.rows:
        cells = list(map(words_of, row.cells))
        named = zip(names or [""] * len(cells), cells, strict=True)
        yield "\n".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)
