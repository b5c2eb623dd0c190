"""Which styles of a document strike words out: such words are read as taken away."""

from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ODT_LINE = ("type", "style")
_OFF = ("0", "false", "off", "none")


def struck_docx(styles: Any) -> frozenset[str]:
    """Return the names of a Word document's styles that strike words out."""
    return _inherited(_docx(styles)) if styles is not None else frozenset()


def _docx(styles: Any) -> Iterator[tuple[str, str, bool | None]]:
    for one in styles.iter(f"{_W}style"):
        above = one.find(f"{_W}basedOn")
        yield (
            one.get(f"{_W}styleId", ""),
            above.get(f"{_W}val", "") if above is not None else "",
            docx_strikes(one.find(f"{_W}rPr")),
        )


def docx_strikes(properties: Any) -> bool | None:
    """Say whether a run's properties strike it out; None where they do not say."""
    found = [properties.find(f"{_W}{tag}") for tag in ("strike", "dstrike")] if properties is not None else []
    said = [one.get(f"{_W}val", "1") not in _OFF for one in found if one is not None]
    return any(said) if said else None


def struck_odt(*parts: Any) -> frozenset[str]:
    """Return the names of an OpenDocument text's styles that strike words out.

    Args:
        parts: the roots of the files that hold styles.
    """
    return _inherited(one for part in parts if part is not None for one in _odt(part))


def _odt(part: Any) -> Iterator[tuple[str, str, bool | None]]:
    for one in part.iter(f"{_STYLE}style"):
        texts = one.find(f"{_STYLE}text-properties")
        said = [texts.get(f"{_STYLE}text-line-through-{what}") for what in _ODT_LINE] if texts is not None else []
        given = [value not in _OFF for value in said if value is not None]
        yield one.get(f"{_STYLE}name", ""), one.get(f"{_STYLE}parent-style-name", ""), all(given) if given else None


def _inherited(styles: Iterator[tuple[str, str, bool | None]]) -> frozenset[str]:
    """Return the styles that strike out by themselves or because one that they are based on does."""
    known = {name: (above, strikes) for name, above, strikes in styles}

    def strikes(name: str) -> bool:
        seen: set[str] = set()
        while name in known and name not in seen:
            seen.add(name)
            above, said = known[name]
            if said is not None:
                return said
            name = above
        return False

    return frozenset(name for name in known if strikes(name))
