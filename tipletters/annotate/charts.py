"""Small charts as drawings inside the page; each says in words what it shows."""

from collections.abc import Sequence

from markupsafe import Markup

_WIDTH, _HEIGHT = 220, 16
_BAR = Markup(
    '<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{says}">'
    '<rect width="{width}" height="{height}" fill="#e3e6ee"/><rect width="{long}" height="{height}" fill="{colour}"/>{aim}</svg>'
)
_AIM = Markup('<path d="M{0} 0v{1}" stroke="#1f2a44" stroke-width="3"/>')
_FINE, _HARD = "#2f6f4f", "#b3261e"
_PLAIN = "#5b6b95"


def bar(value: float, least: float, most: float, aim: float | None = None) -> Markup:
    """Return a value as a bar; with an aim, it is marked, and the colour says whether it is kept.

    Args:
        value: what is shown.
        least: the value of an empty bar.
        most: the value of a full one.
        aim: what it should be at most.
    """

    def along(number: float) -> float:
        return round(_WIDTH * min(max((number - least) / max(most - least, 1e-9), 0), 1), 1)

    colour = _PLAIN if aim is None else _FINE if value <= aim + 0.5 else _HARD
    says = f"{value:.1f}" + (f", the aim is {aim:g}" if aim is not None else "")
    mark = _AIM.format(along(aim), _HEIGHT) if aim is not None else ""
    return _BAR.format(width=_WIDTH, height=_HEIGHT, says=says, long=along(value), colour=colour, aim=mark)


def spread(difficulties: Sequence[float]) -> Markup:
    """Return how many sentences have each difficulty, 1 to 6, as columns."""
    counts = [0] * 6
    for one in difficulties:
        counts[min(max(round(one), 1), 6) - 1] += 1
    most, tall, wide = max(counts) or 1, 48, _WIDTH / 6
    columns = Markup("").join(
        Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/><text x="{:.1f}" y="{}" font-size="11">{}</text>').format(
            n * wide + 3, tall - tall * count / most, wide - 6, tall * count / most, _PLAIN, n * wide + wide / 2 - 3, tall + 12, n + 1
        )
        for n, count in enumerate(counts)
    )  # fmt: skip
    says = ", ".join(f"difficulty {n}: {count}" for n, count in enumerate(counts, start=1))
    return Markup('<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">{3}</svg>').format(
        _WIDTH, tall + 16, says, columns
    )
