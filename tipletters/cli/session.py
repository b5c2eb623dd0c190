"""What a command knows of the moment: the clock, and whether numbers set aside for examples may stand in a letter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Session:
    """One use of the command line; tests give another clock."""

    now: Callable[[], datetime] = datetime.now
    examples: bool = False
