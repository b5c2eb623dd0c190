"""The index of other people's clients: how many bytes a client takes, and whether the time stays in step with their number.

python bench/others.py [--most 1000000]
"""

import argparse
import time
from datetime import date, timedelta

from tipletters.checks.run import Run
from tipletters.others import Index
from tipletters.people import Client, Person

FIRST = [f"Firstname{chr(97 + one // 26)}{chr(97 + one % 26)}" for one in range(600)]
LETTER = (
    """Dear Zofia

Thank you for coming on 12 May 2026. You met Hope Okonkwo there, and Firstnameab.

You live at 7 Mill Lane. Your NHS number is 999 060 2077. You can call us on 01632 960100.
"""
    + "You told me about your garden, and that you like the sea in winter when nobody is there. " * 12
)


def client(number: int) -> Client:
    """An invented client; no two have the same number, name or address."""
    return Client(
        FIRST[number % 600],
        f"Lastname{number}",
        address=(f"{number} Orchard Row", "Anytown"),
        date_of_birth=date(1930, 1, 1) + timedelta(days=number % 29_000),
        nhs_number=str(9_990_000_000 + number),
    )


def main() -> None:
    """Print bytes and microseconds a client, and milliseconds a letter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000)
    options = parser.parse_args()
    about = Person(frozenset({"Zofia Wren", "Zofia", "Wren"}))
    size = 1_000
    while size <= options.most:
        start = time.process_time()
        index = Index()
        for number in range(size):
            index.add(client(number))
        built = time.process_time() - start
        run = Run(only=frozenset({"identifier"}))
        run.check(LETTER, about, index)
        start = time.process_time()
        for _ in range(100):
            run.check(LETTER, about, index)
        spent = (time.process_time() - start) / 100
        print(
            f"{size:9,} clients  {index.size / size:5.1f} bytes and {1e6 * built / size:5.1f} µs a client  "
            f"{1000 * spent:5.2f} ms a letter"
        )
        size *= 10


if __name__ == "__main__":
    main()
