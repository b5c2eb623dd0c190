"""The process that reads one PDF: bytes come in, a list of pages in JSON goes out. Only `pdf.py` starts it."""

import contextlib
import io
import json
import logging
import sys
from typing import Any

_MEMORY = 1_500_000_000
_SECONDS = 60


def _text(page: Any) -> str:
    """Return a page's lines, with empty ones where there is space; where that fails, the lines alone."""
    try:
        text: str = page.extract_text(extraction_mode="layout")
    except Exception:  # noqa: BLE001 - whatever a strange font brings
        text = page.extract_text()
    return text


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
            answer = [_text(page) for page in reader.pages]
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
