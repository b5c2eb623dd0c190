"""What the proof costs a letter, beside drafting and printing it.

    python bench/proof.py [--letters 300]

Every letter has other words in its fields, and a passage that is withheld from the GP; each copy is proved as a Word
document. The process is warm: template loaded, package prepared.
"""

import argparse
import random
import time
from dataclasses import replace
from datetime import datetime
from statistics import median

from tipletters.casereader import read_case
from tipletters.draft import draft, template_folders
from tipletters.proof import origin_of, prove
from tipletters.resources import folder
from tipletters.template import find
from tipletters.writers import WRITERS

NOW = datetime(2026, 5, 14, 17, 30)
HIDDEN = "argued borrowed cried drank hid locked pushed shouted slept sold court prison debts bruises".split()
WORDS = "garden kettle river window sister morning sleep work walk bus cooking music letter money friend rain".split()


def main() -> None:
    """Print milliseconds a copy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=300)
    options = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 - a benchmark
    case, house = read_case(folder("templates") / "examples" / "meeting-summary.toml")
    template = find(case.template, template_folders(case.folder, house))
    costs: dict[str, list[float]] = {"draft": [], "print": [], "prove": []}
    for number in range(options.letters):
        words = " ".join(chance.choice(WORDS) for _ in range(40))
        hidden = " ".join(chance.choice(HIDDEN) for _ in range(25))
        fields = {
            **case.fields,
            "you_said": f"{case.fields['you_said']}\n\nYou like {words}.\n\n[private: home life] {hidden}.",
        }
        start = time.process_time()
        made = draft(
            replace(case, fields=fields, reference=f"ML-{number}"), house, now=NOW, template=template, examples=True
        )
        drafted = time.process_time()
        copies = [copy for copy in made.copies if copy.letter is not None]
        printed = [WRITERS["docx"].write(copy.letter, copy.look, house, {}) for copy in copies]
        done = time.process_time()
        origin, whole = origin_of(made.case, made.template), copies[0].letter
        settled = frozenset(one.question for one in made.case.answers)
        for copy, data in zip(copies, printed, strict=True):
            prove(
                data,
                "docx",
                copy.letter,
                copy.look,
                house,
                hidden=copy.hidden,
                origin=origin,
                whole=whole,
                settled=settled,
            )
        proved = time.process_time()
        if number >= 10:
            for key, cost in (("draft", drafted - start), ("print", done - drafted), ("prove", proved - done)):
                costs[key].append(1000 * cost / len(copies))
    for key, found in costs.items():
        print(f"{key:6} {median(found):6.2f} ms a copy")


if __name__ == "__main__":
    main()
