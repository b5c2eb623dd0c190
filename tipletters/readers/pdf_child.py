"""The process that reads one PDF: bytes come in, what stands on its pages goes out in JSON. Only `pdf.py` starts it."""

import contextlib
import io
import json
import logging
import sys
from collections import Counter
from typing import Any

_MEMORY = 1_500_000_000
_SECONDS = 60
_HIDDEN = 2 | 32  # flags of an annotation: hidden, not on the screen
_SHOWN = ("/Widget", "/FreeText", "/Stamp")  # annotations whose words stand on the page; others are notes about it
_NO_NOTES = ("/Link", "/Popup")


def _page(page: Any) -> dict[str, Any]:
    """Return a page's lines, what stands beside them (fields, stamps), and whether it has notes."""
    shown, notes = _laid_over(page)
    lines, missed = _lines(page)
    return {"lines": lines, "beside": [one for one in (missed, *shown) if one.strip()], "notes": notes}


def _lines(page: Any) -> tuple[str, str]:
    """Return a page's lines as they are laid out, and those that stand beside them.

    The layout mode knows the empty lines, but neither what lies sideways, nor forms inside the page, nor every font.
    The plain mode tells what it missed; where that is not plain to see, all lines are those of the plain mode.
    """
    try:
        plain = page.extract_text()
    except Exception:  # noqa: BLE001 - it stumbles where the other mode may not
        return page.extract_text(extraction_mode="layout"), ""
    with contextlib.suppress(Exception):  # whatever a strange font brings
        laid = page.extract_text(extraction_mode="layout")
        known, every = _squeezed(laid), Counter(_squeezed(plain))
        if not every - Counter(known):
            return laid, ""
        missed = "\n".join(line for line in plain.splitlines() if _squeezed(line) not in known)
        if known and not every - Counter(known + _squeezed(missed)):
            return laid, missed
    return plain, ""


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
