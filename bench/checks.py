"""How well the checks find what a careful reader marked: precision and recall for each kind, on letters with gold marks.

    python bench/checks.py [--set tune|judge|all] [--letters abc] [--show CHECK]

The letters in bench/letters are invented and marked by hand: [[kind|the marked words]]. Odd numbers are for tuning, even
numbers for judging: what the lists and thresholds are tuned on is the odd half alone. A mark is found if an issue of its
kind overlaps it; an issue is right if it overlaps a mark of its kind (jargon and abbreviation, stigma and doubt count for
each other, since readers differ about which of the two a word is). Marks never lie in each other: so a hard word or "she"
within a mark of another kind ("she claims", "GP to titrate") counts neither for nor against; how many there are is printed.
"""

import argparse
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tipletters.checks.run import Run, check_text

LETTERS = Path(__file__).parent / "letters"
KINDS = (
    "jargon",
    "abbreviation",
    "third-person",
    "doubt",
    "stigma",
    "order",
    "threat",
    "false-promise",
    "medicine",
    "gp-speak",
)
WORDS = {"jargon", "abbreviation", "medicine", "third-person"}
LIKE = {
    "jargon": {"jargon", "abbreviation"},
    "abbreviation": {"jargon", "abbreviation"},
    "doubt": {"doubt", "stigma"},
    "stigma": {"doubt", "stigma"},
}


@dataclass(frozen=True)
class Gold:
    """A letter with its marks."""

    name: str
    kind: str
    text: str
    marks: tuple[tuple[str, int, int], ...]


def read(path: Path) -> Gold:
    """Return a gold letter without its marks, and where they were."""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    text, marks, at = "", [], 0
    rest = rest.strip() + "\n"
    for found in re.finditer(r"\[\[([a-z-]+)\|([^\]]*)\]\]", rest):
        text += rest[at : found.start()]
        marks.append((found[1], len(text), len(text) + len(found[2])))
        text += found[2]
        at = found.end()
    return Gold(path.stem, first.partition(":")[2].strip(), text + rest[at:], tuple(marks))


def wanted(path: Path, half: str) -> bool:
    """Say whether a letter is in the half that is asked for."""
    odd = int(path.stem[1:]) % 2 == 1
    return half == "all" or odd == (half == "tune")


def main() -> None:
    """Print precision and recall for each kind, and false alarms in good letters."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="tune", choices=["tune", "judge", "all"])
    parser.add_argument("--letters", default="", help="the first letters of the files' names: a, b, abc")
    parser.add_argument("--show", default="", help="a kind, or all: also print what was missed or false")
    options = parser.parse_args()
    right, wrong, within, found, missed = (defaultdict(int) for _ in range(5))
    good_words = good_alarms = 0
    run = Run()
    for path in sorted(LETTERS.glob("*.txt")):
        if not wanted(path, options.set) or (options.letters and path.stem[0] not in options.letters):
            continue
        gold = read(path)
        issues = check_text(gold.text, run=run).issues
        for issue in issues:
            if issue.check not in KINDS:
                continue
            like = LIKE.get(issue.check, {issue.check})
            hit = any(kind in like and start < issue.end and issue.start < end for kind, start, end in gold.marks)
            inside = not hit and any(start < issue.end and issue.start < end for _, start, end in gold.marks)
            if inside:
                within[issue.check] += 1
                if issue.check in WORDS:
                    continue
            (right if hit else wrong)[issue.check] += 1
            if not hit and options.show in (issue.check, "all"):
                print(
                    f"false {gold.name} {issue.check}: {gold.text[issue.start : issue.end]!r} in {gold.text[max(0, issue.start - 40) : issue.end + 30]!r}"
                )
        for kind, start, end in gold.marks:
            like = LIKE.get(kind, {kind})
            hit = any(one.check in like and one.start < end and start < one.end for one in issues)
            (found if hit else missed)[kind] += 1
            if not hit and options.show in (kind, "all"):
                print(
                    f"missed {gold.name} {kind}: {gold.text[start:end]!r} in {gold.text[max(0, start - 40) : end + 30]!r}"
                )
        if gold.kind == "good":
            good_words += len(gold.text.split())
            marked = [(start, end) for _, start, end in gold.marks]
            good_alarms += sum(
                not any(start < one.end and one.start < end for start, end in marked)
                for one in issues
                if one.severity != "advice"
            )
    for kind in KINDS:
        precision = right[kind] / max(1, right[kind] + wrong[kind])
        recall = found[kind] / max(1, found[kind] + missed[kind])
        print(
            f"{kind:14} precision {precision:.2f} ({right[kind]}/{right[kind] + wrong[kind]})  recall {recall:.2f} ({found[kind]}/{found[kind] + missed[kind]})"
            + (f"  {within[kind]} within a mark of another kind" if within[kind] else "")
        )
    print(
        f"false alarms in 100 words of a good letter: {100 * good_alarms / max(1, good_words):.2f} ({good_alarms} in {good_words} words)"
    )


if __name__ == "__main__":
    main()
