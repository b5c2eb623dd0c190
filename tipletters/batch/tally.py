"""Counts what came of the rows of a table: how many of each state, and which of them have the same to be said."""

from dataclasses import dataclass, field
from typing import TypeVar

from tipletters.batch.outcome import Outcome, State

T = TypeVar("T")

_SHOWN_ROWS = 12
_MAX_GROUPS = 500


@dataclass
class Group:
    """Rows of which the same is to be said: how many, and the first of them."""

    count: int = 0
    rows: list[int] = field(default_factory=list)


@dataclass
class Tally:
    """What was counted over all rows.

    Args:
        states: how many rows there are of each state.
        groups: rows by state, cell, what is wrong and what to do.
        notes: letters by what is to be said of their copies.
    """

    states: dict[State, int] = field(default_factory=dict)
    groups: dict[tuple[State, str, str, str], Group] = field(default_factory=dict)
    notes: dict[str, Group] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count a row."""
        self.states[outcome.state] = self.states.get(outcome.state, 0) + 1
        if outcome.what:
            _count(self.groups, (outcome.state, outcome.cell, outcome.what, outcome.then), outcome.row)
        for note in outcome.notes:
            _count(self.notes, note, outcome.row)

    def __getitem__(self, state: State) -> int:
        return self.states.get(state, 0)

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.states.values())


def _count(groups: dict[T, Group], key: T, row: int) -> None:
    if key not in groups and len(groups) >= _MAX_GROUPS:
        return
    group = groups.setdefault(key, Group())
    group.count += 1
    if len(group.rows) < _SHOWN_ROWS:
        group.rows.append(row)
