"""What a Word paragraph is, by its styles and lists: a heading, a list item and its number, hidden or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tipletters.letter import Style

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def on(properties: Any, name: str) -> bool | None:
    """Return whether a switch such as bold is on, or None where nothing is said."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(VAL) not in ("0", "false", "off", "none")


@dataclass
class Styles:
    """The styles of one document, each followed to those that it is based on, once.

    Args:
        root: the root of `styles.xml`, or None.
    """

    root: Any
    _by_id: dict[str, Any] = field(default_factory=dict)
    _chains: dict[str, list[Any]] = field(default_factory=dict)
    _said: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in self.root.findall(W + "style") if self.root is not None else ():
            self._by_id[style.get(W + "styleId", "")] = style

    def chain(self, name: str) -> list[Any]:
        """Return a style and all that it is based on, nearest first."""
        if name not in self._chains:
            found: list[Any] = []
            style = self._by_id.get(name)
            while style is not None and style not in found and len(found) < 20:
                found.append(style)
                based = style.find(W + "basedOn")
                style = self._by_id.get(based.get(VAL, "")) if based is not None else None
            self._chains[name] = found
        return self._chains[name]

    def is_on(self, name: str, switch: str) -> bool:
        """Say whether a style switches "b" or "vanish" on."""
        key = (name, switch)
        if key not in self._said:
            said = (on(style.find(W + "rPr"), switch) for style in self.chain(name))
            self._said[key] = next((one for one in said if one is not None), False)
        return self._said[key]

    def name(self, style: str) -> str:
        """Return the name under which a user knows a style."""
        named = self._by_id[style].find(W + "name") if style in self._by_id else None
        return str(named.get(VAL, "")) if named is not None else style

    def level(self, paragraph: Any, style: str) -> int | None:
        """Return the level of a heading, 1 and up, or None for a paragraph that is none."""
        for properties in (paragraph, *(one.find(W + "pPr") for one in self.chain(style))):
            outline = properties.find(W + "outlineLvl") if properties is not None else None
            if outline is not None and outline.get(VAL, "").isdigit():
                return int(outline.get(VAL)) + 1 if int(outline.get(VAL)) < 9 else None
        name = self.name(style).strip().lower()
        if found := _HEADING.fullmatch(name):
            return int(found[1])
        return 1 if name == "title" else 2 if name == "subtitle" else None

    def numbering(self, paragraph: Any, style: str) -> tuple[str, int]:
        """Return the list and the level of a paragraph; no list is ""."""
        number, level = "", -1
        for properties in (paragraph, *(one.find(W + "pPr") for one in self.chain(style))):
            found = properties.find(W + "numPr") if properties is not None else None
            for one in found if found is not None else ():
                if one.tag == W + "numId" and not number:
                    number = one.get(VAL, "")
                elif one.tag == W + "ilvl" and level < 0 and one.get(VAL, "").isdigit():
                    level = int(one.get(VAL))
            if number:
                break
        return ("" if number == "0" else number), max(level, 0)


@dataclass
class Lists:
    """The lists of one document, and how far each has counted.

    Args:
        root: the root of `numbering.xml`, or None.
    """

    root: Any
    _levels: dict[str, dict[int, Any]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _starts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for abstract in self.root.findall(W + "abstractNum"):
            levels = {_number(level.get(W + "ilvl")): level for level in abstract.findall(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for num in self.root.findall(W + "num"):
            link, name = num.find(W + "abstractNumId"), num.get(W + "numId", "")
            self._abstract[name] = link.get(VAL, "") if link is not None else ""
            for over in num.findall(W + "lvlOverride"):
                start = over.find(W + "startOverride")
                if start is not None:
                    self._starts.setdefault(name, []).append((_number(over.get(W + "ilvl")), _number(start.get(VAL))))

    def mark(self, number: str, level: int) -> tuple[Style, str] | None:
        """Count one item of a list on, and return what it is and the number that Word shows before it."""
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return None
        counts = self._counts.setdefault(abstract, [0] * 10)
        if number not in self._met:
            self._met.add(number)
            for at, start in self._starts.get(number, ()):
                if at < len(counts):
                    counts[at] = start - 1
                    counts[at + 1 :] = [0] * (len(counts) - at - 1)
        for above in range(level):
            counts[above] = counts[above] or _start(levels.get(above))
        counts[level] = counts[level] + 1 if counts[level] else _start(levels[level])
        counts[level + 1 :] = [0] * (len(counts) - level - 1)
        if _form(levels[level]) in ("bullet", "none"):
            return Style.BULLET, ""
        return Style.NUMBER, _label(levels, level, counts)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else 0


def _start(level: Any) -> int:
    start = level.find(W + "start") if level is not None else None
    return max(_number(start.get(VAL)), 1) if start is not None else 1


def _form(level: Any) -> str:
    form = level.find(W + "numFmt") if level is not None else None
    return str(form.get(VAL, "decimal")) if form is not None else "decimal"


def _label(levels: dict[int, Any], level: int, counts: list[int]) -> str:
    pattern = levels[level].find(W + "lvlText")
    text = pattern.get(VAL, "") if pattern is not None else ""

    def shown(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        return "".join(written(max(counts[at], 1), _form(levels.get(at))))

    return re.sub(r"%([1-9])", shown, text).strip()


def written(number: int, form: str) -> str:
    """Return a number as a list shows it: "3", "c", "iii"."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 5 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and number < 4000:
        roman = "".join(_roman(number))
        return roman if form == "lowerRoman" else roman.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> Iterator[str]:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    for value, letters in zip(values, "m cm d cd c xc l xl x ix v iv i".split(), strict=True):
        yield letters * (number // value)
        number %= value
