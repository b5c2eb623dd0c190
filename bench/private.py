"""How well the checks on privacy find what a careful reader marked: precision and recall on letters with gold marks.

    python bench/private.py [--set tune|judge|all] [--show CHECK]

The letters in bench/letters-private are invented and marked by hand as those in bench/letters are: odd numbers to tune, even
numbers to judge. Marked is: what tells of a matter that many people want kept (sensitive); each mention of somebody who is
neither client nor staff, by name, kinship or role, not by a pronoun (third-party); each number, address, e-mail address or date
of birth that is not the service's own (identifier).
"""

import argparse
from collections import Counter
from pathlib import Path

from checks import read, wanted

from tipletters.checks.run import Run, check_text

LETTERS = Path(__file__).parent / "letters-private"
KINDS = ("sensitive", "third-party", "identifier")


def main() -> None:
    """Print precision and recall of each check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="tune", choices=["tune", "judge", "all"])
    parser.add_argument("--show", default="")
    parser.add_argument("--letters", type=Path, default=LETTERS)
    options = parser.parse_args()
    right, wrong, found, missed = (Counter() for _ in range(4))
    run = Run(only=frozenset(KINDS))
    for path in sorted(options.letters.glob("*.txt")):
        if not wanted(path, options.set):
            continue
        gold = read(path)
        issues = check_text(gold.text, run=run).issues
        for issue in issues:
            hit = any(
                kind == issue.check and start < issue.end and issue.start < end for kind, start, end in gold.marks
            )
            (right if hit else wrong)[issue.check] += 1
            if not hit and options.show in (issue.check, "all"):
                around = gold.text[max(0, issue.start - 40) : issue.end + 30]
                print(f"false {gold.name} {issue.check}: {gold.text[issue.start : issue.end]!r} in {around!r}")
        for kind, start, end in gold.marks:
            hit = any(one.check == kind and one.start < end and start < one.end for one in issues)
            (found if hit else missed)[kind] += 1
            if not hit and options.show in (kind, "all"):
                print(
                    f"missed {gold.name} {kind}: {gold.text[start:end]!r} in {gold.text[max(0, start - 40) : end + 30]!r}"
                )
    for kind in KINDS:
        precision = right[kind] / max(1, right[kind] + wrong[kind])
        recall = found[kind] / max(1, found[kind] + missed[kind])
        print(
            f"{kind:12} precision {precision:.2f} ({right[kind]}/{right[kind] + wrong[kind]})  "
            f"recall {recall:.2f} ({found[kind]}/{found[kind] + missed[kind]})"
        )


if __name__ == "__main__":
    main()
