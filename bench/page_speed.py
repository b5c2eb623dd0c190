"""How long a keystroke's check takes on the page, beside checking the whole letter anew: python bench/page_speed.py

Two pages of text; one letter of it changes each time. On the page, only the sentence that changed is looked at again.
"""

import re
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from tipletters.checks.run import check_text
from tipletters.web.check import of_text
from tipletters.web.desk import Desk

_FRAME = 1000 / 60
_TIMES = 40
# Marks are painted at once where they were, and again when the answer is there.
_KEYS = """async () => {
  const area = document.getElementById("text"), behind = document.querySelector(".behind"), times = [];
  for (let n = 0; n < 40; n += 1) {
    area.focus();
    area.setSelectionRange(400, 400);
    let seen = 0;
    const shown = new Promise((done) => new MutationObserver((_, one) => {
      seen += 1;
      if (seen === 2) { one.disconnect(); done(); }
    }).observe(behind, { childList: true }));
    const start = performance.now();
    document.execCommand("insertText", false, "x");
    await shown;
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[20];
}"""


def letter() -> str:
    """Two pages, about 800 words."""
    text = (Path(__file__).parent / "letters" / "a01.txt").read_text(encoding="utf-8")
    text = re.sub(r"\[\[[^|\]]*\|([^\]]*)\]\]", r"\1", text.partition("\n")[2])
    return " ".join((text * 20).split(" ")[:800])


def timed(work: Callable[[str], Any], text: str) -> float:
    """Return the middle time of a keystroke, in milliseconds."""
    times = []
    for number in range(_TIMES):
        changed = f"{text[:400]}{'abcdefgh'[number % 8]}{text[400:]}{number}"
        start = time.perf_counter()
        work(changed)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def in_browser(text: str) -> float:
    """Return the middle time from a key to the painted marks, in milliseconds."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from webpage import Clock, browser, go, served, visited

    place, clock = Path(__file__).parent, Clock(datetime(2026, 5, 14))
    with served(place, clock) as desk, browser() as chromium, visited(chromium, desk) as window:
        go(window, desk, "check")
        window.fill("#text", text)
        window.wait_for_selector(".note")
        return float(window.evaluate(_KEYS))


def main() -> None:
    """Print the times, in milliseconds and in frames of a 60 Hz screen."""
    text = letter()
    desk = Desk(Path.cwd(), 1)
    of_text(desk, {"text": text})
    rows = {
        "the whole letter anew": timed(check_text, text),
        "a keystroke on the page, in the server": timed(lambda changed: of_text(desk, {"text": changed}), text),
        "a keystroke on the page, until its marks are new": in_browser(text),
    }
    for name, took in rows.items():
        print(f"{name:52} {took:7.1f} ms  {took / _FRAME:5.1f} frames")


if __name__ == "__main__":
    main()
