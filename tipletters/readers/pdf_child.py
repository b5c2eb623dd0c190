"""The process that reads one PDF: bytes come in, what stands on its pages goes out in JSON. Only `pdf.py` starts it."""

import contextlib
import io
import json
import logging
import sys
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

_MEMORY = 1_500_000_000
_SECONDS = 60
_HIDDEN = 2 | 32  # flags of an annotation: hidden, not on the screen
_SHOWN = ("/Widget", "/FreeText", "/Stamp")  # annotations whose words stand on the page; others are notes about it
_NO_NOTES = ("/Link", "/Popup")
_PROSE = 20  # letters in a line of a narrow column
_COVERED = 0.4  # of the page; a logo covers less, a scan nearly all


class _Line(NamedTuple):
    """One line, and where it begins, in points from the lower left corner."""

    x: float
    y: float
    text: str


def _page(page: Any) -> dict[str, Any]:
    """Return a page's lines, column by column, what stands beside them (fields, stamps), and what else is on it."""
    shown, notes = _laid_over(page)
    written = _Written(page)
    columns = written.columns()
    lines, missed = (columns, "") if columns else _lines(page, written.plain)
    beside = [one for one in (missed, *shown) if one.strip()]
    return {"parts": lines, "beside": beside, "notes": notes, "pictured": written.covered > _COVERED}


class _Written:
    """What a page says in the order in which its program wrote it, which is that of reading.

    Attributes:
        plain: all of it.
        covered: the share of the page that pictures lie on.
    """

    def __init__(self, page: Any) -> None:
        self.covered = 0.0
        self._lines: list[_Line] = []
        self._open = True
        area = float(page.mediabox.width * page.mediabox.height) or 1.0

        def picture(operator: bytes, operands: Any, now: list[float], _: Any) -> None:
            if operator == b"Do" and _is_picture(page, operands[0]):
                self.covered += abs(now[0] * now[3] - now[1] * now[2]) / area

        self.plain = ""
        with contextlib.suppress(Exception):  # it stumbles where the layout mode may not
            self.plain = page.extract_text(visitor_text=self._text, visitor_operand_before=picture)

    def _text(self, text: str, now: list[float], at: list[float], *_: Any) -> None:
        first, *more = text.split("\n")
        for number, piece in enumerate((first, *more)):
            self._open |= number > 0
            if piece.strip() and self._open:
                x, y = (at[4] * now[n] + at[5] * now[n + 2] + now[n + 4] for n in (0, 1))
                self._lines.append(_Line(x, y, piece))
                self._open = False
            elif piece and not self._open:
                self._lines[-1] = self._lines[-1]._replace(text=self._lines[-1].text + piece)

    def columns(self) -> list[str]:
        """Return the page part by part where it has columns of prose, else nothing: a table is read row by row."""
        steps = Counter(round(one.y - two.y) for one, two in pairwise(self._lines) if 4 < one.y - two.y < 40)
        step = steps.most_common(1)[0][0] if steps else 0
        starts = [
            number for number, line in enumerate(self._lines) if number and line.y > self._lines[number - 1].y + step
        ]
        cuts = set[int]()
        for before, start, end in zip([0, *starts], starts, [*starts[1:], len(self._lines)], strict=False):
            left = [line for line in self._lines[before:start] if line.y < self._lines[start].y + step / 2]
            edge = max((line.x for line in left), default=0.0)
            right = self._lines[start : next((n for n in range(start, end) if self._lines[n].x <= edge), end)]
            if _is_prose(left) and _is_prose(right):
                cuts |= {start - len(left), start, start + len(right)}
        gaps = [one.y - two.y > 1.3 * step for one, two in pairwise(self._lines)]
        texts = [line.text + "\n" * (gap + 1) for line, gap in zip(self._lines, (*gaps, False), strict=False)]
        edges = sorted({0, *cuts, len(texts)}) if cuts else []
        return ["".join(texts[one:two]) for one, two in pairwise(edges)]


def _is_prose(lines: list[_Line]) -> bool:
    """Say whether this is a column; of labels, and of what was filled in beside them, each line is short."""
    return len(lines) > 2 and median(len(line.text) for line in lines) >= _PROSE


def _is_picture(page: Any, name: str) -> bool:
    try:
        return bool(page["/Resources"]["/XObject"][name]["/Subtype"] == "/Image")
    except (KeyError, TypeError):
        return False  # it belongs to a form inside the page


def _lines(page: Any, plain: str) -> tuple[list[str], str]:
    """Return a page's lines as they are laid out, and those that stand beside them.

    The layout mode knows the empty lines, but neither what lies sideways, nor forms inside the page, nor every font.
    The plain mode tells what it missed; where that is not plain to see, all lines are those of the plain mode.
    """
    if not plain:
        return [page.extract_text(extraction_mode="layout")], ""
    with contextlib.suppress(Exception):  # whatever a strange font brings
        laid = page.extract_text(extraction_mode="layout")
        known, every = _squeezed(laid), Counter(_squeezed(plain))
        if not every - Counter(known):
            return [laid], ""
        missed = "\n".join(line for line in plain.splitlines() if _squeezed(line) not in known)
        if known and not every - Counter(known + _squeezed(missed)):
            return [laid], missed
    return [plain], ""


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _laid_over(page: Any) -> tuple[list[str], bool]:
    """Return the words of fields, stamps and boxes that lie over a page, and whether other notes hold words."""
    shown, notes = [], False
    for link in page.annotations or ():
        try:
            one = link.get_object()
            kind, hidden = one.get("/Subtype"), int(one.get("/F", 0)) & _HIDDEN
            if kind in _SHOWN and not hidden:
                shown.append(_words(page, one))
            elif kind not in _NO_NOTES:
                notes |= bool(_held(one).strip())
        except Exception:  # noqa: BLE001 - one that is damaged hides no other; what it held cannot be told
            notes = True
    return shown, notes


def _words(page: Any, one: Any) -> str:
    """Return what an annotation shows, else what it holds; the tick of a box is no word."""
    if _value(one, "/FT") == "/Btn":
        return ""
    drawn = one["/AP"]["/N"] if "/AP" in one and "/N" in one["/AP"] else None
    text = page.extract_xform_text(drawn) if hasattr(drawn, "get_data") else ""
    return text if text.strip() else _held(one)


def _held(one: Any) -> str:
    held = _value(one, "/Contents") or _value(one, "/V") or ""
    return "\n".join(map(str, held)) if isinstance(held, list) else str(held)


def _value(one: Any, key: str) -> Any:
    """Return a value of an annotation, or of the field that it is a part of."""
    return one[key] if key in one else one["/Parent"].get(key) if "/Parent" in one else None


def main() -> None:
    """Read a PDF from standard input; say "password" where it has one, and nothing where it is damaged."""
    with contextlib.suppress(
        ImportError, ValueError, OSError
    ):  # Windows has no such limits; there the time alone counts
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    logging.disable(logging.CRITICAL)  # what pypdf logs could hold words of the letter
    import pypdf

    answer: object = None
    with contextlib.suppress(Exception):
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
        answer = "password" if reader.is_encrypted else None
        if not reader.is_encrypted or reader.decrypt(""):
            answer = None
            answer = {"pages": [_page(page) for page in reader.pages], "files": _carries(reader)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _carries(reader: Any) -> bool:
    """Say whether files were put inside; what cannot be told counts as yes."""
    try:
        return any(True for _ in reader.attachment_list)
    except Exception:  # noqa: BLE001 - a damaged list
        return True


if __name__ == "__main__":
    main()
