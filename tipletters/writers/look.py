"""How a document looks for one reader: what their communication needs ask of print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tipletters.letter import label_key


@dataclass(frozen=True)
class Look:
    """Sizes and colours of a document.

    Args:
        size: points of every text. 12 is the least for clear print, 18 is large print (UKAAF; NHS Accessible
            Information Standard DAPB1605).
        line: line spacing, as a multiple of a single line.
        after: points of space after a paragraph.
        background: six hexadecimal digits, or nothing for white.
        addressed: an address is printed where a window envelope shows it.
    """

    size: int = 12
    line: float = 1.15
    after: int = 8
    background: str = ""
    addressed: bool = False

    @property
    def described(self) -> str:
        """Say in a few words, joined by hyphens, what is unusual about it; empty where nothing is."""
        unusual = {
            "large-print": self.size > Look.size,
            "extra-spacing": self.line > Look.line,
            "cream": bool(self.background),
        }
        return "-".join(word for word, is_so in unusual.items() if is_so)


CREAM = "FFF8E1"
_MAKES: dict[str, Callable[[Look], Look]] = {
    "largeprint": lambda look: replace(look, size=18, after=max(look.after, 12)),
    "extraspacing": lambda look: replace(look, line=1.5, after=max(look.after, 16)),
    "cream": lambda look: replace(look, background=CREAM),
    "creambackground": lambda look: replace(look, background=CREAM),
}


def look_for(needs: Iterable[str]) -> tuple[Look, tuple[str, ...]]:
    """Return how a document should look, and the needs that print cannot meet, such as Braille or another language."""
    look = Look()
    unmet = []
    for need in needs:
        made = _MAKES.get(label_key(need))
        if made:
            look = made(look)
        else:
            unmet.append(need)
    return look, tuple(unmet)
