"""Takes the pictures of the page that the README and docs/serve.md show: python docs/pictures/take.py

Everybody in them is invented. Needs the test extras and Chromium.
"""

import io
import os
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from webpage import Clock, browser, go, served, visited  # noqa: E402

_EXAMPLES = ROOT / "templates" / "examples"
_WIDTH = 1100  # as wide as a README shows it
_HARD = """Dear Anna,

Thank you for attending clinic. You have bilateral oedema, and you failed to attend the renal appointment.

You must take your medication b.d. as discussed."""


def keep(window: Any, name: str) -> None:
    """Save what the window shows, small."""
    picture = Image.open(io.BytesIO(window.screenshot()))
    picture = picture.resize((_WIDTH, round(picture.height * _WIDTH / picture.width)), Image.Resampling.LANCZOS)
    picture.quantize(160, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        Path(__file__).parent / name, optimize=True
    )


def take(folder: Path) -> None:
    """Take all pictures of a folder with the example letter in it."""
    (folder / "anna").mkdir()
    for name, to in (
        ("tipletters.toml", "tipletters.toml"),
        ("logo.png", "logo.png"),
        ("meeting-summary.toml", "anna/case.toml"),
    ):
        shutil.copy(_EXAMPLES / name, folder / to)
    look = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}, "device_scale_factor": 2}
    with served(folder, Clock(datetime(2026, 5, 14, 17, 30))) as desk, browser() as chromium:
        with visited(chromium, desk, **look) as window:
            window.get_by_role("link", name="Anna Lindqvist").click()
            window.locator("#views button", has_text="GP").click()
            window.wait_for_selector(".hint.kept")
            window.locator("#q-fields-you-said").evaluate("(one) => one.scrollIntoView({ block: 'start' })")
            window.wait_for_timeout(500)
            keep(window, "write.png")
            go(window, desk, "check")
            window.fill("#text", _HARD)
            window.wait_for_selector(".note")
            window.wait_for_timeout(500)
            keep(window, "check.png")
        with visited(chromium, desk, **look, color_scheme="dark") as window:
            go(window, desk, "write")
            window.wait_for_timeout(300)
            keep(window, "begin-dark.png")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["TIPLETTERS_HOME"] = home
        (Path(home) / "letters").mkdir()
        take(Path(home) / "letters")
