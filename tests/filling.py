"""Fills in a review copy as somebody else's program would: with lxml alone, tag by tag."""

import io
import random
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from tipletters.letter import Control, Fill

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DOCUMENT = "word/document.xml"


class Paper:
    """A document that is filled in again and again."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts[DOCUMENT])

    def filled(self, answers: Mapping[str, bool | str]) -> bytes:
        """Return the document with these answers, by the key in each control's tag."""
        root = deepcopy(self.root)
        for control in root.iter(f"{W}sdt"):
            key = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val").partition(".")[0]
            if answers.get(key):
                fill(control, answers[key])
        return self.saved(root)

    def saved(self, root: Any, **more: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in self.parts.items():
                archive.writestr(name, etree.tostring(root) if name == DOCUMENT else data)
            for name, data in more.items():
                archive.writestr(name.replace("__", "/") + ".xml", data)
        return out.getvalue()


def fill(control: Any, answer: bool | str) -> None:
    """Fill in one content control as Word does."""
    properties, run = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent/{W}r")
    text = run.find(f"{W}t")
    if answer is True:
        next(properties.iter(f"{W14}checked")).set(f"{W14}val", "1")
        text.text = "☒"
        return
    properties.remove(properties.find(f"{W}showingPlcHdr"))
    first, *others = str(answer).split("\n")
    text.text = first
    for line in others:
        etree.SubElement(run, f"{W}br")
        etree.SubElement(run, f"{W}t").text = line


_WORDS = (
    'yes no right it was 13 May not 12 3b 4c G1a Part 2: I’d rather £5 <so> & "so" naïve Zoë 👍🏽 e\u0301 ☐ ☒ Write here '
    "Choose Reference R-1, version 1 x\u00a0y عربي 日本語 = @ + - 'A2a'"
).split()


def some_answers(controls: list[Control], random: random.Random) -> dict[str, bool | str]:
    """Return answers for some of the controls; the others are left empty."""
    answers: dict[str, bool | str] = {}
    share = random.random()
    for one in controls:
        if random.random() > share:
            continue
        if one.fill is Fill.TICK:
            answers[one.key] = True
        elif one.fill is Fill.CHOICE:
            answers[one.key] = random.choice(one.options)
        elif one.fill is Fill.DATE:
            answers[one.key] = f"{random.randint(1, 28)} May 2026"
        else:
            lines = [" ".join(random.choices(_WORDS, k=random.randint(1, 12))) for _ in range(random.randint(1, 3))]
            answers[one.key] = "\n".join(lines)
    return answers
