"""Keeps a cell of a CSV file from becoming a formula: one leading apostrophe, which our own reader takes off again.

A spreadsheet runs a cell that begins with one of these signs (OWASP, CSV Injection). What begins with apostrophes
before such a sign gets one more, so that a round trip changes nothing.
"""

import re

_RUNS = re.compile("'*[\\s\x00]*[=+\\-@|%＝＋－＠]|'*[\t\r\n\x00]")


def guarded(text: str) -> str:
    """Return the text as it can stand in a CSV file."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given; any other text unchanged."""
    return text[1:] if text.startswith("'") and _RUNS.match(text, 1) else text
