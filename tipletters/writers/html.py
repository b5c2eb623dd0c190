"""Prints a Letter as one HTML file that needs nothing beside it: semantic, and readable to WCAG 2.2 AA."""

import base64
from collections.abc import Iterator, MutableMapping
from itertools import groupby

from markupsafe import Markup, escape

from tipletters.config import House
from tipletters.dates import long_date
from tipletters.letter import HEADINGS, Block, Cell, Control, Letter, Paragraph, Run, Style, Table, clean, shown
from tipletters.writers import form
from tipletters.writers.images import without_metadata
from tipletters.writers.look import Look

_LISTS = {Style.BULLET: "ul", Style.NUMBER: "ol", Style.TICK: 'ul class="tick"'}
_CLASSES = {Style.WRITE: ' class="write"', Style.SIGNATURE: ' class="signature"'}
_PAGE = Markup("""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="author" content="{author}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>{house}</header>
<main>
{addressee}{frame}<p>{date}</p>
<h1>{title}</h1>
{body}
</main>
<footer><p>Reference {reference}</p></footer>
{script}</body>
</html>
""")
_POLICY = Markup("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
_STYLE = (
    "body{{font:{size}pt/{line} Arial,Helvetica,sans-serif;color:#1f2a44;background:{background};"
    "max-width:42em;margin:0 auto;padding:1em}}p,li,td,th{{margin:0 0 {after}pt}}"
    "h1,h2,h3{{line-height:1.3;margin:1.2em 0 .4em;break-after:avoid}}"
    "h1{{font-size:1.3em}}h2{{font-size:1.2em}}h3{{font-size:1.1em}}"
    "header{{text-align:right}}header img{{float:left;max-height:5em}}header p,address{{margin:0;font-style:normal}}"
    "address{{margin:2em 0;clear:both}}.frame{{font-weight:bold}}table{{border-collapse:collapse;margin-bottom:1em}}"
    "th,td{{text-align:left;vertical-align:top;padding:.3em .6em;border:1px solid #767676}}th{{background:#e9edf5;"
    "color:#1f2a44}}.tick{{list-style:'\\2610\\00a0'}}.write{{border-bottom:1px solid #595959;min-height:2em}}"
    ".signature{{margin-top:3em;break-before:avoid;break-after:avoid}}"
    "footer{{margin-top:2em;border-top:1px solid #767676;padding-top:.5em}}"
    "@media print{{body{{max-width:none}}}}"
)


def write_html(letter: Letter, look: Look, house: House, memo: MutableMapping[Block, str]) -> bytes:
    """Return the letter as one self-contained HTML file.

    Args:
        letter: one recipient's copy.
        look: sizes and colours.
        house: the organisation's logo, name and address.
        memo: not used: HTML is quick to print.

    Raises:
        CaseError: the logo cannot be used.
    """
    head = letter.head
    background = f"#{look.background}" if look.background else "#fff"
    style = _STYLE.format(size=look.size, line=max(look.line, 1.4), after=look.after, background=background)
    policy, script, more = form.around(letter)
    style += more
    return _PAGE.format(
        language=clean(head.language),
        author=clean(head.author),
        title=clean(head.title),
        style=Markup(style),  # noqa: S704 - our own words and numbers
        house=_house(house),
        addressee=_lines("address", head.addressee),
        frame=Markup("").join(Markup('<p class="frame">{}</p>\n').format(clean(line)) for line in head.frame),
        date=long_date(head.date),
        body=html_of(letter.blocks),
        policy=_POLICY + policy,
        script=script,
        reference=clean(head.reference),
    ).encode()


def html_of(blocks: tuple[Block, ...]) -> Markup:
    """Return the words of a letter as a piece of a page."""
    return Markup("\n").join(_blocks(blocks))


def _lines(tag: str, lines: tuple[str, ...]) -> Markup:
    if not lines:
        return Markup("")
    inner = Markup("<br>").join(clean(line) for line in lines)
    return Markup("<{0}>{1}</{0}>\n").format(tag, inner)


def _house(house: House) -> Markup:
    organisation = house.config.organisation
    logo = house.file(organisation.logo)
    image = Markup("")
    if logo:
        data = base64.b64encode(without_metadata(logo).getvalue()).decode()
        alt = organisation.logo_alt or organisation.name
        image = Markup('<img alt="{}" src="data:image/png;base64,{}">').format(alt, data)
    return image + _lines("p", tuple(filter(None, [organisation.name, *organisation.address])))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Markup]:
    level = 2
    for style, group in groupby(shown(blocks), lambda block: block.style if isinstance(block, Paragraph) else None):
        for_list = _LISTS.get(style) if style else None
        if for_list:
            runs = [one.runs for one in group if isinstance(one, Paragraph)]
            items = Markup("\n").join(Markup("<li>{}</li>").format(_runs(one)) for one in runs)
            yield Markup("<{}>\n{}\n</{}>").format(Markup(for_list), items, for_list[:2])  # noqa: S704 - from _LISTS
            continue
        if style and HEADINGS.get(style) == 1:
            level = 3
        for block in group:
            if isinstance(block, Control):
                yield form.control(block)
            else:
                yield _table(block) if isinstance(block, Table) else _paragraph(block, level)


def _paragraph(block: Paragraph, level: int) -> Markup:
    text = _runs(block.runs)
    if HEADINGS.get(block.style) == 1:
        return Markup("<h2>{}</h2>").format(text)
    if block.style is Style.SUBHEADING:
        return Markup("<h{0}>{1}</h{0}>").format(level, text)
    return Markup("<p{}>{}</p>").format(Markup(_CLASSES.get(block.style, "")), text)  # noqa: S704 - from _CLASSES


def _runs(runs: tuple[Run, ...]) -> Markup:
    return Markup("").join(
        Markup("<strong>{}</strong>").format(run.text) if run.bold else escape(run.text) for run in runs
    )


def _table(table: Table) -> Markup:
    rows = Markup("\n").join(_row(row.cells, "td") for row in table.rows)
    head = Markup("<thead>{}</thead>\n").format(_row(table.header, "th")) if table.header else Markup("")
    return Markup("<table>\n{}<tbody>\n{}\n</tbody>\n</table>").format(head, rows)


def _row(cells: tuple[Cell, ...], tag: str) -> Markup:
    opening = Markup('<th scope="col">') if tag == "th" else Markup("<td>")
    inner = Markup("").join(opening + _runs(cell) + Markup("</{}>").format(tag) for cell in cells)
    return Markup("<tr>{}</tr>").format(inner)
