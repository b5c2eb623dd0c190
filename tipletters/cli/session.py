"""What a command knows of the moment: the clock, and whether numbers set aside for examples may stand in a letter."""

import getpass
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Session:
    """One use of the command line; tests give another clock.

    Args:
        now: the clock.
        examples: numbers that are set aside for examples may stand in a letter.
        by: who is working, for the register.
    """

    now: Callable[[], datetime] = datetime.now
    examples: bool = False
    by: str = field(default_factory=lambda: _account())


def _account() -> str:
    """Return the name under which somebody works on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "an unnamed account"
