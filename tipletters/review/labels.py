"""What a letter was about when the client was asked: a label that got lost since holds until they are asked again."""

from collections.abc import Iterable, Iterator, Sequence

from tipletters.passages import Passage
from tipletters.review.copy import Asked, Line
from tipletters.review.holds import is_like, went
from tipletters.template.markers import is_anonymous

LOST = (
    "Something was marked as private when the client was asked, and the case or its template marks it so no more. It "
    "is kept from copies as it was. Mark it again; or, if it need not be private, ask the client: “tipletters review "
    "start”."
)


def labels_by_name(passages: Iterable[Passage | Line]) -> dict[str, list[tuple[str, ...]]]:
    """Return the labels of each passage by its name; the same words can stand in several places."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in passages:
        if one.id:
            found.setdefault(one.id, []).append(tuple(sorted(one.labels)))
    return {name: sorted(labels) for name, labels in found.items()}


def lost_labels(copies: Sequence[Asked], now: Sequence[Passage]) -> frozenset[tuple[str, str]]:
    """Return the labels that passages had when the client was asked and lack now, each with the passage's name.

    A passage whose words were changed since is looked for as one that is held. When in doubt more is kept.

    Args:
        copies: what the client was asked, with the labels of that day.
        now: the passages of the letter as it stands.
    """
    return frozenset(pair for asked in copies for pair in _lost(asked, now))


def _lost(asked: Asked, now: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    was, here = labels_by_name(asked.lines), labels_by_name(now)
    for line in asked.lines:
        if not line.labels or here.get(line.id) == was[line.id]:
            continue
        places = [one for one in now if one.id in ({line.id} if line.id in here else went(line.id, [asked], now))]
        for label in line.labels:
            without = [one for one in places if not _has(one, label)]
            if (
                len(without) < len(places) and line.id not in here
            ):  # it has its label where it went, or a part of it has
                without = [one for one in without if is_like(line.text, one.text)]
            yield from ((one.id, label) for one in without)


def _has(one: Passage, label: str) -> bool:
    """Say whether a passage has a label; one without a name is made from the words, and is another when they change."""
    return label in one.labels or (is_anonymous(label) and any(map(is_anonymous, one.labels)))
