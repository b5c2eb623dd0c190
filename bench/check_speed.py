"""How many megabytes of text a second a whole check reads, beside proselint and three textstat scores, in the same run.

    python bench/check_speed.py [--megabytes 1]

The text is made of invented letters (bench/letters) with every sentence changed a little, so that none is met twice. The
process is warm (lists loaded), the memo is empty. Also: the same with word lists ten times as long.
"""

import argparse
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
from textstat import textstat

from tipletters.checks.lexis import finder as finders
from tipletters.checks.lexis.lists import Entry, entries
from tipletters.checks.run import Run, check_text
from tipletters.checks.text import reading

LETTERS = Path(__file__).parent / "letters"
# Words of every day, so that no sentence is like another; names would make every second word a third party.
WORDS = (
    "today then soon often sometimes again mostly quite really slowly gently perhaps maybe always usually later early now still just also rather "
    "nearly almost together outside inside nearby indoors calmly quietly simply mainly partly fully kindly warmly bravely lately daily weekly twice "
    "once already finally clearly surely well fast hard late long far near home away back"
).split()


def text_of(size: int, seed: int) -> str:
    """Letters with other numbers and with more words between theirs, until there are `size` characters."""
    source = [
        re.sub(r"\[\[[a-z-]+\||\]\]", "", path.read_text(encoding="utf-8")) for path in sorted(LETTERS.glob("*.txt"))
    ]
    chance = random.Random(seed)  # noqa: S311 - a benchmark
    made: list[str] = []
    total = 0
    while total < size:
        letter = re.sub(
            r"(?<=[a-z]) (?=(?:on|in|at|to|and|with|for) )",
            lambda _: f" {chance.choice(WORDS)} ",
            chance.choice(source),
        )
        letter = re.sub(r"\d+", lambda _: str(chance.randrange(1, 99)), letter)
        letter = re.sub(
            r"(?<=\. )(?=[A-Z])", lambda _: f"{chance.choice(WORDS).title()} {chance.choice(WORDS)} and then ", letter
        )
        made.append(letter)
        total += len(letter)
    return "\n\n".join(made)


def longer(times: int) -> Iterator[Entry]:
    """The shipped lists, and as many invented terms again and again."""
    chance = random.Random(1)  # noqa: S311 - a benchmark
    names = ("fine", *finders.TONE, *finders.JARGON, "medicines", *finders.SIGNALS)
    for name in names:
        for entry in entries(name):
            yield entry
            for _ in range(times - 1):
                word = "".join(chance.choice("bcdfghjklmnpqrstvwz" if n % 2 else "aeiou") for n in range(9))
                yield Entry(name, f"q{word}", entry.prefer, entry.note, entry.source)


def seconds(text: str) -> float:
    """The time of one whole check with an empty memo."""
    start = time.process_time()
    check_text(text, run=Run())
    return time.process_time() - start


def with_proselint(text: str) -> float:
    """The time of all checks of proselint."""
    CheckRegistry().register_many(__register__)
    start = time.process_time()
    LintFile(content=text, source=Path("letters")).lint()
    return time.process_time() - start


def main() -> None:
    """Print MB a second and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1)
    options = parser.parse_args()
    size = int(options.megabytes * 1_000_000)
    check_text(text_of(3000, 0))
    ours = min(seconds(text_of(size, seed)) for seed in (1, 2, 3))
    text = text_of(size, 4)
    start = time.process_time()
    for score in (textstat.flesch_reading_ease, textstat.flesch_kincaid_grade, textstat.smog_index):
        score(text)
    theirs = time.process_time() - start
    peer = with_proselint(text)
    print(f"a whole check         {options.megabytes / ours:6.2f} MB a second")
    for name, took in (("three textstat scores", theirs), ("proselint", peer)):
        print(f"{name:21} {options.megabytes / took:6.2f} MB a second (tipletters: {took / ours:.2f} times as fast)")
    machine = finders.Finder(longer(10))
    usual, finders.finder = finders.finder(), lambda: machine  # type: ignore[assignment]
    reading.finder = lambda: machine  # type: ignore[assignment]
    ten = min(seconds(text_of(size, seed)) for seed in (1, 2, 3))
    reading.finder = lambda: usual  # type: ignore[assignment]
    print(f"lists ten times as long: {ten / ours:.2f} times the time")


if __name__ == "__main__":
    main()
